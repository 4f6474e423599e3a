"""Exercise 0.1: which way f goes."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def to_latent(x):
    """z = f(x), when the data are made by x = 2 z + 1."""
    return (x - 1) / 2


GRID = np.array([-2.3, -0.4, 0.7, 1.9])

EXERCISE = Exercise(
    id="0.1",
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
)
