"""What exercises of several notebooks are tried on: points, maps with their derivatives, densities."""

import autograd.numpy as np

X = np.array([-1.3, -0.2, 0.9, 1.6])


def named(name, f):
    """f, under the name that learners read when it belongs to the input that fails."""
    f.__name__ = name
    return f


# Pairs f, df/dx: an increasing map, and two decreasing ones.
CUBIC = named("x + x**3", lambda x: x + x**3), named("1 + 3 x**2", lambda x: 1 + 3 * x**2)
FALLING = named("exp(-x)", lambda x: np.exp(-x)), named("-exp(-x)", lambda x: -np.exp(-x))
LINE = named("2 - 3 x", lambda x: 2 - 3 * x), named("-3", lambda x: -3 + 0 * x)


def normal(z):
    """log p_z of the standard normal."""
    return -(z**2) / 2 - np.log(2 * np.pi) / 2


def gumbel(z):
    """log p_z of the Gumbel distribution. It is not even: with it, a wrong sign of z shows."""
    return -z - np.exp(-z)


NORMAL = named("log-density of the normal", lambda z: normal(z))
GUMBEL = named("log-density of the Gumbel distribution", lambda z: gumbel(z))


def mass(log_p, start, stop):
    """The integral of exp(log_p) from start to stop, by the midpoint rule on 20,000 intervals."""
    edges = np.linspace(start, stop, 20001)
    return np.sum(np.exp(log_p((edges[1:] + edges[:-1]) / 2))) * (edges[1] - edges[0])
