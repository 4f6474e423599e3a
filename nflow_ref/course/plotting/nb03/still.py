"""The still figures of notebook 03: what a map does to squares, letters and densities, and what it costs."""

import time

import autograd.numpy as anp
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.colors import LogNorm

from .. import DATA, GREY, INK, LATENT, RIGHT, RIGHT_INK, WRONG, WRONG_INK

# The outline of the letter F, counterclockwise.
LETTER = np.array(
    [
        [0, 0], [0.25, 0], [0.25, 0.6], [0.6, 0.6], [0.6, 0.85],
        [0.25, 0.85], [0.25, 1.15], [0.8, 1.15], [0.8, 1.4], [0, 1.4],
    ]
)  # fmt: skip


def outline(centre, h, n=4000):
    """Points on the boundary of a square with this centre and half side, counterclockwise: (4n, 2)."""
    t = np.linspace(-h, h, n, endpoint=False)
    side = np.stack([t, np.full(n, -h)], axis=1)  # the lower side, then turned by 90 degrees three times
    turn = np.array([[0.0, 1.0], [-1.0, 0.0]])
    return centre + np.concatenate([side, side @ turn, side @ turn @ turn, side @ turn @ turn @ turn])


def square_to_parallelogram(A):
    """The unit square with its unit vectors, and its image with the columns of A, base and height."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(9, 4.2), width_ratios=(1.9, 3.4))
    square = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    left.fill(*square.T, color=DATA, alpha=0.3)
    right.fill(*(square @ A.T).T, color=LATENT, alpha=0.3)
    for ax, vectors, color, name in [(left, np.eye(2), DATA, "e"), (right, A.T, LATENT, "a")]:
        for k, v in enumerate(vectors):
            _arrow(ax, (0, 0), v, color)
            offset = (0.02, -0.2) if k == 0 else (-0.24, 0.03)
            ax.text(v[0] * 0.6 + offset[0], v[1] * 0.6 + offset[1], f"${name}_{k + 1}$", color=color)
    a1, a2 = A.T
    foot = a1 * (a1 @ a2) / (a1 @ a1)
    right.plot(*np.stack([foot, a2]).T, "--", color=INK, lw=1.6)
    right.text(*((foot + a2) / 2 + (0.06, 0.0)), "height")
    n = (a2 - foot) / np.linalg.norm(a2 - foot) * 0.35
    _arrow(right, a1, a1 + n, GREY)
    right.text(*(a1 + n + (-0.02, 0.06)), "n", style="italic")
    left.set(title="unit square", xlabel="$x_1$", ylabel="$x_2$", xlim=(-0.4, 1.5), ylim=(-0.4, 2.2))
    left.set(xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
    right.set(title="its image under A", xlabel="$z_1$", ylabel="$z_2$", xlim=(-0.4, 3.0), ylim=(-0.4, 2.2))
    for ax in (left, right):
        ax.set_aspect("equal")
    return fig


def growth(image, half_side):
    """How many times as large as a square its image is, of which this is the outline, (N, 2)."""
    (x, y), (next_x, next_y) = image.T, np.roll(image, -1, axis=0).T
    return abs(np.sum(x * next_y - next_x * y)) / 2 / (2 * half_side) ** 2


def under_the_microscope(f, jacobian, centre, sizes):
    """Squares around `centre`, their images, how much the area grows, and what the Jacobian makes of them."""
    fig, (data, *axes) = plt.subplots(1, 1 + len(sizes), figsize=(11, 3.5))
    t = np.linspace(-1, 1, 100)
    one, square = np.ones_like(t), outline(np.zeros(2), 1, n=100)
    J, z0 = jacobian(centre[None])[0], f(centre[None])[0]
    for ax, size in zip(axes, sizes, strict=True):
        data.fill(*(centre + size * square).T, facecolor=DATA, alpha=0.2)
        data.fill(*(centre + size * square).T, facecolor="none", edgecolor=DATA, lw=1.3)
        for u in np.linspace(-1, 1, 5):
            for line in (np.stack([u * one, t], axis=1), np.stack([t, u * one], axis=1)):
                ax.plot(*f(centre + size * line).T, color=LATENT, lw=0.8)
        image, parallelogram = f(centre + size * square), z0 + size * square @ J.T
        ax.fill(*image.T, facecolor=LATENT, alpha=0.2)
        ax.plot(*np.vstack([parallelogram, parallelogram[:1]]).T, "--", color=INK)
        reach = 1.08 * np.abs(np.concatenate([image, parallelogram]) - z0).max()
        ax.set(xlim=(z0[0] - reach, z0[0] + reach), ylim=(z0[1] - reach, z0[1] + reach))
        ax.set(title=f"half side {size}\narea × {growth(image, size):.2f}", xlabel="$z_1$", aspect="equal")
        ax.locator_params(nbins=4)
    reach = 1.25 * max(sizes)
    data.set(xlim=(centre[0] - reach, centre[0] + reach), ylim=(centre[1] - reach, centre[1] + reach))
    data.locator_params(nbins=4)
    data.set(title="squares around\none point", xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    axes[0].set_ylabel("$z_2$")
    return fig


def warped_grid(f, det, box, spacing, marked):
    """Squares of data space, coloured by |det J| at their centres, and their images in latent space.

    `marked` has the lower left corners of cells that get an outline, and where their factors are written:
    points to the right of the image, and above it.
    """
    starts = [np.arange(low, high - 1e-9, spacing) for low, high in box]
    places = np.stack(np.meshgrid(*starts), axis=-1).reshape(-1, 2) + spacing / 2
    factor = np.abs(det(places))
    chosen = [np.argmin(np.sum((places - corner - spacing / 2) ** 2, axis=1)) for corner in marked]
    squares = np.array([outline(place, spacing / 2, n=12) for place in places])
    images = [squares, np.array([f(square) for square in squares])]
    fig, axes = plt.subplots(1, 2, figsize=(10, 4.4), width_ratios=(1.3, 1))
    for ax, cells, name in zip(axes, images, "xz", strict=True):
        grid = PolyCollection(cells, edgecolors="white", linewidths=0.4)
        grid.set(array=factor, cmap="viridis", norm=LogNorm())
        ax.add_collection(grid)
        for k in chosen:
            ax.fill(*cells[k].T, facecolor="none", edgecolor="white", lw=4)
            ax.fill(*cells[k].T, facecolor="none", edgecolor="black", lw=1.8)
        low, high = cells.reshape(-1, 2).min(axis=0), cells.reshape(-1, 2).max(axis=0)
        margin = 0.04 * (high - low)
        ax.set(xlim=(low[0] - margin[0], high[0] + margin[0]), ylim=(low[1] - margin[1], high[1] + margin[1]))
        ax.set(xlabel=f"${name}_1$", ylabel=f"${name}_2$", aspect="equal")
    for k, offset in zip(chosen, marked.values(), strict=True):
        look = {
            "textcoords": "offset points",
            "va": "center",
            "arrowprops": {"arrowstyle": "-", "color": INK},
        }
        axes[1].annotate(f"area × {factor[k]:.1f}", images[1][k].mean(axis=0), offset, **look)
    axes[0].set_title("data space", color=DATA)
    axes[1].set_title("latent space", color=LATENT)
    ticks = [1.5, 2, 3, 4]
    bar = fig.colorbar(grid, ax=axes, label="expansion $|\\det J|$", ticks=ticks, shrink=0.9)
    bar.ax.set_yticklabels([f"{t:g}" for t in ticks])
    bar.minorticks_off()
    return fig


def histogram_and_formula(points, right, wrong, box):
    """A histogram of points in the plane beside two densities, in one colour scale."""
    fig, axes = plt.subplots(1, 3, figsize=(10, 2.9), sharey=True)
    sides = [np.linspace(*side, 55) for side in box]
    count, *_ = np.histogram2d(*points.T, bins=sides)
    area = np.prod([side[1] - side[0] for side in sides])
    middles = [(side[1:] + side[:-1]) / 2 for side in sides]
    grid = np.stack(np.meshgrid(*middles, indexing="ij"), axis=-1).reshape(-1, 2)
    maps = [count / len(points) / area] + [p(grid).reshape(54, 54) for p in (right, wrong)]
    titles = [f"histogram of {len(points):,} points", "with $|\\det J|$", "without $|\\det J|$"]
    for ax, density, title in zip(axes, maps, titles, strict=True):
        image = ax.imshow(
            density.T, origin="lower", extent=(*box[0], *box[1]), vmin=0, vmax=maps[1].max(), aspect="equal"
        )
        ax.set(title=title, xlabel="$x_1$")
    axes[0].set_ylabel("$x_2$")
    fig.colorbar(image, ax=axes, label="density (1 / unit of area)", shrink=0.8)
    return fig


def orientation(kept, mirrored):
    """The letter F in data space, and after a matrix that keeps and one that reverses orientation."""
    fig, axes = plt.subplots(1, 3, figsize=(10, 3.8))
    panels = [
        (axes[0], np.eye(2), DATA, "x", "data"),
        (axes[1], kept, LATENT, "z", f"det A = {np.linalg.det(kept):.1f}"),
        (axes[2], mirrored, LATENT, "z", f"det A = {np.linalg.det(mirrored):.1f}".replace("-", "−")),
    ]
    for ax, A, color, name, title in panels:
        letter = LETTER @ A.T
        ax.fill(*letter.T, color=color, alpha=0.25)
        ax.plot(*np.vstack([letter, letter[:1]]).T, color=color)
        for x, y, end in [(-0.13, 1, 0.4), (0.38, 0.1, 0.5)]:  # beside the stem, down and up
            _arrow(ax, A @ [x, y], A @ [x, end], INK)
        middle = (letter.min(axis=0) + letter.max(axis=0)) / 2
        for limits, m in ((ax.set_xlim, middle[0]), (ax.set_ylim, middle[1])):
            limits(m - 1.6, m + 1.6)
        ax.set(title=title, xlabel=f"${name}_1$", ylabel=f"${name}_2$")
        ax.set_aspect("equal")
    return fig


def cost_against_dimension(jacobian, dimensions):
    """Seconds for the autodiff Jacobian of a small network, for slogdet, and for a sum of logarithms."""
    rng = np.random.default_rng(0)
    seconds = {"Jacobian": [], "slogdet": [], "logs": []}
    for D in dimensions:
        W, x = rng.standard_normal((D, D)) / np.sqrt(D), rng.standard_normal((1, D))
        f = _layer(W)
        J = jacobian(f, x)
        seconds["Jacobian"].append(_fastest(lambda f=f, x=x: jacobian(f, x)))
        seconds["slogdet"].append(_fastest(lambda J=J: np.linalg.slogdet(J)))
        diagonal = np.diagonal(J, axis1=1, axis2=2)
        seconds["logs"].append(_fastest(lambda d=diagonal: np.sum(np.log(np.abs(d)), axis=1)))
    fig, ax = plt.subplots(figsize=(7.5, 4.2))
    labels = {"Jacobian": "Jacobian by autodiff", "slogdet": "slogdet", "logs": "sum of D logarithms"}
    for (name, values), color in zip(seconds.items(), [INK, WRONG, RIGHT], strict=True):
        ax.loglog(dimensions, values, "o-", color=color, ms=4)
        ink = {WRONG: WRONG_INK, RIGHT: RIGHT_INK}.get(color, INK)
        ax.text(dimensions[-1] * 1.15, values[-1], labels[name], color=ink, va="center")
    late = np.array([D for D in dimensions if D >= 64])
    line = seconds["slogdet"][-1] / 4 * (late / dimensions[-1]) ** 3.0  # below the curve
    ax.loglog(late[1:], line[1:], "--", color=GREY)
    ax.text(late[-1] * 1.15, line[-1], "$\\propto D^3$", va="center")
    ax.set(xlabel="dimension D", ylabel="time (seconds)", xlim=(dimensions[0] * 0.8, dimensions[-1] * 14))
    ax.set_xticks(dimensions, [str(D) for D in dimensions])
    ax.minorticks_off()
    return fig


def _layer(W):
    return lambda x: x + anp.tanh(anp.dot(x, W))


def _fastest(work, repeats=3):
    """The shortest of a few runs, in seconds: the others were disturbed."""
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def _arrow(ax, start, end, color):
    look = {"arrowstyle": "-|>", "color": color, "lw": 2, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", end, start, arrowprops=look)
