"""Exercise 7.5: what training learns when the log-det counts a wrong number of locations."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from .probes import IMAGES_2, IMAGES_3


def learned_scale(x, count):
    """The scales s > 0, (C,), that minimise the mean of 1/2 Σ z**2 - count Σ_c log s_c over images x.

    z = s*(x - m) + b, the sum of z**2 runs over all H*W*C values of an image, and b is at its best.
    """
    _, H, W, _ = x.shape
    return np.sqrt(count / (H * W)) / np.std(x, axis=(0, 1, 2))


def from_ratio(rule):
    """A wrong answer, from a rule (count, shape, std) -> s."""

    def wrong(x, count):
        return rule(count, x.shape, np.std(x, axis=(0, 1, 2)))

    return wrong


def loss(x, s, count):
    """The loss at scales s, with the best shifts."""
    z = s * (x - np.mean(x, axis=(0, 1, 2)))
    return 0.5 * np.sum(z**2) / len(x) - count * np.sum(np.log(s))


def is_lowest(fn):
    best = fn(IMAGES_3, 3.0)
    lowest = loss(IMAGES_3, best, 3.0)
    return all(loss(IMAGES_3, factor * best, 3.0) > lowest for factor in (0.98, 1.02))


EXERCISE = Exercise(
    id="7.5",
    title="A wrong factor teaches a wrong scale",
    difficulty=3,
    minutes=12,
    key=learned_scale,
    probes=((IMAGES_3, 1.0), (IMAGES_2, 5.0), (IMAGES_3, 20.0)),
    misconceptions=(
        Misconception(
            "count ignored",
            from_ratio(lambda count, shape, std: 1 / std),
            "This is the best scale for the right log-det. Here the log-det counts `count` locations, and "
            "the squares count all of them.",
        ),
        Misconception(
            "no root",
            from_ratio(lambda count, shape, std: count / (shape[1] * shape[2]) / std),
            "The ratio of the counts is right. It determines the variance of `z`; the scale is a matter of "
            "its root.",
        ),
        Misconception(
            "ratio upside down",
            from_ratio(lambda count, shape, std: np.sqrt(shape[1] * shape[2] / count) / std),
            "The ratio of the counts stands upside down: a log-det that counts more rewards larger scales.",
        ),
        Misconception(
            "squares counted once",
            from_ratio(lambda count, shape, std: np.sqrt(count) / std),
            "You count the squares of one location only. Their sum runs over all locations of the image.",
        ),
        Misconception(
            "divided by all values of an image",
            from_ratio(lambda count, shape, std: np.sqrt(count / (shape[1] * shape[2] * shape[3])) / std),
            "You divide by all values of an image. Each scale has its own equation, in which only the "
            "values of its own channel stand.",
        ),
        Misconception(
            "divided by the batch, too",
            from_ratio(lambda count, shape, std: np.sqrt(count / (shape[0] * shape[1] * shape[2])) / std),
            "The loss is a mean over the examples, so the size of the batch cancels.",
        ),
        Misconception(
            "multiplied by std",
            from_ratio(lambda count, shape, std: np.sqrt(count / (shape[1] * shape[2])) * std),
            "The counts are right. A wide channel needs a small scale.",
        ),
        Misconception(
            "the square of s",
            from_ratio(lambda count, shape, std: count / (shape[1] * shape[2]) / std**2),
            "This is the square of the scale.",
        ),
        Misconception(
            "a half lost",
            from_ratio(lambda count, shape, std: np.sqrt(2 * count / (shape[1] * shape[2])) / std),
            "Too large by the root of 2. Differentiate once more: what does the square make of the factor "
            "1/2 in front of it?",
        ),
        Misconception(
            "rows only",
            from_ratio(lambda count, shape, std: np.sqrt(count / shape[1]) / std),
            "You divide by the number of rows. Each row has several values of a channel.",
        ),
        Misconception(
            "divided by the variance",
            from_ratio(lambda count, shape, std: np.sqrt(count / (shape[1] * shape[2])) / std**2),
            "The root of the ratio of the counts is right. The variance has to go under the root as well.",
        ),
        Misconception(
            "one number for all channels",
            lambda x, count: np.full(x.shape[3], np.sqrt(count / (x.shape[1] * x.shape[2])) / np.std(x)),
            "You take one standard deviation over all channels. Each channel has its own.",
        ),
        Misconception(
            "mean square for variance",
            lambda x, count: (
                np.sqrt(count / (x.shape[1] * x.shape[2])) / np.sqrt(np.mean(x**2, axis=(0, 1, 2)))
            ),
            "You let `b` be 0. At its best, `b` takes the mean away, and only the variance remains.",
        ),
    ),
    properties=(
        (
            "with `count = H*W` the variance of `z` is 1",
            lambda fn: np.allclose(fn(IMAGES_3, 8.0) * IMAGES_3.std(axis=(0, 1, 2)), 1),
        ),
        (
            "four times the count gives twice the scale",
            lambda fn: np.allclose(fn(IMAGES_2, 4.0), 2 * fn(IMAGES_2, 1.0)),
        ),
        ("2 per cent more or less makes the loss larger", is_lowest),
    ),
    hints=(
        "Write the part of the loss that depends on one scale. With the best `b`, the mean of `z**2` over "
        "the values of channel c is `s**2 * std**2`.",
        "An image has `H*W` values of this channel: the part is `H*W * s**2 * std**2 / 2 - count * log(s)`.",
        "Set its derivative with respect to `s` to 0.",
    ),
    why="Training follows the loss it is given. A log-det that counts too few locations makes expansion look "
    "cheap to give up, so the latents come out too narrow, and the density is none.",
)
