"""Exercise 8.2: one matrix at every pixel, where the channels come first."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def conv1x1(x, W):
    """z, (N, C, H, W), with W, (C, C), times the channels of each pixel of x, (N, C, H, W)."""
    return np.einsum("ij,njhw->nihw", W, x)


# As many rows and columns of pixels as channels, so that the product along a wrong axis raises no error.
X_3 = np.round(2 * np.sin(1.7 * np.arange(54) + 0.3), 1).reshape(2, 3, 3, 3)
X_2 = np.round(1.5 * np.cos(2.3 * np.arange(24) - 0.8), 1).reshape(3, 2, 2, 2)
W_3 = np.array([[0.5, -1.2, 0.3], [0.8, 0.4, 1.1], [-0.6, 0.9, 0.2]])
W_2 = np.array([[2.0, 1.0], [3.0, -1.0]])

EXERCISE = Exercise(
    id="8.2",
    title="Channels first",
    difficulty=2,
    minutes=5,
    key=conv1x1,
    probes=((X_3, W_3), (X_2, W_2)),
    misconceptions=(
        Misconception(
            "x @ W.T",
            lambda x, W: np.dot(x, W.T),
            "This multiplies along the last axis, which is the width here: you mix the pixels of a row. (A "
            "`reshape` does not help: it cuts the memory anew and moves no axis.)",
        ),
        Misconception(
            "W @ x",
            lambda x, W: np.matmul(W, x),
            "`W @ x` multiplies along the axis before the last, which is the height here: you mix the "
            "pixels of a column.",
        ),
        Misconception(
            "transposed",
            lambda x, W: np.einsum("ji,njhw->nihw", W, x),
            "The right axis, and the transposed matrix. Row `i` of `W` is the recipe of output channel `i`.",
        ),
        Misconception(
            "channels left behind",
            lambda x, W: np.dot(np.moveaxis(x, 1, -1), W.T),
            "The numbers are right, but the channels have stayed the last axis. They have to go back to "
            "their place.",
        ),
        Misconception(
            "diagonal only",
            lambda x, W: x * np.diag(W)[:, None, None],
            "Each channel is multiplied by its own weight and nothing is mixed: you use the diagonal of `W` "
            "only.",
        ),
        Misconception(
            "row sums",
            lambda x, W: x * np.sum(W, axis=1)[:, None, None],
            "Each channel is multiplied by the sum of a row of `W`. The products with the different input "
            "channels must be added, not the weights.",
        ),
        Misconception(
            "inverse",
            lambda x, W: np.einsum("ij,njhw->nihw", np.linalg.inv(W), x),
            "This is the way back, from latent to data.",
        ),
        Misconception(
            "summed over the pixels",
            lambda x, W: conv1x1(np.sum(x, axis=(2, 3), keepdims=True) + 0 * x, W),
            "You add over the pixels. They do not meet in this layer: each keeps its place.",
        ),
    ),
    properties=(
        ("with the identity for `W` nothing changes", lambda fn: np.allclose(fn(X_3, np.eye(3)), X_3)),
        (
            "with `W = [[0, 1], [1, 0]]` the two channels are exchanged",
            lambda fn: np.allclose(fn(X_2, np.eye(2)[::-1]), X_2[:, ::-1]),
        ),
        (
            "the first pixel of the result is `W @ x[0, :, 0, 0]`",
            lambda fn: np.allclose(fn(X_3, W_3)[0, :, 0, 0], np.dot(W_3, X_3[0, :, 0, 0])),
        ),
    ),
    hints=(
        "`z[n, :, h, w] = W @ x[n, :, h, w]` at each pixel. Loops are allowed, and slow.",
        "`np.moveaxis(x, 1, -1)` brings the channels to the end. What remains is the formula of the lesson, "
        "and the way back.",
        "Or write the sum over the input channel `j` with its indices: `np.einsum` takes them as letters.",
    ),
    why="The sum runs over the input channel and nothing else. Where the channels lie in memory decides how "
    "it is written, not what it is.",
)
