"""Answers of learners to the exercises of notebook 01."""

import math

import numpy as np

from .tools import HALF_LOG, bell, cdf, odds, slope

OTHER_WAY = {
    "1.1": lambda f, x, h: np.ptp(f(np.linspace(x, x + h, 9)), axis=0) / h,
    "1.2": lambda x, a, b: np.log(np.abs(slope(lambda x: cdf(a * x + b), x))),
    "1.3": lambda x: slope(lambda x: cdf(np.log(x)), x),
    "1.4": lambda x, k: np.log(-slope(lambda x: cdf(-k * np.log(odds(x))), x)),
    "1.5": lambda z, g, dgdz, log_p_z: np.log(np.exp(log_p_z(z)) / np.abs(slope(g, z))),
}

LEARNERS = {
    "1.1": {
        "A length is never negative": lambda f, x, h: f(x + h) / h - f(x) / h,
        "upside down": lambda f, x, h: np.abs(h / (f(x) - f(x + h))),
        "the length that the interval had": lambda f, x, h: np.sqrt((f(x) - f(x + h)) ** 2),
        "left end": lambda f, x, h: 0.5 * np.abs((f(x - h) - f(x + h)) / h),
        "the image of the number `h`": lambda f, x, h: np.full(len(x), np.abs(f(h) / h)),
        "Move first, in `x`": lambda f, x, h: np.ones_like(x),
        "begins at `x`": lambda f, x, h: np.sqrt((f(x - h) - f(x)) ** 2) / h,
        "needs parentheses": lambda f, x, h: np.sqrt((f(x) / h - f(x + h)) ** 2),
        "must a sign be dropped": lambda f, x, h: np.sqrt(f(x + h) ** 2) / h - np.sqrt(f(x) ** 2) / h,
        "for each unit of length?": lambda f, x, h: np.abs(h * f(x) - h * f(x + h)),
    },
    "1.2": {
        "mass must be kept": lambda x, a, b: [-((a * u + b) ** 2) / 2 - HALF_LOG for u in x],
        "much of `z`": lambda x, a, b: np.log(bell(a * x + b) / np.abs(a)),
        "the log of a negative number": lambda x, a, b: np.log(bell(a * x + b)) + np.log(a),
        "You ask the base density at `x`": lambda x, a, b: np.log(bell(x) * np.abs(a)),
        "then added": lambda x, a, b: np.log(bell(a * x + b)) + math.hypot(a),
        "The log of a product": lambda x, a, b: np.log(bell(a * x + b)) * math.hypot(a),
        "the other way round": lambda x, a, b: np.log(bell((x - b) / a) / np.abs(a)),
        "Its log is asked for": lambda x, a, b: bell(a * x + b) * np.abs(a),
        "normalizer is missing": lambda x, a, b: np.log(abs(a) * np.exp(-0.5 * (b + a * x) ** 2)),
        "scales first": lambda x, a, b: np.log(bell(a * x + a * b) * np.abs(a)),
        "an `a` below 1": lambda x, a, b: np.log(bell(a * x + b)) + np.sqrt(np.log(a) ** 2),
        "lower": lambda x, a, b: np.log(bell(a * x + b)) + max(np.log(abs(a)), -np.log(abs(a))),
        "there is a root in it": lambda x, a, b: np.log(bell(a * x + b) * np.abs(a)) - HALF_LOG,
    },
    "1.3": {
        "How much does `log` stretch": lambda x: [bell(math.log(u)) for u in x],
        "You multiply by `dx/dz`": lambda x: bell(np.log(x)) / (1 / x),
        "Ask it at `z = log(x)`": lambda x: bell(x) * x**-1.0,
        "which map undoes `exp`": lambda x: bell(np.exp(x)) * np.exp(x),
        "must use the same `f`": lambda x: bell(np.exp(x)) / x,
        "What is asked for is the density": lambda x: np.log(bell(np.log(x)) / x),
        "not its value": lambda x: [bell(math.log(u)) * abs(math.log(u)) for u in x],
        "too much mass": lambda x: bell(np.log(x)) * math.sqrt(2 * math.pi) / x,
        "too little mass": lambda x: bell(np.log(x)) / x / math.sqrt(2 * math.pi),
        "too narrow": lambda x: bell(np.log(x) * math.sqrt(2)) / x,
        "added to a log-density": lambda x: bell(np.log(x)) + np.log(1 / x),
    },
    "1.4": {
        "it must stretch": lambda x, k: np.log(bell(k * np.log(odds(x)))),
        "this is `log|dx/dz|`": lambda x, k: np.log(bell(k * np.log(odds(x))) * x * (1 - x) / k),
        "when you differentiate": lambda x, k: np.log(bell(k * np.log(odds(x))) / (x - x * x)),
        "without the factor `k`": lambda x, k: np.log(bell(np.log(odds(x))) * k / (x - x * x)),
        "has no log": lambda x, k: np.log(bell(k * np.log(odds(x)))) + np.log(k / (x * x - x)),
        "has a slope, too": lambda x, k: np.log(bell(-k * np.log(odds(x))) * k / x),
        "the inner derivative": lambda x, k: np.log(
            bell(k * np.log(odds(x))) * k * np.abs(1 / (1 - x) - 1 / x)
        ),
        "asked at `x`, not at `z`": lambda x, k: np.log(bell(x) * k / (x - x * x)),
        "Its log is asked for": lambda x, k: bell(k * np.log(odds(x))) * k / (x - x * x),
        "log of a quotient": lambda x, k: np.log(bell(np.log(x) / (1 - x) * k) * k / (x - x * x)),
        "squeezes near the middle": lambda x, k: (
            np.log(bell(k * np.log(odds(x)))) + np.sqrt(np.log((x - x * x) / k) ** 2)
        ),
        "opposite signs": lambda x, k: np.log(bell(k * np.log(odds(x))) * k / odds(x)),
    },
    "1.5": {
        "where does `dgdz` enter": lambda z, g, dgdz, log_p_z: [log_p_z(u) for u in z],
        "holds for increasing generators": lambda z, g, dgdz, log_p_z: np.log(np.exp(log_p_z(z)) / dgdz(z)),
        "You ask it at the data point": lambda z, g, dgdz, log_p_z: log_p_z(g(z)) - np.log(dgdz(z) ** 2) / 2,
        "How is the slope of `g` related": lambda z, g, dgdz, log_p_z: (
            log_p_z(z) - np.log(np.abs(1 / dgdz(z)))
        ),
        "both terms change": lambda z, g, dgdz, log_p_z: log_p_z(g(z)) + np.log(dgdz(z) ** 2) / 2,
        "is a function of the latent": lambda z, g, dgdz, log_p_z: log_p_z(z) - np.log(dgdz(g(z)) ** 2) / 2,
        "becomes of a division": lambda z, g, dgdz, log_p_z: log_p_z(z) - np.sqrt(dgdz(z) ** 2),
        "the log of that quotient": lambda z, g, dgdz, log_p_z: log_p_z(z) / np.sqrt(dgdz(z) ** 2),
        "the log of a slope below 1": lambda z, g, dgdz, log_p_z: log_p_z(z) - np.sqrt(np.log(dgdz(z)) ** 2),
        "One absolute value too many": lambda z, g, dgdz, log_p_z: (
            log_p_z(z) - np.sqrt(np.log(dgdz(z) ** 2) ** 2) / 2
        ),
        "Its log is asked for": lambda z, g, dgdz, log_p_z: np.exp(log_p_z(z)) / np.sqrt(dgdz(z) ** 2),
        "Which of the functions": lambda z, g, dgdz, log_p_z: log_p_z(z) - np.log(g(z) ** 2) / 2,
    },
}
