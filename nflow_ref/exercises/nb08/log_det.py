"""Exercise 8.3: the log-determinant of a 1×1 convolution."""

import math

import autograd.numpy as np

from ..engine import Exercise, Misconception
from .convolution import W_2, W_3


def conv1x1_log_det(x, W):
    """log|det dz/dx|, (N,), when z is W, (C, C), times each pixel of x, (N, H, W, C)."""
    n, height, width, _ = x.shape
    return np.full(n, height * width * np.linalg.slogdet(W)[1])


def for_each(rule):
    """A wrong answer: the same number rule(shape of x, W) for each example."""
    return lambda x, W: np.full(len(x), rule(x.shape, W))


def log_abs(W):
    return np.linalg.slogdet(W)[1]


X_3 = np.round(np.sin(np.arange(24) + 0.4), 1).reshape(2, 1, 4, 3)
X_2 = np.round(np.cos(np.arange(24) - 0.2), 1).reshape(1, 3, 4, 2)

EXERCISE = Exercise(
    id="8.3",
    title="The log-det of a 1×1 convolution",
    difficulty=2,
    minutes=5,
    key=conv1x1_log_det,
    probes=((X_3, W_3), (X_2, W_2), (X_3, 1e-120 * W_3), (X_2[:, :, :1], W_2[::-1])),
    misconceptions=(
        Misconception(
            "no H·W",
            for_each(lambda shape, W: log_abs(W)),
            "This is right for one pixel. Every pixel is multiplied by `W`, and each stretches volume.",
        ),
        Misconception(
            "H + W",
            for_each(lambda shape, W: (shape[1] + shape[2]) * log_abs(W)),
            "Height and width are added. How many pixels does an image have?",
        ),
        Misconception(
            "H·H",
            for_each(lambda shape, W: shape[1] ** 2 * log_abs(W)),
            "You take the image for a square. Height and width may differ.",
        ),
        Misconception(
            "H·W·C",
            for_each(lambda shape, W: math.prod(shape[1:]) * log_abs(W)),
            "You count the channels, too. They are inside the determinant already: count pixels only.",
        ),
        Misconception(
            "times the batch",
            for_each(lambda shape, W: math.prod(shape[:3]) * log_abs(W)),
            "You count the pixels of the whole batch. The log-det belongs to one example.",
        ),
        Misconception(
            "no bars",
            for_each(lambda shape, W: shape[1] * shape[2] * np.log(np.linalg.det(W))),
            "A determinant may be negative, and its logarithm is then not a number: the bars are missing. "
            "(And a tiny determinant becomes 0 before its logarithm is taken.)",
        ),
        Misconception(
            "det, then log",
            for_each(lambda shape, W: shape[1] * shape[2] * np.log(np.abs(np.linalg.det(W)))),
            "Right, until the determinant is so small that the computer takes it for 0. Lesson 03 knows a "
            "function that takes the logarithms first.",
        ),
        Misconception(
            "the determinant itself",
            for_each(lambda shape, W: shape[1] * shape[2] * np.abs(np.linalg.det(W))),
            "Here the determinant itself is counted once for each pixel. What becomes of a power under the "
            "log, and where is the log?",
        ),
        Misconception(
            "minus sign",
            for_each(lambda shape, W: -shape[1] * shape[2] * log_abs(W)),
            "This is the log-det of the way back.",
        ),
        Misconception(
            "the sign from slogdet",
            for_each(lambda shape, W: shape[1] * shape[2] * np.linalg.slogdet(W)[0]),
            "You count the sign of the determinant. `slogdet` returns two things, and the logarithm is the "
            "other one.",
        ),
        Misconception(
            "the diagonal of W",
            for_each(lambda shape, W: shape[1] * shape[2] * np.sum(np.log(np.abs(np.diag(W))))),
            "You add the logarithms on the diagonal of `W`. That is right for a triangular matrix, and `W` "
            "is any matrix.",
        ),
        Misconception(
            "channels taken for an axis of pixels",
            for_each(lambda shape, W: shape[2] * shape[3] * log_abs(W)),
            "You multiply the sizes of the last two axes. The channels come last here: which two axes count "
            "the pixels?",
        ),
        Misconception(
            "one number",
            lambda x, W: np.array(x.shape[1] * x.shape[2] * log_abs(W)),
            "The number is right, but it stands there once. Each example of the batch gets its own entry, "
            "here all of them equal.",
        ),
    ),
    properties=(
        ("with the identity for `W` it is 0", lambda fn: np.allclose(fn(X_3, np.eye(3)), 0)),
        (
            "twice as many rows of pixels, twice the log-det",
            lambda fn: np.allclose(fn(np.concatenate([X_3, X_3], axis=1), W_3), 2 * fn(X_3, W_3)),
        ),
        (
            "exchanging two rows of `W` changes nothing",
            lambda fn: np.allclose(fn(X_2, W_2[::-1]), fn(X_2, W_2)),
        ),
    ),
    hints=(
        "The Jacobian has one block `W` for each pixel, and the determinant of such a matrix is the product "
        "of those of its blocks.",
        "The shape of `x` tells the number of pixels. `np.linalg.slogdet(W)` gives two things: which of them "
        "is the logarithm?",
        "Repeat the number for each example: `np.full(len(x), number)`.",
    ),
    why="One block `W` for each pixel: the determinant is a power of that of `W`, with the number of "
    "pixels as exponent, and under the log the exponent becomes a factor.",
)
