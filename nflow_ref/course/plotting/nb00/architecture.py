"""A river with branches, the diagram of the whole flow, and what a trained one draws."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import FancyBboxPatch, Polygon

from .. import DATA, GREY, INK, LATENT, image_grid
from .mass import ARROW, DPI, smooth

# From data to latent, in even steps: pictures are stored in few colours, and would show uneven ones.
WATER = LinearSegmentedColormap.from_list("water", ["#E9A06B", "#9FA5A6", "#5FA6D2"], N=9)


def river(levels=3):
    """A river of D numbers from the data to the latent; at each split half of its width leaves it."""
    fig, ax = plt.subplots(figsize=(9.8, 3.7), dpi=DPI)
    length, width, lift = 10.0, 4.0, 0.55
    shades = np.linspace(0, 1, 400)[None]

    def water(x, lower, upper):
        banks = np.concatenate([np.stack([x, upper], axis=1), np.stack([x, lower], axis=1)[::-1]])
        outline = Polygon(banks, fc="none", lw=0)
        ax.add_patch(outline)
        extent = (0, length, -1, width + 3)
        ax.imshow(shades, cmap=WATER, extent=extent, aspect="auto").set_clip_path(outline)

    starts = [0, *(2.3 + 2.4 * k for k in range(levels - 1)), length]
    box = {"boxstyle": "round,pad=0.35", "fc": "#f0f0f0", "ec": INK}
    words = {"color": "black", "size": 11}
    top = width
    for k, (start, end) in enumerate(pairwise(starts)):
        water(np.array([start, end + 0.02]), np.zeros(2), np.full(2, top))
        share = "D" if k == 0 else f"D/{2**k}"
        ax.text(start + 0.14, top / 2, f"${share}$", va="center", size=14, color="black")
        ax.text(start + 1.4, top / 2, "squeeze\n$K$ steps", ha="center", va="center", bbox=box, **words)
        last = k == levels - 1
        up = 0 if last else lift * (levels - 1 - k)
        low = 0 if last else top / 2
        if not last:
            x = np.linspace(end, length, 200)
            bend = up * smooth(np.clip((x - end) / 2.2, 0, 1))
            water(x, low + bend, top + bend)
            ax.text(end + 0.12, low - 0.06, "split", va="top", **words)
        name = f"$z_{k + 1}$:  $D/{2 ** min(k + 1, levels - 1)}$ numbers"
        ax.text(length + 0.15, (low + top) / 2 + up, name, va="center", color=LATENT, size=13)
        top = low
    ax.text(-0.15, width / 2, "data $x$", ha="right", va="center", color=DATA, size=14)
    ax.set(xlim=(-1.3, length + 2.6), ylim=(-0.1, width + lift * (levels - 1) + 0.1))
    ax.axis("off")
    return fig


def architecture():
    """The lecture's diagram: (squeeze, K times (ActNorm, 1×1 convolution, coupling), split), L times."""
    fig, ax = plt.subplots(figsize=(9.8, 2.7), dpi=DPI)

    def rounded(x0, x1, y0, y1, size, **style):
        shape = f"round,pad=0,rounding_size={size}"
        ax.add_patch(FancyBboxPatch((x0, y0), x1 - x0, y1 - y0, boxstyle=shape, **style))

    for x0, x1, y, text in ((1.7, 14.0, 1.75, "L"), (4.2, 11.7, 1.38, "K")):
        rounded(x0, x1, -y + 0.25, y, 0.25, fc="none", ec=GREY, lw=1.2)
        ax.text(x1 - 0.2, y - 0.16, f"$\\times\\ {text}$", ha="right", va="top", size=14)
    boxes = [(2.9, "squeeze", 1.9), (5.45, "ActNorm", 1.8), (7.95, "1×1\nconvolution", 2.5),
             (10.45, "coupling", 1.8), (12.9, "split", 1.5)]  # fmt: skip
    edges = [1.0, *(x for c, _, w in boxes for x in (c - w / 2, c + w / 2)), 14.8]
    for a, b in zip(edges[::2], edges[1::2], strict=True):
        ax.annotate("", (b, 0), (a, 0), arrowprops=ARROW)
    for x, text, w in boxes:
        rounded(x - w / 2, x + w / 2, -0.55, 0.55, 0.2, fc="#f0f0f0", ec=INK, lw=1.3)
        ax.text(x, 0, text, ha="center", va="center", size=12, color="black")
    ax.plot([12.9, 12.9], [-0.55, -1.95], color=INK, lw=1.6)
    ax.annotate("", (14.8, -1.95), (12.88, -1.95), arrowprops=ARROW)
    ax.text(0.9, 0, "$x$", ha="right", va="center", size=18, color=DATA)
    ax.text(14.95, 0, "half goes on, squeezed again;\nat the end $z_L$", va="center", size=11, color=LATENT)
    ax.text(14.95, -1.95, "half leaves: $z_1$, $z_2$, ...", va="center", size=11, color=LATENT)
    ax.set(xlim=(0.2, 19.4), ylim=(-2.3, 1.9))
    ax.axis("off")
    return fig


def digits_and_bits(real, drawn, bits):
    """Real digits, digits drawn from a flow, and what models need for unseen ones: {name: bits}.

    Images (N, 8, 8, 1): the real ones from 0 to 16, the drawn ones from 0 to 1.
    """
    fig, axes = plt.subplots(1, 3, figsize=(9.8, 2.9), dpi=DPI, width_ratios=[1.25, 1.25, 0.85])
    fig.get_layout_engine().set(wspace=0.07)
    drawn = np.clip(np.floor(17 * drawn), 0, 16)
    for ax, images, title in ((axes[0], real, "real digits"), (axes[1], drawn, "drawn")):
        image_grid(ax, images / 16, columns=7)
        ax.set_title(title, color=DATA)
    ax = axes[2]
    for k, (name, value) in enumerate(bits.items()):
        ax.barh(-k, value, color=LATENT if name == "this flow" else GREY, height=0.66)
        ax.text(0.09, -k, name, color="white" if name == "this flow" else "black", va="center", size=10)
        ax.text(value + 0.07, -k, f"{value:.1f}", va="center", size=11)
    ax.set(yticks=[], xlim=(0, 4.7), xlabel="bits per dimension", title="lower is better")
    ax.spines["left"].set_visible(False)
    return fig
