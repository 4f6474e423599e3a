"""The still figures of notebook 05 that take more than a few lines."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import PowerNorm

from .. import DATA, GREY, INK, LATENT, RIGHT, RIGHT_INK, WRONG, WRONG_INK, density_map, grid_lines

BLUE, OCHRE = "#3B8BBA", "#A87400"  # neither for data nor for latents


def along_a_chain(maps, x, box):
    """Points of data and a grid around them: as they are, and after each map of a chain."""
    fig, axes = plt.subplots(1, len(maps) + 1, figsize=(10, 2.8))
    lines = grid_lines(box)
    last = len(maps)
    for k, ax in enumerate(axes):
        color = DATA if k == 0 else LATENT if k == last else GREY
        for line in lines:
            ax.plot(*line.T, color=color, lw=0.6, alpha=0.8)
        ax.plot(*x.T, ".", color=color, ms=2.5)
        name = "x = h_0" if k == 0 else f"h_{k} = z" if k == last else f"h_{k}"
        ax.set_title(f"${name}$" + (f", after $f_{k}$" if k else ""))
        ax.set(xlabel="coordinate 1", aspect="equal")
        ax.set_adjustable("datalim")
        if k < last:
            x, lines = maps[k](x), [maps[k](line) for line in lines]
    axes[0].set_ylabel("coordinate 2")
    return fig


def two_orders(f, g, box):
    """A square grid with a flag in one corner, and its images under "f, then g" and "g, then f"."""
    fig, axes = plt.subplots(1, 3, figsize=(8.5, 2.8))
    lines = grid_lines(box)
    flag = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]])
    maps = [lambda x: x, lambda x: g(f(x)), lambda x: f(g(x))]
    names = ["data x", "f first, then g:  $z = g(f(x))$", "g first, then f:  $z = f(g(x))$"]
    for ax, change, name, color in zip(axes, maps, names, [DATA, LATENT, LATENT], strict=True):
        for line in lines:
            ax.plot(*change(line).T, color=color, lw=0.6, alpha=0.8)
        edge = np.concatenate([np.linspace(a, b, 50) for a, b in pairwise(flag)])
        ax.fill(*change(edge).T, color=color, alpha=0.8, lw=0)
        ax.set(title=name, xlabel="coordinate 1", aspect="equal")
        ax.set_adjustable("datalim")
    axes[0].set_ylabel("coordinate 2")
    return fig


def running_points(maps, x0, windows):
    """The curve of each map of numbers, with its tangent at the running point and its tangent at x.

    Args:
        maps: (name, function, derivative) for each map, in the order in which they are applied.
        x0: the data point.
        windows: for each map, the limits of its horizontal axis.
    """
    fig, axes = plt.subplots(1, len(maps), figsize=(9.5, 3.4))
    h = x0
    for k, (ax, (name, f, slope), window) in enumerate(zip(axes, maps, windows, strict=True), start=1):
        line = np.linspace(*window, 300)
        ax.plot(line, f(line), color=INK, lw=1.5)
        span = 0.22 * (window[1] - window[0])
        points = [(h, RIGHT, "-")] if k == 1 else [(x0, WRONG, "--"), (h, RIGHT, "-")]
        for point, color, style in points:
            near = point + np.linspace(-span, span, 2)
            ax.plot(near, f(point) + slope(point) * (near - point), style, color=color, lw=3)
            ax.plot(point, f(point), "o", color=color, ms=7)
        low, high = ax.get_ylim()
        ax.set_ylim(low - 0.25 * (high - low), high)
        start, end = ("x" if k == 1 else f"h_{k - 1}"), ("z" if k == len(maps) else f"h_{k}")
        ax.set(title=name, xlim=window, xlabel=f"${start}$", ylabel=f"${end}$")
        text = f"slope at ${start}$: {slope(h):.2f}"
        ax.text(0.97, 0.13, text, color=RIGHT_INK, transform=ax.transAxes, ha="right")
        if k > 1:
            text = f"slope at $x$: {slope(x0):.2f}"
            ax.text(0.97, 0.04, text, color=WRONG_INK, transform=ax.transAxes, ha="right")
        h = f(h)
    return fig


def depth(panels, gaps, all_gaps, longest, box):
    """Density maps with titles on one colour scale, and the gap to the true density against the depth.

    Args:
        panels: pairs (title, log-density).
        gaps: the gap in nats by name: "linear", "elementwise", and one for each number of pairs, the best.
        all_gaps: the gaps of all starts, for each number of pairs.
        longest: the gap of the longest chain after more steps.
    """
    fig, axes = plt.subplots(2, 4, figsize=(10, 5.7))
    scale = PowerNorm(0.5, vmin=0, vmax=0.6)
    for ax, (title, log_prob) in zip(axes.flat, panels, strict=False):
        density_map(ax, log_prob, box, n=70)
        ax.images[0].set_norm(scale)
        ax.set(xticks=[], yticks=[])
        ax.set_title(title, color=DATA if title == "the data" else INK, fontsize=11)
    ax = axes.flat[-1]
    for name, side in [("linear", "bottom"), ("elementwise", "top")]:
        ax.axhline(gaps[name], color=GREY, lw=1)
        ax.text(8.5, gaps[name], f"8 {name}", ha="right", va=side, fontsize=9)
    pairs = list(all_gaps)
    for k in pairs:
        ax.plot([k] * len(all_gaps[k]), all_gaps[k], "o", color=INK, mfc="none", ms=5)
    ax.plot(pairs, [gaps[k] for k in pairs], "o-", color=INK, ms=5)
    ax.plot(pairs[-1], longest, "^", color=INK, ms=7)
    ax.set_xscale("log", base=2)
    ax.set_xticks(pairs, [str(k) for k in pairs])
    ax.set(title="gap (nats)", xlabel="pairs of layers", ylim=(0, 1.2 * max(gaps.values())))
    ax.title.set_fontsize(11)
    ax.yaxis.tick_right()
    ax.spines["right"].set_visible(True)
    ax.spines["left"].set_visible(False)
    ax.set_box_aspect(1)
    image = axes[0, 0].images[0]
    bar = fig.colorbar(image, ax=axes, orientation="horizontal", shrink=0.6, aspect=40, extend="max")
    bar.set_label("density (1 / area)")
    bar.set_ticks([0, 0.02, 0.1, 0.2, 0.4, 0.6])
    return fig


def residual(errors, steps_bounds, remainders, remainder_bounds):
    """How the fixed point closes in on the inverse, and the series on the log-det, for several L.

    Args:
        errors, steps_bounds: {L: array} by number of steps, from 0.
        remainders, remainder_bounds: {L: array} by number of terms, from 1.
    """
    fig, axes = plt.subplots(1, 2, figsize=(9, 3.1))
    colours = dict(zip(errors, (BLUE, OCHRE, INK), strict=True))
    for ax, measured, bound, first in [
        (axes[0], errors, steps_bounds, 0),
        (axes[1], remainders, remainder_bounds, 1),
    ]:
        for L, values in measured.items():
            n = first + np.arange(len(values))
            seen = values > 1e-15
            ax.semilogy(n[seen], values[seen], ".", color=colours[L], ms=6)
            ax.semilogy(n, bound[L], color=colours[L], lw=1)
            at = {0.3: 15, 0.6: 33, 0.9: 38}[L]
            ax.text(n[at] - 0.5, values[at] / 10, f"L = {L}", color=colours[L], ha="right", va="top")
        ax.set(ylim=(1e-16, 30), xlim=(-1, 46))
    axes[0].set(xlabel="fixed-point steps", ylabel="largest error of x", title="the inverse")
    axes[1].set(xlabel="terms of the series", ylabel="largest error (nats)", title="the log-det")
    return fig


def patterns(jacobians):
    """The size of the entries of some Jacobians: {name: matrix}; zeros stay white."""
    fig, axes = plt.subplots(1, len(jacobians), figsize=(11, 2.2))
    for ax, (name, J) in zip(axes, jacobians.items(), strict=True):
        size = np.where(J == 0, np.nan, np.abs(J))
        ax.set_facecolor("white")
        image = ax.imshow(size, cmap="viridis_r", norm=PowerNorm(0.5, vmin=0, vmax=2.5))
        ax.set_title(name, fontsize=11)
        ax.set(xticks=[], yticks=[])
        for spine in ax.spines.values():
            spine.set(visible=True, color=GREY)
    axes[0].set_xticks([0, 7], ["$x_1$", "$x_8$"])
    axes[0].set_yticks([0, 7], ["$z_1$", "$z_8$"])
    bar = fig.colorbar(image, ax=axes, shrink=0.76, pad=0.01, aspect=12)
    bar.set_label("size of the entry")
    bar.set_ticks([0, 0.1, 0.5, 1, 2])
    return fig


def costs(dims, log_dets, inverses):
    """Seconds against the dimension on logarithmic axes: {name: seconds}, for the log-det and the inverse."""
    fig, axes = plt.subplots(1, 2, figsize=(9.5, 3.5), sharey=True)
    colors = {
        "any map, autodiff": INK, "full linear": GREY, "planar": OCHRE, "residual": BLUE,
        "triangular": WRONG, "coupling": RIGHT,
    }  # fmt: skip
    for ax, curves in [(axes[0], log_dets), (axes[1], inverses)]:
        ends = []
        for name, seconds in curves.items():
            n = len(seconds)
            ax.loglog(dims[:n], seconds, "o-", color=colors[name], ms=4)
            ends.append([np.log(seconds[-1]), name, dims[n - 1]])
        ends.sort()
        for previous, end in pairwise(ends):  # labels that do not overlap
            end[0] = max(end[0], previous[0] + 1)
        for y, name, d in ends:
            color = {WRONG: WRONG_INK, RIGHT: RIGHT_INK, GREY: INK}.get(colors[name], colors[name])
            ax.text(d * 1.12, np.exp(y), name, color=color, va="center")
        ax.set(xlabel="dimension D", xlim=(dims[0] * 0.85, dims[-1] * 4))
    start = log_dets["any map, autodiff"][-1] * 1.8
    end = len(log_dets["any map, autodiff"]) - 1
    cubic = np.array(dims[end - 1 : end + 2], dtype=float)
    axes[0].loglog(cubic, start * (cubic / dims[end]) ** 3, ":", color=GREY)
    axes[0].text(cubic[0], start * (cubic[0] / dims[end]) ** 3 * 1.6, "slope of D³ ", ha="right")
    for ax in axes:
        ax.set_xticks(dims, [str(d) for d in dims])
        ax.set_xticks([], minor=True)
    axes[0].set(ylabel="seconds for 64 examples", title="the log-det")
    axes[1].set(title="the inverse")
    return fig
