"""Answers of learners to the exercises of notebook 06."""

import math
from itertools import zip_longest

import numpy as np

from .tools import bell


def halves(z, d=None):
    return np.split(z, [z.shape[1] // 2 if d is None else d], axis=1)


def glue(*parts):
    return np.hstack(parts)


def radius(c):
    """The distance at which the density of two standard normal numbers is c, by bisection."""
    low, high = np.zeros(len(c)), np.full(len(c), 9.0)
    for _ in range(80):
        middle = (low + high) / 2
        above = bell(middle) * bell(0.0) > c
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return low


def undone(z, s, t, d):
    """The inverse with a first half of d coordinates."""
    a, b = halves(z, d)
    return glue(a, b / s(a) - t(a) / s(a))


def interleaved(*parts):
    """The columns in turn, from the first part on, which may have fewer than the second."""
    columns = zip_longest(*(part.T for part in parts))
    return np.array([column for pair in columns for column in pair if column is not None]).T


def inverse_by_solving(z, s, t):
    a, b = halves(z)
    rows = [np.linalg.solve(np.diag(s_n), b_n - t_n) for s_n, b_n, t_n in zip(s(a), b, t(a), strict=True)]
    return glue(a, rows)


def log_prob_by_the_matrix(x, s, t):
    """log p_z(z) + log|det J|, with J by difference quotients and its determinant by slogdet."""

    def forward(x):
        a, b = halves(x)
        return glue(a, b * s(a) + t(a))

    h, z = 1e-3, forward(x)
    steps = h * np.eye(x.shape[1])
    J = [
        (8 * (forward(x + e) - forward(x - e)) - forward(x + 2 * e) + forward(x - 2 * e)) / (12 * h)
        for e in steps
    ]
    return np.log(bell(z)).sum(axis=1) + np.linalg.slogdet(np.stack(J, axis=-1))[1]


def by_order(h):
    x = np.arange(h.shape[1])
    return h[:, np.argsort(np.r_[x[0::2], x[1::2]])]


OTHER_WAY = {
    "6.1": lambda c: math.pi * radius(c) ** 2,
    "6.2": inverse_by_solving,
    "6.3": lambda s: [math.fsum(map(math.log, row)) for row in s],
    "6.4": by_order,
    "6.5": lambda s_hat, c: np.exp(c * (1 - 2 / (1 + np.exp(2 * s_hat)))),
    "6.6": log_prob_by_the_matrix,
}


def scored(x, s, t, d=None):
    """(a, z_b, s at a): what the answers to 6.6 are built from."""
    a, b = halves(x, d)
    return a, t(a) + b * s(a), s(a)


LEARNERS = {
    "6.1": {
        "higher than the highest": lambda c: [-2 * math.pi * math.log(math.tau * u) for u in c],
        "and NaN above it": lambda c: math.pi * np.power((-np.log(math.tau * c)) ** 0.5 * math.sqrt(2), 2),
        "where no point is": lambda c: math.tau * np.abs(np.log(c / bell(0.0) ** 2)),
        "a factor in front": lambda c: [-math.tau * math.log(u) for u in c],
        "on the other side": lambda c: [math.tau * math.log(math.tau / u) for u in c],
        "This is the mass": lambda c: 1 - np.exp(-(radius(c) ** 2) / 2),
        "of one standard normal number": lambda c: [
            math.pi * max(0, -2 * math.log(u / bell(0.0))) for u in c
        ],
        "stands there with a factor": lambda c: math.pi * radius(c) ** 2 / 2,
        "the length of the circle": lambda c: math.tau * radius(c),
        "with the square of its radius": lambda c: math.pi * radius(c),
        "the square around the disc": lambda c: (2 * radius(c)) ** 2,
        "One constant is missing": lambda c: radius(c) ** 2,
    },
    "6.2": {
        "What was done last": lambda z, s, t: glue(
            halves(z)[0], halves(z)[1] / s(halves(z)[0]) - t(halves(z)[0])
        ),
        "in the same direction once more": lambda z, s, t: glue(
            halves(z)[0], (halves(z)[1] + t(halves(z)[0])) / s(halves(z)[0])
        ),
        "The scale is applied once more": lambda z, s, t: glue(
            halves(z)[0], (halves(z)[1] - t(halves(z)[0])) * s(halves(z)[0])
        ),
        "the half that was changed": lambda z, s, t: glue(
            halves(z)[0], (halves(z)[1] - t(halves(z)[1])) / s(halves(z)[1])
        ),
        "forward map once more": lambda z, s, t: glue(
            halves(z)[0], t(halves(z)[0]) + halves(z)[1] * s(halves(z)[0])
        ),
        "the shift is still there": lambda z, s, t: glue(halves(z)[0], s(halves(z)[0]) ** -1 * halves(z)[1]),
        "the scale is still there": lambda z, s, t: z - glue(0 * halves(z)[0], t(halves(z)[0])),
        "Python divides before": lambda z, s, t: (
            z - glue(0 * halves(z)[0], t(halves(z)[0]) / s(halves(z)[0]))
        ),
        "not its logarithm": lambda z, s, t: glue(
            halves(z)[0], (halves(z)[1] - t(halves(z)[0])) / np.exp(s(halves(z)[0]))
        ),
        "`len(z)` is `N`": lambda z, s, t: undone(z, s, t, z.shape[0] // 2),
        "the narrower": lambda z, s, t: undone(z, s, t, z.shape[1] - z.shape[1] // 2),
        "in the wrong order": lambda z, s, t: np.roll(
            inverse_by_solving(z, s, t), -(z.shape[1] // 2), axis=1
        ),
    },
    "6.3": {
        "You add the scales": lambda s: [sum(row) for row in s],
        "Asked is its logarithm": lambda s: [math.prod(row) for row in s],
        "the order of log and sum": lambda s: [math.log(sum(row)) for row in s],
        "that of the inverse": lambda s: np.log(1 / s).sum(axis=-1),
        "is rounded to 0": lambda s: np.log([math.prod(row) for row in s]),
        "A mean over all logs": lambda s: np.log(s).sum() / s.size,
        "You average over the batch": lambda s: np.log(s).sum() / len(s),
        "the total of the batch": lambda s: [math.fsum(np.log(s).ravel())] * len(s),
        "the mean of the batch": lambda s: 0 * s[:, 0] + np.log(s).sum() / len(s),
        "You average over the examples": lambda s: sum(np.log(s)) / len(s),
        "The bars": lambda s: [abs(math.fsum(map(math.log, row))) for row in s],
        "Each example has its own log-det": lambda s: math.fsum(np.log(s).ravel()),
        "keep the coordinates": lambda s: sum(np.log(s)),
        "how many coordinates there are": lambda s: np.log(s) @ np.full(s.shape[1], 1 / s.shape[1]),
    },
    "6.4": {
        "nobody would notice": lambda h: np.array(h.tolist()),
        "once more": lambda h: h[:, np.argsort(np.arange(h.shape[1]) % 2, kind="stable")],
        "the wrong one begins": lambda h: [
            [*np.array(list(zip(row[-(len(row) // 2) :], row, strict=False))).ravel(), *row[len(row) // 2 :]][
                : len(row)
            ]
            for row in h
        ],
        "wider by one column": lambda h: interleaved(*halves(h)),
        "has no partner": lambda h: by_order(h)[:, : len(h[0]) - len(h[0]) % 2],
        "sort by value": lambda h: [sorted(row) for row in h],
        "in the opposite order": lambda h: np.fliplr(by_order(h)),
    },
    "6.5": {
        "negative for half": lambda s_hat, c: c * (1 - 2 / (1 + np.exp(2 * s_hat))),
        "reciprocals of the scales": lambda s_hat, c: 1 / math.exp(c) ** np.tanh(s_hat),
        "the sign of `s_hat`": lambda s_hat, c: math.e**c * (1 - 2 / (1 + np.exp(2 * s_hat))),
        "half the input": lambda s_hat, c: math.exp(c) ** np.tanh(s_hat / 2),
        "within limits": lambda s_hat, c: math.exp(c) ** s_hat,
        "for every `c`": lambda s_hat, c: math.e ** np.tanh(s_hat * c),
        "multiplies the scale": lambda s_hat, c: np.exp(np.tanh(s_hat) + math.log(c)),
        "flat outside": lambda s_hat, c: np.exp(np.minimum(c, np.maximum(-c, s_hat))),
        "never squeeze": lambda s_hat, c: np.exp(c * (1 + np.tanh(s_hat / 2)) / 2),
        "used by some": lambda s_hat, c: math.e ** (c * np.tanh(s_hat * (1 / c))),
    },
    "6.6": {
        "The layer stretches": lambda x, s, t: np.log(np.prod(bell(np.hstack(scored(x, s, t)[:2])), axis=1)),
        "in this direction": lambda x, s, t: (
            2 * np.log(np.prod(bell(np.hstack(scored(x, s, t)[:2])), axis=1))
            - log_prob_by_the_matrix(x, s, t)
        ),
        "is part of `z`, too": lambda x, s, t: np.log(
            np.prod(bell(scored(x, s, t)[1]) * scored(x, s, t)[2], axis=1)
        ),
        "before the layer": lambda x, s, t: (
            np.log(bell(x)).sum(axis=1) + np.log(scored(x, s, t)[2]).sum(axis=1)
        ),
        "added to every example": lambda x, s, t: (
            np.log(bell(np.hstack(scored(x, s, t)[:2]))).sum(axis=1) + np.log(scored(x, s, t)[2]).sum()
        ),
        "The base densities": lambda x, s, t: (
            np.log(bell(np.hstack(scored(x, s, t)[:2]))).sum() + np.log(scored(x, s, t)[2]).sum(axis=1)
        ),
        "One number for the whole batch": lambda x, s, t: sum(log_prob_by_the_matrix(x, s, t)),
        "how a loss is made": lambda x, s, t: sum(log_prob_by_the_matrix(x, s, t)) / len(x),
        "the total of the batch": lambda x, s, t: [sum(log_prob_by_the_matrix(x, s, t))] * len(x),
        "the mean of the batch": lambda x, s, t: [log_prob_by_the_matrix(x, s, t).mean()] * len(x),
        "`len(x)` is `N`": lambda x, s, t: (
            np.log(bell(glue(*scored(x, s, t, len(x) // 2)[:2]))).sum(axis=1)
            + np.log(scored(x, s, t, len(x) // 2)[2]).sum(axis=1)
        ),
        "multiplies your shift": lambda x, s, t: log_prob_by_the_matrix(x, s, lambda a: s(a) * t(a)),
        "go forward": lambda x, s, t: (
            np.log(bell(inverse_by_solving(x, s, t))).sum(axis=1) + np.log(scored(x, s, t)[2]).sum(axis=1)
        ),
        "You ask `s` and `t` at `x_b`": lambda x, s, t: (
            np.log(bell(glue(halves(x)[0], t(halves(x)[1]) + halves(x)[1] * s(halves(x)[1])))).sum(axis=1)
            + np.log(s(halves(x)[1])).sum(axis=1)
        ),
        "belongs to the square": lambda x, s, t: (
            log_prob_by_the_matrix(x, s, t) - (np.hstack(scored(x, s, t)[:2]) ** 2).sum(axis=1) / 2
        ),
        "To a log-density": lambda x, s, t: (
            np.log(bell(np.hstack(scored(x, s, t)[:2]))).sum(axis=1) + scored(x, s, t)[2].sum(axis=1)
        ),
        "is counted once": lambda x, s, t: (
            log_prob_by_the_matrix(x, s, t) + (x.shape[1] - 1) * math.log(math.tau) / 2
        ),
    },
}
