"""Exercise 9.2: the inverse of squeeze."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from .probes import image
from .squeeze import squeeze_blocks


def unsqueeze_blocks(y):
    """The inverse of Eq. (9.1): (N, h, w, 4C) -> (N, 2h, 2w, C)."""
    n, h, w, channels = y.shape
    C = channels // 4
    x = np.zeros((n, 2 * h, 2 * w, C))
    for a in (0, 1):
        for b in (0, 1):
            k = (2 * a + b) * C
            x[:, a::2, b::2] = y[..., k : k + C]
    return x


def by_axes(*axes):
    """A wrong inverse: the channels are read as (2, 2, C) and the axes put into this order."""

    def wrong(y):
        n, h, w, channels = y.shape
        return np.transpose(y.reshape(n, h, w, 2, 2, channels // 4), axes).reshape(
            n, 2 * h, 2 * w, channels // 4
        )

    return wrong


def overlapping_groups(y):
    C = y.shape[-1] // 4
    groups = [y[..., k : k + C] for k in range(4)]
    return unsqueeze_blocks(np.concatenate(groups, axis=-1))


def channel_first(y):
    n, h, w, channels = y.shape
    split = y.reshape(n, h, w, channels // 4, 2, 2)
    return np.transpose(split, (0, 1, 4, 2, 5, 3)).reshape(n, 2 * h, 2 * w, channels // 4)


def quarters(y):
    parts = np.split(y, 4, axis=-1)
    upper, lower = (np.concatenate(pair, axis=2) for pair in (parts[:2], parts[2:]))
    return np.concatenate([upper, lower], axis=1)


Y = image(1, 2, 4, 12)
Y_3 = image(3, 4, 2, 4)
Y_2 = image(1, 2, 2, 8)

EXERCISE = Exercise(
    id="9.2",
    title="Back to the full resolution",
    difficulty=2,
    minutes=8,
    key=unsqueeze_blocks,
    probes=((Y,), (Y_3,), (Y_2,)),
    misconceptions=(
        Misconception(
            "plain reshape",
            lambda y: y.reshape(y.shape[0], 2 * y.shape[1], 2 * y.shape[2], -1),
            "A reshape alone lays the four places of a block side by side, in one row. Two of them belong "
            "into the row below.",
        ),
        Misconception(
            "channel first",
            channel_first,
            "You read the channels as if the input channel came first. Here all channels of one place stand "
            "next to each other.",
        ),
        Misconception(
            "column of the place first",
            by_axes(0, 1, 4, 2, 3, 5),
            "Two places of each block are exchanged: the second one belongs to the right of the first, not "
            "below it.",
        ),
        Misconception(
            "squeezed once more",
            lambda y: squeeze_blocks(y),
            "This squeezes once more: the image gets smaller still, and deeper.",
        ),
        Misconception(
            "four quarters",
            quarters,
            "You lay the four coarse images out as quarters of a large one. They have to be interleaved: "
            "neighbours of the full image come from different places.",
        ),
        Misconception(
            "rows and columns exchanged",
            lambda y: np.transpose(unsqueeze_blocks(y), (0, 2, 1, 3)),
            "The image comes out lying on its side: rows have become columns.",
        ),
        Misconception(
            "rows interleaved only",
            by_axes(0, 1, 3, 4, 2, 5),
            "The rows are interleaved well. Within a row, the two kinds of columns stand one behind the "
            "other: they must take turns, too.",
        ),
        Misconception(
            "columns interleaved only",
            by_axes(0, 3, 1, 2, 4, 5),
            "Within a row all is well. The two kinds of rows stand one below the other: they must take "
            "turns, as the columns do.",
        ),
        Misconception(
            "overlapping groups",
            overlapping_groups,
            "Your groups of channels overlap. Each place has `C` channels of its own: where does the second "
            "group begin?",
        ),
        Misconception(
            "last place first",
            lambda y: unsqueeze_blocks(np.concatenate(np.split(y, 4, axis=-1)[::-1], axis=-1)),
            "You fill each block backwards. The first channels belong to its upper left pixel.",
        ),
    ),
    properties=(
        (
            "what it makes of a squeezed image is the image itself",
            lambda fn: np.array_equal(fn(squeeze_blocks(Y)), Y),
        ),
        (
            "every second pixel in every second row, from the first on, is the first quarter of the channels",
            lambda fn: np.array_equal(fn(Y)[:, ::2, ::2], Y[..., :3]),
        ),
        (
            "what one image gives does not depend on the others",
            lambda fn: np.array_equal(fn(Y_3)[1:], fn(Y_3[1:])),
        ),
    ),
    hints=(
        "Make an array of zeros for the full image. Which of its pixels are the places (0, 0) of all blocks?",
        "`x[:, a::2, b::2] = ...` writes to the places `(a, b)` of all blocks at once.",
        "Their numbers are `C` channels of `y`, from channel `(2*a + b)*C` on, with `C = y.shape[-1] // 4`.",
    ),
    why="Each place of the blocks gets its own group of channels back. No number is computed, so the inverse "
    "is exact to the last bit.",
)
