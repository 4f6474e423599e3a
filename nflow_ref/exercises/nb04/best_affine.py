"""Exercise 4.3: the affine map of maximum likelihood."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import X


def to_latent(x, data):
    """z = f(x), where f is the increasing affine map of maximum likelihood for `data`."""
    return (x - np.mean(data)) / np.std(data)


DATA = np.array([2.3, 0.4, 3.9, -0.8, 2.6])
MORE = np.array([-4.1, 1.3, -2.2, -3.7, 0.2, -1.9])

EXERCISE = Exercise(
    id="4.3",
    title="The affine map of maximum likelihood",
    difficulty=1,
    minutes=6,
    key=to_latent,
    probes=(
        (np.array([0.9, -1.3, 1.6, -0.2]), DATA),
        (np.array([1.1, -0.7, 0.4]), MORE),
        (np.array([2.4, 0.6]), DATA[:4]),
    ),
    misconceptions=(
        Misconception(
            "N - 1",
            lambda x, data: (x - np.mean(data)) / np.std(data, ddof=1),
            "You divide by N - 1 in the variance. That makes it unbiased, a good property, "
            "but not the one asked for: the likelihood has its maximum with N.",
        ),
        Misconception(
            "variance for standard deviation",
            lambda x, data: (x - np.mean(data)) / np.var(data),
            "You divide by the variance. Look at the units: `z` must have none.",
        ),
        Misconception(
            "fitted to x",
            lambda x, data: (x - np.mean(x)) / np.std(x),
            "You fit the map to the points that it is applied to. Its parameters come from `data`, "
            "and new points go through the same map.",
        ),
        Misconception(
            "from latent to data",
            lambda x, data: x * np.std(data) + np.mean(data),
            "This is the inverse, from latent to data. `f` goes from data to latent.",
        ),
        Misconception(
            "mean not scaled",
            lambda x, data: x / np.std(data) - np.mean(data),
            "You scale first and then subtract the mean of the unscaled data. The mean belongs to `x`: what "
            "is `b` in terms of `a` and the mean?",
        ),
        Misconception(
            "not centred",
            lambda x, data: x / np.std(data),
            "The width is right, but the latents of the data do not lie round 0: the shift is missing.",
        ),
        Misconception(
            "not scaled",
            lambda x, data: x - np.mean(data),
            "The latents of the data lie round 0, but their width is still that of the data: the slope is "
            "missing.",
        ),
        Misconception(
            "decreasing",
            lambda x, data: (np.mean(data) - x) / np.std(data),
            "This map has the same likelihood. But it is decreasing, and the increasing one is asked for.",
        ),
        Misconception(
            "mean divided, x not",
            lambda x, data: x - np.mean(data) / np.std(data),
            "A division comes before a subtraction, so only the mean is scaled, not `x`. Which step needs "
            "parentheses?",
        ),
        Misconception(
            "multiplied by the standard deviation",
            lambda x, data: (x - np.mean(data)) * np.std(data),
            "The shift is right, but you multiply by the standard deviation: wide data become even wider.",
        ),
        Misconception(
            "mean added",
            lambda x, data: (x + np.mean(data)) / np.std(data),
            "The mean has the wrong sign: your shift moves the data away from 0.",
        ),
    ),
    properties=(
        (
            "the latents of the data themselves have mean 0",
            lambda fn: np.allclose(np.mean(fn(DATA, DATA)), 0),
        ),
        (
            "the latents of the data themselves have mean square 1",
            lambda fn: np.allclose(np.mean(fn(DATA, DATA) ** 2), 1),
        ),
        (
            "in another unit, with `x` and `data` three times as large, the result is the same",
            lambda fn: np.allclose(fn(3 * X, 3 * DATA), fn(X, DATA)),
        ),
    ),
    hints=(
        "The solution of the two conditions on `a` and `b` is a slope and a shift that you can "
        "compute from the mean and the standard deviation of `data`.",
        "The slope is one over the standard deviation. The shift takes the mean to 0.",
        "Subtract the mean of `data` from `x`, then divide by `np.std(data)`.",
    ),
    why="The best affine map standardises: it gives the data it was fitted to mean 0 and mean square 1. "
    "All other points go through the map with the same two numbers.",
)
