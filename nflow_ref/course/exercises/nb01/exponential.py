"""Exercise 1.3: the density of exp(z), the log-normal."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import mass, normal


def density_of_exp(x):
    """p_x(x) for x > 0, when z = log(x) is standard normal."""
    z = np.log(x)
    return np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi) / x


EXERCISE = Exercise(
    id="1.3",
    title="The density of exp(z)",
    difficulty=2,
    minutes=7,
    key=density_of_exp,
    probes=((np.array([3.0, 0.15, 1.4, 7.0, 0.5]),), (np.array([0.8, 2.2]),)),
    misconceptions=(
        Misconception(
            "no Jacobian",
            lambda x: np.exp(normal(np.log(x))),
            "The base density at `z` is there, and nothing else. How "
            "much does `log` stretch a small interval near `x`?",
        ),
        Misconception(
            "times x",
            lambda x: np.exp(normal(np.log(x))) * x,
            "You multiply by `dx/dz`. The formula has the derivative of `z = log(x)` with respect to `x`.",
        ),
        Misconception(
            "base density at x",
            lambda x: np.exp(normal(x)) / x,
            "The Jacobian is right, but you ask the density of `z` at `x`. Ask it at `z = log(x)`.",
        ),
        Misconception(
            "wrong direction",
            lambda x: np.exp(normal(np.exp(x)) + x),
            "You took `f = exp`, the way from latent to data. `f` goes from data to latent: which "
            "map undoes `exp`?",
        ),
        Misconception(
            "base density at exp(x)",
            lambda x: np.exp(normal(np.exp(x))) / x,
            "The Jacobian belongs to `z = log(x)`, but you ask the base density at `exp(x)`. Both "
            "must use the same `f`.",
        ),
        Misconception(
            "log-density",
            lambda x: normal(np.log(x)) - np.log(x),
            "This is the log-density, and it is right. What is asked for is the density itself.",
        ),
        Misconception(
            "log x instead of its derivative",
            lambda x: np.exp(normal(np.log(x))) * np.abs(np.log(x)),
            "You multiply by `|f(x)|`. The formula multiplies by the slope of `f`, not its value.",
        ),
        Misconception(
            "no normalizer",
            lambda x: np.exp(-(np.log(x) ** 2) / 2) / x,
            "The Jacobian is right, but your density has too much mass: the normalizer of the standard "
            "normal density is missing.",
        ),
        Misconception(
            "normalizer without its root",
            lambda x: np.exp(-(np.log(x) ** 2) / 2) / (2 * np.pi) / x,
            "Your density has the right shape, but too little mass: look at the normalizer of the "
            "standard normal density again.",
        ),
        Misconception(
            "square not halved",
            lambda x: np.exp(-(np.log(x) ** 2)) / np.sqrt(2 * np.pi) / x,
            "The bell is too narrow: look at the exponent of the standard normal density again.",
        ),
        Misconception(
            "log-det added to the density",
            lambda x: np.exp(normal(np.log(x))) - np.log(x),
            "A log-det is added to a log-density. Here you work with the density itself: what does the "
            "slope do to that?",
        ),
    ),
    properties=(
        ("a density is never negative", lambda fn: np.all(fn(np.array([0.1, 1.0, 9.0])) >= 0)),
        (
            "the density integrates to 1 over `x > 0`",
            # In u = log(x), where dx = exp(u) du: on the line of x its tail would be cut off.
            lambda fn: abs(mass(lambda u: np.log(fn(np.exp(u))) + u, -9, 9) - 1) < 1e-6,
        ),
        (
            "half of the mass lies below `x = 1`, where `z = 0`",
            lambda fn: abs(mass(lambda u: np.log(fn(np.exp(u))) + u, -9, 0) - 0.5) < 1e-6,
        ),
    ),
    hints=(
        "`p_x(x) = p_z(f(x)) |f'(x)|`, and here `f(x) = log(x)`.",
        "Two factors: the standard normal density at `log(x)`, and the slope of `log` at `x`.",
        "The slope of `log` at `x` is `1/x`, positive for all `x > 0`.",
    ),
    why="`f` is `log`, which undoes `exp`, and its slope is `1/x`. So the density is raised below "
    "1 and lowered above: this is the log-normal density, and it is not a bell any more.",
)
