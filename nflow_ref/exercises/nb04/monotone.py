"""Exercise 4.5: the log-det of a sum of tanh waves."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import X


def wave_log_det(x, a, b, w, s, c):
    """log|dz/dx|, (N,), of z = u + sum_k w[k] * tanh(s[k] * (u - c[k])) with u = a*x + b."""
    u = a * x + b
    t = np.tanh(s * (u[:, None] - c))
    return np.log(a) + np.log(1 + np.sum(w * s * (1 - t**2), axis=1))


def wave(x, a, b, s, c):
    return np.tanh(s * ((a * x + b)[:, None] - c))


W, S, C = np.array([0.8, 0.3, 1.4]), np.array([1.9, 0.6, 2.7]), np.array([-1.2, 0.1, 0.9])


def moved(x, a, b, w, s, c, h=1e-5):
    """The latent, for the properties: z at x + h and at x - h."""

    def z(x):
        return a * x + b + np.sum(w * wave(x, a, b, s, c), axis=1)

    return (z(x + h) - z(x - h)) / (2 * h)


EXERCISE = Exercise(
    id="4.5",
    title="The log-det of a wavy map",
    difficulty=3,
    minutes=10,
    key=wave_log_det,
    probes=(
        (np.array([0.9, -1.3, 1.6, -0.2]), 0.6, 0.4, W, S, C),
        (np.array([-0.2, 0.9, -1.3]), 2.3, -0.7, W[:2], S[1:], C[1:]),
    ),
    misconceptions=(
        Misconception(
            "a forgotten",
            lambda x, a, b, w, s, c: np.log(1 + np.sum(w * s * (1 - wave(x, a, b, s, c) ** 2), axis=1)),
            "This is the log of `dz/du`. The way from `x` to `u` stretches, too.",
        ),
        Misconception(
            "s forgotten",
            lambda x, a, b, w, s, c: (
                np.log(a) + np.log(1 + np.sum(w * (1 - wave(x, a, b, s, c) ** 2), axis=1))
            ),
            "The inner derivative of the waves is missing: what does a factor inside `tanh` do to its slope?",
        ),
        Misconception(
            "a in the first term only",
            lambda x, a, b, w, s, c: np.log(a + np.sum(w * s * (1 - wave(x, a, b, s, c) ** 2), axis=1)),
            "The slope of `u` with respect to `x` multiplies all of `dz/du`. You have it in the straight "
            "part only; the waves depend on `x` through `u`, too.",
        ),
        Misconception(
            "1 - tanh",
            lambda x, a, b, w, s, c: (
                np.log(a) + np.log(1 + np.sum(w * s * (1 - wave(x, a, b, s, c)), axis=1))
            ),
            "The derivative of `tanh` is not `1 - tanh`: it is even, and tends to 0 on both sides.",
        ),
        Misconception(
            "waves at x",
            lambda x, a, b, w, s, c: (
                np.log(a) + np.log(1 + np.sum(w * s * (1 - np.tanh(s * (x[:, None] - c)) ** 2), axis=1))
            ),
            "You take the slope of the waves at `x`. They are functions of `u`.",
        ),
        Misconception(
            "sum of the logs",
            lambda x, a, b, w, s, c: (
                np.log(a) + np.sum(np.log(1 + w * s * (1 - wave(x, a, b, s, c) ** 2)), axis=1)
            ),
            "The slopes of the waves add up before the log is taken. Logs add when maps are applied "
            "one after the other; these stand side by side.",
        ),
        Misconception(
            "straight part forgotten",
            lambda x, a, b, w, s, c: (
                np.log(a) + np.log(np.sum(w * s * (1 - wave(x, a, b, s, c) ** 2), axis=1))
            ),
            "You differentiate the waves, but `z` has another term: what is the derivative of `u` itself?",
        ),
        Misconception(
            "slope, not its log",
            lambda x, a, b, w, s, c: a * (1 + np.sum(w * s * (1 - wave(x, a, b, s, c) ** 2), axis=1)),
            "This is the slope, and it is right. Its log is asked for.",
        ),
        Misconception(
            "summed over the batch",
            lambda x, a, b, w, s, c: np.sum(wave_log_det(x, a, b, w, s, c)),
            "You add over the examples. Each example has its own log-det: the result has shape `(N,)`.",
        ),
        Misconception(
            "tanh for its derivative",
            lambda x, a, b, w, s, c: np.log(a) + np.log(1 + np.sum(w * s * wave(x, a, b, s, c), axis=1)),
            "There stands `tanh` itself. The slope of a wave is wanted: what is the derivative of `tanh`?",
        ),
        Misconception(
            "w forgotten",
            lambda x, a, b, w, s, c: (
                np.log(a) + np.log(1 + np.sum(s * (1 - wave(x, a, b, s, c) ** 2), axis=1))
            ),
            "The weights `w` are missing: a factor before `tanh` stays when you differentiate.",
        ),
        Misconception(
            "c not scaled",
            lambda x, a, b, w, s, c: (
                np.log(a)
                + np.log(1 + np.sum(w * s * (1 - np.tanh(s * (a * x + b)[:, None] - c) ** 2), axis=1))
            ),
            "Look at the parentheses inside `tanh`: `s` multiplies the whole difference of `u` and `c`.",
        ),
        Misconception(
            "square of tanh for its derivative",
            lambda x, a, b, w, s, c: np.log(a) + np.log(1 + np.sum(w * s * wave(x, a, b, s, c) ** 2, axis=1)),
            "The square of `tanh` is only a part of its derivative. A wave is steepest at its centre, "
            "where `tanh` is 0.",
        ),
    ),
    properties=(
        (
            "with all `w = 0` the map is a straight line with slope `a`",
            lambda fn: np.allclose(fn(X, 1.7, 0.2, 0 * W, S, C), np.log(1.7)),
        ),
        (
            "a difference quotient of `z` gives the same slope",
            lambda fn: np.allclose(np.exp(fn(X, 0.6, 0.4, W, S, C)), moved(X, 0.6, 0.4, W, S, C), rtol=1e-6),
        ),
    ),
    hints=(
        "The chain rule: `dz/dx` is `dz/du` times `du/dx`.",
        "`du/dx` is `a`. In `dz/du` the straight part gives 1, and wave `k` gives "
        "`w[k] * s[k] * (1 - t**2)`, where `t` is its `tanh`.",
        "With `t = np.tanh(s * (u[:, None] - c))`, of shape `(N, K)`, add the waves over `axis=1`. Then the "
        "log of the product is the sum of two logs.",
    ),
    why="The chain rule gives a product, `dz/du` times `du/dx`, so their logs add. All slopes are "
    "positive, so the map is increasing, whatever the numbers.",
)
