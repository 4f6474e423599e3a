"""Exercise 8.2: one matrix at every pixel."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def conv1x1(x, W):
    """z, (N, H, W, C), with W, (C, C), times the channels of each pixel of x, (N, H, W, C)."""
    return np.dot(x, W.T)


def as_planes(x, W):
    """The memory of x read as if the channels came first: a reshape that does not move the axes."""
    n, height, width, c = x.shape
    return np.einsum("ij,njp->nip", W, x.reshape(n, c, height * width)).reshape(x.shape)


X_3 = np.round(2 * np.sin(1.7 * np.arange(24) + 0.3), 1).reshape(1, 2, 4, 3)
X_2 = np.round(1.5 * np.cos(2.3 * np.arange(24) - 0.8), 1).reshape(3, 1, 4, 2)
W_3 = np.array([[0.5, -1.2, 0.3], [0.8, 0.4, 1.1], [-0.6, 0.9, 0.2]])
W_2 = np.array([[2.0, 1.0], [3.0, -1.0]])

EXERCISE = Exercise(
    id="8.2",
    title="One matrix at every pixel",
    difficulty=1,
    minutes=5,
    key=conv1x1,
    probes=((X_3, W_3), (X_2, W_2)),
    misconceptions=(
        Misconception(
            "x @ W",
            lambda x, W: np.dot(x, W),
            "This multiplies each pixel by the transposed matrix. The channels of a pixel lie in memory as a "
            "row, and `W` is meant for a column.",
        ),
        Misconception(
            "reshape to channels first",
            as_planes,
            "A `reshape` does not move an axis, it cuts the memory anew: what you call a channel is a "
            "mixture of channels and pixels. `np.moveaxis` or `np.transpose` would move it, but neither is "
            "needed.",
        ),
        Misconception(
            "diagonal only",
            lambda x, W: x * np.diag(W),
            "Each channel is multiplied by its own weight and nothing is mixed: you use the diagonal of `W` "
            "only.",
        ),
        Misconception(
            "row sums",
            lambda x, W: x * np.sum(W, axis=1),
            "Each channel is multiplied by the sum of a row of `W`. The products with the different input "
            "channels must be added, not the weights.",
        ),
        Misconception(
            "inverse",
            lambda x, W: np.dot(x, np.linalg.inv(W).T),
            "This is the way back, from latent to data.",
        ),
        Misconception(
            "added to x",
            lambda x, W: x + np.dot(x, W.T),
            "You add the product to `x`, as a residual layer does. Here it replaces `x`.",
        ),
        Misconception(
            "summed over the pixels",
            lambda x, W: np.dot(np.sum(x, axis=(1, 2), keepdims=True) + 0 * x, W.T),
            "You add over the pixels. They do not meet in this layer: each keeps its place.",
        ),
    ),
    properties=(
        ("with the identity for `W` nothing changes", lambda fn: np.allclose(fn(X_3, np.eye(3)), X_3)),
        (
            "with `W = [[0, 1], [1, 0]]` the two channels are exchanged",
            lambda fn: np.allclose(fn(X_2, np.eye(2)[::-1]), X_2[..., ::-1]),
        ),
        (
            "the first pixel of the result is `W @ x[0, 0, 0]`",
            lambda fn: np.allclose(fn(X_3, W_3)[0, 0, 0], np.dot(W_3, X_3[0, 0, 0])),
        ),
    ),
    hints=(
        "By (8.8) `z[n, h, w] = W @ x[n, h, w]` at each pixel. Loops are allowed, and slow.",
        "`@` with an array of four axes works on the last axis, and that is where the channels are. On "
        "which side must the matrix stand, and which way round?",
        "By (8.9) the matrix stands on the right, transposed.",
    ),
    why="The channels of each pixel are a row. A row times the transposed matrix is the transposed `W x`, at "
    "all pixels of all images at once.",
)
