"""Exercise 10.3: bits per dimension."""

import autograd.numpy as np

from ..engine import Exercise, Misconception

SOME_LOG_P = np.array([70.0, 62.5, 55.25, 68.0])


def bits_per_dimension(log_p, height, width, channels, levels):
    """Bits per dimension of images, from the log-densities log_p of their dequantized form, in nats."""
    return (np.log(levels) - log_p / (height * width * channels)) / np.log(2)


EXERCISE = Exercise(
    id="10.3",
    title="Bits per dimension",
    difficulty=2,
    minutes=6,
    key=bits_per_dimension,
    probes=((SOME_LOG_P, 8, 6, 3, 17), (SOME_LOG_P[:1], 4, 5, 2, 256)),
    misconceptions=(
        Misconception(
            "nats",
            lambda log_p, height, width, channels, levels: (
                np.log(levels) - log_p / (height * width * channels)
            ),
            "The result is in nats. One bit is `log 2` nats.",
        ),
        Misconception(
            "no offset",
            lambda log_p, height, width, channels, levels: -log_p / (height * width * channels) / np.log(2),
            "The size of a cell is missing: without it the number measures gray values on [0,"
            " 1), not levels.",
        ),
        Misconception(
            "channels forgotten",
            lambda log_p, height, width, channels, levels: (
                (np.log(levels) - log_p / (height * width)) / np.log(2)
            ),
            "You divide by the number of pixels. A dimension is one channel of one pixel.",
        ),
        Misconception(
            "offset with the wrong sign",
            lambda log_p, height, width, channels, levels: (
                (-np.log(levels) - log_p / (height * width * channels)) / np.log(2)
            ),
            "More levels need more bits. Which sign does the offset have?",
        ),
        Misconception(
            "log-likelihood with the wrong sign",
            lambda log_p, height, width, channels, levels: (
                (np.log(levels) + log_p / (height * width * channels)) / np.log(2)
            ),
            "A better model should need fewer bits. Look at the sign of the log-density.",
        ),
        Misconception(
            "offset in nats",
            lambda log_p, height, width, channels, levels: (
                np.log(levels) - log_p / (height * width * channels) / np.log(2)
            ),
            "One term is in bits, the other in nats: convert the offset, too.",
        ),
        Misconception(
            "offset divided by the dimensions",
            lambda log_p, height, width, channels, levels: (
                (np.log(levels) - log_p) / (height * width * channels) / np.log(2)
            ),
            "The cell has one side for each dimension. In bits per dimension the offset counts whole, not "
            "divided.",
        ),
        Misconception(
            "everything with the wrong sign",
            lambda log_p, height, width, channels, levels: (
                (log_p / (height * width * channels) - np.log(levels)) / np.log(2)
            ),
            "This is the log-probability in bits, per dimension. What an image costs is its negative.",
        ),
        Misconception(
            "times log 2",
            lambda log_p, height, width, channels, levels: (
                (np.log(levels) - log_p / (height * width * channels)) * np.log(2)
            ),
            "You multiply by `log 2`. A bit is less than a nat, so the number of bits is the larger one.",
        ),
        Misconception(
            "bits of the whole image",
            lambda log_p, height, width, channels, levels: (
                (height * width * channels * np.log(levels) - log_p) / np.log(2)
            ),
            "These are the bits of a whole image. Asked are those of one dimension.",
        ),
        Misconception(
            "log-densities added over the batch",
            lambda log_p, height, width, channels, levels: (
                (np.log(levels) - np.sum(log_p) / (height * width * channels)) / np.log(2) + 0 * log_p
            ),
            "You add the log-densities of all images. Here each image keeps its own number.",
        ),
        Misconception(
            "bits added over the batch",
            lambda log_p, height, width, channels, levels: (
                np.sum(bits_per_dimension(log_p, height, width, channels, levels)) + 0 * log_p
            ),
            "You add up the bits of all images. Asked are those of each.",
        ),
        Misconception(
            "averaged over the batch",
            lambda log_p, height, width, channels, levels: (
                np.mean(bits_per_dimension(log_p, height, width, channels, levels)) + 0 * log_p
            ),
            "You average over the images, as a reported number does. Here each image has its own.",
        ),
    ),
    properties=(
        (
            "a log-density of 0 costs log2 of the levels",
            lambda fn: np.allclose(fn(np.zeros(2), 5, 4, 3, 32), 5),
        ),
        (
            "a density twice as high in each dimension saves one bit",
            lambda fn: np.allclose(fn(np.full(2, 60 * np.log(2)), 5, 4, 3, 32), 4),
        ),
    ),
    hints=(
        "Start from the bound of Eq. (10.7), change its sign, and divide by the number of dimensions.",
        "The offset is `log(levels)` for each dimension. Divide everything by `log 2`, so "
        "that nats become "
        "bits.",
    ),
    why="Divided by the number of dimensions and counted in bits, images of every size can be compared, if "
    "they have as many levels.",
)
