"""The figure of notebook 01 that takes more than a few lines and stands still."""

import matplotlib.pyplot as plt
import numpy as np

from .. import DATA, INK, LATENT


def mass_through_a_map(f, x, z, interval, x_range, z_range):
    """The curve z = f(x) with the histograms of x below and of z at the left, and one interval's way."""
    fig, axes = plt.subplot_mosaic(
        [["z", "f"], [".", "x"]], figsize=(7.2, 5.4), width_ratios=(1, 2.4), height_ratios=(2.4, 1)
    )
    line = np.linspace(*x_range, 300)
    axes["f"].plot(line, f(line), color=INK, lw=2.5)
    axes["f"].text(x_range[1], z_range[1] * 0.82, "$z = f(x)$  ", ha="right")
    for edge in interval:
        axes["f"].plot([edge, edge], [z_range[0], f(edge)], color=DATA, lw=1)
        axes["f"].plot([x_range[0], edge], [f(edge), f(edge)], color=LATENT, lw=1)
    axes["f"].set(xlim=x_range, ylim=z_range, xlabel="data x", ylabel="latent z")
    image = sorted(f(np.array(interval)))
    _histogram(axes["x"], x, DATA, x_range, interval, "vertical")
    _histogram(axes["z"], z, LATENT, z_range, image, "horizontal")
    axes["x"].set(xlim=x_range, xticks=[], ylabel="density of x")
    axes["z"].set(ylim=z_range, yticks=[], xlabel="density of z")
    fig.canvas.draw()  # now the sizes are known: make equal masses equal areas on paper
    x_box, z_box = axes["x"].get_window_extent(), axes["z"].get_window_extent()
    per_mass = (x_box.width * x_box.height / np.ptp(x_range)) / (z_box.width * z_box.height / np.ptp(z_range))
    top = max(axes["z"].get_xlim()[1], axes["x"].get_ylim()[1] / per_mass)
    axes["x"].set_ylim(top * per_mass, 0)
    axes["z"].set_xlim(top, 0)
    axes["x"].spines[["bottom"]].set_visible(False)
    axes["z"].spines[["left"]].set_visible(False)
    return fig


def _histogram(ax, values, color, limits, interval, orientation, bins=90):
    """A pale histogram whose part over `interval` is drawn in full colour."""
    for inside, n, alpha in [(limits, bins, 0.35), (interval, 6, 1.0)]:
        count, edges = np.histogram(values, np.linspace(*inside, n + 1))
        ax.hist(
            edges[:-1], edges, weights=count / len(values) / np.diff(edges),
            color=color, alpha=alpha, orientation=orientation,
        )  # fmt: skip
