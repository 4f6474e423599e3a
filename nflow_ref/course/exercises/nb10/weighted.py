"""Exercise 10.5: a tighter bound, the log of the mean of weighted draws."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def weighted_bound(log_p, log_q, levels, dims):
    """Lower bounds of log P(x), (N,), from K draws of noise for each image.

    log_p (K, N) is log p(y) with each draw, log_q (K, N) the log-density of the noise that was drawn.
    """
    log_w = log_p - log_q
    top = np.max(log_w, axis=0)
    return top + np.log(np.mean(np.exp(log_w - top), axis=0)) - dims * np.log(levels)


def log_mean(log_w):
    """The log of the mean of exp(log_w) over the first axis."""
    top = np.max(log_w, axis=0)
    return top + np.log(np.mean(np.exp(log_w - top), axis=0))


def of_weights(rule):
    """A wrong answer, from a rule (log of the weights, (K, N)) for the log of their mean."""

    def wrong(log_p, log_q, levels, dims):
        return rule(log_p - log_q) - dims * np.log(levels)

    return wrong


def normalised(log_w):
    weights = np.exp(log_w - np.max(log_w, axis=0))
    return np.log(np.sum(weights / np.sum(weights, axis=0), axis=0))


def one_top(log_w):
    top = np.max(log_w)
    return top + np.log(np.mean(np.exp(log_w - top), axis=0))


LOG_P = np.array([[9.5, 11.2, 8.7], [8.9, 12.6, 10.4], [10.8, 11.9, 9.1], [9.2, 10.3, 10.1]])
LOG_Q = np.array([[0.4, -0.7, 1.1], [1.6, 0.3, 0.8], [0.9, 1.2, -0.4], [-0.2, 0.5, 1.3]])
# As for MNIST: two images far apart, one of them with a draw that is far below the others.
LOG_P_LARGE = np.array([[3010.5, 2100.2], [3008.25, 2103.5], [2080.75, 2101.75]])
LOG_Q_LARGE = np.array([[543.5, 540.25], [539.75, 544.5], [541.25, 542.75]])
LOG_P_LOW = np.array([[-2001.5, -1998.25, -2004.75], [-2003.25, -1995.5, -2002.25]])
LOG_Q_LOW = np.array([[861.25, 858.75, 864.5], [859.5, 862.25, 860.75]])
LOG_P_1 = np.array([[3.1], [4.6]])

EXERCISE = Exercise(
    id="10.5",
    title="The log of the mean",
    difficulty=2,
    minutes=8,
    key=weighted_bound,
    probes=(
        (LOG_P, LOG_Q, 5, 6),
        (LOG_P_LARGE, LOG_Q_LARGE, 256, 784),
        (LOG_P_LOW, LOG_Q_LOW, 16, 784),
        (LOG_P_1, np.zeros((2, 1)), 9, 2),
    ),
    misconceptions=(
        Misconception(
            "mean of the logs",
            of_weights(lambda log_w: np.mean(log_w, axis=0)),
            "You average the logs. That is a bound as well, the one of (10.7), but a looser one. "
            "Which comes first in Eq. (10.21), the mean or the log?",
        ),
        Misconception(
            "exp that overflows",
            of_weights(lambda log_w: np.log(np.mean(np.exp(log_w), axis=0))),
            "For small images this is right. For those of the size of MNIST, `exp` gives infinity or 0: its "
            "argument is in the thousands. Make it smaller first, and set that right after the log.",
        ),
        Misconception(
            "sum of the draws",
            of_weights(lambda log_w: log_mean(log_w) + np.log(len(log_w))),
            "You add up the draws. A sum grows with their number, and a probability does not.",
        ),
        Misconception(
            "log_q added",
            lambda log_p, log_q, levels, dims: weighted_bound(log_p, -log_q, levels, dims),
            "`log_q` has the wrong sign. Noise that is drawn often should count less, not more.",
        ),
        Misconception(
            "log_q forgotten",
            lambda log_p, log_q, levels, dims: weighted_bound(log_p, 0 * log_q, levels, dims),
            "The density of the noise does not occur. That is right for uniform noise. Other noise comes to "
            "some parts of the cell more often than to others.",
        ),
        Misconception(
            "no volume",
            lambda log_p, log_q, levels, dims: log_mean(log_p - log_q),
            "This is the log of a density. A probability is density times volume: how large is the cell of "
            "one image?",
        ),
        Misconception(
            "volume with the wrong sign",
            lambda log_p, log_q, levels, dims: log_mean(log_p - log_q) + dims * np.log(levels),
            "Your cell has a volume above 1. How long is one of its sides?",
        ),
        Misconception(
            "volume of one dimension",
            lambda log_p, log_q, levels, dims: log_mean(log_p - log_q) - np.log(levels),
            "You count the width of the cell in one dimension only. In how many has it a width?",
        ),
        Misconception(
            "weights that sum to 1",
            of_weights(normalised),
            "You divide the weights by their sum. Then they sum to 1 for every image, and what the model "
            "says has gone. Use them as they are.",
        ),
        Misconception(
            "best draw",
            of_weights(lambda log_w: np.max(log_w, axis=0)),
            "You keep the best draw and drop the others. That is no bound: it rises with every draw that is "
            "luckier.",
        ),
        Misconception(
            "largest term not put back",
            of_weights(lambda log_w: log_mean(log_w) - np.max(log_w, axis=0)),
            "You take out the largest term, so that `exp` stays small. That was a good idea, but where is it "
            "put back?",
        ),
        Misconception(
            "one largest term for all images",
            of_weights(one_top),
            "You take out the largest term of the whole array. For an image whose own terms are all much "
            "smaller, `exp` then gives nothing but 0.",
        ),
        Misconception(
            "averaged over the images",
            lambda log_p, log_q, levels, dims: np.mean(weighted_bound(log_p, log_q, levels, dims)),
            "You average over the images, too. Each image has a bound of its own.",
        ),
        Misconception(
            "mean over the images for each draw",
            of_weights(lambda log_w: log_mean(log_w.T)),
            "You average along the rows: over the images, one number for each draw. Which axis holds the "
            "draws?",
        ),
    ),
    properties=(
        (
            "log-densities of many thousands, of either sign, give finite numbers",
            lambda fn: np.all(np.isfinite([fn(LOG_P + c, LOG_Q, 256, 784) for c in (9000, -9000)])),
        ),
        (
            "twice as many levels make it smaller by `log 2` for each dimension",
            lambda fn: np.allclose(fn(LOG_P, LOG_Q, 5, 6) - fn(LOG_P, LOG_Q, 10, 6), 6 * np.log(2)),
        ),
        (
            "adding a constant to every `log_p` adds it to the bound",
            lambda fn: np.allclose(fn(LOG_P + 3, LOG_Q, 5, 6) - fn(LOG_P, LOG_Q, 5, 6), 3),
        ),
        (
            "adding the same numbers to `log_p` and to `log_q` changes nothing",
            lambda fn: np.allclose(fn(2 * LOG_P, LOG_Q + LOG_P, 5, 6), fn(LOG_P, LOG_Q, 5, 6)),
        ),
        (
            "repeating the same draws changes nothing",
            lambda fn: np.allclose(
                fn(np.tile(LOG_P, (2, 1)), np.tile(LOG_Q, (2, 1)), 5, 6), fn(LOG_P, LOG_Q, 5, 6)
            ),
        ),
        (
            "as many draws again, with weights of practically 0, make it smaller by `log 2`",
            lambda fn: np.allclose(
                fn(np.concatenate([LOG_P, LOG_P - 500]), np.tile(LOG_Q, (2, 1)), 5, 6),
                fn(LOG_P, LOG_Q, 5, 6) - np.log(2),
            ),
        ),
        (
            "what one image gives does not depend on the others",
            lambda fn: np.allclose(fn(LOG_P, LOG_Q, 5, 6)[:1], fn(LOG_P[:, :1], LOG_Q[:, :1], 5, 6)),
        ),
        (
            "it is never below the bound (10.7)",
            lambda fn: np.all(fn(LOG_P, 0 * LOG_Q, 5, 6) >= np.mean(LOG_P, axis=0) - 6 * np.log(5)),
        ),
    ),
    hints=(
        "Each draw has a weight, the fraction in Eq. (10.21). What is its log, in terms of `log_p` and "
        "`log_q`? The volume is that of Eq. (10.7).",
        "The weights of large images are too large or too small for `exp`. If all weights of an image are "
        "divided by one number, so is their mean. What does that do to the log?",
        "A good number to divide by is the largest weight: then no `exp` is above 1, and one of them is 1. "
        "Take it for each image by itself.",
    ),
    why="The mean of the weights has the expectation `P(x)` times the number of cells, whatever the noise. "
    "So by Jensen's inequality its log is in expectation too low, if anything. As the largest term is taken "
    "out and put back, `exp` never overflows.",
)
