"""Exercise 6.3: the log-determinant of an affine coupling."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def coupling_log_det(s):
    """log|det| of an affine coupling for each example, (N,), from the scales s > 0, (N, D - d)."""
    return np.sum(np.log(s), axis=1)


S = np.array([[0.5, 2.2, 1.7], [0.3, 0.9, 0.6], [2.4, 1.3, 0.8]])
S_2 = np.array([[1.4, 0.2], [2.6, 1.9]])

EXERCISE = Exercise(
    id="6.3",
    title="The log-det of a batch",
    difficulty=1,
    minutes=4,
    key=coupling_log_det,
    probes=((S,), (S_2,)),
    misconceptions=(
        Misconception(
            "sum of s",
            lambda s: np.sum(s, axis=1),
            "You add the scales. The determinant is their product: what becomes of a product under the log?",
        ),
        Misconception(
            "the determinant itself",
            lambda s: np.prod(s, axis=1),
            "This is the determinant, and it is right. Asked is its logarithm.",
        ),
        Misconception(
            "log of the sum",
            lambda s: np.log(np.sum(s, axis=1)),
            "You take the log of a sum. The log of a product is wanted: the order of log and sum matters.",
        ),
        Misconception(
            "minus sign",
            lambda s: -np.sum(np.log(s), axis=1),
            "The sign is that of the inverse. A scale above 1 makes volume grow from data to latent.",
        ),
        Misconception(
            "summed over the batch",
            lambda s: np.sum(np.log(s)),
            "One number for the whole batch. Each example has its own log-det: along which axis are the "
            "coordinates?",
        ),
        Misconception(
            "summed along the wrong axis",
            lambda s: np.sum(np.log(s), axis=0),
            "You add over the examples and keep the coordinates. It is the other way round.",
        ),
        Misconception(
            "mean instead of sum",
            lambda s: np.mean(np.log(s), axis=1),
            "A mean forgets how many coordinates there are. In a product each of them counts.",
        ),
    ),
    properties=(
        (
            "scales of 1 change no volume",
            lambda fn: np.allclose(fn(np.ones((4, 3))), 0),
        ),
        (
            "what one example gives does not depend on the others",
            lambda fn: np.allclose(fn(S)[:1], fn(S[:1])),
        ),
        (
            "when each of three scales is doubled, the result grows by three times the log of 2",
            lambda fn: np.allclose(fn(2 * S) - fn(S), 3 * np.log(2)),
        ),
    ),
    hints=(
        "By (6.12) the determinant is the product of the scales of one example.",
        "The log of a product is a sum of logs. Axis 0 counts the examples, axis 1 the coordinates.",
    ),
    why="A triangular matrix has the product of its diagonal as determinant, here the scales and ones. Each "
    "example has its own scales, so each has its own log-det.",
)
