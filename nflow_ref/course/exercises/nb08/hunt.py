"""Exercise 8.4: a test that finds what is wrong with a 1×1 convolution in LU form."""

import autograd.numpy as np

from ..engine import Misconception
from ..hunt import Hunt
from .implementations import (
    RIGHT,
    WRONG,
    diagonal_of_the_array_l_counts,
    l_and_u_exchanged,
    p_once_more_on_the_way_back,
    p_transposed_both_ways,
    signs_lost,
    x_times_w,
)


def is_right(layer):
    """Whether layer(pi, signs, L, U, log_s) returns forward and inverse of a right 1x1 convolution."""
    pi, signs = np.array([1, 2, 0]), np.array([1, -1, 1])
    A = np.sin(np.arange(9)).reshape(3, 3)  # L and U: what stands in the other triangle must not count
    log_s = A[1]
    x = np.cos(np.arange(120)).reshape(2, 4, 5, 3)
    forward, inverse = layer(pi, signs, A, A, log_s)
    z, log_det = forward(x)
    lower, upper = np.tril(A, -1) + np.eye(3), np.triu(A, 1) + np.diag(signs * np.exp(log_s))
    W = np.eye(3)[pi] @ lower @ upper
    truth = x.shape[1] * x.shape[2] * np.linalg.slogdet(W)[1]
    return np.allclose(z, x @ W.T) and np.allclose(log_det, truth) and np.allclose(inverse(z), x)


def blind(
    parts="z log_det inverse", pi=(1, 2, 0), signs=(1, -1, 1), sizes=(2, 2, 3), full_L=True, zeros=False
):
    """A test that looks at some parts only, or at a case that is too special."""

    def test(layer):
        order, sign, log_s = np.array(pi), np.array(signs), np.array([0.4, -0.7, 0.9])
        U = np.sin(np.arange(9)).reshape(3, 3) * (not zeros)
        L = U if full_L else np.tril(U, -1)
        x = np.cos(np.arange(3 * np.prod(sizes))).reshape(*sizes, 3)
        W = (np.tril(L, -1) + np.eye(3)) @ (np.triu(U, 1) + np.diag(sign * np.exp(log_s)))
        forward, inverse = layer(order, sign, L, U, log_s)
        z, log_det = forward(x)
        good = {
            "z": np.allclose(z, (x @ W.T)[..., order]),
            "log_det": np.allclose(log_det, sizes[1] * sizes[2] * np.sum(log_s)),
            "inverse": np.allclose(inverse(z), x),
        }
        return all(good[part] for part in parts.split())

    return test


EXERCISE = Hunt(
    id="8.4",
    title="Find the bug: a 1×1 convolution in LU form",
    difficulty=3,
    minutes=10,
    key=is_right,
    probes=tuple((layer,) for layer in (*RIGHT, *WRONG)),
    misconceptions=(
        Misconception(
            "the round trip only",
            blind("inverse"),
            "The round trip alone: it holds for every pair of maps that undo each other, whatever they are, "
            "and sees no log-det.",
        ),
        Misconception(
            "the log-det only",
            blind("log_det"),
            "The log-det alone, or with a round trip for a permutation that is its own inverse: both are the "
            "same for very different maps. What should `z` be?",
        ),
        Misconception(
            "z only",
            blind("z"),
            "You look at `z` alone. `forward` returns a log-det, too, and there is a way back.",
        ),
        Misconception(
            "round trip and log-det",
            blind("log_det inverse"),
            "Round trip and log-det are tested, and the map itself is not: another matrix, with the same "
            "determinant, passes with its own inverse. Compare `z` with what it should be.",
        ),
        Misconception(
            "no round trip",
            blind("z log_det"),
            "All of `forward` is tested, and nothing of `inverse`.",
        ),
        Misconception(
            "no log-det",
            blind("z inverse"),
            "No mistake in the log-det is found. Either it is not tested, or it is 0 in your case: where all "
            "of `log_s` is 0, every factor is right.",
        ),
        Misconception(
            "a permutation that is its own inverse",
            blind(pi=(2, 1, 0)),
            "Your permutation is its own inverse, so that its matrix equals the transposed one. Take a cycle "
            "of three.",
        ),
        Misconception(
            "positive signs",
            blind(signs=(1, 1, 1)),
            "All of your signs are positive, so that it does not matter whether they are used.",
        ),
        Misconception(
            "a square image",
            blind(sizes=(2, 3, 3)),
            "Your images are squares: height and width cannot be told apart.",
        ),
        Misconception(
            "one pixel",
            blind(sizes=(2, 1, 1)),
            "Your images have one pixel, and then the number of pixels is no factor.",
        ),
        Misconception(
            "one image",
            blind(sizes=(1, 2, 3)),
            "Your batch is a single image: whether the log-det belongs to an image or to the batch cannot be "
            "told.",
        ),
        Misconception(
            "zeros in L and U",
            blind(zeros=True),
            "With zeros in both triangles the order of the factors makes no difference. Put numbers there.",
        ),
        Misconception(
            "zeros on the diagonal of L",
            blind(full_L=False),
            "Your array `L` has zeros on its diagonal. Only what is below it should count: what if other "
            "numbers stand there?",
        ),
        Misconception(
            "everything passes",
            lambda layer: True,
            "Your test lets everything pass. Does it compare anything, and `return` what it found?",
        ),
        Misconception(
            "nothing passes",
            lambda layer: False,
            "Nothing passes, not even a right layer. Compare with `np.allclose`: rounding makes `==` fail.",
        ),
    ),
    properties=(
        ("a right layer passes", lambda fn: all(fn(layer) for layer in RIGHT)),
        (
            "a layer with another matrix and its inverse does not pass",
            lambda fn: not any(map(fn, (p_transposed_both_ways, signs_lost, l_and_u_exchanged, x_times_w))),
        ),
        (
            "a layer that cannot undo itself does not pass",
            lambda fn: not fn(p_once_more_on_the_way_back),
        ),
        (
            "a layer with the log-det of one pixel, or of a square, or of the batch does not pass",
            lambda fn: not any(map(fn, WRONG[2:6])),
        ),
        (
            "what stands on the diagonal of the array `L` does not matter",
            lambda fn: not fn(diagonal_of_the_array_l_counts),
        ),
    ),
    hints=(
        "There are three things to compare: `z` with `x @ W.T`, for a `W` that you put together yourself by "
        "the formula of the LU form, the log-det with the truth, and `inverse(z)` with `x`.",
        "Choose the case so that no mistake can hide: a permutation that is not its own inverse, signs of "
        "both kinds, full arrays, several images, height and width different and above 1.",
        "`np.log(np.abs(np.linalg.det(W)))` is the log-det of one pixel. `np.allclose(a, b)` says whether "
        "two arrays agree up to rounding.",
    ),
    why="The one in the notebook takes the transposed permutation, in both directions: round trip and "
    "log-det are right, and only `z` itself tells. A case without symmetries finds the others.",
)
