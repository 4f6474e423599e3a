"""Exercise 9.1: squeeze, space traded for channels, for blocks of any size."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from .probes import image


def squeeze_blocks(x, p):
    """Squeeze for blocks of p x p pixels: (N, H, W, C) -> (N, H/p, W/p, p*p*C).

    Channel (p*a + b)*C + c is channel c at place (a, b) of a block, with a and b from 0 to p - 1.
    """
    places = [x[:, a::p, b::p] for a in range(p) for b in range(p)]
    return np.concatenate(places, axis=-1)


def plain(x, p):
    n, h, w, c = x.shape
    return x.reshape(n, h // p, w // p, p * p * c)


def channel_first(x, p):
    n, h, w, c = x.shape
    return np.stack([x[:, a::p, b::p] for a in range(p) for b in range(p)], axis=-1).reshape(
        n, h // p, w // p, p * p * c
    )


def tiles(x, p):
    parts = [np.split(rows, p, axis=2) for rows in np.split(x, p, axis=1)]
    return np.concatenate([tile for row in parts for tile in row], axis=-1)


def twice(x, p):
    return squeeze_blocks(squeeze_blocks(x, 2), 2) if p == 4 else squeeze_blocks(x, p)


X = image(1, 2, 4, 3)
X_3 = image(2, 6, 3, 1)
X_4 = image(1, 4, 8, 1)

EXERCISE = Exercise(
    id="9.1",
    title="Blocks of any size",
    difficulty=2,
    minutes=8,
    key=squeeze_blocks,
    probes=((X, 2), (X_3, 3), (X_4, 4)),
    misconceptions=(
        Misconception(
            "plain reshape",
            plain,
            "A reshape alone leaves the numbers in the order in which they lie in memory, so it joins pixels "
            "of one row. The rows of a block have to be brought together first.",
        ),
        Misconception(
            "channel first",
            channel_first,
            "The blocks are right, but the input channel counts more than the place: a later split would "
            "send whole channels away. Put all channels of one place next to each other.",
        ),
        Misconception(
            "column of the place first",
            lambda x, p: np.concatenate([x[:, a::p, b::p] for b in range(p) for a in range(p)], axis=-1),
            "Blocks and channels are right, but you go down each block before you go across. The row of the "
            "place counts more than its column.",
        ),
        Misconception(
            "tiles of the image",
            tiles,
            "You cut the image into `p` times `p` large tiles and stack them. The numbers that meet in one "
            "pixel should be next neighbours.",
        ),
        Misconception(
            "one pixel of each block only",
            lambda x, p: x[:, ::p, ::p],
            "You keep one pixel of each block and drop the others. That makes the image smaller and cannot "
            "be undone.",
        ),
        Misconception(
            "rows and columns exchanged",
            lambda x, p: squeeze_blocks(np.transpose(x, (0, 2, 1, 3)), p),
            "The image comes out lying on its side: rows have become columns. With as many rows as "
            "columns, the shape would not have told.",
        ),
        Misconception(
            "last place first",
            lambda x, p: np.concatenate(
                [x[:, a::p, b::p] for a in range(p)[::-1] for b in range(p)[::-1]], axis=-1
            ),
            "Your places run backwards, from the lower right to the upper left.",
        ),
        Misconception(
            "channel and column first",
            lambda x, p: channel_first(np.transpose(x, (0, 2, 1, 3)), p).transpose(0, 2, 1, 3),
            "The blocks are right, but the order inside a pixel is turned round: the channel counts most and "
            "the row least. Formula (9.1) has the row first and the channel last.",
        ),
        Misconception(
            "squeezed twice",
            twice,
            "Right for other block sizes. For four you squeeze twice: that makes the right blocks, and "
            "another order in them. Which bits of the row and of the column does each squeeze take?",
        ),
    ),
    properties=(
        (
            "no number is lost: the sorted numbers before and after are the same",
            lambda fn: np.array_equal(np.sort(fn(X, 2).ravel()), np.sort(X.ravel())),
        ),
        (
            "the first channels of the result are those of the upper left pixel of each block",
            lambda fn: np.array_equal(fn(X, 2)[..., :3], X[:, ::2, ::2]),
        ),
        (
            "what one image gives does not depend on the others",
            lambda fn: np.array_equal(fn(X_3, 3)[1:], fn(X_3[1:], 3)),
        ),
    ),
    hints=(
        "Which numbers does one place of all blocks have? For the place in row `a` and column `b` of the "
        "blocks: `x[:, a::p, b::p]`, all channels of it.",
        "By (9.1) the place counts before the channel, and the row of the place before its column: the order "
        "is (0, 0), (0, 1), and so on to the end of the row, then (1, 0).",
        "Join all these arrays along the last axis with `np.concatenate(..., axis=-1)`.",
    ),
    why="Coarse images, one for each place, stand one behind the other along the channels. With `p = 2` "
    "their first half still has every input channel, which is what a later split needs.",
)
