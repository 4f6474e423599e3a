"""The architecture of Glow, drawn with its shapes."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.patches import FancyBboxPatch, Polygon, Rectangle

from .. import DATA, GREY, INK, LATENT, RIGHT_INK
from .cells import LEVELS

BOX = "#ECECEC"
TINT = (0.55, 0.55, 0.55, 0.05)  # of the frames, on a light page and on a dark one


def cuboid(ax, x, y, shape, unit, color, rows=None):
    """An image (H, W, C) as a box: H×W pixels on its front, C as its depth. Returns its right edge.

    x is the left edge, y the middle of the front; `rows` may give each row of pixels its own colour.
    """
    h, w, c = shape
    height, width, depth = unit * h, unit * w, 0.42 * unit * c
    bottom, dx, dy = y - height / 2, depth * 0.8, depth * 0.5
    light, dark = (tuple(np.clip(np.array(to_rgb(color)) * f, 0, 1)) for f in (1, 0.8))
    top_face = [(x, bottom + height), (x + dx, bottom + height + dy), (x + width + dx, bottom + height + dy),
                (x + width, bottom + height)]  # fmt: skip
    side_face = [(x + width, bottom), (x + width + dx, bottom + dy),
                 (x + width + dx, bottom + height + dy), (x + width, bottom + height)]  # fmt: skip
    for face, shade in [(top_face, dark), (side_face, dark)]:
        ax.add_patch(Polygon(face, fc=shade, ec="white", lw=0.6, zorder=3))
    for q in range(1, c):
        s = q / c
        ax.plot([x + s * dx, x + width + s * dx, x + width + s * dx],
                [bottom + height + s * dy, bottom + height + s * dy, bottom + s * dy],
                color="white", lw=0.35, zorder=4)  # fmt: skip
    for i in range(h):
        for j in range(w):
            fc = light if rows is None else rows[i]
            ax.add_patch(
                Rectangle((x + unit * j, bottom + height - unit * (i + 1)), unit, unit, fc=fc, ec="white",
                          lw=0.6, zorder=5)
            )  # fmt: skip
    return x + width + dx


def architecture(shape, steps):
    """A Glow of two levels from x to its latent, with the shape on each arrow, and one of its steps below."""
    H, W, C = shape
    first, half, second = (H // 2, W // 2, 4 * C), (H // 2, W // 2, 2 * C), (H // 4, W // 4, 8 * C)
    fig, ax = plt.subplots(figsize=(12.4, 8.2), dpi=88)
    ink = {"arrowstyle": "-|>", "color": INK, "lw": 1.5, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 14}
    top, low, unit = 60.0, 33.5, 1.25
    paper = {"data": "#F2B48A", "way": "#D9D9D9"}

    def nest(x0, y0, x1, y1, name, indent=1.2):
        ax.add_patch(FancyBboxPatch((x0, y0), x1 - x0, y1 - y0, boxstyle="round,pad=0,rounding_size=1.2",
                                    fc=TINT, ec=GREY, lw=1, zorder=0))  # fmt: skip
        ax.text(x0 + indent, y1 - 1.0, name, family="monospace", size=10.5, va="top", zorder=6)

    def box(x, y, text, width=9.5, height=7.0):
        ax.add_patch(FancyBboxPatch((x - width / 2, y - height / 2), width, height, fc=BOX, ec=INK,
                                    boxstyle="round,pad=0,rounding_size=0.9", lw=1.3, zorder=5))  # fmt: skip
        ax.text(x, y, text, ha="center", va="center", size=11.5, color="black", zorder=6)

    def arrow(x0, x1, y):
        ax.annotate("", (x1, y), (x0, y), arrowprops=ink, zorder=4)

    def label(x, y, name, size, color=INK):
        text = f"{name}\n({size[0]}, {size[1]}, {size[2]})"
        ax.text(x, y, text, ha="center", va="top", size=11, color=color, zorder=6, linespacing=1.25)

    nest(13.2, 21.0, 93.0, 73.0, "Squeezed(Chain(step, ..., step, Split(inner)))")
    nest(14.6, 22.4, 91.6, 46.2, "inner = Squeezed(Chain(step, ..., step))", 6.0)

    end = cuboid(ax, 2.0, top, shape, unit, paper["data"])
    label(5.0, top - 6.0, "$x$", shape, DATA)
    arrow(end + 0.6, 16.0, top)
    box(20.8, top, "squeeze")
    arrow(25.6, 31.0, top)
    end = cuboid(ax, 31.6, top, first, unit, paper["way"])
    label(34.2, top - 3.4, "$h$", first)
    arrow(end + 0.6, 43.2, top)
    box(49.0, top, f"{steps} steps\nof flow", 11)
    arrow(54.6, 60.0, top)
    end = cuboid(ax, 60.6, top, first, unit, paper["way"])
    label(63.2, top - 3.4, "$(h_a, h_b)$", first)
    arrow(end + 0.6, 72.2, top)
    box(76.6, top, "split", 8.6)
    arrow(81.0, 97.0, top)
    ax.text(84.8, top + 0.8, "$h_a = z_1$", ha="center", va="bottom", size=11, color=LATENT, zorder=6)
    end_1 = cuboid(ax, 97.6, top, half, unit, LEVELS[0])
    label(100.2, top - 3.4, "$z_1$", half, LATENT)

    turn = 48.6
    ax.plot([76.6, 76.6], [top - 3.5, turn], color=INK, lw=1.5, zorder=4)
    ax.plot([76.6, 18.6], [turn, turn], color=INK, lw=1.5, zorder=4)
    ax.annotate("", (18.6, low + 4.2), (18.6, turn), arrowprops=ink, zorder=4)
    ax.text(77.4, 52.6, "$h_b$: the second half\ngoes on", ha="left", va="center", size=10.5, zorder=6)

    end = cuboid(ax, 17.0, low, half, unit, paper["way"])
    label(19.6, low - 3.4, "$h_b$", half)
    arrow(end + 0.6, 25.8, low)
    box(30.4, low, "squeeze", 9.2)
    arrow(35.0, 39.6, low)
    end = cuboid(ax, 40.2, low, second, unit, paper["way"])
    label(42.4, low - 3.4, "$h'$", second)
    arrow(end + 0.6, 53.4, low)
    box(59.2, low, f"{steps} steps\nof flow", 11.0)
    arrow(64.8, 97.0, low)
    ax.text(
        80.0, low + 0.8, "$z_2$: all that is left", ha="center", va="bottom", size=11, color=LATENT, zorder=6
    )
    end_2 = cuboid(ax, 97.6, low, second, unit, LEVELS[1])
    label(100.2, low - 3.4, "$z_2$", second, LATENT)

    middle, z_left = (top + low) / 2, 115.5
    rows = [LEVELS[i % 2] for i in range(H)]
    for y, end in [(top, end_1), (low, end_2)]:
        ax.plot([end + 0.6, 111.0, 111.0], [y, y, middle], color=INK, lw=1.5, zorder=4)
    arrow(111.0, z_left - 0.6, middle)
    ax.text(110.2, middle, "squeeze\nundone", ha="right", va="center", size=10.5)
    cuboid(ax, z_left, middle, shape, unit, LEVELS[0], rows)
    label(z_left + 3.0, middle - 6.0, "$z$", shape, LATENT)

    base = 8.0
    ax.add_patch(FancyBboxPatch((13.2, 1.0), 79.8, 14.6, boxstyle="round,pad=0,rounding_size=1.2", fc="none",
                                ec=GREY, lw=1.2, ls="--", zorder=0))  # fmt: skip
    ax.text(14.6, 14.4, "one step of flow", size=11.5, va="top", weight="bold")
    ax.plot([55.2, 35.0], [low - 3.7, 15.6], ls="--", color=GREY, lw=1, zorder=4)
    ax.plot([63.2, 83.4], [low - 3.7, 15.6], ls="--", color=GREY, lw=1, zorder=4)
    arrow(15.4, 20.4, base - 1.2)
    box(30.4, base - 1.2, "ActNorm\n$s \\odot (h - m) + b$", 20, 8)
    arrow(40.4, 43.4, base - 1.2)
    box(53.0, base - 1.2, "1×1 convolution\n$W h$ at each pixel", 19.2, 8)
    arrow(62.6, 65.6, base - 1.2)
    box(76.6, base - 1.2, "affine coupling\n$h_b \\leftarrow s(h_a) \\odot h_b + t(h_a)$", 22, 8)
    arrow(87.6, 91.6, base - 1.2)

    for x, text, color in [(5.0, "data", DATA), (53.0, "", GREY), (100.6, "latents\nby level", LATENT),
                           (z_left + 3.0, "latent", LATENT)]:  # fmt: skip
        ax.text(x, 78.4, text, ha="center", va="top", size=12.5, color=color, weight="bold")
    ax.text(53.0, 78.4, "forward: data to latent", ha="center", va="top", size=12.5)
    ax.text(88.4, top + 10.3, "level 1", size=11.5, color=RIGHT_INK, weight="bold", ha="center")
    ax.text(87.0, low + 9.4, "level 2", size=11.5, color=RIGHT_INK, weight="bold", ha="center")
    ax.set(xlim=(-1.5, 124.5), ylim=(0, 79.5), aspect="equal")
    ax.axis("off")
    return fig
