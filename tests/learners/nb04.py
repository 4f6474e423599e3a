"""Answers of learners to the exercises of notebook 04."""

import numpy as np

from .tools import HALF_LOG, bell, cdf, slope


def one_by_one(f):
    """Candidate after candidate, data point after data point."""
    return lambda a, b, x: np.array([f(p, q, [p * u + q for u in x]) for p, q in zip(a, b, strict=True)])


def moments(p, q):
    """The mean of log p - log q over draws of the normal density p, by a sum over a fine grid."""
    x = np.linspace(p[0] - 14 * p[1], p[0] + 14 * p[1], 40001)
    log_p, log_q = (-(((x - m) / s) ** 2) / 2 - np.log(s) for m, s in (p, q))
    return np.sum(np.exp(log_p - HALF_LOG) * (log_p - log_q)) * (x[1] - x[0])


def kl(mean_p, std_p, mean_q, std_q):
    return np.array([moments(v[:2], v[2:]) for v in zip(mean_p, std_p, mean_q, std_q, strict=True)])


def squared(mean_p, std_p, mean_q, std_q):
    return 0.5 * ((mean_p - mean_q) / std_q) ** 2 + 0.5 * (std_p / std_q) ** 2


def mean_slope(theta, loss, h):
    """The mean of the partial derivative over [-h, h]: what a central difference is."""
    t, weight = np.polynomial.legendre.leggauss(12)

    def partial(e):
        return weight @ slope(lambda t: np.array([loss(theta + v * e) for v in t]), h * t, 1e-3) / 2

    return [partial(e) for e in np.eye(len(theta))]


def moving(theta, loss, h):
    t, result = list(theta), []
    for j in range(len(t)):
        t[j] += h
        up = loss(np.array(t))
        t[j] -= 2 * h
        result.append((up - loss(np.array(t))) / (2 * h))
    return result


def wavy(x, a, b, w, s, c):
    u = a * x + b
    return u + sum(wk * np.tanh(sk * (u - ck)) for wk, sk, ck in zip(w, s, c, strict=True))


def bumps(u, w, s, c):
    """The slopes of the waves at the numbers u, one array for each wave."""
    return [wk * sk / np.cosh(sk * (u - ck)) ** 2 for wk, sk, ck in zip(w, s, c, strict=True)]


OTHER_WAY = {
    "4.1": lambda a, b, x: [
        -np.mean(np.log(np.abs(slope(lambda x, p=p, q=q: cdf(p * x + q), x))))
        for p, q in zip(a, b, strict=True)
    ],
    "4.2": kl,
    "4.3": lambda x, data: (
        (x - np.sum(data) / len(data)) / np.sqrt(np.mean(np.square(data)) - np.mean(data) ** 2)
    ),
    "4.4": mean_slope,
    "4.5": lambda x, a, b, w, s, c: np.log(slope(lambda x: wavy(x, a, b, w, s, c), x, 1e-3)),
}

LEARNERS = {
    "4.1": {
        "which term forbids that": one_by_one(lambda p, q, z: np.mean(-np.log(bell(np.array(z))))),
        "all of it": one_by_one(lambda p, q, z: np.mean(-np.log(bell(np.array(z)))) + np.log(abs(p))),
        "has no log": one_by_one(lambda p, q, z: np.mean(-np.log(bell(np.array(z)))) - np.log(p)),
        "to be maximised": one_by_one(lambda p, q, z: np.mean(np.log(bell(np.array(z)) * abs(p)))),
        "grows with `N`": one_by_one(lambda p, q, z: -np.log(np.prod(bell(np.array(z)) * abs(p)))),
        "once for the whole data set": one_by_one(
            lambda p, q, z: (np.sum(-np.log(bell(np.array(z)))) - np.log(abs(p))) / len(z)
        ),
        "the normalizer of": one_by_one(lambda p, q, z: np.mean(np.square(z)) / 2 - np.log(abs(p))),
        "You average the densities": one_by_one(lambda p, q, z: -np.log(np.mean(bell(np.array(z)) * abs(p)))),
        "the square or the mean": one_by_one(lambda p, q, z: -np.log(bell(np.mean(z)) * abs(p))),
        "quadratic term is twice": one_by_one(
            lambda p, q, z: np.mean(-np.log(bell(np.array(z)) ** 2)) - HALF_LOG - np.log(abs(p))
        ),
        "Your constant is twice": one_by_one(
            lambda p, q, z: np.mean(-np.log(bell(np.array(z)) * abs(p))) + HALF_LOG
        ),
        "the log of a slope below 1": one_by_one(
            lambda p, q, z: np.mean(-np.log(bell(np.array(z)))) - np.hypot(0, np.log(p))
        ),
    },
    "4.2": {
        "not symmetric": lambda mean_p, std_p, mean_q, std_q: kl(mean_q, std_q, mean_p, std_p),
        "includes the floor": lambda mean_p, std_p, mean_q, std_q: (
            kl(mean_p, std_p, mean_q, std_q) + np.log(std_p) + HALF_LOG + 0.5
        ),
        "not 0": lambda mean_p, std_p, mean_q, std_q: kl(mean_p, std_p, mean_q, std_q) + 0.5,
        "minus the log of its own": lambda mean_p, std_p, mean_q, std_q: (
            squared(mean_p, std_p, mean_q, std_q) - np.log(std_q) + np.log(std_p) - 0.5
        ),
        "The means do not enter": lambda mean_p, std_p, mean_q, std_q: kl(mean_p, std_p, mean_p, std_q),
        "in the place of its draws": lambda mean_p, std_p, mean_q, std_q: (
            kl(mean_p, std_p, mean_q, std_q) - (std_p / std_q) ** 2 / 2
        ),
        "the wrong standard deviation": lambda mean_p, std_p, mean_q, std_q: (
            squared(mean_p, std_p, mean_q, std_p) - np.log(std_p / std_q) - 0.5
        ),
        "Look at the units: the squared": lambda mean_p, std_p, mean_q, std_q: (
            squared(mean_p, np.sqrt(std_p), mean_q, np.sqrt(std_q)) - np.log(std_p / std_q) - 0.5
        ),
        "ratio of variances": lambda mean_p, std_p, mean_q, std_q: (
            kl(mean_p, std_p, mean_q, std_q) + np.log(std_q) - np.log(std_p)
        ),
        "is 1/2": lambda mean_p, std_p, mean_q, std_q: (
            kl(mean_p, std_p, mean_q, std_q) + squared(mean_p, std_p, mean_q, std_q)
        ),
        "above the same fraction bar": lambda mean_p, std_p, mean_q, std_q: (
            kl(mean_p, std_p, mean_q, std_q) + std_p**2 - (std_p / std_q) ** 2 / 2
        ),
        "is not squared": lambda mean_p, std_p, mean_q, std_q: kl(
            mean_p, std_p, mean_p + np.sqrt(np.abs(mean_q - mean_p)), std_q
        ),
    },
    "4.3": {
        "N - 1": lambda x, data: (x - data.mean()) / np.sqrt(np.cov(data)),
        "must have none": lambda x, data: (x - data.mean()) / np.mean((data - data.mean()) ** 2),
        "go through the same map": lambda x, data: (x - x.mean()) / x.std(),
        "is the inverse": lambda x, data: data.std() * x + data.mean(),
        "in terms of `a` and the mean": lambda x, data: (1 / data.std()) * x - data.mean(),
        "do not lie round 0": lambda x, data: [u / data.std() for u in x],
        "still that of the data": lambda x, data: [u - data.mean() for u in x],
        "has the same likelihood": lambda x, data: -(x - data.mean()) / data.std(),
        "Which step needs parentheses": lambda x, data: [u - data.mean() / data.std() for u in x],
        "become even wider": lambda x, data: data.std() * x - data.std() * data.mean(),
        "away from 0": lambda x, data: (x - data.mean()) / data.std() + 2 * data.mean() / data.std(),
    },
    "4.4": {
        "You go forward only": lambda theta, loss, h: [
            (loss(theta + h * e) - loss(theta)) / h for e in np.eye(len(theta))
        ],
        "You go backward only": lambda theta, loss, h: [
            (loss(theta) - loss(theta - h * e)) / h for e in np.eye(len(theta))
        ],
        "Twice too large": lambda theta, loss, h: 2 * np.array(mean_slope(theta, loss, h)),
        "divided by a distance": lambda theta, loss, h: [
            loss(theta + h * e) - loss(theta - h * e) for e in np.eye(len(theta))
        ],
        "all coordinates at once": lambda theta, loss, h: np.full(
            len(theta), (loss(theta + h) - loss(theta - h)) / (2 * h)
        ),
        "where the loss grows": lambda theta, loss, h: -np.array(mean_slope(theta, loss, h)),
        "not been moved back": moving,
        "where do parentheses help": lambda theta, loss, h: h * h * np.array(mean_slope(theta, loss, h)),
        "only half a step": lambda theta, loss, h: mean_slope(theta, loss, 0.5 * h),
        "a difference of differences": lambda theta, loss, h: [
            (loss(theta + h * e) + loss(theta - h * e) - 2 * loss(theta)) / h**2 for e in np.eye(len(theta))
        ],
        "is `theta` itself": lambda theta, loss, h: [
            (loss(theta + h * e) - loss(theta)) / (2 * h) for e in np.eye(len(theta))
        ],
    },
    "4.5": {
        "stretches, too": lambda x, a, b, w, s, c: np.log(1 + sum(bumps(a * x + b, w, s, c))),
        "a factor inside `tanh`": lambda x, a, b, w, s, c: np.log(a + a * sum(bumps(a * x + b, w / s, s, c))),
        "in the straight part only": lambda x, a, b, w, s, c: np.log(a + sum(bumps(a * x + b, w, s, c))),
        "is not `1 - tanh`": lambda x, a, b, w, s, c: np.log(
            [a * (1 + np.sum(w * s * (1 - np.tanh(s * (a * v + b - c))))) for v in x]
        ),
        "functions of `u`": lambda x, a, b, w, s, c: np.log(a + a * sum(bumps(x, w, s, c))),
        "stand side by side": lambda x, a, b, w, s, c: np.log(
            a * np.prod([1 + v for v in bumps(a * x + b, w, s, c)], axis=0)
        ),
        "the derivative of `u` itself": lambda x, a, b, w, s, c: np.log(a * sum(bumps(a * x + b, w, s, c))),
        "Its log is asked for": lambda x, a, b, w, s, c: slope(lambda x: wavy(x, a, b, w, s, c), x, 1e-3),
        "its own log-det": lambda x, a, b, w, s, c: np.log(
            np.prod(slope(lambda x: wavy(x, a, b, w, s, c), x, 1e-3))
        ),
        "There stands `tanh` itself": lambda x, a, b, w, s, c: np.log(
            a + a * sum(wk * sk * np.tanh(sk * (a * x + b - ck)) for wk, sk, ck in zip(w, s, c, strict=True))
        ),
        "a factor before `tanh`": lambda x, a, b, w, s, c: np.log(a + a * sum(bumps(a * x + b, w / w, s, c))),
        "the whole difference": lambda x, a, b, w, s, c: np.log(a + a * sum(bumps(a * x + b, w, s, c / s))),
        "only a part": lambda x, a, b, w, s, c: np.log(a * (1 + sum(w * s) - sum(bumps(a * x + b, w, s, c)))),
    },
}
