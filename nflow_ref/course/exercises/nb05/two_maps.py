"""Exercise 5.2: the log-det of two maps of numbers, one after the other."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import CUBIC, FALLING, LINE


def log_det_of_two(x, f, dfdx, g, dgdh):
    """log|dz/dx| when h = f(x) and z = g(h); dfdx and dgdh are the derivatives of f and g."""
    return np.log(np.abs(dfdx(x))) + np.log(np.abs(dgdh(f(x))))


def log_slopes(x, f, dfdx, g, dgdh):
    return np.log(np.abs(dfdx(x) * dgdh(f(x))))


X = np.array([0.9, -1.3, 1.6, -0.2])

EXERCISE = Exercise(
    id="5.2",
    title="The log-det of two maps",
    difficulty=1,
    minutes=5,
    key=log_det_of_two,
    probes=((X, *CUBIC, *FALLING), (X[:3], *FALLING, *CUBIC), (X[3:], *LINE, *CUBIC)),
    misconceptions=(
        Misconception(
            "both slopes at x",
            lambda x, f, dfdx, g, dgdh: np.log(np.abs(dfdx(x))) + np.log(np.abs(dgdh(x))),
            "You take both slopes at `x`. But `g` never meets `x`: what is the number that reaches it?",
        ),
        Misconception(
            "both slopes at h",
            lambda x, f, dfdx, g, dgdh: np.log(np.abs(dfdx(f(x)))) + np.log(np.abs(dgdh(f(x)))),
            "The slope of `g` is at the right place. That of `f` belongs to where `f` starts, not to "
            "where it arrives.",
        ),
        Misconception(
            "slope of g at z",
            lambda x, f, dfdx, g, dgdh: np.log(np.abs(dfdx(x))) + np.log(np.abs(dgdh(g(f(x))))),
            "The slope of `g` is taken one step too late: at what `g` puts out, not at what it gets.",
        ),
        Misconception(
            "the two maps in the other order",
            lambda x, f, dfdx, g, dgdh: np.log(np.abs(dgdh(x))) + np.log(np.abs(dfdx(g(x)))),
            "This is the log-det of `f(g(x))`. Here `f` is applied first: `z = g(f(x))`.",
        ),
        Misconception(
            "only the last map",
            lambda x, f, dfdx, g, dgdh: np.log(np.abs(dgdh(f(x)))),
            "The stretch of `g` is right, and it is all that is left: the first map has stretched, too.",
        ),
        Misconception(
            "only the first map",
            lambda x, f, dfdx, g, dgdh: np.log(np.abs(dfdx(x))),
            "The stretch of `f` is right, and `g` is missing.",
        ),
        Misconception(
            "logs multiplied",
            lambda x, f, dfdx, g, dgdh: np.log(np.abs(dfdx(x))) * np.log(np.abs(dgdh(f(x)))),
            "The chain rule multiplies the slopes. What does the log make of a product?",
        ),
        Misconception(
            "slopes added",
            lambda x, f, dfdx, g, dgdh: np.log(np.abs(dfdx(x) + dgdh(f(x)))),
            "You add the slopes and take the log of the sum. An interval that is stretched by 2 and "
            "then by 3 is stretched by 6, not by 5.",
        ),
        Misconception(
            "no absolute value",
            lambda x, f, dfdx, g, dgdh: np.log(dfdx(x)) + np.log(dgdh(f(x))),
            "One of the maps may be decreasing. Then its slope is negative and has no log.",
        ),
        Misconception(
            "slope of g at the slope of f",
            lambda x, f, dfdx, g, dgdh: np.log(np.abs(dfdx(x))) + np.log(np.abs(dgdh(dfdx(x)))),
            "You hand the slope of `f` to `dgdh`. What reaches `g` is the value of `f`, not its slope.",
        ),
        Misconception(
            "subtracted",
            lambda x, f, dfdx, g, dgdh: np.log(np.abs(dfdx(x))) - np.log(np.abs(dgdh(f(x)))),
            "You subtract one log from the other, which is right for a quotient. What does the chain rule "
            "do with the two slopes?",
        ),
        Misconception(
            "size of the sum",
            lambda x, f, dfdx, g, dgdh: np.abs(log_slopes(x, f, dfdx, g, dgdh)),
            "The bars in `log|dz/dx|` belong to the slope. The log itself may be negative: then lengths "
            "shrink.",
        ),
        Misconception(
            "the log-det of the inverse",
            lambda x, f, dfdx, g, dgdh: -log_slopes(x, f, dfdx, g, dgdh),
            "The number is right, the sign is that of the way back, from `z` to `x`.",
        ),
        Misconception(
            "summed over the batch",
            lambda x, f, dfdx, g, dgdh: np.sum(log_slopes(x, f, dfdx, g, dgdh)),
            "You add over all entries of `x`. They are examples, numbers on their own: each has its own "
            "log-det, so nothing is added up here.",
        ),
        Misconception(
            "averaged over the batch",
            lambda x, f, dfdx, g, dgdh: np.mean(log_slopes(x, f, dfdx, g, dgdh)),
            "This is a mean over all entries of `x`. Asked is one log-det for each of them.",
        ),
        Misconception(
            "no logarithm",
            lambda x, f, dfdx, g, dgdh: np.abs(dfdx(x) * dgdh(f(x))),
            "This is the stretch of the whole, and it is right. Asked is its log.",
        ),
    ),
    properties=(
        (
            "when `f(x) = x`, the result is `log|g'(x)|`",
            lambda fn: np.allclose(fn(X, lambda x: x, np.ones_like, *CUBIC), np.log(CUBIC[1](X))),
        ),
        (
            "when `g` undoes `f`, the two log-dets cancel",
            lambda fn: np.allclose(fn(X, *LINE, lambda h: (2 - h) / 3, lambda h: -1 / 3 + 0 * h), 0),
        ),
    ),
    hints=(
        "The chain rule: `dz/dx = g'(f(x)) f'(x)`.",
        "Where is each slope taken? That of `f` at `x`, that of `g` at `h = f(x)`.",
        "The log of the absolute value of a product is the sum of the logs of the absolute values.",
    ),
    why="Slopes multiply, so their logs add. Each is taken at the point that its own map gets: `x` "
    "for the first, `h = f(x)` for the second.",
)
