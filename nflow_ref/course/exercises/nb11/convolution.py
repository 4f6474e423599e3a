"""Exercise 11.4: the bar of a 1×1 convolution's matrix when the matrix belongs to the way back."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def weight_bar(W, x, z_bar, g):
    """W_bar, (C, C), for x = z @ W.T, z the layer's output, from x and z_bar (N, H, W, C) and g (N,)."""
    identity, pixels = np.eye(len(W)), x.shape[1] * x.shape[2]
    z = np.dot(x, np.linalg.inv(W).T)
    product = np.sum(z_bar[..., :, None] * z[..., None, :], axis=(0, 1, 2))
    return -np.dot(np.linalg.inv(W).T, product + pixels * np.sum(g) * identity)


def product(a, z_bar):
    return np.einsum("nhwi,nhwj->ij", z_bar, a)


def output(W, x):
    return np.linalg.solve(W, x[..., None])[..., 0]


def total(x, g):
    return x.shape[1] * x.shape[2] * np.sum(g)


def back(W, own, G):
    """From the product's part and the log-det's G to the bar of W."""
    return -np.linalg.solve(W.T, own + G * np.eye(len(W)))


def with_g(weight):
    """The right bar but for the log-det's part, which is weight(x, g)."""
    return lambda W, x, z_bar, g: back(W, product(output(W, x), z_bar), weight(x, g))


# 2 examples of 1 x 4 pixels with 3 channels, and 1 example of 4 x 3 pixels with 2.
X = np.round(np.sin(np.arange(24.0) * 1.7) + 0.4, 1).reshape(2, 1, 4, 3)
Z_BAR = np.round(np.cos(np.arange(24.0) * 2.3) + 0.3, 1).reshape(2, 1, 4, 3)
W = np.array([[0.9, -0.4, 0.7], [1.1, 0.6, -0.8], [-0.5, 1.3, 0.2]])  # the determinant is positive
W_2 = np.array([[1.2, 0.7], [1.0, -0.3]])  # and here it is negative
G = np.array([0.9, -0.35])

EXERCISE = Exercise(
    id="11.4",
    title="A 1×1 convolution that keeps its inverse",
    difficulty=3,
    minutes=12,
    key=weight_bar,
    probes=((W, X, Z_BAR, G), (W_2, X.reshape(1, 4, 3, 2), Z_BAR.reshape(1, 4, 3, 2), -2 * G[:1])),
    misconceptions=(
        Misconception(
            "(11.6) copied",
            lambda W, x, z_bar, g: product(x, z_bar) + total(x, g) * np.linalg.inv(W).T,
            "This is (11.6), where `W` multiplies `x`. Here the inverse of `W` does.",
        ),
        Misconception(
            "the bar of the inverse",
            lambda W, x, z_bar, g: product(x, z_bar) + total(x, g) * W.T,
            "This is the bar of the inverse matrix, the one that multiplies `x`. One step is left: from "
            "that to the bar of `W`.",
        ),
        Misconception(
            "g forgotten",
            lambda W, x, z_bar, g: back(W, product(output(W, x), z_bar), 0),
            "The log-det is missing: it depends on `W`, and its bar is `g`.",
        ),
        Misconception(
            "the log-det only",
            lambda W, x, z_bar, g: back(W, 0, total(x, g)),
            "This is the log-det's part. `W` also has a say in `z`: what is `dz` when `W` changes by `dW`?",
        ),
        Misconception(
            "H·W forgotten",
            with_g(lambda x, g: np.sum(g)),
            "The log-det is counted once for each image. Each pixel is multiplied by the matrix, and each "
            "counts.",
        ),
        Misconception(
            "-g",
            with_g(lambda x, g: -total(x, g)),
            "Look at the sign of the log-det: forward multiplies by the inverse of `W`, so it is minus "
            "`log|det W|` at each pixel.",
        ),
        Misconception(
            "the minus forgotten",
            lambda W, x, z_bar, g: -weight_bar(W, x, z_bar, g),
            "The result has the wrong sign. A larger `W` makes `z` smaller, and the log-det, too.",
        ),
        Misconception(
            "not transposed",
            lambda W, x, z_bar, g: back(W.T, product(output(W, x), z_bar), total(x, g)),
            "The inverse in front has its rows where the columns should be: on the way back a matrix is "
            "transposed.",
        ),
        Misconception(
            "x for z",
            lambda W, x, z_bar, g: back(W, product(x, z_bar), total(x, g)),
            "The bars of `z` are multiplied by `x`. By the product rule for `x = W z`, what `W` has "
            "multiplied is `z`.",
        ),
        Misconception(
            "the product transposed",
            lambda W, x, z_bar, g: back(W, product(output(W, x), z_bar).T, total(x, g)),
            "The product of the bars and `z` stands on its side: the bars are its rows' part.",
        ),
        Misconception(
            "mean of g",
            with_g(lambda x, g: total(x, g) / len(g)),
            "You average `g` over the examples. All use the same `W`, so what they add is summed.",
        ),
        Misconception(
            "averaged over the batch",
            lambda W, x, z_bar, g: weight_bar(W, x, z_bar, g) / len(x),
            "You divide by the number of examples. If the loss is a mean, that is in `z_bar` and `g` "
            "already; on the way back, what the examples contribute adds up.",
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
            "with `z_bar = 0`, the transpose of `W` times the result is `-H * W * sum(g)` times the identity",
            lambda fn: np.allclose(np.dot(W.T, fn(W, X, 0 * Z_BAR, G)), -total(X, G) * np.eye(3)),
        ),
    ),
    hints=(
        "`x` is given, so it does not change. From `X = W Z`: `0 = dW Z + W dZ`. What is `dZ`?",
        "`dZ` is minus the inverse of `W` times `dW Z`. Write `<Z_bar, dZ>` as `<something, dW>`. The "
        "log-det is `-H * W * log|det W|`.",
        "With `V` for the inverse, transposed: `W_bar = -V @ (Z_bar @ Z.T + G * I)`, where the columns of "
        "`Z_bar` and `Z` are pixels.",
    ),
    why="From `x = W z` with `x` given, `dz` is minus the inverse of `W` times `dW z`. So both parts have "
    "the inverse, transposed, in front, and a minus. Such a layer samples without an inverse.",
)
