"""Exercise 0.3: the log-density of data that a decreasing line has made."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import mass, normal

LOG_2 = np.log(2)


def log_density(x):
    """log p_x(x), in nats, of data that are made by x = 1 - 2 z with a standard normal z."""
    z = (1 - x) / 2
    return -(z**2) / 2 - np.log(2 * np.pi) / 2 - np.log(2)


AROUND = np.array([0.3, 1.2, 2.5])  # distances from the top, which is at 1

EXERCISE = Exercise(
    id="0.3",
    title="The other way round",
    difficulty=2,
    minutes=6,
    key=log_density,
    probes=((np.array([-2.1, -0.6, 0.0, 0.8, 3.0]),), (np.array([1.7]),)),
    misconceptions=(
        Misconception(
            "no Jacobian",
            lambda x: normal((1 - x) / 2),
            "This is the height of the bell at `f(x)`. An interval of `x` becomes half as long on the "
            "way there: the second factor of the formula is missing.",
        ),
        Misconception(
            "slope of the generator",
            lambda x: normal((1 - x) / 2) + LOG_2,
            "The slope that you take is that of the way from `z` to `x`. The formula wants that of "
            "`f`, from `x` to `z`.",
        ),
        Misconception(
            "the sign of the slope kept",
            lambda x: normal((1 - x) / 2) + np.log(-1 / 2 + 0 * x),
            "The slope of `f` is negative here, and no negative number has a logarithm. What do the bars in "
            "the formula do?",
        ),
        Misconception(
            "slope without its logarithm",
            lambda x: normal((1 - x) / 2) + 1 / 2,
            "You add the size of the slope itself. In a sum of logarithms it needs one, too.",
        ),
        Misconception(
            "log-density times slope",
            lambda x: normal((1 - x) / 2) / 2,
            "You multiply the log-density by the slope. Densities are multiplied, their logarithms added.",
        ),
        Misconception(
            "the generator as f",
            lambda x: normal(1 - 2 * x) + LOG_2,
            "You put `x` into the generator `1 - 2 z`, as if it were a latent. `f` leads from `x` to `z`: "
            "solve `x = 1 - 2 z` for `z` first.",
        ),
        Misconception(
            "base density at x",
            lambda x: normal(x) - LOG_2,
            "The base density must be asked where `x` lands, at `f(x)`, not at `x` itself.",
        ),
        Misconception(
            "shift not undone",
            lambda x: normal((1 + x) / 2) - LOG_2,
            "Your bell has its top at -1. Which `x` does the latent 0 make?",
        ),
        Misconception(
            "no normalizer",
            lambda x: -(((1 - x) / 2) ** 2) / 2 - LOG_2,
            "The bell itself is too high: `exp` of your result has an integral above 1. Which constant "
            "divides the normal density?",
        ),
        Misconception(
            "normalizer without the root",
            lambda x: -(((1 - x) / 2) ** 2) / 2 - np.log(2 * np.pi) - LOG_2,
            "The normal density is divided by a square root. What becomes of a root under the logarithm?",
        ),
        Misconception(
            "density instead of log-density",
            lambda x: np.exp(normal((1 - x) / 2)) / 2,
            "This is the density. Asked is its logarithm.",
        ),
        Misconception(
            "decimal logarithms",
            lambda x: -(((1 - x) / 2) ** 2) / 2 - (np.log10(2 * np.pi) / 2 + np.log10(2)),
            "Your constants are logarithms to base 10. The one that undoes `exp` is `np.log`.",
        ),
    ),
    properties=(
        (
            "the density is highest at `x = 1`, which the latent 0 makes, and equal at equal distances",
            lambda fn: (
                np.allclose(fn(1 + AROUND), fn(1 - AROUND)) and np.all(fn(1 + AROUND) < fn(np.ones(3)))
            ),
        ),
        ("`exp` of your result integrates to 1", lambda fn: abs(mass(fn, -24, 26) - 1) < 1e-6),
    ),
    hints=(
        "First find `f`: solve `x = 1 - 2 z` for `z`. What is its slope?",
        "Then two terms: the log of the normal density at `f(x)`, and the log of the size of the slope.",
        "`f(x) = (1 - x) / 2` has the slope -1/2 everywhere. The size of that is one half, and "
        "`log(1/2) = -log(2)`.",
    ),
    why="The density is asked where `x` lands, and the slope, without its sign, makes up for the length. The "
    "map decreases, and a density stays positive all the same.",
)
