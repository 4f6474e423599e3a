"""Exercise 7.3: the first parameters of an ActNorm in Glow's form, from a batch of images."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from .probes import IMAGES_2, IMAGES_3


def first_parameters(x):
    """Array (2, C) for images x of shape (N, H, W, C): s in row 0, b of Glow's form s*x + b in row 1."""
    mean, std = np.mean(x, axis=(0, 1, 2)), np.std(x, axis=(0, 1, 2))
    return np.stack([1 / std, -mean / std])


def from_statistics(rule, axis=(0, 1, 2), **options):
    """Wrong parameters, from a rule (mean, std) -> (s, b)."""

    def wrong(x):
        return np.stack(rule(np.mean(x, axis=axis), np.std(x, axis=axis, **options)))

    return wrong


def normed(x, parameters):
    """s x + b in each channel."""
    return parameters[0] * x + parameters[1]


def root_mean_square(x):
    size = np.sqrt(np.mean(x**2, axis=(0, 1, 2)))
    return np.stack([1 / size, -np.mean(x, axis=(0, 1, 2)) / size])


EXERCISE = Exercise(
    id="7.3",
    title="The first parameters",
    difficulty=1,
    minutes=6,
    key=first_parameters,
    probes=((IMAGES_3,), (IMAGES_2,)),
    misconceptions=(
        Misconception(
            "b = -mean",
            from_statistics(lambda mean, std: (1 / std, -mean)),
            "The scales are right. This is what (7.5) subtracts first. Here the shift is added after the "
            "scaling, so the mean that it has to take away is no longer that of `x`.",
        ),
        Misconception(
            "b = mean / std",
            from_statistics(lambda mean, std: (1 / std, mean / std)),
            "The scales are right. The shifts have the right size and push the mean away from 0.",
        ),
        Misconception(
            "b = -mean * std",
            from_statistics(lambda mean, std: (1 / std, -mean * std)),
            "The scales are right. In the shifts you multiply by the standard deviation: what is the mean "
            "of `s*x`?",
        ),
        Misconception(
            "variance",
            from_statistics(lambda mean, std: (1 / std**2, -mean / std**2)),
            "You divide by the variance. The variance grows with the square of the scale, so a root is "
            "missing.",
        ),
        Misconception(
            "multiplied by std",
            from_statistics(lambda mean, std: (std, -mean * std)),
            "You multiply by the standard deviation, so a wide channel becomes wider still.",
        ),
        Misconception(
            "rows exchanged",
            from_statistics(lambda mean, std: (-mean / std, 1 / std)),
            "Both rows are right, but they stand in the other order.",
        ),
        Misconception(
            "log-scales",
            from_statistics(lambda mean, std: (-np.log(std), -mean / std)),
            "The shifts are right. Row 0 has the logarithms of the scales, as `ActNorm` keeps them. Asked "
            "are the scales.",
        ),
        Misconception(
            "standard deviations for scales",
            from_statistics(lambda mean, std: (std, -mean / std)),
            "The shifts are right. Row 0 has the standard deviations: what must a wide channel be multiplied "
            "by?",
        ),
        Misconception(
            "ddof=1",
            from_statistics(lambda mean, std: (1 / std, -mean / std), ddof=1),
            "Your variance divides by one less than the count. Then the variance of `z`, the mean of its "
            "squared deviations, is not exactly 1.",
        ),
        Misconception(
            "one number for all channels",
            from_statistics(lambda mean, std: (1 / std, -mean / std), axis=None),
            "One scale and one shift for everything. Each channel has its own: along which axes are the "
            "values of one channel?",
        ),
        Misconception(
            "over the batch only",
            from_statistics(lambda mean, std: (1 / std, -mean / std), axis=0),
            "You average over the examples only, and keep a number for each location. All locations of a "
            "channel share one.",
        ),
        Misconception(
            "each image for itself",
            from_statistics(lambda mean, std: (1 / std, -mean / std), axis=(1, 2)),
            "You average over each image for itself. Then each example would be scaled by a number of its "
            "own, which nobody could undo without knowing it.",
        ),
        Misconception(
            "root of the mean square",
            root_mean_square,
            "You take the root of the mean square. The deviation from the mean counts, not that from 0.",
        ),
    ),
    properties=(
        (
            "with these parameters each channel has mean 0",
            lambda fn: np.allclose(normed(IMAGES_3, fn(IMAGES_3)).mean(axis=(0, 1, 2)), 0),
        ),
        (
            "with these parameters each channel has variance 1",
            lambda fn: np.allclose(normed(IMAGES_3, fn(IMAGES_3)).var(axis=(0, 1, 2)), 1),
        ),
        (
            "when 3 is added to all values, the scales stay as they are",
            lambda fn: np.allclose(fn(IMAGES_2 + 3)[0], fn(IMAGES_2)[0]),
        ),
    ),
    hints=(
        "Which axes of `x` count examples and locations, and which counts channels?",
        "`np.mean` and `np.std` take a tuple: `axis=(0, 1, 2)` leaves one number for each channel.",
        "After `s = 1/std`, the mean of `s*x` is `mean/std`. The shift takes it away.",
    ),
    why="Scaling by `1/std` makes the variance 1. It also scales the mean, and the shift removes what the "
    "mean has become. It is `-s*m` with the `m` of (7.7): two forms of the same map.",
)
