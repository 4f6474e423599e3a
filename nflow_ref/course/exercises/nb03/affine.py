"""Exercise 3.3: the log-density of an affine map of vectors."""

import autograd.numpy as np
import numpy as onp

from ..engine import Exercise, Misconception


def log_density(x, A, b):
    """log p_x(x) when z = A x + b is standard normal: x (N, D), A (D, D), b (D,) -> (N,)."""
    z = np.dot(x, A.T) + b
    log_p_z = -np.sum(z**2, axis=1) / 2 - x.shape[1] * np.log(2 * np.pi) / 2
    return log_p_z + np.linalg.slogdet(A)[1]


# Determinants of both signs, matrices far from symmetric, batches of three, of four and of one.
THREE = (
    onp.array([[0.4, -0.9, 1.3], [1.1, 0.2, -0.5], [-0.7, 0.6, 0.8]]),
    onp.array([[1.2, 0.5, -0.3], [-0.8, 0.4, 0.9], [0.3, 1.6, 0.7]]),
    onp.array([0.3, -0.6, 1.1]),
)
TWO = (
    onp.array([[0.9, -0.4], [-1.2, 0.7], [0.3, 1.1], [0.6, -0.8]]),
    onp.array([[1.5, -0.6], [2.2, 1.4]]),
    onp.array([-0.2, 0.5]),
)
WIDE = (  # with a determinant near 1e-400, which float64 rounds to 0
    onp.linspace(-1, 1, 200)[None] * 30,
    0.01 * (onp.eye(200) + onp.diag(onp.full(199, 0.5), 1)),
    onp.full(200, 0.1),
)


def normal(z):
    """The standard normal log-density of vectors, (N, D) -> (N,)."""
    return -np.sum(z**2, axis=1) / 2 - z.shape[1] * np.log(2 * np.pi) / 2


def to_latent(x, A, b):
    return np.dot(x, A.T) + b


def log_abs_det(A):
    return np.linalg.slogdet(A)[1]


EXERCISE = Exercise(
    id="3.3",
    title="The log-density of an affine map of vectors",
    difficulty=2,
    minutes=8,
    key=log_density,
    probes=(THREE, TWO, WIDE),
    misconceptions=(
        Misconception(
            "no Jacobian",
            lambda x, A, b: normal(to_latent(x, A, b)),
            "The base density at `z` is there, and nothing else. `A` changes volumes, and mass must be kept.",
        ),
        Misconception(
            "minus the log-determinant",
            lambda x, A, b: normal(to_latent(x, A, b)) - log_abs_det(A),
            "The log-determinant has the wrong sign. From data to latent the formula has a plus, always.",
        ),
        Misconception(
            "x @ A",
            lambda x, A, b: normal(np.dot(x, A) + b) + log_abs_det(A),
            "You multiply with the transposed matrix. Each row of `x` is an example, so `A x` for all "
            "of them is `x @ A.T`. The determinant does not notice: the base density does.",
        ),
        Misconception(
            "log(det) instead of slogdet",
            lambda x, A, b: normal(to_latent(x, A, b)) + np.log(np.abs(np.linalg.det(A))),
            "Right in three dimensions. In two hundred, the determinant is rounded to 0 before you take its "
            "logarithm. Is there a function that gives the logarithm without that detour?",
        ),
        Misconception(
            "log(det) without absolute value",
            lambda x, A, b: normal(to_latent(x, A, b)) + np.log(np.linalg.det(A)),
            "For a negative determinant there is no logarithm: drop its sign first. And in two hundred "
            "dimensions a determinant may be too small for a float.",
        ),
        Misconception(
            "base density at x",
            lambda x, A, b: normal(x) + log_abs_det(A),
            "You ask the base density at `x`. It is the density of `z`: bring `x` there first.",
        ),
        Misconception(
            "product of the diagonal",
            lambda x, A, b: normal(to_latent(x, A, b)) + np.sum(np.log(np.abs(np.diag(A)))),
            "You multiply the diagonal. That is the determinant of a triangular matrix, and these are full.",
        ),
        Misconception(
            "log 2 pi once",
            lambda x, A, b: (
                -np.sum(to_latent(x, A, b) ** 2, axis=1) / 2 - np.log(2 * np.pi) / 2 + log_abs_det(A)
            ),
            "The normalizer of the base density stands there once. Each of the `D` coordinates has its own.",
        ),
        Misconception(
            "summed over the batch",
            lambda x, A, b: np.sum(normal(to_latent(x, A, b)) + log_abs_det(A)),
            "You have one number for the whole batch. Each example has its own log-density.",
        ),
        Misconception(
            "a log-det for each coordinate",
            lambda x, A, b: normal(to_latent(x, A, b)) + x.shape[1] * log_abs_det(A),
            "The log-determinant is counted once for each coordinate. It is one number for the whole matrix.",
        ),
        Misconception(
            "half of the log-determinant",
            lambda x, A, b: normal(to_latent(x, A, b)) + log_abs_det(A) / 2,
            "You add half of the log-determinant. The half in the formula belongs to the square and to "
            "the normalizer, not to the Jacobian.",
        ),
        Misconception(
            "sign of the determinant",
            lambda x, A, b: normal(to_latent(x, A, b)) + np.linalg.slogdet(A)[0],
            "`np.linalg.slogdet` returns two things, and you took the first of them: the sign of the "
            "determinant.",
        ),
        Misconception(
            "no normalizer",
            lambda x, A, b: normal(to_latent(x, A, b)) + x.shape[1] * np.log(2 * np.pi) / 2 + log_abs_det(A),
            "The Jacobian is right. The standard normal density is not complete: its normalizer is missing.",
        ),
        Misconception(
            "normalizer for each example",
            lambda x, A, b: (
                normal(to_latent(x, A, b)) + (x.shape[1] - len(x)) * np.log(2 * np.pi) / 2 + log_abs_det(A)
            ),
            "You count the normalizer `len(x)` times: that is the number of examples. How many "
            "coordinates has each?",
        ),
        Misconception(
            "wrong direction",
            lambda x, A, b: normal(np.linalg.solve(A, (x - b).T).T) - log_abs_det(A),
            "This is right for data made by `x = A z + b`. Here it is the other way round: `z = A x + b`, "
            "from data to latent.",
        ),
    ),
    properties=(
        (
            "if `A` is the identity, `x` and `z` differ by a shift, and the densities are equal",
            lambda fn: np.allclose(fn(THREE[0], onp.eye(3), THREE[2]), normal(THREE[0] + THREE[2])),
        ),
        (
            "to exchange two rows of `A`, and the same numbers of `b`, changes nothing",
            lambda fn: np.allclose(fn(TWO[0], TWO[1][::-1], TWO[2][::-1]), fn(*TWO)),
        ),
        (
            "the density is highest where `A x + b = 0`",
            lambda fn: np.all(
                fn(-onp.linalg.solve(TWO[1], TWO[2])[None] + onp.zeros((4, 1)), *TWO[1:]) > fn(*TWO)
            ),
        ),
    ),
    hints=(
        "Which `f` is this? What is its Jacobian, and does it depend on `x`?",
        "The Jacobian is `A` everywhere. `z` is `x @ A.T + b`, and its log-density is a "
        "sum over `D` coordinates.",
        "Add `np.linalg.slogdet(A)[1]` to the log-density of `z`. One number fits all examples.",
    ),
    why="The Jacobian of an affine map is `A` at every point, so each example gets the same `log|det A|`. "
    "The result is a Gaussian density with the covariance matrix inverse of `A.T @ A`.",
)
