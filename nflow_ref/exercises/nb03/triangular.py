"""Exercise 3.5: the log-determinant of triangular matrices."""

import autograd.numpy as np
import numpy as onp

from ..engine import Exercise, Misconception


def log_abs_det_triangular(J):
    """log|det J| of each triangular matrix: (N, D, D) -> (N,)."""
    return np.sum(np.log(np.abs(np.diagonal(J, axis1=1, axis2=2))), axis=1)


THREE = onp.array(
    [
        [[1.7, 0.0, 0.0], [-0.8, -0.4, 0.0], [0.3, 1.6, 2.3]],
        [[0.6, 0.0, 0.0], [1.1, 1.9, 0.0], [-0.7, 0.5, 1.4]],
        [[-2.2, 0.0, 0.0], [0.9, 0.7, 0.0], [1.2, -0.6, -0.3]],
    ]
)
UPPER = onp.array(
    [[[1.3, -0.9], [0.0, 0.8]], [[2.4, 1.7], [0.0, 3.1]], [[0.9, 2.2], [0.0, 0.4]], [[0.7, -1.4], [0.0, 1.6]]]
)
# Its determinant, 1e-400, is rounded to 0. An elimination, as in `slogdet`, loses nothing on it.
WIDE = (0.01 * onp.eye(200) + 0.004 * onp.eye(200, k=-1))[None]


def diagonal(J):
    return np.diagonal(J, axis1=1, axis2=2)


EXERCISE = Exercise(
    id="3.5",
    title="The log-determinant of a triangular matrix",
    difficulty=2,
    minutes=6,
    key=log_abs_det_triangular,
    probes=((THREE,), (UPPER,), (WIDE,)),
    misconceptions=(
        Misconception(
            "no absolute value",
            lambda J: np.sum(np.log(diagonal(J)), axis=1),
            "Some entries of the diagonal are negative, and have no logarithm. Only their size counts.",
        ),
        Misconception(
            "product first, then the logarithm",
            lambda J: np.log(np.abs(np.prod(diagonal(J), axis=1))),
            "Right for small matrices. With two hundred small factors the product is rounded to 0 before you "
            "take its logarithm. Which comes first?",
        ),
        Misconception(
            "trace",
            lambda J: np.log(np.abs(np.sum(diagonal(J), axis=1))),
            "You add the entries and take the logarithm of the sum. That is the trace. The determinant "
            "is their product.",
        ),
        Misconception(
            "sum without a logarithm",
            lambda J: np.sum(np.abs(diagonal(J)), axis=1),
            "You add the sizes of the entries. They are factors of the determinant: what turns a "
            "product into a sum?",
        ),
        Misconception(
            "determinant",
            lambda J: np.abs(np.prod(diagonal(J), axis=1)),
            "This is the absolute value of the determinant, for small matrices. Asked is its logarithm.",
        ),
        Misconception(
            "summed over the batch",
            lambda J: np.sum(np.log(np.abs(diagonal(J)))),
            "You have one number for the whole batch. Each matrix has its own log-determinant.",
        ),
        Misconception(
            "sum over the wrong axis",
            lambda J: np.sum(np.log(np.abs(diagonal(J))), axis=0),
            "You add over the examples. The first axis is the batch: add over the other one.",
        ),
        Misconception(
            "mean",
            lambda J: np.mean(np.log(np.abs(diagonal(J))), axis=1),
            "This is the mean of the logarithms. The logarithm of a product is their sum.",
        ),
        Misconception(
            "minus sign",
            lambda J: -np.sum(np.log(np.abs(diagonal(J))), axis=1),
            "This is the log-determinant of the inverse matrix. There is no minus in this direction.",
        ),
        Misconception(
            "absolute value of the logarithms",
            lambda J: np.sum(np.abs(np.log(diagonal(J))), axis=1),
            "The absolute value stands outside the logarithm. There it comes too late for the negative "
            "entries, and it spoils the logarithms of the small ones.",
        ),
        Misconception(
            "absolute value of the sum",
            lambda J: np.abs(np.sum(np.log(diagonal(J)), axis=1)),
            "You drop the sign of the sum. A sum of logarithms may be negative: it is the entries whose "
            "sign must go, and before the logarithm.",
        ),
        Misconception(
            "logarithms made positive",
            lambda J: np.sum(np.abs(np.log(np.abs(diagonal(J)))), axis=1),
            "One absolute value too many: an entry of a size below 1 shrinks the volume, and its "
            "logarithm must stay negative.",
        ),
        Misconception(
            "logarithm of the sum of sizes",
            lambda J: np.log(np.sum(np.abs(diagonal(J)), axis=1)),
            "You add the sizes of the entries and take the logarithm last. Their product is the "
            "determinant: what is the logarithm of a product?",
        ),
        Misconception(
            "product, then its logarithm",
            lambda J: np.log(np.prod(diagonal(J), axis=1)),
            "You take the logarithm of the determinant. It may be negative, and then has none; and with "
            "two hundred small factors it is rounded to 0. What could be done with each factor instead?",
        ),
    ),
    properties=(
        (
            "what stands off the diagonal does not matter",
            lambda fn: np.allclose(fn(THREE * onp.eye(3)), fn(THREE)) and np.ptp(fn(THREE)) > 0,
        ),
        (
            "if all entries are multiplied by -1, nothing changes",
            lambda fn: np.allclose(fn(-THREE), fn(THREE)),
        ),
        (
            "the identity has log-determinant 0",
            lambda fn: np.allclose(fn(onp.stack([onp.eye(4), onp.eye(4)])), 0),
        ),
    ),
    hints=(
        "The determinant of a triangular matrix is the product of its diagonal.",
        "The logarithm of a product is a sum. Take logarithms first, then add: products of many small "
        "numbers are rounded to 0.",
        "Three steps, from the inside: the absolute value of the diagonals, the logarithm, the sum over "
        "the last axis.",
    ),
    why="`D` logarithms replace an elimination with about `D**3 / 3` multiplications. That is why flows "
    "are built from maps with a triangular Jacobian.",
)
