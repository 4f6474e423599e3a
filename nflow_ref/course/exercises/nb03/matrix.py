"""Exercise 3.2: a Jacobian matrix by hand."""

import autograd.numpy as np
import numpy as onp

from ..engine import Exercise, Misconception


def jacobian_by_hand(x):
    """J[n, i, j] = ∂z_i/∂x_j of z = (x1 exp(x2), x1 x2 + x3, -2 x2): (N, 3) -> (N, 3, 3)."""
    x1, x2 = x[:, 0], x[:, 1]
    J = np.zeros((len(x), 3, 3))
    J[:, 0, 0], J[:, 0, 1] = np.exp(x2), x1 * np.exp(x2)
    J[:, 1, 0], J[:, 1, 1], J[:, 1, 2] = x2, x1, 1
    J[:, 2, 1] = -2
    return J


BATCH = onp.array([[0.8, -0.5, 1.7], [-1.4, 0.6, 0.3], [2.1, 1.1, -0.9]])
ALONE = onp.array([[-0.7, 0.9, 2.4]])


def changed(change):
    """The key, with its result changed by a function of x and J."""
    return lambda x: change(x, jacobian_by_hand(x))


def entries(**wrong):
    """The key with some entries replaced: r2c3=... is the one in row 2, column 3."""

    def edited(x, J):
        for place, entry in wrong.items():
            J[:, int(place[1]) - 1, int(place[3]) - 1] = entry(*x.T)
        return J

    return changed(edited)


def is_the_derivative(i, j):
    """(statement, predicate) about the entry in row i, column j, counted from 1."""

    def holds(fn):
        step = 1e-4 * onp.eye(3)[j - 1]
        slope = (_map(BATCH + step) - _map(BATCH - step))[:, i - 1] / 2e-4
        return np.allclose(fn(BATCH)[:, i - 1, j - 1], slope, rtol=0, atol=1e-6)

    return f"row {i}, column {j} of each matrix is the derivative of `z_{i}` by `x{j}`", holds


EXERCISE = Exercise(
    id="3.2",
    title="A Jacobian matrix by hand",
    difficulty=2,
    minutes=8,
    key=jacobian_by_hand,
    probes=((BATCH,), (ALONE,)),
    misconceptions=(
        Misconception(
            "transposed",
            changed(lambda x, J: onp.swapaxes(J, 1, 2)),
            "Rows and columns are exchanged. Row `i` belongs to the output `z_i` and holds its "
            "derivatives by all inputs.",
        ),
        Misconception(
            "only the diagonal",
            changed(lambda x, J: J * onp.eye(3)),
            "You differentiate each `z_i` by its own `x_i` only. Here the outputs depend on other "
            "inputs, too, and each of these dependences has an entry.",
        ),
        Misconception(
            "x1 lost in the derivative by x2",
            entries(r1c2=lambda x1, x2, x3: np.exp(x2)),
            "Row 1, column 2: in `z_1` the factor `x1` stays when you differentiate by `x2`, for it is a "
            "constant then.",
        ),
        Misconception(
            "x1 x2 differentiated by x1 only",
            entries(r2c2=lambda x1, x2, x3: 0 * x1),
            "Row 2, column 2: `z_2` contains the product of `x1` and `x2`. It changes with each of the two.",
        ),
        Misconception(
            "the function in place of its derivative",
            entries(r3c2=lambda x1, x2, x3: -2 * x2),
            "Row 3, column 2: there stands `z_3` itself, not its derivative. How much does it change for "
            "each unit of `x2`?",
        ),
        Misconception(
            "the inverse matrix",
            changed(lambda x, J: onp.linalg.inv(J)),
            "This is the Jacobian of the way back, the derivatives of `x` by `z`. Asked are those "
            "of `z` by `x`.",
        ),
        Misconception(
            "the log-determinant",
            changed(lambda x, J: onp.linalg.slogdet(J)[1]),
            "This is the log-determinant, and it is right. Here the matrix itself is asked for.",
        ),
        Misconception(
            "batch axis last",
            changed(lambda x, J: onp.moveaxis(J, 0, -1)),
            "The entries are right, but the axis of the batch is the last one. In this course "
            "it is always the first.",
        ),
        Misconception(
            "x1 kept in the derivative by x1",
            entries(r1c1=lambda x1, x2, x3: x1 * np.exp(x2)),
            "Row 1, column 1: there stands `z_1` itself. It is a multiple of `x1`: how much does it "
            "change for each unit of `x1`?",
        ),
        Misconception(
            "x3 forgotten",
            entries(r2c3=lambda x1, x2, x3: 0 * x3),
            "Row 2, column 3: `z_2` has a second term besides the product, and that changes with `x3`.",
        ),
        Misconception(
            "x3 not differentiated",
            entries(r2c3=lambda x1, x2, x3: x3),
            "Row 2, column 3: there stands the term `x3` itself. What is its derivative by `x3`?",
        ),
        Misconception(
            "factors of the product exchanged",
            entries(r2c1=lambda x1, x2, x3: x1, r2c2=lambda x1, x2, x3: x2),
            "Row 2, columns 1 and 2: the two derivatives of the product are exchanged. When you "
            "differentiate by `x1`, which factor stays?",
        ),
        Misconception(
            "sign lost",
            entries(r3c2=lambda x1, x2, x3: 2 + 0 * x2),
            "Row 3, column 2: the size is right. Look at the sign of `z_3`.",
        ),
        Misconception(
            "derivative of z_3 on the diagonal",
            entries(r3c2=lambda x1, x2, x3: 0 * x2, r3c3=lambda x1, x2, x3: -2 + 0 * x3),
            "Row 3, columns 2 and 3: the derivative of `z_3` stands on the diagonal. By which input is "
            "it, and which column belongs to that?",
        ),
    ),
    properties=tuple(is_the_derivative(i, j) for i in (1, 2, 3) for j in (1, 2, 3)),
    hints=(
        "Nine entries, three of them in each row. Row 1 holds the derivatives of `z_1` by `x1`, `x2`, `x3`.",
        "Start with `J = np.zeros((len(x), 3, 3))` and set those entries that are not 0: six of them.",
        "Row 1 is `exp(x2), x1 exp(x2), 0`, and row 3 is `0, -2, 0`. What is row 2?",
    ),
    why="Row `i` belongs to `z_i`, column `j` to `x_j`. The determinant is `2 exp(x2)`, never 0, although "
    "the last entry of the diagonal is: the diagonal alone says nothing.",
)


def _map(x):
    x1, x2, x3 = x.T
    return onp.stack([x1 * onp.exp(x2), x1 * x2 + x3, -2 * x2], axis=1)
