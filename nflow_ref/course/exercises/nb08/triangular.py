"""Exercise 8.6: a triangular solve with the transposed matrix."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def solve_transposed(L, y):
    """v, (C,), with L.T @ v = y; L, (C, C), is lower triangular with ones on its diagonal."""
    v = np.zeros(len(y))
    for i in reversed(range(len(y))):
        v[i] = y[i] - np.sum(L[i + 1 :, i] * v[i + 1 :])
    return v


def one_by_one(rule, order=reversed):
    """A wrong answer, from a rule (i, L, y, v) -> v[i], where v starts as y."""

    def wrong(L, y):
        v = y.copy()
        for i in order(range(len(y))):
            v[i] = rule(i, L, y, v)
        return v

    return wrong


L_3 = np.array([[1.0, 0.0, 0.0], [0.5, 1.0, 0.0], [-1.5, 2.0, 1.0]])
Y_3 = np.array([2.0, -1.0, 3.0])
L_4 = np.array([[1.0, 0, 0, 0], [-0.8, 1.0, 0, 0], [1.4, 0.6, 1.0, 0], [0.9, -1.7, 1.2, 1.0]])
Y_4 = np.array([1.5, 0.7, -2.2, 0.4])

EXERCISE = Exercise(
    id="8.6",
    title="The solve of the backward pass",
    difficulty=2,
    minutes=6,
    key=solve_transposed,
    probes=((L_3, Y_3), (L_4, Y_4), (np.ones((1, 1)), np.array([0.7]))),
    misconceptions=(
        Misconception(
            "forward substitution",
            lambda L, y: np.linalg.solve(L, y),
            "This solves with `L` itself, from the top. What stands in row `i` of the transposed matrix, and "
            "which equation has one unknown only?",
        ),
        Misconception(
            "y for the known v",
            one_by_one(lambda i, L, y, v: y[i] - np.sum(L[i + 1 :, i] * y[i + 1 :])),
            "You subtract multiples of `y`. The unknowns behind `i` have been found already, in `v`: the "
            "equation speaks of them. (Going from the top down, they have not been found yet.)",
        ),
        Misconception(
            "plus sign",
            one_by_one(lambda i, L, y, v: y[i] + np.sum(L[i + 1 :, i] * v[i + 1 :])),
            "What is known goes to the other side of the equation. Look at the sign.",
        ),
        Misconception(
            "multiplied",
            lambda L, y: np.dot(L.T, y),
            "This multiplies by the transposed matrix once more, instead of undoing it.",
        ),
        Misconception(
            "own term subtracted",
            one_by_one(lambda i, L, y, v: y[i] - np.sum(L[i:, i] * v[i:])),
            "The sum has one term too many: the unknown that you are solving for, with its 1 on the "
            "diagonal, stays on the left.",
        ),
        Misconception(
            "only the one behind",
            one_by_one(lambda i, L, y, v: y[i] - (L[i + 1, i] * v[i + 1] if i + 1 < len(y) else 0.0)),
            "You subtract the term of the unknown just behind. All of those behind count.",
        ),
        Misconception(
            "all but the one behind",
            one_by_one(lambda i, L, y, v: y[i] - np.sum(L[i + 2 :, i] * v[i + 2 :])),
            "The sum starts one term too late: the unknown just behind `i` is known as well.",
        ),
        Misconception(
            "last unknown left at 0",
            one_by_one(
                lambda i, L, y, v: y[i] - np.sum(L[i + 1 :, i] * v[i + 1 :]) if i + 1 < len(y) else 0.0
            ),
            "The last unknown has stayed 0. It has an equation, too: the one with no other unknown in it.",
        ),
        Misconception(
            "sums multiplied",
            one_by_one(lambda i, L, y, v: y[i] - np.sum(L[i + 1 :, i]) * np.sum(v[i + 1 :])),
            "You multiply one sum by another. Each entry of `L` first meets its own unknown; then the "
            "products are added.",
        ),
        Misconception(
            "nothing subtracted",
            lambda L, y: y + 0.0,
            "The result is `y` itself: what you subtract, if anything, is 0. Row `i` of `L` holds nothing "
            "but zeros behind its diagonal; row `i` of the transposed matrix is a column of `L`.",
        ),
    ),
    properties=(
        ("with the identity for `L` the result is `y`", lambda fn: np.allclose(fn(np.eye(3), Y_3), Y_3)),
        ("`L.T` times the result is `y`", lambda fn: np.allclose(np.dot(L_4.T, fn(L_4, Y_4)), Y_4)),
        ("the last entry of the result is that of `y`", lambda fn: np.isclose(fn(L_3, Y_3)[-1], Y_3[-1])),
    ),
    hints=(
        "Write out the equations for three unknowns. Which one has a single unknown?",
        "When it is the turn of `i`, all `v[i + 1 :]` are known. Bring their terms to the right side.",
        "`np.sum(L[i + 1 :, i] * v[i + 1 :])` is the sum of the terms that are known. For the last `i` it is "
        "empty, and 0.",
    ),
    why="The transposed matrix is an upper triangular one, so the last equation has one unknown only. No "
    "inverse is needed, and the columns of `L` serve as they lie.",
)
