"""The still figures of notebook 10 that take more than a few lines."""

import matplotlib.pyplot as plt
import numpy as np

from .. import DATA, GREY, INK, LATENT, RIGHT, RIGHT_INK, WRONG, WRONG_INK, image_grid, learning_curve

DPI = 90


def cheat(density, widths, reported, noisy, entropy):
    """The density p_v on a few cells, and what it costs per pixel without and with noise.

    Args:
        density: a function (y, v) of points y in units of the cell width.
        widths: values of v, from 1 downwards.
        reported, noisy: bits per pixel for each of them.
        entropy: the bits that no honest number can beat.
    """
    fig, axes = plt.subplots(1, 2, figsize=(10.4, 3.6), dpi=DPI, width_ratios=[1, 1.25])
    y = np.linspace(6.0005, 8.9995, 4000)
    for v, color, lw, style in [(1.0, GREY, 2, "-"), (0.12, WRONG, 1.6, "-")]:
        axes[0].plot(y, density(y, v), color=color, lw=lw, ls=style)
    for k in (6, 7, 8):
        axes[0].plot(k + 0.5, -0.035, "^", color=DATA, ms=7, clip_on=False)
    top = density(np.array([6.5, 7.5, 8.5]), 0.12).max()
    axes[0].text(8.62, 0.92 * top, "v = 0.12", color=WRONG_INK)
    axes[0].text(8.66, density(np.array([8.5]), 1.0)[0] + 0.03 * top, "v = 1")
    axes[0].set(xticks=[6, 7, 8, 9], xlim=(6, 9), ylim=(0, 1.05 * top))
    axes[0].set(xlabel="17 y: cells of the levels 6, 7, 8", ylabel="density of y")
    axes[1].semilogx(widths, reported, color=WRONG, base=2)
    axes[1].semilogx(widths, noisy, color=RIGHT, base=2)
    axes[1].axhline(entropy, color=GREY, lw=1, ls="--")
    axes[1].text(widths[-1], entropy - 0.22, "entropy", va="top", ha="right")
    axes[1].text(widths[-1], noisy[-1] + 0.15, "with noise", color=RIGHT_INK, ha="right")
    axes[1].text(2**-4.6, -3.9, "without noise", color=WRONG_INK, ha="right")
    axes[1].axhline(0, color=GREY, lw=0.8)
    axes[1].set(xlabel="width v of the spikes, in cells", ylabel="bits per pixel")
    axes[1].invert_xaxis()
    return fig


def learning(history, cheating, baseline, unit):
    """The learning curves of the flow, and of one that is trained without noise."""
    fig, axes = plt.subplots(1, 2, figsize=(10.8, 3.7), dpi=DPI, width_ratios=[1.5, 1])
    learning_curve(axes[0], history, unit)
    for text in list(axes[0].texts):  # here the validation runs below the training: other places are free
        text.remove()
    steps = len(history["loss"])
    axes[0].text(0.3 * steps, 2.26, "training", color=DATA)
    axes[0].text(0.6 * steps, 1.85, "validation", ha="center")
    axes[0].axhline(baseline, color=GREY, lw=1)
    axes[0].text(steps, baseline + 0.06, "pixel by pixel, validation", ha="right")
    axes[0].set(xlabel="step", ylabel="bits per dimension", ylim=(1.8, 3.1))
    axes[0].set_title("with noise and moved images")
    without, valid = unit(cheating["loss"]), unit(cheating["valid_loss"])
    axes[1].semilogy(np.maximum(without, 0.25), color=WRONG, lw=1)
    axes[1].semilogy(cheating["valid_step"], valid, "o-", color=INK, ms=4, lw=1)
    axes[1].text(0.55 * len(without), 0.5, "reported, training", color=WRONG_INK, ha="center", va="center")
    axes[1].text(0.42 * len(without), 300, "validation,\nwith noise", ha="right", va="bottom")
    axes[1].axhline(np.log2(17), color=GREY, lw=1)
    axes[1].text(len(without), np.log2(17) * 1.12, "uniform", ha="right", va="bottom")
    axes[1].set(xlabel="step", ylim=(0.3, None))
    axes[1].set_title("without noise")
    return fig


def bars(bits, ours=1):
    """Test bits per dimension of some models; the last ones are flows."""
    fig, ax = plt.subplots(figsize=(8.2, 0.33 * len(bits) + 0.7), dpi=DPI)
    names = list(bits)[::-1]
    drawn = ax.barh(names, [bits[name] for name in names], color=[DATA] * ours + [GREY] * (len(names) - ours))
    ax.bar_label(drawn, fmt="%.2f", padding=4)
    ax.tick_params(axis="y", length=0)
    ax.set(xlabel="test bits per dimension (lower is better)", xlim=(0, 4.7))
    return fig


def ablation(scores, full):
    """A dot for each seed, a line and a number at the mean.

    Args:
        scores: name -> array of validation bits per dimension, one for each seed.
        full: the name of the variant to compare with.
    """
    fig, ax = plt.subplots(figsize=(8.6, 0.42 * len(scores) + 0.9), dpi=DPI)
    ax.axvspan(np.min(scores[full]), np.max(scores[full]), color=DATA, alpha=0.13, lw=0)
    for row, (name, values) in enumerate(scores.items()):
        color = DATA if name == full else INK
        mean = np.mean(values)
        ax.plot(values, np.full(len(values), row), "o", color=color, alpha=0.8, ms=7, mec="none")
        ax.plot([mean, mean], [row - 0.28, row + 0.28], color=color)
        ax.text(np.max(values) + 0.012, row, f"{mean:.2f}", color=color, va="center", size=10)
    ax.set(yticks=range(len(scores)), yticklabels=scores, ylim=(len(scores) - 0.5, -0.5))
    low, high = (pick([pick(values) for values in scores.values()]) for pick in (np.min, np.max))
    ax.set(xlim=(low - 0.03, high + 0.05), xlabel="validation bits per dimension after the short training")
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x", color=GREY, alpha=0.35, lw=0.7)
    ax.set_axisbelow(True)
    return fig


def blocks(panels, columns=4, side=0.66):
    """Blocks of images, each image `side` inches wide: title -> (images (N, H, W, 1) from 0 to 1, colour)."""
    count = len(next(iter(panels.values()))[0])
    width, height = (side * columns + 0.3) * len(panels), side * -(-count // columns) + 0.4
    fig, axes = plt.subplots(1, len(panels), figsize=(width, height), dpi=DPI)
    fig.get_layout_engine().set(wspace=0.3 / side / columns)
    for ax, (title, (images, color)) in zip(axes, panels.items(), strict=True):
        image_grid(ax, images, columns)
        ax.set_title(title, color=color)
    return fig


def rows(labelled, gaps=()):
    """Rows of images with a label at the left: pairs (label, images); a line before the rows in `gaps`."""
    columns = len(labelled[0][1])
    fig, axes = plt.subplots(len(labelled), 1, figsize=(0.72 * columns + 2.2, 0.76 * len(labelled)), dpi=DPI)
    for k, (ax, (label, images)) in enumerate(zip(axes, labelled, strict=True)):
        image_grid(ax, np.clip(images, 0, 1), columns=columns)
        height = images.shape[1]
        ax.text(-0.19 * height, (height - 1) / 2, label, ha="right", va="center", size=11)
        if k in gaps:
            ax.plot([0, 1], [1.1, 1.1], color=GREY, lw=0.8, clip_on=False, transform=ax.transAxes)
    return fig


def neighbours(samples, nearest, distances):
    """Samples above their nearest training images, and how near the nearest is: name -> (values, colour)."""
    fig = plt.figure(figsize=(10.8, 3.0), dpi=DPI)
    left, right = fig.subfigures(1, 2, width_ratios=[1.9, 1])
    axes = left.subplots(4, 1, height_ratios=[1, 1, 1, 1])
    half = len(samples) // 2
    for k, ax in enumerate(axes):
        part = (samples, nearest)[k % 2][half * (k // 2) : half * (k // 2 + 1)]
        image_grid(ax, part, columns=half)
        label = ("sample", "nearest")[k % 2]
        ax.text(-1.5, 3.5, label, ha="right", va="center", size=10, color=(DATA, INK)[k % 2])
    ax = right.subplots()
    edges = np.linspace(0, 1.05 * max(np.max(values) for values, _ in distances.values()), 25)
    for name, (values, color) in distances.items():
        ax.hist(values, edges, density=True, histtype="step", color=color, lw=2)
        height = np.histogram(values, edges, density=True)[0].max()
        side = "left" if color == DATA else "right"
        at = np.median(values) * (1.18 if side == "left" else 0.8)
        ax.text(at, height * 0.9, name, color=INK if color == GREY else color, ha=side)
    ax.set(xlabel="distance to the nearest (levels)", yticks=[], ylabel="share", xlim=(0, edges[-1]))
    return fig


def likelihoods(sets, unit_label="bits per dimension (lower is more likely)"):
    """For each set of images an example and the spread of its scores: name -> (image, scores, colour)."""
    fig, axes = plt.subplots(
        1, 2, figsize=(10.4, 0.55 * len(sets) + 0.9), dpi=DPI, width_ratios=[0.12, 1], sharey=True
    )
    for row, (image, scores, color) in enumerate(sets.values()):
        axes[0].imshow(image[..., 0], cmap="gray_r", vmin=0, vmax=1, extent=(0, 0.84, row + 0.42, row - 0.42))
        low, high = np.quantile(scores, [0.05, 0.95])
        axes[1].plot([low, high], [row, row], color=color, lw=7, alpha=0.45, solid_capstyle="butt")
        axes[1].plot(np.median(scores), row, "|", color=color, ms=16, mew=3)
    for row in range(len(sets)):
        axes[0].plot(
            [0, 0.84, 0.84, 0, 0], row + np.array([-0.42, -0.42, 0.42, 0.42, -0.42]), color=GREY, lw=0.6
        )
    axes[0].set(xlim=(-0.02, 0.86), ylim=(len(sets) - 0.5, -0.5), xticks=[], yticks=range(len(sets)))
    axes[0].set_yticklabels(sets)
    axes[0].set_aspect("equal", anchor="E")
    axes[0].tick_params(length=0)
    axes[0].spines[["left", "bottom"]].set_visible(False)
    axes[1].tick_params(axis="y", length=0)
    axes[1].spines["left"].set_visible(False)
    axes[1].axvline(np.log2(17), color=GREY, lw=1, ls="--")
    axes[1].text(np.log2(17), -0.62, "uniform density", ha="center", size=10)
    axes[1].grid(axis="x", color=GREY, alpha=0.35, lw=0.7)
    axes[1].set(xlabel=unit_label, xscale="log")
    ticks = [1, 2, 3, 4, 6, 10, 20, 40]
    axes[1].set_xticks(ticks, labels=[f"{t}" for t in ticks])
    axes[1].minorticks_off()
    return fig


def latent_lengths(panels):
    """Histograms of lengths: name -> (values, colour)."""
    fig, ax = plt.subplots(figsize=(8.2, 2.9), dpi=DPI)
    edges = np.linspace(0, 12, 121)
    for name, (values, color, at) in panels.items():
        density, _ = np.histogram(values, edges, density=True)
        ax.stairs(density, edges, color=color, alpha=0.35, fill=True)
        ax.stairs(np.where(density > 0, density, np.nan), edges, color=color, lw=1.2)
        ink = {GREY: INK, WRONG: WRONG_INK}.get(color, color)
        ax.text(np.mean(values) + at, density.max() * 1.03, name, color=ink, ha="center")
    ax.set(xlim=(0, 12), xlabel="length of the latent", ylabel="density", ylim=(0, 0.95))
    ax.plot(0, 0, "o", color=LATENT, ms=9, clip_on=False)
    ax.text(0.2, 0.05, "the mode", color=LATENT)
    return fig
