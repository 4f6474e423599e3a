"""The figures of notebook 02 that take more than a few lines and stand still."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from .. import DATA, GREY, INK, LATENT, WRONG, WRONG_INK


def area_and_height(base, z0, points, width):
    """A density with the area to the left of z0; its cdf, and that of a sample with a band of this width."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(9, 3.3))
    line = np.linspace(-7, 7, 400)
    part = line[line <= z0]
    left.plot(line, np.exp(base.log_prob(line)), color=LATENT)
    left.fill_between(part, np.exp(base.log_prob(part)), color=LATENT, alpha=0.3, lw=0)
    left.axvline(z0, color=GREY, lw=1)
    thin = {"arrowstyle": "-", "lw": 0.8, "color": GREY}
    left.annotate("area\n$F_z(z_0)$", (-0.9, 0.1), (-5, 0.15), ha="center", arrowprops=thin)
    left.text(z0 + 0.15, 0.255, "$z_0$")
    left.set(xlabel="latent z", ylabel="density of z (1 / unit of z)", ylim=(0, 0.28))
    steps = np.arange(len(points) + 1) / len(points)
    edges = np.concatenate([[-7], np.sort(points), [7]])
    right.stairs(steps, edges, baseline=None, color=LATENT)
    right.stairs(steps + width, edges, baseline=steps - width, fill=True, color=LATENT, alpha=0.15)
    height = base.cdf(np.array([z0]))[0]
    right.plot(line, base.cdf(line), color=INK)
    right.plot([z0, z0, -7], [0, height, height], color=GREY, lw=1)
    right.plot(z0, height, "o", color=INK)
    right.text(-6.8, height + 0.02, "height $F_z(z_0)$")
    right.text(2.8, 0.5, "40 points\n$\\pm\\,\\varepsilon$", color=LATENT)
    right.set(xlabel="latent z", ylabel="mass to the left of z", xlim=(-7, 7), ylim=(0, 1.02))
    return fig


def sliding_chords(panels):
    """For each (title, map, limits, pair, pair, level): the chord slides from one pair to the other.

    `level` is the time at which the chord is level, or None.
    """
    shades = LinearSegmentedColormap.from_list("", ["#3D9AD1", "#00639C"])  # both grounds bear them
    fig, axes = plt.subplots(1, len(panels), figsize=(9, 3.4))
    fig.get_layout_engine().set(wspace=0.06)
    for ax, (title, m, limits, start, end, level) in zip(axes, panels, strict=True):
        line = np.linspace(*limits, 300)
        ax.plot(line, m(line), color=GREY, lw=1.5)
        start, end = np.array(start), np.array(end)
        times = np.linspace(0, 1, 5)
        if level is not None:
            times[np.argmin(np.abs(times - level))] = level
        for t in times:
            pair = (1 - t) * start + t * end
            color = WRONG if t == level else shades(t)
            ax.plot(pair, m(pair), "o-", color=color, lw=1.2 + 1.6 * t, ms=6, zorder=2 + t)
        ax.set(title=title, xlabel="data x", ylabel="latent z")
        notes = {"textcoords": "offset points", "va": "center", "fontsize": 10}
        ax.annotate("first pair", (start[0], m(start[0])), (12, 0), color=LATENT, **notes)
        ax.annotate("last pair", (end[1], m(end[1])), (-12, 0), ha="right", color=LATENT, **notes)
        if level is not None:
            ax.annotate(
                "level", (0, m((1 - level) * start[0] + level * end[0])), (0, 11), ha="center", **notes
            )
    return fig


def which_side(panels):
    """For each (title, name, map, x0, x limits, z limits): the x left of x0, and where the map takes them."""
    fig, axes = plt.subplots(1, len(panels), figsize=(9, 3.4))
    fig.get_layout_engine().set(wspace=0.08)
    for ax, (title, name, m, x0, (a, b), (c, d)) in zip(axes, panels, strict=True):
        line = np.linspace(a + 1e-6, b - 1e-6, 600)
        left = line[line <= x0]
        z0 = m(x0)
        up = m(left[-1]) > m(left[0])
        ax.plot(line, m(line), color=GREY, lw=1.5)
        ax.plot(left, m(left), color=INK, lw=3.5)
        ax.plot([x0, x0], [c, z0], color=DATA, lw=1)
        ax.plot([a, x0], [z0, z0], color=LATENT, lw=1)
        ax.plot([a, x0], [c, c], color=DATA, lw=8, solid_capstyle="butt", clip_on=False, zorder=3)
        ax.plot(
            [a, a],
            [c if up else z0, z0 if up else d],
            color=LATENT,
            lw=8,
            solid_capstyle="butt",
            clip_on=False,
            zorder=3,
        )
        ax.text((a + x0) / 2, c + 0.05 * (d - c), "$X \\leq x$", color=DATA, ha="center", va="bottom")
        ax.locator_params(nbins=6)
        where = (c + z0) / 2 - 0.05 * (d - c) if up else (z0 + d) / 2
        label = f"$Z \\{'leq' if up else 'geq'} {name}(x)$"
        ax.text(a + (0.12 if up else 0.04) * (b - a), where, label, color=LATENT, va="center")
        ax.plot(x0, z0, "o", color=INK, ms=8)
        ax.set(title=title, xlabel="data x", ylabel="latent z", xlim=(a, b), ylim=(c, d))
    return fig


def two_branches(x, p_x, p_z, one_branch, strip):
    """The parabola with a strip of z and the two intervals of x that it holds; the density of z = x^2."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(9, 3.4))
    fig.get_layout_engine().set(wspace=0.08)
    line = np.linspace(-2.2, 2.2, 300)
    left.plot(line, line**2, color=INK, lw=2.5)
    for edge in strip:
        left.plot([-2.2, edge**0.5], [edge, edge], color=LATENT, lw=1)
        for root in (-(edge**0.5), edge**0.5):
            left.plot([root, root], [0, edge], color=DATA, lw=1)
    for side in (-1, 1):
        ends = side * np.sqrt(np.array(strip))
        left.plot(ends, [0, 0], color=DATA, lw=8, solid_capstyle="butt", clip_on=False)
        part = np.linspace(*ends, 50)
        left.fill_between(part, -0.8, -0.8 + 2.4 * p_x(part), color=DATA, alpha=0.5, lw=0)
    left.plot([-2.2, -2.2], strip, color=LATENT, lw=8, solid_capstyle="butt", clip_on=False, zorder=3)
    left.plot(line, -0.8 + 2.4 * p_x(line), color=DATA, lw=1.5)
    for base in (0, -0.8):
        left.axhline(base, color=GREY, lw=0.8)
    left.spines["left"].set_bounds(0, 4.2)
    left.spines["bottom"].set_visible(False)
    left.text(-2.1, -0.45, "density of x", color=DATA, va="bottom")
    left.text(1.15, 3.3, "$z = x^2$ ", ha="right")
    left.set(xlabel="x", ylabel="z", xlim=(-2.2, 2.2), ylim=(-0.85, 4.2), yticks=range(5))
    line = np.linspace(0.02, 6, 400)
    count, edges = np.histogram(x**2, np.linspace(0, 6, 61))
    right.stairs(count / len(x) / np.diff(edges), edges, fill=True, color=LATENT, alpha=0.35)
    right.plot(line, p_z(line), color=LATENT)
    right.plot(line, one_branch(line), "--", color=WRONG)
    right.text(0.75, 0.42, "sum over both branches", color=LATENT)
    right.annotate(
        "positive branch only",
        (0.45, one_branch(np.array([0.45]))[0]),
        (1.7, 0.27),
        color=WRONG_INK,
        arrowprops={"arrowstyle": "-", "color": WRONG, "lw": 1},
    )
    right.set(xlabel="z", ylim=(0, 0.9), xlim=(0, 6), yticks=[0, 0.2, 0.4, 0.6, 0.8])
    right.set_title("density of z (1 / unit of z)", loc="left", fontsize=11)
    return fig


def three_assumptions(cube, kinked, bounded):
    """Three densities: at a point with slope 0, at a kink, and for a map that misses latents."""
    fig, axes = plt.subplots(1, 3, figsize=(10, 3.2))
    fig.get_layout_engine().set(wspace=0.08)
    line = np.concatenate([-np.geomspace(2, 1e-3, 300), np.geomspace(1e-3, 2, 300)])
    axes[0].plot(line[:300], cube(line[:300]), color=LATENT)
    axes[0].plot(line[300:], cube(line[300:]), color=LATENT)
    axes[0].set(xlabel="$z = x^3$", ylim=(0, 3), yticks=range(4))
    axes[0].text(0.3, 2.2, "no bound\nat $z = 0$", color=LATENT)
    for piece in (np.linspace(-3.5, 1 - 1e-9, 200), np.linspace(1, 3, 200)):
        axes[1].plot(piece, kinked(piece), color=DATA)
    axes[1].axvline(1, color=GREY, lw=1, ls=":")
    axes[1].text(0.85, 0.62, "kink of f", ha="right")
    axes[1].set(xlabel="data x", ylim=(0, 0.8), yticks=[0, 0.2, 0.4, 0.6, 0.8])
    line = np.linspace(-3.2, 3.2, 200)
    axes[2].plot(line, bounded(line), color=DATA)
    axes[2].fill_between(line, bounded(line), color=DATA, alpha=0.2, lw=0)
    axes[2].text(1.1, 0.25, "mass 0.68", color=DATA)
    axes[2].set(xlabel="data x", ylim=(0, 0.4), yticks=[0, 0.1, 0.2, 0.3, 0.4])
    titles = "$f' = 0$: density of z", "a kink: density of x", "latents missed: the formula"
    for ax, title in zip(axes, titles, strict=True):
        ax.set_title(title, loc="left")
    return fig


def same_mass(x, right, wrong):
    """The histogram of x, its density, and another density with mass 1."""
    fig, ax = plt.subplots(figsize=(7.5, 3.6))
    line = np.linspace(-3, 4, 500)
    ax.hist(x, bins=140, range=(-3, 4), weights=np.full(len(x), 20 / len(x)), color=DATA, alpha=0.35)
    ax.plot(line, right(line), color=DATA)
    ax.plot(line, wrong(line), "--", color=WRONG)
    thin = {"arrowstyle": "-", "lw": 0.8, "color": GREY}
    ax.annotate("the density of the points", (0.52, 0.61), (1.3, 0.7), arrowprops=thin, color=DATA)
    ax.annotate("another one with mass 1", (-0.27, 1.0), (-2.9, 1.05), arrowprops=thin, color=WRONG_INK)
    ax.set(xlabel="data x", ylabel="density of x (1 / unit of x)")
    return fig


def into_its_own_cdf(x, cdf):
    """The histogram of x with its cdf, and the histogram of u = cdf(x)."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(9, 3.3))
    fig.get_layout_engine().set(wspace=0.08)
    line = np.linspace(-4.2, 3, 400)
    for ax, numbers, limits, color in [(left, x, (-4.2, 3), DATA), (right, cdf(x), (0, 1), INK)]:
        count, edges = np.histogram(numbers, np.linspace(*limits, 41))
        ax.stairs(count / len(x) / np.diff(edges), edges, fill=True, color=color, alpha=0.35)
    left.plot(line, cdf(line), color=INK, lw=2.5)
    left.text(-0.7, 0.7, "cdf $F_x$", ha="right")
    left.text(-4.0, 0.42, "density of x", color=DATA)
    left.set(xlabel="data x", xlim=(-4.2, 3), ylim=(0, 1.2))
    right.text(0.5, 1.12, "density of u", ha="center")
    right.axhline(1, color=INK, lw=1.5, ls=":")
    right.set(xlabel="$u = F_x(x)$", xlim=(0, 1), ylim=(0, 1.2))
    return fig


def joined_quantiles(rows, quantiles):
    """Densities above each other; lines join the points that have the same mass to their left.

    rows: (label, color, density, points at these quantiles, limits), from top to bottom.
    """
    fig, ax = plt.subplots(figsize=(8, 4.6))
    curves = [(line, density(line)) for _, _, density, _, (a, b) in rows for line in [np.linspace(a, b, 400)]]
    scale = 1.2 / max(height.max() for _, height in curves)  # one scale for all rows
    for k, ((label, color, _, _, _), (line, height)) in enumerate(zip(rows, curves, strict=True)):
        base = 1.5 * (len(rows) - 1 - k)
        ax.fill_between(line, base, base + scale * height, color=color, alpha=0.35, lw=0)
        ax.plot(line, base + scale * height, color=color)
        ax.text(-6.9, base + 0.25, label, color=color, va="bottom")
        ax.axhline(base, color=GREY, lw=0.8)
    paths = np.stack([points for _, _, _, points, _ in rows])
    heights = 1.5 * np.arange(len(rows) - 1, -1, -1)
    for path, u in zip(paths.T, quantiles, strict=True):
        middle = np.isclose(u, 0.5)
        ax.plot(path, heights, "-", color=INK if middle else GREY, lw=2.5 if middle else 0.7)
        ax.plot(path, heights, ".", color=INK, ms=9 if middle else 5)
    ax.set(xlim=(-7, 7), ylim=(-0.1, None), xlabel="value of the number")
    ax.set_yticks([0], [""])  # an empty label in the other grey, or Jupyter paints a white ground
    ax.tick_params(left=False)
    ax.spines["left"].set_visible(False)
    return fig
