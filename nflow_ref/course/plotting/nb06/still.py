"""The figures of notebook 06 that stand still."""

import matplotlib.pyplot as plt
import numpy as np

from .. import DATA, GREY, INK, LATENT, RIGHT, RIGHT_INK, WRONG, WRONG_INK, density_map, grid_lines

DPI = 96  # for figures with much detail: the notebook has to stay small
FEW = plt.get_cmap("viridis", 48)  # too many to see the steps, and fewer bytes than a smooth one
ARROW = {"arrowstyle": "-|>", "color": INK, "lw": 1.4, "shrinkA": 0, "shrinkB": 0}
TILE = "#E8E8E8"  # letters on it are black


def coupling_both_ways():
    """How the halves of an affine coupling run through it in both directions, and its Jacobian."""
    fig, axes = plt.subplots(1, 3, figsize=(10.4, 2.8), width_ratios=[1, 1, 0.72])
    for ax, start, end, color, far, steps in [
        (axes[0], "x", "z", DATA, LATENT, ("$\\times\\, s$", "$+\\, t$")),
        (axes[1], "z", "x", LATENT, DATA, ("$-\\, t$", "$\\div\\, s$")),
    ]:
        for y, half in [(0.82, "a"), (0.15, "b")]:
            ax.annotate("", (0.9, y), (0.12, y), arrowprops=ARROW)
            ax.text(0.09, y, f"${start}_{half}$", color=color, ha="right", va="center", fontsize=15)
            ax.text(0.92, y, f"${end}_{half}$", color=far, ha="left", va="center", fontsize=15)
        box = {"boxstyle": "round,pad=0.4", "fc": TILE, "ec": GREY}
        on_tile = {"ha": "center", "va": "center", "color": "black", "bbox": box}
        for x, step in zip((0.38, 0.66), steps, strict=True):
            ax.text(x, 0.15, step, fontsize=13, **on_tile)
            ax.annotate("", (x, 0.25), (x, 0.42), arrowprops=ARROW)
        ax.annotate("", (0.52, 0.58), (0.52, 0.82), arrowprops=ARROW)
        ax.text(0.52, 0.5, "network:  $s$ and $t$ ", **on_tile)
        ax.set(xlim=(0, 1.02), ylim=(0, 1))
        ax.axis("off")
    axes[0].set_title("forward, data to latent")
    axes[1].set_title("inverse, latent to data")
    _triangular(axes[2])
    return fig


def _triangular(ax):
    """The four blocks of the Jacobian of an affine coupling, for halves of three."""
    ax.add_patch(plt.Rectangle((0, 0), 3, 3, fc=TILE, lw=0))
    ax.add_patch(plt.Rectangle((0, 0), 6, 6, fc="none", ec=INK, lw=1.4))
    ax.plot([0, 6], [3, 3], color=WRONG, lw=1.5)
    ax.plot([3, 3], [0, 6], color=WRONG, lw=1.5)
    for k in range(3):
        ax.text(k + 0.5, 5.5 - k, "1", ha="center", va="center", fontsize=12)
        ax.text(k + 3.5, 2.5 - k, f"$s_{k + 1}$", ha="center", va="center", fontsize=13)
    ax.text(4.5, 4.5, "0", ha="center", va="center", fontsize=22)
    ax.text(1.5, 1.5, "any\nnumbers", color="black", ha="center", va="center", fontsize=11)
    for k, half in enumerate("ab"):
        ax.text(1.5 + 3 * k, -0.3, f"$x_{half}$", color=DATA, ha="center", va="top", fontsize=13)
        ax.text(-0.3, 4.5 - 3 * k, f"$z_{half}$", color=LATENT, ha="right", va="center", fontsize=13)
    ax.set(xlim=(-1, 6.2), ylim=(-1.1, 6.1), aspect="equal", title="its Jacobian")
    ax.axis("off")


def same_areas(log_probs, boxes, heights):
    """Densities on one colour scale, with the outline of the points above each height."""
    fig, axes = plt.subplots(1, len(log_probs), figsize=(9.8, 3.7), dpi=DPI)
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
        close = ax is axes[-1]  # only there the lines need to be smooth, which takes bytes
        ax.contour(x1, x2, density, levels=heights, colors="white", linewidths=0.7, antialiased=close)
        name = "z" if color == LATENT else "x"
        ax.set(xlabel=f"${name}_1$", ylabel=f"${name}_2$")
        ax.set_title(title, color=color)
    fig.colorbar(axes[-1].images[0], ax=axes, shrink=0.8, label="density (1 / area)")
    return fig


def matrices(rows, titles, labels=(), output="output $z_i$", size=2.3):
    """Rows of matrices |J|: strong for large, a small cross for exactly 0, a line between halves."""
    columns = len(rows[0])
    fig, axes = plt.subplots(
        len(rows), columns, figsize=(size * columns + 0.7, size * len(rows) + 0.5), squeeze=False
    )
    for i, row in enumerate(rows):
        for ax, J in zip(axes[i], row, strict=True):
            D = len(J)
            field = np.full((D, D, 4), 0.42)  # one grey, the stronger the larger the entry
            field[..., 3] = np.where(J == 0, 0, np.clip(np.log10(np.abs(J) + 1e-9) / 3.5 + 1, 0.08, 1))
            ax.imshow(field, interpolation="nearest")
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
    """log s against ŝ for three bounds, and the slope of each: curves is name -> (log s, slope)."""
    fig, axes = plt.subplots(1, 2, figsize=(9, 3.2), dpi=DPI)
    looks = [
        (RIGHT, RIGHT_INK, "-", ((1.35, 0.45), (0.75, 1.5))),
        (WRONG, WRONG_INK, "--", ((-4.9, -1.8), (2.1, 0.75))),
        (GREY, INK, ":", ((-3.3, -4.2), (-4.9, 1.1))),
    ]
    for (name, pair), (color, ink, style, places) in zip(curves.items(), looks, strict=True):
        for ax, values, (x, y) in zip(axes, pair, places, strict=True):
            ax.plot(s_hat, values, style, color=color)
            ax.text(x, y, name, color=ink)
    axes[0].axhline(0, color=GREY, lw=0.8)
    axes[0].set(xlabel="output of the network ŝ", ylabel="log-scale log s (nats)")
    axes[1].set(xlabel="output of the network ŝ", ylabel="slope of log s")
    return fig


def round_trips(depths, errors, epsilons):
    """Round-trip error against depth: errors is precision -> bound -> one number for each depth."""
    fig, axes = plt.subplots(1, 2, figsize=(9, 3.5), sharey=True, dpi=DPI)
    for ax, (precision, by_bound) in zip(axes, errors.items(), strict=True):
        ax.axhline(epsilons[precision], color=GREY, lw=1)
        ax.text(depths[0], epsilons[precision] / 6, "one rounding", ha="left", va="top")
        ax.axhspan(1e-1, 1e13, color=WRONG, alpha=0.15, lw=0)
        ax.text(depths[0], 3e8, "no digit is left", color=WRONG_INK, va="center")
        for k, (bound, error) in enumerate(by_bound.items()):
            ax.plot(depths, error, "so^D"[k] + "-", color=INK, lw=1.5, ms=5)
            end = error[-1] * (1 if k == 0 else 15 if k == 1 else 1)  # the lowest two lie close
            ax.text(depths[-1] + 0.4, end, f"c = {bound:g}", va="center")
        ax.set(yscale="log", title=precision, xlabel="number of couplings", xticks=depths)
        ax.set(ylim=(1e-19, 1e13), xlim=(1.3, 19.5))
    axes[0].set_ylabel("typical error of a round trip")
    return fig


def truth_flow_samples(truth, model, sample, box):
    """The true density, the density of the flow on the same colours, and samples of the flow."""
    fig, axes = plt.subplots(1, 3, figsize=(9.8, 3.5), dpi=DPI)
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


def between_centres(centres, truth, trainings):
    """The density on the lines from each centre to the next: the true one, and those of trained flows."""
    fig, ax = plt.subplots(figsize=(9, 3.2), dpi=DPI)
    n = len(centres)
    u = np.linspace(0, n, 90 * n + 1)
    k, part = np.minimum(u.astype(int), n - 1), (u - np.minimum(u.astype(int), n - 1))[:, None]
    x = (1 - part) * centres[k] + part * centres[(k + 1) % n]
    looks = [(GREY, 1), (DATA, 2)]
    for (name, log_prob), (color, width) in zip(reversed(trainings.items()), looks, strict=True):
        ax.plot(u, np.exp(log_prob(x)), color=color, lw=width, label=name, antialiased=False)
    ax.plot(u, np.exp(truth(x)), color=RIGHT, lw=1.6, ls="--", label="true density")
    ax.set(yscale="log", xlim=(0, n), xticks=range(n + 1), xticklabels=[*range(1, n + 1), 1])
    ax.set(xlabel="from centre to centre", ylabel="density (1 / area)")
    fig.legend(*ax.get_legend_handles_labels(), loc="outside upper center", ncols=3)
    return fig


def layer_by_layer(stages, z, columns=3):
    """Latent points and a straight grid, pulled back through the layers: stages are (title, map) pairs."""
    rows = -(-len(stages) // columns)
    fig, axes = plt.subplots(rows, columns, figsize=(2.9 * columns, 2.95 * rows), dpi=DPI)
    fig.get_layout_engine().set(hspace=0.06, wspace=0.04)
    lines = grid_lines(((-2.4, 2.4), (-2.4, 2.4)), spacing=0.8)
    for k, (ax, (title, back)) in enumerate(zip(axes.ravel(), stages, strict=True)):
        color = LATENT if k == 0 else DATA if k == len(stages) - 1 else INK
        for line in lines:
            ax.plot(*back(line).T, color="#4F9BC7", lw=0.6, antialiased=False)
        ax.plot(*back(z).T, "s", color=color, ms=2.4, mew=0, antialiased=False)
        ax.set_title(title, color=color)
        ax.set_box_aspect(1)
        ax.locator_params(nbins=4)
        ax.tick_params(labelsize=9)
        if color != INK:  # between the two ends there is nothing that has a name
            name = "z" if k == 0 else "x"
            ax.set_xlabel(f"${name}_1$", color=color, labelpad=1)
            ax.set_ylabel(f"${name}_2$", color=color, labelpad=1)
    return fig


def one_dimensional_maps(x, maps):
    """Increasing maps of one coordinate and the densities they give: maps is name -> (g, log slope)."""
    fig, axes = plt.subplots(2, len(maps), figsize=(9, 3.9), sharex=True, sharey="row", dpi=DPI)
    for (top, below), (name, (g, log_slope)) in zip(axes.T, maps.items(), strict=True):
        z = g(x)
        density = np.exp(-0.5 * z**2 - 0.5 * np.log(2 * np.pi) + log_slope(x))
        top.plot(x, z, color=INK)
        below.fill_between(x, density, color=DATA, alpha=0.35, lw=0)
        below.plot(x, density, color=DATA)
        top.set_title(name)
        below.set_xlabel("$x_b$")
    axes[0, 0].set(ylabel="$z_b$", ylim=(-4, 4))
    axes[1, 0].set(ylabel="density of $x_b$\n(1 / unit of $x_b$)", ylim=(0, None))
    return fig
