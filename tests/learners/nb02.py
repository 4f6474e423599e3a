"""Answers of learners to the exercises of notebook 02."""

import math

import numpy as np

from .tools import slope


def area(p, low, high):
    """The integral of p from low to high, by the rule of Gauss with 60 nodes."""
    t, w = np.polynomial.legendre.leggauss(60)
    half = (high - low) / 2
    return half * np.dot(w, p((low + high) / 2 + half * t))


def search(cdf, u, low=0.0, high=50.0):
    """The x with cdf(x) = u, by halving an interval."""
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if cdf(middle) < u else (low, middle)
    return low


def falls(f):
    return f(np.array([2.0]))[0] < f(np.array([-1.0]))[0]


def ranks(x, points, side):
    return np.searchsorted(np.sort(points), x, side=side)


def roots(z, p_x, c=0):
    return p_x(c + z**0.5), p_x(c - z**0.5)


def rise(x):
    return x / 2 + x**5


def fall(x):
    return 2 - x - x**3


SLOPES = {rise: lambda x: 1 / 2 + 5 * x**4, fall: lambda x: 1 + 3 * x**2}


def skewed(z):
    """A logistic density with its right half squeezed: not symmetric."""
    return np.exp(-2 * z) / (1 + np.exp(-z)) ** 3 * 2


def even(z):
    return 1 / (math.pi * (1 + z * z))


def passes(density, maps=(rise, fall), p_z=skewed, x=(-0.4, 1.3, 0.7), close=np.allclose):
    """Whether the densities are as by hand, one map at a time."""
    x = np.array(x)
    return all(close(density(x, f, p_z), p_z(f(x)) * SLOPES[f](x)) for f in maps)


def line(a, b):
    def f(x):
        return a * x + b

    SLOPES[f] = lambda x: abs(a) + 0 * x
    return f


def masses(density):
    x = np.linspace(-2.5, 2.5, 8001)
    return all(abs(np.trapezoid(density(x, f, skewed), x) - 1) < 0.01 for f in (rise, fall))


OTHER_WAY = {
    "2.1": lambda x, points: ranks(x, points, "right") / len(points),
    "2.2": lambda x, f, cdf_z: [np.sum(np.abs(np.diff(cdf_z(f(np.linspace(-8, u, 2001)))))) for u in x],
    "2.3": lambda z, p_x, c: slope(lambda z: np.array([area(p_x, c - v**0.5, c + v**0.5) for v in z]), z),
    "2.4": lambda u, scale: [search(lambda x: -math.expm1(-((x / scale) ** 2)), v) for v in u],
    "2.5": lambda x, cdf_x, p_x, inverse_cdf_z, p_z: slope(lambda x: inverse_cdf_z(1 - cdf_x(x)), x),
    "2.8": passes,
}

LEARNERS = {
    "2.1": {
        "equal to `x` belongs": lambda x, points: ranks(x, points, "left") / len(points),
        "to the right of `x`": lambda x, points: 1 - ranks(x, points, "right") / len(points),
        "of how many": lambda x, points: ranks(x, points, "right"),
        "can exceed 1": lambda x, points: ranks(x, points, "right") / x.size,
        "one more than there are": lambda x, points: ranks(x, points, "right") / (1 + points.size),
        "twice the mass": lambda x, points: [np.mean(sorted(set(points)) <= u) for u in x],
        "Asked is the opposite": lambda x, points: [sum(u <= p for u in x) / len(x) for p in points],
        "that are equal": lambda x, points: [list(points).count(u) / len(points) for u in x],
        "You average over `x`": lambda x, points: [np.mean(x >= p) for p in points],
        "at least `x`": lambda x, points: 1 - ranks(x, points, "left") / len(points),
        "belongs to `x[i]`": lambda x, points: ranks(sorted(x), points, "right") / len(points),
    },
    "2.2": {
        "on the other side of": lambda x, f, cdf_z: np.array([cdf_z(f(u)) for u in x]),
        "leaves the inequality": lambda x, f, cdf_z: -(cdf_z(f(x)) - 1),
        "but exchanged": lambda x, f, cdf_z: cdf_z(f(x)) if falls(f) else -cdf_z(f(x)) + 1,
        "symmetric about 0": lambda x, f, cdf_z: cdf_z(f(x) * (1 - 2 * falls(f))),
        "what is left of the whole": lambda x, f, cdf_z: cdf_z(f(x)) * (1 - 2 * falls(f)),
        "to the latent side": lambda x, f, cdf_z: falls(f) + cdf_z(x) * (1 - 2 * falls(f)),
        "belongs to the slope": lambda x, f, cdf_z: cdf_z(np.sqrt(f(x) ** 2)),
        "may stand in any order": lambda x, f, cdf_z: (
            cdf_z(f(x)) if np.all(np.diff(f(x)) > 0) else 1 - cdf_z(f(x))
        ),
        "Your test for a decreasing": lambda x, f, cdf_z: (
            1 - cdf_z(f(x)) if np.all(np.diff(f(x)) < 0) else cdf_z(f(x))
        ),
        "when there is only one": lambda x, f, cdf_z: np.where(
            np.gradient(f(x), x) > 0, cdf_z(f(x)), 1 - cdf_z(f(x))
        ),
    },
    "2.3": {
        "How many are there": lambda z, p_x, c: p_x(z**0.5 + c) * 0.5 * z**-0.5,
        "have squares as well": lambda z, p_x, c: roots(z, p_x, c)[1] * 0.5 / np.sqrt(z),
        "one root twice": lambda z, p_x, c: 2 * roots(z, p_x, c)[0] / (2 * np.sqrt(z)),
        "masses add": lambda z, p_x, c: np.mean(roots(z, p_x, c), axis=0) / np.sqrt(4 * z),
        "kept its sign": lambda z, p_x, c: p_x(c + z**0.5) / (2 * z**0.5) + p_x(c - z**0.5) / (-2 * z**0.5),
        "stretches the line": lambda z, p_x, c: np.sum(roots(z, p_x, c), axis=0),
        "spread thinner": lambda z, p_x, c: sum(roots(z, p_x, c)) * np.sqrt(4 * z),
        "where the mass comes from": lambda z, p_x, c: sum(roots(z, p_x, c)) * 0.5 / z,
        "the derivative of the square": lambda z, p_x, c: sum(roots(z, p_x, c)) * z**-0.5,
        "where do parentheses help": lambda z, p_x, c: np.mean(roots(z, p_x, c), axis=0) * z**0.5,
        "it thins both parts": lambda z, p_x, c: roots(z, p_x, c)[0] + roots(z, p_x, c)[1] * 0.5 * z**-0.5,
        "that arrives at `z`?": lambda z, p_x, c: p_x(z) * 0.5 * z**-0.5,
        "is the square already": lambda z, p_x, c: [p_x((v - c) ** 2) * abs(2 * v - 2 * c) for v in z],
        "the density of `x**2`": lambda z, p_x, c: sum(roots(z, p_x)) / np.sqrt(4 * z),
        "lie around `-c`": lambda z, p_x, c: sum(roots(z, p_x, -c)) / np.sqrt(4 * z),
        "is not minus the first": lambda z, p_x, c: (
            sum(p_x(s * (z**0.5 + c)) for s in (1, -1)) / np.sqrt(4 * z)
        ),
        "divide by `2*x`": lambda z, p_x, c: sum(p_x(x) / abs(x + x) for x in (c - z**0.5, c + z**0.5)),
    },
    "2.4": {
        "go the other way": lambda u, scale: [-math.expm1(-((v / scale) ** 2)) for v in u],
        "that undoes `F`": lambda u, scale: (1 - np.exp(-(u**2) / scale**2)) ** -1,
        "decreasing map to it": lambda u, scale: scale * (-np.log(u)) ** 0.5,
        "still to be undone": lambda u, scale: scale * np.log(1 / (1 - u)),
        "comes last in `F`": lambda u, scale: np.sqrt(np.log(1 / (1 - u)) * scale),
        "undoes a division": lambda u, scale: np.sqrt(-np.log(1 - u) / scale**2),
        "a scale of one": lambda u, scale: [math.sqrt(-math.log1p(-v)) for v in u],
        "derivative of `F`": lambda u, scale: slope(lambda x: 1 - np.exp(-((x / scale) ** 2)), u),
        "all results are NaN": lambda u, scale: scale * np.log(1 - u) ** 0.5,
        "you took the negative one": lambda u, scale: [-scale * math.sqrt(-math.log1p(-v)) for v in u],
        "on the way back?": lambda u, scale: [scale * math.log1p(-v) * math.log1p(-v) for v in u],
    },
    "2.5": {
        "the slope of the increasing map, and": lambda x, F, p, inverse, q: slope(lambda x: inverse(F(x)), x),
        "has as much mass on its right": lambda x, F, p, inverse, q: -slope(lambda x: inverse(F(x)), x),
        "turn the probability": lambda x, F, p, inverse, q: -(q(-inverse(F(x))) ** -1) * p(x),
        "Which sign has the slope": lambda x, F, p, inverse, q: abs(slope(lambda x: inverse(1 - F(x)), x)),
        "the way back": lambda x, F, p, inverse, q: -1 / (p(x) / q(inverse(1 - F(x)))),
        "What is `f`": lambda x, F, p, inverse, q: -np.exp(np.log(p(x)) - np.log(q(x))),
        "density of the data": lambda x, F, p, inverse, q: -(lambda z: p(z) / q(z))(inverse(1 - F(x))),
        "One step is missing": lambda x, F, p, inverse, q: -p(x) * q(1 - F(x)) ** -1,
        "has a second factor": lambda x, F, p, inverse, q: slope(lambda x: 1 - F(x), x),
        "has a factor before it": lambda x, F, p, inverse, q: slope(inverse, 1 - F(x), 1e-5),
        "slope of its inverse": lambda x, F, p, inverse, q: -slope(F, x) * q(inverse(1 - F(x))),
        "Asked is its slope": lambda x, F, p, inverse, q: np.array([inverse(1 - F(u)) for u in x]),
        "Asked is the slope": lambda x, F, p, inverse, q: np.log(p(x)) - np.log(q(inverse(1 - F(x)))),
        "each density is asked": lambda x, F, p, inverse, q: -p(inverse(1 - F(x))) * q(x) ** -1,
        "takes a probability": lambda x, F, p, inverse, q: -p(x) * q(inverse(1 - x)) ** -1,
    },
    "2.8": {
        "`suspect` passes": lambda density: passes(density, maps=(rise, line(2.0, 0.3))),
        "Who puts a minus": lambda density: passes(density, maps=(fall,)),
        "symmetric about 0. Who": lambda density: passes(density, p_z=even),
        "of one slope everywhere": lambda density: passes(density, maps=(line(0.5, 1.0), line(-2.0, 0.3))),
        "Who forgets the slope, or": lambda density: passes(density, maps=(line(1.0, 2.0), line(-1.0, 0.5))),
        "The identity changes nothing": lambda density: passes(density, maps=(line(1.0, 0.0),)),
        "one number `x` at a time": lambda density: all(passes(density, x=(u,)) for u in (0.3, -0.6, 1.1)),
        "ask for mass 1": masses,
        "whether the density is negative": lambda density: passes(
            density, close=lambda got, want: min(got) >= 0
        ),
        "drop the sign": lambda density: passes(
            density, close=lambda got, want: np.allclose(got**2, want**2)
        ),
        "allow for rounding": lambda density: passes(density, close=lambda got, want: (got == want).all()),
        "passes everything": lambda density: density is not None,
    },
}
