"""Exercise 11.5: the bar of an affine coupling's unbounded log-scale."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def s_hat_bar(s_hat, x_b, z_b_bar, g, c):
    """The bar of s_hat, (N, d), for z_b = s * x_b + t with log s = c tanh(s_hat), log-det included."""
    log_s = c * np.tanh(s_hat)
    log_s_bar = z_b_bar * np.exp(log_s) * x_b + g[:, None]
    return log_s_bar * (c - log_s**2 / c)


def log_scale(s_hat, c):
    return c * np.tanh(s_hat)


def slope(s_hat, c):
    return c * (1 - np.tanh(s_hat) ** 2)


def moved(s_hat, x_b, z_b_bar, c):
    """The part of log_s's bar that comes through z_b."""
    return z_b_bar * np.exp(log_scale(s_hat, c)) * x_b


# As many examples as channels, so that g on the wrong axis does not raise an error.
S_HAT = np.array([[0.4, -0.8, 0.6], [-0.5, 0.9, 0.2], [0.7, -0.3, -1.1]])
X_B = np.array([[1.2, -0.7, 0.5], [0.8, 1.4, -1.1], [-0.6, 0.9, 1.3]])
Z_B_BAR = np.array([[-0.9, 0.6, 1.5], [1.1, -0.4, 0.7], [0.8, 1.2, -0.5]])
G = np.array([0.75, -1.2, 0.45])

EXERCISE = Exercise(
    id="11.5",
    title="The bar of a bounded log-scale",
    difficulty=3,
    minutes=12,
    key=s_hat_bar,
    probes=(
        (S_HAT, X_B, Z_B_BAR, G, 2),
        (-S_HAT[:2, :2], X_B[1:, :2], Z_B_BAR[:2, 1:], G[:2], 0.6),
        (S_HAT[2:, :2], X_B[:1, :2], Z_B_BAR[2:, 1:], G[2:], 1.5),
    ),
    misconceptions=(
        Misconception(
            "g forgotten",
            lambda s_hat, x_b, z_b_bar, g, c: moved(s_hat, x_b, z_b_bar, c) * slope(s_hat, c),
            "The log-det is missing: it is the sum of the `log s`, and its bar is `g`.",
        ),
        Misconception(
            "g on the wrong axis",
            lambda s_hat, x_b, z_b_bar, g, c: (moved(s_hat, x_b, z_b_bar, c) + g) * slope(s_hat, c),
            "`g` has one number for each example, and you add it along the channels: it needs another axis, "
            "`g[:, None]`.",
        ),
        Misconception(
            "g after the slope",
            lambda s_hat, x_b, z_b_bar, g, c: moved(s_hat, x_b, z_b_bar, c) * slope(s_hat, c) + g[:, None],
            "`g` is added too late. The log-det contains `log s`, so `g` goes through the bound as well.",
        ),
        Misconception(
            "s forgotten",
            lambda s_hat, x_b, z_b_bar, g, c: (z_b_bar * x_b + g[:, None]) * slope(s_hat, c),
            "This is the bar of `s` where that of `log s` is wanted: `ds = s d(log s)`.",
        ),
        Misconception(
            "the bar of log s",
            lambda s_hat, x_b, z_b_bar, g, c: moved(s_hat, x_b, z_b_bar, c) + g[:, None],
            "This is the bar of `log s`. One step is left: back through the bound, `c tanh`.",
        ),
        Misconception(
            "c forgotten in the slope",
            lambda s_hat, x_b, z_b_bar, g, c: (
                (moved(s_hat, x_b, z_b_bar, c) + g[:, None]) * slope(s_hat, 1.0)
            ),
            "In the slope of the bound the factor `c` is missing.",
        ),
        Misconception(
            "log s for tanh",
            lambda s_hat, x_b, z_b_bar, g, c: (
                (moved(s_hat, x_b, z_b_bar, c) + g[:, None]) * (c - log_scale(s_hat, c) ** 2)
            ),
            "The slope contains the square of the `tanh`, times `c`. That of `log s` has a factor `c` more.",
        ),
        Misconception(
            "the bound itself",
            lambda s_hat, x_b, z_b_bar, g, c: (
                (moved(s_hat, x_b, z_b_bar, c) + g[:, None]) * log_scale(s_hat, c)
            ),
            "You multiply by the value of the bound. On the way back, its derivative counts.",
        ),
        Misconception(
            "g with a minus",
            lambda s_hat, x_b, z_b_bar, g, c: (moved(s_hat, x_b, z_b_bar, c) - g[:, None]) * slope(s_hat, c),
            "Look at the sign of `g`: the log-det is plus the sum of the `log s`.",
        ),
        Misconception(
            "sum of g",
            lambda s_hat, x_b, z_b_bar, g, c: (moved(s_hat, x_b, z_b_bar, c) + np.sum(g)) * slope(s_hat, c),
            "You add up `g` over the batch. Each row of `s_hat` belongs to one example and gets the `g` of "
            "that one.",
        ),
        Misconception(
            "mean of g",
            lambda s_hat, x_b, z_b_bar, g, c: (moved(s_hat, x_b, z_b_bar, c) + np.mean(g)) * slope(s_hat, c),
            "You average `g` over the batch. The log-det of an example contains the `log s` of its own row "
            "only.",
        ),
        Misconception(
            "averaged over the batch",
            lambda s_hat, x_b, z_b_bar, g, c: s_hat_bar(s_hat, x_b, z_b_bar, g, c) / len(g),
            "You divide by the number of examples. If the loss is a mean, that is in `z_b_bar` and `g` "
            "already.",
        ),
        Misconception(
            "x_b forgotten",
            lambda s_hat, x_b, z_b_bar, g, c: (
                (z_b_bar * np.exp(log_scale(s_hat, c)) + g[:, None]) * slope(s_hat, c)
            ),
            "In the first part a factor is missing: by how much does `z_b` change when `s` does?",
        ),
        Misconception(
            "log s for tanh, times c",
            lambda s_hat, x_b, z_b_bar, g, c: (
                (moved(s_hat, x_b, z_b_bar, c) + g[:, None]) * c * (1 - log_scale(s_hat, c) ** 2)
            ),
            "In the slope, 1 minus a square is right for the `tanh`. You square `log s`, which has the "
            "factor `c` in it.",
        ),
    ),
    properties=(
        (
            "there is one number for each entry",
            lambda fn: np.shape(fn(S_HAT, X_B, Z_B_BAR, G, 1.7)) == (3, 3),
        ),
        (
            "where `s_hat` is very large the bar is 0, for the bound is flat there",
            lambda fn: np.allclose(fn(0 * S_HAT + 30, X_B, Z_B_BAR, G, 1.7), 0),
        ),
        (
            "with `s_hat = 0` and `z_b_bar = 0` it is `c` times `g` in each row",
            lambda fn: np.allclose(fn(0 * S_HAT, X_B, 0 * Z_B_BAR, G, 1.7), 1.7 * G[:, None] + 0 * X_B),
        ),
    ),
    hints=(
        "First find the bar of `log s`: it acts on `z_b`, and on the log-det of its own example.",
        "The bar of `log s` is `z_b_bar * s * x_b + g[:, None]`. Then go back through the bound.",
        "The slope of the bound is `c - log_s**2 / c`.",
    ),
    why="The log-scale stretches `x_b` and adds to the log-det, so its bar has two terms. Both go through "
    "the bound, whose slope `c - (log s)² / c` needs no further tanh.",
)
