"""Exercise 1.1: how much a map stretches a small interval, measured."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import CUBIC, FALLING, LINE, X


def stretch(f, x, h):
    """Length of the image of [x, x + h] under f, per unit of length: nearly |f'(x)| when h is small."""
    return np.abs(f(x + h) - f(x)) / h


EXERCISE = Exercise(
    id="1.1",
    title="Squeeze and stretch, measured",
    difficulty=1,
    minutes=5,
    key=stretch,
    probes=(
        (CUBIC[0], np.array([0.9, -1.3, 1.6, -0.2]), 0.1),
        (FALLING[0], np.array([-0.2, 0.9, -1.3]), 0.2),
        (LINE[0], np.array([0.4, -0.6]), 0.3),
    ),
    misconceptions=(
        Misconception(
            "no absolute value",
            lambda f, x, h: (f(x + h) - f(x)) / h,
            "A length is never negative, and yours is when `f` is decreasing: the image of the "
            "interval then begins on the right.",
        ),
        Misconception(
            "ratio upside down",
            lambda f, x, h: h / np.abs(f(x + h) - f(x)),
            "Your ratio is upside down: it says how much the way back, from `z` to `x`, stretches. "
            "What is asked for is the length in `z` for each unit of length in `x`.",
        ),
        Misconception(
            "not divided by h",
            lambda f, x, h: np.abs(f(x + h) - f(x)),
            "This is the length of the image. Compare it with the length that the interval had before.",
        ),
        Misconception(
            "interval on both sides",
            lambda f, x, h: np.abs(f(x + h) - f(x - h)) / (2 * h),
            "A good estimate of the slope, but for the interval `[x - h, x + h]`. Here `x` is the "
            "left end of the interval.",
        ),
        Misconception(
            "f(h) for the image of the interval",
            lambda f, x, h: np.abs(f(h) + 0 * x) / h,
            "`f(h)` is the image of the number `h`. The image of the interval lies between the "
            "images of its two ends: which are these?",
        ),
        Misconception(
            "f(x) + h",
            lambda f, x, h: np.abs(f(x) + h - f(x)) / h,
            "You move by `h` after `f` was applied, so every map seems to change nothing. Move "
            "first, in `x`, and then apply `f`.",
        ),
        Misconception(
            "interval to the left of x",
            lambda f, x, h: np.abs(f(x) - f(x - h)) / h,
            "This is the stretch of `[x - h, x]`, on the left of `x`. The interval that is asked for "
            "begins at `x`.",
        ),
        Misconception(
            "one image divided",
            lambda f, x, h: np.abs(f(x + h) - f(x) / h),
            "A division comes before a subtraction, so only one of the two images is divided by `h`. "
            "Which step needs parentheses?",
        ),
        Misconception(
            "sizes subtracted",
            lambda f, x, h: (np.abs(f(x + h)) - np.abs(f(x))) / h,
            "You drop the signs of the two images before you subtract. Then the distance of -1 and 2 "
            "would be 1: when must a sign be dropped?",
        ),
        Misconception(
            "multiplied by h",
            lambda f, x, h: np.abs(f(x + h) - f(x)) * h,
            "The length of the image is right, but you multiply it by `h`. What is a length for each unit "
            "of length?",
        ),
    ),
    properties=(
        ("the result is never negative", lambda fn: np.all(fn(LINE[0], X, 0.1) >= 0)),
        (
            "a shift, such as `x + 5`, neither squeezes nor stretches",
            lambda fn: np.allclose(fn(lambda x: x + 5, X, 0.1), 1),
        ),
        (
            "if `f` is multiplied by -2, the result is multiplied by 2",
            lambda fn: np.allclose(fn(lambda x: -2 * CUBIC[0](x), X, 0.1), 2 * fn(CUBIC[0], X, 0.1)),
        ),
    ),
    hints=(
        "Where do the two ends of the interval `[x, x + h]` go?",
        "They go to `f(x)` and `f(x + h)`. How far apart are these? A distance is never negative.",
        "Divide this distance by the length of the interval, `h`.",
    ),
    why="The image of the interval is as long as its ends are far apart, in either order. Its "
    "length per unit of `x` tends to `|f'(x)|`, the factor by which the density changes.",
)
