"""Exercise 10.6: a table of counts for each pixel."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def bits_of_counts(train, x, levels, extra):
    """Bits per dimension, (M,), of images x (M, D), when each pixel has a table of its own.

    The table says how often train (N, D) has each level there, with extra added to every count.
    """
    counts = np.array([np.sum(train == k, axis=0) for k in range(levels)])  # (levels, D)
    P = (counts + extra) / (len(train) + levels * extra)
    return -np.mean(np.log2(P[x, np.arange(x.shape[1])]), axis=1)


def read(P, x):
    """The probability of each pixel of each image, (M, D), by tables (levels, D)."""
    return P[x, np.arange(x.shape[1])]


def with_table(rule):
    """A wrong answer, from a rule (counts, N, levels, extra) for the table."""

    def wrong(train, x, levels, extra):
        counts = np.array([np.sum(train == k, axis=0) for k in range(levels)])
        return -np.mean(np.log2(read(rule(counts, len(train), levels, extra), x)), axis=1)

    return wrong


def with_score(rule):
    """A wrong answer, from a rule for what is made of the right probabilities, (M, D)."""

    def wrong(train, x, levels, extra):
        counts = np.array([np.sum(train == k, axis=0) for k in range(levels)])
        return rule(read((counts + extra) / (len(train) + levels * extra), x))

    return wrong


def one_table(train, x, levels, extra):
    column = train.reshape(-1, 1)
    return bits_of_counts(column, x.reshape(-1, 1), levels, extra).reshape(x.shape).mean(axis=1)


# The highest level occurs in no image of the first set. In all three, some levels are new to their pixel.
TRAIN = np.array([[0, 3, 1], [0, 4, 2], [1, 4, 0], [0, 3, 2], [0, 1, 2], [1, 4, 2], [0, 3, 3]])
X = np.array([[0, 3, 2], [1, 4, 4], [2, 0, 2], [0, 4, 1]])
TRAIN_2 = np.array([[2, 0, 1, 2], [2, 1, 1, 0], [1, 0, 1, 2], [2, 0, 1, 2], [2, 0, 0, 2]])
X_2 = np.array([[2, 0, 1, 1], [0, 2, 1, 2]])
TRAIN_1, X_1 = np.array([[5, 0], [5, 8], [2, 0], [5, 0]]), np.array([[5, 1]])

EXERCISE = Exercise(
    id="10.6",
    title="A table of counts",
    difficulty=2,
    minutes=10,
    key=bits_of_counts,
    probes=((TRAIN, X, 6, 0.5), (TRAIN_2, X_2, 3, 2), (TRAIN_1, X_1, 9, 0.25)),
    misconceptions=(
        Misconception(
            "no extra",
            with_table(lambda counts, N, levels, extra: counts / N),
            "A level that a pixel never had in `train` costs infinitely many bits in your table. What is "
            "`extra` for?",
        ),
        Misconception(
            "extra above the line only",
            with_table(lambda counts, N, levels, extra: (counts + extra) / N),
            "You add `extra` to every count and divide as if you had not. Add up the table of one pixel: is "
            "it 1?",
        ),
        Misconception(
            "extra once below the line",
            with_table(lambda counts, N, levels, extra: (counts + extra) / (N + extra)),
            "Below the line you add `extra` once. How many counts of one pixel have been raised?",
        ),
        Misconception(
            "one for each level below the line",
            with_table(lambda counts, N, levels, extra: (counts + extra) / (N + levels)),
            "Below the line you add 1 for each level. That fits an `extra` of 1, and no other.",
        ),
        Misconception(
            "extra added to the shares",
            with_table(lambda counts, N, levels, extra: counts / N + extra),
            "You divide first, and then add `extra`. It is a number of images, as the counts are: a share "
            "is something else.",
        ),
        Misconception(
            "one table for all pixels",
            one_table,
            "You have one table for all pixels. A pixel in a corner is nearly always white, one in the "
            "middle is not: let each have its own.",
        ),
        Misconception(
            "nats",
            with_score(lambda p: -np.mean(np.log(p), axis=1)),
            "The result is in nats. Which logarithm counts bits?",
        ),
        Misconception(
            "bits of the whole image",
            with_score(lambda p: -np.sum(np.log2(p), axis=1)),
            "These are the bits of a whole image. Asked are those of one dimension.",
        ),
        Misconception(
            "averaged over the images",
            with_score(lambda p: -np.mean(np.log2(p))),
            "You average over the images, too, as a reported number does. Here each image has its own.",
        ),
        Misconception(
            "wrong sign",
            with_score(lambda p: np.mean(np.log2(p), axis=1)),
            "Your numbers are negative: they are logs of probabilities. What does such an image cost?",
        ),
        Misconception(
            "table made from x",
            lambda train, x, levels, extra: bits_of_counts(x, x, levels, extra),
            "You count in `x`, in the images that are to be scored. Then they have told the model what they "
            "are.",
        ),
        Misconception(
            "only the levels that occur",
            lambda train, x, levels, extra: bits_of_counts(train, x, np.max(train) + 1, extra),
            "You find the number of levels by a look at `train`. A level may exist although no image of "
            "`train` has it: the number is given.",
        ),
        Misconception(
            "log of the mean over the pixels",
            with_score(lambda p: -np.log2(np.mean(p, axis=1))),
            "You average the probabilities of the pixels and then take the log. How does one get the "
            "probability of an image from those of its pixels, if these are independent?",
        ),
    ),
    properties=(
        (
            "for images of one pixel, the probabilities of all levels sum to 1",
            lambda fn: abs(np.sum(2 ** -fn(TRAIN[:, :1], np.arange(6)[:, None], 6, 0.5)) - 1) < 1e-9,
        ),
        (
            "if `extra` is huge, all levels become equally likely",
            lambda fn: np.allclose(fn(TRAIN, X, 6, 1e12), np.log2(6)),
        ),
        (
            "an image costs the same whether it is alone or among others",
            lambda fn: np.allclose(fn(TRAIN, X[:1], 6, 0.5), fn(TRAIN, X, 6, 0.5)[:1]),
        ),
        (
            "an image that is twice as wide, each pixel repeated, needs as many bits per dimension",
            lambda fn: np.allclose(
                fn(np.repeat(TRAIN, 2, axis=1), np.repeat(X, 2, axis=1), 6, 0.5), fn(TRAIN, X, 6, 0.5)
            ),
        ),
        (
            "with every training image twice and twice the `extra`, nothing changes",
            lambda fn: np.allclose(fn(np.tile(TRAIN, (2, 1)), X, 6, 1.0), fn(TRAIN, X, 6, 0.5)),
        ),
        (
            "a level that a pixel often has costs less than one that it never has",
            lambda fn: np.diff(fn(TRAIN[:, :1], np.array([[0], [4]]), 6, 0.5))[0] > 0,
        ),
    ),
    hints=(
        "Where does `train` have the level `k`? `train == k` says so for all images and pixels at once. Sum "
        "it over the images.",
        "After `extra` has been added, what is the sum of all counts of one pixel? Eq. (10.16) divides by "
        "it.",
        "With a table `P` of the shape (levels, D), `P[x, np.arange(D)]` has the probability of every pixel "
        "of every image.",
    ),
    why="The table of each pixel sums to 1, so their products sum to 1 over all images. It is a model of "
    "whole numbers from the start: it needs no noise and no bound, and a flow should do better.",
)
