"""Exercise 11.4: the bar of a 1×1 convolution's matrix."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def weight_bar(W, x, z_bar, g):
    """W_bar, (C, C), for z = x @ W.T and its log-det, from x and z_bar (N, H, W, C) and g (N,)."""
    channels = x.shape[-1]
    product = np.dot(z_bar.reshape(-1, channels).T, x.reshape(-1, channels))
    return product + x.shape[1] * x.shape[2] * np.sum(g) * np.linalg.inv(W).T


def product(x, z_bar):
    return np.einsum("nhwi,nhwj->ij", z_bar, x)


def total(x, g):
    return x.shape[1] * x.shape[2] * np.sum(g)


# 2 examples of 1 x 4 pixels with 3 channels, and 1 example of 4 x 3 pixels with 2.
X = np.round(np.sin(np.arange(24.0) * 1.7) + 0.4, 1).reshape(2, 1, 4, 3)
Z_BAR = np.round(np.cos(np.arange(24.0) * 2.3) + 0.3, 1).reshape(2, 1, 4, 3)
W = np.array([[0.9, -0.4, 0.7], [1.1, 0.6, -0.8], [-0.5, 1.3, 0.2]])  # the determinant is positive
W_2 = np.array([[1.2, 0.7], [1.0, -0.3]])  # and here it is negative
G = np.array([0.9, -0.35])

EXERCISE = Exercise(
    id="11.4",
    title="The bar of a 1×1 convolution",
    difficulty=2,
    minutes=10,
    key=weight_bar,
    probes=((W, X, Z_BAR, G), (W_2, X.reshape(1, 4, 3, 2), Z_BAR.reshape(1, 4, 3, 2), -2 * G[:1])),
    misconceptions=(
        Misconception(
            "g forgotten",
            lambda W, x, z_bar, g: product(x, z_bar),
            "The log-det is missing: it depends on `W`, and its bar is `g`.",
        ),
        Misconception(
            "the log-det only",
            lambda W, x, z_bar, g: total(x, g) * np.linalg.inv(W).T,
            "This is the log-det's part. `W` also makes `z`: the product rule gives the rest.",
        ),
        Misconception(
            "H·W forgotten",
            lambda W, x, z_bar, g: product(x, z_bar) + np.sum(g) * np.linalg.inv(W).T,
            "The log-det is counted once for each image. Each pixel is multiplied by `W`, and each counts.",
        ),
        Misconception(
            "not transposed",
            lambda W, x, z_bar, g: product(x, z_bar) + total(x, g) * np.linalg.inv(W),
            "In the log-det's part, the inverse of `W` has its rows where the columns should be.",
        ),
        Misconception(
            "W for its inverse",
            lambda W, x, z_bar, g: product(x, z_bar) + total(x, g) * W,
            "The derivative of `log|det W|` is not `W` itself. Cofactors divided by the determinant: what "
            "matrix is that?",
        ),
        Misconception(
            "the product transposed",
            lambda W, x, z_bar, g: product(x, z_bar).T + total(x, g) * np.linalg.inv(W).T,
            "The product of the bars and `x` stands on its side. The entry of row `i` and column `j` belongs "
            "to output `i` and input `j`.",
        ),
        Misconception(
            "the determinant's derivative",
            lambda W, x, z_bar, g: product(x, z_bar) + total(x, g) * np.linalg.det(W) * np.linalg.inv(W).T,
            "You use the derivative of `det W`. Asked is that of its logarithm.",
        ),
        Misconception(
            "-g",
            lambda W, x, z_bar, g: product(x, z_bar) - total(x, g) * np.linalg.inv(W).T,
            "Look at the sign of the log-det's part: the formula has a plus, inverse or not.",
        ),
        Misconception(
            "mean of g",
            lambda W, x, z_bar, g: product(x, z_bar) + total(x, g) / len(g) * np.linalg.inv(W).T,
            "You average `g` over the examples. All use the same `W`, so what they add is summed.",
        ),
        Misconception(
            "averaged over the batch",
            lambda W, x, z_bar, g: weight_bar(W, x, z_bar, g) / len(x),
            "You divide by the number of examples. If the loss is a mean, that is in `z_bar` and `g` "
            "already; on the way back, what the examples contribute adds up.",
        ),
        Misconception(
            "the log-det itself",
            lambda W, x, z_bar, g: product(x, z_bar) + total(x, g) * np.linalg.slogdet(W)[1],
            "You add the log-det itself. Asked is how it changes with each entry of `W`: its derivative.",
        ),
    ),
    properties=(
        ("the result has the shape of `W`", lambda fn: np.shape(fn(W, X, Z_BAR, G)) == (3, 3)),
        (
            "with `g = 0`, two examples together have the sum of their bars",
            lambda fn: np.allclose(
                fn(W, X, Z_BAR, 0 * G),
                fn(W, X[:1], Z_BAR[:1], 0 * G[:1]) + fn(W, X[1:], Z_BAR[1:], 0 * G[1:]),
            ),
        ),
        (
            "with `z_bar = 0`, the result times the transpose of `W` is `H * W * sum(g)` times the identity",
            lambda fn: np.allclose(np.dot(fn(W, X, 0 * Z_BAR, G), W.T), total(X, G) * np.eye(3)),
        ),
    ),
    hints=(
        "Two parts: `W` makes `z`, and `W` makes the log-det.",
        "For the first, reshape `z_bar` and `x` to `(-1, C)`: one row for each pixel. The sum over the rows "
        "is a matrix product.",
        "The second is `H * W * np.sum(g)` times the transpose of the inverse of `W`.",
    ),
    why="The product rule gives one outer product for each pixel, and they add. The cofactors give the "
    "inverse, transposed, for the logarithm of the determinant.",
)
