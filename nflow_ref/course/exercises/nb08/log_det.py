"""Exercise 8.3: the log-determinant where the examples have different lengths."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from .convolution import W_2, W_3


def padded_log_det(mask, W):
    """log|det dz/dx|, (N,): example n is multiplied by W at its places, where mask[n], (T,), is 1."""
    return np.sum(mask, axis=1) * np.linalg.slogdet(W)[1]


def log_abs(W):
    return np.linalg.slogdet(W)[1]


def lengths(mask):
    return np.sum(mask, axis=1)


TWO = np.array([[1.0, 1, 1, 1, 0], [1, 1, 0, 0, 0]])
THREE = np.array([[1.0, 0, 0, 0], [1, 1, 1, 0], [1, 1, 1, 1]])

EXERCISE = Exercise(
    id="8.3",
    title="The log-det of sentences of different lengths",
    difficulty=2,
    minutes=4,
    key=padded_log_det,
    probes=((TWO, W_3), (THREE, W_2), (TWO, 1e-120 * W_3), (THREE, W_2[::-1])),
    misconceptions=(
        Misconception(
            "padding counted",
            lambda mask, W: mask.shape[1] * log_abs(W) + np.zeros(len(mask)),
            "You count the padding, too. Nothing is multiplied there, and no volume stretched.",
        ),
        Misconception(
            "one place",
            lambda mask, W: log_abs(W) + np.zeros(len(mask)),
            "This is right for one place. Every place is multiplied by `W`, and each stretches volume.",
        ),
        Misconception(
            "the whole batch",
            lambda mask, W: np.sum(mask) * log_abs(W) + np.zeros(len(mask)),
            "You count the places of the whole batch. The log-det belongs to one example.",
        ),
        Misconception(
            "the mean length",
            lambda mask, W: np.mean(lengths(mask)) * log_abs(W) + np.zeros(len(mask)),
            "You take the mean length for all. Each example has its own.",
        ),
        Misconception(
            "the share that is no padding",
            lambda mask, W: np.mean(mask, axis=1) * log_abs(W),
            "You take the share of the places that are in use. What counts is their number.",
        ),
        Misconception(
            "channels counted",
            lambda mask, W: len(W) * lengths(mask) * log_abs(W),
            "You count the channels, too. They are inside the determinant already: count places only.",
        ),
        Misconception(
            "no bars",
            lambda mask, W: lengths(mask) * np.log(np.linalg.det(W)),
            "A determinant may be negative, and its logarithm is then not a number: the bars are missing. "
            "(And a tiny determinant becomes 0 before its logarithm is taken.)",
        ),
        Misconception(
            "det, then log",
            lambda mask, W: lengths(mask) * np.log(np.abs(np.linalg.det(W))),
            "Right, until the determinant is so small that the computer takes it for 0. Lesson 03 knows a "
            "function that takes the logarithms first.",
        ),
        Misconception(
            "the determinant itself",
            lambda mask, W: lengths(mask) * np.abs(np.linalg.det(W)),
            "Here the determinant itself is counted once for each place. What becomes of a power under the "
            "log, and where is the log?",
        ),
        Misconception(
            "minus sign",
            lambda mask, W: -lengths(mask) * log_abs(W),
            "This is the log-det of the way back.",
        ),
        Misconception(
            "the sign from slogdet",
            lambda mask, W: lengths(mask) * np.linalg.slogdet(W)[0],
            "You count the sign of the determinant. `slogdet` returns two things, and the logarithm is the "
            "other one.",
        ),
        Misconception(
            "the diagonal of W",
            lambda mask, W: lengths(mask) * np.sum(np.log(np.abs(np.diag(W)))),
            "You add the logarithms on the diagonal of `W`. That is right for a triangular matrix, and `W` "
            "is any matrix.",
        ),
        Misconception(
            "one number",
            lambda mask, W: np.sum(mask) * log_abs(W),
            "You add over the batch, too, and one number is left. Each example gets an entry of its own.",
        ),
    ),
    properties=(
        ("with the identity for `W` it is 0", lambda fn: np.allclose(fn(TWO, np.eye(3)), 0)),
        (
            "more padding behind the examples changes nothing",
            lambda fn: np.allclose(fn(np.concatenate([TWO, 0 * TWO], axis=1), W_3), fn(TWO, W_3)),
        ),
        (
            "exchanging two rows of `W` changes nothing",
            lambda fn: np.allclose(fn(THREE, W_2[::-1]), fn(THREE, W_2)),
        ),
    ),
    hints=(
        "The Jacobian of one example has one block `W` for each of its places, and ones on the diagonal for "
        "the padding.",
        "How many places has example `n`? `np.sum` with an axis counts the ones in each row.",
        "`np.linalg.slogdet(W)` gives two things: which of them is the logarithm?",
    ),
    why="One block `W` for each place that is in use, and 1 for the rest: the exponent of the determinant is "
    "the length of the example.",
)
