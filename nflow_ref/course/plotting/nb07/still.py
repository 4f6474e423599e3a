"""The figures of notebook 07 that stand still."""

import matplotlib.pyplot as plt
import numpy as np

from .. import DATA, GREY, INK, LATENT, RIGHT, RIGHT_INK, WRONG, WRONG_INK

DPI = 80  # for figures with much detail: the notebook has to stay small
COLORS = {"without": WRONG, "in front": INK, "before each": RIGHT}
INKS = {"without": WRONG_INK, "in front": INK, "before each": RIGHT_INK}  # for letters
STYLES = {"without": "-", "in front": "--", "before each": "-"}
WIDTHS = {"without": 1.6, "in front": 1.2, "before each": 4}
MARKS = {"without": "s", "in front": "o", "before each": "^"}


def widths(curves):
    """Standard deviations of the coordinates against depth: (start, norms) -> (depths, widths (n, D))."""
    fig, axes = plt.subplots(1, 2, figsize=(10, 3.6), sharey=True, dpi=DPI)
    fig.get_layout_engine().set(wspace=0.05)
    starts = list(dict.fromkeys(start for start, _ in curves))
    for ax, start in zip(axes, starts, strict=True):
        for norms, color in COLORS.items():
            depth, width = curves[start, norms]
            ax.plot(depth, width, STYLES[norms], color=color, lw=1.4)
        ax.set(yscale="log", xlabel="couplings passed", title=start)
        ax.set(xlim=(0, 32), xticks=range(0, 33, 8))
    axes[0].set_ylabel("standard deviation")
    axes[0].text(16, 60, "without ActNorm", color=INKS["without"], ha="center", va="bottom")
    axes[0].text(
        16, 0.75, "one in front, or one before each", color=INKS["before each"], ha="center", va="top"
    )
    axes[1].text(8.5, 1e9, "without", color=INKS["without"], ha="right")
    axes[1].text(23, 1.5e2, "one in front", color=INKS["in front"], ha="left")
    axes[1].text(24, 0.2, "one before each", color=INKS["before each"], ha="center", va="top")
    return fig


def training(losses, gaps):
    """Loss above the entropy against the step; gaps of five seeds: (start, depth, norms) -> gaps."""
    fig, axes = plt.subplots(1, 3, figsize=(11, 3.6), dpi=DPI)
    for norms in ["without", "before each", "in front"]:
        color = "black" if norms == "in front" else COLORS[norms]  # for it lies on the green one
        axes[0].plot(losses[norms], STYLES[norms], color=color, lw=WIDTHS[norms])
    axes[0].set(yscale="log", title="16 couplings, one seed", xlabel="step")
    axes[0].set_ylabel("loss above the entropy (nats)")
    for ax, start, norms in [(axes[1], "zero", list(COLORS)), (axes[2], "random", list(COLORS)[1:])]:
        for k, name in enumerate(norms):
            for place, depth in enumerate([4, 16, 32]):
                x = place + 0.24 * (k - (len(norms) - 1) / 2) + np.linspace(-0.06, 0.06, 5)
                ax.plot(x, gaps[start, depth, name], MARKS[name], color=COLORS[name], ms=5)
        ax.set(yscale="log", xlim=(-0.5, 2.5), xlabel="couplings", ylabel="gap (nats)")
        ax.set_xticks([0, 1, 2], ["4", "16", "32"])
    axes[1].set_yticks([2, 5, 10, 20], ["2", "5", "10", "20"])
    axes[1].yaxis.set_minor_formatter(plt.NullFormatter())
    axes[0].set_ylim(0.4)
    axes[1].set_title("last layers at zero, 50 steps")
    axes[2].set_title("at random, 200 steps")
    axes[2].set_ylim(0.02)
    for ax, x, y, norms, text in [
        (axes[0], 48, 60, "without", "without"),
        (axes[0], 48, 4, "before each", "one before each"),
        (axes[0], 48, 0.6, "in front", "- - one in front"),
        (axes[1], 1.9, 24, "without", "■ without"),
        (axes[2], 1.7, 1e8, "in front", "● one in front"),
        (axes[2], 2.45, 0.05, "before each", "▲ one before each"),
    ]:
        ax.text(x, y, text, color=INKS[norms], ha="right", va="bottom")
    return fig


def batch_jacobians(left, right):
    """Two matrices of derivatives between the examples of a batch, with their numbers."""
    fig, axes = plt.subplots(1, 2, figsize=(8, 4), dpi=DPI)
    top = max(np.abs(left).max(), np.abs(right).max())
    for ax, J, title in [(axes[0], left, "batch normalization"), (axes[1], right, "ActNorm")]:
        _matrix(ax, J, top)
        for (n, k), value in np.ndenumerate(J):
            if value:
                color = "white" if abs(value) > 0.6 * top else "black"
                ax.text(k, n, f"{value:.2f}", ha="center", va="center", fontsize=9, color=color)
        ax.set_title(title)
        ax.set_xlabel("example $x_k$", color=DATA)
    axes[0].set_ylabel("latent $z_n$", color=LATENT)
    return fig


def channels(x, z, z_later):
    """Histograms of the channels of a batch, before and behind an ActNorm, and of a later batch behind it."""
    fig, axes = plt.subplots(1, 3, figsize=(11, 3.2), dpi=DPI)
    span = (z_later.min(), np.percentile(z_later, 99.5))
    panels = [(x, DATA, "x", (-8.5, np.percentile(x, 99.8)), 100)]
    panels += [(values, LATENT, "z", span, 70) for values in (z, z_later)]
    for ax, (values, color, name, ends, bins) in zip(axes, panels, strict=True):
        for c, width in enumerate((2.2, 1.5, 0.9)):
            style = {"histtype": "step", "color": color, "lw": width}
            ax.hist(values[..., c].ravel(), bins=np.linspace(*ends, bins), density=True, **style)
        ax.set(xlabel=f"value of ${name}$", yticks=[], xlim=ends)
        ax.set_ylim(top=1.15 * ax.get_ylim()[1])
    axes[0].set_ylabel("density")
    axes[0].tick_params(labelcolor=plt.rcParams["ytick.labelcolor"])  # lighter: see use_style
    for c, (place, height) in enumerate([(8, 0.23), (-3.9, 0.52), (4.2, 0.82)]):
        axes[0].text(place, height, f"channel {c + 1}", color=DATA, ha="center")
    for ax, words in [(axes[1], "means 0, variances 1"), (axes[2], "other means, variances 4")]:
        ax.text(0.97, 0.9, words, color=LATENT, ha="right", transform=ax.transAxes)
    axes[0].set_title("the first batch", color=DATA)
    axes[1].set_title("behind the ActNorm", color=LATENT)
    axes[2].set_title("a later batch behind it", color=LATENT)
    return fig


def whole_image(by_location, by_channel, height, width, count):
    """The Jacobian of one image, sorted location by location and channel by channel, with its blocks."""
    fig, axes = plt.subplots(1, 2, figsize=(8.4, 4.4), dpi=DPI)
    fig.get_layout_engine().set(wspace=0.06)
    top = np.abs(by_location).max()
    sizes = (count, height * width)
    titles = (
        f"{height * width} locations of {count} channels",
        f"{count} channels of {height * width} locations",
    )
    for ax, J, size, title in zip(axes, (by_location, by_channel), sizes, titles, strict=True):
        _matrix(ax, J, top)
        for start in range(0, len(J), size):
            box = plt.Rectangle((start - 0.5, start - 0.5), size, size, fill=False, ec=INK, lw=1.6)
            ax.add_patch(box)
        values = list(dict.fromkeys(np.diag(J)))
        for k, value in enumerate(np.diag(J)):
            name = f"$s_{values.index(value) + 1}$"
            color = "white" if abs(value) > 0.6 * top else "black"
            ax.text(k, k, name, ha="center", va="center", fontsize=10, color=color)
        ax.set_title(title)
        ax.set_xlabel("input $x_{\\ell c}$", color=DATA)
    axes[0].set_ylabel("output $z_{\\ell c}$", color=LATENT)
    return fig


def rounding(ratios, errors, forms):
    """The mean behind an ActNorm, which should be 0, against |m|/σ: (form, precision) -> errors."""
    fig, ax = plt.subplots(figsize=(7, 3.8), dpi=DPI)
    units = {"float32": 2.0**-24, "float64": 2.0**-53}
    for (precision, unit), color in zip(units.items(), ("#A87400", INK), strict=True):
        ax.loglog(ratios, unit * ratios, "-", color=color, lw=0.9)
        for form, filling in zip(forms, (color, "none"), strict=True):
            ax.loglog(ratios, errors[form, precision], "o", color=color, mfc=filling, ms=6)
            place = ratios[-1] * 1.6, errors[form, precision][-1]
            ax.text(*place, f"{form}, {precision}", color=color, va="center")
    ax.set(xlabel="|m| / σ of the channel", ylabel="|mean of z|", xlim=(ratios[0] * 0.6, ratios[-1] * 4000))
    ax.set_xticks(ratios[::2])
    return fig


def far(offsets, scales, gaps):
    """Gap after training against the offset and the scale of the data: (form, scale, offset) -> nats."""
    fig, axes = plt.subplots(1, 2, figsize=(10, 3.6), sharey=True, dpi=DPI)
    styles = {"Glow's form": (WRONG, "o-"), "m learned": (GREY, "s--"), "m held": (RIGHT, "D-")}
    for ax, values, place in [(axes[0], offsets, lambda v: (1, v)), (axes[1], scales, lambda v: (v, 0))]:
        for size, (form, (color, style)) in enumerate(styles.items()):
            gap = [gaps[form, *place(v)] for v in values]
            ax.plot(range(len(values)), gap, style, color=color, lw=1.6, ms=9 - 2 * size)
        ax.set_yscale("log")
        ax.set_xticks(
            range(len(values)), [f"{v:,.0f}" if v == 0 or 1 <= v < 1e4 else power(v) for v in values]
        )
    axes[0].set(ylabel="gap (nats)", xlabel="offset of the data", title="data far from 0")
    axes[1].set(xlabel="scale of the data", title="data in other units")
    axes[0].set_ylim(0.15, None)
    axes[0].text(2.4, 60, "Glow's form", color=INKS["without"], ha="right")
    axes[1].text(1.5, 60, "m learned", color=INKS["in front"], ha="left")
    axes[0].text(4, 0.25, "m held, and m learned", color=INKS["before each"], ha="right")
    axes[1].text(4, 0.25, "m held, and Glow's form", color=INKS["before each"], ha="right")
    return fig


def power(value):
    return f"$10^{{{round(np.log10(value))}}}$"


def again(sizes, gaps, before, log_p, log_p_before):
    """A trained flow whose ActNorms are initialised again on batches of several sizes."""
    fig, axes = plt.subplots(1, 2, figsize=(9.4, 3.5), dpi=DPI)
    for ax, values, level in [(axes[0], gaps, before), (axes[1], log_p, log_p_before)]:
        ax.axhline(level, color=RIGHT)
        for size in sizes:
            ax.plot(np.full(len(values[size]), size), values[size], "o", color=WRONG, ms=6, alpha=0.75, mew=0)
        ax.set_xscale("log", base=2)
        ax.set_xticks(sizes, [f"{size:,}" for size in sizes])
        ax.set(xlabel="examples in the batch of the second initialisation", xlim=(11, 6000))
    axes[0].set(ylabel="gap (nats)", title="the flow", ylim=(0, None))
    axes[1].set(ylabel="log p of the point (nats)", title="one point")
    axes[0].text(5800, 0.94 * before, "as trained", color=INKS["before each"], va="top", ha="right")
    axes[0].text(20, max(gaps[sizes[0]]), " initialised again", color=INKS["without"], va="center")
    return fig


def _matrix(ax, J, top):
    ax.imshow(np.where(J == 0, np.nan, J), cmap="PuOr_r", vmin=-top, vmax=top)
    ax.set(xticks=[], yticks=[])
    ax.set_xticks(np.arange(len(J) + 1) - 0.5, minor=True)
    ax.set_yticks(np.arange(len(J) + 1) - 0.5, minor=True)
    ax.grid(which="minor", color=GREY, lw=0.4)
    ax.tick_params(which="both", length=0)
    ax.spines[["top", "right"]].set_visible(True)
