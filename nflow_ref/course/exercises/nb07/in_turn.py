"""Exercise 7.7: initialise several ActNorms, one after the other."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import named


def scales_in_turn(x, step, K):
    """Scales (K, D) of K ActNorms, each initialised on what reaches it.

    x is the first batch, (N, D). ActNorm k, for k = 0, ..., K - 1, is followed by the map h -> step(k, h).
    """
    h, scales = x, []
    for k in range(K):
        mean, std = np.mean(h, axis=0), np.std(h, axis=0)
        scales.append(1 / std)
        h = step(k, (h - mean) / std)
    return np.stack(scales)


def loop(after, statistic=np.std):
    """A wrong answer, from a rule (h, x, mean, std, k, step) -> the next h."""

    def wrong(x, step, K):
        h, scales = x, []
        for k in range(K):
            mean, std = np.mean(h, axis=0), statistic(h, axis=0)
            scales.append(1 / std)
            h = after(h, x, mean, std, k, step)
        return np.stack(scales)

    return wrong


def step_first(x, step, K):
    h, scales = x, []
    for k in range(K):
        h = step(k, h)
        mean, std = np.mean(h, axis=0), np.std(h, axis=0)
        scales.append(1 / std)
        h = (h - mean) / std
    return np.stack(scales)


MIX = np.array([[0.9, 1.2, -0.3], [0.4, -0.8, 1.1], [-1.0, 0.5, 0.7]])


def bend_and_mix(k, h):
    d = h.shape[1]
    return np.dot(np.sinh((0.8 + 0.3 * k) * h + 0.2), MIX[:d, :d].T)


def cubic(k, h):
    return (1 + k) * h + 0.3 * h**3 - 0.4 * h[:, ::-1]


STEPS = named("sinh, then a matrix", bend_and_mix), named("a cubic with its mirror image", cubic)
X_4 = np.array([[1.4, -0.9, 3.7], [2.1, 0.3, -0.5], [-0.6, 0.8, 2.2], [0.3, 1.7, 1.1]])
X_3 = np.array([[0.5, 1.3], [-1.1, 0.2], [2.4, 0.9]])

EXERCISE = Exercise(
    id="7.7",
    title="One layer after the other",
    difficulty=2,
    minutes=8,
    key=scales_in_turn,
    probes=((X_4, STEPS[0], 2), (X_3, STEPS[1], 4)),
    misconceptions=(
        Misconception(
            "all from x",
            loop(lambda h, x, mean, std, k, step: x),
            "All of your scales come from `x`. Only the first ActNorm meets `x`: what does the next one get?",
        ),
        Misconception(
            "through the steps only",
            loop(lambda h, x, mean, std, k, step: step(k, h)),
            "You follow the batch through the steps, but leave the ActNorms themselves out: what they have "
            "scaled is what reaches the next.",
        ),
        Misconception(
            "through the ActNorms only",
            loop(lambda h, x, mean, std, k, step: (h - mean) / std),
            "You leave the steps out. Then every ActNorm but the first gets a batch that is normalized "
            "already.",
        ),
        Misconception(
            "the step first",
            step_first,
            "You take the step before the ActNorm. Here each ActNorm comes first, and its step follows.",
        ),
        Misconception(
            "always from x again",
            loop(lambda h, x, mean, std, k, step: step(k, (x - mean) / std)),
            "In each turn you begin with `x` again. The running point must be carried on.",
        ),
        Misconception(
            "shift not scaled",
            loop(lambda h, x, mean, std, k, step: step(k, h / std - mean)),
            "The first scales are right. Then you subtract the mean from values that are scaled already, "
            "and the next ActNorm gets another batch.",
        ),
        Misconception(
            "shift forgotten",
            loop(lambda h, x, mean, std, k, step: step(k, h / std)),
            "The first scales are right. Then you pass on a batch that is scaled, but not shifted.",
        ),
        Misconception(
            "variance",
            loop(lambda h, x, mean, std, k, step: step(k, (h - mean) / std), statistic=np.var),
            "You divide by the variance: a root is missing.",
        ),
        Misconception(
            "multiplied by the standard deviation",
            loop(lambda h, x, mean, std, k, step: step(k, (h - mean) * std)),
            "The first scales are right. Then you multiply by the standard deviation, where the ActNorm "
            "multiplies by its scale.",
        ),
        Misconception(
            "ddof=1",
            loop(
                lambda h, x, mean, std, k, step: step(k, (h - mean) / std),
                statistic=lambda h, axis: np.std(h, axis=axis, ddof=1),
            ),
            "Your variance divides by `N - 1`. The variance that becomes 1 is the mean of the squared "
            "deviations.",
        ),
        Misconception(
            "steps numbered from 1",
            loop(lambda h, x, mean, std, k, step: step(k + 1, (h - mean) / std)),
            "The order is right, but the steps are off by one: ActNorm 0 is followed by `step(0, h)`.",
        ),
        Misconception(
            "log-scales",
            lambda x, step, K: np.log(scales_in_turn(x, step, K)),
            "These are the logarithms of the scales, as `ActNorm` keeps them. Asked are the scales.",
        ),
        Misconception(
            "standard deviations",
            lambda x, step, K: 1 / scales_in_turn(x, step, K),
            "These are the standard deviations that the ActNorms meet. Their scales are asked.",
        ),
    ),
    properties=(
        (
            "one ActNorm alone gets the scales of `x`",
            lambda fn: np.allclose(fn(X_4, STEPS[0], 1), 1 / np.std(X_4, axis=0)),
        ),
        (
            "in other units of `x` only the first scales change",
            lambda fn: np.allclose(fn(5 * X_4 + 2, STEPS[0], 3)[1:], fn(X_4, STEPS[0], 3)[1:]),
        ),
        (
            "a longer chain begins with the scales of a shorter one",
            lambda fn: np.allclose(fn(X_4, STEPS[0], 3)[:2], fn(X_4, STEPS[0], 2)),
        ),
    ),
    hints=(
        "Keep a running batch `h` that begins as `x`, and a list for the scales.",
        "In each turn: take the statistics of `h`, then normalize `h`, then take the step.",
        "`np.stack(scales)` makes an array of shape `(K, D)` from a list of `K` arrays.",
    ),
    why="What reaches an ActNorm depends on all layers before it and on none behind it. So one walk through "
    "the chain, with one batch, initialises them all.",
)
