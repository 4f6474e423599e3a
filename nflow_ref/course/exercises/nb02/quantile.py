"""Exercise 2.4: drawing from a distribution function that can be inverted by hand."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def from_uniform(u, scale):
    """x = F^-1(u), where F(x) = 1 - exp(-(x/scale)**2) for x > 0."""
    return scale * np.sqrt(-np.log(1 - u))


def cdf(x, scale):
    return 1 - np.exp(-((x / scale) ** 2))


U = np.array([0.07, 0.34, 0.55, 0.95])

EXERCISE = Exercise(
    id="2.4",
    title="Draw from a distribution function",
    difficulty=2,
    minutes=7,
    key=from_uniform,
    probes=(
        (np.array([0.55, 0.07, 0.95, 0.34]), 0.8),
        (np.array([0.7, 0.4]), 2.5),
        (np.array([0.9, 0.2]), 1.6),
    ),
    misconceptions=(
        Misconception(
            "the distribution function itself",
            lambda u, scale: cdf(u, scale),
            "This is `F(u)`. You have `u` and look for the `x` with `F(x) = u`: go the other way.",
        ),
        Misconception(
            "one over F",
            lambda u, scale: 1 / cdf(u, scale),
            "`F^-1` is not one over `F`. It is the map that undoes `F`.",
        ),
        Misconception(
            "log of u",
            lambda u, scale: scale * np.sqrt(-np.log(u)),
            "This draws from the right distribution, since `1 - u` is uniform, too. But it is the "
            "decreasing map to it: asked is the `x` with `F(x) = u`.",
        ),
        Misconception(
            "no root",
            lambda u, scale: -scale * np.log(1 - u),
            "You have undone the exponential. The square inside it is still to be undone.",
        ),
        Misconception(
            "scale inside the root",
            lambda u, scale: np.sqrt(-scale * np.log(1 - u)),
            "The scale is in the wrong place. Undo the operations in the opposite order: which of "
            "division by `scale` and squaring comes last in `F`?",
        ),
        Misconception(
            "divided by the scale",
            lambda u, scale: np.sqrt(-np.log(1 - u)) / scale,
            "`F` divides `x` by the scale. What undoes a division?",
        ),
        Misconception(
            "no scale",
            lambda u, scale: np.sqrt(-np.log(1 - u)),
            "The scale does not occur: your numbers are right for a scale of one.",
        ),
        Misconception(
            "the density",
            lambda u, scale: 2 * u / scale**2 * np.exp(-((u / scale) ** 2)),
            "This is the density, the derivative of `F`. Asked is the inverse of `F`.",
        ),
        Misconception(
            "NaN",
            lambda u, scale: scale * np.sqrt(np.log(1 - u)),
            "A log or a root meets a negative number, so all results are NaN. `1 - u` lies between 0 and "
            "1: which sign has its log?",
        ),
        Misconception(
            "negative root",
            lambda u, scale: -scale * np.sqrt(-np.log(1 - u)),
            "The size is right, but a square has two roots, and you took the negative one. `F` is given "
            "for `x > 0`.",
        ),
        Misconception(
            "square for the root",
            lambda u, scale: scale * np.log(1 - u) ** 2,
            "You square the log. In `F` the square is taken on the way from `x` to `u`: what undoes it on "
            "the way back?",
        ),
    ),
    properties=(
        ("`F` of the result is `u`", lambda fn: np.allclose(cdf(fn(U, 1.3), 1.3), U)),
        ("the result grows with `u`", lambda fn: np.all(np.diff(fn(U, 1.3)) > 0)),
        (
            "twice the scale gives results twice as large",
            lambda fn: np.allclose(fn(U, 2.6), 2 * fn(U, 1.3)),
        ),
    ),
    hints=(
        "Write `u = 1 - exp(-(x/scale)**2)` and solve for `x`, one operation at a time.",
        "`1 - u = exp(-(x/scale)**2)`, so `-log(1 - u) = (x/scale)**2`.",
        "Take the root, which is positive because `x > 0`, and then undo the division by `scale`.",
    ),
    why="`F(X)` is uniform, so `F^-1` of a uniform number has the distribution function `F`. A "
    "generator of uniform numbers is enough to draw from any density.",
)
