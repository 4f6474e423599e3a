"""Digits, squeezed and sent back without some of their latents, and what a level costs."""

import matplotlib.pyplot as plt
import numpy as np

from .. import DATA, GREY, INK, RIGHT, RIGHT_INK, image_grid
from .cells import DPI, PLACES, frame


def squeezed_digits(images, channels):
    """Digits (N, 8, 8, 1), and below each the four channels (4, 4) of squeeze, laid out by their place."""
    n = len(images)
    fig, ax = plt.subplots(figsize=(9.4, 4.3), dpi=DPI)
    side, small, gap = 8.0, 4.0, 1.0

    def picture(image, left, top, size, color, lw):
        extent = (left, left + size, top - size, top)
        ax.imshow(image, cmap="gray_r", vmin=0, vmax=1, extent=extent, interpolation="nearest")
        frame(ax, left, -top, size, size, color, lw)

    for k in range(n):
        left = 12.5 * k
        picture(images[k, ..., 0], left + gap / 2, 0, side, DATA, 1.5)
        for place, color in enumerate(PLACES):
            x, y = left + (small + gap) * (place % 2), -10.5 - (small + gap) * (place // 2)
            picture(channels[k, ..., place], x, y, small, color, 4)
    ax.text(-1.0, -4, "$x$\n(8, 8, 1)", color=DATA, ha="right", va="center", size=12)
    ax.text(-1.0, -15, "channels\n0    1\n2    3\nof $y$\n(4, 4, 4)", ha="right", va="center", size=12)
    ax.set(xlim=(-6, 12.5 * n - 3), ylim=(-20.2, 0.5), aspect="equal")
    ax.axis("off")
    return fig


def thrown_away(rows):
    """Rows of images: {label: images (N, H, W, 1)}."""
    fig, axes = plt.subplots(len(rows), 1, figsize=(8.6, 0.9 * len(rows)), dpi=DPI)
    for ax, (label, images) in zip(axes, rows.items(), strict=True):
        image_grid(ax, np.clip(images, 0, 1), columns=len(images))
        ax.text(-1.5, 3.5, label, ha="right", va="center", size=11)
    return fig


def costs(counts, names, seconds):
    """Multiply-adds by level as bars, and the seconds of a forward pass against the number of levels.

    Args:
        counts: name -> one number for each level.
        names: name -> colour.
        seconds: name -> one number for each total number of levels, from 1.
    """
    fig, axes = plt.subplots(1, 2, figsize=(9.6, 3.3), dpi=DPI)
    levels = np.arange(1, 1 + len(next(iter(counts.values()))))
    for k, (name, values) in enumerate(counts.items()):
        axes[0].bar(levels + 0.4 * k - 0.2, np.array(values) / 1e6, 0.36, color=names[name])
        axes[1].plot(levels, 1e3 * np.array(seconds[name]), "o-", color=names[name])
    inks = {name: RIGHT_INK if color == RIGHT else INK for name, color in names.items()}
    high = max(max(values) for values in counts.values()) / 1e6
    for k, name in enumerate(counts):
        axes[0].text(levels[-1] + 0.4, (1.22 - 0.09 * k) * high, name, ha="right", color=inks[name], va="top")
    axes[0].set(xlabel="level", ylabel="multiply-adds (millions)", xticks=levels, ylim=(0, 1.24 * high))
    axes[0].set_title("counted, for one image")
    for name in counts:
        axes[1].text(levels[-1] + 0.1, 1e3 * seconds[name][-1], name, color=inks[name], va="center")
    axes[1].set(xlabel="number of levels of the flow", ylabel="milliseconds", xticks=levels)
    axes[1].set(xlim=(0.8, levels[-1] + 1.6), ylim=(0, None))
    axes[1].set_title("measured, forward, 8 images")
    return fig


def checkerboard(image, mask, scores):
    """The mask (H, W, 1), what it leaves of an image, and the losses of five seeds: {name: (5,)}."""
    fig, axes = plt.subplots(1, 3, figsize=(9.6, 3.1), dpi=DPI, width_ratios=[1, 1, 1.5])
    axes[0].imshow(mask[..., 0], cmap="gray_r", vmin=0, vmax=1.6)
    axes[0].set_title("$m$")
    seen = np.ma.masked_array(image[..., 0], mask[..., 0] == 1)
    axes[1].set_facecolor("#b9d4ea")
    axes[1].imshow(seen, cmap="gray_r", vmin=0, vmax=1)
    axes[1].set_title("$y = (1 - m) \\odot x$")
    for ax in axes[:2]:
        ax.set(xticks=[], yticks=[])
    for k, (losses, color) in enumerate(zip(scores.values(), [GREY, GREY, RIGHT], strict=True)):
        axes[2].plot(k + np.linspace(-0.1, 0.1, 5), losses, "o", color=color)
    axes[2].set_xticks(range(3), scores)
    axes[2].set(xlim=(-0.5, 2.5), ylabel="loss (nats a pixel)")
    return fig
