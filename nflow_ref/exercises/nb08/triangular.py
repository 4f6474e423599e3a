"""Exercise 8.6: forward substitution."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def solve_lower(L, y):
    """v, (C,), with L @ v = y; L, (C, C), is lower triangular with ones on its diagonal."""
    v = np.zeros(len(y))
    for i in range(len(y)):
        v[i] = y[i] - np.sum(L[i, :i] * v[:i])
    return v


def one_by_one(rule):
    """A wrong answer, from a rule (i, L, y, v) -> v[i], where v starts as y."""

    def wrong(L, y):
        v = y.copy()
        for i in range(len(y)):
            v[i] = rule(i, L, y, v)
        return v

    return wrong


def from_the_bottom(L, y):
    """The right rows in the wrong order: the unknowns that are not known yet are taken from y."""
    v = y.copy()
    for i in reversed(range(len(y))):
        v[i] = y[i] - np.sum(L[i, :i] * v[:i])
    return v


L_3 = np.array([[1.0, 0.0, 0.0], [0.5, 1.0, 0.0], [-1.5, 2.0, 1.0]])
Y_3 = np.array([2.0, -1.0, 3.0])
L_4 = np.array([[1.0, 0, 0, 0], [-0.8, 1.0, 0, 0], [1.4, 0.6, 1.0, 0], [0.9, -1.7, 1.2, 1.0]])
Y_4 = np.array([1.5, 0.7, -2.2, 0.4])

EXERCISE = Exercise(
    id="8.6",
    title="Forward substitution",
    difficulty=2,
    minutes=8,
    key=solve_lower,
    probes=((L_3, Y_3), (L_4, Y_4), (np.ones((1, 1)), np.array([0.7]))),
    misconceptions=(
        Misconception(
            "y for the known v",
            from_the_bottom,
            "You subtract multiples of `y`. The unknowns before `i` have been found already, in `v`: the "
            "equation speaks of them. (Going from the bottom up, they have not been found yet.)",
        ),
        Misconception(
            "plus sign",
            one_by_one(lambda i, L, y, v: y[i] + np.sum(L[i, :i] * v[:i])),
            "What is known goes to the other side of the equation. Look at the sign.",
        ),
        Misconception(
            "multiplied",
            lambda L, y: np.dot(L, y),
            "This multiplies by `L` once more, instead of undoing it.",
        ),
        Misconception(
            "transposed",
            lambda L, y: np.linalg.solve(L.T, y),
            "This solves with the transposed matrix, an upper triangular one.",
        ),
        Misconception(
            "own term subtracted",
            one_by_one(lambda i, L, y, v: y[i] - np.sum(L[i, : i + 1] * v[: i + 1])),
            "The sum goes one term too far: the unknown that you are solving for, with its 1 on the "
            "diagonal, stays on the left.",
        ),
        Misconception(
            "only the one before",
            one_by_one(lambda i, L, y, v: y[i] - (L[i, i - 1] * v[i - 1] if i else 0.0)),
            "You subtract the term of the unknown just before. All of those before count.",
        ),
        Misconception(
            "all but the one before",
            one_by_one(lambda i, L, y, v: y[i] - np.sum(L[i, : max(i - 1, 0)] * v[: max(i - 1, 0)])),
            "The sum stops one term too soon: the unknown just before `i` is known as well.",
        ),
        Misconception(
            "first unknown left at 0",
            one_by_one(lambda i, L, y, v: y[i] - np.sum(L[i, :i] * v[:i]) if i else 0.0),
            "The first unknown has stayed 0. It has an equation, too: the one with no other unknown in it.",
        ),
        Misconception(
            "sums multiplied",
            one_by_one(lambda i, L, y, v: y[i] - np.sum(L[i, :i]) * np.sum(v[:i])),
            "You multiply one sum by another. Each entry of `L` first meets its own unknown; then the "
            "products are added.",
        ),
        Misconception(
            "nothing subtracted",
            lambda L, y: y + 0.0,
            "The result is `y` itself: what you subtract, if anything, is 0. What `L` says about unknown `i` "
            "stands in its row `i`; the column above the diagonal holds nothing but zeros.",
        ),
    ),
    properties=(
        ("with the identity for `L` the result is `y`", lambda fn: np.allclose(fn(np.eye(3), Y_3), Y_3)),
        ("`L` times the result is `y`", lambda fn: np.allclose(np.dot(L_4, fn(L_4, Y_4)), Y_4)),
        ("the first entry of the result is that of `y`", lambda fn: np.isclose(fn(L_3, Y_3)[0], Y_3[0])),
    ),
    hints=(
        "Write out the first two equations. The first has one unknown, the second has one more.",
        "When it is the turn of `i`, all `v[:i]` are known. Bring their terms to the right side.",
        "`np.sum(L[i, :i] * v[:i])` is the sum of the terms that are known. For `i = 0` it is empty, and 0.",
    ),
    why="Each equation has one unknown more than the one before. Taken in order, each has one unknown "
    "only: no inverse is needed, and about half of C squared multiplications.",
)
