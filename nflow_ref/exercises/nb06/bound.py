"""Exercise 6.5: a scale with a bound."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def bounded_scale(s_hat, c):
    """The scale s of an affine coupling, with log s = c tanh(s_hat) and c > 0."""
    return np.exp(c * np.tanh(s_hat))


S_HAT = np.array([0.4, -9.0, 3.1, -0.3, 0.9, -1.4])

EXERCISE = Exercise(
    id="6.5",
    title="A scale with a bound",
    difficulty=1,
    minutes=5,
    key=bounded_scale,
    probes=((S_HAT, 2.0), (S_HAT[1:], 0.7), (S_HAT[:1], 1.3)),
    misconceptions=(
        Misconception(
            "log-scale",
            lambda s_hat, c: c * np.tanh(s_hat),
            "This is the logarithm of the scale, and it is right. As a scale it would be negative for half "
            "of all inputs, and 0 for one: no inverse.",
        ),
        Misconception(
            "minus sign",
            lambda s_hat, c: np.exp(-c * np.tanh(s_hat)),
            "These are the reciprocals of the scales. A positive output of the network should stretch: look "
            "at the sign.",
        ),
        Misconception(
            "the bound as a factor",
            lambda s_hat, c: np.exp(c) * np.tanh(s_hat),
            "You multiply the tanh by `exp(c)`, so the scale has the sign of `s_hat`. The tanh belongs to "
            "the logarithm of the scale.",
        ),
        Misconception(
            "two sigmoids minus one",
            lambda s_hat, c: np.exp(c * (2 / (1 + np.exp(-s_hat)) - 1)),
            "The range is right. But a sigmoid that is stretched to lie between -1 and 1 is the tanh of half "
            "the input.",
        ),
        Misconception(
            "no bound",
            lambda s_hat, c: np.exp(c * s_hat),
            "Nothing keeps this scale within limits: a large output of the network makes a huge scale.",
        ),
        Misconception(
            "c inside the tanh",
            lambda s_hat, c: np.exp(np.tanh(c * s_hat)),
            "With `c` inside the tanh the log-scale lies between -1 and 1 for every `c`. What must `c` "
            "multiply, to be the bound?",
        ),
        Misconception(
            "c outside the exp",
            lambda s_hat, c: c * np.exp(np.tanh(s_hat)),
            "Here `c` multiplies the scale, so that an output of 0 does not mean a scale of 1. It should "
            "bound the logarithm.",
        ),
        Misconception(
            "clip",
            lambda s_hat, c: np.exp(np.clip(s_hat, -c, c)),
            "The range is right, but a clip is flat outside: there the network gets no gradient. Which "
            "bounded function still rises?",
        ),
        Misconception(
            "sigmoid",
            lambda s_hat, c: np.exp(c / (1 + np.exp(-s_hat))),
            "A sigmoid is never negative, so this log-scale is positive: the layer can stretch and never "
            "squeeze.",
        ),
        Misconception(
            "tanh(s_hat / c)",
            lambda s_hat, c: np.exp(c * np.tanh(s_hat / c)),
            "A good function with the right range, and used by some. It is not the one asked for: here the "
            "output of the network goes into the tanh as it is.",
        ),
    ),
    properties=(
        ("a scale is positive", lambda fn: np.all(fn(S_HAT, 2.0) > 0)),
        (
            "an output of 0 gives the scale 1, for every `c`",
            lambda fn: np.allclose([fn(np.zeros(2), 0.5), fn(np.zeros(2), 3.0)], 1),
        ),
        (
            "the scales of opposite outputs are each other's reciprocals",
            lambda fn: np.allclose(fn(S_HAT, 1.5) * fn(-S_HAT, 1.5), 1),
        ),
        (
            "the scale never exceeds `exp(c)`",
            lambda fn: np.all(fn(100 * S_HAT, 1.5) <= np.exp(1.5) * (1 + 1e-12)),
        ),
    ),
    hints=(
        "First the logarithm of the scale, between `-c` and `c`. Then the scale itself.",
        "`np.tanh` lies between -1 and 1. What does `c` times it lie between?",
        "The exponential of the log-scale is the scale.",
    ),
    why="The log-scale lies between `-c` and `c`, and so the scale between `exp(-c)` and `exp(c)`: never 0, "
    "never huge, with a gradient everywhere.",
)
