"""Exercise 8.1: the matrix of a permutation."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def permutation_matrix(pi):
    """P, (C, C), with (P @ y)[i] = y[pi[i]]; pi is an array of the whole numbers 0..C-1 in some order."""
    return np.eye(len(pi))[pi]


CYCLE, FOUR, FIVE = np.array([2, 0, 1]), np.array([1, 3, 0, 2]), np.array([2, 0, 3, 4, 1])
Y = np.array([3.0, -1.0, 5.0, 2.0])

EXERCISE = Exercise(
    id="8.1",
    title="From a permutation to its matrix",
    difficulty=1,
    minutes=5,
    key=permutation_matrix,
    probes=((CYCLE,), (FOUR,), (FIVE,)),
    misconceptions=(
        Misconception(
            "ones in the columns",
            lambda pi: np.eye(len(pi))[:, pi],
            "This is the transposed matrix, that of the inverse permutation. Which index of `P` is the "
            "output, and in which place of its row stands the 1?",
        ),
        Misconception(
            "identity",
            lambda pi: np.eye(len(pi)),
            "The identity moves nothing. (Whoever sorts the rows and then the columns in the same way "
            "comes back to it.)",
        ),
        Misconception(
            "reversal",
            lambda pi: np.eye(len(pi))[::-1],
            "This is the reversal, whatever `pi` is. For two channels it is the swap; here `pi` says where "
            "each output comes from.",
        ),
        Misconception(
            "pi on the diagonal",
            lambda pi: np.diag(pi) * 1.0,
            "A diagonal matrix multiplies the entries by numbers. A permutation moves them, and multiplies "
            "none of them.",
        ),
        Misconception(
            "counted from 1",
            lambda pi: np.eye(len(pi))[pi - 1],
            "All rows are one place off: `pi` counts from 0, as Python does.",
        ),
        Misconception(
            "applied twice",
            lambda pi: np.eye(len(pi))[pi][pi],
            "The permutation is applied twice in a row.",
        ),
        Misconception(
            "whole rows of ones",
            lambda pi: np.ones((len(pi), len(pi))),
            "Each row is full of ones, so each output is the sum of all entries. An assignment such as "
            "`P[:, pi] = 1` fills the whole matrix: each row needs one single place.",
        ),
    ),
    properties=(
        (
            "each row and each column contains a single 1 and otherwise zeros",
            lambda fn: np.array_equal(np.sort(fn(FOUR), axis=0)[-1], np.ones(4)) and np.sum(fn(FOUR)) == 4,
        ),
        (
            "multiplying the matrix by a vector `y` gives `y[pi]`",
            lambda fn: np.array_equal(np.dot(fn(FOUR), Y), Y[FOUR]),
        ),
        (
            "the transposed matrix is the inverse",
            lambda fn: np.array_equal(np.dot(fn(FIVE).T, fn(FIVE)), np.eye(5)),
        ),
    ),
    hints=(
        "Row `i` of the product is row `i` of `P` times `y`. It should be `y[pi[i]]` alone.",
        "So row `i` has its only 1 in column `pi[i]`. Which row of `np.eye(C)` looks like that?",
        "`np.eye(C)[rows]` picks rows of the identity, in any order.",
    ),
    why="Row `i` of the matrix is row `pi[i]` of the identity, and picks entry `pi[i]` out of every vector.",
)
