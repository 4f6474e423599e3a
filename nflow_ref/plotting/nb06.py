"""The figures of notebook 06."""

import matplotlib.pyplot as plt
import numpy as np

from . import DATA, GREY, LATENT, WRONG, density_map, grid_lines

DPI = 80  # for figures with much detail: the notebook has to stay small
FEW = plt.get_cmap("viridis", 48)  # too many to see the steps, and fewer bytes than a smooth one
INK = {"arrowstyle": "-|>", "color": "black", "lw": 1.4, "shrinkA": 0, "shrinkB": 0}


def coupling_both_ways():
    """How the halves of an affine coupling run through it, forward and inverse."""
    fig, axes = plt.subplots(1, 2, figsize=(9, 3.0), dpi=DPI)
    for ax, start, end, color, far, steps in [
        (axes[0], "x", "z", DATA, LATENT, ("$\\times\\, s$", "$+\\, t$")),
        (axes[1], "z", "x", LATENT, DATA, ("$-\\, t$", "$\\div\\, s$")),
    ]:
        for y, half in [(0.82, "a"), (0.15, "b")]:
            ax.annotate("", (0.93, y), (0.09, y), arrowprops=INK)
            ax.text(0.06, y, f"${start}_{half}$", color=color, ha="right", va="center", fontsize=15)
            ax.text(0.95, y, f"${end}_{half}$", color=far, ha="left", va="center", fontsize=15)
        box = {"boxstyle": "round,pad=0.4", "fc": "white", "ec": "black"}
        for x, step in zip((0.42, 0.66), steps, strict=True):
            ax.text(x, 0.15, step, ha="center", va="center", bbox=box, fontsize=13)
            ax.annotate("", (x, 0.225), (x, 0.455), arrowprops=INK)
        ax.annotate("", (0.54, 0.55), (0.54, 0.82), arrowprops=INK)
        ax.text(0.54, 0.5, "network:  $s$ and $t$ ", ha="center", va="center", bbox=box | {"fc": "#eeeeee"})
        ax.set(xlim=(0, 1.02), ylim=(0, 1))
        ax.axis("off")
    axes[0].set_title("forward, data to latent")
    axes[1].set_title("inverse, latent to data")
    return fig


def same_areas(log_probs, boxes, heights):
    """Densities on one colour scale, with the outline of the points above each height."""
    fig, axes = plt.subplots(1, len(log_probs), figsize=(9.6, 3.4), dpi=DPI)
    fig.get_layout_engine().set(wspace=0.06)
    top = 0.65
    for ax, (title, log_prob), box, color in zip(
        axes, log_probs.items(), boxes, (LATENT, DATA, DATA), strict=True
    ):
        density_map(ax, log_prob, box, n=120)
        ax.images[0].set(clim=(0, top), cmap=FEW, interpolation="nearest")
        x1, x2 = (np.linspace(*side, 220) for side in box)
        points = np.stack(np.meshgrid(x1, x2), axis=-1).reshape(-1, 2)
        density = np.exp(log_prob(points)).reshape(220, 220)
        ax.contour(x1, x2, density, levels=heights, colors="white", linewidths=0.9)
        name = "z" if color == LATENT else "x"
        ax.set(xlabel=f"${name}_1$", ylabel=f"${name}_2$")
        ax.set_title(title, color=color)
    fig.colorbar(axes[-1].images[0], ax=axes, shrink=0.8, label="density (1 / area)")
    return fig


def matrices(rows, titles, labels=(), output="output $z_i$", size=2.3):
    """Rows of matrices |J|: dark for large, white with a small cross for exactly 0, a line between halves."""
    columns = len(rows[0])
    fig, axes = plt.subplots(
        len(rows), columns, figsize=(size * columns + 0.7, size * len(rows) + 0.5), squeeze=False
    )
    for i, row in enumerate(rows):
        for ax, J in zip(axes[i], row, strict=True):
            D = len(J)
            shade = np.log10(np.where(J == 0, np.nan, np.abs(J)))
            ax.imshow(shade, cmap="Greys", vmin=-3.5, vmax=1.2)
            zero = np.argwhere(J == 0)
            ax.plot(zero[:, 1], zero[:, 0], "x", color=GREY, ms=4, mew=0.8)
            one = np.argwhere(J == 1)
            for k, j in one:
                ax.text(j, k, "1", color="white", ha="center", va="center", fontsize=10)
            ax.axhline(D // 2 - 0.5, color=WRONG, lw=1.5)
            ax.axvline(D // 2 - 0.5, color=WRONG, lw=1.5)
            ax.set(xticks=[], yticks=[])
            ax.spines[["top", "right"]].set_visible(True)
    for ax, title in zip(axes[0], titles, strict=True):
        ax.set_title(title)
    for ax in axes[-1]:
        ax.set_xlabel("input $x_j$", color=DATA)
    for ax, label in zip(axes[:, 0], labels or [""] * len(rows), strict=True):
        ax.set_ylabel(f"{label}\n{output}" if label else output, color=LATENT)
    return fig


def bounds(s_hat, curves):
    """log s against ŝ for several bounds, and the slope of each: curves is name -> (log s, slope, colour)."""
    fig, axes = plt.subplots(1, 2, figsize=(8.6, 3.0), dpi=DPI)
    for name, (log_s, slope, color, style, places) in curves.items():
        for ax, values, (x, y) in zip(axes, (log_s, slope), places, strict=True):
            ax.plot(s_hat, values, style, color=color)
            ax.text(x, y, name, color=color)
    axes[0].axhline(0, color=GREY, lw=0.8)
    axes[0].set(xlabel="output of the network ŝ", ylabel="log-scale log s (nats)")
    axes[1].set(xlabel="output of the network ŝ", ylabel="slope of log s")
    return fig


def round_trips(depths, errors, epsilons):
    """Round-trip error against depth: errors is precision -> bound -> one number for each depth."""
    fig, axes = plt.subplots(1, 2, figsize=(8.6, 3.4), sharey=True, dpi=DPI)
    for ax, (precision, by_bound) in zip(axes, errors.items(), strict=True):
        ax.axhline(epsilons[precision], color=GREY, lw=1)
        ax.text(depths[0], epsilons[precision] / 6, "one rounding", color=GREY, ha="left", va="top")
        ax.axhspan(1e-1, 1e13, color=WRONG, alpha=0.18, lw=0)
        ax.text(depths[0], 3e8, "no digit is left", color="#a8487f", va="center")
        for k, (bound, error) in enumerate(by_bound.items()):
            shade = plt.cm.Greys(0.58 + 0.14 * k)
            ax.plot(depths, error, "o-", color=shade, ms=5)
            end = error[-1] * (2 if k == 0 else 90 if k == 1 else 1)
            ax.text(depths[-1] + 0.4, end, f"c = {bound:g}", color=shade, va="center")
        ax.set(yscale="log", title=precision, xlabel="number of couplings", xticks=depths)
        ax.set(ylim=(1e-19, 1e13), xlim=(1.3, 19.5))
    axes[0].set_ylabel("typical error of a round trip")
    return fig


def truth_flow_samples(truth, model, sample, box):
    """The true density, the density of the flow on the same colours, and samples of the flow."""
    fig, axes = plt.subplots(1, 3, figsize=(9.6, 3.5), dpi=DPI)
    density_map(axes[0], truth, box, n=150)
    density_map(axes[1], model, box, n=150)
    for ax in axes[:2]:
        ax.images[0].set(clim=(0, axes[0].images[0].get_clim()[1]), cmap=FEW, interpolation="nearest")
    fig.colorbar(axes[0].images[0], ax=axes[:2], shrink=0.68, pad=0.02, label="density (1 / area)")
    axes[2].plot(*sample.T, "s", color=DATA, ms=1.8, mew=0, antialiased=False)
    axes[2].set(aspect="equal")
    for ax, title in zip(
        axes, ("the true density", "the flow's density", "samples of the flow"), strict=True
    ):
        ax.set(title=title, xlabel="$x_1$", ylabel="$x_2$")
        ticks = np.arange(-4, 5, 1 if box[0][1] < 4 else 2)
        ax.set(xticks=ticks, yticks=ticks, xlim=box[0], ylim=box[1])
    return fig


def layer_by_layer(stages, z, columns=3):
    """Latent points and a straight grid, pulled back through the layers: stages are (title, map) pairs."""
    rows = -(-len(stages) // columns)
    fig, axes = plt.subplots(rows, columns, figsize=(2.6 * columns, 2.7 * rows), dpi=DPI)
    lines = grid_lines(((-2.4, 2.4), (-2.4, 2.4)), spacing=0.8)
    for k, (ax, (title, back)) in enumerate(zip(axes.ravel(), stages, strict=True)):
        color = LATENT if k == 0 else DATA if k == len(stages) - 1 else GREY
        for line in lines:
            ax.plot(*back(line).T, color="#8cbbd9", lw=0.7, antialiased=False)
        ax.plot(*back(z).T, "s", color=color, ms=1.8, mew=0, antialiased=False)
        ax.set_title(title, color=color)
        ax.set_box_aspect(1)
        ax.locator_params(nbins=4)
        ax.tick_params(labelsize=9)
        name = "$z_{}$" if k == 0 else "$x_{}$" if k == len(stages) - 1 else "coordinate {}"
        ax.set_xlabel(name.format(1), color=color, labelpad=1)
        ax.set_ylabel(name.format(2), color=color, labelpad=1)
    return fig


def one_dimensional_maps(x, maps):
    """Increasing maps of one coordinate and the densities they give: maps is name -> (g, log slope)."""
    fig, axes = plt.subplots(2, len(maps), figsize=(8.8, 3.8), sharex=True, sharey="row", dpi=DPI)
    for (top, below), (name, (g, log_slope)) in zip(axes.T, maps.items(), strict=True):
        z = g(x)
        density = np.exp(-0.5 * z**2 - 0.5 * np.log(2 * np.pi) + log_slope(x))
        top.plot(x, z, color="black")
        below.fill_between(x, density, color=DATA, alpha=0.35, lw=0)
        below.plot(x, density, color=DATA)
        top.set_title(name)
        below.set_xlabel("$x_b$")
    axes[0, 0].set(ylabel="$z_b$", ylim=(-4, 4))
    axes[1, 0].set(ylabel="density of $x_b$\n(1 / unit of $x_b$)", ylim=(0, None))
    return fig
