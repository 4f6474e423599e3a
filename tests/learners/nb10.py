"""Answers of learners to the exercises of notebook 10."""

import math

import numpy as np


def scored(bits, shape, log_2s, levels=8):
    """What a version says of densities that are 2**n as high in each dimension, and what it should say."""
    log_p = np.array([n * math.prod(shape) * math.log(2) for n in log_2s])
    return bits(log_p, shape, levels), np.array([math.log2(levels) - n for n in log_2s])


def passes(bits, *of):
    said, should = scored(bits, *of)
    return said.shape == should.shape and bool((abs(said - should) < 1e-6).all())


def saved(bits, n):
    """The bits that a density saves which is 2**n as high in each dimension, one image at a time."""
    return scored(bits, (3, 4, 5), [0])[0][0] - scored(bits, (3, 4, 5), [n])[0][0]


OTHER_WAY = {
    "10.2": lambda bits: all(
        abs(a - b) < 1e-9 for a, b in zip(*scored(bits, (3, 5, 2), [1, -1, 0], 17), strict=True)
    )
}
LEARNERS = {
    "10.2": {
        "uses the uniform density": lambda bits: bits(np.zeros(3), (5, 2, 3), 16).tolist() == [4.0] * 3,
        "the offset drops out": lambda bits: abs(saved(bits, 2.0) - 2) < 1e-6,
        "How many bits fewer": lambda bits: saved(bits, 0.3) > 0,
        "have one channel": lambda bits: passes(bits, (8, 4, 1), [1, 0]),
        "has one dimension": lambda bits: passes(bits, (1, 1, 1), [1, 0]),
        "as high as they are wide": lambda bits: passes(bits, (4, 4, 3), [0, 1]),
        "one image at a time": lambda bits: passes(bits, (3, 2, 4), [0]) and passes(bits, (3, 2, 4), [2]),
        "same log-density": lambda bits: all(passes(bits, (3, 2, 4), [n] * 3) for n in (0, 2)),
        "whether the bits are negative": lambda bits: min(scored(bits, (3, 2, 4), [0, 1])[0]) >= 0,
        "the shape of the result": lambda bits: np.isfinite(bits(np.ones(4), (3, 2, 4), 8)).sum() == 4,
    }
}


def cells(levels, dims):
    """The log of the number of cells."""
    return sum(math.log(levels) for _ in range(dims))


def added(a):
    """log of the sum of exp(a) over the first axis, two terms at a time."""
    total = a[0]
    for row in a[1:]:
        total = np.logaddexp(total, row)
    return total


LEARNERS["10.5"] = {
    "a looser one": lambda p, q, levels, dims: sum(p - q) / len(p) - cells(levels, dims),
    "in the thousands": lambda p, q, levels, dims: (
        np.log(np.average(np.exp(p) / np.exp(q), axis=0)) - cells(levels, dims)
    ),
    "grows with their number": lambda p, q, levels, dims: added(p - q) - cells(levels, dims),
    "has the wrong sign": lambda p, q, levels, dims: added(p + q) - math.log(len(p)) - cells(levels, dims),
    "does not occur": lambda p, q, levels, dims: added(p) - math.log(len(p)) - cells(levels, dims),
    "log of a density": lambda p, q, levels, dims: added(p - q - math.log(len(p))),
    "a volume above 1": lambda p, q, levels, dims: added(p - q) - math.log(len(p)) + cells(levels, dims),
    "in one dimension only": lambda p, q, levels, dims: added(p - q) - math.log(len(p) * levels),
    "by their sum": lambda p, q, levels, dims: added(p - q - added(p - q)) - cells(levels, dims),
    "luckier": lambda p, q, levels, dims: np.sort(p - q, axis=0)[-1] - cells(levels, dims),
    "where is it put back": lambda p, q, levels, dims: (
        added(p - q) - math.log(len(p)) - np.sort(p - q, axis=0)[-1] - cells(levels, dims)
    ),
    "of the whole array": lambda p, q, levels, dims: (
        np.log(sum(np.exp(p - q - (p - q).max())) / len(p)) + (p - q).max() - cells(levels, dims)
    ),
    "a bound of its own": lambda p, q, levels, dims: (
        np.average(added(p - q)) - math.log(len(p)) - cells(levels, dims)
    ),
    "along the rows": lambda p, q, levels, dims: (
        added((p - q).T) - math.log(p.shape[1]) - cells(levels, dims)
    ),
}
OTHER_WAY["10.5"] = lambda p, q, levels, dims: [
    (u := np.sort(column)[::-1])[0] + math.log1p(math.fsum(np.exp(u[1:] - u[0])))
    - math.log(len(u)) - cells(levels, dims)
    for column in (p - q).T
]  # fmt: skip
