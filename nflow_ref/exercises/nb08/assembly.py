"""Exercise 8.5: a matrix put together from its LU form."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def assemble(pi, signs, L, U, log_s):
    """W = P L (U + diag(s)), (C, C), from pi, the signs of s, and what is learned: L, U and log|s|."""
    P = np.eye(len(pi))[pi]
    lower = np.tril(L, -1) + np.eye(len(pi))
    upper = np.triu(U, 1) + np.diag(signs * np.exp(log_s))
    return P @ lower @ upper


def with_factors(rule):
    """A wrong answer, from a rule (P, L, U, s) with the right factors; U has no diagonal yet."""

    def wrong(pi, signs, L, U, log_s):
        c = len(pi)
        s = signs * np.exp(log_s)
        return rule(np.eye(c)[pi], np.tril(L, -1) + np.eye(c), np.triu(U, 1), s)

    return wrong


PI_3, SIGNS_3 = np.array([2, 0, 1]), np.array([1.0, -1.0, -1.0])
L_3 = np.array([[0.7, 2.5, -1.3], [0.6, -1.8, 0.9], [-0.4, 1.2, 2.1]])
U_3 = np.array([[1.5, -0.8, 0.3], [2.2, 0.4, 1.1], [-1.6, 0.5, -0.9]])
LOG_S_3 = np.array([0.6, -0.4, 0.35])
PI_4, SIGNS_4 = np.array([1, 3, 0, 2]), np.array([-1.0, 1.0, 1.0, -1.0])
L_4 = np.round(np.sin(3 * np.arange(16) + 1.0), 1).reshape(4, 4)
U_4 = np.round(np.cos(5 * np.arange(16) + 0.5), 1).reshape(4, 4)
LOG_S_4 = np.array([-0.3, 0.8, 0.5, -1.1])
PLAIN = np.arange(3), np.ones(3), 0 * L_3, 0 * U_3, LOG_S_3

EXERCISE = Exercise(
    id="8.5",
    title="W from what the layer stores",
    difficulty=2,
    minutes=8,
    key=assemble,
    probes=((PI_3, SIGNS_3, L_3, U_3, LOG_S_3), (PI_4, SIGNS_4, L_4, U_4, LOG_S_4)),
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
            "`exp(log_s)` is positive, always. The frozen signs belong in front of it.",
        ),
        Misconception(
            "log_s for s",
            lambda pi, signs, L, U, log_s: (
                np.eye(len(pi))[pi]
                @ (np.tril(L, -1) + np.eye(len(pi)))
                @ (np.triu(U, 1) + np.diag(signs * log_s))
            ),
            "On the diagonal stand the logarithms. Learned is `log|s|`; the matrix needs `s`.",
        ),
        Misconception(
            "no ones in L",
            with_factors(lambda P, L, U, s: P @ (L - np.eye(len(s))) @ (U + np.diag(s))),
            "Your `L` has zeros on its diagonal, so `W` has no inverse.",
        ),
        Misconception(
            "the stored diagonal of L",
            lambda pi, signs, L, U, log_s: (
                np.eye(len(pi))[pi] @ np.tril(L) @ (np.triu(U, 1) + np.diag(signs * np.exp(log_s)))
            ),
            "You take the diagonal of `L` from the array. Only the entries below it count; on it stand ones.",
        ),
        Misconception(
            "the stored diagonal of U",
            lambda pi, signs, L, U, log_s: (
                np.eye(len(pi))[pi]
                @ (np.tril(L, -1) + np.eye(len(pi)))
                @ (np.triu(U) + np.diag(signs * np.exp(log_s)))
            ),
            "The diagonal of the array `U` is added to `s`. Only the entries above it count.",
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
            lambda pi, signs, L, U, log_s: assemble(pi, np.ones(len(pi)), L, U, signs * log_s),
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
            "without permutation, with positive signs and zeros in `L` and `U`, it is `diag(exp(log_s))`",
            lambda fn: np.allclose(fn(*PLAIN), np.diag(np.exp(LOG_S_3))),
        ),
        (
            "what stands in `L` on and above the diagonal does not matter",
            lambda fn: np.allclose(
                fn(PI_3, SIGNS_3, L_3 + np.triu(np.ones((3, 3))), U_3, LOG_S_3),
                fn(PI_3, SIGNS_3, L_3, U_3, LOG_S_3),
            ),
        ),
        (
            "its determinant has the size `exp(np.sum(log_s))`",
            lambda fn: np.isclose(
                np.abs(np.linalg.det(fn(PI_4, SIGNS_4, L_4, U_4, LOG_S_4))), np.exp(np.sum(LOG_S_4))
            ),
        ),
    ),
    hints=(
        "Build the three factors one by one, print them, and compare them with the figure of section 7.",
        "`np.tril(L, -1)` keeps what is below the diagonal, `np.triu(U, 1)` what is above it. Which "
        "diagonals must be added?",
        "`s = signs * np.exp(log_s)`, and the matrix of the permutation is that of exercise 1 of this "
        "lesson.",
    ),
    why="Whatever numbers stand in the five arrays, this matrix has an inverse: its determinant is a "
    "product of exponentials, up to the sign.",
)
