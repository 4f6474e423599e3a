"""Exercise 8.1: several permutations in a row are one."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def as_one(pis):
    """pi, (C,), of the one layer z_i = x_pi(i) that does what the layers pis, (K, C), do, row 0 first."""
    pi = np.arange(pis.shape[1])
    for row in pis:
        pi = pi[row]
    return pi


def from_the_last(pis):
    pi = np.arange(pis.shape[1])
    for row in pis:
        pi = row[pi]
    return pi


FOUR = np.array([[2, 0, 1, 3], [0, 2, 3, 1], [1, 2, 0, 3]])
FIVE = np.array([[2, 0, 3, 4, 1], [4, 2, 0, 1, 3]])
THREE = np.array([[1, 0, 2], [1, 2, 0], [0, 2, 1], [2, 0, 1]])
Y = np.array([3.0, -1.0, 5.0, 2.0])

EXERCISE = Exercise(
    id="8.1",
    title="Several permutations in a row",
    difficulty=2,
    minutes=5,
    key=as_one,
    probes=((FOUR,), (FIVE,), (THREE,)),
    misconceptions=(
        Misconception(
            "the last one first",
            from_the_last,
            "You let the last row act first. The place is looked up the other way round: output `i` of a "
            "layer is taken from a place of what the layer before it has put out.",
        ),
        Misconception(
            "the way back",
            lambda pis: np.argsort(as_one(pis)),
            "This says where each input goes, and so belongs to the inverse. Asked is where each output is "
            "taken from.",
        ),
        Misconception(
            "the way back, in the other order",
            lambda pis: np.argsort(from_the_last(pis)),
            "Each layer is undone here, and the first is undone first. Nothing is to be undone.",
        ),
        Misconception(
            "the last one only",
            lambda pis: pis[-1] + 0,
            "This is the last layer alone: each of yours starts from `x` again, and not from what the one "
            "before has made of it.",
        ),
        Misconception(
            "the first one only",
            lambda pis: pis[0] + 0,
            "This is the first layer alone. Its outputs are the inputs of the next one.",
        ),
        Misconception(
            "places added",
            lambda pis: np.sum(pis, axis=0) % pis.shape[1],
            "You add the places. That is right for layers that all shift in a circle; in general the "
            "result is not even a permutation.",
        ),
        Misconception(
            "nothing moved",
            lambda pis: np.arange(pis.shape[1]),
            "Everything stays in its place. Do you keep what you compute in the loop?",
        ),
    ),
    properties=(
        ("for one layer it is that layer", lambda fn: np.array_equal(fn(FIVE[:1]), FIVE[0])),
        (
            "for three layers `y[as_one(pis)]` is `y[pis[0]][pis[1]][pis[2]]`",
            lambda fn: np.array_equal(Y[fn(FOUR)], Y[FOUR[0]][FOUR[1]][FOUR[2]]),
        ),
        (
            "each place occurs once in the result",
            lambda fn: np.array_equal(np.sort(fn(THREE)), np.arange(3)),
        ),
    ),
    hints=(
        "Take two layers. Output `i` of the second is entry `pis[1][i]` of what the first puts out. Which "
        "entry of `x` is that?",
        "`x[pis[0]][pis[1]]` does two layers to a vector `x`. Which vector `x` would tell you the places?",
        "Let the layers act on `np.arange(C)`: then each entry says where it comes from.",
    ),
    why="Layers that act on the places 0, 1, ... leave in each output the place that it comes from. In "
    "matrices it is the product with the last layer on the left.",
)
