"""Answers of learners to the exercises of notebook 05."""

import math

import numpy as np

from .tools import slope


def log_det_by_differences(f, x, h=1e-4):
    """log|det| of a Jacobian of difference quotients of fourth order, at each row of x."""
    columns = [slope(lambda t, e=e: f(x + t * e), 0.0, h) for e in np.eye(x.shape[1])]
    return np.linalg.slogdet(np.stack(columns, axis=-1))[1]


def points(x, layer, K):
    """x and its images after 1, 2, ..., K layers."""
    h = [x]
    while len(h) <= K:
        h += [layer(len(h) - 1, h[-1])[0]]
    return h


def parts(x, layer, K, shift=0):
    """The log-det of each layer, (K, N), at the point `shift` steps after the one that it gets."""
    h = points(x, layer, K)
    return np.array([layer(k, h[k + shift])[1] for k in range(K)])


def turned(x, layer, K):
    return points(x, lambda k, h: layer(K - 1 - k, h), K)


def minus_g(x, g):
    return x - g(x)


def steps_back(z, a, g, steps, start=None):
    if steps == 0:
        return z / a if start is None else start
    return (z - g(steps_back(z, a, g, steps - 1, start))) / a


def activation(x, w, b):
    return np.sum(x * w, axis=-1) + b


def bump(a):
    """tanh' = 1/cosh²."""
    return np.cosh(a) ** -2.0


OTHER_WAY = {
    "5.1": lambda z, W, s, b: np.linalg.lstsq(np.diag(s) @ W, (z - b).T, rcond=None)[0].T,
    "5.2": lambda x, f, dfdx, g, dgdh: np.log(np.abs(slope(lambda x: g(f(x)), x))),
    "5.3": lambda x, layer, K: log_det_by_differences(lambda x: points(x, layer, K)[-1], x),
    "5.4": lambda x, s, u, w, b: log_det_by_differences(
        lambda x: s * x + np.tanh(activation(x, w, b))[:, None] * u, x
    ),
    "5.5": steps_back,
}

LEARNERS = {
    "5.1": {
        "in the wrong order": lambda z, W, s, b: (z @ np.linalg.inv(W).T - b) / s,
        "scales, then shifts": lambda z, W, s, b: (z / s - b) @ np.linalg.inv(W.T),
        "`h = x @ W.T`": lambda z, W, s, b: ((z - b) / s) @ np.linalg.inv(W),
        "only if `W` is orthogonal": lambda z, W, s, b: np.einsum("ji,nj->ni", W, (z - b) / s),
        "a second time": lambda z, W, s, b: [W @ row for row in (z - b) / s],
        "the chain itself": lambda z, W, s, b: [s * (W @ row) + b for row in z],
        "still there": lambda z, W, s, b: (z / s) @ np.linalg.inv(W).T,
        "This is `h`": lambda z, W, s, b: z / s - b / s,
        "Python divides before": lambda z, W, s, b: (z - b / s) @ np.linalg.inv(W).T,
        "goes in the same direction": lambda z, W, s, b: (z / s + b / s) @ np.linalg.inv(W.T),
        "is applied once more": lambda z, W, s, b: np.linalg.solve(W, np.diag(s) @ (z - b).T).T,
        "of each entry": lambda z, W, s, b: [(W**-1.0) @ row for row in (z - b) / s],
    },
    "5.2": {
        "`g` never meets `x`": lambda x, f, dfdx, g, dgdh: np.log(np.abs(dfdx(x) * dgdh(x))),
        "where it arrives": lambda x, f, dfdx, g, dgdh: np.log(np.abs(dfdx(f(x)) * dgdh(f(x)))),
        "one step too late": lambda x, f, dfdx, g, dgdh: np.log(np.abs(dfdx(x) * dgdh(g(f(x))))),
        "the log-det of `f(g(x))`": lambda x, f, dfdx, g, dgdh: np.log(np.abs(slope(lambda x: f(g(x)), x))),
        "the first map has stretched": lambda x, f, dfdx, g, dgdh: np.log(dgdh(f(x)) ** 2) / 2,
        "`g` is missing": lambda x, f, dfdx, g, dgdh: np.log(np.abs(slope(f, x))),
        "make of a product": lambda x, f, dfdx, g, dgdh: np.log(dfdx(x) ** 2) * np.log(dgdh(f(x)) ** 2) / 4,
        "not by 5": lambda x, f, dfdx, g, dgdh: np.log((dfdx(x) + dgdh(f(x))) ** 2) / 2,
        "may be decreasing": lambda x, f, dfdx, g, dgdh: np.log(dfdx(x) * dgdh(f(x))),
        "the slope of `f` to `dgdh`": lambda x, f, dfdx, g, dgdh: np.log(np.abs(dfdx(x) * dgdh(dfdx(x)))),
        "The bars": lambda x, f, dfdx, g, dgdh: np.abs(np.log(np.abs(slope(lambda x: g(f(x)), x)))),
        "right for a quotient": lambda x, f, dfdx, g, dgdh: np.log(np.abs(dfdx(x) / dgdh(f(x)))),
        "that of the way back": lambda x, f, dfdx, g, dgdh: np.log(np.abs(1 / slope(lambda x: g(f(x)), x))),
        "so nothing is added up": lambda x, f, dfdx, g, dgdh: (
            np.log(np.abs(dfdx(x))).sum() + np.log(np.abs(dgdh(f(x)))).sum()
        ),
        "a mean over all entries": lambda x, f, dfdx, g, dgdh: (
            math.log(math.prod(np.abs(dfdx(x) * dgdh(f(x))))) / len(x)
        ),
        "the stretch of the whole": lambda x, f, dfdx, g, dgdh: np.abs(slope(lambda x: g(f(x)), x)),
    },
    "5.3": {
        "only the first one meets `x`": lambda x, layer, K: np.sum(
            [layer(k, x)[1] for k in range(K)], axis=0
        ),
        "overwrites": lambda x, layer, K: layer(K - 1, points(x, layer, K)[K - 1])[1],
        "what do their logs do": lambda x, layer, K: math.prod(parts(x, layer, K)),
        "the order of the inverse": lambda x, layer, K: log_det_by_differences(
            lambda x: turned(x, layer, K)[-1], x
        ),
        "The last layer is missing": lambda x, layer, K: sum(parts(x, layer, K - 1)),
        "layer 0 is missing": lambda x, layer, K: sum(parts(x, layer, K)) - layer(0, x)[1],
        "one step too late": lambda x, layer, K: sum(parts(x, layer, K, shift=1)),
        "the whole batch": lambda x, layer, K: parts(x, layer, K).sum(),
        "You average over the batch": lambda x, layer, K: sum(parts(x, layer, K).ravel()) / len(x),
        "as it is": lambda x, layer, K: np.zeros(len(x)) + sum(d.sum() for d in parts(x, layer, K)),
        "nothing to average": lambda x, layer, K: (
            np.zeros(len(x)) + sum(d.mean() for d in parts(x, layer, K))
        ),
        "on the way back": lambda x, layer, K: -log_det_by_differences(lambda x: points(x, layer, K)[-1], x),
        "has the number 0": lambda x, layer, K: log_det_by_differences(
            lambda x: points(x, lambda k, h: layer(k + 1, h), K)[-1], x
        ),
        "It is a log already": lambda x, layer, K: np.log(np.abs(math.prod(parts(x, layer, K)))),
        "divided by `K`": lambda x, layer, K: sum(parts(x, layer, K)) / K,
    },
    "5.4": {
        "where the push is scaled as well": lambda x, s, u, w, b: (
            math.log(math.prod(s)) + np.log1p(u @ w * bump(activation(x, w, b)))
        ),
        "meets the scaled point": lambda x, s, u, w, b: (
            np.log(s).sum() + np.log1p(u @ w * bump(activation(x * s, w, b)))
        ),
        "has a determinant, too": lambda x, s, u, w, b: np.log1p((w / s) @ u * bump(activation(x, w, b))),
        "(5.11) as it stands": lambda x, s, u, w, b: np.log1p(u @ w * bump(activation(x, w, b))),
        "what remains is divided": lambda x, s, u, w, b: (
            np.log(s).sum() + np.log1p((w * s) @ u * bump(activation(x, w, b)))
        ),
        "You add the `s` themselves": lambda x, s, u, w, b: (
            s.sum() + np.log1p((w / s) @ u * bump(activation(x, w, b)))
        ),
        "the value of `tanh`": lambda x, s, u, w, b: (
            np.log(s).sum() + np.log(np.abs(1 + (w / s) @ u * np.tanh(activation(x, w, b))))
        ),
        "a square is missing": lambda x, s, u, w, b: (
            np.log(s).sum() + np.log(np.abs(1 + (w / s) @ u * (1 - np.tanh(activation(x, w, b)))))
        ),
        "only the second part": lambda x, s, u, w, b: (
            np.log(s).sum() + np.log(np.abs((w / s) @ u)) + np.log(bump(activation(x, w, b)))
        ),
        "none are": lambda x, s, u, w, b: np.log(
            np.abs([math.prod(s + r * u * w) for r in bump(activation(x, w, b))])
        ),
        "the trace of the Jacobian": lambda x, s, u, w, b: np.log(
            np.abs([np.trace(np.diag(s) + r * np.outer(u, w)) for r in bump(activation(x, w, b))])
        ),
        "where is `b`": lambda x, s, u, w, b: np.log(s).sum() + np.log1p((w / s) @ u * bump(x @ w)),
        "that of the way back": lambda x, s, u, w, b: (
            -np.log(s).sum() - np.log1p((w / s) @ u * bump(activation(x, w, b)))
        ),
        "This is the determinant": lambda x, s, u, w, b: [
            np.linalg.det(np.diag(s) + r * np.outer(u, w)) for r in bump(activation(x, w, b))
        ],
        "what is squared": lambda x, s, u, w, b: [
            np.log(s).sum() + math.log(abs(1 + (w / s) @ u * (1 - math.tanh(a)) ** 2))
            for a in activation(x, w, b)
        ],
        "steepest at 0": lambda x, s, u, w, b: (
            np.log(s).sum() + np.log1p((w / s) @ u * (1 - bump(activation(x, w, b))))
        ),
        "which vector measures": lambda x, s, u, w, b: (
            np.log(s).sum() + np.log1p((w / s) @ u * bump(x @ u + b))
        ),
        "if the `tanh` were not there": lambda x, s, u, w, b: np.linalg.slogdet(np.diag(s) + np.outer(u, w))[
            1
        ],
        "the whole batch": lambda x, s, u, w, b: (
            len(x) * np.log(s).sum() + sum(np.log1p((w / s) @ u * bump(activation(x, w, b))))
        ),
        "You average over the batch": lambda x, s, u, w, b: (
            np.log(s).sum() + sum(np.log1p((w / s) @ u * bump(activation(x, w, b)))) / len(x)
        ),
    },
    "5.5": {
        "never comes to rest": lambda z, a, g, steps: (
            z / a
            if steps == 0
            else minus_g(LEARNERS["5.5"]["never comes to rest"](z, a, g, steps - 1), g) / a
        ),
        "Look at the sign": lambda z, a, g, steps: steps_back(z, a, lambda x: -g(x), steps),
        "the first `x` has a factor": lambda z, a, g, steps: (
            z / a if steps == 0 else z - g(LEARNERS["5.5"]["the first `x` has a factor"](z, a, g, steps - 1))
        ),
        "from its start to its end": lambda z, a, g, steps: steps_back(z, 1, g, steps),
        "Python divides before": lambda z, a, g, steps: (
            z / a if steps == 0 else -g(LEARNERS["5.5"]["Python divides before"](z, a, g, steps - 1)) / a + z
        ),
        "Only `z` is divided": lambda z, a, g, steps: steps_back(z / a, 1, g, steps),
        "You multiply by `a`": lambda z, a, g, steps: (
            z / a
            if steps == 0
            else a * minus_g(z, lambda _: g(LEARNERS["5.5"]["You multiply by `a`"](z, a, g, steps - 1)))
        ),
        "at the newest guess": lambda z, a, g, steps: np.subtract(z, g(z / a)) / a,
        "one step too early": lambda z, a, g, steps: steps_back(z, a, g, steps - 1),
        "one step more": lambda z, a, g, steps: steps_back(z, a, g, steps + 1),
        "they begin at `z`": lambda z, a, g, steps: steps_back(z, a, g, steps, start=z),
        "they begin at 0": lambda z, a, g, steps: steps_back(z, a, g, steps, start=0 * z),
        "This is the limit": lambda z, a, g, steps: steps_back(z, a, g, 200),
        "the map itself": lambda z, a, g, steps: np.add(g(z), a * z),
        "applies the map": lambda z, a, g, steps: (
            z if steps == 0 else LEARNERS["5.5"]["applies the map"](a * z + g(z), a, g, steps - 1)
        ),
    },
}
