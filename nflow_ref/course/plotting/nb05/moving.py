"""The figures of notebook 05 that move: a grid on its way through a chain, and a matrix that gets flatter."""

import numpy as np

from ...slider import Panel, Slider, area, dots, line
from .. import DATA, GREY, INK, LATENT, RIGHT, grid_lines, with_gaps
from ..nb03.still import growth, outline

BETWEEN = 6  # stops from one map to the next


def on_the_way(maps, log_abs_det, x, square, box):
    """A grid, a cloud and a small square on their way through a chain, and the log-dets at the square.

    Args:
        maps: the three maps of the chain; log_abs_det(map, x) is the log-det of one.
        x: the cloud, (N, 2).
        square: (centre, half side).
    """
    grid, (centre, half_side) = with_gaps(grid_lines(box, points=13)), square
    edge = np.concatenate([outline(np.array(centre), half_side, n=6), [np.array(centre) - half_side]])
    stops, h, own = range(BETWEEN * len(maps) + 1), np.array([centre]), []
    for m in maps:
        own.append(log_abs_det(m, h)[0])
        h = m(h)
    sums = np.cumsum([0, *own])

    def at(points, k):
        """Where the points are at stop k: from one place to the next they go straight."""
        done, part = k // BETWEEN, k % BETWEEN / BETWEEN
        for m in maps[:done]:
            points = m(points)
        return points + part * (maps[done](points) - points) if part else points

    nats = np.log([growth(at(edge, k), half_side) for k in stops])

    def picture(k):
        colour = DATA if k == 0 else LATENT if k == stops[-1] else GREY
        now = at(edge, k).T
        return [
            [
                line(*at(grid, k).T, colour),
                dots(*at(x, k).T, colour, 14),
                area(*now, RIGHT),
                line(*now, RIGHT),
            ],
            [
                line(np.array(stops) / BETWEEN, nats, GREY),
                dots(range(len(sums)), sums, INK, 30),
                dots(k / BETWEEN, nats[k], RIGHT, 48),
            ],
        ]

    def says(k):
        done = k // BETWEEN
        where = f"On the way through f{'₁₂₃'[done]}" if k % BETWEEN else f"At h{'₀₁₂₃'[done]}"
        total = " ".join(f"{'+' if nats > 0 else '−'} {abs(nats):.2f}" for nats in own[:done]) or "0"
        total = total.removeprefix("+ ") + f" = {sums[done]:.2f}" * (done > 1)
        return f"{where}: log-dets so far {total}, log of the area {nats[k] + 0:.2f}"

    x_ends, y_ends = (-2.2, 10.4), (-3.4, 4.6)
    height = (y_ends[1] - y_ends[0]) / (x_ends[1] - x_ends[0])
    return Slider(
        "on the way",
        stops,
        picture,
        [
            Panel("a bend, a matrix, another bend", x_ends, y_ends, ("coordinate 1", "coordinate 2"), height),
            Panel("log of the square's area", (0, len(maps)), (-0.1, 1.7), ("maps done", "nats"), height),
        ],
        says,
        alt="Left, a straight orange grid with a cloud of dots and a small green square. On its way through "
        "the first bend it turns grey and its lines crowd to one side; the matrix turns and shears it; the "
        "second bend curves and spreads it, blue. The square becomes a larger parallelogram. Right, the log "
        "of its area, a curve that goes up, a little down, and up; behind each map it goes through a dot, "
        "the sum of the log-dets so far.",
        seconds=8,
    )


def flatter(there_and_back, kappas, box):
    """The condition number moved: a grid under the matrix, the grid after the way back, and the error.

    Args:
        there_and_back: function (κ, x) -> (z, x after the way back).
        kappas: the stops.
    """
    grid = with_gaps(grid_lines(box, points=9))
    drawn = np.isfinite(grid[:, 0])
    results = {kappa: there_and_back(kappa, grid[drawn]) for kappa in kappas}
    errors = {kappa: np.abs(back - grid[drawn]).max() for kappa, (_, back) in results.items()}
    exponents = np.log10(kappas)

    def lines(points, colour):
        joined = np.full(grid.shape, np.nan)
        joined[drawn] = points
        return line(*joined.T, colour)

    def picture(kappa):
        z, back = results[kappa]
        return [
            [lines(z / np.sqrt(kappa), LATENT)],
            [line(*grid.T, GREY), lines(back, DATA)],
            [
                line(exponents, exponents + np.log10(np.finfo(z.dtype).eps), GREY),
                dots(exponents, np.log10(list(errors.values())), DATA, 24),
                dots(np.log10(kappa), np.log10(errors[kappa]), DATA, 48),
            ],
        ]

    side = 1.5 * box[0][1]
    frame = {"x": (-side, side), "y": (-side, side), "height": 1, "ticks": False}
    panels = [
        Panel("z = W x, in units of √κ", **frame),
        Panel("x, after the way back", **frame),
        Panel("its error", (0, exponents[-1] + 0.3), (-8, 1), ("log₁₀ κ", "log₁₀ of the error"), height=1),
    ]
    alt = (
        "Left, the blue image of a square grid: as κ grows it gets flatter, and beyond 50 it is hardly more "
        "than a line. Middle, what comes back of the grid, in orange, on the grey one: it lies on it for "
        "long, and is visibly frayed when κ is a million. Right, the logarithm of the error: dots that rise "
        "along a straight line, κ times the relative rounding error, by one for each factor of ten."
    )
    return Slider(
        "condition number κ",
        kappas,
        picture,
        panels,
        lambda kappa: f"κ = {kappa:,}: the largest error is {errors[kappa]:.0e}",
        alt,
        seconds=6,
        varies=True,
    )
