"""Answers of learners to the exercises of notebook 06."""

import math

import numpy as np

from .tools import bell


def halves(z, d=None):
    return np.split(z, [z.shape[1] // 2 if d is None else d], axis=1)


def glue(*parts):
    return np.hstack(parts)


def by_hand(z, first, second, undo, d=None):
    """x, when each coupling is undone by the rule undo(half, s, t)."""
    a, b = halves(z, d)
    x_a = undo(a, *second(b))
    return glue(x_a, undo(b, *first(x_a)))


def undone_by_solving(z, first, second):
    """Row by row, each half from a system of linear equations."""
    rows = []
    for row in z:
        a, b = halves(row[None])
        for half, said in (0, second), (1, first):
            s, t = (part[0] for part in said((b, a)[half]))
            solved = np.linalg.solve(np.diag(s), (a, b)[half][0] - t)[None]
            a, b = (solved, b) if half == 0 else (a, solved)
        rows.append(glue(a, b)[0])
    return np.array(rows)


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


def quotients(coupling, x, h=1e-5):
    """log|det J| of each example by difference quotients and the product of singular values."""
    steps = h * np.eye(x.shape[1])
    J = np.stack([(coupling(x + e)[0] - coupling(x - e)[0]) / (2 * h) for e in steps], axis=-1)
    return [math.log(math.prod(np.linalg.svd(matrix)[1])) for matrix in J]


def largest(a, b):
    return np.max(np.abs(np.subtract(a, b)))


ROWS = np.array([[0.4, -1.3, 0.9, 0.2], [-0.8, 1.1, 0.5, -1.6], [1.4, 0.3, -0.7, 0.6]])


def comes_back(coupling, x=ROWS):
    return largest(coupling(coupling(x)[0], inverse=True), x) < 1e-6


def tested(x=ROWS, change=lambda numbers: numbers):
    """A test at x, with something done to the log-dets before they are compared."""

    def test(coupling):
        given, found = np.array(coupling(x)[1]), np.array(quotients(coupling, x))
        return bool(comes_back(coupling, x) and largest(change(given), change(found)) < 1e-4)

    return test


OTHER_WAY = {
    "6.2": log_prob_by_the_matrix,
    "6.3": tested(),
    "6.4": lambda s_hat, low, high: low * (high / low) ** (1 - 1 / (1 + np.exp(2 * s_hat))),
    "6.6": undone_by_solving,
}


def scored(x, s, t, d=None):
    """(a, z_b, s at a): what the answers to 6.2 are built from."""
    a, b = halves(x, d)
    return a, t(a) + b * s(a), s(a)


LEARNERS = {
    "6.2": {
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
    "6.3": {
        "one half of the work": comes_back,
        "is never asked": lambda coupling: largest(coupling(ROWS)[1], quotients(coupling, ROWS)) < 1e-4,
        "the mean and the total of itself": tested(ROWS[1:2]),
        "In the plane": tested(ROWS[:, 1:3]),
        "You compare sizes": tested(change=np.abs),
        "one number for the whole batch": tested(change=sum),
        "nothing to scale": tested(0 * ROWS),
        "Each operation rounds": lambda coupling: (
            (coupling(coupling(ROWS)[0], inverse=True) == ROWS).all()
            and (coupling(ROWS)[1] == quotients(coupling, ROWS)).all()
        ),
        "Which half decides": lambda coupling: (
            tested()(coupling) and (coupling(ROWS)[0] == ROWS)[:, :2].all()
        ),
        "all that you look at": lambda coupling: np.isfinite(coupling(ROWS)[0]).all(),
    },
    "6.4": {
        "Asked is the scale": lambda s_hat, low, high: np.log(OTHER_WAY["6.4"](s_hat, low, high)),
        "doubling and halving": lambda s_hat, low, high: low + (high - low) / (1 + np.exp(-2 * s_hat)),
        "a width of 2 already": lambda s_hat, low, high: (
            math.sqrt(low * high) * (high / low) ** np.tanh(s_hat)
        ),
        "whatever the limits are": lambda s_hat, low, high: math.sqrt(high / low) ** np.tanh(s_hat),
        "It is the scale that should": lambda s_hat, low, high: (
            math.e ** (low + (high - low) / (1 + np.exp(-2 * s_hat)))
        ),
        "the log of their mean": lambda s_hat, low, high: (
            (low / 2 + high / 2) * math.sqrt(high / low) ** np.tanh(s_hat)
        ),
        "should give a large scale": lambda s_hat, low, high: low * high / OTHER_WAY["6.4"](s_hat, low, high),
        "Its output is what": lambda s_hat, low, high: (
            math.sqrt(low * high) * np.exp(np.tanh(s_hat * (math.log(high) - math.log(low)) / 2))
        ),
        "a huge scale": lambda s_hat, low, high: math.sqrt(low * high) * math.sqrt(high / low) ** s_hat,
        "flat outside": lambda s_hat, low, high: np.minimum(high, np.maximum(low, np.exp(s_hat))),
        "half the input": lambda s_hat, low, high: low * (high / low) ** (1 / (1 + np.exp(-s_hat))),
    },
    "6.6": {
        "Which of the two was done last": lambda z, first, second: np.roll(
            by_hand(
                np.roll(z, -(z.shape[1] // 2), axis=1),
                second,
                first,
                lambda h, s, t: h / s - t / s,
                z.shape[1] - z.shape[1] // 2,
            ),
            z.shape[1] // 2,
            axis=1,
        ),
        "you have just restored": lambda z, first, second: glue(
            (halves(z)[0] - second(halves(z)[1])[1]) / second(halves(z)[1])[0],
            (halves(z)[1] - first(halves(z)[0])[1]) / first(halves(z)[0])[0],
        ),
        "the first is still there": lambda z, first, second: glue(
            (halves(z)[0] - second(halves(z)[1])[1]) / second(halves(z)[1])[0], halves(z)[1]
        ),
        "which is not what it was": lambda z, first, second: inverse_by_solving(
            z, lambda a: first(a)[0], lambda a: first(a)[1]
        ),
        "once more, forward": lambda z, first, second: np.roll(
            by_hand(
                np.roll(z, -(z.shape[1] // 2), axis=1),
                second,
                first,
                lambda h, s, t: t + h * s,
                z.shape[1] - z.shape[1] // 2,
            ),
            z.shape[1] // 2,
            axis=1,
        ),
        "within a coupling": lambda z, first, second: by_hand(z, first, second, lambda h, s, t: h / s - t),
        "The shifts go": lambda z, first, second: by_hand(z, first, second, lambda h, s, t: h / s + t / s),
        "The scales are applied": lambda z, first, second: by_hand(
            z, first, second, lambda h, s, t: s * h - s * t
        ),
        "a scale already": lambda z, first, second: by_hand(
            z, first, second, lambda h, s, t: (h - t) / np.exp(s)
        ),
        "in this order": lambda z, first, second: by_hand(z, first, second, lambda h, t, s: (h - t) / s),
        "`len(z)` is `N`": lambda z, first, second: by_hand(
            z, first, second, lambda h, s, t: (h - t) / s, z.shape[0] // 2
        ),
        "in the wrong order": lambda z, first, second: np.roll(
            undone_by_solving(z, first, second), -(z.shape[1] // 2), axis=1
        ),
    },
}
