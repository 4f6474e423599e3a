"""Figures that move: what comes back of a grid, and a flow layer by layer."""

import numpy as np

from ...slider import Panel, Slider, dots, line
from .. import DATA, GREY, INK, LATENT, RIGHT, WRONG, grid_lines, with_gaps


def joined(lines, most):
    """Lines (n, 2) as one, with gaps between them and where they leave the square of side 2 * most."""
    points = with_gaps(lines)
    inside = np.max(np.abs(points), axis=1) <= most
    drawn = inside & (np.roll(inside, 1) | np.roll(inside, -1))  # no point alone
    return np.where(drawn, points[:, 0], np.nan), np.where(drawn, points[:, 1], 0)


def there_and_back(bounded, returned, error):
    """The bound c moved: log s against ŝ, and a grid, returned(c, x), after the way there and back.

    Args:
        bounded: function (c, ŝ) -> log s.
        returned: function (c, x) -> what an inverse gives back of points x, (N, 2).
        error: function from c to the typical error of such a point.
    """
    s_hat, grid = np.linspace(-4, 4, 41), grid_lines(((-2, 2), (-2, 2)), spacing=0.4, points=21)

    def picture(c):
        flat = line([-4, 4, np.nan, -4, 4], [c, c, 0, -c, -c], GREY, dashed=True)
        back = np.split(returned(c, np.concatenate(grid)), len(grid))
        return [[flat, line(s_hat, bounded(c, s_hat), RIGHT)], [line(*joined(back, 3), DATA)]]

    def says(c):
        return f"c = {c:.2f}: scales from {np.exp(-c):.2g} to {np.exp(c):.2g}, typical error {error(c):.1g}"

    return Slider(
        "bound c",
        np.arange(0.5, 4.01, 0.25),
        picture,
        [
            Panel("the bound", (-4, 4), (-4, 4), ("output of the network ŝ", "log-scale log s"), 1),
            Panel("a square grid, there and back", (-3, 3), (-3, 3), ("x₁", "x₂"), 1),
        ],
        says,
        alt="Left, an S-shaped curve between two dashed lines at c and minus c, which part as c grows. "
        "Right, what comes back of a square grid that was sent through eight couplings and back in "
        "float32. Up to a c of 2 it is the grid; then the lines begin to shake, and at 4 there is only "
        "a scribble.",
        start=2,
        varies=True,
    )


def undoing(back, z, entropies, target):
    """Latents z, (N, 2), and a grid on their way to the data: back(u) undoes u couplings.

    Args:
        entropies: u -> entropy of the points when u couplings are undone, at all stops.
        target: the entropy of the data.
    """
    grid = grid_lines(((-2.4, 2.4), (-2.4, 2.4)), spacing=0.8, points=21)
    along = np.array(sorted(entropies.items()))

    def picture(u):
        lines = np.split(back(u)(np.concatenate(grid)), len(grid))
        cloud = LATENT if u == 0 else DATA if u == along[-1, 0] else GREY
        level = line([0, along[-1, 0]], [target, target], RIGHT, dashed=True)
        return [
            [line(*joined(lines, 4), "#4F9BC7"), dots(*back(u)(z).T, cloud, size=16)],
            [level, line(*along.T, INK), dots(u, entropies[u], WRONG, size=40)],
        ]

    return Slider(
        "couplings undone",
        list(entropies),
        picture,
        [
            Panel("latents on their way to the data", (-4, 4), (-4, 4), height=1),
            Panel("the entropy of the points", (0, along[-1, 0]), (0.5, 3), ("couplings undone", "nats"), 1),
        ],
        says=lambda u: f"{u:g} of {along[-1, 0]:g} couplings undone, entropy {entropies[u]:.2f} nats",
        alt="Left, 160 points and a square grid: one coupling after the other bends them, each along one "
        "axis, from a round cloud on straight lines to two interlocking moons. Right, the entropy of "
        "the points against the number of couplings undone, a line that falls, not at each step, from "
        "2.84 nats to a dashed level at 1.01, with a dot that moves along it.",
        seconds=8,
        varies=True,
    )
