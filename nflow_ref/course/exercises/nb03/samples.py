"""Exercise 3.4: the log-density of a point that was drawn, with one Jacobian of each direction."""

import autograd.numpy as np
import numpy as onp

from ..engine import Exercise, Misconception
from ..probes import named


def log_prob_of_samples(z, J_g, J_f_inverse, log_p_z):
    """log p_x(x) from J_g = ∂z/∂y and J_f_inverse = ∂x/∂y at each y: (N, D), twice (N, D, D) -> (N,)."""
    return log_p_z(z) + np.linalg.slogdet(J_g)[1] - np.linalg.slogdet(J_f_inverse)[1]


NORMAL = named(
    "log-density of the normal", lambda z: -np.sum(z**2, axis=1) / 2 - z.shape[1] * np.log(2 * np.pi) / 2
)
GUMBEL = named("log-density of the Gumbel distribution", lambda z: -np.sum(z + np.exp(-z), axis=1))

# Determinants of both signs, sums of log-determinants and sizes of batches that tell all mistakes apart.
THREE = (
    onp.array([[0.4, -0.9, 1.3], [1.1, 0.2, -0.5], [-0.7, 0.6, 0.8]]),
    onp.array(
        [
            [[0.9, 0.4, -1.2], [-0.3, 1.1, 0.5], [1.4, 0.2, 0.6]],
            [[1.8, -0.7, 0.3], [0.5, 0.4, 1.2], [-0.2, 1.5, 0.9]],
            [[0.6, 1.3, -0.4], [1.7, 0.2, 0.8], [-0.9, 0.7, 1.1]],
        ]
    ),
    onp.array(
        [
            [[1.2, 0.5, -0.3], [-0.8, 0.4, 0.9], [0.3, 1.6, 0.7]],
            [[0.7, -1.1, 0.2], [0.6, 0.9, -0.4], [1.3, 0.5, 2.1]],
            [[-1.6, 0.4, 0.8], [0.2, 1.7, -0.9], [0.5, -0.6, 1.9]],
        ]
    ),
)
ALONE = (
    onp.array([[0.9, -0.4]]),
    onp.array([[[0.8, 1.1], [1.3, -0.5]]]),
    onp.array([[[1.5, -0.6], [2.2, 1.4]]]),
)
FOUR = (
    onp.array([[0.3, 0.8], [-0.6, 1.4], [1.1, -0.2], [-0.9, 0.5]]),
    onp.array(
        [
            [[1.4, 0.3], [-0.6, 0.8]],
            [[0.4, 1.2], [1.9, 0.7]],
            [[0.7, -1.3], [0.5, 2.1]],
            [[1.1, 0.6], [0.2, 0.5]],
        ]
    ),
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


def log_abs_diagonal(J):
    return np.sum(np.log(np.abs(np.diagonal(J, axis1=1, axis2=2))), axis=1)


EXERCISE = Exercise(
    id="3.4",
    title="The log-density of a point that was drawn",
    difficulty=2,
    minutes=7,
    key=log_prob_of_samples,
    probes=((*THREE, GUMBEL), (*ALONE, NORMAL), (*FOUR, GUMBEL)),
    misconceptions=(
        Misconception(
            "both with a plus",
            lambda z, J_g, J_f_inverse, log_p_z: log_p_z(z) + log_abs_det(J_g) + log_abs_det(J_f_inverse),
            # To take the determinant of the product of the two gives the same numbers: the hint fits both.
            "Both log-determinants have a plus. One of the two Jacobians is that of the way from data to "
            "latent, the other that of a way back.",
        ),
        Misconception(
            "both with a minus",
            lambda z, J_g, J_f_inverse, log_p_z: log_p_z(z) - log_abs_det(J_g) - log_abs_det(J_f_inverse),
            "Both log-determinants have a minus. You went back from `z` to `x`, yes, but one of the two "
            "Jacobians is that of the way from `y` to `z`.",
        ),
        Misconception(
            "signs exchanged",
            lambda z, J_g, J_f_inverse, log_p_z: log_p_z(z) - log_abs_det(J_g) + log_abs_det(J_f_inverse),
            "Both signs are wrong. The formula has a plus with Jacobians of the way from data to latent. "
            "Which of the two is one of these?",
        ),
        Misconception(
            "only g",
            lambda z, J_g, J_f_inverse, log_p_z: log_p_z(z) + log_abs_det(J_g),
            "This is the log-density of `y`. From `y` to `x` volumes change once more.",
        ),
        Misconception(
            "only f",
            lambda z, J_g, J_f_inverse, log_p_z: log_p_z(z) - log_abs_det(J_f_inverse),
            "You take `z` for `f(x)`. There is a second map between `y` and `z`, and it too changes volumes.",
        ),
        Misconception(
            "no Jacobian",
            lambda z, J_g, J_f_inverse, log_p_z: log_p_z(z),
            "This is the log-density of `z`. The sample `x` lives in a space where volumes have changed.",
        ),
        Misconception(
            "no absolute values",
            lambda z, J_g, J_f_inverse, log_p_z: (
                log_p_z(z) + np.log(np.linalg.det(J_g)) - np.log(np.linalg.det(J_f_inverse))
            ),
            "Where a map turns space over, its determinant is negative and has no logarithm.",
        ),
        Misconception(
            "determinants without logarithms",
            lambda z, J_g, J_f_inverse, log_p_z: (
                log_p_z(z) + np.abs(np.linalg.det(J_g)) - np.abs(np.linalg.det(J_f_inverse))
            ),
            "The determinants multiply and divide the density. What is then added to the log-density?",
        ),
        Misconception(
            "products of the diagonals",
            lambda z, J_g, J_f_inverse, log_p_z: (
                log_p_z(z) + log_abs_diagonal(J_g) - log_abs_diagonal(J_f_inverse)
            ),
            "You use the diagonals only. These matrices are not triangular, so the entries off the "
            "diagonal count.",
        ),
        Misconception(
            "log-density multiplied",
            lambda z, J_g, J_f_inverse, log_p_z: (
                log_p_z(z) * np.abs(np.linalg.det(J_g)) / np.abs(np.linalg.det(J_f_inverse))
            ),
            "You multiply the log-density by the determinants. It is the density that is multiplied: take "
            "the logarithm of that product.",
        ),
        Misconception(
            "entries inverted",
            lambda z, J_g, J_f_inverse, log_p_z: log_p_z(z) + log_abs_det(J_g) + log_abs_det(1 / J_f_inverse),
            "You invert a matrix entry by entry. That is not its inverse: the product of the two is "
            "not the identity.",
        ),
        Misconception(
            "the same determinant for all",
            lambda z, J_g, J_f_inverse, log_p_z: (
                log_p_z(z) + np.sum(log_abs_det(J_g) - log_abs_det(J_f_inverse))
            ),
            "You add the same number to all examples. Each has its own Jacobians, so its own "
            "log-determinants.",
        ),
        Misconception(
            "density",
            lambda z, J_g, J_f_inverse, log_p_z: np.exp(
                log_p_z(z) + log_abs_det(J_g) - log_abs_det(J_f_inverse)
            ),
            "This is the density itself, and it is right. Its logarithm is asked for.",
        ),
        Misconception(
            "signs of the determinants",
            lambda z, J_g, J_f_inverse, log_p_z: (
                log_p_z(z) + np.linalg.slogdet(J_g)[0] - np.linalg.slogdet(J_f_inverse)[0]
            ),
            "`np.linalg.slogdet` returns two things, and you took the first of them: the signs of the "
            "determinants.",
        ),
    ),
    properties=(
        (
            "if `z = y` and `x = 3 y`, the density of `x` is lower than that of `z` by the factor `3**D`",
            lambda fn: np.allclose(
                fn(THREE[0], onp.tile(onp.eye(3), (3, 1, 1)), onp.tile(3 * onp.eye(3), (3, 1, 1)), GUMBEL),
                GUMBEL(THREE[0]) - 3 * np.log(3),
            ),
        ),
        (
            "if `x = y` and `z = 3 y`, the density of `x` is higher than that of `z` by the factor `3**D`",
            lambda fn: np.allclose(
                fn(THREE[0], onp.tile(3 * onp.eye(3), (3, 1, 1)), onp.tile(onp.eye(3), (3, 1, 1)), GUMBEL),
                GUMBEL(THREE[0]) + 3 * np.log(3),
            ),
        ),
        (
            "to exchange two rows of each Jacobian changes nothing",
            lambda fn: np.allclose(
                fn(FOUR[0], FOUR[1][:, ::-1], FOUR[2][:, ::-1], GUMBEL), fn(*FOUR, GUMBEL)
            ),
        ),
    ),
    hints=(
        "The map from `x` to `z` is `g` after `f`. By the chain rule, what is its Jacobian? Its determinant?",
        "It is the product of the Jacobians of `g` and of `f`, so the two log-determinants add up. You have "
        "that of `g`. What is the log-determinant of `f`, when you know that of its inverse?",
        "It has the opposite sign. `np.linalg.slogdet` takes a whole batch of matrices.",
    ),
    why="By the chain rule the log-determinants of `f` and `g` add up, and that of `f` is minus that of its "
    "inverse. Whichever direction was computed, its sign is known.",
)
