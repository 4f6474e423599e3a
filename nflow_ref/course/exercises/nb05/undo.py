"""Exercise 5.1: the inverse of a chain of two maps."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def undo(z, W, s, b):
    """x, when h = W x for each example and z = s*h + b."""
    h = (z - b) / s
    return np.linalg.solve(W, h.T).T


def solve(W, h):
    """x with W x = h for each row h."""
    return np.linalg.solve(W, h.T).T


Z = np.array([[0.4, -1.1, 0.7], [1.6, 0.3, -0.9], [-0.5, 2.2, 0.8], [-1.4, -0.6, 1.9]])
W = np.array([[0.9, 1.2, -0.3], [0.4, -0.8, 1.1], [-1.0, 0.5, 0.7]])
S, B = np.array([2.0, -0.6, 1.4]), np.array([0.5, -1.2, 0.9])
W_2, S_2, B_2 = np.array([[1.5, -0.7], [0.6, 0.8]]), np.array([-1.7, 0.4]), np.array([0.3, 1.1])

EXERCISE = Exercise(
    id="5.1",
    title="Undo a chain of two maps",
    difficulty=1,
    minutes=6,
    key=undo,
    probes=((Z, W, S, B), (Z[:2, :2], W_2, S_2, B_2), (Z[1:], W.T, -S, 2 * B)),
    misconceptions=(
        Misconception(
            "undone in the order of doing",
            lambda z, W, s, b: (solve(W, z) - b) / s,
            "Each map is undone rightly, but in the wrong order. Which of the two was the last to act?",
        ),
        Misconception(
            "shift undone after the scale",
            lambda z, W, s, b: solve(W, z / s - b),
            "Look at the second map alone: it scales, then shifts. Of these two steps the shift was "
            "the last, so what is undone first?",
        ),
        Misconception(
            "W transposed",
            lambda z, W, s, b: solve(W.T, (z - b) / s),
            "The order is right, but you solved with the transposed matrix. The examples are rows, "
            "and `W` acts on columns: `h = x @ W.T`.",
        ),
        Misconception(
            "W transposed taken for the inverse",
            lambda z, W, s, b: np.dot((z - b) / s, W),
            "`W.T` undoes `W` only if `W` is orthogonal, a rotation or a reflection. This one is any "
            "invertible matrix.",
        ),
        Misconception(
            "W applied once more",
            lambda z, W, s, b: np.dot((z - b) / s, W.T),
            "The scaling is undone. Then you multiply by `W` a second time, instead of undoing it.",
        ),
        Misconception(
            "forward",
            lambda z, W, s, b: s * np.dot(z, W.T) + b,
            "This is the chain itself, from data to latent. Asked is the way back.",
        ),
        Misconception(
            "shift not undone",
            lambda z, W, s, b: solve(W, z / s),
            "The shift `b` is still there: multiply out what the forward map makes of your result.",
        ),
        Misconception(
            "W not undone",
            lambda z, W, s, b: (z - b) / s,
            "This is `h`, the image of `x` under `W`. One of the two maps is still to be undone.",
        ),
        Misconception(
            "only the shift divided",
            lambda z, W, s, b: solve(W, z - b / s),
            "Python divides before it subtracts: in `z - b/s` only the shift is divided by `s`.",
        ),
        Misconception(
            "shift with the wrong sign",
            lambda z, W, s, b: solve(W, (z + b) / s),
            "The order is right. The shift `b` goes in the same direction once more.",
        ),
        Misconception(
            "scaled once more",
            lambda z, W, s, b: solve(W, (z - b) * s),
            "The shift and `W` are undone. The scale `s` is applied once more.",
        ),
        Misconception(
            "reciprocals of the entries of W",
            lambda z, W, s, b: np.dot((z - b) / s, 1 / W.T),
            "`1/W` takes the reciprocal of each entry. The inverse of a matrix is another thing: it "
            "solves `W x = h`.",
        ),
    ),
    properties=(
        (
            "the chain brings your result back to `z`",
            lambda fn: np.allclose(S * np.dot(fn(Z, W, S, B), W.T) + B, Z),
        ),
        (
            "when `W` is the identity, only the scale and the shift are undone",
            lambda fn: np.allclose(fn(Z, np.eye(3), S, B), (Z - B) / S),
        ),
    ),
    hints=(
        "Two maps were applied: first `W`, then scale and shift. Which is to be undone first?",
        "First `h` from `z`, coordinate by coordinate. Then `x` from `h`, by solving `W x = h`.",
        "`h = (z - b)/s`. `np.linalg.solve(W, h.T)` has the solutions as columns: transpose it.",
    ),
    why="The last map is undone first: scale and shift, then `W`. It is the order in which one "
    "takes off shoes and socks.",
)
