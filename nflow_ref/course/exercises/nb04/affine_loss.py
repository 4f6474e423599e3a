"""Exercise 4.1: the loss of affine maps, from two numbers of the data."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def affine_loss(a, b, mean, mean_square):
    """The loss of z = a*x + b for M maps, (M,), from the mean of x and the mean of x**2."""
    square = a**2 * mean_square + 2 * a * b * mean + b**2
    return square / 2 + np.log(2 * np.pi) / 2 - np.log(np.abs(a))


def base(square):
    """The base term, from the mean square of the latents."""
    return square / 2 + np.log(2 * np.pi) / 2


def square(a, b, mean, mean_square):
    return a**2 * mean_square + 2 * a * b * mean + b**2


A, B = np.array([1.9, -0.4, -1.2]), np.array([0.7, 1.2, -0.8])

EXERCISE = Exercise(
    id="4.1",
    title="The loss from two numbers",
    difficulty=2,
    minutes=7,
    key=affine_loss,
    probes=((A, B, 0.6, 2.3), (A[:2], B[1:], -1.4, 3.7), (-A, B, 0.6, 2.3)),
    misconceptions=(
        Misconception(
            "no log-det",
            lambda a, b, mean, mean_square: base(square(a, b, mean, mean_square)),
            "Only the base term is there. With it alone, `a = 0` and `b = 0` would be the best map of all: "
            "which term forbids that?",
        ),
        Misconception(
            "log-det with the wrong sign",
            lambda a, b, mean, mean_square: base(square(a, b, mean, mean_square)) + np.log(np.abs(a)),
            "The log-det has a plus sign in the log-density. The loss is minus the log-density, all of it.",
        ),
        Misconception(
            "log of a, without absolute value",
            lambda a, b, mean, mean_square: base(square(a, b, mean, mean_square)) - np.log(a),
            "One of the maps is decreasing, and its slope has no log. Only the size of the slope counts.",
        ),
        Misconception(
            "log-likelihood",
            lambda a, b, mean, mean_square: -base(square(a, b, mean, mean_square)) + np.log(np.abs(a)),
            "This is the mean log-likelihood, to be maximised. The loss is to be minimised.",
        ),
        Misconception(
            "square of the mean",
            lambda a, b, mean, mean_square: base((a * mean + b) ** 2) - np.log(np.abs(a)),
            "You square the mean of `z`. Then latents on both sides of 0 cancel, and their spread costs "
            "nothing. Which comes first, the square or the mean?",
        ),
        Misconception(
            "mixed term forgotten",
            lambda a, b, mean, mean_square: base(a**2 * mean_square + b**2) - np.log(np.abs(a)),
            "A term is missing: the square of a sum has a mixed one, and the mean of `x` is not 0.",
        ),
        Misconception(
            "mixed term once",
            lambda a, b, mean, mean_square: (
                base(a**2 * mean_square + a * b * mean + b**2) - np.log(np.abs(a))
            ),
            "The mixed term of `(a*x + b)**2` is there, but only half of it.",
        ),
        Misconception(
            "mean square taken for the variance",
            lambda a, b, mean, mean_square: (
                base(a**2 * mean_square + (a * mean + b) ** 2) - np.log(np.abs(a))
            ),
            "You count the mean of `x` twice: the mean of `x**2` is not the variance, it holds the square of "
            "the mean already.",
        ),
        Misconception(
            "slope not squared",
            lambda a, b, mean, mean_square: (
                base(a * mean_square + 2 * a * b * mean + b**2) - np.log(np.abs(a))
            ),
            "In your first term the slope is not squared: a decreasing map would get a negative mean square.",
        ),
        Misconception(
            "shift not squared",
            lambda a, b, mean, mean_square: (
                base(a**2 * mean_square + 2 * a * b * mean + b) - np.log(np.abs(a))
            ),
            "The last term of the square is wrong: with `a` near 0 all latents are `b`, and what is "
            "their mean square?",
        ),
        Misconception(
            "no normalizer of the base density",
            lambda a, b, mean, mean_square: square(a, b, mean, mean_square) / 2 - np.log(np.abs(a)),
            "The minimiser is right, but not the number: the normalizer of the standard normal density "
            "is missing.",
        ),
        Misconception(
            "square not halved",
            lambda a, b, mean, mean_square: (
                square(a, b, mean, mean_square) + np.log(2 * np.pi) / 2 - np.log(np.abs(a))
            ),
            "Your quadratic term is twice as large as it should be. Look at the log of the standard "
            "normal density again.",
        ),
        Misconception(
            "normalizer not halved",
            lambda a, b, mean, mean_square: (
                square(a, b, mean, mean_square) / 2 + np.log(2 * np.pi) - np.log(np.abs(a))
            ),
            "Your constant is twice as large as it should be. In the density `2 * np.pi` stands under a "
            "root: what becomes of that in the log?",
        ),
        Misconception(
            "absolute value of the log",
            lambda a, b, mean, mean_square: base(square(a, b, mean, mean_square)) - np.abs(np.log(a)),
            "You take the log first and its absolute value afterwards. A negative slope has no log, and "
            "the log of a slope below 1 must stay negative.",
        ),
    ),
    properties=(
        (
            "`-a`, `-b` have the same loss as `a`, `b`: the base density is even",
            lambda fn: np.allclose(fn(-A, -B, 0.6, 2.3), fn(A, B, 0.6, 2.3)),
        ),
        (
            "with data twice as large and `a` half as large, the loss is larger by `log(2)`",
            lambda fn: np.allclose(fn(A / 2, B, 1.2, 9.2) - fn(A, B, 0.6, 2.3), np.log(2)),
        ),
        (
            "data moved by 1, with `a` taken from `b`, change nothing",
            lambda fn: np.allclose(fn(A, B - A, 1.6, 4.5), fn(A, B, 0.6, 2.3)),
        ),
    ),
    hints=(
        "Expand `(a*x + b)**2` and take the mean of each part over the data.",
        "The mean square of the latents has three parts: one with `mean_square`, one with `mean`, and one "
        "without data.",
        "`a**2 * mean_square + 2*a*b*mean + b**2`, halved; half the log of `2 * np.pi`; minus the log of the "
        "absolute value of `a`.",
    ),
    why="A square knows the data through mean and mean square only, and the slope of a straight map is the "
    "same everywhere. So a million data and these two numbers have the same landscape: Eq. (4.12).",
)
