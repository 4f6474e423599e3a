"""Pixels whose channels are mixed, and numbers that are squeezed."""

import matplotlib.pyplot as plt
import numpy as np

from .. import DATA, INK, LATENT
from ..nb09.cells import PLACES, cell, frame
from .mass import ARROW, DPI, minus


def strips(x, z, W):
    """Pixels x (N, 2) as a strip with two channels, the matrix, and the strip z that comes out."""
    fig, ax = plt.subplots(figsize=(9.8, 2.0), dpi=DPI)
    n, top = len(x), max(np.abs(x).max(), np.abs(z).max())

    def strip(values, left, name, color, title, digits):
        for (k, c), v in np.ndenumerate(values):
            ink = "white" if abs(v) > 0.6 * top else "black"
            text = minus(f"{round(v, digits) + 0:.{digits}f}")
            cell(ax, left + k, 1.15 * c, plt.cm.PRGn(0.5 + 0.45 * v / top), text, 11.5 - digits, ink)
        for c in range(2):
            label = f"${name}_{c + 1}$"
            ax.text(left - 0.15, -1.15 * c - 0.5, label, ha="right", va="center", size=13, color=color)
        ax.text(left + n / 2, 0.3, title, ha="center", va="bottom", size=12, color=color)

    strip(x, 0, "x", DATA, f"{n} pixels, two channels", 1)
    middle = n + 1.9
    for (i, j), w in np.ndenumerate(W):
        cell(ax, middle - 0.15 + j, 0.08 + i, "#ededed", minus(f"{w:.1f}"), 11)
    ax.text(middle + 0.85, 0.3, "$W$", ha="center", va="bottom", size=13)
    for a, b in ((n + 0.3, middle - 0.4), (middle + 2.1, middle + 3.2)):
        ax.annotate("", (b, -1.1), (a, -1.1), arrowprops=ARROW)
    strip(z, middle + 4.2, "z", LATENT, "the same pixels, mixed", 2)
    ax.set(xlim=(-0.8, middle + 4.3 + n), ylim=(-2.3, 1.1), aspect="equal")
    ax.axis("off")
    return fig


def squeezed(x, y):
    """Numbers x (4, 4) and what squeeze makes of them, y (2, 2, 4), its four channels side by side."""
    fig, ax = plt.subplots(figsize=(9.2, 2.8), dpi=DPI)
    place = {v: 2 * (i % 2) + j % 2 for (i, j), v in np.ndenumerate(x)}
    for (i, j), v in np.ndenumerate(x):
        cell(ax, j, i, PLACES[place[v]], f"{v}", 13)
    for i, j in np.ndindex(2, 2):
        frame(ax, 2 * j, 2 * i, 2, 2, color=INK)
    ax.text(2, 0.25, "(4, 4, 1)", ha="center", color=DATA, size=12)
    ax.annotate("", (6.3, -2), (4.7, -2), arrowprops=ARROW)
    ax.text(5.5, -1.8, "squeeze", ha="center", va="bottom", size=12)
    for k in range(4):
        left = 7.1 + 2.6 * k
        for (i, j), v in np.ndenumerate(y[..., k]):
            cell(ax, left + j, 1 + i, PLACES[place[v]], f"{v}", 13)
        frame(ax, left, 1, 2, 2, color=INK, lw=1)
        ax.text(left + 1, -0.8, f"channel {k}", ha="center", size=11)
    ax.text(12.0, 0.25, "(2, 2, 4)", ha="center", size=12)
    ax.set(xlim=(-0.1, 17.2), ylim=(-4.1, 0.9), aspect="equal")
    ax.axis("off")
    return fig
