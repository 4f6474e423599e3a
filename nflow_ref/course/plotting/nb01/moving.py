"""The figures of notebook 01 that move: an interval along the line, and the slope of a straight map."""

import numpy as np

from ....change_of_variables import log_prob_1d
from ....quadrature import integrate
from ...slider import Panel, Slider, area, line
from .. import DATA, GREY, INK, LATENT


def below(density, low, high, colour):
    """A mark: the area below a density, from low to high."""
    x = np.linspace(low, high, 25)
    return area([low, *x, high], [0, *density(x), 0], colour)


def interval(base, f, starts, length, x_range, z_range, start):
    """An interval of x moved to each of these starts: its image by the increasing f, and the mass of both."""
    x, z = np.linspace(*x_range, 81), np.linspace(*z_range, 81)
    curve = np.linspace(*x_range, 301)
    curve = curve[(f(curve) > z_range[0]) & (f(curve) < z_range[1])]
    p_x, p_z = lambda x: np.exp(log_prob_1d(base, f, x)), lambda z: np.exp(base.log_prob(z))

    def picture(a):
        ends = np.array([a, a + length])
        (a, b), (c, d) = ends, f(ends)
        left, low = x_range[0], z_range[0]
        return [
            [
                line(curve, f(curve), INK),
                line([a, a, np.nan, b, b], [low, c, 0, d, low], DATA),
                line([left, a, np.nan, left, b], [c, c, 0, d, d], LATENT),
            ],
            [line(x, p_x(x), DATA), below(p_x, a, b, DATA)],
            [line(z, p_z(z), LATENT), below(p_z, c, d, LATENT)],
        ]

    def says(a):
        ends = np.array([a, a + length])
        mass_x, mass_z = integrate(p_x, *ends), np.diff(base.cdf(f(ends)))[0]
        (c, d), long = np.round(f(ends), 2) + 0, np.ptp(f(ends))
        where = f"x from {a:.1f} to {a + length:.1f}, z from {c:.2f} to {d:.2f}"
        dense = f"mass / length {mass_x / length:.2f} and {mass_z / long:.2f}"
        return f"{where}: mass {mass_x:.3f} and {mass_z:.3f}, length {length:.2f} and {long:.2f}, {dense}"

    alt = (
        "Three panels. Left, the rising curve z = f(x), and lines from an interval on the x axis to its "
        "image on the z axis. Middle and right, the densities of x and of z, filled above the two intervals. "
        "As the interval moves to the right, its image is long, then shorter, then long again. It is always "
        "longer than the interval, and the density above it lower; the two areas are the same."
    )
    panels = [
        Panel("z = f(x)", x_range, z_range, ("data x", "latent z")),
        Panel("density of x", x_range, (0, 0.65), ("data x", "")),
        Panel("density of z", z_range, (0, 0.65), ("latent z", "")),
    ]
    return Slider("left end of the interval of x", starts, picture, panels, says, alt, start, seconds=6)


def steepness(base, centre, slopes, x_range, start):
    """The slope a of z = a (x - centre) moved, through both signs: the map, and the density of x.

    Filled is what holds the mass of the latents from -1 to 1.
    """
    top, z_range = 3.4, (-3.4, 3.4)
    left = x_range[0]

    def density(a):
        return lambda x: np.exp(log_prob_1d(base, lambda x: a * (x - centre), x))

    def picture(a):
        bell = np.clip(centre + np.linspace(-4.5, 4.5, 61) / abs(a), *x_range)
        x = np.array([left, *bell, x_range[1]])
        ends = np.clip(centre + np.array(z_range) / a, *x_range)
        (p, q), (c, d) = centre + np.array([-1, 1]) / abs(a), np.array([-1, 1]) * np.sign(a)
        return [
            [
                line(ends, a * (ends - centre), INK),
                line([p, p, np.nan, q, q], [z_range[0], c, 0, d, z_range[0]], DATA),
                line([left, p, np.nan, left, q], [c, c, 0, d, d], LATENT),
            ],
            [
                line(x_range, [1, 1], GREY, dashed=True),
                line(x, density(a)(x), DATA),
                below(density(a), p, q, DATA),
            ],
        ]

    def says(a):
        half = np.array([-1, 1]) / abs(a)
        middle, whole = (integrate(density(a), *(centre + k * half), panels=40) for k in (1, 12))
        height = density(a)(np.array([centre]))[0]
        filled = f"filled: mass {middle:.2f} on a length of {np.ptp(half):.2f}"
        return f"a = {a:g}: height {height:.2f}, {filled}; mass of all {whole:.2f}"

    alt = (
        "Two panels. Left, a straight line of slope a, and the interval of x whose image is the z from −1 to "
        "1. Right, the density of x, a bell, filled above this interval, and a dashed line at density 1. The "
        "steeper the line, rising or falling, the narrower the interval and the higher the bell; its area "
        "stays. For a and for −a the bell is the same."
    )
    panels = [
        Panel(f"z = a (x − {centre:g})", x_range, z_range, ("data x", "latent z")),
        Panel("density of x", x_range, (0, top), ("data x", "")),
    ]
    return Slider("slope a", slopes, picture, panels, says, alt, start, seconds=6)
