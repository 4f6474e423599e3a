"""Exercise 11.3: the bars of ActNorm's parameters."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def actnorm_bars(log_s, m, x, z_bar, g):
    """The bars of log_s and b, shape (2, C), of z = exp(log_s) * (x - m) + b and its log-det; m is held."""
    pixels = x.shape[1] * x.shape[2]
    log_s_bar = np.sum(z_bar * np.exp(log_s) * (x - m), axis=(0, 1, 2)) + pixels * np.sum(g)
    return np.stack([log_s_bar, np.sum(z_bar, axis=(0, 1, 2))])


def parts(log_s, m, x, z_bar, g):
    """The two terms of log_s's bar, the second for one pixel, and the bar of b."""
    own = np.sum(z_bar * np.exp(log_s) * (x - m), axis=(0, 1, 2))
    return own, np.sum(g) + 0 * log_s, np.sum(z_bar, axis=(0, 1, 2))


def pixels(x):
    return x.shape[1] * x.shape[2]


def without_scale(log_s, m, x, z_bar, g):
    own, total, b_bar = parts(log_s, m, x, z_bar, g)
    return np.stack([own / np.exp(log_s) + pixels(x) * total, b_bar])


def with_g(weight):
    """The right bars but for the log-det's part, which is weight(x, g)."""

    def wrong(log_s, m, x, z_bar, g):
        own, _, b_bar = parts(log_s, m, x, z_bar, g)
        return np.stack([own + weight(x, g), b_bar])

    return lambda log_s, m, x, z_bar, g: wrong(log_s, m, x, z_bar, g)


def in_b_too(log_s, m, x, z_bar, g):
    own, total, b_bar = parts(log_s, m, x, z_bar, g)
    return np.stack([own + pixels(x) * total, b_bar + pixels(x) * total])


def of_s(log_s, m, x, z_bar, g):
    own, total, b_bar = parts(log_s, m, x, z_bar, g)
    return np.stack([(own + pixels(x) * total) / np.exp(log_s), b_bar])


def scaled_b(log_s, m, x, z_bar, g):
    own, total, b_bar = parts(log_s, m, x, z_bar, g)
    return np.stack([own + pixels(x) * total, np.exp(log_s) * b_bar])


def z_part_averaged(log_s, m, x, z_bar, g):
    return actnorm_bars(log_s, m, x, z_bar / len(x), g)


def averaged(log_s, m, x, z_bar, g):
    own, total, b_bar = parts(log_s, m, x, z_bar, g)
    count = len(x) * pixels(x)
    return np.stack([own / count + pixels(x) * total, b_bar / count])


def with_y(rule):
    """The right bars but for what stands where x - m should, which is rule(log_s, m, x)."""

    def wrong(log_s, m, x, z_bar, g):
        return actnorm_bars(log_s, 0 * m, rule(log_s, m, x), z_bar, g)

    return wrong


# 2 examples of 1 x 4 pixels with 3 channels, and 1 example of 4 x 3 pixels with 2.
X = np.round(np.sin(np.arange(24.0) * 1.7) + 0.4, 1).reshape(2, 1, 4, 3)
Z_BAR = np.round(np.cos(np.arange(24.0) * 2.3) + 0.3, 1).reshape(2, 1, 4, 3)
LOG_S, M = np.array([0.7, -0.6, 0.2]), np.array([1.3, -0.8, 0.5])
G = np.array([0.9, -0.35])

EXERCISE = Exercise(
    id="11.3",
    title="The VJP of ActNorm",
    difficulty=2,
    minutes=8,
    key=actnorm_bars,
    probes=(
        (LOG_S, M, X, Z_BAR, G),
        (-LOG_S[:2], 2 * M[:2], X.reshape(1, 4, 3, 2), Z_BAR.reshape(1, 4, 3, 2), G[:1]),
    ),
    misconceptions=(
        Misconception(
            "g forgotten",
            with_g(lambda x, g: 0),
            "The log-det is missing. It contains `log_s` too, and its bar is `g`.",
        ),
        Misconception(
            "H·W forgotten",
            with_g(lambda x, g: np.sum(g)),
            "The log-det is counted once for each image. It contains `log_s` once for each pixel.",
        ),
        Misconception(
            "mean of g",
            with_g(lambda x, g: pixels(x) * np.mean(g)),
            "You average `g` over the examples. All use the same `log_s`, so what they add is summed.",
        ),
        Misconception(
            "-g",
            with_g(lambda x, g: -pixels(x) * np.sum(g)),
            "Look at the sign of the log-det's part: the log-det grows with `log_s`.",
        ),
        Misconception(
            "s forgotten",
            without_scale,
            "In the first part the factor `s` is missing: if `log_s` changes, `s` changes `s` times as much.",
        ),
        Misconception(
            "m not subtracted",
            with_y(lambda log_s, m, x: x),
            "In the first part you have `x`. The scale multiplies `x - m`.",
        ),
        Misconception(
            "m not scaled",
            with_y(lambda log_s, m, x: x - m / np.exp(log_s)),
            "In the first part `m` stands outside the bracket. It is subtracted before `s` multiplies.",
        ),
        Misconception(
            "the bar of s",
            of_s,
            "This is the bar of `s`. The parameter is `log_s`, and `ds = s d(log_s)`.",
        ),
        Misconception(
            "g in b",
            in_b_too,
            "The log-det does not depend on `b`, so `g` has no place in the bar of `b`.",
        ),
        Misconception(
            "s times b_bar",
            scaled_b,
            "The shift is added after the scale. So `b` moves `z` by as much as itself, without `s`.",
        ),
        Misconception(
            "averaged over the batch",
            lambda log_s, m, x, z_bar, g: actnorm_bars(log_s, m, x, z_bar, g) / len(x),
            "You divide by the number of examples. If the loss is a mean, that is in `z_bar` and `g` "
            "already; on the way back, what the examples contribute adds up.",
        ),
        Misconception(
            "only the part of z averaged",
            z_part_averaged,
            "You average what comes through `z` over the examples. It adds up, as the log-det's part does.",
        ),
        Misconception(
            "averaged over the pixels",
            averaged,
            "You average over the pixels and the examples. A parameter used in many places gets the sum of "
            "the bars of all of them.",
        ),
        Misconception(
            "the rows exchanged",
            lambda log_s, m, x, z_bar, g: actnorm_bars(log_s, m, x, z_bar, g)[::-1],
            "Both rows are right, in the other order: that of `log_s` comes first.",
        ),
    ),
    properties=(
        ("the result has the shape `(2, C)`", lambda fn: np.shape(fn(LOG_S, M, X, Z_BAR, G)) == (2, 3)),
        (
            "the second row does not depend on `g`",
            lambda fn: np.allclose(fn(LOG_S, M, X, Z_BAR, G)[1], fn(LOG_S, M, X, Z_BAR, 3 * G)[1]),
        ),
        (
            "with `z_bar = 0`, the first row is `H * W * sum(g)` for each channel",
            lambda fn: np.allclose(fn(LOG_S, M, X, 0 * Z_BAR, G)[0], pixels(X) * np.sum(G)),
        ),
    ),
    hints=(
        "`b` and `log_s` are used at every pixel of every example: sum over the first three axes.",
        "`log_s` works in two places: in `z`, where `dz = s (x - m) d(log_s)`, and in the log-det.",
        "First row: the sum of `z_bar * np.exp(log_s) * (x - m)`, plus `H * W * np.sum(g)`. Second row: "
        "the sum of `z_bar`.",
    ),
    why="Each parameter acts at every pixel, so its bar is a sum over all of them. The scale also acts on "
    "the volume, H·W times in each example. `m` is held: its bar is 0, and nothing has to be computed.",
)
