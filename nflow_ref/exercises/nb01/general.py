"""Exercise 1.5: the formula for any map and any base density."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import CUBIC, FALLING, GUMBEL, LINE, NORMAL, X, gumbel, mass, named, normal


def change_of_variables(x, f, dfdx, log_p_z):
    """log p_x(x) when z = f(x) has the log-density log_p_z, and dfdx is the derivative of f."""
    return log_p_z(f(x)) + np.log(np.abs(dfdx(x)))


SLOW = named("x/4 + x**3", lambda x: x / 4 + x**3), named("1/4 + 3 x**2", lambda x: 1 / 4 + 3 * x**2)


EXERCISE = Exercise(
    id="1.5",
    title="The formula, for any map and any base density",
    difficulty=3,
    minutes=8,
    key=change_of_variables,
    probes=(
        (np.array([0.9, -1.3, 1.6, -0.2]), *CUBIC, GUMBEL),
        (np.array([-0.2, 0.9, -1.3]), *FALLING, NORMAL),
        (np.array([0.7, -0.4]), *SLOW, NORMAL),
        (np.array([1.1, 0.3]), *LINE, GUMBEL),
    ),
    misconceptions=(
        Misconception(
            "no Jacobian",
            lambda x, f, dfdx, log_p_z: log_p_z(f(x)),
            "The base density at `z` is there, and nothing else. `dfdx` "
            "says how much `f` stretches at `x`: where does it enter?",
        ),
        Misconception(
            "no absolute value",
            lambda x, f, dfdx, log_p_z: log_p_z(f(x)) + np.log(dfdx(x)),
            "Your formula holds for increasing maps. When `f` is decreasing its slope is negative, "
            "and the log does not exist.",
        ),
        Misconception(
            "base density at x",
            lambda x, f, dfdx, log_p_z: log_p_z(x) + np.log(np.abs(dfdx(x))),
            "`log_p_z` is the log-density of `z`. Bring `x` to `z` before you ask it.",
        ),
        Misconception(
            "minus sign",
            lambda x, f, dfdx, log_p_z: log_p_z(f(x)) - np.log(np.abs(dfdx(x))),
            "The sign of the log-det is wrong. `dfdx` is `dz/dx`, and in this direction the formula "
            "has a plus sign, always.",
        ),
        Misconception(
            "derivative at z",
            lambda x, f, dfdx, log_p_z: log_p_z(f(x)) + np.log(np.abs(dfdx(f(x)))),
            "You take the slope at `z`. `dfdx` is a function of `x`: how much `f` stretches is "
            "decided where the data point is.",
        ),
        Misconception(
            "slope added, not its log",
            lambda x, f, dfdx, log_p_z: log_p_z(f(x)) + np.abs(dfdx(x)),
            "The slope multiplies the density. In a log-density its log is added.",
        ),
        Misconception(
            "slope times log-density",
            lambda x, f, dfdx, log_p_z: log_p_z(f(x)) * np.abs(dfdx(x)),
            "You multiply the log-density by the slope. The density is what is multiplied: take the "
            "log of that product.",
        ),
        Misconception(
            "absolute value of the log",
            lambda x, f, dfdx, log_p_z: log_p_z(f(x)) + np.abs(np.log(dfdx(x))),
            "You take the log first and its absolute value afterwards. A negative slope has no log, and "
            "the log of a slope below 1 must stay negative.",
        ),
        Misconception(
            "log made positive",
            lambda x, f, dfdx, log_p_z: log_p_z(f(x)) + np.abs(np.log(np.abs(dfdx(x)))),
            "One absolute value too many: that of the slope is needed, but where `f` squeezes, the log is "
            "negative and must stay so.",
        ),
        Misconception(
            "density",
            lambda x, f, dfdx, log_p_z: np.exp(log_p_z(f(x))) * np.abs(dfdx(x)),
            "This is the density itself, and it is right. Its log is asked for.",
        ),
        Misconception(
            "f instead of its slope",
            lambda x, f, dfdx, log_p_z: log_p_z(f(x)) + np.log(np.abs(f(x))),
            "You take the log of the value of `f`. Which of the functions says how much `f` stretches?",
        ),
    ),
    properties=(
        (
            "for `f(x) = x` the density of `x` is that of `z`",
            lambda fn: np.allclose(fn(X, lambda x: x, np.ones_like, gumbel), gumbel(X)),
        ),
        (
            "with a base density that is even, `f` and `-f` give the same result",
            lambda fn: np.allclose(
                fn(X, *CUBIC, normal),
                fn(X, lambda x: -CUBIC[0](x), lambda x: -CUBIC[1](x), normal),
            ),
        ),
        (
            "the density, `exp` of your result, integrates to 1",
            lambda fn: abs(mass(lambda x: fn(x, *CUBIC, normal), -4, 4) - 1) < 1e-6,
        ),
    ),
    hints=(
        "Write the formula down for one number `x` first. Which functions are asked at `x`, and "
        "which at `z`?",
        "The base density is asked at `f(x)`, the slope at `x`.",
        "The sum of `log_p_z(f(x))` and the log of the absolute value of `dfdx(x)`.",
    ),
    why="The base density is asked at `f(x)`, the slope at `x`, and its absolute value makes one "
    "formula of the increasing and the decreasing case. All flows of the course rest on it.",
)
