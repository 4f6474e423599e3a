"""Exercise 1.4: a decreasing map from (0, 1) to the line."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import mass, normal


def log_density_logit(x, k):
    """log p_x(x) for 0 < x < 1, when z = -k*log(x/(1 - x)) is standard normal, k > 0."""
    z = -k * np.log(x / (1 - x))
    dzdx = -k / (x * (1 - x))
    return -(z**2) / 2 - np.log(2 * np.pi) / 2 + np.log(np.abs(dzdx))


UNIT = np.array([0.08, 0.35, 0.6, 0.93])


def logit(x):
    return np.log(x / (1 - x))


EXERCISE = Exercise(
    id="1.4",
    title="A decreasing map from (0, 1) to the line",
    difficulty=2,
    minutes=8,
    key=log_density_logit,
    probes=(
        (np.array([0.6, 0.08, 0.93, 0.35]), 0.7),
        (np.array([0.7, 0.35]), 0.2),
        (np.array([0.5, 0.2]), 2.3),
    ),
    misconceptions=(
        Misconception(
            "no Jacobian",
            lambda x, k: normal(k * logit(x)),
            "The base density at `z` is there, and nothing else. The "
            "map takes (0, 1) to the whole line: it must stretch, and the more the nearer `x` is to 0 or 1.",
        ),
        Misconception(
            "dx/dz",
            lambda x, k: normal(k * logit(x)) - np.log(k / (x * (1 - x))),
            "The log-det has the wrong sign: this is `log|dx/dz|`. The formula has `log|dz/dx|`.",
        ),
        Misconception(
            "k forgotten in the slope",
            lambda x, k: normal(k * logit(x)) - np.log(x * (1 - x)),
            "You use `k` in `z`, but not in its slope: what does a factor do when you differentiate?",
        ),
        Misconception(
            "k forgotten in z",
            lambda x, k: normal(logit(x)) + np.log(k / (x * (1 - x))),
            "The slope is right, but the base density is asked without the factor `k` in `z`.",
        ),
        Misconception(
            "no absolute value",
            lambda x, k: normal(k * logit(x)) + np.log(-k / (x * (1 - x))),
            "The map is decreasing, so its slope is negative and has no log. The formula takes the "
            "absolute value first.",
        ),
        Misconception(
            "slope of log(x) only",
            lambda x, k: normal(k * logit(x)) + np.log(k / x),
            "You differentiate as if it were `log(x)`. It is `log(x) - log(1 - x)`: the second term "
            "has a slope, too.",
        ),
        Misconception(
            "1/x - 1/(1 - x)",
            lambda x, k: normal(k * logit(x)) + np.log(np.abs(k / x - k / (1 - x))),
            "Look at the derivative of `log(1 - x)`: the inner derivative -1 turns a minus into a plus.",
        ),
        Misconception(
            "base density at x",
            lambda x, k: normal(x) + np.log(k / (x * (1 - x))),
            "The Jacobian is right, but the base density is asked at `x`, not at `z`.",
        ),
        Misconception(
            "density",
            lambda x, k: np.exp(normal(k * logit(x))) * k / (x * (1 - x)),
            "This is the density itself, and it is right. Its log is asked for.",
        ),
        Misconception(
            "log divided by 1 - x",
            lambda x, k: normal(k * np.log(x) / (1 - x)) + np.log(k / (x * (1 - x))),
            "In your `z` the log is divided by `1 - x`. It is the log of a quotient: look at the "
            "parentheses.",
        ),
        Misconception(
            "log made positive",
            lambda x, k: normal(k * logit(x)) + np.abs(np.log(k / (x * (1 - x)))),
            "Where `k` is small the map squeezes near the middle, and the log of its slope is negative "
            "there. Only the slope loses its sign, not the log.",
        ),
        Misconception(
            "x and 1 - x on two sides of the fraction bar",
            lambda x, k: normal(k * logit(x)) + np.log(k * (1 - x) / x),
            "In the log of your slope, `x` and `1 - x` have opposite signs. On which side of the fraction "
            "bar of the slope does each of them stand?",
        ),
    ),
    properties=(
        (
            "`x` and `1 - x` have the same density",
            lambda fn: np.allclose(fn(UNIT, 1.3), fn(1 - UNIT, 1.3)),
        ),
        (
            "the density, `exp` of your result, integrates to 1 over (0, 1)",
            lambda fn: abs(mass(lambda x: fn(x, 1.3), 0, 1) - 1) < 1e-6,
        ),
    ),
    hints=(
        "The formula is the same for a decreasing map. What is `f`, and what is its derivative?",
        "`log(x/(1 - x)) = log(x) - log(1 - x)`. Its derivative is `1/x + 1/(1 - x)`.",
        "That is `1/(x*(1 - x))`. So `|f'(x)| = k/(x*(1 - x))`, and the minus sign is gone.",
    ),
    why="A decreasing map turns the line round but keeps all mass, so only the size of the slope "
    "counts: `|f'(x)|`. Without the absolute value the density would be negative.",
)
