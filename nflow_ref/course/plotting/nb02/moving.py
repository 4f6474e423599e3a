"""The figure of notebook 02 that moves: a point x0, the mass to its left, and where a map takes that mass."""

import numpy as np

from ....change_of_variables import log_prob_1d
from ....quadrature import integrate
from ...slider import Panel, Slider, area, line
from .. import DATA, GREY, INK, LATENT


class Map:
    """A map of numbers with a picture: its curve, the density of x hanging below it, that of z at its left.

    Args:
        name: as "f".
        m: the map; it increases or decreases.
        base: the density of z.
        ends: of the interval that holds all x.
        x_range, z_range: what is drawn.
        size: of the densities, in units of x times units of z: equal masses are equal areas on paper.
    """

    def __init__(self, name, m, base, ends, x_range, z_range, size):
        self.name, self.m, self.base, self.ends, self.size = name, m, base, ends, size
        (a, b), nearer_at_the_ends = x_range, (1 - np.cos(np.linspace(0, np.pi, 81))) / 2
        self.x, self.z = a + (b - a) * nearer_at_the_ends, np.linspace(*z_range, 61)
        self.rises = m(self.x)[-1] > m(self.x)[0]

    def p_x(self, x):
        return np.exp(log_prob_1d(self.base, self.m, x))

    def panel(self):
        heights = np.exp(self.base.log_prob(self.z)), self.p_x(self.x)
        width, depth = (1.1 * self.size * p.max() for p in heights)
        title = "{0} increases: Z ≤ {0}(x)" if self.rises else "{0} decreases: Z ≥ {0}(x)"
        ends = (self.x[0] - width, self.x[-1]), (self.z[0] - depth, self.z[-1])
        return Panel(title.format(self.name), *ends, ("data x", "latent z"), height=0.85, ticks=False)

    def hanging(self, x):
        return self.z[0] - self.size * self.p_x(x)

    def aside(self, z):
        return self.x[0] - self.size * np.exp(self.base.log_prob(z))

    def marks(self, x0):
        left, low, z0 = self.x[0], self.z[0], self.m(x0)
        x = np.append(self.x[self.x < x0], x0)
        z = self.z[(self.z < z0) == self.rises]
        z = np.append(z, z0) if self.rises else np.append(z0, z)
        seen = (self.m(self.x) >= low) & (self.m(self.x) <= self.z[-1])
        return [
            area([left, *x, x0], [low, *self.hanging(x), low], DATA),
            area([left, *self.aside(z), left], [z[0], *z, z[-1]], LATENT),
            line(self.x, self.hanging(self.x), DATA),
            line(self.aside(self.z), self.z, LATENT),
            line([left, left, self.x[-1]], [self.z[-1], low, low], GREY),
            line(self.x[seen], self.m(self.x[seen]), INK),
            line([x0, x0], [low, z0], DATA),
            line([left, x0], [z0, z0], LATENT),
        ]

    def says(self, x0):
        F_x = integrate(self.p_x, self.ends[0], x0, panels=300)
        F_z = self.base.cdf(self.m(np.array([x0])))[0]
        turned = "" if self.rises else f", 1 − F_z({self.name}(x)) = {1 - F_z:.2f}"
        return f"{self.name}: x = {x0:.2f}, F_x(x) = {F_x:.2f}, F_z({self.name}(x)) = {F_z:.2f}{turned}"


def mass_to_the_left(maps, places, start):
    """A place x moved along each of two maps: the mass to its left, and the z that belong to it.

    Args:
        maps: list of Map.
        places: the stops, a row with a place for each map.
    """
    alt = (
        "Two panels. In each, a curve z of x, the density of x hanging from the x axis and the density of z "
        "at the left of the z axis. The area of x to the left of a place is filled, and the area of its z. "
        "As the place moves to the right, the area of x grows from nothing to all. On the increasing map f "
        "the area of z grows from below. On the decreasing map g it grows from above, and F_z(g(x)), the "
        "rest, shrinks."
    )
    return Slider(
        "place x",
        places,
        lambda row: [m.marks(x0) for m, x0 in zip(maps, row, strict=True)],
        [m.panel() for m in maps],
        lambda row: "; ".join(m.says(x0) for m, x0 in zip(maps, row, strict=True)),
        alt,
        start,
        seconds=6,
    )
