"""Exercise 10.1: noise that makes a density of discrete images possible."""

import autograd.numpy as np

from ..engine import Exercise, Misconception

PIXELS = np.array([[0, 3, 16], [9, 12, 1]])
NOISE = np.array([[0.1, 0.75, 0.5], [0.999, 0.0, 0.33]])


def dequantized(x, u, levels):
    """Images x of whole numbers 0 .. levels - 1, spread over [0, 1) by noise u from [0, 1)."""
    return (x + u) / levels


EXERCISE = Exercise(
    id="10.1",
    title="Noise that fills the gaps",
    difficulty=1,
    minutes=4,
    key=dequantized,
    probes=((PIXELS, NOISE, 17), (PIXELS[0], NOISE[0], 32)),
    misconceptions=(
        Misconception(
            "divided by levels - 1",
            lambda x, u, levels: (x + u) / (levels - 1),
            "The top level with its noise lands above 1. There are `levels` cells of equal width on "
            "[0, 1), so how wide is one?",
        ),
        Misconception(
            "noise not scaled",
            lambda x, u, levels: x / levels + u,
            "Your noise is as wide as the whole range of gray values. It should fill one "
            "level, no more: "
            "scale the sum, not the image alone.",
        ),
        Misconception(
            "no noise",
            lambda x, u, levels: x / levels,
            "The noise is not used. Without it the data sit on a few points, and a density "
            "can be as high "
            "there as it likes.",
        ),
        Misconception(
            "centred noise",
            lambda x, u, levels: (x + u - 0.5) / levels,
            "Your noise is centred, so black pixels can become negative. The cell of level "
            "`k` starts at "
            "`k / levels`.",
        ),
        Misconception(
            "two different widths",
            lambda x, u, levels: x / (levels - 1) + u / levels,
            "Image and noise are scaled by different numbers: the cells leave gaps between them.",
        ),
        Misconception(
            "not scaled",
            lambda x, u, levels: x + u,
            "Each level has its cell, but the result runs from 0 to `levels`. It should run from 0 to 1.",
        ),
        Misconception(
            "image not scaled",
            lambda x, u, levels: x + u / levels,
            "You scale the noise and leave the image as it is. Scale the sum of both.",
        ),
        Misconception(
            "noise subtracted",
            lambda x, u, levels: (x - u) / levels,
            "You subtract the noise, so black pixels become negative. The cell of a level begins at the "
            "level and goes up.",
        ),
        Misconception(
            "cells too narrow",
            lambda x, u, levels: (x + u) / (levels + 1),
            "Your cells are too narrow: the highest ends below 1. Count the levels from 0 to `levels - 1`.",
        ),
    ),
    properties=(
        (
            "the result lies in [0, 1)",
            lambda fn: np.min(fn(PIXELS, NOISE, 17)) >= 0 and np.max(fn(PIXELS, NOISE, 17)) < 1,
        ),
        (
            "the level can be read off again: `floor(levels * y)` is `x`",
            lambda fn: np.all(np.floor(17 * fn(PIXELS, NOISE, 17) + 1e-9) == PIXELS),
        ),
    ),
    hints=(
        "Level 0 should fill the first cell, level 1 the next, and so on, without gaps.",
        "`x + u` fills the cells 0..1, 1..2, up to `levels`. What brings that to 0..1?",
    ),
    why="The cells touch and do not overlap. That is what makes the mass of a density on one cell the "
    "probability of one image.",
)
