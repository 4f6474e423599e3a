"""Exercise 8.5: a matrix put together from one array that holds all that is learned."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def assemble(pi, signs, A):
    """W = P L (U + diag(s)), (C, C). A, (C, C), holds L below its diagonal, U above, and log|s| on it."""
    P = np.eye(len(pi))[pi]
    lower = np.tril(A, -1) + np.eye(len(pi))
    upper = np.triu(A, 1) + np.diag(signs * np.exp(np.diag(A)))
    return P @ lower @ upper


def with_factors(rule):
    """A wrong answer, from a rule (P, L, U, s) with the right factors; U has no diagonal yet."""

    def wrong(pi, signs, A):
        c = len(pi)
        s = signs * np.exp(np.diag(A))
        return rule(np.eye(c)[pi], np.tril(A, -1) + np.eye(c), np.triu(A, 1), s)

    return wrong


PI_3, SIGNS_3 = np.array([2, 0, 1]), np.array([1.0, -1.0, -1.0])
A_3 = np.array([[0.6, -0.8, 0.3], [0.5, -0.4, 1.1], [-1.2, 0.9, 0.35]])
PI_4, SIGNS_4 = np.array([1, 3, 0, 2]), np.array([-1.0, 1.0, 1.0, -1.0])
A_4 = np.round(np.sin(3 * np.arange(16) + 1.0), 1).reshape(4, 4)
PLAIN = np.arange(3), np.ones(3), np.diag(np.diag(A_3))

EXERCISE = Exercise(
    id="8.5",
    title="W from one array",
    difficulty=2,
    minutes=7,
    key=assemble,
    probes=((PI_3, SIGNS_3, A_3), (PI_4, SIGNS_4, A_4)),
    misconceptions=(
        Misconception(
            "P transposed",
            with_factors(lambda P, L, U, s: P.T @ L @ (U + np.diag(s))),
            "The rows are sent to the places that they should be taken from: this is the transposed "
            "permutation matrix.",
        ),
        Misconception(
            "P forgotten",
            with_factors(lambda P, L, U, s: L @ (U + np.diag(s))),
            "Both triangles are right. The permutation of the rows is missing.",
        ),
        Misconception(
            "P on the right",
            with_factors(lambda P, L, U, s: L @ (U + np.diag(s)) @ P),
            "The permutation acts on the columns here. It is the last to act on a vector: where must it "
            "stand?",
        ),
        Misconception(
            "signs forgotten",
            with_factors(lambda P, L, U, s: P @ L @ (U + np.diag(np.abs(s)))),
            "The exponential is positive, always. The frozen signs belong in front of it.",
        ),
        Misconception(
            "log|s| for s",
            lambda pi, signs, A: (
                np.eye(len(pi))[pi]
                @ (np.tril(A, -1) + np.eye(len(pi)))
                @ (np.triu(A, 1) + np.diag(signs * np.diag(A)))
            ),
            "On the diagonal stand the logarithms. Learned is `log|s|`; the matrix needs `s`.",
        ),
        Misconception(
            "no ones in L",
            with_factors(lambda P, L, U, s: P @ (L - np.eye(len(s))) @ (U + np.diag(s))),
            "Your `L` has zeros on its diagonal, so `W` has no inverse.",
        ),
        Misconception(
            "the diagonal of A in L",
            lambda pi, signs, A: (
                np.eye(len(pi))[pi] @ np.tril(A) @ (np.triu(A, 1) + np.diag(signs * np.exp(np.diag(A))))
            ),
            "The diagonal of `A` has gone into `L`. Of `L` only what is below it is stored; on it stand "
            "ones.",
        ),
        Misconception(
            "the diagonal of A in U",
            lambda pi, signs, A: (
                np.eye(len(pi))[pi]
                @ (np.tril(A, -1) + np.eye(len(pi)))
                @ (np.triu(A) + np.diag(signs * np.exp(np.diag(A))))
            ),
            "The diagonal of `A` is added to `s`. Of `U` only what is above it is stored.",
        ),
        Misconception(
            "L and U exchanged",
            with_factors(lambda P, L, U, s: P @ (U + np.diag(s)) @ L),
            "The two triangles stand in the wrong order. Matrices do not commute.",
        ),
        Misconception(
            "diag(s) added to the product",
            with_factors(lambda P, L, U, s: P @ L @ U + np.diag(s)),
            "The diagonal is added to the finished product. It belongs to the upper triangle, before "
            "anything is multiplied.",
        ),
        Misconception(
            "no s",
            with_factors(lambda P, L, U, s: P @ L @ U),
            "The upper triangle has zeros on its diagonal, so `W` has no inverse: where does `s` stand?",
        ),
        Misconception(
            "signs in the exponent",
            lambda pi, signs, A: assemble(
                pi, np.ones(len(pi)), A - np.diag(np.diag(A)) + np.diag(signs * np.diag(A))
            ),
            "The signs stand inside the exponential, where a minus makes the reciprocal. They belong "
            "outside.",
        ),
        Misconception(
            "entry by entry",
            with_factors(lambda P, L, U, s: P * L * (U + np.diag(s))),
            "You multiply the factors entry by entry, with `*`. This is a product of matrices.",
        ),
    ),
    properties=(
        (
            "without permutation, with positive signs and a diagonal `A`, it is `diag(exp(diag(A)))`",
            lambda fn: np.allclose(fn(*PLAIN), np.diag(np.exp(np.diag(A_3)))),
        ),
        (
            "another sign of the last `s` changes the sign of the determinant",
            lambda fn: np.isclose(
                np.linalg.det(fn(PI_3, SIGNS_3 * [1, 1, -1], A_3)), -np.linalg.det(fn(PI_3, SIGNS_3, A_3))
            ),
        ),
        (
            "its determinant has the size `exp(trace(A))`",
            lambda fn: np.isclose(np.abs(np.linalg.det(fn(PI_4, SIGNS_4, A_4))), np.exp(np.trace(A_4))),
        ),
    ),
    hints=(
        "Build the three factors one by one, print them, and compare them with the figure of section 7.",
        "`np.tril(A, -1)` keeps what is below the diagonal, `np.triu(A, 1)` what is above it. Which "
        "diagonals must be added?",
        "`np.diag(A)` takes the diagonal out of a matrix, and `np.diag(s)` makes a matrix of a vector.",
    ),
    why="All that is learned fits into one array, as many numbers as `W` has. Whatever they are, this matrix "
    "has an inverse: its determinant is a product of exponentials, up to the sign.",
)
