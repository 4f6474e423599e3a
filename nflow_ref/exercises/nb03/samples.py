"""Exercise 3.4: the log-density of a point that was drawn, with the Jacobian of the way back."""

import autograd.numpy as np
import numpy as onp

from ..engine import Exercise, Misconception
from ..probes import named


def log_prob_of_samples(z, J_inverse, log_p_z):
    """log p_x(x) of x = f⁻¹(z), where J_inverse is ∂x/∂z at each z: (N, D), (N, D, D) -> (N,)."""
    return log_p_z(z) - np.linalg.slogdet(J_inverse)[1]


NORMAL = named(
    "log-density of the normal", lambda z: -np.sum(z**2, axis=1) / 2 - z.shape[1] * np.log(2 * np.pi) / 2
)
GUMBEL = named("log-density of the Gumbel distribution", lambda z: -np.sum(z + np.exp(-z), axis=1))

THREE = (
    onp.array([[0.4, -0.9, 1.3], [1.1, 0.2, -0.5], [-0.7, 0.6, 0.8]]),
    onp.array(
        [
            [[1.2, 0.5, -0.3], [-0.8, 0.4, 0.9], [0.3, 1.6, 0.7]],
            [[0.7, -1.1, 0.2], [0.6, 0.9, -0.4], [1.3, 0.5, 2.1]],
            [[-1.6, 0.4, 0.8], [0.2, 1.7, -0.9], [0.5, -0.6, 1.9]],
        ]
    ),
)
ALONE = onp.array([[0.9, -0.4]]), onp.array([[[1.5, -0.6], [2.2, 1.4]]])
FOUR = (
    onp.array([[0.3, 0.8], [-0.6, 1.4], [1.1, -0.2], [-0.9, 0.5]]),
    onp.array(
        [
            [[0.5, 1.5], [1.2, -0.8]],
            [[0.3, 0.2], [-0.9, 1.1]],
            [[1.3, -0.4], [0.6, 0.7]],
            [[0.2, 0.9], [1.6, 0.4]],
        ]
    ),
)


def log_abs_det(J):
    return np.linalg.slogdet(J)[1]


EXERCISE = Exercise(
    id="3.4",
    title="The log-density of a point that was drawn",
    difficulty=2,
    minutes=6,
    key=log_prob_of_samples,
    probes=((*THREE, GUMBEL), (*ALONE, NORMAL), (*FOUR, GUMBEL)),
    misconceptions=(
        Misconception(
            "plus sign",
            lambda z, J_inverse, log_p_z: log_p_z(z) + log_abs_det(J_inverse),
            # To subtract log|det| of the inverted matrix gives the same numbers: the hint fits both.
            "The log-determinant has the wrong sign. The formula has a plus with the Jacobian of `f`, from "
            "`x` to `z`. What does it have with the Jacobian of the way back?",
        ),
        Misconception(
            "no Jacobian",
            lambda z, J_inverse, log_p_z: log_p_z(z),
            "This is the log-density of `z`. The sample `x` lives in a space where volumes have changed.",
        ),
        Misconception(
            "no absolute value",
            lambda z, J_inverse, log_p_z: log_p_z(z) - np.log(np.linalg.det(J_inverse)),
            "Where the inverse turns space over, its determinant is negative and has no logarithm.",
        ),
        Misconception(
            "determinant without a logarithm",
            lambda z, J_inverse, log_p_z: log_p_z(z) - np.abs(np.linalg.det(J_inverse)),
            "The determinant divides the density. What is then subtracted from the log-density?",
        ),
        Misconception(
            "product of the diagonal",
            lambda z, J_inverse, log_p_z: (
                log_p_z(z) - np.sum(np.log(np.abs(np.diagonal(J_inverse, axis1=1, axis2=2))), axis=1)
            ),
            "You use the diagonal only. These matrices are not triangular, so the entries off the "
            "diagonal count.",
        ),
        Misconception(
            "log-density divided",
            lambda z, J_inverse, log_p_z: log_p_z(z) / np.abs(np.linalg.det(J_inverse)),
            "You divide the log-density by the determinant. It is the density that is divided: take "
            "the logarithm of that quotient.",
        ),
        Misconception(
            "entries inverted",
            lambda z, J_inverse, log_p_z: log_p_z(z) + log_abs_det(1 / J_inverse),
            "You invert the matrix entry by entry. That is not its inverse: the product of the two is "
            "not the identity.",
        ),
        Misconception(
            "the same determinant for all",
            lambda z, J_inverse, log_p_z: log_p_z(z) - np.sum(log_abs_det(J_inverse)),
            "You subtract the same number from all examples. Each has its own Jacobian, so its own "
            "log-determinant.",
        ),
        Misconception(
            "density",
            lambda z, J_inverse, log_p_z: np.exp(log_p_z(z) - log_abs_det(J_inverse)),
            "This is the density itself, and it is right. Its logarithm is asked for.",
        ),
        Misconception(
            "sign of the determinant",
            lambda z, J_inverse, log_p_z: log_p_z(z) - np.linalg.slogdet(J_inverse)[0],
            "`np.linalg.slogdet` returns two things, and you took the first of them: the signs of the "
            "determinants.",
        ),
        Misconception(
            "base density at J z",
            lambda z, J_inverse, log_p_z: (
                log_p_z(np.einsum("nij,nj->ni", J_inverse, z)) - log_abs_det(J_inverse)
            ),
            "You multiply `z` by the Jacobian before you ask `log_p_z`. It is the log-density of `z`, and "
            "you have `z` already.",
        ),
        Misconception(
            "half of the log-determinant",
            lambda z, J_inverse, log_p_z: log_p_z(z) - log_abs_det(J_inverse) / 2,
            "You subtract half of the log-determinant. There is no half before the Jacobian in the formula.",
        ),
    ),
    properties=(
        (
            "if `x` is `3 z`, the density is lower than that of `z` by the factor `3**D`",
            lambda fn: np.allclose(
                fn(THREE[0], onp.tile(3 * onp.eye(3), (3, 1, 1)), GUMBEL), GUMBEL(THREE[0]) - 3 * np.log(3)
            ),
        ),
        (
            "to exchange two rows of each Jacobian changes nothing",
            lambda fn: np.allclose(fn(FOUR[0], FOUR[1][:, ::-1], GUMBEL), fn(*FOUR, GUMBEL)),
        ),
    ),
    hints=(
        "`log p_x(x) = log p_z(z) + log|det J|`, and `J` is the Jacobian of `f`, from `x` to `z`.",
        "`J` is the inverse of `J_inverse`. What is the determinant of an inverse matrix?",
        "It is one over the determinant, so its logarithm changes its sign. `np.linalg.slogdet` takes "
        "a whole batch of matrices.",
    ),
    why="The Jacobian of the inverse is the inverse matrix, so its log-determinant is minus that of `f`. "
    "A flow that draws and scores at once saves the way forward.",
)
