"""Exercise 9.6: the multiply-adds of the conditioners, level by level."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def multiply_adds(shape, hidden, levels, steps):
    """Multiply-adds of the conditioners at levels 1 to L, for one image: an array of shape (L,).

    shape is (H, W, C); hidden is h; there are `steps` couplings at each level.
    """
    H, W, C = shape
    k = np.arange(1, levels + 1)
    pixels, channels = H * W / 4.0**k, 2.0 ** (k + 1) * C
    first, second, third = 9 * channels / 2 * hidden, hidden**2, 9 * hidden * channels
    return steps * pixels * (first + second + third)


def by_rule(rule):
    """A wrong answer, from a rule (HW, C, h, k) for one step of level k."""

    def wrong(shape, hidden, levels, steps):
        H, W, C = shape
        return steps * np.array([rule(H * W, C, hidden, k) for k in range(1, levels + 1)])

    return wrong


SHAPE, SHAPE_2 = np.array([8, 16, 3]), np.array([8, 4, 1])

EXERCISE = Exercise(
    id="9.6",
    title="What each level costs",
    difficulty=2,
    minutes=8,
    key=multiply_adds,
    probes=((SHAPE, 5, 3, 2), (SHAPE_2, 6, 2, 3)),
    misconceptions=(
        Misconception(
            "no splits",
            by_rule(lambda HW, C, h, k: HW * (27 * C * h / 2 + h**2 / 4**k)),
            "These are the numbers of a flow in which nothing leaves. With splits, each squeeze meets only "
            "half of the channels.",
        ),
        Misconception(
            "one number for each channel",
            by_rule(lambda HW, C, h, k: HW * (18 * C * h / 2**k + h**2 / 4**k)),
            "Your networks put out one number for each channel that is changed. A coupling needs two: for "
            "its scale and for its shift.",
        ),
        Misconception(
            "middle convolution forgotten",
            by_rule(lambda HW, C, h, k: HW * 27 * C * h / 2**k),
            "The first and the last convolution are there. Between them stands one from the hidden channels "
            "to the hidden channels.",
        ),
        Misconception(
            "middle convolution 3×3",
            by_rule(lambda HW, C, h, k: HW * (27 * C * h / 2**k + 9 * h**2 / 4**k)),
            "You count nine pixels for the middle convolution, too. It looks at each pixel alone.",
        ),
        Misconception(
            "all pixels at every level",
            by_rule(lambda HW, C, h, k: HW * (27 * C * h * 2**k + h**2)),
            "You count all pixels of the image at every level. Each squeeze leaves a quarter of them.",
        ),
        Misconception(
            "one step",
            lambda shape, hidden, levels, steps: multiply_adds(shape, hidden, levels, 1),
            "This is the cost of a single step at each level.",
        ),
        Misconception(
            "added up",
            lambda shape, hidden, levels, steps: np.sum(multiply_adds(shape, hidden, levels, steps)),
            "You add up all levels. Asked is one number for each, to see where the work is done.",
        ),
        Misconception(
            "3 instead of 9",
            by_rule(lambda HW, C, h, k: HW * (9 * C * h / 2**k + h**2 / 4**k)),
            "A convolution of 3×3 looks at more than three pixels.",
        ),
        Misconception(
            "middle convolution at full size",
            by_rule(lambda HW, C, h, k: HW * (27 * C * h / 2**k + h**2)),
            "The middle convolution runs at every pixel of the whole image in your count. It, too, has only "
            "the pixels of its level.",
        ),
        Misconception(
            "all channels to the network",
            by_rule(lambda HW, C, h, k: HW * (36 * C * h / 2**k + h**2 / 4**k)),
            "Your network gets all channels. A coupling shows it only the half that stays as it is.",
        ),
        Misconception(
            "channels after the split",
            by_rule(lambda HW, C, h, k: HW * (27 * C * h / 2 ** (k + 1) + h**2 / 4**k)),
            "You count with the channels that are left after the split. The couplings come before it.",
        ),
        Misconception(
            "pixels before the squeeze",
            by_rule(lambda HW, C, h, k: 4 * HW * (27 * C * h / 2**k + h**2 / 4**k)),
            "Your level k has the pixels of the level before. It begins with a squeeze, the first level too.",
        ),
        Misconception(
            "one pixel",
            by_rule(lambda HW, C, h, k: 27 * 2**k * C * h + h**2),
            "This is the work at a single pixel of each level. How many pixels has it?",
        ),
    ),
    properties=(
        (
            "twice as many steps cost twice as much",
            lambda fn: np.allclose(fn(SHAPE, 5, 3, 4), 2 * fn(SHAPE, 5, 3, 2)),
        ),
        (
            "without hidden channels nothing is computed",
            lambda fn: np.allclose(fn(SHAPE, 0, 3, 2), 0),
        ),
        (
            "each level costs less than the one before, and more than a quarter of it",
            lambda fn: (
                np.all(np.diff(fn(SHAPE, 5, 3, 2)) < 0)
                and np.all(4 * fn(SHAPE, 5, 3, 2)[1:] > fn(SHAPE, 5, 3, 2)[:-1])
            ),
        ),
    ),
    hints=(
        "How many pixels and how many channels does level k have, after its squeeze and before its split?",
        "At each pixel, a convolution costs as many multiply-adds as its weight matrix has entries. There "
        "are three convolutions.",
        "With `c` channels the network gets `c/2` and puts out `c` numbers: `9*(c/2)*h + h*h + 9*h*c` for "
        "each pixel.",
    ),
    why="A quarter of the pixels with twice the channels: the work of the 3×3 convolutions is halved with "
    "each level, that of the middle one is quartered. So all levels after the first together cost less than "
    "the first.",
    rtol=1e-9,
)
