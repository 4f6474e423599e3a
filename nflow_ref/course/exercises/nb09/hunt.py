"""Exercise 9.2: find the bug in a squeeze, by a test that no wrong version passes."""

import autograd.numpy as np

from ..engine import Misconception
from ..hunt import Hunt
from ..probes import named


def is_squeeze(version):
    """Whether version(x) is Eq. (9.1), and version(y, back=True) its inverse: True or False."""
    x = np.arange(96.0).reshape(2, 4, 6, 2)
    y = np.concatenate([x[:, a::2, b::2] for a in (0, 1) for b in (0, 1)], axis=-1)
    return np.array_equal(version(x), y) and np.array_equal(version(y, back=True), x)


def by_axes(axes, name):
    """Squeeze whose blocks, of axes (n, i, a, j, b, c), are put into this order, and its inverse."""

    def version(x, back=False):
        n, h, w, c = x.shape
        if not back:
            blocks = x.reshape(n, h // 2, 2, w // 2, 2, c)
            return np.transpose(blocks, axes).reshape(n, h // 2, w // 2, 4 * c)
        sizes = dict(zip(range(6), (n, h, 2, w, 2, c // 4), strict=True))
        blocks = x.reshape([sizes[axis] for axis in axes])
        return np.transpose(blocks, np.argsort(axes)).reshape(n, 2 * h, 2 * w, c // 4)

    return named(name, version)


def by_slices(x, back=False):
    """The right one, written in another way."""
    n, h, w, c = x.shape
    if not back:
        return np.concatenate([x[:, a::2, b::2] for a in (0, 1) for b in (0, 1)], axis=-1)
    places = x.reshape(n, h, w, 2, 2, c // 4)
    rows = [np.stack([places[..., a, b, :] for b in (0, 1)], axis=3) for a in (0, 1)]
    return np.stack([row.reshape(n, h, 2 * w, c // 4) for row in rows], axis=2).reshape(
        n, 2 * h, 2 * w, c // 4
    )


def quarters(x, back=False):
    """The four quarters of the image as channels."""
    if not back:
        h, w = x.shape[1] // 2, x.shape[2] // 2
        return np.concatenate([x[:, :h, :w], x[:, :h, w:], x[:, h:, :w], x[:, h:, w:]], axis=-1)
    a, b, c, d = np.split(x, 4, axis=-1)
    return np.concatenate([np.concatenate([a, b], axis=2), np.concatenate([c, d], axis=2)], axis=1)


def on_its_side(x, back=False):
    """Rows and columns of the image exchanged."""
    if back:
        return np.transpose(RIGHT(x, back=True), (0, 2, 1, 3))
    return RIGHT(np.transpose(x, (0, 2, 1, 3)))


def reshape(x, back=False):
    n, h, w, c = x.shape
    return x.reshape((n, 2 * h, 2 * w, c // 4) if back else (n, h // 2, w // 2, 4 * c))


RIGHT = by_axes((0, 1, 3, 2, 4, 5), "a right version")
ALSO_RIGHT = named("another right version", by_slices)
PLAIN = named("a plain reshape", reshape)
CHANNEL_FIRST = by_axes((0, 1, 3, 5, 2, 4), "the version above")
COLUMN_FIRST = by_axes((0, 1, 3, 4, 2, 5), "a version in which the column of the place counts double")
ON_ITS_SIDE = named("a version whose images lie on their side", on_its_side)
QUARTERS = named("a version that joins pixels far apart", quarters)
UPSIDE_DOWN = named(
    "a version that turns the batch round",
    lambda x, back=False: RIGHT(x, back)[::-1],
)
OTHER_WAY_BACK = named(
    "a version whose way back has another order",
    lambda x, back=False: CHANNEL_FIRST(x, back=True) if back else RIGHT(x),
)
OTHER_WAY_THERE = named(
    "a version whose way there has another order",
    lambda x, back=False: RIGHT(x, back=True) if back else CHANNEL_FIRST(x),
)
ONE_PLACE = named(
    "a version that shows one place four times",
    lambda x, back=False: RIGHT(x, back=True) if back else np.concatenate([x[:, ::2, ::2]] * 4, axis=-1),
)
VERSIONS = (
    CHANNEL_FIRST,
    RIGHT,
    PLAIN,
    QUARTERS,
    COLUMN_FIRST,
    ON_ITS_SIDE,
    UPSIDE_DOWN,
    OTHER_WAY_BACK,
    OTHER_WAY_THERE,
    ONE_PLACE,
    ALSO_RIGHT,
)


def numbers(n=2, h=4, w=6, c=2):
    return np.arange(float(n * h * w * c)).reshape(n, h, w, c)


def round_trip(version):
    x = numbers()
    return np.array_equal(version(version(x), back=True), x)


def sorted_numbers(version):
    y = version(numbers())
    return y.shape == (2, 2, 3, 8) and np.array_equal(np.sort(y.ravel()), numbers().ravel())


def on(x):
    """The key's test, on another image."""
    return lambda version: (
        np.array_equal(version(x), RIGHT(x)) and np.array_equal(version(RIGHT(x), back=True), x)
    )


def same_blocks(version):
    """Whether the same numbers meet in each pixel, in any order."""
    x = numbers()
    y = version(x)
    return y.shape == (2, 2, 3, 8) and np.array_equal(np.sort(y, axis=-1), np.sort(RIGHT(x), axis=-1))


EXERCISE = Hunt(
    id="9.2",
    title="Find the bug in a squeeze",
    difficulty=2,
    minutes=12,
    key=is_squeeze,
    probes=tuple((version,) for version in VERSIONS),
    misconceptions=(
        Misconception(
            "the round trip only",
            round_trip,
            "There and back gives the image again for every bijection, and a reordering with its own inverse "
            "is one. Where does each number stand in between?",
        ),
        Misconception(
            "the shape only",
            lambda version: version(numbers()).shape == (2, 2, 3, 8),
            "You see the shape alone. Many arrangements have it: which number should stand where?",
        ),
        Misconception(
            "no number lost",
            sorted_numbers,
            "You test that no number is lost. A reordering loses none: test the order.",
        ),
        Misconception(
            "one channel",
            on(numbers(c=1)),
            "Your image has a single channel, and then two orders are the same that differ for two. The "
            "version above is one of them.",
        ),
        Misconception(
            "one image",
            on(numbers(n=1)),
            "Your batch holds one image only, so it cannot tell which image became which.",
        ),
        Misconception(
            "an image without differences",
            on(np.ones((2, 4, 4, 2))),
            "Nothing fails your test. Numbers that are all alike look the same in every order, and rows like "
            "columns on a square: give each entry its own number.",
        ),
        Misconception(
            "the way there only",
            lambda version: np.array_equal(version(numbers()), RIGHT(numbers())),
            "The way there is tested well. The way back may have another order, and then a latent gives "
            "another image.",
        ),
        Misconception(
            "the way back only",
            lambda version: np.array_equal(version(RIGHT(numbers()), back=True), numbers()),
            "The way back is tested well. The way there may be wrong all the same.",
        ),
        Misconception(
            "the first place only",
            lambda version: (
                np.array_equal(version(numbers())[..., :2], numbers()[:, ::2, ::2])
                and np.array_equal(version(RIGHT(numbers()), back=True), numbers())
            ),
            "You look at the channels of the first place of each block. What stands in the others?",
        ),
        Misconception(
            "which numbers meet",
            same_blocks,
            "You test which numbers meet in one pixel, and not in which order they stand there. A split "
            "takes the first half of them.",
        ),
    ),
    properties=(
        ("the version above fails", lambda fn: not fn(CHANNEL_FIRST)),
        ("a plain reshape fails", lambda fn: not fn(PLAIN)),
        ("a way back in another order fails", lambda fn: not fn(OTHER_WAY_BACK)),
    ),
    hints=(
        "Number the entries, as in Figure 9.2. How many channels, how many images, how many rows and columns "
        "must your image have, so that no mistake is invisible?",
        "What squeeze should give you know from (9.1): `x[:, a::2, b::2]` are the places `(a, b)` of all "
        "blocks. Compare with `np.array_equal`.",
        "Test the way back by itself: `version(y, back=True)`, with a `y` that you have made, not with what "
        "`version` made.",
    ),
    why="An image in which every entry has its own number, with two channels, two images and more columns "
    "than rows: on it any two arrangements differ. The version above puts the channel before the place, and "
    "a split behind it would send away all of the first channel.",
)
