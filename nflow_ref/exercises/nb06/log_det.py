"""Exercise 6.3: the log-determinant of an affine coupling."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def coupling_log_det(s):
    """log|det| of an affine coupling for each example, (N,), from the scales s > 0, (N, D - d)."""
    return np.sum(np.log(s), axis=1)


S = np.array([[0.5, 2.2, 1.7], [0.3, 0.9, 0.6], [2.4, 1.3, 0.8]])
S_2 = np.array([[1.4, 0.2], [2.6, 1.9], [0.7, 3.1]])
MANY = np.full((1, 400), 0.1)  # their product is rounded to 0

EXERCISE = Exercise(
    id="6.3",
    title="The log-det of a batch",
    difficulty=1,
    minutes=4,
    key=coupling_log_det,
    probes=((S,), (S_2,), (MANY,)),
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
            "log of the product",
            lambda s: np.log(np.prod(s, axis=1)),
            "On paper this is the same. But a product of many small numbers is rounded to 0, and the log of "
            "0 is no log-det: take the logarithms first, then add.",
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
            "averaged over everything",
            lambda s: np.mean(np.log(s)),
            "A mean over all logs of the batch. Asked is a sum, and one for each example.",
        ),
        Misconception(
            "averaged over the batch",
            lambda s: np.mean(coupling_log_det(s)),
            "You average over the batch. Each example has its own scales: keep one log-det for each.",
        ),
        Misconception(
            "the total for each example",
            lambda s: np.full(len(s), np.sum(np.log(s))),
            "The shape is right, but each example gets the total of the batch. Add the logs of one row only.",
        ),
        Misconception(
            "the mean for each example",
            lambda s: np.full(len(s), np.mean(coupling_log_det(s))),
            "The shape is right, but each example gets the mean of the batch. What one example does to "
            "volume is no matter of the others.",
        ),
        Misconception(
            "averaged along the wrong axis",
            lambda s: np.mean(np.log(s), axis=0),
            "You average over the examples and keep the coordinates. Asked is one number for each example, "
            "and a sum.",
        ),
        Misconception(
            "size of the sum",
            lambda s: np.abs(np.sum(np.log(s), axis=1)),
            "The bars in `log|det|` belong to the determinant. The log itself may be negative: then volume "
            "shrinks.",
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
