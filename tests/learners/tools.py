"""Numbers and functions from which learners' answers are built."""

import math

import numpy as np

HALF_LOG = 0.9189385332046727  # log(2 pi) / 2


def cdf(z):
    return np.array([0.5 * math.erfc(-u / math.sqrt(2)) for u in np.ravel(z)])


def slope(f, x, h=1e-4):
    """f'(x) by a difference quotient of fourth order."""
    return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h)


def bell(z):
    return np.exp(-0.5 * z * z) * 0.3989422804014327


def odds(x):
    return x / (1 - x)
