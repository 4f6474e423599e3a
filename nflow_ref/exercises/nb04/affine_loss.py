"""Exercise 4.1: the loss of affine maps."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import X, normal


def affine_loss(a, b, x):
    """Mean negative log-likelihood of the data x, (N,), for each of M maps z = a*x + b: (M,)."""
    z = a[:, None] * x + b[:, None]
    return np.mean(z**2, axis=1) / 2 + np.log(2 * np.pi) / 2 - np.log(np.abs(a))


def base_terms(a, b, x):
    """log p_z(z) of each data point under each map, (M, N)."""
    return normal(a[:, None] * x + b[:, None])


def log_p(a, b, x):
    return base_terms(a, b, x) + np.log(np.abs(a))[:, None]


A, B = np.array([1.9, -0.4, -1.2]), np.array([0.7, 1.2, -0.8])

EXERCISE = Exercise(
    id="4.1",
    title="The loss of affine maps",
    difficulty=1,
    minutes=7,
    key=affine_loss,
    probes=((A, B, X), (A[:2], B[1:], np.array([0.4, 0.1, -0.6, 0.9, 1.2])), (-A, B, X[1:])),
    misconceptions=(
        Misconception(
            "no log-det",
            lambda a, b, x: -np.mean(base_terms(a, b, x), axis=1),
            "Only the base term is there. With it alone, `a = 0` and `b = 0` would be the best map of all: "
            "which term forbids that?",
        ),
        Misconception(
            "log-det with the wrong sign",
            lambda a, b, x: -np.mean(base_terms(a, b, x), axis=1) + np.log(np.abs(a)),
            "The log-det has a plus sign in the log-density. The loss is minus the log-density, all of it.",
        ),
        Misconception(
            "log of a, without absolute value",
            lambda a, b, x: -np.mean(base_terms(a, b, x), axis=1) - np.log(a),
            "One of the maps is decreasing, and its slope has no log. Only the size of the slope counts.",
        ),
        Misconception(
            "log-likelihood",
            lambda a, b, x: np.mean(log_p(a, b, x), axis=1),
            "This is the mean log-likelihood, to be maximised. The loss is to be minimised.",
        ),
        Misconception(
            "sum instead of mean",
            lambda a, b, x: -np.sum(log_p(a, b, x), axis=1),
            "You add over the data. The sum has the same minimiser, but it grows with `N`; "
            "asked is the mean.",
        ),
        Misconception(
            "log-det divided by N",
            lambda a, b, x: -np.mean(base_terms(a, b, x), axis=1) - np.log(np.abs(a)) / len(x),
            "You count the log-det once for the whole data set. Each data point has one of its own, and "
            "their mean is that of `N` equal numbers.",
        ),
        Misconception(
            "no normalizer of the base density",
            lambda a, b, x: np.mean((a[:, None] * x + b[:, None]) ** 2, axis=1) / 2 - np.log(np.abs(a)),
            "The minimiser is right, but not the number: the normalizer of the standard normal density "
            "is missing.",
        ),
        Misconception(
            "log of the mean density",
            lambda a, b, x: -np.log(np.mean(np.exp(log_p(a, b, x)), axis=1)),
            "You average the densities and then take the log. The likelihood is a product: take the log of "
            "each density first, and then the mean.",
        ),
        Misconception(
            "square of the mean",
            lambda a, b, x: (
                np.mean(a[:, None] * x + b[:, None], axis=1) ** 2 / 2
                + np.log(2 * np.pi) / 2
                - np.log(np.abs(a))
            ),
            "You square the mean of `z`. Then latents on both sides of 0 cancel, and their spread costs "
            "nothing. Which comes first, the square or the mean?",
        ),
        Misconception(
            "square not halved",
            lambda a, b, x: (
                np.mean((a[:, None] * x + b[:, None]) ** 2, axis=1)
                + np.log(2 * np.pi) / 2
                - np.log(np.abs(a))
            ),
            "Your quadratic term is twice as large as it should be. Look at the log of the standard "
            "normal density again.",
        ),
        Misconception(
            "normalizer not halved",
            lambda a, b, x: (
                np.mean((a[:, None] * x + b[:, None]) ** 2, axis=1) / 2
                + np.log(2 * np.pi)
                - np.log(np.abs(a))
            ),
            "Your constant is twice as large as it should be. In the density `2 * np.pi` stands under a "
            "root: what becomes of that in the log?",
        ),
        Misconception(
            "absolute value of the log",
            lambda a, b, x: -np.mean(base_terms(a, b, x), axis=1) - np.abs(np.log(a)),
            "You take the log first and its absolute value afterwards. A negative slope has no log, and "
            "the log of a slope below 1 must stay negative.",
        ),
    ),
    properties=(
        (
            "the loss stays the same when each data point is there twice",
            lambda fn: np.allclose(fn(A, B, np.concatenate([X, X])), fn(A, B, X)),
        ),
        (
            "`-a`, `-b` have the same loss as `a`, `b`: the base density is even",
            lambda fn: np.allclose(fn(-A, -B, X), fn(A, B, X)),
        ),
        (
            "with data twice as large and `a` half as large, the loss is larger by `log(2)`",
            lambda fn: np.allclose(fn(A / 2, B, 2 * X) - fn(A, B, X), np.log(2)),
        ),
    ),
    hints=(
        "Begin with one map and one data point: minus the log-density of Eq. (1.10).",
        "A loop over the `M` maps is fine. Without a loop: `z = a[:, None] * x + b[:, None]` is a table "
        "with a row for each map and a column for each data point.",
        "Three terms: the mean of `z**2 / 2` over the data, half the log of `2 * np.pi`, and minus the log "
        "of the absolute value of `a`.",
    ),
    why="The mean of the base term pulls all `z` to 0, and minus the log of `|a|` forbids to shrink `a`. "
    "The normalizer changes nothing about where the best map is, but the number would not be comparable.",
)
