"""Pictures made of numbered cells: what squeeze and split do with each number."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from .. import DATA, GREY, INK, LATENT

DPI = 80
PLACES = ("#F5C26B", "#F7F0A0", "#8FD1BC", "#CFCFCF")  # the four places of a 2×2 block
GROUPS = (*PLACES, "#E7B9CF", "#B9DDF2")
LEVELS = ("#A6D3F0", "#2A7FB5", "#004A75")  # the latents of levels 1, 2, 3: light to dark blue
ON_LEVELS = ("black", "white", "white")  # text on them
KEPT = "#FBE3D0"  # a pale orange: data that are still on their way


def cell(ax, left, top, color, text="", size=10, ink="black", side=1.0):
    """A square with a number in it; `top` counts downwards, as rows do."""
    ax.add_patch(Rectangle((left, -top - side), side, side, fc=color, ec="white", lw=1))
    ax.text(left + side / 2, -top - side / 2, text, size=size, color=ink, ha="center", va="center")


def frame(ax, left, top, width, height, color="black", lw=1.6):
    ax.add_patch(Rectangle((left, -top - height), width, height, fc="none", ec=color, lw=lw))


def squeezed_numbers(x, y):
    """The numbered image x (H, W, 2) and what squeeze makes of it, y (H/2, W/2, 8), channel by channel."""
    fig, ax = plt.subplots(figsize=(10.4, 4.4), dpi=DPI)
    height, width, _ = x.shape
    place = {}
    for i in range(height):
        for j in range(width):
            p = 2 * (i % 2) + j % 2
            place |= dict.fromkeys(x[i, j].tolist(), p)
            cell(ax, 1.25 * j, 1.25 * i, PLACES[p], f"{x[i, j, 0]:.0f}   {x[i, j, 1]:.0f}", 10.5, side=1.25)
    for i in range(0, height, 2):
        for j in range(0, width, 2):
            frame(ax, 1.25 * j, 1.25 * i, 2.5, 2.5)
    ax.text(2.5, 0.5, "$x$, shape (4, 4, 2)", color=DATA, size=13, ha="center")
    ax.text(2.5, -5.35, "each pixel has two channels,\nwritten side by side", ha="center", va="top", size=10)
    ax.annotate("", (6.55, -2.5), (5.35, -2.5), arrowprops={"arrowstyle": "-|>", "lw": 1.6, "color": INK})
    ax.text(5.95, -2.25, "squeeze", ha="center", va="bottom", size=10.5)
    for k in range(8):
        left, top = 7.0 + 2.55 * (k % 4), 0.25 + 2.85 * (k // 4)
        for i in range(2):
            for j in range(2):
                v = y[i, j, k]
                cell(ax, left + j, top + i, PLACES[place[v]], f"{v:.0f}", 10.5)
        frame(ax, left, top, 2, 2, lw=1)
        ax.text(left + 1, -top + 0.13, f"channel {k}", ha="center", size=9.5)
    ax.text(11.9, 0.75, "$y$, shape (2, 2, 8)", size=13, ha="center")
    for top, half in [(1.25, "first half"), (4.1, "second half")]:
        ax.text(17.1, -top, half, rotation=270, ha="left", va="center", size=10.5)
    for k, (name, left) in enumerate(zip(["(0, 0)", "(0, 1)", "(1, 0)", "(1, 1)"], range(4), strict=True)):
        cell(ax, 7.0 + 2.55 * left, 5.55, PLACES[k], "", side=0.45)
        ax.text(7.6 + 2.55 * left, -5.79, f"place {name}", size=9.5, va="center")
    ax.set(xlim=(-0.2, 17.7), ylim=(-6.6, 1.3), aspect="equal")
    ax.axis("off")
    return fig


def groups(panels):
    """Which pixels of x come together in one pixel of y: panels are (title, color, numbers (H, W))."""
    fig, ax = plt.subplots(figsize=(10, 3.2), dpi=DPI)
    left = 0.0
    for title, color, numbers in panels:
        height, width = numbers.shape
        for i in range(height):
            for j in range(width):
                g = int(numbers[i, j])
                cell(ax, left + j, i, GROUPS[g], f"{g}", 12)
        for i in range(height):  # a line wherever the group changes
            for j in range(width):
                if j and numbers[i, j] != numbers[i, j - 1]:
                    ax.plot([left + j, left + j], [-i, -i - 1], color="black", lw=1.6)
                if i and numbers[i, j] != numbers[i - 1, j]:
                    ax.plot([left + j, left + j + 1], [-i, -i], color="black", lw=1.6)
        frame(ax, left, 0, width, height)
        ax.text(left + width / 2, 0.3, title, color=color, size=12, ha="center")
        left += width + 1.2
    ax.set(xlim=(-0.1, left - 1.1), ylim=(-4.1, 1.0), aspect="equal")
    ax.axis("off")
    return fig


def permutation_matrix(P, place):
    """The matrix of a reordering: a square for each 1, coloured by the place that the number comes from."""
    fig, ax = plt.subplots(figsize=(4.3, 3.9), dpi=DPI)
    rows, columns = np.nonzero(P)
    for r, c in zip(rows, columns, strict=True):
        ax.add_patch(Rectangle((c - 0.5, r - 0.5), 1, 1, fc=PLACES[place[c]], ec=INK, lw=0.6))
    ticks = np.arange(0, len(P) + 1, 8)
    for t in ticks:
        ax.axhline(t - 0.5, color=GREY, lw=0.6, zorder=0)
        ax.axvline(t - 0.5, color=GREY, lw=0.6, zorder=0)
    ax.set(xlim=(-0.5, len(P) - 0.5), ylim=(len(P) - 0.5, -0.5), aspect="equal")
    ax.set(xticks=ticks[:-1], yticks=ticks[:-1])
    ax.set_xlabel("column: position in $x$", color=DATA)
    ax.set_ylabel("row: position in $y$")
    ax.spines[["top", "right"]].set_visible(True)
    return fig


def leaving(panels):
    """Which numbers of x (4, 4, 2) leave at the split: panels are (title, color, set of those that leave)."""
    fig, ax = plt.subplots(figsize=(10.6, 2.7), dpi=DPI)
    for k, (title, color, leave) in enumerate(panels):
        left = 10.4 * k
        for c in range(2):
            for i in range(4):
                for j in range(4):
                    v = 2 * (4 * i + j) + c
                    out = v in leave
                    fill, ink = (LATENT, "white") if out else (KEPT, "black")
                    cell(ax, left + 4.4 * c + j, i, fill, f"{v}", 9.5, ink)
            ax.text(left + 4.4 * c + 2, -4.2, f"input channel {c}", ha="center", va="top", size=10)
        ax.text(left + 4.2, 0.35, title, color=color, size=12, ha="center")
    ax.set(xlim=(-0.1, 29.3), ylim=(-5.0, 1.3), aspect="equal")
    ax.axis("off")
    return fig


def latents_by_level(level, parts):
    """The latent image, each entry coloured by its level, and the latents of each level by themselves.

    Args:
        level: (H, W) whole numbers 1, 2, 3.
        parts: for each level an array (h, w, c) of the positions, 0 to HW - 1, of its entries in z.
    """
    fig, ax = plt.subplots(figsize=(10.4, 4.1), dpi=DPI)
    height, width = level.shape
    for i in range(height):
        for j in range(width):
            k = level[i, j] - 1
            cell(ax, j, i, LEVELS[k], f"{width * i + j}", 9.5, ON_LEVELS[k])
    ax.text(
        width / 2, 0.3, f"the latent $z$, shape ({height}, {width}, 1)", color=LATENT, size=12, ha="center"
    )
    left = width + 2.0
    for k, part in enumerate(parts):
        h, w, c = part.shape
        columns = 1 if c <= 2 else 2 if c <= 4 else 4
        start = left
        for q in range(c):
            x0, y0 = start + (w + 0.35) * (q % columns), 0.9 + (h + 0.35) * (q // columns)
            for i in range(h):
                for j in range(w):
                    cell(ax, x0 + j, y0 + i, LEVELS[k], f"{part[i, j, q]}", 9, ON_LEVELS[k])
            frame(ax, x0, y0, w, h, lw=0.8)
        span = columns * (w + 0.35) - 0.35
        shape = ", ".join(map(str, part.shape))
        ax.text(start + span / 2, -0.05, f"$z_{k + 1}$", color=LATENT, size=13, ha="center", va="bottom")
        ax.text(start + span / 2, -0.62, f"({shape})", size=10, ha="center", va="center")
        left = start + span + 1.4
    ax.set(xlim=(-0.2, left - 1.0), ylim=(-9.7, 1.2), aspect="equal")
    ax.axis("off")
    return fig
