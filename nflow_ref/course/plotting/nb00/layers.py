"""What a flow is made of: chains, couplings, mixing, and what they cost."""

import matplotlib.pyplot as plt
import numpy as np

from .. import DATA, GREY, INK, LATENT, RIGHT, WRONG, grid_lines
from .mass import ARROW, DPI, LETTERS, between, minus


def through_the_layers(flow, params, x, lines):
    """Two lists: lines (n, points, 2) that end straight, and data x (N, 2), after 0, 1, ... layers."""
    layers, grids, points = flow.bijection.layers, [lines.reshape(-1, 2)], [x]
    for layer, p in zip(layers[::-1], params[::-1], strict=True):  # the grid comes from the latent's end
        grids.append(layer.inverse(p, grids[-1]))
    for layer, p in zip(layers, params, strict=True):
        points.append(layer.forward(p, points[-1])[0])
    return [grid.reshape(lines.shape) for grid in grids[::-1]], points


def bent_step_by_step(flow, params, x, after, box=((-2.5, 2.5), (-2.5, 2.5))):
    """Data x, and a grid that is straight for the latents, after so many of the flow's layers."""
    lines = np.array(grid_lines(box, spacing=1.0))
    grids, points = through_the_layers(flow, params, x, lines)
    fig, axes = plt.subplots(1, len(after), figsize=(9.6, 2.45), dpi=DPI)
    for j, (ax, k) in enumerate(zip(axes, after, strict=True)):
        for line in grids[k]:
            ax.plot(*line.T, color=GREY, lw=0.5)
        color = between(1 - j / (len(after) - 1))
        ax.plot(*points[k].T, "s", color=color, ms=1.7, mew=0, antialiased=False)
        ax.set_title(f"after {k} layers", size=11)
        low, high = points[k].min(axis=0), points[k].max(axis=0)
        ax.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), xticks=[], yticks=[])
        ax.margins(0.06)
        ax.set_box_aspect(1)
        ax.spines[["left", "bottom"]].set_visible(False)
    axes[0].set_title("data $x$", color=DATA, size=11)
    axes[-1].set_title("latent $z$", color=LATENT, size=11)
    return fig


def cost(marks):
    """Multiplications against D, for any matrix and for a triangular one; marks are (D, what has so many)."""
    fig, ax = plt.subplots(figsize=(8.8, 3.5), dpi=DPI)
    D = np.geomspace(2, 10_000, 80)
    for count, color, aside, above, ha, va in (
        (lambda D: D * (D**2 - 1) / 3, WRONG, 0.86, 1.7, "right", "bottom"),
        (lambda D: D - 1, RIGHT, 1.1, 0.5, "left", "top"),
    ):
        ax.loglog(D, count(D), color=color, lw=2.4)
        for d, _ in marks:
            ax.plot(d, count(d), "o", color=color, ms=7)
            if d > 2:
                ax.text(d * aside, count(d) * above, f"{count(d):,.0f}", color=LETTERS[color], ha=ha, va=va)
    ax.text(120, 3e7, "any matrix: $D\\,(D^2-1)/3$", color=LETTERS[WRONG], ha="right", size=12)
    ax.text(230, 55, "triangular: $D - 1$", color=LETTERS[RIGHT], size=12, va="top")
    ax.set(xlabel="number of dimensions $D$", ylabel="multiplications, divisions")
    ax.set(ylim=(0.4, 2e12), xlim=(1.7, 1.4e4))
    ax.set_xticks([d for d, _ in marks], [f"{d:,}\n{name}" for d, name in marks])
    ax.set_xticks([], minor=True)
    return fig


def wires_and_corner(J, d):
    """The two wires of a coupling, and its Jacobian J (D, D), whose upper right corner is empty."""
    fig, (ax, right) = plt.subplots(1, 2, figsize=(9.6, 3.7), dpi=DPI, width_ratios=[1.5, 1])
    box = {"boxstyle": "round,pad=0.45", "fc": "#f0f0f0", "ec": INK}
    for y, half in ((0.8, "a"), (0.18, "b")):
        ax.annotate("", (0.9, y), (0.1, y), arrowprops=ARROW)
        ax.text(0.07, y, f"$x_{half}$", color=DATA, ha="right", va="center", size=17)
        ax.text(0.93, y, f"$z_{half}$", color=LATENT, ha="left", va="center", size=17)
    for x, step in ((0.4, "$\\times\\; s$"), (0.66, "$+\\; t$")):
        ax.text(x, 0.18, step, ha="center", va="center", bbox=box, size=14, color="black")
        ax.annotate("", (x, 0.27), (x, 0.45), arrowprops=ARROW)
    ax.annotate("", (0.53, 0.56), (0.53, 0.8), arrowprops=ARROW)
    ax.text(0.53, 0.5, "any network:  $s$ and $t$", ha="center", va="center", bbox=box, color="black")
    ax.text(0.5, 0.87, "stays as it is", ha="center", va="bottom")
    ax.set(xlim=(0, 1), ylim=(0, 1))
    ax.axis("off")
    D = len(J)
    size = np.abs(J) / np.abs(J).max()
    for i in range(D):
        for j in range(D):
            diagonal, empty = i == j, J[i, j] == 0
            color = RIGHT if diagonal else "none" if empty else f"{0.92 - 0.3 * size[i, j]}"
            right.add_patch(plt.Rectangle((j + 0.04, -i - 0.96), 0.92, 0.92, fc=color, lw=0))
            text = "1" if J[i, j] == 1 else "0" if empty else minus(f"{J[i, j]:.1f}".replace("-0.0", "0.0"))
            ink = INK if empty else "black"
            right.text(j + 0.5, -i - 0.5, text, ha="center", va="center", color=ink, size=10)
    right.axhline(-d, color=INK, lw=1)
    right.axvline(d, color=INK, lw=1)
    right.text((d + D) / 2, 0.12, "$\\partial/\\partial x_b$", ha="center", color=DATA, size=12)
    right.text(d / 2, 0.12, "$\\partial/\\partial x_a$", ha="center", color=DATA, size=12)
    right.text(-0.15, -d / 2, "$z_a$", ha="right", va="center", color=LATENT, size=12)
    right.text(-0.15, -(d + D) / 2, "$z_b$", ha="right", va="center", color=LATENT, size=12)
    right.set(xlim=(-0.7, D + 0.05), ylim=(-D - 0.05, 0.6), aspect="equal")
    right.axis("off")
    return fig


def three_channels(rng, size):
    """Images (*size, 3) whose channels differ in place, width and form."""
    two = 2 * rng.choice([-1, 1], size) + 0.7 * rng.standard_normal(size) + 12
    return np.stack([rng.gamma(2, 1.6, size) + 2, 0.8 * rng.standard_normal(size) - 3, two], axis=-1)


def before_and_after(before, after):
    """Histograms of each channel of a batch (N, C), before and after an ActNorm."""
    channels = before.shape[1]
    fig, axes = plt.subplots(channels, 2, figsize=(9.6, 3.6), dpi=DPI, sharex="col")
    low, high = before.min(), before.max()
    for c in range(channels):
        for ax, values, color, bins in (
            (axes[c, 0], before, DATA, np.linspace(low, high, 110)),
            (axes[c, 1], after, LATENT, np.linspace(-4, 4, 70)),
        ):
            ax.hist(values[:, c], bins, color=color, alpha=0.6, density=True)
            mean, std = values[:, c].mean(), values[:, c].std()
            top = ax.get_ylim()[1]
            ax.plot([mean - std, mean + std], [-0.12 * top] * 2, color=INK, lw=2)
            ax.plot(mean, -0.12 * top, "o", color=INK, ms=6)
            ax.set(yticks=[], ylim=(-0.25 * top, top))
            ax.spines["left"].set_visible(False)
        axes[c, 0].set_ylabel(f"channel {c + 1}", rotation=0, ha="right", va="center")
    axes[0, 0].set_yticks([0], [""])  # an empty label in the other grey, or Jupyter paints a white ground
    axes[0, 0].tick_params(left=False)
    axes[0, 0].set_title("before", color=DATA)
    axes[0, 1].set_title("after: mean 0, standard deviation 1", color=LATENT)
    axes[-1, 0].set_xlabel("value of a pixel, $x$")
    axes[-1, 1].set_xlabel("$z$")
    return fig


def who_reaches_whom(rows):
    """Grids, dark where output i depends on input j. rows: {label: matrices after 1, 2, ... layers}."""
    layers = len(next(iter(rows.values())))
    fig, axes = plt.subplots(len(rows), layers, figsize=(9.2, 4.3), dpi=DPI)
    for r, (label, matrices) in enumerate(rows.items()):
        for k, (ax, M) in enumerate(zip(axes[r], matrices, strict=True)):
            color = RIGHT if M.all() else INK
            for (i, j), on in np.ndenumerate(M):
                look = {"color": color} if on else {"color": GREY, "alpha": 0.18}
                ax.add_patch(plt.Rectangle((j, -i), 0.9, 0.9, lw=0, **look))
            ax.set(xticks=[], yticks=[], xlim=(-0.1, len(M)), ylim=(0.9 - len(M), 1), aspect="equal")
            ax.spines[["left", "bottom"]].set_visible(False)
            if r == 0:
                ax.set_title(f"{k + 1} coupling{'s' * (k > 0)}", size=11)
            else:
                ax.set_xlabel("inputs $x_1 \\ldots x_6$", color=DATA)
        axes[r, 0].set_ylabel(f"{label}\n\noutputs")
    return fig
