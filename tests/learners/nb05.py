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


def steps_back(z, g, steps):
    return z if steps == 0 else z - g(steps_back(z, g, steps - 1))


def activation(x, w, b):
    return np.sum(x * w, axis=-1) + b


def bump(a):
    """tanh' = 1/cosh²."""
    return np.cosh(a) ** -2.0


OTHER_WAY = {
    "5.1": lambda z, W, s, b: np.linalg.lstsq(np.diag(s) @ W, (z - b).T, rcond=None)[0].T,
    "5.2": lambda x, f, dfdx, g, dgdh: np.log(np.abs(slope(lambda x: g(f(x)), x))),
    "5.3": lambda x, layer, K: log_det_by_differences(lambda x: points(x, layer, K)[-1], x),
    "5.4": lambda x, u, w, b: log_det_by_differences(
        lambda x: x + np.tanh(activation(x, w, b))[:, None] * u, x
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
        "the value of `tanh`": lambda x, u, w, b: np.log(np.abs(u @ w * np.tanh(activation(x, w, b)) + 1)),
        "a square is missing": lambda x, u, w, b: np.log(
            np.abs(1 + u @ w - u @ w * np.tanh(activation(x, w, b)))
        ),
        "only the second part": lambda x, u, w, b: np.log(np.abs(u @ w)) + np.log(bump(activation(x, w, b))),
        "none are": lambda x, u, w, b: np.log(
            np.abs([math.prod(1 + s * u * w) for s in bump(activation(x, w, b))])
        ),
        "the trace of the Jacobian": lambda x, u, w, b: np.log(
            np.abs([np.trace(np.eye(len(u)) + s * np.outer(u, w)) for s in bump(activation(x, w, b))])
        ),
        "where is `b`": lambda x, u, w, b: np.log1p(u @ w * bump(x @ w)),
        "Their directions count": lambda x, u, w, b: np.log1p(
            math.sqrt(u @ u * (w @ w)) * bump(activation(x, w, b))
        ),
        "that of the way back": lambda x, u, w, b: np.log(1 / (1 + u @ w * bump(activation(x, w, b)))),
        "This is the determinant": lambda x, u, w, b: [
            np.linalg.det(np.eye(len(u)) + s * np.outer(u, w)) for s in bump(activation(x, w, b))
        ],
        "The examples are the rows": lambda x, u, w, b: np.log1p(u @ w * bump(x.sum(axis=0) * w + b)),
        "what is squared": lambda x, u, w, b: [
            math.log1p(u @ w * (1 - math.tanh(a)) ** 2) for a in activation(x, w, b)
        ],
        "steepest at 0": lambda x, u, w, b: np.log1p(u @ w * (1 - bump(activation(x, w, b)))),
        "which vector measures": lambda x, u, w, b: np.log1p(u @ w * bump(x @ u + b)),
        "if the `tanh` were not there": lambda x, u, w, b: np.linalg.slogdet(np.eye(len(u)) + np.outer(u, w))[
            1
        ],
        "the whole batch": lambda x, u, w, b: math.log(
            math.prod(1 + s * (u @ w) for s in bump(activation(x, w, b)))
        ),
        "You average over the batch": lambda x, u, w, b: (
            sum(np.log1p(u @ w * bump(activation(x, w, b)))) / len(x)
        ),
        "adds nothing": lambda x, u, w, b: 0 * x[:, 0] + sum(np.log1p(u @ w * bump(activation(x, w, b)))),
        "does not know the others": lambda x, u, w, b: (
            [sum(np.log1p(u @ w * bump(activation(x, w, b)))) / len(x)] * len(x)
        ),
    },
    "5.5": {
        "never stops moving": lambda z, g, steps: (
            z if steps == 0 else LEARNERS["5.5"]["never stops moving"](z - g(z), g, steps - 1)
        ),
        "Look at the sign": lambda z, g, steps: steps_back(z, lambda x: -g(x), steps),
        "at the newest guess": lambda z, g, steps: np.subtract(z, g(z)),
        "one step too early": lambda z, g, steps: steps_back(z, g, steps - 1),
        "one step more": lambda z, g, steps: steps_back(z, g, steps + 1),
        "from any start": lambda z, g, steps: (
            z - g(0 * z + 10) if steps == 1 else z - g(LEARNERS["5.5"]["from any start"](z, g, steps - 1))
        ),
        "they begin at 0": lambda z, g, steps: (
            -g(0 * z) + z if steps == 1 else z - g(LEARNERS["5.5"]["they begin at 0"](z, g, steps - 1))
        ),
        "This is the limit": lambda z, g, steps: steps_back(z, g, 200),
        "the map itself": lambda z, g, steps: np.add(g(z), z),
        "applies the map": lambda z, g, steps: (
            z if steps == 0 else LEARNERS["5.5"]["applies the map"](z + g(z), g, steps - 1)
        ),
    },
}
