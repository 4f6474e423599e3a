"""Exercise 4.3: the affine map of maximum likelihood on a Laplace base density."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import X


def to_laplace(x, data):
    """z = f(x), where f is the increasing affine map of maximum likelihood for a Laplace base."""
    middle = np.median(data)
    return (x - middle) / np.mean(np.abs(data - middle))


def spread(data):
    """The mean distance from the median."""
    return np.mean(np.abs(data - np.median(data)))


DATA = np.array([2.3, 0.4, 3.9, -0.8, 6.6])
MORE = np.array([-4.1, 1.3, -2.2, -3.7, 0.2, -1.9, -9.3])

EXERCISE = Exercise(
    id="4.3",
    title="Another base, another best map",
    difficulty=2,
    minutes=10,
    key=to_laplace,
    probes=(
        (np.array([0.9, -1.3, 1.6, -0.2]), DATA),
        (np.array([1.1, -0.7, 0.4]), MORE),
        (np.array([2.4, 0.6]), MORE[1:6]),
    ),
    misconceptions=(
        Misconception(
            "as for the normal base",
            lambda x, data: (x - np.mean(data)) / np.std(data),
            "This is the best map for the normal base. A Laplace base has `|z|` in its exponent, no square: "
            "which number has the smallest mean distance to the data?",
        ),
        Misconception(
            "mean for the median",
            lambda x, data: (x - np.mean(data)) / np.mean(np.abs(data - np.mean(data))),
            "The mean makes the sum of the squares smallest. Here the sum of the distances counts: move the "
            "shift a little, and count on how many sides the data are.",
        ),
        Misconception(
            "standard deviation for the mean distance",
            lambda x, data: (x - np.median(data)) / np.std(data),
            "The shift is right. For the slope, differentiate `a * mean(|x - m|) - log(a)`: no square is "
            "in it.",
        ),
        Misconception(
            "median of the distances",
            lambda x, data: (x - np.median(data)) / np.median(np.abs(data - np.median(data))),
            "You take the median of the distances, a robust width. But the loss is a mean, and so is what "
            "the slope must balance.",
        ),
        Misconception(
            "distances from the mean",
            lambda x, data: (x - np.median(data)) / np.mean(np.abs(data - np.mean(data))),
            "The shift is right, but your distances start at the mean: the latents are measured from where "
            "the shift puts 0.",
        ),
        Misconception(
            "twice the slope",
            lambda x, data: 2 * (x - np.median(data)) / spread(data),
            "Your slope is twice as large as it should be. The 1/2 of the Laplace density stands outside of "
            "its exponent and has no say in the slope.",
        ),
        Misconception(
            "fitted to x",
            lambda x, data: (x - np.median(x)) / spread(x),
            "You fit the map to the points that it is applied to. Its parameters come from `data`, "
            "and new points go through the same map.",
        ),
        Misconception(
            "from latent to data",
            lambda x, data: x * spread(data) + np.median(data),
            "This is the inverse, from latent to data. `f` goes from data to latent.",
        ),
        Misconception(
            "median not scaled",
            lambda x, data: x / spread(data) - np.median(data),
            "You scale first and then subtract the median of the unscaled data. What is `b` in terms of `a` "
            "and the median?",
        ),
        Misconception(
            "not centred",
            lambda x, data: x / spread(data),
            "The width is right, but the latents of the data do not lie round 0: the shift is missing.",
        ),
        Misconception(
            "not scaled",
            lambda x, data: x - np.median(data),
            "The latents of the data lie round 0, but their width is still that of the data: the slope is "
            "missing.",
        ),
        Misconception(
            "multiplied by the mean distance",
            lambda x, data: (x - np.median(data)) * spread(data),
            "The shift is right, but you multiply by the mean distance: wide data become even wider.",
        ),
        Misconception(
            "decreasing",
            lambda x, data: (np.median(data) - x) / spread(data),
            "This map has the same likelihood. But it is decreasing, and the increasing one is asked for.",
        ),
    ),
    properties=(
        (
            "as many latents of the data are above 0 as below",
            lambda fn: np.sum(fn(DATA, DATA) > 1e-9) == np.sum(fn(DATA, DATA) < -1e-9) == 2,
        ),
        (
            "the latents of the data have the mean distance 1 from 0",
            lambda fn: np.allclose(np.mean(np.abs(fn(DATA, DATA))), 1),
        ),
        (
            "in another unit, with `x` and `data` three times as large, the result is the same",
            lambda fn: np.allclose(fn(3 * X, 3 * DATA), fn(X, DATA)),
        ),
    ),
    hints=(
        "The loss of `z = a*x + b` is the mean of `|a*x + b|`, minus `log(a)`, and a constant. Begin with "
        "the shift: for a fixed `a`, write `b = -a*m`.",
        "The mean of `|x - m|` falls as long as more data are above `m` than below. So the best `m` is the "
        "median.",
        "With the mean distance `d` from the median what remains is `a*d - log(a)`. Its derivative is 0 "
        "where the slope is one over `d`.",
    ),
    why="What counts as standard is told by the base density: mean and standard deviation for the normal "
    "one, median and mean distance for this one. An outlier moves the median by at most one datum.",
)
