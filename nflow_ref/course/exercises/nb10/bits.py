"""Exercise 10.2: a test that tells right versions of bits per dimension from wrong ones."""

import autograd.numpy as np

from ..engine import Misconception
from ..hunt import Hunt
from ..probes import named

LOG_2 = np.log(2)


def is_right(bits):
    """Whether bits(log_p, shape, levels) computes Eq. (10.9): True or False."""
    log_p = np.array([0, 24 * np.log(2)])  # uniform, and twice as high in each of 2 · 3 · 4 dimensions
    return np.allclose(bits(log_p, (2, 3, 4), 8), [3, 2])


def version(rule):
    """bits(log_p, shape, levels), from a rule (log_p, D, levels, shape)."""
    return lambda log_p, shape, levels: rule(log_p, shape[0] * shape[1] * shape[2], levels, shape)


RIGHT = named("a right version", version(lambda log_p, D, levels, _: (np.log(levels) - log_p / D) / LOG_2))
IN_BITS = named(
    "another right version", version(lambda log_p, D, levels, _: np.log2(levels) - log_p / LOG_2 / D)
)
PIXELS = named(
    "a version that divides by the pixels",
    version(lambda log_p, D, levels, shape: (np.log(levels) - log_p / shape[0] / shape[1]) / LOG_2),
)
HEIGHT_TWICE = named(
    "a version that takes the width for as large as the height",
    version(lambda log_p, D, levels, s: (np.log(levels) - log_p / (s[0] * s[0] * s[2])) / LOG_2),
)
NATS = named("a version in nats", version(lambda log_p, D, levels, _: np.log(levels) - log_p / D))
NO_OFFSET = named("a version without the offset", version(lambda log_p, D, levels, _: -log_p / D / LOG_2))
MINUS_OFFSET = named(
    "a version that subtracts the offset",
    version(lambda log_p, D, levels, _: (-np.log(levels) - log_p / D) / LOG_2),
)
OFFSET_IN_NATS = named(
    "a version with the offset in nats",
    version(lambda log_p, D, levels, _: np.log(levels) - log_p / D / LOG_2),
)
OFFSET_DIVIDED = named(
    "a version that divides the offset by D, too",
    version(lambda log_p, D, levels, _: (np.log(levels) - log_p) / D / LOG_2),
)
PLUS = named(
    "a version that adds the log-density",
    version(lambda log_p, D, levels, _: (np.log(levels) + log_p / D) / LOG_2),
)
WHOLE_IMAGE = named(
    "a version for the whole image", version(lambda log_p, D, levels, _: (D * np.log(levels) - log_p) / LOG_2)
)
SUMMED = named(
    "a version that adds up the batch",
    version(lambda log_p, D, levels, _: (np.log(levels) - np.sum(log_p) / D + 0 * log_p) / LOG_2),
)
AVERAGED = named(
    "a version that averages the batch",
    version(lambda log_p, D, levels, _: (np.log(levels) - np.mean(log_p) / D + 0 * log_p) / LOG_2),
)
ALL = (
    RIGHT, PIXELS, IN_BITS, HEIGHT_TWICE, NATS, NO_OFFSET, MINUS_OFFSET, OFFSET_IN_NATS, OFFSET_DIVIDED, PLUS,
    WHOLE_IMAGE, SUMMED, AVERAGED,
)  # fmt: skip


def known(bits, shape, log_2s, levels=8):
    """Whether bits is right for densities that are 2**log_2s as high in each dimension, in one batch."""
    log_p = np.array([n * shape[0] * shape[1] * shape[2] * LOG_2 for n in log_2s])
    return np.allclose(bits(log_p, shape, levels), [np.log2(levels) - n for n in log_2s])


def one_bit_less(bits):
    flat, high = (bits(np.array([n * 24 * LOG_2]), (2, 3, 4), 8) for n in (0, 1))
    return np.allclose(flat - high, 1)


def fewer_bits(bits):
    flat, high = (bits(np.array([n * 24 * LOG_2]), (2, 3, 4), 8) for n in (0, 1))
    return np.all(high < flat)


EXERCISE = Hunt(
    id="10.2",
    title="A test for bits per dimension",
    difficulty=2,
    minutes=6,
    key=is_right,
    probes=tuple((bits,) for bits in ALL),
    misconceptions=(
        Misconception(
            "the uniform density only",
            lambda bits: known(bits, (2, 3, 4), [0, 0]),
            "Your test uses the uniform density, whose log-density is 0. So it sees the offset, and whatever "
            "is done to `log_p` passes.",
        ),
        Misconception(
            "the saving only",
            one_bit_less,
            "Your test takes the difference of two densities. In a difference the offset drops out: versions "
            "with a wrong one pass.",
        ),
        Misconception(
            "higher is better only",
            fewer_bits,
            "Your test asks whether a higher density costs fewer bits. That finds a wrong sign. How many "
            "bits fewer should it be?",
        ),
        Misconception(
            "one channel",
            lambda bits: known(bits, (4, 6, 1), [0, 1]),
            "Your images have one channel. A version that forgets the channels passes, as the suspect does.",
        ),
        Misconception(
            "a single pixel",
            lambda bits: known(bits, (1, 1, 1), [0, 1]),
            "Your image has one dimension. Whatever is divided by a wrong number of dimensions is divided "
            "by 1.",
        ),
        Misconception(
            "square images",
            lambda bits: known(bits, (3, 3, 2), [0, 1]),
            "Your images are as high as they are wide. A version that confuses the two passes.",
        ),
        Misconception(
            "one image at a time",
            lambda bits: all(known(bits, (2, 3, 4), [n]) for n in (0, 1)),
            "Your test gives one image at a time. What a version does to a batch it does not see: each image "
            "should keep a number of its own.",
        ),
        Misconception(
            "images all alike",
            lambda bits: known(bits, (2, 3, 4), [0, 0]) and known(bits, (2, 3, 4), [1, 1]),
            "The images of your batch all have the same log-density. A version that averages over the batch "
            "passes.",
        ),
        Misconception(
            "not below zero",
            lambda bits: np.all(bits(np.array([0, 24 * LOG_2]), (2, 3, 4), 8) >= 0),
            "Your test asks whether the bits are negative. Most wrong versions keep above zero. Use "
            "densities whose bits you know.",
        ),
        Misconception(
            "shape and finiteness",
            lambda bits: np.shape(bits(np.array([0, 24 * LOG_2]), (2, 3, 4), 8)) == (2,),
            "Your test looks at the shape of the result. All of these versions give one number for each "
            "image: look at the numbers.",
        ),
    ),
    properties=(
        ("a right version passes", lambda fn: fn(RIGHT)),
        ("the suspect does not pass", lambda fn: not fn(PIXELS)),
        ("nats are not taken for bits", lambda fn: not fn(NATS)),
        ("a missing offset is found", lambda fn: not fn(NO_OFFSET)),
        ("a wrong sign of the log-density is found", lambda fn: not fn(PLUS)),
        ("an average over the batch is found", lambda fn: not fn(AVERAGED)),
    ),
    hints=(
        "The uniform density on the cube has the log-density 0. How many bits does it need for a level out "
        "of 8? That tests one half of the formula.",
        "A density that is twice as high in each dimension saves exactly one bit for each of them. What is "
        "its log-density, for images of the shape (2, 3, 4)?",
        "Put both into one batch, and choose a shape with three sides that differ, none of them 1.",
    ),
    why="Two densities that are known without a computer: the first tests the offset, the second "
    "what is done "
    "to the log-density. Three different sides tell which numbers are multiplied, and a batch of two whether "
    "each image keeps its own.",
)
