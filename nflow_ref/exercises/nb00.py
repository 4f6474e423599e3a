"""Practice exercises of notebook 00: how an exercise works, and which way f goes."""

import autograd.numpy as np

from .engine import Exercise, Misconception
from .probes import mass

LOG_2PI = np.log(2 * np.pi)


def log_density(z):
    """log p_z(z) of the standard normal, in nats."""
    return -(z**2) / 2 - np.log(2 * np.pi) / 2


def to_latent(x):
    """z = f(x), when the data are made by x = 2 z + 1."""
    return (x - 1) / 2


GRID = np.array([-2.3, -0.4, 0.7, 1.9])

EXERCISES = (
    Exercise(
        id="0.1",
        title="The log-density of a standard normal",
        difficulty=1,
        minutes=3,
        key=log_density,
        probes=((np.array([-2.1, -0.6, 0.0, 0.8, 3.0]),), (np.array([1.7]),)),
        misconceptions=(
            Misconception(
                "no normalizer",
                lambda z: -(z**2) / 2,
                "The curve has the right form but not the right height: the integral of `exp` of your "
                "result is not 1. Which constant makes it 1, and what is the log of that constant?",
            ),
            Misconception(
                "density instead of log-density",
                lambda z: np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi),
                "This is the density itself. Its logarithm is asked for. Log-densities can be added, "
                "and they do not run out of digits where the density is tiny.",
            ),
            Misconception(
                "log10 in the constant",
                lambda z: -(z**2) / 2 - np.log10(2 * np.pi) / 2,
                "Your constant uses the logarithm to base 10. The log that undoes "
                "`exp` is the natural one, `np.log`.",
            ),
            Misconception(
                "log2 in the constant",
                lambda z: -(z**2) / 2 - np.log2(2 * np.pi) / 2,
                "Your constant uses the logarithm to base 2, your exponent the natural one. Both must "
                "have the same base: here `np.log`.",
            ),
            Misconception(
                "log10 of the density",
                lambda z: log_density(z) / np.log(10),
                "You took the logarithm to base 10 of the right density. Everything here is in nats, "
                "the unit of the natural logarithm: `np.log`.",
            ),
            Misconception(
                "bits",
                lambda z: log_density(z) / np.log(2),
                "Your result is in bits: it uses the logarithm to base 2. This course computes in nats, "
                "the unit of the natural logarithm `np.log`, and divides by `log 2` only at the very end.",
            ),
            Misconception(
                "plus in the exponent",
                lambda z: z**2 / 2 - LOG_2PI / 2,
                "Your density grows without end as `z` moves away from 0. Look at the sign of `z**2`: "
                "the bell has its top at 0.",
            ),
            Misconception(
                "no square root",
                lambda z: -(z**2) / 2 - LOG_2PI,
                "The normalizer of the normal density is the square root of `2 pi`. What does a square "
                "root become when you take its log?",
            ),
            Misconception(
                "log of the normalizer added",
                lambda z: -(z**2) / 2 + LOG_2PI / 2,
                "The normalizer divides the density. A division becomes a subtraction when you take the log.",
            ),
            Misconception(
                "no 1/2 in the exponent",
                lambda z: -(z**2) - LOG_2PI / 2,
                "Your bell is too narrow: there is a factor 1/2 in the exponent of the normal density, "
                "and it is still there in the log.",
            ),
        ),
        properties=(
            (
                "`z` and `-z` have the same density",
                lambda fn: np.allclose(fn(GRID), fn(-GRID)),
            ),
            ("the density falls when `z` moves away from 0", lambda fn: fn(np.ones(1)) < fn(np.zeros(1))),
            (
                "the density, `exp` of your result, integrates to 1",
                lambda fn: abs(mass(fn, -12, 12) - 1) < 1e-6,
            ),
        ),
        hints=(
            "The standard normal density is an exponential, divided by a constant. Take the log of "
            "both parts.",
            "`log(exp(u) / c) = u - log c`. What are `u` and `c` here?",
            "`u` is `-z**2 / 2`, and `c` is the square root of `2 pi`, whose log is half a log.",
        ),
        why="The exponent gives the form and the normalizer gives the height, so that the density "
        "integrates to 1. Every flow in this course ends in a base density like this one.",
    ),
    Exercise(
        id="0.2",
        title="Which way does f go?",
        difficulty=1,
        minutes=3,
        key=to_latent,
        probes=((np.array([-2.0, 0.3, 1.8, 4.0]),), (np.array([-0.7, 2.6]),)),
        misconceptions=(
            Misconception(
                "the generator itself",
                lambda x: 2 * x + 1,
                "This is the map that makes data: it goes from latent to data. In this course `f` goes "
                "the other way, from data `x` to latent `z`.",
            ),
            Misconception(
                "steps undone in the wrong order",
                lambda x: x / 2 - 1,
                "You undo both steps, but in the wrong order. What was done last is undone first, as "
                "with shoes and socks.",
            ),
            Misconception(
                "shift not reversed",
                lambda x: (x + 1) / 2,
                "The scale is undone, the shift is not: the way to `x` adds 1, so what does the way back do?",
            ),
            Misconception(
                "scale not reversed",
                lambda x: 2 * (x - 1),
                "The shift is undone, the scale is not: the way to `x` multiplies by 2, so what does "
                "the way back do?",
            ),
            Misconception(
                "parentheses forgotten",
                lambda x: x - 1 / 2,
                "Python divides before it subtracts: `x - 1 / 2` takes one half away from `x`. Put the "
                "difference in parentheses.",
            ),
            Misconception(
                "reciprocal",
                lambda x: 1 / (2 * x + 1),
                "The inverse of a map is not one divided by the map. It is the map that leads back: "
                "solve `x = 2 z + 1` for `z`.",
            ),
            Misconception(
                "no shift",
                lambda x: x / 2,
                "Dividing by 2 undoes the scale. The shift by 1 is still there.",
            ),
        ),
        properties=(
            ("a larger `x` comes from a larger `z`", lambda fn: np.all(np.diff(fn(GRID)) > 0)),
            (
                "two data that are 2 apart have latents that are 1 apart",
                lambda fn: np.allclose(fn(GRID + 2) - fn(GRID), 1),
            ),
            (
                "the generator `2 z + 1` brings your `z` back to `x`",
                lambda fn: np.allclose(2 * fn(GRID) + 1, GRID),
            ),
        ),
        hints=(
            "`f` goes from data to latent: you are given `x`, and you look for the `z` it came from.",
            "Solve `x = 2 z + 1` for `z`. Undo the last step first.",
            "First take the 1 away, then divide by 2.",
        ),
        why="`f` goes from data to latent, so it undoes the generator. That is the direction in which "
        "a density is computed: bring `x` to `z`, and ask the base density there.",
    ),
)
