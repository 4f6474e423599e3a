"""The figures of notebook 08 that stand still."""

import matplotlib.pyplot as plt
import numpy as np

from .. import DATA, GREY, INK, LATENT, RIGHT, RIGHT_INK, WRONG, WRONG_INK

DPI = 80  # for figures with much detail: the notebook has to stay small
PALE = {DATA: "#FBE3D6", LATENT: "#D6E7F5", RIGHT: "#CFEDE2", GREY: "#E4E4E4", "white": "white"}
TEXT = {RIGHT: RIGHT_INK, WRONG: WRONG_INK, GREY: INK}  # for letters


def wires(coupling, mixings, start):
    """Channels as dots and dependences as wires, column after column; what `start` reaches is orange.

    Args:
        coupling: the pattern (C, C) of a coupling, zeros and ones.
        mixings: title -> the pattern of the mixing that stands behind each of three couplings.
        start: the channel of x whose wires are followed.
    """
    fig, axes = plt.subplots(1, len(mixings), figsize=(10.4, 3.1), dpi=DPI)
    names = {"nothing between": "", "a reversal": "reverse", "a full matrix": "$W$"}
    for ax, (title, mixing) in zip(axes, mixings.items(), strict=True):
        layers = 3 * [("coupling", coupling), (names[title], mixing)]
        count = len(coupling)
        reached = np.arange(count) == start
        columns = [reached]
        for k, (_, A) in enumerate(layers):
            for i, j in np.argwhere(A):
                color, width, order = (DATA, 2, 2) if reached[j] else (GREY, 0.7, 1)
                ax.plot([k, k + 1], [-j, -i], color=color, lw=width, zorder=order)
            reached = (A @ reached) > 0
            columns.append(reached)
        for k, reached in enumerate(columns):
            for i in range(count):
                ax.plot(k, -i, "o", ms=8, color=DATA if reached[i] else GREY, zorder=3)
        for k, (name, _) in enumerate(layers):
            y = 0.55 if name == "coupling" else -count + 0.4
            ax.text(k + 0.5, y, name, ha="center", va="center", fontsize=9)
        last = len(layers)
        for i in range(count):
            ax.text(-0.25, -i, f"$x_{i + 1}$", color=DATA, ha="right", va="center")
            ax.text(last + 0.25, -i, f"$z_{i + 1}$", color=LATENT, ha="left", va="center")
        ax.set_title(f"{title}: {reached.sum()} of {count} reached")
        ax.set(xlim=(-0.8, last + 0.8), ylim=(-count + 0.1, 0.85))
        ax.axis("off")
    return fig


def tiles(ax, x, y, numbers, face, edge=GREY, size=1.0, fontsize=11):
    """A table of small squares with numbers or letters in them; the upper left corner is at (x, y)."""
    faces = np.broadcast_to(np.asarray(face, dtype=object), np.shape(numbers))
    for (i, j), number in np.ndenumerate(np.asarray(numbers, dtype=object)):
        left, low = x + j * size, y - (i + 1) * size
        ax.add_patch(plt.Rectangle((left, low), size, size, fc=faces[i, j], ec=edge, lw=0.8))
        middle = left + size / 2, low + size / 2
        ax.text(*middle, number, color="black", ha="center", va="center", fontsize=fontsize)


def strip(x, results):
    """A strip of pixels with two channels, before and after some matrices: results are (name, W, z)."""
    fig, ax = plt.subplots(figsize=(9.6, 2.9), dpi=DPI)
    as_text = np.vectorize(lambda u: f"{u:g}".replace("-", "−"))
    tiles(ax, 0, 2, as_text(x.T), PALE[DATA], DATA)
    ax.text(1.5, 2.95, "data $x$", color=DATA, ha="center", va="center", fontsize=12)
    for j in range(3):
        ax.text(j + 0.5, 2.3, f"$x_{j + 1}$", color=DATA, ha="center", va="center")
    for i, y in enumerate((1.5, 0.5)):
        ax.text(-0.2, y, f"channel {i + 1}", ha="right", va="center", fontsize=10)
    left = 4.4
    for name, W, z in results:
        ax.text(left + 1, 2.95, name, ha="center", va="center", fontsize=12)
        tiles(ax, left, 2, as_text(W), "white", GREY)
        ax.text(left + 2.35, 1, "→", ha="center", va="center", fontsize=15)
        tiles(ax, left + 2.75, 2, as_text(z.T), PALE[LATENT], LATENT)
        for j in range(3):
            ax.text(left + 3.25 + j, 2.3, f"$z_{j + 1}$", color=LATENT, ha="center", va="center")
        left += 6.9
    ax.set(xlim=(-2.1, left - 0.9), ylim=(-0.15, 3.25), aspect="equal")
    ax.axis("off")
    return fig


def one_pixel(W, height=4, width=6, pixel=(1, 4)):
    """The channels of an image as planes; a 1×1 convolution carries each pixel's column to the same pixel."""
    fig, ax = plt.subplots(figsize=(9.2, 3.2), dpi=DPI)
    count = len(W)

    def stack(left, color, name):
        centers = []
        for c in reversed(range(count)):
            x0, y0 = left + 0.75 * c, 0.75 * c
            for h in range(height):
                for w in range(width):
                    corner = (x0 + w, y0 + height - 1 - h)
                    ax.add_patch(plt.Rectangle(corner, 1, 1, fc=PALE[color], ec=color, lw=0.8, zorder=10 - c))
            h, w = pixel
            corner = (x0 + w, y0 + height - 1 - h)
            ax.add_patch(plt.Rectangle(corner, 1, 1, fc=color, ec="white", lw=1, zorder=20 - c))
            centers.append((corner[0] + 0.5, corner[1] + 0.5))
            label = f"channel {c + 1}"
            ax.text(x0 + width + 0.15, y0 + 0.32, label, fontsize=9, va="center")
        for (u, v), c in zip(centers, reversed(range(count)), strict=True):
            shift = 0.13 if c else 0
            ax.text(
                u + shift, v + shift, f"${name}_{c + 1}$", color="white", ha="center", va="center",
                fontsize=10, zorder=30,
            )  # fmt: skip
        ax.text(left + width / 2, -0.65, f"{name}: {height} × {width} pixels", color=color, ha="center")

    stack(0, DATA, "x")
    stack(17.6, LATENT, "z")
    letters = [[f"$w_{{{i + 1}{j + 1}}}$" for j in range(count)] for i in range(count)]
    tiles(ax, 11.2, 4.6, letters, "white", GREY, size=1.15, fontsize=10)
    ax.text(12.9, 0.35, "the same $W$ at every pixel", ha="center", fontsize=10)
    arrow = {"arrowstyle": "-|>", "color": INK, "lw": 1.4}
    ax.annotate("", (11.0, 2.9), (9.9, 2.9), arrowprops=arrow)
    ax.annotate("", (16.4, 2.9), (14.9, 2.9), arrowprops=arrow)
    ax.set(xlim=(-0.3, 27.2), ylim=(-1.0, height + 0.75 * count), aspect="equal")
    ax.axis("off")
    return fig


def two_orders():
    """The Jacobian of a strip of three pixels with two channels, in both orders of its six numbers."""
    fig, axes = plt.subplots(1, 2, figsize=(8.8, 4.1), dpi=DPI)
    shade = {"11": "#FFFFFF", "12": "#E9E2F3", "21": "#CDEBE0", "22": "#FFF0C9"}
    pixel_first = [(p, c) for p in range(3) for c in range(2)]
    channel_first = [(p, c) for c in range(2) for p in range(3)]
    titles = ["pixel after pixel", "channel after channel"]
    for ax, order, title in zip(axes, [pixel_first, channel_first], titles, strict=True):
        for i, (p, c) in enumerate(order):
            for j, (q, b) in enumerate(order):
                same = p == q
                name = f"{c + 1}{b + 1}"
                face = shade[name] if same else "#F4F4F4"
                ax.add_patch(plt.Rectangle((j, -i - 1), 1, 1, fc=face, ec="#BBBBBB", lw=0.6))
                text = f"$w_{{{name}}}$" if same else "0"
                color = "black" if same else INK
                ax.text(j + 0.5, -i - 0.5, text, ha="center", va="center", color=color)
            ax.text(-0.15, -i - 0.5, f"$z_{{{p + 1},{c + 1}}}$", color=LATENT, ha="right", va="center")
            ax.text(i + 0.5, 0.2, f"$x_{{{p + 1},{c + 1}}}$", color=DATA, ha="center", va="bottom")
        step = 2 if order is pixel_first else 3
        for k in range(0, 7, step):
            ax.plot([0, 6], [-k, -k], color="black", lw=1.5)
            ax.plot([k, k], [0, -6], color="black", lw=1.5)
        ax.set_title(title)
        ax.set(xlim=(-1, 6.1), ylim=(-6.1, 0.9), aspect="equal")
        ax.axis("off")
    return fig


def factors(W, P, L, U):
    """W = P L (U + diag(s)) with the numbers in it; green is learned, grey is frozen, white is fixed."""
    fig, ax = plt.subplots(figsize=(9.8, 2.5), dpi=DPI)

    def text(u):
        sign = "−" if u < 0 else ""
        whole = abs(u) == int(abs(u))
        return f"{sign}{abs(u):g}" if whole else f"{sign}{int(2 * abs(u))}/2"

    lower = np.tril(np.ones((3, 3)), -1)
    left = 0
    for name, M, learned, frozen in [
        ("$W$", W, np.zeros((3, 3)), np.zeros((3, 3))),
        ("$P$", P, np.zeros((3, 3)), np.ones((3, 3))),
        ("$L$", L, lower, np.zeros((3, 3))),
        ("$U + \\mathrm{diag}(s)$", U, 1 - lower, np.zeros((3, 3))),
    ]:
        face = np.where(learned == 1, PALE[RIGHT], np.where(frozen == 1, PALE[GREY], "white"))
        tiles(ax, left, 3, np.vectorize(text)(M), face, GREY)
        ax.text(left + 1.5, 3.45, name, ha="center", va="center", fontsize=13)
        if "s" in name:
            for i in range(3):  # a corner of the diagonal: the frozen sign
                corner = [(left + i, 3 - i), (left + i + 0.38, 3 - i), (left + i, 3 - i - 0.38)]
                ax.add_patch(plt.Polygon(corner, fc="#9A9A9A", ec=GREY, lw=0.6))
        if name == "$W$":
            ax.text(left + 3.55, 1.5, "=", ha="center", va="center", fontsize=15)
        left += 4.1
    x = left - 0.1
    words = ["learned", "frozen", "size learned, sign frozen", "always 0 or 1"]
    for k, face in enumerate([PALE[RIGHT], PALE[GREY], PALE[RIGHT], "white"]):
        y = 2.5 - 0.8 * k
        ax.add_patch(plt.Rectangle((x, y), 0.5, 0.5, fc=face, ec=GREY, lw=0.8))
        if k == 2:
            corner = [(x, y + 0.5), (x + 0.25, y + 0.5), (x, y + 0.25)]
            ax.add_patch(plt.Polygon(corner, fc="#9A9A9A", ec=GREY, lw=0.6))
        ax.text(x + 0.75, y + 0.25, words[k], va="center", fontsize=10)
    ax.set(xlim=(-0.2, left + 4.6), ylim=(-0.2, 3.8), aspect="equal")
    ax.axis("off")
    return fig


def costs(sizes, curves):
    """Seconds against the number of channels on logarithmic axes: curves is name -> (seconds, colour)."""
    fig, ax = plt.subplots(figsize=(7.4, 3.7), dpi=DPI)
    for name, (seconds, color) in curves.items():
        ax.loglog(sizes, seconds, "o--" if color == GREY else "o-", color=color, ms=4)
        ax.text(sizes[-1] * 1.12, seconds[-1], name, color=TEXT.get(color, color), va="center")
    top = max(seconds[-1] for seconds, _ in curves.values())
    cubic = np.array(sizes[-3:], dtype=float)
    line = 5 * top * (cubic / cubic[-1]) ** 3
    ax.loglog(cubic, line, ":", color=GREY)
    ax.text(cubic[0], line[0] * 1.5, "slope of $C^3$ ", ha="right", va="center")
    ax.set_xticks(sizes, [str(c) for c in sizes])
    ax.set_xticks([], minor=True)
    ax.set(xlabel="channels $C$", ylabel="seconds", xlim=(sizes[0] * 0.85, sizes[-1] * 9))
    return fig


def wall(w, loss, free, kept, crossings):
    """The loss of one weight with its wall at 0, and condition numbers in training, with and without LU.

    Args:
        free, kept: condition numbers (starts, steps) of a free W and of the LU form.
        crossings: (start, step) where the sign of det W of the free ones changes.
    """
    fig, axes = plt.subplots(1, 2, figsize=(9.8, 3.5), dpi=DPI, width_ratios=[1, 1.5])
    ax = axes[0]
    for side in (w < 0, w > 0):
        ax.plot(w[side], loss[side], color=INK)
    ax.axvline(0, color=WRONG, lw=1.5, ls="--")
    ax.text(0.05, 6.4, " $w = 0$: no inverse", color=TEXT[WRONG], ha="left", va="center", fontsize=10)
    low = np.argmin(np.where(w > 0, loss, np.inf))
    ax.plot([w[low], -w[low]], [loss[low]] * 2, "o", color=RIGHT)
    ax.set(xlabel="weight $w$", ylabel="loss (nats)", ylim=(-0.4, 7))
    ax = axes[1]
    steps = np.arange(free.shape[1])
    ax.semilogy(steps, free.T, color=WRONG, lw=1)
    ax.semilogy(steps, kept.T, color=RIGHT, lw=1)
    for start, step in crossings:
        ax.plot(step, free[start, step], "x", color=INK, ms=8, mew=2.2, zorder=5)
    top = free.max()
    ax.text(108, top * 0.55, "free $W$; × where det $W$ changes its sign", color=TEXT[WRONG], fontsize=10)
    ax.text(108, 2.2, "$P L (U + \\mathrm{diag}(s))$", color=TEXT[RIGHT], va="center", fontsize=10)
    ax.set(xlabel="step", ylabel="condition number of $W$", ylim=(0.9, top * 2))
    return fig
