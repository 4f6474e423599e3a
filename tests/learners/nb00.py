"""Answers of learners to the exercises of notebook 00."""

import math

import numpy as np

from .tools import HALF_LOG, bell, cdf, slope

OTHER_WAY = {
    "0.1": lambda z: np.log(slope(cdf, z)),
    "0.2": lambda x: np.interp(x, 2 * np.linspace(-9, 9, 7) + 1, np.linspace(-9, 9, 7)),
}

LEARNERS = {
    "0.1": {
        "the integral of `exp`": lambda z: [-0.5 * u * u for u in z],
        "the density itself": bell,
        "constant uses the logarithm to base 10": lambda z: -z * z / 2 - math.log10(math.sqrt(math.tau)),
        "constant uses the logarithm to base 2": lambda z: -z * z / 2 - math.log2(math.tau) / 2,
        "took the logarithm to base 10": lambda z: np.log10(bell(z)),
        "in bits": lambda z: np.log2(bell(z)),
        "the sign of `z**2`": lambda z: 0.5 * z * z - HALF_LOG,
        "What does a square root become": lambda z: np.log(np.exp(-z * z / 2) / math.tau),
        "becomes a subtraction": lambda z: 0.5 * (math.log(math.tau) - z * z),
        "bell is too narrow": lambda z: -(np.abs(z) ** 2) - HALF_LOG,
    },
    "0.2": {
        "the map that makes data": lambda x: x + x + 1,
        "the wrong order": lambda x: 0.5 * x - 1,
        "the way to `x` adds 1": lambda x: 0.5 + 0.5 * x,
        "the way to `x` multiplies by 2": lambda x: 2 * x - 2,
        "in parentheses": lambda x: [u - 0.5 for u in x],
        "one divided by the map": lambda x: (2 * x + 1) ** -1,
        "The shift by 1 is still there": lambda x: [u / 2 for u in x],
    },
}
