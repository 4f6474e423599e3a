"""Exercise 7.4: the log-determinant of an ActNorm on images."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from .probes import IMAGES_2, IMAGES_3


def actnorm_log_det(x, s):
    """log|det| for each example, (N,), of z = s*(x - m) + b; x is (N, H, W, C), s is (C,) and nowhere 0."""
    N, H, W, _ = x.shape
    return np.full(N, H * W * np.sum(np.log(np.abs(s))))


def of_sizes(rule):
    """A wrong answer, from a rule (shape, sum of log|s|) -> one number, the same for each example."""

    def wrong(x, s):
        return np.full(len(x), rule(x.shape, np.sum(np.log(np.abs(s)))))

    return wrong


S_3, S_2 = np.array([0.4, -1.7, 3.1]), np.array([-0.6, 0.3])

EXERCISE = Exercise(
    id="7.4",
    title="The log-det of an image",
    difficulty=1,
    minutes=5,
    key=actnorm_log_det,
    probes=((IMAGES_3, S_3), (IMAGES_2, S_2)),
    misconceptions=(
        Misconception(
            "no H·W",
            of_sizes(lambda shape, total: total),
            "This is the log-det of one location. How many locations does an image have, and each is scaled.",
        ),
        Misconception(
            "H only",
            of_sizes(lambda shape, total: shape[1] * total),
            "You count the rows of an image. Each of them has several locations.",
        ),
        Misconception(
            "W only",
            of_sizes(lambda shape, total: shape[2] * total),
            "You count the columns of an image. Each of them has several locations.",
        ),
        Misconception(
            "H + W",
            of_sizes(lambda shape, total: (shape[1] + shape[2]) * total),
            "You add the height and the width. How many locations are in a rectangle?",
        ),
        Misconception(
            "all examples of the batch",
            of_sizes(lambda shape, total: shape[0] * shape[1] * shape[2] * total),
            "You count the locations of the whole batch. One example has only those of its own image.",
        ),
        Misconception(
            "channels counted twice",
            of_sizes(lambda shape, total: shape[1] * shape[2] * shape[3] * total),
            "You count the channels twice: the sum runs over them already.",
        ),
        Misconception(
            "all values of the batch",
            of_sizes(lambda shape, total: shape[0] * shape[1] * shape[2] * shape[3] * total),
            "You count all values of the batch. How often is one scale used in one image?",
        ),
        Misconception(
            "summed over the batch",
            lambda x, s: len(x) * x.shape[1] * x.shape[2] * np.sum(np.log(np.abs(s))),
            "One number for the whole batch, the sum of the log-dets. Each example has its own.",
        ),
        Misconception(
            "mean instead of sum",
            of_sizes(lambda shape, total: shape[1] * shape[2] * total / shape[3]),
            "You average over the channels. Each channel is scaled, so each of them counts.",
        ),
        Misconception(
            "mean over all scales of an image",
            of_sizes(lambda shape, total: total / shape[3]),
            "This is a mean of the logs. A larger image is stretched at more places: nothing is divided.",
        ),
        Misconception(
            "count inside the log",
            lambda x, s: np.full(len(x), np.log(x.shape[1] * x.shape[2] * np.abs(np.prod(s)))),
            "You multiply a determinant by the number of locations. A factor that occurs several times is "
            "raised to a power: what does the log make of it?",
        ),
        Misconception(
            "one number for the batch",
            lambda x, s: x.shape[1] * x.shape[2] * np.sum(np.log(np.abs(s))),
            "The number is right. Each example needs it: the result has shape `(N,)`.",
        ),
        Misconception(
            "sum of s",
            lambda x, s: np.full(len(x), x.shape[1] * x.shape[2] * np.sum(np.abs(s))),
            "You add the scales. The determinant is their product: what becomes of a product under the log?",
        ),
        Misconception(
            "no absolute value",
            lambda x, s: np.full(len(x), x.shape[1] * x.shape[2] * np.sum(np.log(s))),
            "Some scales are negative, and a negative number has no logarithm. Does the direction of a "
            "channel change a volume?",
        ),
        Misconception(
            "minus sign",
            of_sizes(lambda shape, total: -shape[1] * shape[2] * total),
            "This is the log-det of the inverse.",
        ),
    ),
    properties=(
        (
            "scales of 1 and -1 change no volume",
            lambda fn: np.allclose(fn(IMAGES_3, np.array([1.0, -1.0, 1.0])), 0),
        ),
        (
            "an image with twice as many rows has twice the log-det",
            lambda fn: np.allclose(fn(np.zeros((1, 8, 2, 3)), S_3), 2 * fn(IMAGES_3, S_3)),
        ),
        (
            "what one example gives does not depend on how many there are",
            lambda fn: np.allclose(fn(IMAGES_2[:1], S_2), fn(IMAGES_2, S_2)[:1]),
        ),
    ),
    hints=(
        "The Jacobian (7.10) of one example is diagonal. How often does each scale stand on its diagonal?",
        "`N, H, W, C = x.shape` names the four sizes.",
        "`np.full(N, number)` makes an array of shape `(N,)`.",
    ),
    why="A scale is shared by all locations, so it stands on the diagonal once for each of them. A shared "
    "parameter is counted as often as it is used.",
)
