"""Exercise 9.1: squeeze, space traded for channels."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from .probes import image


def squeeze_blocks(x):
    """(N, H, W, C) -> (N, H/2, W/2, 4C): channel (2a + b)*C + c is channel c at place (a, b) of a block."""
    places = [x[:, a::2, b::2] for a in (0, 1) for b in (0, 1)]
    return np.concatenate(places, axis=-1)


def plain(x):
    n, h, w, c = x.shape
    return x.reshape(n, h // 2, w // 2, 4 * c)


def channel_first(x):
    n, h, w, c = x.shape
    return np.stack([x[:, a::2, b::2] for a in (0, 1) for b in (0, 1)], axis=-1).reshape(
        n, h // 2, w // 2, 4 * c
    )


def quarters(x):
    h, w = x.shape[1] // 2, x.shape[2] // 2
    return np.concatenate([x[:, :h, :w], x[:, :h, w:], x[:, h:, :w], x[:, h:, w:]], axis=-1)


X = image(1, 2, 4, 3)
X_3 = image(3, 4, 2, 1)

EXERCISE = Exercise(
    id="9.1",
    title="Space for channels",
    difficulty=2,
    minutes=10,
    key=squeeze_blocks,
    probes=((X,), (X_3,)),
    misconceptions=(
        Misconception(
            "plain reshape",
            plain,
            "A reshape alone leaves the numbers in the order in which they lie in memory, so it joins four "
            "pixels of one row. The two rows of a block have to be brought together first.",
        ),
        Misconception(
            "channel first",
            channel_first,
            "The blocks are right, but the input channel counts more than the place: a later split would "
            "send whole channels away. Put all channels of one place next to each other.",
        ),
        Misconception(
            "column of the place first",
            lambda x: np.concatenate([x[:, a::2, b::2] for b in (0, 1) for a in (0, 1)], axis=-1),
            "Blocks and channels are right, but you go down each block before you go across: two of its four "
            "places are exchanged. The row of the place counts double.",
        ),
        Misconception(
            "quarters of the image",
            quarters,
            "You cut the image into its four quarters and stack them. The four numbers that meet in one "
            "pixel should be next neighbours.",
        ),
        Misconception(
            "every second pixel only",
            lambda x: x[:, ::2, ::2],
            "You keep one pixel of each block and drop the other three. That makes the image smaller and "
            "loses three quarters of it: no inverse.",
        ),
        Misconception(
            "rows and columns exchanged",
            lambda x: squeeze_blocks(np.transpose(x, (0, 2, 1, 3))),
            "The image comes out lying on its side: rows have become columns. With as many rows as "
            "columns, the shape would not have told.",
        ),
        Misconception(
            "last place first",
            lambda x: np.concatenate([x[:, a::2, b::2] for a in (1, 0) for b in (1, 0)], axis=-1),
            "Your places run backwards, from the lower right to the upper left.",
        ),
        Misconception(
            "channel and column first",
            lambda x: channel_first(np.transpose(x, (0, 2, 1, 3))).transpose(0, 2, 1, 3),
            "The blocks are right, but the order inside a pixel is turned round: the channel counts most and "
            "the row least. Formula (9.1) has the row first and the channel last.",
        ),
    ),
    properties=(
        (
            "no number is lost: the sorted numbers before and after are the same",
            lambda fn: np.array_equal(np.sort(fn(X).ravel()), np.sort(X.ravel())),
        ),
        (
            "the first channels of the result are those of the upper left pixel of each block",
            lambda fn: np.array_equal(fn(X)[..., :3], X[:, ::2, ::2]),
        ),
        (
            "what one image gives does not depend on the others",
            lambda fn: np.array_equal(fn(X_3)[1:], fn(X_3[1:])),
        ),
    ),
    hints=(
        "Which numbers does one place of all blocks have? For the place in row `a` and column `b` of the "
        "blocks: `x[:, a::2, b::2]`, all channels of it.",
        "By (9.1) the place counts before the channel, and the row of the place before its column: the order "
        "is (0, 0), (0, 1), (1, 0), (1, 1).",
        "Join four such arrays along the last axis with `np.concatenate(..., axis=-1)`.",
    ),
    why="Four coarse images, one for each place, stand one behind the other along the channels. Their first "
    "half still has every input channel, which is what a later split needs.",
)
