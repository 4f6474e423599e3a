"""Exercise 9.4: the level at which a row of the latent image left."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def level_of_row(r, levels):
    """The level, from 1 to levels, at which the numbers in the rows r of z left the flow.

    r is an array of row numbers, counted from 0. The result has its shape.
    """
    level = np.ones(r.shape)
    for k in range(1, levels):
        level = level + (r % 2**k == 2**k - 1)
    return level


def capped(rule):
    """A wrong answer, from a rule for one row and as many levels as one likes."""

    def wrong(r, levels):
        return np.array([min(levels, rule(int(row))) for row in r])

    return wrong


def trailing(row, bit):
    """How many bits at the end of a row number are `bit`."""
    count = 0
    while row % 2 == bit and count < 20:
        row, count = row // 2, count + 1
    return count


R = np.arange(16)
R_5 = np.array([31, 4, 23, 11, 7, 0, 47, 13])
R_1, R_2 = np.array([2, 5, 3, 6]), np.array([9, 3, 4, 7, 1])

EXERCISE = Exercise(
    id="9.4",
    title="The level of a row",
    difficulty=2,
    minutes=8,
    key=level_of_row,
    probes=((R, 3), (R_5, 5), (R_2, 2), (R_1, 1)),
    misconceptions=(
        Misconception(
            "odd rows leave first",
            capped(lambda row: 1 + trailing(row, 0)),
            "You let the odd rows leave first. The first half of the channels holds places (0, 0) and "
            "(0, 1): which row of each block is that?",
        ),
        Misconception(
            "as many levels as one likes",
            lambda r, levels: np.array([1 + trailing(int(row), 1) for row in r]),
            "Some of your levels do not exist. The last one does not split: all that is left, leaves.",
        ),
        Misconception(
            "two levels",
            capped(lambda row: 1 + row % 2),
            "Even rows leave at level 1, that is right. What is left is squeezed and split again: half of "
            "the odd rows leave at level 2.",
        ),
        Misconception(
            "all ones count",
            capped(lambda row: 1 + bin(row).count("1")),
            "You count all ones of the row number in binary. A one in front of a zero does not matter any "
            "more: the row has left by then.",
        ),
        Misconception(
            "in turns",
            lambda r, levels: 1 + r % levels,
            "You let the levels take turns. But level 1 takes half of all rows, level 2 half of the rest.",
        ),
        Misconception(
            "counted from 0",
            lambda r, levels: level_of_row(r, levels) - 1,
            "The order is right, but the first level is level 1.",
        ),
        Misconception(
            "the last level first",
            lambda r, levels: levels + 1 - level_of_row(r, levels),
            "You number the levels from the deepest. What leaves first, leaves at level 1.",
        ),
        Misconception(
            "the last level splits, too",
            lambda r, levels: level_of_row(r, levels + 1),
            "There is one level too many. The last level does not split: how often is the rest halved?",
        ),
        Misconception(
            "upper rows first",
            capped(lambda row: (row + 1).bit_length()),
            "You let the upper rows of the image leave first. A split takes the upper row of each block, all "
            "over the image.",
        ),
    ),
    properties=(
        ("half of all rows leave at level 1", lambda fn: np.sum(np.array(fn(R, 4)) == 1) == 8),
        ("with one level, it is the level of every row", lambda fn: np.all(np.array(fn(R_1, 1)) == 1)),
        ("no level is higher than the last", lambda fn: np.max(fn(R, 3)) == 3),
    ),
    hints=(
        "At level 1 the even rows leave. The odd row `r` is row `r // 2` of the image that goes on: when "
        "does it leave there?",
        "So it depends on remainders: a row goes on to level 2 if `r % 2 == 1`, and to level 3 if also "
        "`r % 4 == 3`. How does it continue?",
        "Start with ones, and add `r % 2**k == 2**k - 1` for each level `k` that splits.",
    ),
    why="A split sends the upper row of each block away, and the lower one goes on as a row of the next "
    "level. So the level is one more than the number of ones at the end of the row number in binary, and at "
    "most the number of levels.",
)
