"""The figure of notebook 00."""

import matplotlib.pyplot as plt
from matplotlib.patches import ConnectionPatch

from . import DATA, LATENT, density_map, grid_lines


def course_in_one_picture(flow, params, x, rng, box):
    """Latent samples on a straight grid, both pulled back by x = f⁻¹(z), and the density of the data."""
    fig, axes = plt.subplots(1, 3, figsize=(11, 3.9))
    z = flow.base.sample(rng, len(x))
    for line in grid_lines(((-2.5, 2.5), (-2.5, 2.5))):
        axes[0].plot(*line.T, color=LATENT, lw=0.5, alpha=0.6)
        axes[1].plot(*flow.bijection.inverse(params, line).T, color=LATENT, lw=0.5, alpha=0.6)
    axes[0].plot(*z.T, ".", color=LATENT, ms=2.5)
    axes[1].plot(*flow.bijection.inverse(params, z).T, ".", color=DATA, ms=2.5)
    density_map(axes[2], lambda x: flow.log_prob(params, x), box)
    axes[0].set(title="a simple density of z", xlabel="$z_1$", ylabel="$z_2$")
    axes[0].set(xlim=(-3.3, 3.3), ylim=(-3.3, 3.3))
    axes[1].set(title="each point moved to $x = f^{-1}(z)$", xlabel="$x_1$", ylabel="$x_2$")
    axes[1].set(xlim=box[0], ylim=box[1])
    axes[2].set(title="the density of x, by the formula", xlabel="$x_1$", ylabel="$x_2$")
    for ax in axes:
        ax.set_box_aspect(1)
    fig.get_layout_engine().set(wspace=0.09)
    way = {"coordsA": "axes fraction", "coordsB": "axes fraction", "arrowstyle": "-|>"}
    for y, a, b, color, label in [
        (0.56, 1.04, -0.3, DATA, "$f^{-1}$"),
        (0.44, -0.3, 1.04, LATENT, "$f$"),
    ]:
        start, end = (axes[0], axes[1]) if a > b else (axes[1], axes[0])
        arrow = ConnectionPatch((a, y), (b, y), axesA=start, axesB=end, color=color, mutation_scale=16, **way)
        fig.add_artist(arrow)
        axes[0].text(1.13, y + (0.03 if a > b else -0.09), label, color=color, transform=axes[0].transAxes)
    return fig
