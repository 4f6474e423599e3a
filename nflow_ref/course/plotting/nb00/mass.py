"""Mass that moves: points, intervals, squares, staircases, and a density that is learned."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb

from ....change_of_variables import jacobian
from .. import DATA, GREY, INK, LATENT, RIGHT, RIGHT_INK, WRONG, WRONG_INK, density_map, grid_lines

DPI = 77
LETTERS = {DATA: DATA, LATENT: "#007ABE", RIGHT: RIGHT_INK, WRONG: WRONG_INK}  # small ones
FEW = plt.get_cmap("viridis", 40)  # fewer bytes than a smooth one, and too many to see the steps
ARROW = {"arrowstyle": "-|>", "color": INK, "lw": 1.6, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 15}


def between(t):
    """The colour at t on the way from latent blue, 0, to data orange, 1."""
    return tuple((1 - t) * np.array(to_rgb(LATENT)) + t * np.array(to_rgb(DATA)))


def smooth(t):
    """From 0 to 1, level at both ends."""
    return 3 * t**2 - 2 * t**3


def minus(text):
    return text.replace("-", "−")


def becoming(z, x, lines=96):
    """Latent points z (N, 2) on the left, the data x = f⁻¹(z) on the right, and how each comes there."""
    fig, ax = plt.subplots(figsize=(9.6, 4.1), dpi=82)
    far = np.array([10.2, 0.0])
    end = 2.2 * (x - [0.5, 0.25]) + far
    t = np.linspace(0, 1, 41)[:, None]
    colors = [between(u) for u in t[1:, 0]]
    for a, b in zip(z[:lines], end[:lines], strict=True):
        curve = np.hstack([(1 - t) * a[0] + t * b[0], a[1] + smooth(t) * (b[1] - a[1])])
        pieces = np.stack([curve[:-1], curve[1:]], axis=1)
        ax.add_collection(LineCollection(pieces, colors=colors, linewidths=0.8, alpha=0.33))
    for points, color in ((z, LATENT), (end, DATA)):
        ax.plot(*points.T, "o", color=color, ms=2.2, mew=0)
    way = ARROW | {"lw": 1.8}
    ax.annotate("", (6.4, 2.75), (3.4, 2.75), arrowprops=way | {"color": DATA})
    ax.text(4.9, 2.95, "draw:  $x = f^{-1}(z)$", color=DATA, ha="center", va="bottom", size=13)
    ax.annotate("", (3.4, -2.75), (6.4, -2.75), arrowprops=way | {"color": LATENT})
    ax.text(4.9, -2.95, "score:  $z = f(x)$", color=LATENT, ha="center", va="top", size=13)
    ax.text(0, 3.45, "latent $z$: standard normal", color=LATENT, ha="center", va="bottom", size=13)
    ax.text(far[0], 3.45, "data $x$: two moons", color=DATA, ha="center", va="bottom", size=13)
    ax.set(xlim=(-3.5, 14.2), ylim=(-3.5, 4.1), aspect="equal")
    ax.axis("off")
    return fig


def under_the_finger(f, p_z, cdf, intervals):
    """The density of x above, that of z hanging below, and what has the same mass joined.

    The density of x is not computed by a formula but as mass per length, of short intervals.

    Args:
        intervals: (low, high, place of its label above, and below) of x.
    """
    fig, ax = plt.subplots(figsize=(9.0, 4.5), dpi=DPI)
    x = np.linspace(-2.3, 2.1, 1101)
    z, step = f(x), x[1] - x[0]
    p_x = np.diff(cdf(f(np.append(x, x[-1] + step) - step / 2))) / step
    top, low, line = 1.0, 0.28, np.linspace(-3.3, 3.3, 601)
    for values, at, base, sign, color in ((p_x, x, top, 1, DATA), (p_z(line), line, low, -1, LATENT)):
        ax.fill_between(at, base, base + sign * values, color=color, alpha=0.1, lw=0)
        ax.plot(at, base + sign * values, color=color)
        ax.axhline(base, color=color, lw=1)
        for k in range(-3, 4):
            va = "top" if sign > 0 else "bottom"
            ax.text(k, base - 0.02 * sign, minus(f"{k}"), color=color, size=9, ha="center", va=va)
    s = np.linspace(0, 1, 60)

    def course(a):
        return a + smooth(s) * (f(a) - a), top - (top - low) * s

    for a in np.interp(np.arange(1, 20) / 20, cdf(z), x):
        ax.plot(*course(a), color=GREY, lw=0.6)
    for left, right, above, below in intervals:
        (from_left, y), (from_right, _) = course(left), course(right)
        ax.fill_betweenx(y, from_left, from_right, color=GREY, alpha=0.3, lw=0)
        inside = (x >= left - step / 2) & (x <= right + step / 2)
        ax.fill_between(x[inside], top, top + p_x[inside], color=DATA, alpha=0.85, lw=0)
        ax.fill_between(z[inside], low, low - p_z(z[inside]), color=LATENT, alpha=0.85, lw=0)
        a, b = f(np.array([left, right]))
        mass = np.diff(cdf(np.array([a, b])))[0]
        for place, length, color in ((above, right - left, DATA), (below, b - a, LATENT)):
            text = f"mass {mass:.2f}\nlength {length:.2f}\nmass / length {mass / length:.2f}"
            ax.text(*place, text, color=LETTERS[color], size=9.5, ha="center", va="center", linespacing=1.35)
    ax.text(-3.3, top + 0.05, "data $x$", color=DATA, size=13)
    ax.text(-3.3, low - 0.05, "latent $z = f(x)$", color=LATENT, size=13, va="top")
    ax.set(xlim=(-3.35, 3.35), ylim=(low - 0.42, top + 0.7))
    ax.axis("off")
    return fig


def square_and_image(f, corner, side, box):
    """A grid with one square, what f makes of it, and the parallelogram that its Jacobian makes."""
    fig, axes = plt.subplots(1, 2, figsize=(9.6, 4.0), dpi=DPI, width_ratios=[1, 1.35])
    corner = np.array([corner], dtype=float)
    arrows = side * np.eye(2)
    u = np.linspace(0, 1, 40)[:, None]
    corners = corner + side * np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])
    edge = np.concatenate([(1 - u) * a + u * b for a, b in pairwise(corners)])
    J = jacobian(f, corner)[0]
    for ax, change, color, start, sides in (
        (axes[0], lambda x: x, DATA, corner[0], arrows),
        (axes[1], f, LATENT, f(corner)[0], arrows @ J.T),
    ):
        for line in grid_lines(box, spacing=side):
            ax.plot(*change(line).T, color=color, lw=0.7, alpha=0.8)
        ax.fill(*change(edge).T, color=color, alpha=0.4, lw=0)
        for v in sides:
            ax.annotate("", start + v, start, arrowprops=ARROW | {"lw": 2.4, "color": color})
        ax.set(aspect="equal", xticks=[], yticks=[])
        ax.spines[["left", "bottom"]].set_visible(False)
    a, b = arrows @ J.T
    ax.plot(*np.array([start, start + a, start + a + b, start + b, start]).T, "--", color=INK, lw=1.3)
    ratio = abs(np.linalg.det(J))
    axes[0].set_title(f"data $x$: a square, area {side**2:.2f}", color=DATA)
    axes[1].set_title(
        f"latent $z$: parallelogram, $|\\det|$ = {ratio:.2f}, area {ratio * side**2:.2f}", color=LATENT
    )
    return fig


def climbing(found, x):
    """The density while it is learned, with some of the data x on it. found: (steps, log-density)."""
    fig, axes = plt.subplots(1, len(found), figsize=(9.4, 2.3), dpi=DPI)
    box = (-1.7, 2.7), (-1.25, 1.75)
    for ax, (steps, log_prob) in zip(axes, found, strict=True):
        density_map(ax, log_prob, box, n=112)
        ax.images[0].set(clim=(0, 0.62), cmap=FEW)
        ax.plot(*x[:140].T, "s", color=DATA, ms=1.6, mew=0, antialiased=False)
        ax.set(xlim=box[0], ylim=box[1], xticks=[], yticks=[])
        ax.set_title(minus(f"{steps:,} steps: {np.mean(log_prob(x)):.2f}"), size=11)
        ax.spines[["left", "bottom"]].set_visible(False)
    return fig


def staircases(cases, z):
    """Staircases of x with f(x) = z on the curve of its mass. cases: (f, curve, wrong curve or None)."""
    fig, axes = plt.subplots(1, 2, figsize=(9.6, 3.2), dpi=DPI, sharey=True)
    grid = np.linspace(-1.9, 1.9, 1001)
    for ax, (f, curve, wrong) in zip(axes, cases, strict=True):
        order = np.argsort(f(grid))
        x = np.sort(np.interp(z, f(grid)[order], grid[order]))
        steps = np.searchsorted(x, grid, side="right") / len(x)
        ax.fill_between(grid, steps, step="post", color=DATA, alpha=0.16, lw=0)
        ax.step(grid, steps, where="post", color=DATA, lw=1.3)
        ax.plot(grid, curve(grid), color=INK, lw=2.2)
        ax.plot(x, np.full(len(x), -0.045), "|", color=DATA, ms=7, mew=1)
        if wrong is not None:
            ax.plot(grid, wrong(grid), "--", color=WRONG, lw=1.6)
            ax.text(-1.82, 0.68, "$F_z(g(x))$ falls:\nit is no mass to the left", color=WRONG_INK, va="top")
        ax.set(xlabel="data $x$", xlim=(grid[0], grid[-1]), ylim=(-0.09, 1.03), yticks=[0, 0.5, 1])
    axes[0].set(title="$f$ increases:  $F_x(x) = F_z(f(x))$", ylabel="mass to the left of $x$")
    axes[1].set_title("$g$ decreases:  $F_x(x) = 1 - F_z(g(x))$")
    return fig
