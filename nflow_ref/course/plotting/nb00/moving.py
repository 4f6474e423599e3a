"""The figures of notebook 00 that move: a slope, a flow layer by layer, and the temperature."""

import numpy as np
from matplotlib.colors import to_hex

from ....change_of_variables import log_prob_1d
from ....images import bits_per_dim
from ....parameters import tree_map
from ....quadrature import integrate
from ...slider import Panel, Slider, area, dots, line, words
from .. import DATA, GREY, INK, LATENT, grid_lines, with_gaps
from ..nb10.moving import sheet, tiles
from .layers import through_the_layers
from .mass import between, smooth

TOP, LOW = 1.0, 0.35  # the axes of x and of z, one above the other
KINDS = {"AffineCoupling": "a coupling", "Permutation": "a permutation"}


def slope(base, family, slopes, z_ends, start):
    """One of a family of maps moved: both densities, and an interval of z with the x that go there.

    Args:
        family: function from the slope at 0 to an increasing map.
        z_ends: of the interval.
    """
    fine, x, z = np.linspace(-3, 3, 6001), np.linspace(-2, 2, 81), np.linspace(-3.2, 3.2, 61)
    (c, d), s = z_ends, np.linspace(0, 1, 13)
    falls = TOP - (TOP - LOW) * s

    def p_z(z):
        return np.exp(base.log_prob(z))

    def p_x(k):
        return lambda x: np.exp(log_prob_1d(base, family(k), x))

    def picture(k):
        f = family(k)
        curve = x[np.abs(f(x)) < 3.2]
        a, b = np.interp(z_ends, f(fine), fine)
        above, below = np.linspace(a, b, 31), np.linspace(c, d, 31)
        sides = a + smooth(s) * (c - a), b + smooth(s) * (d - b)
        densities = [
            area([*sides[0], *sides[1][::-1]], [*falls, *falls[::-1]], GREY),
            area([a, *above, b], [TOP, *(TOP + p_x(k)(above)), TOP], DATA),
            area([c, *below, d], [LOW, *(LOW - p_z(below)), LOW], LATENT),
            line([-3.2, 3.2], [TOP, TOP], DATA),
            line([-3.2, 3.2], [LOW, LOW], LATENT),
            line(x, TOP + p_x(k)(x), DATA),
            line(z, LOW - p_z(z), LATENT),
            words(-3.2, TOP + 0.06, "data x", DATA),
            words(-3.2, LOW - 0.16, "latent z", LATENT),
        ]
        in_x = line([a, a, np.nan, b, b], [-3.2, c, 0, d, -3.2], DATA)
        in_z = line([-2, a, np.nan, -2, b], [c, c, 0, d, d], LATENT)
        return [[line(curve, f(curve), INK), in_x, in_z], densities]

    def says(k):
        ends = np.interp(z_ends, family(k)(fine), fine)
        masses = integrate(p_x(k), *ends), np.diff(base.cdf(np.array(z_ends)))[0]
        mass = "mass {:.2f} in x and {:.2f} in z".format(*masses)
        return f"slope {k:.1f}: {mass}, length {np.ptp(ends):.2f} and {np.ptp(z_ends):.2f}"

    alt = (
        "Two panels. Left, a rising curve z = f(x), and lines from an interval on the z axis to the x that "
        "go there. Right, the density of x standing, that of z hanging below it, and the areas of both "
        "intervals, joined by a band. At a small slope at 0 the density of x has two humps with a valley "
        "between them, and the interval of x is twice as long as that of z and low. As the slope grows, the "
        "humps become one bell, and the interval of x gets shorter and higher, half as long as that of z at "
        "the end. The areas stay the same."
    )
    panels = [
        Panel("z = f(x)", (-2, 2), (-3.2, 3.2), ("data x", "latent z"), height=0.6),
        Panel("densities of x and z", (-3.2, 3.2), (LOW - 0.45, TOP + 0.85), height=0.6, ticks=False),
    ]
    return Slider("slope of f at 0", slopes, picture, panels, says, alt, start)


def layer_by_layer(flow, params, x, shown, box=((-2.5, 2.5), (-2.5, 2.5))):
    """The number of layers moved: some of the data x behind them, and a grid that ends straight.

    And the sum of the log-dets so far, the mean over x.
    """
    layers = flow.bijection.layers
    grids, points = through_the_layers(flow, params, x, np.array(grid_lines(box, spacing=1.25, points=29)))
    log_dets = [
        layer.forward(p, h)[1].mean() for layer, p, h in zip(layers, params, points[:-1], strict=True)
    ]
    nats = np.cumsum([0, *log_dets])
    after = np.arange(len(nats))

    def picture(k):
        every = np.concatenate([points[k][:shown], *grids[k]])
        low, high = every.min(axis=0), every.max(axis=0)
        zoom = 1.9 / np.max(high - low)
        at, lines = (zoom * (h - (low + high) / 2) for h in (points[k][:shown], with_gaps(grids[k])))
        colour = to_hex(between(1 - k / len(layers)))
        unit = [line([-1, zoom - 1], [-1, -1], INK), words(-1, -0.95, "1")]
        sums = [line(after, nats, GREY), dots(k, nats[k], colour, size=40)]
        return [[line(*lines.T, GREY + "90"), dots(*at.T, colour, size=20), *unit], sums]

    def says(k):
        kind = type(layers[k - 1]).__name__
        last = f", the last one {KINDS.get(kind, kind)}" if k else ", still the data"
        total = f"{round(nats[k], 2) + 0:.2f}"
        return f"after {k} of {len(layers)} layers{last}: log-dets add up to {total} nats on average"

    alt = (
        "Two panels. Left, points in a net of lines. At first they are the two moons, and the net is bent "
        "around them. From layer to layer they are scaled, sheared and mirrored, and end as a round cloud in "
        "a straight grid. A bar of length 1 tells the scale. Right, a jagged line that rises, the sum of the "
        "log-dets of the layers so far, with a dot that moves along."
    )
    panels = [
        Panel("from data to latent", (-1, 1), (-1.02, 1), height=0.9, ticks=False),
        Panel(
            "sum of log-dets",
            (0, len(layers)),
            (nats.min() - 0.2, nats.max() + 0.2),
            ("layers", "nats"),
            height=0.9,
        ),
    ]
    return Slider("layers", after.tolist(), picture, panels, says, alt, seconds=12, varies=True)


def temperature(flow, params, latents, levels, temperatures, real, start):
    """The temperature T moved: what a flow draws from T times these latents, and its own bits for that.

    Computed in float64, so that no pixel lies on the edge between two shades.

    Args:
        levels: of the pixels.
        real: the bits per dimension of real images.
    """
    exact, latents = (tree_map(lambda p: p.astype(np.float64), each) for each in (params, latents))
    drawn = {T: flow.bijection.inverse(exact, T * latents) for T in temperatures}
    bits = {
        T: bits_per_dim(flow.log_prob(exact, y), latents.shape[1:], levels).mean() for T, y in drawn.items()
    }

    def picture(T):
        pixels = np.clip(np.floor(levels * drawn[T]), 0, levels - 1) / (levels - 1)
        curve = line(list(bits), list(bits.values()), LATENT)
        marks = [
            line([0, 1.2], [real, real], DATA, dashed=True),
            words(0.05, real + 0.03, "real digits", DATA),
        ]
        return [tiles(pixels, 6), [curve, *marks, dots(T, bits[T], LATENT, size=40)]]

    alt = (
        "Left, 18 digits drawn by the flow. At T = 0 all are the same, something like an 8. As T grows they "
        "part; around 0.7 most can be read; above 1 strokes break and specks come in. Right, a rising curve: "
        "the bits per dimension that the flow needs for them, with a dot at T. A dashed line marks what real "
        "digits need: the curve meets it a little below T = 1."
    )
    panels = [
        sheet("drawn", 6, len(latents) // 6),
        Panel("bits per dimension", (0, 1.2), (1.3, 2.2), ("temperature T", ""), height=0.48),
    ]
    return Slider(
        "temperature T",
        temperatures,
        picture,
        panels,
        lambda T: f"T = {T:.2f}: the flow needs {bits[T]:.2f} bits per dimension for its own drawings",
        alt,
        start,
    )
