"""Exercise 3.5: the log-determinant of Jacobians that are triangular in another order."""

import autograd.numpy as np
import numpy as onp

from ..engine import Exercise, Misconception


def log_abs_det_in_order(J, order):
    """log|det J| when z_i depends on x[order[0]], ..., x[order[i]] only: (N, D, D), (D,) -> (N,)."""
    factors = J[:, np.arange(len(order)), order]
    return np.sum(np.log(np.abs(factors)), axis=1)


# An order that is not its own inverse, sizes and batches that differ, a matrix of 200 rows.
THREE = (
    onp.array(
        [
            [[0.0, 0.0, 1.7], [-0.4, 0.0, -0.8], [1.6, 2.3, 0.3]],
            [[0.0, 0.0, 0.6], [1.9, 0.0, 1.1], [0.5, 1.4, -0.7]],
            [[0.0, 0.0, -2.2], [0.7, 0.0, 0.9], [-0.6, -0.3, 1.2]],
            [[0.0, 0.0, 1.3], [1.2, 0.0, 0.4], [0.8, -0.9, 2.1]],
        ]
    ),
    onp.array([2, 0, 1]),
)
TWO = (
    onp.array([[[0.0, 1.3], [0.8, -0.9]], [[0.0, 2.4], [3.1, 1.7]], [[0.0, 0.9], [0.4, 2.2]]]),
    onp.array([1, 0]),
)
FOUR = (
    onp.array(
        [
            [[0.0, 1.6, 0.0, 0.0], [0.0, 0.7, 0.0, 1.2], [0.9, -1.1, 0.0, 0.6], [-0.5, 1.4, 2.3, 0.8]],
            [[0.0, 0.6, 0.0, 0.0], [0.0, -1.3, 0.0, 0.7], [1.8, 0.4, 0.0, -0.2], [1.5, 0.9, 1.1, -0.4]],
        ]
    ),
    onp.array([1, 3, 0, 2]),
)
# Its determinant, 1e-400, is rounded to 0. An elimination, as in `slogdet`, loses nothing on it.
WIDE = (0.01 * onp.eye(200) + 0.004 * onp.eye(200, k=-1))[None][:, :, ::-1], onp.arange(200)[::-1]


LOWER = THREE[0][:, :, THREE[1]]  # its columns in order: triangular as in the lesson


def factors(J, order):
    """The entries whose product is the determinant, up to its sign."""
    return J[:, np.arange(len(order)), order]


EXERCISE = Exercise(
    id="3.5",
    title="Triangular in another order",
    difficulty=2,
    minutes=6,
    key=log_abs_det_in_order,
    probes=(THREE, TWO, FOUR, WIDE),
    misconceptions=(
        Misconception(
            "the diagonal as it stands",
            lambda J, order: np.sum(np.log(np.abs(np.diagonal(J, axis1=1, axis2=2))), axis=1),
            "You take the diagonal of `J` as it stands. Some of it is 0 by the order of the coordinates. "
            "Which entry of row `i` stands at the end of what may be other than 0?",
        ),
        Misconception(
            "rows and columns exchanged",
            lambda J, order: np.sum(np.log(np.abs(J[:, order, np.arange(len(order))])), axis=1),
            "You take row `order[i]` and column `i`. It is the inputs, the columns, that come in this order.",
        ),
        Misconception(
            "no absolute value",
            lambda J, order: np.sum(np.log(factors(J, order)), axis=1),
            "Some of the factors are negative, and have no logarithm. Only their size counts.",
        ),
        Misconception(
            "product first, then the logarithm",
            lambda J, order: np.log(np.abs(np.prod(factors(J, order), axis=1))),
            "Right for small matrices. With two hundred small factors the product is rounded to 0 before you "
            "take its logarithm. Which comes first?",
        ),
        Misconception(
            "trace",
            lambda J, order: np.log(np.abs(np.sum(factors(J, order), axis=1))),
            "You add the entries and take the logarithm of the sum, a kind of trace. The determinant is "
            "their product.",
        ),
        Misconception(
            "sum without a logarithm",
            lambda J, order: np.sum(np.abs(factors(J, order)), axis=1),
            "You add the sizes of the entries. They are factors of the determinant: what turns a "
            "product into a sum?",
        ),
        Misconception(
            "determinant",
            lambda J, order: np.abs(np.prod(factors(J, order), axis=1)),
            "This is the absolute value of the determinant, for small matrices. Asked is its logarithm.",
        ),
        Misconception(
            "summed over the batch",
            lambda J, order: np.sum(np.log(np.abs(factors(J, order)))),
            "You have one number for the whole batch. Each matrix has its own log-determinant.",
        ),
        Misconception(
            "sum over the wrong axis",
            lambda J, order: np.sum(np.log(np.abs(factors(J, order))), axis=0),
            "You add over the examples. The first axis is the batch: add over the other one.",
        ),
        Misconception(
            "mean",
            lambda J, order: np.mean(np.log(np.abs(factors(J, order))), axis=1),
            "This is the mean of the logarithms. The logarithm of a product is their sum.",
        ),
        Misconception(
            "minus sign",
            lambda J, order: -np.sum(np.log(np.abs(factors(J, order))), axis=1),
            "This is the log-determinant of the inverse matrix. There is no minus in this direction.",
        ),
        Misconception(
            "absolute value of the logarithms",
            lambda J, order: np.sum(np.abs(np.log(factors(J, order))), axis=1),
            "The absolute value stands outside the logarithm. There it comes too late for the negative "
            "entries, and it spoils the logarithms of the small ones.",
        ),
        Misconception(
            "absolute value of the sum",
            lambda J, order: np.abs(np.sum(np.log(factors(J, order)), axis=1)),
            "You drop the sign of the sum. A sum of logarithms may be negative: it is the entries whose "
            "sign must go, and before the logarithm.",
        ),
        Misconception(
            "logarithms made positive",
            lambda J, order: np.sum(np.abs(np.log(np.abs(factors(J, order)))), axis=1),
            "One absolute value too many: an entry of a size below 1 shrinks the volume, and its "
            "logarithm must stay negative.",
        ),
        Misconception(
            "logarithm of the sum of sizes",
            lambda J, order: np.log(np.sum(np.abs(factors(J, order)), axis=1)),
            "You add the sizes of the entries and take the logarithm last. Their product is the "
            "determinant: what is the logarithm of a product?",
        ),
        Misconception(
            "product, then its logarithm",
            lambda J, order: np.log(np.prod(factors(J, order), axis=1)),
            "You take the logarithm of the determinant. It may be negative, and then has none; and with "
            "two hundred small factors it is rounded to 0. What could be done with each factor instead?",
        ),
    ),
    properties=(
        (
            "if `order` is 0, 1, 2, ..., what stands off the diagonal does not matter",
            lambda fn: (
                np.allclose(fn(LOWER, onp.arange(3)), fn(LOWER * onp.eye(3), onp.arange(3)))
                and np.ptp(fn(LOWER, onp.arange(3))) > 0
            ),
        ),
        (
            "to reorder the columns of `J`, and `order` with them, changes nothing",
            lambda fn: np.allclose(fn(LOWER, onp.arange(3)), fn(*THREE)),
        ),
        (
            "if all entries are multiplied by -1, nothing changes",
            lambda fn: np.allclose(fn(-THREE[0], THREE[1]), fn(*THREE)),
        ),
        (
            "the identity has log-determinant 0",
            lambda fn: np.allclose(fn(onp.stack([onp.eye(4), onp.eye(4)]), onp.arange(4)), 0),
        ),
    ),
    hints=(
        "Exchange columns until the matrix is triangular. What does that do to the size of its determinant?",
        "Row 0 has one entry that may be other than 0: that in column `order[0]`. Row 1 has a second one, in "
        "column `order[1]`. These become the diagonal.",
        "The entries are `J[:, np.arange(D), order]`. Take the absolute value, the logarithm, and the sum "
        "over the last axis. Logarithms first: products of many small numbers are rounded to 0.",
    ),
    why="An exchange of columns changes the sign of a determinant only, and in the right order this one is "
    "triangular. `D` logarithms replace an elimination with about `D**3 / 3` multiplications. That is why "
    "flows are built from such maps.",
)
