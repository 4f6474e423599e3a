"""Exercise 2.1: the distribution function of a sample."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def empirical_cdf(x, points):
    """For each number in x, the fraction of the points that are at most x."""
    return np.mean(points <= x[:, None], axis=1)


EXERCISE = Exercise(
    id="2.1",
    title="The distribution function of a sample",
    difficulty=1,
    minutes=5,
    key=empirical_cdf,
    probes=(
        (np.array([0.7, -1.0, 0.0]), np.array([0.7, -2.0, 0.0, 5.0, 0.7, -1.0, 0.0])),
        (np.array([2.6, 0.4, 4.1, 2.0]), np.array([3.0, 0.5, 2.0, 2.0, 1.2])),
    ),
    misconceptions=(
        Misconception(
            "smaller, not at most",
            lambda x, points: np.mean(points < x[:, None], axis=1),
            "You count the points below `x`. A point that is equal to `x` belongs to `P(X <= x)` too.",
        ),
        Misconception(
            "points above",
            lambda x, points: np.mean(points > x[:, None], axis=1),
            "This is the fraction of the points to the right of `x`. A distribution function counts "
            "those on its other side.",
        ),
        Misconception(
            "number of points",
            lambda x, points: np.sum(points <= x[:, None], axis=1),
            "You count the right points. A distribution function is a fraction: of how many?",
        ),
        Misconception(
            "divided by the length of x",
            lambda x, points: np.sum(points <= x[:, None], axis=1) / len(x),
            "You divide by how many numbers `x` holds, so the result can exceed 1. It is a fraction "
            "of the points.",
        ),
        Misconception(
            "one point too many in the denominator",
            lambda x, points: np.sum(points <= x[:, None], axis=1) / (len(points) + 1),
            "You divide by one more than there are points. To the right of all points the result "
            "should be 1.",
        ),
        Misconception(
            "equal values counted once",
            lambda x, points: np.mean(np.unique(points) <= x[:, None], axis=1),
            "A value that was drawn twice has twice the mass: do not drop repeated points.",
        ),
        Misconception(
            "roles exchanged",
            lambda x, points: np.mean(x <= points[:, None], axis=1),
            "You give a result for each of the points: which fraction of `x` is at most that point. "
            "Asked is the opposite.",
        ),
        Misconception(
            "points equal to x",
            lambda x, points: np.mean(points == x[:, None], axis=1),
            "You count the points that are equal to `x`. A distribution function also counts all "
            "that lie to the left.",
        ),
        Misconception(
            "mean over x",
            lambda x, points: np.mean(points <= x[:, None], axis=0),
            "You average over `x`, so there is one number for each of the points. Asked is one number for "
            "each `x`, and the mean over the points.",
        ),
        Misconception(
            "at least",
            lambda x, points: np.mean(points >= x[:, None], axis=1),
            "You count the points that are at least `x`. On which side of `x` do the points of `P(X <= "
            "x)` lie?",
        ),
        Misconception(
            "x put in order",
            lambda x, points: np.mean(points <= np.sort(x)[:, None], axis=1),
            "You put `x` in order, so the results stand at other places than their numbers. Result `i` "
            "belongs to `x[i]`.",
        ),
    ),
    properties=(
        (
            "the result is 0 to the left of all points",
            lambda fn: np.allclose(fn(np.array([-9.0]), np.array([1.0, 2.0])), 0),
        ),
        (
            "the result is 1 at the largest point, and to the right of it",
            lambda fn: np.allclose(fn(np.array([2.0, 9.0]), np.array([1.0, 2.0])), 1),
        ),
        (
            "the result never falls when `x` grows",
            lambda fn: np.all(np.diff(fn(np.linspace(-3, 3, 9), np.array([1.0, -2.0, 0.5, 0.5]))) >= 0),
        ),
    ),
    hints=(
        "Take one number `x` first. Which of the points are counted, and what is the count divided by?",
        "`points <= u` is an array of true and false, and its mean is the fraction that is true.",
        "For all `x` at once: `points <= x[:, None]` has a row for each `x`. Take the mean of each row.",
    ),
    why="`P(X <= x)` is estimated by the fraction of points with `X <= x`, those at `x` included. "
    "Each point adds a step of height `1/n`.",
)
