"""Exercise 4.5: the log-det of a sum of steps that are no tanh."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import X


def arctan_log_det(x, mean, std, a, w, s, c):
    """log|dz/dx|, (N,), of z = a*u + b + sum_k w[k] * arctan(s[k] * (u - c[k])), u = (x - mean)/std."""
    u = (x - mean) / std
    v = s * (u[:, None] - c)
    return np.log(a + np.sum(w * s / (1 + v**2), axis=1)) - np.log(std)


def inside(x, mean, std, s, c):
    """What the arctan is taken of, (N, K)."""
    return s * (((x - mean) / std)[:, None] - c)


def of_slopes(steps, std, a):
    """The log-det from the slopes of the steps with respect to u, (N, K)."""
    return np.log(a + np.sum(steps, axis=1)) - np.log(std)


def z(x, mean, std, a, w, s, c):
    return a * (x - mean) / std + np.sum(w * np.arctan(inside(x, mean, std, s, c)), axis=1)


W, S, C = np.array([0.8, 0.3, 1.4]), np.array([1.9, 0.6, 2.7]), np.array([-1.2, 0.1, 0.9])

EXERCISE = Exercise(
    id="4.5",
    title="Steps of another shape",
    difficulty=2,
    minutes=7,
    key=arctan_log_det,
    probes=(
        (np.array([0.9, -1.3, 1.6, -0.2]), 0.4, 1.7, 0.6, W, S, C),
        (np.array([-0.2, 0.9, -1.3]), -0.7, 0.45, 2.3, W[:2], S[1:], C[1:]),
    ),
    misconceptions=(
        Misconception(
            "the slope of tanh",
            lambda x, mean, std, a, w, s, c: of_slopes(
                w * s * (1 - np.tanh(inside(x, mean, std, s, c)) ** 2), std, a
            ),
            "This is the log-det with `tanh`. The steps have another shape now, and another slope.",
        ),
        Misconception(
            "1 - arctan squared",
            lambda x, mean, std, a, w, s, c: of_slopes(
                w * s * (1 - np.arctan(inside(x, mean, std, s, c)) ** 2), std, a
            ),
            "`1 - t**2` is the slope of `tanh` only, by a rule of its own. What is the derivative of "
            "`arctan`?",
        ),
        Misconception(
            "arctan in the denominator",
            lambda x, mean, std, a, w, s, c: of_slopes(
                w * s / (1 + np.arctan(inside(x, mean, std, s, c)) ** 2), std, a
            ),
            "The fraction is right, but below it you square the `arctan`. The derivative contains what the "
            "`arctan` is taken of.",
        ),
        Misconception(
            "not squared",
            lambda x, mean, std, a, w, s, c: of_slopes(
                w * s / (1 + np.abs(inside(x, mean, std, s, c))), std, a
            ),
            "Below the fraction bar something is not squared: your slopes fall too slowly far from the step.",
        ),
        Misconception(
            "std forgotten",
            lambda x, mean, std, a, w, s, c: of_slopes(w * s / (1 + inside(x, mean, std, s, c) ** 2), 1.0, a),
            "This is the log of `dz/du`. The way from `x` to `u` stretches, too.",
        ),
        Misconception(
            "log of std added",
            lambda x, mean, std, a, w, s, c: of_slopes(
                w * s / (1 + inside(x, mean, std, s, c) ** 2), 1 / std, a
            ),
            "Wide data are squeezed on the way to `u`, not stretched: which sign has the log of `std`?",
        ),
        Misconception(
            "std in the straight part only",
            lambda x, mean, std, a, w, s, c: of_slopes(
                w * s / (1 + inside(x, mean, std, s, c) ** 2), 1.0, a / std
            ),
            "The slope of `u` with respect to `x` multiplies all of `dz/du`. You have it in the straight "
            "part only; the steps depend on `x` through `u`, too.",
        ),
        Misconception(
            "s forgotten",
            lambda x, mean, std, a, w, s, c: of_slopes(w / (1 + inside(x, mean, std, s, c) ** 2), std, a),
            "The inner derivative of the steps is missing: what does a factor inside `arctan` do to its "
            "slope?",
        ),
        Misconception(
            "w forgotten",
            lambda x, mean, std, a, w, s, c: of_slopes(s / (1 + inside(x, mean, std, s, c) ** 2), std, a),
            "The weights `w` are missing: a factor before `arctan` stays when you differentiate.",
        ),
        Misconception(
            "steps at x",
            lambda x, mean, std, a, w, s, c: of_slopes(w * s / (1 + (s * (x[:, None] - c)) ** 2), std, a),
            "You take the slope of the steps at `x`. They are functions of `u`.",
        ),
        Misconception(
            "c not scaled",
            lambda x, mean, std, a, w, s, c: of_slopes(
                w * s / (1 + (s * ((x - mean) / std)[:, None] - c) ** 2), std, a
            ),
            "Look at the parentheses inside `arctan`: `s` multiplies the whole difference of `u` and `c`.",
        ),
        Misconception(
            "sum of the logs",
            lambda x, mean, std, a, w, s, c: (
                np.log(a)
                + np.sum(np.log(1 + w * s / (1 + inside(x, mean, std, s, c) ** 2)), axis=1)
                - np.log(std)
            ),
            "The slopes of the steps add up before the log is taken. Logs add when maps are applied "
            "one after the other; these stand side by side.",
        ),
        Misconception(
            "straight part forgotten",
            lambda x, mean, std, a, w, s, c: of_slopes(
                w * s / (1 + inside(x, mean, std, s, c) ** 2), std, 0.0
            ),
            "You differentiate the steps, but `z` has another term: what is the derivative of `a*u`?",
        ),
        Misconception(
            "slope, not its log",
            lambda x, mean, std, a, w, s, c: np.exp(arctan_log_det(x, mean, std, a, w, s, c)),
            "This is the slope, and it is right. Its log is asked for.",
        ),
        Misconception(
            "summed over the batch",
            lambda x, mean, std, a, w, s, c: np.sum(arctan_log_det(x, mean, std, a, w, s, c)),
            "You add over the examples. Each example has its own log-det: the result has shape `(N,)`.",
        ),
    ),
    properties=(
        (
            "with all `w = 0` the map is a straight line with slope `a / std`",
            lambda fn: np.allclose(fn(X, 0.3, 2.0, 1.7, 0 * W, S, C), np.log(1.7 / 2.0)),
        ),
        (
            "a difference quotient of `z` gives the same slope",
            lambda fn: np.allclose(
                np.exp(fn(X, 0.4, 1.7, 0.6, W, S, C)),
                (z(X + 1e-5, 0.4, 1.7, 0.6, W, S, C) - z(X - 1e-5, 0.4, 1.7, 0.6, W, S, C)) / 2e-5,
                rtol=1e-6,
            ),
        ),
    ),
    hints=(
        "The chain rule: `dz/dx` is `dz/du` times `du/dx`, and `du/dx` is `1 / std`.",
        "The derivative of `arctan(v)` is `1 / (1 + v**2)`. Step `k` has `v = s[k] * (u - c[k])`.",
        "With `v = s * (u[:, None] - c)`, of shape `(N, K)`, add `w * s / (1 + v**2)` over `axis=1`, and "
        "`a`. Then the log, minus the log of `std`.",
    ),
    why="Any smooth rising step makes an increasing map, and only its own derivative enters the log-det. "
    "The shift `b` moves all latents alike and stretches nothing.",
)
