"""Answers of learners to the exercises of notebook 04."""

import numpy as np

from .tools import HALF_LOG, bell, slope


def two_points(f):
    """Map after map, on two data with this mean and this mean square."""

    def loss(a, b, mean, mean_square):
        width = np.sqrt(mean_square - mean**2)
        pairs = zip(a, b, strict=True)
        return np.array([f(p, q, np.array([p * (mean + v) + q for v in (-width, width)])) for p, q in pairs])

    return loss


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


def steps(x, mean, std, a, w, s, c):
    u = x / std - mean / std
    return a * u + sum(wk * np.arctan(sk * u - sk * ck) for wk, sk, ck in zip(w, s, c, strict=True))


def bumps(u, w, s, c, shape=lambda v: 1 / (1 + v * v)):
    """The slopes of the steps at the numbers u, one array for each step."""
    return [wk * sk * shape(sk * (u - ck)) for wk, sk, ck in zip(w, s, c, strict=True)]


def best_shift(data):
    """The datum with the smallest sum of distances to all."""
    return data[np.argmin([sum(abs(data - m)) for m in data])]


def best_slope(distances):
    """Where the slope of a * mean - log(a) changes its sign, by bisection."""
    low, high = 1e-6, 1e6
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (low, middle) if np.mean(distances) > 1 / middle else (middle, high)
    return middle


OTHER_WAY = {
    "4.1": two_points(lambda p, q, z: np.mean(-np.log(bell(z))) - np.log(abs(p))),
    "4.2": kl,
    "4.3": lambda x, data: best_slope(abs(data - best_shift(data))) * (x - best_shift(data)),
    "4.4": mean_slope,
    "4.5": lambda x, mean, std, a, w, s, c: np.log(
        slope(lambda x: steps(x, mean, std, a, w, s, c), x, 1e-3 * std)
    ),
}

LEARNERS = {
    "4.1": {
        "which term forbids that": two_points(lambda p, q, z: np.mean(-np.log(bell(z)))),
        "all of it": two_points(lambda p, q, z: np.mean(-np.log(bell(z))) + np.log(abs(p))),
        "has no log": two_points(lambda p, q, z: np.mean(-np.log(bell(z))) - np.log(p)),
        "to be maximised": two_points(lambda p, q, z: np.mean(np.log(bell(z) * abs(p)))),
        "the square or the mean": two_points(lambda p, q, z: -np.log(bell(np.mean(z)) * abs(p))),
        "the mean of `x` is not 0": two_points(
            lambda p, q, z: np.mean((z - q) ** 2 + q**2) / 2 + HALF_LOG - np.log(abs(p))
        ),
        "only half of it": two_points(
            lambda p, q, z: np.mean(z**2 - q * (z - q)) / 2 + HALF_LOG - np.log(abs(p))
        ),
        "is not the variance": two_points(
            lambda p, q, z: np.mean((z - q) ** 2 + np.mean(z) ** 2) / 2 + HALF_LOG - np.log(abs(p))
        ),
        "a negative mean square": two_points(
            lambda p, q, z: np.mean(z**2 + (1 / p - 1) * (z - q) ** 2) / 2 + HALF_LOG - np.log(abs(p))
        ),
        "with `a` near 0": two_points(
            lambda p, q, z: np.mean(z**2 - q**2 + q) / 2 + HALF_LOG - np.log(abs(p))
        ),
        "the normalizer of": two_points(lambda p, q, z: np.mean(np.square(z)) / 2 - np.log(abs(p))),
        "quadratic term is twice": two_points(
            lambda p, q, z: np.mean(-np.log(bell(z) ** 2)) - HALF_LOG - np.log(abs(p))
        ),
        "Your constant is twice": two_points(lambda p, q, z: np.mean(-np.log(bell(z) * abs(p))) + HALF_LOG),
        "the log of a slope below 1": two_points(
            lambda p, q, z: np.mean(-np.log(bell(z))) - np.hypot(0, np.log(p))
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
        "best map for the normal base": lambda x, data: (x - data.mean()) / data.std(),
        "on how many sides": lambda x, data: (
            (x - sum(data) / len(data)) * best_slope(abs(data - sum(data) / len(data)))
        ),
        "no square is in it": lambda x, data: (x - best_shift(data)) / np.sqrt(np.var(data)),
        "a robust width": lambda x, data: (
            (x - best_shift(data)) / sorted(abs(data - best_shift(data)))[len(data) // 2]
        ),
        "your distances start at the mean": lambda x, data: (
            (x - best_shift(data)) * best_slope(abs(data - data.mean()))
        ),
        "outside of its exponent": lambda x, data: (
            (x - best_shift(data)) / (sum(abs(data - best_shift(data))) / (2 * len(data)))
        ),
        "go through the same map": lambda x, data: (x - np.median(x)) * best_slope(abs(x - np.median(x))),
        "is the inverse": lambda x, data: x / best_slope(abs(data - best_shift(data))) + best_shift(data),
        "in terms of `a` and the median": lambda x, data: [
            best_slope(abs(data - best_shift(data))) * u - best_shift(data) for u in x
        ],
        "do not lie round 0": lambda x, data: best_slope(abs(data - best_shift(data))) * x,
        "still that of the data": lambda x, data: [u - best_shift(data) for u in x],
        "become even wider": lambda x, data: (
            (x - best_shift(data)) / best_slope(abs(data - best_shift(data)))
        ),
        "has the same likelihood": lambda x, data: (
            -best_slope(abs(data - best_shift(data))) * (x - best_shift(data))
        ),
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
        "log-det with `tanh`": lambda x, mean, std, a, w, s, c: np.log(
            (a + sum(bumps((x - mean) / std, w, s, c, lambda v: np.cosh(v) ** -2.0))) / std
        ),
        "by a rule of its own": lambda x, mean, std, a, w, s, c: np.log(
            (a + sum(bumps((x - mean) / std, w, s, c, lambda v: 1 - np.arctan(v) ** 2))) / std
        ),
        "what the `arctan` is taken of": lambda x, mean, std, a, w, s, c: np.log(
            (a + sum(bumps((x - mean) / std, w, s, c, lambda v: 1 / (1 + np.arctan(v) ** 2)))) / std
        ),
        "fall too slowly": lambda x, mean, std, a, w, s, c: np.log(
            (a + sum(bumps((x - mean) / std, w, s, c, lambda v: 1 / (1 + abs(v))))) / std
        ),
        "stretches, too": lambda x, mean, std, a, w, s, c: np.log(a + sum(bumps((x - mean) / std, w, s, c))),
        "squeezed on the way": lambda x, mean, std, a, w, s, c: np.log(
            std * (a + sum(bumps((x - mean) / std, w, s, c)))
        ),
        "in the straight part only": lambda x, mean, std, a, w, s, c: np.log(
            a / std + sum(bumps((x - mean) / std, w, s, c))
        ),
        "a factor inside `arctan`": lambda x, mean, std, a, w, s, c: np.log(
            (a + sum(bumps((x - mean) / std, w / s, s, c))) / std
        ),
        "a factor before `arctan`": lambda x, mean, std, a, w, s, c: np.log(
            (a + sum(bumps((x - mean) / std, w / w, s, c))) / std
        ),
        "functions of `u`": lambda x, mean, std, a, w, s, c: np.log((a + sum(bumps(x, w, s, c))) / std),
        "the whole difference": lambda x, mean, std, a, w, s, c: np.log(
            (a + sum(bumps((x - mean) / std, w, s, c / s))) / std
        ),
        "stand side by side": lambda x, mean, std, a, w, s, c: np.log(
            a * np.prod([1 + v for v in bumps((x - mean) / std, w, s, c)], axis=0) / std
        ),
        "the derivative of `a*u`": lambda x, mean, std, a, w, s, c: np.log(
            sum(bumps((x - mean) / std, w, s, c)) / std
        ),
        "Its log is asked for": lambda x, mean, std, a, w, s, c: slope(
            lambda x: steps(x, mean, std, a, w, s, c), x, 1e-3 * std
        ),
        "its own log-det": lambda x, mean, std, a, w, s, c: np.log(
            np.prod(slope(lambda x: steps(x, mean, std, a, w, s, c), x, 1e-3 * std))
        ),
    },
}
