"""Exercise 7.3: the inverse of an ActNorm."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from .probes import IMAGES_2, IMAGES_3


def actnorm_inverse(z, s, m, b):
    """x of z = s*(x - m) + b, for z of shape (N, H, W, C), and s, m and b of shape (C,); s is nowhere 0."""
    return (z - b) / s + m


S_3, M_3, B_3 = np.array([2.0, -3.0, 5.0]), np.array([4.0, 7.0, -6.0]), np.array([1.0, -2.0, 3.0])
S_2, M_2, B_2 = np.array([-4.0, 3.0]), np.array([-5.0, 8.0]), np.array([2.0, -1.0])

EXERCISE = Exercise(
    id="7.3",
    title="Back to the data",
    difficulty=1,
    minutes=4,
    key=actnorm_inverse,
    probes=((IMAGES_3, S_3, M_3, B_3), (IMAGES_2, S_2, M_2, B_2)),
    misconceptions=(
        Misconception(
            "z / s - b",
            lambda z, s, m, b: z / s - b + m,
            "Forward scales first and adds `b` then. What was done last must be undone first.",
        ),
        Misconception(
            "shift with the wrong sign",
            lambda z, s, m, b: (z + b) / s + m,
            "The shift `b` goes in the same direction once more.",
        ),
        Misconception(
            "multiplied again",
            lambda z, s, m, b: (z - b) * s + m,
            "Both shifts are undone. The scale is applied once more.",
        ),
        Misconception(
            "forward again",
            lambda z, s, m, b: s * (z - m) + b,
            "This is the forward map once more.",
        ),
        Misconception(
            "b forgotten",
            lambda z, s, m, b: z / s + m,
            "The scale is undone, and `m`. The shift `b` is still there.",
        ),
        Misconception(
            "m forgotten",
            lambda z, s, m, b: (z - b) / s,
            "This undoes `s*x + b`. Forward has subtracted `m` before that.",
        ),
        Misconception(
            "m subtracted once more",
            lambda z, s, m, b: (z - b) / s - m,
            "The scale and `b` are undone. `m` goes in the same direction once more.",
        ),
        Misconception(
            "m divided by s",
            lambda z, s, m, b: (z - b + m) / s,
            "You divide `m` by `s`, too. Forward subtracts it before it scales, so `m` is in units of `x`.",
        ),
        Misconception(
            "only the shift divided",
            lambda z, s, m, b: z - b / s + m,
            "Python divides before it subtracts: in `z - b/s` only the shift is divided by `s`.",
        ),
        Misconception(
            "m and b exchanged",
            lambda z, s, m, b: (z - m) / s + b,
            "You have exchanged `m` and `b`. Which of them does forward add last?",
        ),
        Misconception(
            "m with b",
            lambda z, s, m, b: (z - b - m) / s,
            "You take away `b` and `m` together. `m` was subtracted, and before the scaling: it comes back "
            "in another step.",
        ),
        Misconception(
            "scale taken for its log",
            lambda z, s, m, b: (z - b) * np.exp(-s) + m,
            "You take the exponential of `s`. Here `s` is the scale itself, not its logarithm.",
        ),
        Misconception(
            "size of s only",
            lambda z, s, m, b: (z - b) / np.abs(s) + m,
            "A negative scale turns a channel around, and yours leaves it so. The size of `s` belongs "
            "to the log-det only.",
        ),
        Misconception(
            "statistics of z",
            lambda z, s, m, b: (z - np.mean(z, axis=(0, 1, 2))) / np.std(z, axis=(0, 1, 2)),
            "You normalize `z` by its own mean and standard deviation. The layer has constants, `s`, `m` "
            "and `b`: undo those.",
        ),
    ),
    properties=(
        (
            "with `s = 1`, `m = 0` and `b = 0` nothing changes",
            lambda fn: np.allclose(fn(IMAGES_3, np.ones(3), np.zeros(3), np.zeros(3)), IMAGES_3),
        ),
        (
            "forward brings the result back to `z`",
            lambda fn: np.allclose(S_3 * (fn(IMAGES_3, S_3, M_3, B_3) - M_3) + B_3, IMAGES_3),
        ),
    ),
    hints=(
        "For one number, `z = s*(x - m) + b` is a straight line. Solve for `x`, the last operation first.",
        "`s`, `m` and `b` have shape `(C,)` and `z` has the channels last, so they need no reshaping.",
    ),
    why="Each value is one linear equation with the slope `s`, and `s` is not 0. No batch is needed for it: "
    "a single sample can be drawn.",
)
