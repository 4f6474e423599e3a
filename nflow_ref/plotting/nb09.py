"""The figures of notebook 09."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import FancyBboxPatch, Polygon, Rectangle

from . import DATA, GREY, LATENT, RIGHT, image_grid

DPI = 80
PLACES = ("#F5C26B", "#F7F0A0", "#8FD1BC", "#CFCFCF")  # the four places of a 2×2 block
GROUPS = (*PLACES, "#E7B9CF", "#B9DDF2")
LEVELS = ("#A6D3F0", "#3D95CC", "#004A75")  # the latents of levels 1, 2, 3: light to dark blue
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
    ax.annotate("", (6.55, -2.5), (5.35, -2.5), arrowprops={"arrowstyle": "-|>", "lw": 1.6})
    ax.text(5.95, -2.25, "squeeze", ha="center", va="bottom", size=10.5)
    for k in range(8):
        left, top = 7.0 + 2.55 * (k % 4), 0.25 + 2.85 * (k // 4)
        for i in range(2):
            for j in range(2):
                v = y[i, j, k]
                cell(ax, left + j, top + i, PLACES[place[v]], f"{v:.0f}", 10.5)
        frame(ax, left, top, 2, 2, lw=1)
        ax.text(left + 1, -top + 0.13, f"channel {k}", ha="center", size=9.5)
    ax.text(11.9, 0.75, "$y$, shape (2, 2, 8)", color=GREY, size=13, ha="center")
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
    """The matrix of a reordering: a square for each 1, colored by the place that the number comes from."""
    fig, ax = plt.subplots(figsize=(4.3, 3.9), dpi=DPI)
    rows, columns = np.nonzero(P)
    for r, c in zip(rows, columns, strict=True):
        ax.add_patch(Rectangle((c - 0.5, r - 0.5), 1, 1, fc=PLACES[place[c]], ec="black", lw=0.6))
    ticks = np.arange(0, len(P) + 1, 8)
    for t in ticks:
        ax.axhline(t - 0.5, color=GREY, lw=0.6, zorder=0)
        ax.axvline(t - 0.5, color=GREY, lw=0.6, zorder=0)
    ax.set(xlim=(-0.5, len(P) - 0.5), ylim=(len(P) - 0.5, -0.5), aspect="equal")
    ax.set(xticks=ticks[:-1], yticks=ticks[:-1])
    ax.set_xlabel("column: position in $x$", color=DATA)
    ax.set_ylabel("row: position in $y$", color=GREY)
    ax.spines[["top", "right"]].set_visible(True)
    return fig


def squeezed_digits(images, channels):
    """Digits (N, 8, 8, 1), and the four channels (N, 4, 4, 4) that squeeze makes of each."""
    n = len(images)
    fig, axes = plt.subplots(1, 5, figsize=(10, 0.42 * n + 2.2), dpi=DPI, width_ratios=[2, 1, 1, 1, 1])
    image_grid(axes[0], images, columns=3)
    axes[0].set_title("$x$, shape (8, 8, 1)", color=DATA)
    for k, (ax, name) in enumerate(zip(axes[1:], ["(0, 0)", "(0, 1)", "(1, 0)", "(1, 1)"], strict=True)):
        image_grid(ax, channels[..., k : k + 1], columns=3)
        ax.set_title(f"channel {k}\nplace {name}", fontsize=11)
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
    """The latent image, each entry colored by its level, and the latents of each level by themselves.

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
        columns = 1 if c <= 2 else 2 if c <= 4 else 8
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
    high = max(max(values) for values in counts.values()) / 1e6
    for k, name in enumerate(counts):
        axes[0].text(
            levels[-1] + 0.4, (1.22 - 0.09 * k) * high, name, ha="right", color=names[name], va="top"
        )
    axes[0].set(xlabel="level", ylabel="multiply-adds (millions)", xticks=levels, ylim=(0, 1.24 * high))
    axes[0].set_title("counted, for one image")
    for name in counts:
        axes[1].text(levels[-1] + 0.1, 1e3 * seconds[name][-1], name, color=names[name], va="center")
    axes[1].set(xlabel="number of levels of the flow", ylabel="milliseconds", xticks=levels)
    axes[1].set(xlim=(0.8, levels[-1] + 1.6), ylim=(0, None))
    axes[1].set_title("measured, forward, 8 images")
    return fig


def cuboid(ax, x, y, shape, unit, color, rows=None):
    """An image (H, W, C) as a box: H×W pixels on its front, C as its depth. Returns its right edge.

    x is the left edge, y the middle of the front; `rows` may give each row of pixels its own color.
    """
    h, w, c = shape
    height, width, depth = unit * h, unit * w, 0.42 * unit * c
    bottom, dx, dy = y - height / 2, depth * 0.8, depth * 0.5
    light, dark = (tuple(np.clip(np.array(plt.matplotlib.colors.to_rgb(color)) * f, 0, 1)) for f in (1, 0.8))
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
    ink = {"arrowstyle": "-|>", "color": "black", "lw": 1.5, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 14}
    top, low, unit = 60.0, 33.5, 1.25
    paper = {"data": "#F2B48A", "way": "#D9D9D9"}

    def nest(x0, y0, x1, y1, name, color, indent=1.2):
        ax.add_patch(FancyBboxPatch((x0, y0), x1 - x0, y1 - y0, boxstyle="round,pad=0,rounding_size=1.2",
                                    fc=color, ec="#A8A8A8", lw=1, zorder=0))  # fmt: skip
        ax.text(
            x0 + indent, y1 - 1.0, name, family="monospace", size=10.5, va="top", color="#333333", zorder=6
        )

    def box(x, y, text, width=9.5, height=7.0, color="white"):
        ax.add_patch(FancyBboxPatch((x - width / 2, y - height / 2), width, height, fc=color, ec="black",
                                    boxstyle="round,pad=0,rounding_size=0.9", lw=1.3, zorder=5))  # fmt: skip
        ax.text(x, y, text, ha="center", va="center", size=11.5, zorder=6)

    def arrow(x0, x1, y):
        ax.annotate("", (x1, y), (x0, y), arrowprops=ink, zorder=4)

    def label(x, y, name, size, color="black", back="none"):
        text = f"{name}\n({size[0]}, {size[1]}, {size[2]})"
        ax.text(x, y, text, ha="center", va="top", size=11, color=color, zorder=6,
                linespacing=1.25, bbox={"fc": back, "ec": "none", "pad": 1})  # fmt: skip

    nest(13.2, 21.0, 93.0, 73.0, "Squeezed(Chain(step, ..., step, Split(inner)))", "#F7F7F4")
    nest(14.6, 22.4, 91.6, 46.2, "inner = Squeezed(Chain(step, ..., step))", "#ECECE6", 6.0)

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
    ax.plot([76.6, 76.6], [top - 3.5, turn], color="black", lw=1.5, zorder=4)
    ax.plot([76.6, 18.6], [turn, turn], color="black", lw=1.5, zorder=4)
    ax.annotate("", (18.6, low + 4.2), (18.6, turn), arrowprops=ink, zorder=4)
    ax.text(77.4, 52.6, "$h_b$: the second half\ngoes on", ha="left", va="center", size=10.5, zorder=6)

    end = cuboid(ax, 17.0, low, half, unit, paper["way"])
    label(19.6, low - 3.4, "$h_b$", half)
    arrow(end + 0.6, 25.8, low)
    box(30.4, low, "squeeze", 9.2)
    arrow(35.0, 39.6, low)
    end = cuboid(ax, 40.2, low, second, unit, paper["way"])
    label(42.4, low - 3.4, "$h'$", second, back="#ECECE6")
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
        ax.plot([end + 0.6, 111.0, 111.0], [y, y, middle], color="black", lw=1.5, zorder=4)
    arrow(111.0, z_left - 0.6, middle)
    ax.text(110.2, middle, "squeeze\nundone", ha="right", va="center", size=10.5)
    cuboid(ax, z_left, middle, shape, unit, LEVELS[0], rows)
    label(z_left + 3.0, middle - 6.0, "$z$", shape, LATENT)

    base = 8.0
    ax.add_patch(FancyBboxPatch((13.2, 1.0), 79.8, 14.6, boxstyle="round,pad=0,rounding_size=1.2", fc="white",
                                ec=GREY, lw=1.2, ls="--", zorder=0))  # fmt: skip
    ax.text(14.6, 14.4, "one step of flow", size=11.5, va="top", weight="bold")
    ax.plot([55.2, 35.0], [low - 3.7, 15.6], ls="--", color=GREY, lw=1, zorder=4)
    ax.plot([63.2, 83.4], [low - 3.7, 15.6], ls="--", color=GREY, lw=1, zorder=4)
    arrow(15.4, 20.4, base - 1.2)
    box(30.4, base - 1.2, "ActNorm\n$s \\odot h + b$ per channel", 20, 8)
    arrow(40.4, 43.4, base - 1.2)
    box(53.0, base - 1.2, "1×1 convolution\n$W h$ at each pixel", 19.2, 8)
    arrow(62.6, 65.6, base - 1.2)
    box(76.6, base - 1.2, "affine coupling\n$h_b \\leftarrow s(h_a) \\odot h_b + t(h_a)$", 22, 8)
    arrow(87.6, 91.6, base - 1.2)

    for x, text, color in [(5.0, "data", DATA), (53.0, "", GREY), (100.6, "latents\nby level", LATENT),
                           (z_left + 3.0, "latent", LATENT)]:  # fmt: skip
        ax.text(x, 78.4, text, ha="center", va="top", size=12.5, color=color, weight="bold")
    ax.text(53.0, 78.4, "forward: data to latent", ha="center", va="top", size=12.5)
    ax.text(88.4, top + 10.3, "level 1", size=11.5, color=RIGHT, weight="bold", ha="center")
    ax.text(87.0, low + 9.4, "level 2", size=11.5, color=RIGHT, weight="bold", ha="center")
    ax.set(xlim=(-1.5, 124.5), ylim=(0, 79.5), aspect="equal")
    ax.axis("off")
    return fig
