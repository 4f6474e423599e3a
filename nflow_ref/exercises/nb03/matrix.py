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


def without_own_factor(x, J):
    J[:, 0, 1] = np.exp(x[:, 1])
    return J


def one_term_of_the_product(x, J):
    J[:, 1, 1] = 0
    return J


def no_inner_zeros(x, J):
    J[:, 2, 1] = -2 * x[:, 1]
    return J


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
            "derivatives by all inputs. No determinant would have told you.",
        ),
        Misconception(
            "only the diagonal",
            changed(lambda x, J: J * onp.eye(3)),
            "You differentiate each `z_i` by its own `x_i` only. Here the outputs depend on other "
            "inputs, too, and each of these dependences has an entry.",
        ),
        Misconception(
            "x1 lost in the derivative by x2",
            changed(without_own_factor),
            "In `z_1` the factor `x1` stays when you differentiate by `x2`: it is a constant then.",
        ),
        Misconception(
            "x1 x2 differentiated by x1 only",
            changed(one_term_of_the_product),
            "`z_2` contains the product of `x1` and `x2`. It changes with each of the two.",
        ),
        Misconception(
            "the function in place of its derivative",
            changed(no_inner_zeros),
            "In the last row stands `z_3` itself, not its derivative: how much does it change for "
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
    ),
    properties=(
        (
            "a small step `h` changes `z` by nearly `J h`",
            lambda fn: np.allclose(_step(fn(BATCH)), _map(BATCH + STEP) - _map(BATCH), rtol=0, atol=1e-7),
        ),
        (
            "the column of `x3` has a single entry that is not 0",
            lambda fn: onp.count_nonzero(fn(ALONE)[0, :, 2]) == 1,
        ),
    ),
    hints=(
        "Nine entries, three of them in each row. Row 1 holds the derivatives of `z_1` by `x1`, `x2`, `x3`.",
        "Start with `J = np.zeros((len(x), 3, 3))` and set those entries that are not 0: six of them.",
        "Row 1 is `exp(x2), x1 exp(x2), 0`, and row 3 is `0, -2, 0`. What is row 2?",
    ),
    why="Row `i` belongs to `z_i`, column `j` to `x_j`. The determinant is `2 exp(x2)`, never 0, although "
    "the last entry of the diagonal is: the diagonal alone says nothing.",
)

STEP = onp.array([1e-4, -2e-4, 1.5e-4])


def _map(x):
    x1, x2, x3 = x.T
    return onp.stack([x1 * onp.exp(x2), x1 * x2 + x3, -2 * x2], axis=1)


def _step(J):
    return J @ STEP
