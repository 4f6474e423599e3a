"""Exercise 7.3: the inverse of an ActNorm."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from .probes import IMAGES_2, IMAGES_3


def actnorm_inverse(z, s, b):
    """x of z = s*x + b, for z of shape (N, H, W, C), and s and b of shape (C,); s is nowhere 0."""
    return (z - b) / s


S_3, B_3 = np.array([2.0, -3.0, 5.0]), np.array([1.0, -2.0, 3.0])
S_2, B_2 = np.array([-4.0, 3.0]), np.array([2.0, -1.0])

EXERCISE = Exercise(
    id="7.3",
    title="Back to the data",
    difficulty=1,
    minutes=3,
    key=actnorm_inverse,
    probes=((IMAGES_3, S_3, B_3), (IMAGES_2, S_2, B_2)),
    misconceptions=(
        Misconception(
            "z / s - b",
            lambda z, s, b: z / s - b,
            "Forward scales first and shifts then. What was done last must be undone first.",
        ),
        Misconception(
            "shift with the wrong sign",
            lambda z, s, b: (z + b) / s,
            "The shift goes in the same direction once more.",
        ),
        Misconception(
            "multiplied again",
            lambda z, s, b: (z - b) * s,
            "The shift is undone. The scale is applied once more.",
        ),
        Misconception(
            "forward again",
            lambda z, s, b: s * z + b,
            "This is the forward map once more.",
        ),
        Misconception(
            "shift forgotten",
            lambda z, s, b: z / s,
            "The scale is undone, and the shift is still there.",
        ),
        Misconception(
            "size of s only",
            lambda z, s, b: (z - b) / np.abs(s),
            "A negative scale turns a channel around, and yours leaves it so. The size of `s` belongs "
            "to the log-det only.",
        ),
        Misconception(
            "statistics of z",
            lambda z, s, b: (z - np.mean(z, axis=(0, 1, 2))) / np.std(z, axis=(0, 1, 2)),
            "You normalize `z` by its own mean and standard deviation. The layer has constants, `s` and `b`: "
            "undo those.",
        ),
    ),
    properties=(
        (
            "with `s = 1` and `b = 0` nothing changes",
            lambda fn: np.allclose(fn(IMAGES_3, np.ones(3), np.zeros(3)), IMAGES_3),
        ),
        (
            "forward brings the result back to `z`",
            lambda fn: np.allclose(S_3 * fn(IMAGES_3, S_3, B_3) + B_3, IMAGES_3),
        ),
    ),
    hints=(
        "For one number, `z = s*x + b` is a straight line. Solve for `x`.",
        "`s` and `b` have shape `(C,)` and `z` has the channels last, so they meet without any reshaping.",
    ),
    why="Each value is one linear equation with the slope `s`, and `s` is not 0. No batch is needed for it: "
    "a single sample can be drawn.",
)
