"""Exercise 7.4: the log-determinant of scales that are shared in any way."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from .probes import IMAGES_2, IMAGES_3


def shared_log_det(x, s):
    """log|det| for each example, (N,), of z = s * x, for images x of shape (N, H, W, C).

    s has any shape that NumPy stretches to (H, W, C), such as (C,), (W, C) or (H, 1, 1), and is nowhere 0.
    """
    each = np.broadcast_to(s, x.shape[1:])
    return np.full(len(x), np.sum(np.log(np.abs(each))))


def of_sizes(rule):
    """A wrong answer, from a rule (shape of x, number of scales, sum of log|s|) -> one number."""

    def wrong(x, s):
        return np.full(len(x), rule(x.shape, s.size, np.sum(np.log(np.abs(s)))))

    return wrong


def uses(shape, count):
    """How often each of `count` scales is used in an image of x's shape."""
    return shape[1] * shape[2] * shape[3] / count


S_C = np.array([-0.6, 0.3])
S_WC = np.array([[0.4, -1.7, 3.1], [0.7, 1.2, -0.2]])
S_H = np.array([0.8, -1.6, 0.4, 1.2]).reshape(4, 1, 1)

EXERCISE = Exercise(
    id="7.4",
    title="Scales that are shared otherwise",
    difficulty=2,
    minutes=6,
    key=shared_log_det,
    probes=((IMAGES_2, S_C), (IMAGES_3, S_WC), (IMAGES_3, S_H)),
    misconceptions=(
        Misconception(
            "each scale once",
            of_sizes(lambda shape, count, total: total),
            "You count each scale once. How often is one of them used in an image?",
        ),
        Misconception(
            "H·W, whatever the shape of s",
            of_sizes(lambda shape, count, total: shape[1] * shape[2] * total),
            "This is (7.11), and right if `s` has the shape `(C,)`. A scale of shape `(H, 1, 1)` has other "
            "company: all values of its row share it.",
        ),
        Misconception(
            "number of values times the sum",
            of_sizes(lambda shape, count, total: shape[1] * shape[2] * shape[3] * total),
            "You count all values of the image for every scale. They are shared out among the scales: each "
            "value has one.",
        ),
        Misconception(
            "all examples of the batch",
            of_sizes(lambda shape, count, total: shape[0] * uses(shape, count) * total),
            "You count the whole batch. One example has only the values of its own image.",
        ),
        Misconception(
            "summed over the batch",
            lambda x, s: np.sum(shared_log_det(x, s)),
            "One number for the whole batch, the sum of the log-dets. Each example has its own.",
        ),
        Misconception(
            "one number for the batch",
            lambda x, s: shared_log_det(x, s)[0],
            "The number is right. Each example needs it: the result has shape `(N,)`.",
        ),
        Misconception(
            "mean of the logs",
            of_sizes(lambda shape, count, total: total / count),
            "This is a mean of the logs. A larger image is stretched at more places: nothing is averaged.",
        ),
        Misconception(
            "count inside the log",
            of_sizes(lambda shape, count, total: np.log(uses(shape, count)) + total),
            "You multiply a determinant by the number of uses. A factor that occurs several times is raised "
            "to a power: what does the log make of it?",
        ),
        Misconception(
            "sum of s",
            lambda x, s: np.full(len(x), np.sum(np.abs(s * np.ones(x.shape[1:])))),
            "You add the scales. The determinant is their product: what becomes of a product under the log?",
        ),
        Misconception(
            "no absolute value",
            lambda x, s: np.full(len(x), np.sum(np.log(s * np.ones(x.shape[1:])))),
            "Some scales are negative, and a negative number has no logarithm. Does the direction of a "
            "channel change a volume?",
        ),
        Misconception(
            "minus sign",
            of_sizes(lambda shape, count, total: -uses(shape, count) * total),
            "This is the log-det of the inverse.",
        ),
    ),
    properties=(
        (
            "scales of 1 and -1 change no volume",
            lambda fn: np.allclose(fn(IMAGES_3, np.array([1.0, -1.0, 1.0])), 0),
        ),
        (
            "an image with twice as many rows has twice the log-det, if its rows share their scales",
            lambda fn: np.allclose(fn(np.zeros((1, 8, 2, 3)), S_WC), 2 * fn(IMAGES_3, S_WC)),
        ),
        (
            "scales written out for each value, `(H, W, C)`, give the same as those that are shared",
            lambda fn: np.allclose(fn(IMAGES_3, S_H * np.ones((4, 2, 3))), fn(IMAGES_3, S_H)),
        ),
        (
            "what one example gives does not depend on how many there are",
            lambda fn: np.allclose(fn(IMAGES_2[:1], S_C), fn(IMAGES_2, S_C)[:1]),
        ),
    ),
    hints=(
        "The Jacobian of one example is diagonal. What stands on its diagonal, and how often?",
        "Each of the `H*W*C` values has a scale. `np.broadcast_to(s, x.shape[1:])` shows which.",
        "`np.full(N, number)` makes an array of shape `(N,)`.",
    ),
    why="A shared parameter counts as often as it is used. For one scale for each channel this is the factor "
    "`H*W` of (7.11). For other ways of sharing it is another factor, by the same diagonal.",
)
