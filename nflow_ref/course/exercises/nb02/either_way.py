"""Exercise 2.2: the distribution function of the data, for either direction of the map."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import CUBIC, X, named


def cdf_of_data(x, f, cdf_z):
    """F_x(x) when z = f(x) has the distribution function cdf_z, for an increasing or decreasing f."""
    below = cdf_z(f(x))
    return below if f(1.0) > f(0.0) else 1 - below


def rises(f):
    return f(1.0) > f(0.0)


RISING = CUBIC[0]
FALLING = named("1 - x - x**3", lambda x: 1 - x - x**3)
# One increases and has a negative value at 1, the other decreases and has a negative value at 0.
LOW, DOWN = named("3 x - 4", lambda x: 3 * x - 4), named("-0.4 - 3 x", lambda x: -0.4 - 3 * x)
GUMBEL = named("cdf of the Gumbel distribution", lambda z: np.exp(-np.exp(-z)))
LOGISTIC = named("cdf of the logistic distribution", lambda z: 1 / (1 + np.exp(-z)))

EXERCISE = Exercise(
    id="2.2",
    title="The distribution function, for either direction",
    difficulty=2,
    minutes=7,
    key=cdf_of_data,
    # Numbers in rising and in falling order, and one number twice: `x` does not tell the direction of f.
    probes=(
        (np.array([-1.3, -0.2, 0.9]), RISING, GUMBEL),
        (np.array([1.6, 0.9, -0.2, -1.3]), FALLING, LOGISTIC),
        (np.array([1.6, 0.9]), LOW, GUMBEL),
        (np.array([1.2, 1.2]), LOW, LOGISTIC),
        (np.array([0.2, 0.2]), DOWN, GUMBEL),
    ),
    misconceptions=(
        Misconception(
            "the increasing case for both",
            lambda x, f, cdf_z: cdf_z(f(x)),
            "Right for increasing maps. If `f` decreases, `X <= x` means that `Z` is on the other "
            "side of `f(x)`.",
        ),
        Misconception(
            "the decreasing case for both",
            lambda x, f, cdf_z: 1 - cdf_z(f(x)),
            "Right for decreasing maps. An increasing `f` leaves the inequality as it is.",
        ),
        Misconception(
            "cases exchanged",
            lambda x, f, cdf_z: 1 - cdf_z(f(x)) if rises(f) else cdf_z(f(x)),
            "Both cases are there, but exchanged. Compare `f` at two points: what does it mean if "
            "the value on the right is the larger one?",
        ),
        Misconception(
            "mirrored latent",
            lambda x, f, cdf_z: cdf_z(f(x)) if rises(f) else cdf_z(-f(x)),
            "For the decreasing case you mirror the latent. That is right only if its density is "
            "symmetric about 0, as the logistic is, and the Gumbel is not.",
        ),
        Misconception(
            "minus, without the 1",
            lambda x, f, cdf_z: cdf_z(f(x)) if rises(f) else -cdf_z(f(x)),
            "For a decreasing map your probability is negative. The mass on the other side of `f(x)` "
            "is what is left of the whole.",
        ),
        Misconception(
            "asked at x",
            lambda x, f, cdf_z: cdf_z(x) if rises(f) else 1 - cdf_z(x),
            "`cdf_z` belongs to the latent, but you ask it at `x`. Bring `x` to the latent side first.",
        ),
        Misconception(
            "mass on the side of 0",
            lambda x, f, cdf_z: cdf_z(np.abs(f(x))),
            "You take the absolute value of `f(x)`. It belongs to the slope in the formula of the "
            "density, not to the latent itself.",
        ),
        Misconception(
            "direction from the order of x",
            lambda x, f, cdf_z: cdf_z(f(x)) if f(x)[-1] > f(x)[0] else 1 - cdf_z(f(x)),
            "You judge `f` by how its values follow each other in `x`. But the numbers in `x` may stand "
            "in any order: the direction is a matter of `f`, so compare it at two places of your own.",
        ),
        Misconception(
            "decreasing from the order of x",
            lambda x, f, cdf_z: 1 - cdf_z(f(x)) if f(x)[-1] < f(x)[0] else cdf_z(f(x)),
            "Your test for a decreasing `f` depends on the order of the numbers in `x`. Whether `f` "
            "decreases is decided by `f` alone: at which two places can you always ask it?",
        ),
        Misconception(
            "direction from the range of x",
            lambda x, f, cdf_z: cdf_z(f(x)) if f(np.max(x)) > f(np.min(x)) else 1 - cdf_z(f(x)),
            "You judge `f` by its values at the numbers in `x`. That fails when these are all the same, "
            "or when there is only one: two places that you choose yourself always differ.",
        ),
    ),
    properties=(
        (
            "a probability lies between 0 and 1",
            lambda fn: all(
                np.all((fn(X, f, GUMBEL) >= 0) & (fn(X, f, GUMBEL) <= 1)) for f in (RISING, FALLING)
            ),
        ),
        (
            "a distribution function never falls when `x` grows, also for a decreasing `f`",
            lambda fn: all(np.all(np.diff(fn(np.sort(X), f, GUMBEL)) >= 0) for f in (RISING, FALLING)),
        ),
        (
            "far to the left the result tends to 0",
            lambda fn: all(np.allclose(fn(np.array([-6.0]), f, GUMBEL), 0) for f in (RISING, FALLING)),
        ),
    ),
    hints=(
        "Start from `P(X <= x)`. Which values of `Z` does the event `X <= x` consist of?",
        "If `f` increases, those with `Z <= f(x)`. If it decreases, those with `Z >= f(x)`.",
        "The mass of `Z >= f(x)` is 1 minus the mass of `Z < f(x)`. And `f(1.0) > f(0.0)` says which "
        "case it is.",
    ),
    why="The event `X <= x` is the event `Z <= f(x)` or `Z >= f(x)`, depending on the direction of "
    "`f`. All the rest of the proof is the chain rule.",
)
