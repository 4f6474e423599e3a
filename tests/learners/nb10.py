"""Answers of learners to the exercises of notebook 10."""

import collections
import math

import numpy as np

from .tools import bell, cdf, slope

OTHER_WAY = {
    "10.1": lambda x, u, levels: np.array([np.linspace(0, 1, levels + 1)[k] for k in x]) + u * (1 / levels),
    "10.2": lambda log_p, dims, levels: sum(log_p) / len(log_p) + math.log(float(levels) ** -dims),
    "10.3": lambda log_p, h, w, c, levels: [-math.log2(math.exp(u / (h * w * c)) / levels) for u in log_p],
    "10.4": lambda z, temperature: np.log(slope(lambda z: cdf(z / temperature), z)),
}


def turned(a, b, omega, t):
    """From a to b along an arc of the angle omega, point by point, by a basis of their plane."""
    e = (b - a * np.cos(omega)) / np.sin(omega)
    return np.array([a * np.cos(u * omega) + e * np.sin(u * omega) for u in t])


def by_weights(a, b, omega, t):
    """The combination of a and b for an angle omega, right or wrong, point by point."""
    return np.array([a * np.sin(omega - u * omega) + b * np.sin(u * omega) for u in t]) / np.sin(omega)


def between(a, b):
    """The angle at 0, from the three sides of the triangle."""
    p, q, r = (math.sqrt(sum(v * v)) for v in (a, b, a - b))
    return math.acos((p * p + q * q - r * r) / (2 * p * q))


def unit(v):
    return v / np.linalg.norm(v, axis=-1, keepdims=True)


OTHER_WAY["10.5"] = lambda a, b, t: turned(a, b, between(a, b), t)

LEARNERS = {
    "10.1": {
        "top level": lambda x, u, levels: x / (levels - 1) + u / (levels - 1),
        "scale the sum": lambda x, u, levels: u + x * (1 / levels),
        "The noise is not used": lambda x, u, levels: x * (1 / levels),
        "can become negative": lambda x, u, levels: (x - 0.5) / levels + u / levels,
        "leave gaps": lambda x, u, levels: u / levels + x * (1 / (levels - 1)),
        "runs from 0 to `levels`": lambda x, u, levels: np.add(u, x),
        "leave the image as it is": lambda x, u, levels: (x * levels + u) / levels,
        "You subtract the noise": lambda x, u, levels: x / levels - u / levels,
        "ends below 1": lambda x, u, levels: x / (levels + 1) + u / (levels + 1),
    },
    "10.2": {
        "mean log-density": lambda log_p, dims, levels: sum(log_p) / len(log_p),
        "in one dimension only": lambda log_p, dims, levels: np.mean(log_p - np.log(levels), axis=0),
        "volume above 1": lambda log_p, dims, levels: np.mean(log_p, 0) - dims * np.log(1 / levels),
        "A sum grows": lambda log_p, dims, levels: sum(log_p) - math.log(levels) * dims,
        "averaged the densities": lambda log_p, dims, levels: (
            np.log(sum(np.exp(log_p)) / len(log_p)) - dims * math.log(levels)
        ),
        "for each draw of noise": lambda log_p, dims, levels: np.mean(log_p, 0) - len(log_p) * np.log(levels),
        "averaged over the images": lambda log_p, dims, levels: np.average(log_p) - dims * math.log(levels),
        "is no bound": lambda log_p, dims, levels: np.sort(log_p, axis=0)[-1] - dims * math.log(levels),
        "Every image gets the same number": lambda log_p, dims, levels: [
            np.average(log_p) - dims * math.log(levels) for _ in log_p[0]
        ],
        "add the bounds": lambda log_p, dims, levels: (
            np.ones_like(log_p).T
            @ (log_p.sum(axis=1) - log_p.shape[1] * dims * math.log(levels))
            / len(log_p)
        ),
        "bits from nats": lambda log_p, dims, levels: np.mean(log_p, 0) + math.log2(float(levels) ** -dims),
        "along the rows": lambda log_p, dims, levels: np.mean(log_p.T, axis=0) - dims * math.log(levels),
        "of the whole image": lambda log_p, dims, levels: np.mean(log_p, 0) / dims - math.log(levels),
        "divided by the number of images": lambda log_p, dims, levels: (
            sum(log_p) / len(log_p[0]) - dims * math.log(levels)
        ),
    },
    "10.3": {
        "One bit is": lambda log_p, h, w, c, levels: -np.log(np.exp(log_p / (h * w * c)) / levels),
        "measures gray values": lambda log_p, h, w, c, levels: -np.log2(np.exp(log_p / (h * w * c))),
        "one channel of one pixel": lambda log_p, h, w, c, levels: (
            np.log2(levels) - log_p / (h * w * np.log(2))
        ),
        "More levels need": lambda log_p, h, w, c, levels: -np.log2(levels * np.exp(log_p / (h * w * c))),
        "fewer bits": lambda log_p, h, w, c, levels: np.log2(levels) + log_p / (h * w * c * np.log(2)),
        "convert the offset": lambda log_p, h, w, c, levels: (
            math.log(levels) - log_p / (np.log(2) * h * w * c)
        ),
        "counts whole": lambda log_p, h, w, c, levels: -np.log2(np.exp(log_p) / levels) / (h * w * c),
        "What an image costs": lambda log_p, h, w, c, levels: np.log2(np.exp(log_p / (h * w * c)) / levels),
        "A bit is less": lambda log_p, h, w, c, levels: (
            -np.log(np.exp(log_p / (h * w * c)) / levels) * math.log(2)
        ),
        "of one dimension": lambda log_p, h, w, c, levels: (
            h * w * c * np.log2(levels) - log_p * math.log2(math.e)
        ),
        "add the log-densities of all": lambda log_p, h, w, c, levels: [
            -math.log2(math.exp(sum(log_p) / (h * w * c)) / levels) for _ in log_p
        ],
        "bits of all images": lambda log_p, h, w, c, levels: [
            sum(-math.log2(math.exp(u / (h * w * c)) / levels) for u in log_p) for _ in log_p
        ],
        "as a reported number does": lambda log_p, h, w, c, levels: [
            -math.log2(math.exp(np.average(log_p) / (h * w * c)) / levels) for _ in log_p
        ],
    },
    "10.4": {
        "it is a standard deviation": lambda z, t: np.log(bell(z / math.sqrt(t)) / math.sqrt(t)),
        "narrower but not higher": lambda z, t: np.log(bell(z / t)),
        "the way back": lambda z, t: np.log(bell(z / t) * t),
        "once more": lambda z, t: np.log(bell(z * t) * t),
        "as physicists do": lambda z, t: np.log(bell(z)) / t,
        "does not occur": lambda z, t: np.log(bell(z)),
        "The constant": lambda z, t: np.log(bell(z / t) / t) - np.log(bell(0.0)),
        "density itself": lambda z, t: bell(z / t) / t,
        "latent of its own": lambda z, t: math.log(math.prod(bell(z / t) / t)),
        "only half of what": lambda z, t: np.log(bell(z / t) / math.sqrt(t)),
        "only `z` is squared": lambda z, t: np.log(bell(z / math.sqrt(t)) / t),
    },
    "10.5": {
        "the straight line. In": lambda a, b, t: np.array([a + u * (b - a) for u in t]),
        "give each point the length": lambda a, b, t: (
            unit(np.array([a + u * (b - a) for u in t])) * np.linalg.norm(a)
        ),
        "are exchanged": lambda a, b, t: turned(a, b, between(a, b), 1 - t),
        "Both weights are": lambda a, b, t: turned(a, b, between(a, b), t) * math.sin(between(a, b)),
        "contains both lengths": lambda a, b, t: turned(a, b, math.acos(sum(a * b)), t),
        "right angle for granted": lambda a, b, t: np.array(
            [a * np.cos(u * np.pi / 2) + b * np.sin(u * np.pi / 2) for u in t]
        ),
        "the squares of both lengths": lambda a, b, t: by_weights(
            a, b, math.acos(sum(a * b) / (sum(a * a) * sum(b * b))), t
        ),
        "radius 1": lambda a, b, t: unit(turned(unit(a), unit(b), between(a, b), t)),
        "what is missing to 1": lambda a, b, t: np.array(
            [a + math.sin(u * between(a, b)) / math.sin(between(a, b)) * (b - a) for u in t]
        ),
        "as if it were the angle": lambda a, b, t: by_weights(a, b, math.cos(between(a, b)), t),
        "squares that sum to 1": lambda a, b, t: np.array([a * (1 - u) ** 0.5 + b * u**0.5 for u in t]),
    },
}


def shares(train, levels, extra):
    """For each pixel a dictionary level -> share, as if `extra` images more had each level there."""
    total = len(train) + levels * extra
    tables = [collections.Counter(column.tolist()) for column in train.T]
    return [{k: (table[k] + extra) / total for k in range(levels)} for table in tables]


def by_dictionaries(tables, x):
    """Bits per dimension of each image, from a dictionary for each pixel."""

    def bits(image):
        shares = [table[k] for table, k in zip(tables, image.tolist(), strict=True)]
        return sum(-math.log2(p) if p > 0 else math.inf for p in shares) / len(shares)

    return [bits(image) for image in x]


def by_rule(rule):
    """Bits per dimension, from a rule (count, N, levels, extra) for the share of a level."""

    def bits_of_counts(train, x, levels, extra):
        tables = [
            {k: rule(column.tolist().count(k), len(train), levels, extra) for k in range(levels)}
            for column in train.T
        ]
        return by_dictionaries(tables, x)

    return bits_of_counts


def from_bincount(finish):
    """A score, from a rule for the probabilities of an image's pixels."""

    def bits_of_counts(train, x, levels, extra):
        tables = np.array([np.bincount(column, minlength=levels) + extra for column in train.T])
        tables = tables / tables.sum(axis=1, keepdims=True)
        return finish(np.array([[tables[d][k] for d, k in enumerate(image)] for image in x]))

    return bits_of_counts


def pooled(train, x, levels, extra):
    table = np.bincount(train.ravel(), minlength=levels) + extra
    return -np.log2(table[x] / table.sum()).mean(1)


OTHER_WAY["10.6"] = lambda train, x, levels, extra: by_dictionaries(shares(train, levels, extra), x)
LEARNERS["10.6"] = {
    "infinitely many bits": by_rule(lambda n, N, levels, extra: n / N),
    "as if you had not": by_rule(lambda n, N, levels, extra: n / N + extra / N),
    "you add `extra` once": by_rule(lambda n, N, levels, extra: (extra + n) / (extra + N)),
    "1 for each level": by_rule(lambda n, N, levels, extra: (n + extra) / (N + 1 * levels)),
    "You divide first": by_rule(lambda n, N, levels, extra: extra + n / N),
    "one table for all": pooled,
    "Which logarithm": from_bincount(lambda p: -np.log(p).sum(1) / p.shape[1]),
    "bits of a whole image": from_bincount(lambda p: -np.log2(p.prod(axis=1))),
    "as a reported number does": from_bincount(lambda p: -np.log2(p).sum() / p.size),
    "logs of probabilities": from_bincount(lambda p: np.log2(p.prod(axis=1)) / p.shape[1]),
    "to be scored": lambda train, x, levels, extra: by_dictionaries(shares(x, levels, extra), x),
    "the number is given": lambda train, x, levels, extra: by_dictionaries(
        shares(train, len(range(train.max() + 1)), extra), x
    ),
    "then take the log": from_bincount(lambda p: np.log2(p.shape[1] / p.sum(axis=1))),
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


LEARNERS["10.7"] = {
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
OTHER_WAY["10.7"] = lambda p, q, levels, dims: [
    (u := np.sort(column)[::-1])[0] + math.log1p(math.fsum(np.exp(u[1:] - u[0])))
    - math.log(len(u)) - cells(levels, dims)
    for column in (p - q).T
]  # fmt: skip


def pairs(valid, test):
    """(validation, test) of each model, the best on validation first."""
    return sorted(zip(valid.tolist(), test.tolist(), strict=True))


OTHER_WAY["10.8"] = lambda valid, test: np.array(
    [pairs(valid, test)[0][1], max(pairs(valid, test)[0][1] - score for score in test)]
)
LEARNERS["10.8"] = {
    "more or fewer": lambda valid, test: [pairs(valid, test)[-1][1], pairs(valid, test)[-1][1] - min(test)],
    "this very number": lambda valid, test: [min(valid), pairs(valid, test)[0][1] - min(test)],
    "their own choice": lambda valid, test: [min(test), 0],
    "has not chosen": lambda valid, test: [min(test), test[list(valid).index(min(valid))] - min(test)],
    "cannot look worse": lambda valid, test: [
        pairs(valid, test)[0][1], min(score - pairs(valid, test)[0][1] for score in test)
    ],
    "two scores of one model": lambda valid, test: [
        pairs(valid, test)[0][1], pairs(valid, test)[0][1] - pairs(valid, test)[0][0]
    ],
    "easier or harder": lambda valid, test: [pairs(valid, test)[0][1], min(valid) - min(test)],
    "Half of it": lambda valid, test: [
        np.average(pairs(valid, test)[0]), pairs(valid, test)[0][1] - min(test)
    ],
    "Only one of them": lambda valid, test: [sum(test) / len(test), sum(test) / len(test) - min(test)],
    "have a say": lambda valid, test: [
        sorted(zip(valid + test, test, strict=True))[0][1],
        sorted(zip(valid + test, test, strict=True))[0][1] - min(test),
    ],
    "mean of all": lambda valid, test: [
        pairs(valid, test)[0][1], sum(test) / len(test) - pairs(valid, test)[0][1]
    ],
    "at which place": lambda valid, test: [
        list(valid).index(min(valid)), pairs(valid, test)[0][1] - min(test)
    ],
}  # fmt: skip
