"""Answers of learners to the exercises of notebook 07."""

import math

import numpy as np

from .tools import slope


def normed(x):
    return (x - x.mean()) / x.std()


def columns(f, x):
    """The matrix of df_n/dx_m by difference quotients of fourth order."""
    return np.stack([slope(lambda t, e=e: f(x + t * e), 0.0, 1e-3) for e in np.eye(len(x))], axis=1)


def channel(x, c):
    return [float(value) for value in x[..., c].ravel()]


def mean(values):
    return math.fsum(values) / len(values)


def spread(values, less=0):
    m = mean(values)
    return math.sqrt(math.fsum((v - m) ** 2 for v in values) / (len(values) - less))


def each_channel(x, rule):
    """Rows s and b from a rule (mean, standard deviation) -> (s, b) for the numbers of one channel."""
    return np.transpose(
        [rule(mean(channel(x, c)), spread(channel(x, c))) for c in range(x.shape[-1])]
    ).astype(float)


def chain(x, step, K, forward):
    """One over the standard deviations of the batches that `forward(k, h)` leads through."""
    seen, h = [], x
    for k in range(K):
        seen.append([1 / spread(channel(h, c)) for c in range(h.shape[1])])
        h = forward(k, h)
    return seen


def by_variance(x, step, K, k=0):
    scales = [1 / spread(channel(x, c)) ** 2 for c in range(x.shape[1])]
    after = step(k, scales * (x - x.mean(axis=0)))
    return [scales, *(by_variance(after, step, K, k + 1) if k + 1 < K else [])]


def whitened(h):
    return np.apply_along_axis(normed, 0, h)


def shrunk(h):
    """Whitened with a variance that divides by N - 1."""
    return whitened(h) * math.sqrt(1 - 1 / len(h))


def best_scales(x, count):
    """Where the derivative of the loss is 0, by bisection."""
    result = []
    for c in range(x.shape[-1]):
        values = channel(x, c)
        per_image, var = len(values) / len(x), spread(values) ** 2
        low, high = 1e-6, 1e6
        for _ in range(200):
            middle = math.sqrt(low * high)
            rising = per_image * middle * var - count / middle > 0
            low, high = (low, middle) if rising else (middle, high)
        result.append(low)
    return result


def log_det_by_counting(x, s):
    """log|det| of one image: the Jacobian of the flattened map, entry by entry."""
    n = x[0].size
    J = np.zeros((n, n))
    for k in range(n):
        unit = np.zeros(n)
        unit[k] = 1.0
        J[:, k] = (s * unit.reshape(x[0].shape)).ravel()
    return [np.linalg.slogdet(J)[1]] * len(x)


OTHER_WAY = {
    "7.1": lambda x: columns(normed, x),
    "7.2": lambda x: each_channel(x, lambda m, sd: (sd**-1, -m / sd)),
    "7.3": lambda z, s, m, b: z @ np.diag(s**-1.0) + (m * s - b) / s,
    "7.6": lambda x, step, K: chain(x, step, K, lambda k, h: step(k, whitened(h))),
    "7.4": log_det_by_counting,
    "7.5": best_scales,
    "7.7": lambda x, s, m, b, eta: (
        np.abs([nudged(lambda t: s * math.exp(t) * x + b), nudged(lambda t: s * math.exp(t) * (x - m) + b)])
        * eta
    ),
}


def nudged(z):
    """dz/dt at t = 0."""
    return slope(z, 0.0, 1e-3)


def repeated(x, number):
    return [number] * len(x)


def log_size(s):
    return math.fsum(math.log(abs(v)) for v in s)


def sizes(x):
    return dict(zip("NHWC", x.shape, strict=True))


def per_image(x, values):
    """The numbers `values` of each channel divided by its standard deviation."""
    return [v / spread(channel(x, c)) for c, v in enumerate(values)]


LEARNERS = {
    "7.1": {
        "as constants": lambda x: np.diag(np.full(len(x), 1 / x.std())),
        "you counted that. The standard deviation": lambda x: columns(lambda y: (y - y.mean()) / x.std(), x),
        "you counted that. The mean": lambda x: columns(lambda y: (y - x.mean()) / y.std(), x),
        "by an Nth part only": lambda x: [
            [((n == m) - 1 / len(x) - a * b) / x.std() for m, b in enumerate(normed(x))]
            for n, a in enumerate(normed(x))
        ],
        "turns units of `x`": lambda x: columns(normed, x) * x.std(),
        "divide it by the variance": lambda x: columns(normed, x) / x.std(),
        "Look at the signs": lambda x: 2 * np.eye(len(x)) / x.std() - columns(normed, x),
        "away from the mean": lambda x: [
            [((n == m) - 1 / len(x) + a * b / len(x)) / x.std() for m, b in enumerate(normed(x))]
            for n, a in enumerate(normed(x))
        ],
        "rises with each example": lambda x: columns(normed, x) + 2 / (len(x) * x.std()),
        "the squares of the `z`": lambda x: (
            columns(lambda y: (y - y.mean()) / x.std(), x) - normed(x) ** 2 / (len(x) * x.std())
        ),
        "not yet divided": lambda x: (
            columns(lambda y: y - y.mean(), x) / x.std()
            - np.outer(x - x.mean(), x - x.mean()) / (len(x) * x.std())
        ),
        "the rest of your formula": lambda x: (
            (columns(normed, x) + np.outer(normed(x), normed(x)) / (len(x) ** 2 * x.std()))
            * math.sqrt(1 - 1 / len(x))
        ),
        "divides by `N - 1`": lambda x: columns(lambda y: (y - y.mean()) / y.std(ddof=1), x),
        "You set the rest to zero": lambda x: np.diag(np.diag(columns(normed, x))),
    },
    "7.2": {
        "no longer that of `x`": lambda x: each_channel(x, lambda m, sd: (1 / sd, -m)),
        "push the mean away": lambda x: each_channel(x, lambda m, sd: (1 / sd, m / sd)),
        "what is the mean of `s*x`": lambda x: each_channel(x, lambda m, sd: (1 / sd, -m * sd)),
        "so a root is missing": lambda x: each_channel(x, lambda m, sd: (sd**-2, -m / sd**2)),
        "wider still": lambda x: each_channel(x, lambda m, sd: (sd, -m * sd)),
        "Both rows are right": lambda x: each_channel(x, lambda m, sd: (-m / sd, 1 / sd)),
        "the logarithms of the scales": lambda x: each_channel(x, lambda m, sd: (math.log(1 / sd), -m / sd)),
        "has the standard deviations": lambda x: each_channel(x, lambda m, sd: (sd, -m / sd)),
        "one less than the count": lambda x: np.transpose(
            [
                (1 / spread(channel(x, c), 1), -mean(channel(x, c)) / spread(channel(x, c), 1))
                for c in range(x.shape[-1])
            ]
        ),
        "One scale and one shift": lambda x: [1 / x.std(), -x.mean() / x.std()],
        "a number for each location": lambda x: np.array([1 / x.std(0), -x.mean(0) / x.std(0)]),
        "each image for itself": lambda x: np.array(
            [[1 / image.std((0, 1)) for image in x], [-image.mean((0, 1)) / image.std((0, 1)) for image in x]]
        ),
        "root of the mean square": lambda x: np.transpose(
            [
                np.array([1, -mean(channel(x, c))]) / math.sqrt(mean([v * v for v in channel(x, c)]))
                for c in range(x.shape[-1])
            ]
        ),
    },
    "7.3": {
        "What was done last": lambda z, s, m, b: m + z * s**-1.0 - b,
        "`b` goes in the same direction": lambda z, s, m, b: z / s + b / s + m,
        "The scale is applied once more": lambda z, s, m, b: np.einsum("...c,c->...c", z - b, s) + m,
        "forward map once more": lambda z, s, m, b: b - m * s + np.einsum("...c,c->...c", z, s),
        "`b` is still there": lambda z, s, m, b: z @ np.diag(1 / s) + m,
        "has subtracted `m` before": lambda z, s, m, b: z @ np.diag(1 / s) - b / s,
        "`m` goes in the same direction": lambda z, s, m, b: z / s - (b / s + m),
        "You divide `m` by `s`": lambda z, s, m, b: (z - (b - m)) * s**-1.0,
        "Python divides before": lambda z, s, m, b: z - (b / s - m),
        "have exchanged": lambda z, s, m, b: b + z @ np.diag(1 / s) - m / s,
        "`b` and `m` together": lambda z, s, m, b: z @ np.diag(1 / s) - (b + m) / s,
        "not its logarithm": lambda z, s, m, b: m + (z - b) / np.exp(s),
        "turns a channel around": lambda z, s, m, b: np.sign(s) * (z / s - b / s) + m,
        "by its own mean": lambda z, s, m, b: np.stack(
            [normed(z[..., c]) for c in range(z.shape[-1])], axis=-1
        ),
    },
    "7.6": {
        "Only the first ActNorm meets `x`": lambda x, step, K: (
            [[1 / spread(channel(x, c)) for c in range(x.shape[1])]] * K
        ),
        "leave the ActNorms themselves out": lambda x, step, K: chain(x, step, K, step),
        "You leave the steps out": lambda x, step, K: chain(x, step, K, lambda k, h: whitened(h)),
        "the step before the ActNorm": lambda x, step, K: chain(
            step(0, x), step, K, lambda k, h: step(k + 1, whitened(h)) if k + 1 < K else h
        ),
        "begin with `x` again": lambda x, step, K: chain(
            x, step, K, lambda k, h: step(k, x / h.std(axis=0) - h.mean(axis=0) / h.std(axis=0))
        ),
        "values that are scaled already": lambda x, step, K: chain(
            x, step, K, lambda k, h: step(k, h / h.std(axis=0) - h.mean(axis=0))
        ),
        "scaled, but not shifted": lambda x, step, K: chain(
            x, step, K, lambda k, h: step(k, h / h.std(axis=0))
        ),
        "multiplies by its scale": lambda x, step, K: chain(
            x, step, K, lambda k, h: step(k, h * h.std(axis=0) - h.mean(axis=0) * h.std(axis=0))
        ),
        "divides by `N - 1`": lambda x, step, K: (
            math.sqrt(1 - 1 / len(x)) * np.array(chain(x, step, K, lambda k, h: step(k, shrunk(h))))
        ),
        "off by one": lambda x, step, K: chain(x, step, K, lambda k, h: step(1 + k, whitened(h))),
        "the logarithms of the scales": lambda x, step, K: np.log(
            chain(x, step, K, lambda k, h: step(k, whitened(h)))
        ),
        "a root is missing": by_variance,
        "Their scales are asked": lambda x, step, K: (
            np.array(chain(x, step, K, lambda k, h: step(k, whitened(h)))) ** -1.0
        ),
    },
    "7.4": {
        "log-det of one location": lambda x, s: repeated(x, log_size(s)),
        "count the rows": lambda x, s: repeated(x, sizes(x)["H"] * log_size(s)),
        "count the columns": lambda x, s: repeated(x, sizes(x)["W"] * log_size(s)),
        "add the height and the width": lambda x, s: repeated(
            x, sizes(x)["H"] * log_size(s) + sizes(x)["W"] * log_size(s)
        ),
        "the whole batch": lambda x, s: repeated(x, x.size / len(s) * log_size(s)),
        "the channels twice": lambda x, s: repeated(x, x[0].size * log_size(s)),
        "all values of the batch": lambda x, s: repeated(x, x.size * log_size(s)),
        "the sum of the log-dets": lambda x, s: sum(log_det_by_counting(x, s)),
        "You average over the channels": lambda x, s: repeated(x, x[0].size * log_size(s) / len(s) ** 2),
        "a mean of the logs": lambda x, s: repeated(x, np.log(np.abs(s)).mean()),
        "raised to a power": lambda x, s: repeated(x, math.log(x[0, ..., 0].size) + log_size(s)),
        "Each example needs it": lambda x, s: log_det_by_counting(x, s)[0],
        "You add the scales": lambda x, s: repeated(x, sum(abs(v) for v in s) * x[0, ..., 0].size),
        "Some scales are negative": lambda x, s: repeated(x, x[0, ..., 0].size * sum(np.log(s))),
        "log-det of the inverse": lambda x, s: log_det_by_counting(x, 1 / s),
    },
    "7.5": {
        "for the right log-det": lambda x, count: per_image(x, [1.0] * x.shape[-1]),
        "the scale is a matter of its root": lambda x, count: per_image(
            x, [count / sizes(x)["H"] / sizes(x)["W"]] * x.shape[-1]
        ),
        "upside down": lambda x, count: per_image(
            x, [math.sqrt(sizes(x)["H"] * sizes(x)["W"] / count)] * x.shape[-1]
        ),
        "the squares of one location": lambda x, count: best_scales(x, count * x[0, ..., 0].size),
        "all values of an image": lambda x, count: best_scales(x, count / x.shape[-1]),
        "the size of the batch cancels": lambda x, count: best_scales(x, count / len(x)),
        "needs a small scale": lambda x, count: [
            math.sqrt(count / x[0, ..., 0].size) * spread(channel(x, c)) for c in range(x.shape[-1])
        ],
        "the square of the scale": lambda x, count: [v * v for v in best_scales(x, count)],
        "Differentiate once more": lambda x, count: best_scales(x, 2 * count),
        "the number of rows": lambda x, count: best_scales(x, count * sizes(x)["W"]),
        "under the root as well": lambda x, count: per_image(x, best_scales(x, count)),
        "one standard deviation over all": lambda x, count: (
            [math.sqrt(count / x[0, ..., 0].size / x.var())] * x.shape[-1]
        ),
        "You let `b` be 0": lambda x, count: [
            math.sqrt(count / x[0, ..., 0].size / mean([v * v for v in channel(x, c)]))
            for c in range(x.shape[-1])
        ],
    },
    "7.7": {
        "You multiply all of `z`": lambda x, s, m, b, eta: (
            [[eta * abs(b + s * v) for v in x], [eta * abs(b + s * v - s * m) for v in x]]
        ),
        "a step of `s`": lambda x, s, m, b, eta: [[eta * abs(v) for v in x], [eta * abs(v - m) for v in x]],
        "You divide by `s`": lambda x, s, m, b, eta: eta / s * np.array([abs(x), abs(x - m)]),
        "what a step of `b` does": lambda x, s, m, b, eta: np.full((2, len(x)), eta),
        "some have a sign": lambda x, s, m, b, eta: [eta * s * x, eta * (s * x - s * m)],
        "the whole change": lambda x, s, m, b, eta: math.expm1(eta) * s * np.array([abs(x), abs(m - x)]),
        "in the other order": lambda x, s, m, b, eta: [abs(m - x) * s * eta, abs(x) * s * eta],
        "In row 1 `s` multiplies": lambda x, s, m, b, eta: [abs(s * x * eta)] * 2,
        "Row 1 is right": lambda x, s, m, b, eta: [abs(s * (x - m)) * eta] * 2,
        "you add `m`": lambda x, s, m, b, eta: [abs(s * x) * eta, abs(s * x + s * m) * eta],
        "How long is the step": lambda x, s, m, b, eta: [abs(s * x), abs(s * m - s * x)],
        "stands inside the bracket": lambda x, s, m, b, eta: [abs(s * x) * eta, abs(s * x - m) * eta],
    },
}
