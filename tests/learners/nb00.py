"""Answers of learners to the exercises of notebook 00."""

import math

import numpy as np

from .tools import HALF_LOG, bell, cdf, slope

LOG_2 = 0.6931471805599453


def by_cdf(x):
    """log p_x from the mass to the left of x, which is that of the latents above (1 - x)/2."""
    return np.log(slope(lambda x: cdf((x - 1) / 2), x))


def searched(z_a, z_b, network, c):
    """x_b by bisection: the way forward is increasing in each of its numbers."""
    s_hat, t = network(z_a)
    s = np.exp(c * (1 - 2 / (1 + np.exp(2 * s_hat))))
    low, high = np.full(z_b.shape, -1e3), np.full(z_b.shape, 1e3)
    for _ in range(80):
        middle = (low + high) / 2
        above = s * middle + t > z_b
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return middle


OTHER_WAY = {
    "0.1": lambda x: np.interp(x, 2 * np.linspace(-9, 9, 7) + 1, np.linspace(-9, 9, 7)),
    "0.3": by_cdf,
    "0.4": searched,
}


def halved(x):
    return 0.5 - 0.5 * x


def parts(z_a, network, c):
    """s and t of the way forward."""
    s_hat, t = network(z_a)
    return np.exp(np.tanh(s_hat)) ** c, t


LEARNERS = {
    "0.1": {
        "the map that makes data": lambda x: x + x + 1,
        "the wrong order": lambda x: 0.5 * x - 1,
        "the way to `x` adds 1": lambda x: 0.5 + 0.5 * x,
        "the way to `x` multiplies by 2": lambda x: 2 * x - 2,
        "in parentheses": lambda x: [u - 0.5 for u in x],
        "one divided by the map": lambda x: (2 * x + 1) ** -1,
        "The shift by 1 is still there": lambda x: [u / 2 for u in x],
    },
    "0.3": {
        "the second factor of the formula": lambda x: np.log(bell(halved(x))),
        "that of the way from `z` to `x`": lambda x: np.log(2 * bell(halved(x))),
        "What do the bars": lambda x: np.log(-0.5 * bell(halved(x))),
        "it needs one, too": lambda x: 0.5 - HALF_LOG - np.square(x - 1) / 8,
        "Densities are multiplied": lambda x: 0.5 * np.log(bell(halved(x))),
        "as if it were a latent": lambda x: np.log(2 * bell(1 - 2 * x)),
        "where `x` lands": lambda x: [-u * u / 2 - HALF_LOG - LOG_2 for u in x],
        "its top at -1": lambda x: np.log(bell((x + 1) / 2) / 2),
        "The bell itself is too high": lambda x: -((x - 1) ** 2) / 8 - LOG_2,
        "a square root": lambda x: np.log(np.exp(-((x - 1) ** 2) / 8) / math.tau / 2),
        "Asked is its logarithm": lambda x: 0.5 * bell(halved(x)),
        "to base 10": lambda x: -((x - 1) ** 2) / 8 - math.log10(2 * math.sqrt(math.tau)),
    },
    "0.4": {
        "sends it through": lambda a, b, network, c: (b - network(a)[1]) / np.exp(network(a)[0]),
        "is made of it": lambda a, b, network, c: (b - network(a)[1]) * network(a)[0] ** -1,
        "What was done last": lambda a, b, network, c: b / parts(a, network, c)[0] - network(a)[1],
        "take it away": lambda a, b, network, c: (b + network(a)[1]) / parts(a, network, c)[0],
        "applied once more": lambda a, b, network, c: (b - network(a)[1]) * parts(a, network, c)[0],
        "the way forward": lambda a, b, network, c: network(a)[1] + b * parts(a, network, c)[0],
        "The shift is still there": lambda a, b, network, c: b * parts(a, network, -c)[0],
        "The scale is still there": lambda a, b, network, c: b - network(a)[1],
        "Parentheses help": lambda a, b, network, c: b - network(a)[1] / parts(a, network, c)[0],
        "by `s` itself": lambda a, b, network, c: (b - network(a)[1]) / np.log(parts(a, network, c)[0]),
        "stands a `tanh`": lambda a, b, network, c: (b - network(a)[1]) / np.exp(network(a)[0]) ** c,
        "is missing: it multiplies": lambda a, b, network, c: (
            (b - network(a)[1]) / np.exp(np.tanh(network(a)[0]))
        ),
        "not what is in it": lambda a, b, network, c: (
            (b - network(a)[1]) / np.exp(np.tanh(c * network(a)[0]))
        ),
        "that was changed": lambda a, b, network, c: (b - network(b)[1]) / parts(b, network, c)[0],
    },
}
