"""Exercise 4.2: the Kullback-Leibler divergence of two normal densities."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def kl_of_normals(mean_p, std_p, mean_q, std_q):
    """KL(p || q) in nats of normal densities with these means and standard deviations: (M,)."""
    return np.log(std_q / std_p) + (std_p**2 + (mean_p - mean_q) ** 2) / (2 * std_q**2) - 0.5


MEANS, STDS = np.array([0.3, -1.4, 2.2]), np.array([0.7, 1.5, 0.4])
OTHER_MEANS, OTHER_STDS = np.array([1.3, -0.8, 1.6]), np.array([1.2, 0.8, 0.5])

EXERCISE = Exercise(
    id="4.2",
    title="How far apart are two normal densities?",
    difficulty=2,
    minutes=10,
    key=kl_of_normals,
    probes=(
        (MEANS, STDS, OTHER_MEANS, OTHER_STDS),
        (MEANS[:2], OTHER_STDS[:2], np.array([-0.5, 0.4]), STDS[:2]),
    ),
    misconceptions=(
        Misconception(
            "the other way round",
            lambda mean_p, std_p, mean_q, std_q: kl_of_normals(mean_q, std_q, mean_p, std_p),
            "This is `KL(q || p)`. The divergence is not symmetric: the mean is taken over draws of the "
            "first density, `p`, where the data come from.",
        ),
        Misconception(
            "expected negative log-likelihood",
            lambda mean_p, std_p, mean_q, std_q: (
                np.log(std_q) + np.log(2 * np.pi) / 2 + (std_p**2 + (mean_p - mean_q) ** 2) / (2 * std_q**2)
            ),
            "This is the expected negative log-likelihood of `q`. It includes the floor: "
            "subtract the entropy of `p`.",
        ),
        Misconception(
            "no minus 1/2",
            lambda mean_p, std_p, mean_q, std_q: (
                np.log(std_q / std_p) + (std_p**2 + (mean_p - mean_q) ** 2) / (2 * std_q**2)
            ),
            "For two equal densities your result is not 0. The mean of `log p` has a quadratic term, too: "
            "what is its mean under `p`?",
        ),
        Misconception(
            "log upside down",
            lambda mean_p, std_p, mean_q, std_q: (
                np.log(std_p / std_q) + (std_p**2 + (mean_p - mean_q) ** 2) / (2 * std_q**2) - 0.5
            ),
            "The log of the ratio of the standard deviations has the wrong sign: `log p` contains minus "
            "the log of its own one.",
        ),
        Misconception(
            "means ignored",
            lambda mean_p, std_p, mean_q, std_q: np.log(std_q / std_p) + std_p**2 / (2 * std_q**2) - 0.5,
            "The means do not enter. Draws of `p` are centred at its own mean, `q` "
            "measures their distance from another one.",
        ),
        Misconception(
            "only the distance of the means",
            lambda mean_p, std_p, mean_q, std_q: (
                np.log(std_q / std_p) + (mean_p - mean_q) ** 2 / (2 * std_q**2) - 0.5
            ),
            "You put the mean of `p` in the place of its draws. They also spread round it: what is the mean "
            "square distance of a draw of `p` from the mean of `q`?",
        ),
        Misconception(
            "divided by the variance of p",
            lambda mean_p, std_p, mean_q, std_q: (
                np.log(std_q / std_p) + (std_p**2 + (mean_p - mean_q) ** 2) / (2 * std_p**2) - 0.5
            ),
            "You measure the distance in units of the wrong standard deviation. The quadratic term comes "
            "from `log q`.",
        ),
        Misconception(
            "standard deviations not squared",
            lambda mean_p, std_p, mean_q, std_q: (
                np.log(std_q / std_p) + (std_p + (mean_p - mean_q) ** 2) / (2 * std_q) - 0.5
            ),
            "You use standard deviations where variances belong. Look at the units: the squared "
            "distance of two means can only be added to a square.",
        ),
        Misconception(
            "log of the variances",
            lambda mean_p, std_p, mean_q, std_q: (
                np.log(std_q**2 / std_p**2) + (std_p**2 + (mean_p - mean_q) ** 2) / (2 * std_q**2) - 0.5
            ),
            "Your log is that of a ratio of variances. The normalizer of a density contains the root of "
            "its variance: what does a root do to a log?",
        ),
        Misconception(
            "square not halved",
            lambda mean_p, std_p, mean_q, std_q: (
                np.log(std_q / std_p) + (std_p**2 + (mean_p - mean_q) ** 2) / std_q**2 - 0.5
            ),
            "For two equal densities your result is 1/2. Look at the exponent in `log q` again.",
        ),
        Misconception(
            "variance of p not divided",
            lambda mean_p, std_p, mean_q, std_q: (
                np.log(std_q / std_p) + std_p**2 + (mean_p - mean_q) ** 2 / (2 * std_q**2) - 0.5
            ),
            "Only the distance of the means is divided. The variance of `p` belongs above the same "
            "fraction bar: look at the parentheses.",
        ),
        Misconception(
            "distance not squared",
            lambda mean_p, std_p, mean_q, std_q: (
                np.log(std_q / std_p) + (std_p**2 + np.abs(mean_p - mean_q)) / (2 * std_q**2) - 0.5
            ),
            "The distance of the means is not squared. A variance can only be added to a square.",
        ),
    ),
    properties=(
        (
            "two equal densities have divergence 0",
            lambda fn: np.allclose(fn(MEANS, STDS, MEANS, STDS), 0),
        ),
        (
            "the divergence is never negative",
            lambda fn: np.all(fn(MEANS, STDS, OTHER_MEANS, OTHER_STDS) >= 0),
        ),
        (
            "in another unit, with all four arguments three times as large, the result is the same",
            lambda fn: np.allclose(
                fn(3 * MEANS, 3 * STDS, 3 * OTHER_MEANS, 3 * OTHER_STDS),
                fn(MEANS, STDS, OTHER_MEANS, OTHER_STDS),
            ),
        ),
    ),
    hints=(
        "It is the mean, over draws `x` of `p`, of `log p(x) - log q(x)`. Write both logs out.",
        "For a draw of `p`, the mean of `(x - mean_q)**2` is `std_p**2 + (mean_p - mean_q)**2`, and that of "
        "`(x - mean_p)**2` is `std_p**2`.",
        "Three terms: the log of `std_q / std_p`, the mean square of `(x - mean_q) / std_q` divided "
        "by 2, and minus 1/2.",
    ),
    why="The mean square distance of a draw of `p` from the mean of `q` is variance plus squared "
    "bias. The result is 0 only if both means and both widths agree.",
)
