"""The style of the figures, and what several lessons draw; nbXX has the figures of one lesson only.

One colour means latent z, another means data x, everywhere. The ground is transparent and the ink is halfway
between black and white, so that a figure can be read on a light page and on a dark one.
"""

import matplotlib.pyplot as plt
import numpy as np

__all__ = ["density_map", "grid_lines", "image_grid", "learning_curve", "use_style", "with_gaps"]

# Okabe-Ito colours, told apart by colour-blind readers too.
LATENT, DATA = "#0072B2", "#D55E00"
RIGHT, WRONG, GREY = "#009E73", "#CC79A7", "#8C8C8C"
# For text and main lines; letters in the colours of right and wrong need these darker ones.
INK, RIGHT_INK, WRONG_INK = "#767676", "#008462", "#B0578A"


def use_style():
    """Set the look of all figures that follow."""
    plt.rcParams.update(
        {
            "figure.dpi": 110,
            "figure.constrained_layout.use": True,
            "font.size": 11,
            "axes.titlesize": 12,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "figure.facecolor": "none",
            "axes.facecolor": "none",
            "axes.edgecolor": GREY,
            "axes.labelcolor": INK,
            "text.color": INK,
            "xtick.color": GREY,
            "ytick.color": GREY,
            "xtick.labelcolor": INK,
            # Hardly lighter: where all labels were dark, Jupyter would paint a white ground on dark pages.
            "ytick.labelcolor": "#7F8080",
            "image.cmap": "viridis",
            "legend.frameon": False,
            "lines.linewidth": 2,
        }
    )


def density_map(ax, log_prob, box, n=160):
    """The density exp(log_prob) on the rectangle box = ((low, high), (low, high))."""
    x1, x2 = (np.linspace(*side, n) for side in box)
    points = np.stack(np.meshgrid(x1, x2), axis=-1).reshape(-1, 2)
    density = np.exp(log_prob(points)).reshape(n, n)
    ax.imshow(density, origin="lower", extent=(*box[0], *box[1]), aspect="equal")


def grid_lines(box, spacing=0.5, points=200):
    """A grid of straight lines on a box: a list of arrays (points, 2), to be bent by a map."""
    (a, b), (c, d) = box
    upright = [
        np.stack([np.full(points, u), np.linspace(c, d, points)], axis=1)
        for u in np.arange(a, b + 1e-9, spacing)
    ]
    level = [
        np.stack([np.linspace(a, b, points), np.full(points, v)], axis=1)
        for v in np.arange(c, d + 1e-9, spacing)
    ]
    return upright + level


def with_gaps(lines):
    """Lines (points, 2) one behind the other in one array, NaN between them."""
    return np.concatenate([np.concatenate([each, [[np.nan, np.nan]]]) for each in lines])


def image_grid(ax, images, columns):
    """Images (N, H, W, 1) with values 0 (paper) to 1 (ink), side by side with a thin gap."""
    n, height, width, _ = images.shape
    rows = -(-n // columns)
    sheet = np.full((rows * (height + 1) - 1, columns * (width + 1) - 1), np.nan)
    for k, image in enumerate(images):
        top, left = k // columns * (height + 1), k % columns * (width + 1)
        sheet[top : top + height, left : left + width] = image[..., 0]
    ax.imshow(sheet, cmap="gray_r", vmin=0, vmax=1)
    ax.axis("off")


def learning_curve(ax, history, unit=np.asarray):
    """The loss of each step, its mean over 25 steps, and the validation loss, converted by `unit`."""
    loss = unit(history["loss"])
    ax.plot(np.arange(len(loss)), loss, color=DATA, alpha=0.2, lw=0.8)
    window = min(25, len(loss))
    mean = np.convolve(loss, np.full(window, 1 / window), "valid")
    ax.plot(np.arange(len(mean)) + window / 2, mean, color=DATA)
    ax.text(len(loss) * 0.3, mean[len(mean) * 3 // 10] - 0.12, "training", color=DATA, va="top", ha="right")
    if history["valid_loss"]:
        ax.plot(history["valid_step"], unit(history["valid_loss"]), "o", color=INK, ms=4)
        ax.text(len(loss), unit(history["valid_loss"])[-1] + 0.06, "validation", ha="right", va="bottom")
