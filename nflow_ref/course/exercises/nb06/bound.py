"""Exercise 6.4: a scale between two limits."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def scale_between(s_hat, low, high):
    """A scale, low < s < high, whose logarithm is the tanh of s_hat, stretched and shifted."""
    middle, half = np.log(low * high) / 2, np.log(high / low) / 2
    return np.exp(middle + half * np.tanh(s_hat))


def from_parts(rule):
    """A wrong answer, from a rule (s_hat, middle, half) -> s, with the middle and half the width of log s."""

    def wrong(s_hat, low, high):
        return rule(s_hat, np.log(low * high) / 2, np.log(high / low) / 2)

    return wrong


S_HAT = np.array([0.4, -9.0, 3.1, -0.3, 0.9, -1.4])

EXERCISE = Exercise(
    id="6.4",
    title="A scale between two limits",
    difficulty=2,
    minutes=5,
    key=scale_between,
    probes=((S_HAT, 0.2, 3.5), (S_HAT[1:], 0.6, 7.0), (S_HAT[:1], 1.5, 2.6)),
    misconceptions=(
        Misconception(
            "log-scale",
            from_parts(lambda s_hat, middle, half: middle + half * np.tanh(s_hat)),
            "This is the logarithm of the scale, and it is right. Asked is the scale.",
        ),
        Misconception(
            "tanh on the scale itself",
            lambda s_hat, low, high: (low + high) / 2 + (high - low) / 2 * np.tanh(s_hat),
            "The range is right. But you have stretched and shifted the scale itself; asked was that for its "
            "logarithm, so that doubling and halving are treated alike.",
        ),
        Misconception(
            "twice as wide",
            from_parts(lambda s_hat, middle, half: np.exp(middle + 2 * half * np.tanh(s_hat))),
            "The tanh runs from -1 to 1, which is a width of 2 already. So what must it be multiplied by?",
        ),
        Misconception(
            "not shifted",
            from_parts(lambda s_hat, middle, half: np.exp(half * np.tanh(s_hat))),
            "The width is right. The middle of the log-scale is at 0, whatever the limits are.",
        ),
        Misconception(
            "logs not taken of the limits",
            lambda s_hat, low, high: np.exp((low + high) / 2 + (high - low) / 2 * np.tanh(s_hat)),
            "Here the logarithm of the scale lies between `low` and `high`. It is the scale that should.",
        ),
        Misconception(
            "middle of the limits",
            lambda s_hat, low, high: (low + high) / 2 * np.exp(np.log(high / low) / 2 * np.tanh(s_hat)),
            "The width is right. The middle should be that of the logarithms of the limits: the log of their "
            "mean is another number.",
        ),
        Misconception(
            "minus sign",
            from_parts(lambda s_hat, middle, half: np.exp(middle - half * np.tanh(s_hat))),
            "The range is right, but a large output of the network should give a large scale.",
        ),
        Misconception(
            "width inside the tanh",
            from_parts(lambda s_hat, middle, half: np.exp(middle + np.tanh(half * s_hat))),
            "You stretch the input of the tanh. Its output is what must reach from one limit to the other.",
        ),
        Misconception(
            "no bound",
            from_parts(lambda s_hat, middle, half: np.exp(middle + half * s_hat)),
            "Nothing keeps this scale within its limits: a large output of the network makes a huge scale.",
        ),
        Misconception(
            "clip",
            lambda s_hat, low, high: np.clip(np.exp(s_hat), low, high),
            "The range is right, but a clip is flat outside: there the network gets no gradient.",
        ),
        Misconception(
            "sigmoid",
            from_parts(lambda s_hat, middle, half: np.exp(middle + half * np.tanh(s_hat / 2))),
            "A good function with the right range. But a sigmoid that is stretched to lie between -1 and 1 "
            "is the tanh of half the input, and not the one asked for.",
        ),
    ),
    properties=(
        (
            "the scale lies between the limits",
            lambda fn: np.all((fn(S_HAT, 0.2, 3.5) > 0.2) & (fn(S_HAT, 0.2, 3.5) < 3.5)),
        ),
        (
            "large outputs of the network bring it near to both limits",
            lambda fn: np.allclose(fn(np.array([-15.0, 15.0]), 0.4, 5.0), [0.4, 5.0]),
        ),
        (
            "with limits that are each other's reciprocals, an output of 0 gives the scale 1",
            lambda fn: np.allclose(fn(np.zeros(2), 1 / 3, 3.0), 1),
        ),
        (
            "the scales of opposite outputs have the product `low * high`",
            lambda fn: np.allclose(fn(S_HAT, 0.5, 6.0) * fn(-S_HAT, 0.5, 6.0), 3),
        ),
    ),
    hints=(
        "The logarithm of the scale lies between `np.log(low)` and `np.log(high)`.",
        "A tanh lies between -1 and 1. Multiplied by half of a width, and added to the middle, it covers any "
        "interval.",
        "`np.exp(middle + half * np.tanh(s_hat))`: what are the middle and half the width of the interval of "
        "logs?",
    ),
    why="Between the logs of the limits the tanh covers everything, with a gradient everywhere. For "
    "`low = exp(-c)` and `high = exp(c)` the middle is 0 and half the width is `c`: that is (6.14).",
)
