"""Exercise 10.2: a lower bound of an image's log-probability."""

import autograd.numpy as np

from ..engine import Exercise, Misconception

DRAWS = np.array([[70.0, 62.5, 55.25], [68.0, 61.0, 57.5], [71.5, 60.0, 54.0], [69.0, 63.5, 56.0]])


def log_probability_bound(log_p, dims, levels):
    """Lower bounds of log P(x), (N,), from log_p (K, N): log-densities with K draws of noise."""
    return np.mean(log_p, axis=0) - dims * np.log(levels)


EXERCISE = Exercise(
    id="10.2",
    title="The bound",
    difficulty=2,
    minutes=8,
    key=log_probability_bound,
    probes=((DRAWS, 64, 17), (DRAWS[:2], 12, 256), (DRAWS[:1, :2], 5, 32)),
    misconceptions=(
        Misconception(
            "no volume",
            lambda log_p, dims, levels: np.mean(log_p, axis=0),
            "This is the mean log-density. A probability is density times volume: how large "
            "is the cell "
            "of one image?",
        ),
        Misconception(
            "volume of one dimension",
            lambda log_p, dims, levels: np.mean(log_p, axis=0) - np.log(levels),
            "You count the width of the cell in one dimension only. The cell has `dims` sides.",
        ),
        Misconception(
            "volume with the wrong sign",
            lambda log_p, dims, levels: np.mean(log_p, axis=0) + dims * np.log(levels),
            "Your cell has a volume above 1. Each of its sides has length `1 / levels`.",
        ),
        Misconception(
            "sum over the noise",
            lambda log_p, dims, levels: np.sum(log_p, axis=0) - dims * np.log(levels),
            "The expectation over the noise is estimated by a mean. A sum grows with the number of draws.",
        ),
        Misconception(
            "log of the mean",
            lambda log_p, dims, levels: np.log(np.mean(np.exp(log_p), axis=0)) - dims * np.log(levels),
            "You averaged the densities and then took the log. That estimates `log P` itself,"
            " but its "
            "expectation depends on the number of draws. The bound is the mean of the logs.",
        ),
        Misconception(
            "volume inside the mean of draws",
            lambda log_p, dims, levels: np.mean(log_p, axis=0) - len(log_p) * np.log(levels),
            "You count one side of the cell for each draw of noise. Count one for each dimension.",
        ),
        Misconception(
            "images averaged as well",
            lambda log_p, dims, levels: np.mean(log_p) - dims * np.log(levels),
            "You averaged over the images, too. Each image has its own bound: average over "
            "the draws of "
            "noise, the first axis.",
        ),
        Misconception(
            "best draw",
            lambda log_p, dims, levels: np.max(log_p, axis=0) - dims * np.log(levels),
            "The best draw is no bound: with enough draws it exceeds any mean.",
        ),
        Misconception(
            "bounds averaged",
            lambda log_p, dims, levels: np.mean(log_p) - dims * np.log(levels) + np.zeros(log_p.shape[1]),
            "Every image gets the same number, the mean of all bounds. Average over the draws and no "
            "further.",
        ),
        Misconception(
            "bounds added",
            lambda log_p, dims, levels: np.sum(log_probability_bound(log_p, dims, levels)) + 0 * log_p[0],
            "You add the bounds of all images. Here each image keeps its own.",
        ),
        Misconception(
            "log2 of the levels",
            lambda log_p, dims, levels: np.mean(log_p, axis=0) - dims * np.log2(levels),
            "You subtract bits from nats. `log_p` is in nats, so the volume needs the natural log as well.",
        ),
        Misconception(
            "images averaged for each draw",
            lambda log_p, dims, levels: np.mean(log_p, axis=1) - dims * np.log(levels),
            "You average along the rows: over the images, one number for each draw. The draws are the first "
            "axis.",
        ),
        Misconception(
            "for one dimension",
            lambda log_p, dims, levels: np.mean(log_p, axis=0) / dims - np.log(levels),
            "This is the bound divided by the number of dimensions. Asked is that of the whole image.",
        ),
        Misconception(
            "noise divided by the images",
            lambda log_p, dims, levels: np.sum(log_p, axis=0) / log_p.shape[1] - dims * np.log(levels),
            "The sum over the draws is divided by the number of images. A mean divides by the number of "
            "draws.",
        ),
    ),
    properties=(
        (
            "adding a constant to every log-density adds it to the bound",
            lambda fn: np.allclose(fn(DRAWS + 3, 64, 17) - fn(DRAWS, 64, 17), 3),
        ),
        (
            "repeating the same draws changes nothing",
            lambda fn: np.allclose(fn(np.tile(DRAWS, (2, 1)), 64, 17), fn(DRAWS, 64, 17)),
        ),
    ),
    hints=(
        "Two things are in Eq. (10.7): an expectation over the noise, and the volume of a cell.",
        "The cell is a cube with `dims` sides of length `1 / levels`. What is the log of its volume?",
    ),
    why="The log is concave, so the mean of the logs is at most the log of the mean: a bound that a model "
    "cannot cheat.",
)
