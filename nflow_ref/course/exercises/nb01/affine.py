"""Exercise 1.2: the log-density of an affine map."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import X, mass, normal


def log_density(x, a, b):
    """log p_x(x) when z = a*x + b is standard normal."""
    z = a * x + b
    return -(z**2) / 2 - np.log(2 * np.pi) / 2 + np.log(np.abs(a))


EXERCISE = Exercise(
    id="1.2",
    title="The log-density of an affine map",
    difficulty=1,
    minutes=5,
    key=log_density,
    probes=(
        (np.array([0.9, -1.3, 1.6, -0.2]), 0.6, 0.7),
        (np.array([-0.2, 0.9, -1.3]), -2.5, 1.2),
        (np.array([1.1, -0.5]), -0.4, -0.8),
    ),
    misconceptions=(
        Misconception(
            "no Jacobian",
            lambda x, a, b: normal(a * x + b),
            "The base density at `z` is there, and nothing else. "
            "But `f` stretches or squeezes the line by `|a|`, and mass must be kept.",
        ),
        Misconception(
            "minus log|a|",
            lambda x, a, b: normal(a * x + b) - np.log(np.abs(a)),
            "The log-det has the wrong sign: you used `dx/dz` where `dz/dx` belongs. Where "
            "`|a|` is large, much of `z` is squeezed into little `x`: is the density of `x` higher "
            "there, or lower?",
        ),
        Misconception(
            "log of a, without absolute value",
            lambda x, a, b: normal(a * x + b) + np.log(a),
            "For negative `a` you take the log of a negative number. Only the size of the stretch "
            "counts, not its direction.",
        ),
        Misconception(
            "base density at x",
            lambda x, a, b: normal(x) + np.log(np.abs(a)),
            "You ask the base density at `x`. It is the density of `z`, so ask it at `z = f(x)`.",
        ),
        Misconception(
            "|a| added, not its log",
            lambda x, a, b: normal(a * x + b) + np.abs(a),
            "`|a|` multiplies the density. What is then added to the log-density?",
        ),
        Misconception(
            "log-density multiplied by |a|",
            lambda x, a, b: normal(a * x + b) * np.abs(a),
            "`|a|` multiplies the density, not the log-density. The log of a product is a sum.",
        ),
        Misconception(
            "wrong direction",
            lambda x, a, b: normal((x - b) / a) - np.log(np.abs(a)),
            "This is right for data made by `x = a*z + b`. Here it is the other way round: "
            "`z = a*x + b`, from data to latent.",
        ),
        Misconception(
            "density",
            lambda x, a, b: np.exp(normal(a * x + b)) * np.abs(a),
            "This is the density itself, and it is right. Its log is asked for.",
        ),
        Misconception(
            "no normalizer of the base density",
            lambda x, a, b: -((a * x + b) ** 2) / 2 + np.log(np.abs(a)),
            "The Jacobian is right. The standard normal density is not complete: its normalizer is missing.",
        ),
        Misconception(
            "a*(x + b)",
            lambda x, a, b: normal(a * (x + b)) + np.log(np.abs(a)),
            "In your `z` the shift `b` is multiplied by `a`, too. The map is `a*x + b`: it scales first "
            "and shifts afterwards.",
        ),
        Misconception(
            "absolute value of the log",
            lambda x, a, b: normal(a * x + b) + np.abs(np.log(a)),
            "You take the log first and its absolute value afterwards. A negative `a` has no log, and the "
            "log of an `a` below 1 must stay negative.",
        ),
        Misconception(
            "log made positive",
            lambda x, a, b: normal(a * x + b) + np.abs(np.log(np.abs(a))),
            "One absolute value too many: when `|a|` is below 1, its log is negative and must stay so, "
            "for the density is then lower.",
        ),
        Misconception(
            "normalizer not halved",
            lambda x, a, b: -((a * x + b) ** 2) / 2 - np.log(2 * np.pi) + np.log(np.abs(a)),
            "Look at the normalizer of the base density again: there is a root in it, and what does a "
            "root do to a log?",
        ),
    ),
    properties=(
        (
            "the density is as high at one side of its centre `-b/a` as at the other",
            lambda fn: np.allclose(fn(X + 0.5, -2.0, 1.0), fn(0.5 - X, -2.0, 1.0)),
        ),
        (
            "the density, `exp` of your result, integrates to 1 over `x`",
            lambda fn: abs(mass(lambda x: fn(x, -2.0, 1.0), -8, 9) - 1) < 1e-6,
        ),
    ),
    hints=(
        "`log p_x(x) = log p_z(f(x)) + log|f'(x)|`. What is `f` here, and what is its slope?",
        "Two terms: the standard normal log-density at `z = a*x + b`, and the log of the stretch.",
        "The slope of `f` is `a` everywhere. It may be negative, so take `np.abs` before the log.",
    ),
    why="The density of `z` is asked at `z = f(x)`, and the log of `|a|` is added because an "
    "interval of `x` holds the mass of an interval of `z` that is `|a|` times as long.",
)
