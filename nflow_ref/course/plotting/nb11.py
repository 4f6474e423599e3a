"""The figures of notebook 11."""

import matplotlib.pyplot as plt
import numpy as np

from ..slider import Panel, Slider, dots, line
from . import DATA, GREY, INK, LATENT, RIGHT, RIGHT_INK, WRONG, WRONG_INK

INKS = {RIGHT: RIGHT_INK, WRONG: WRONG_INK}  # for letters in these colours


def there_and_back():
    """A chain of two layers and the log-density: values to the right, derivatives to the left."""
    fig, ax = plt.subplots(figsize=(9, 3.7), dpi=90)
    box = {"boxstyle": "round,pad=0.5", "fc": "#eeeeee", "ec": INK}
    names = ["$x$", "$h$", "$z$", "$\\log p(x)$"]
    bars = ["$\\bar{x}$", "$\\bar{h}$", "$\\bar{z}$", "$g$"]
    for k, (name, bar) in enumerate(zip(names, bars, strict=True)):
        color = (DATA, INK, LATENT, INK)[k]
        side = {"ha": "left" if k == 3 else "center", "va": "center", "fontsize": 15}
        ax.text(3 * k - 0.15 * (k == 3), 1, name, color=color, **side)
        ax.text(3 * k, 0, bar, color=color, ha="center", va="center", fontsize=15)
        if k < 3:
            middle = 3 * k + 1.5
            label = ("layer 1", "layer 2", "base")[k]
            for y, start, end in [(1, 3 * k + 0.35, 3 * k + 3 - 0.35), (0, 3 * k + 3 - 0.35, 3 * k + 0.35)]:
                arrow = {"arrowstyle": "-|>", "lw": 1.5, "color": INK if y else RIGHT}
                ax.annotate("", (end, y), (start, y), arrowprops=arrow)
            inside = {"ha": "center", "va": "center", "fontsize": 11, "color": "black"}
            ax.text(middle, 1, label, bbox=box, **inside)
            ax.text(middle, 0, "its VJP", bbox=box | {"ec": RIGHT}, **inside)
            ax.annotate("", (middle, 0.24), (middle, 0.76), arrowprops={"arrowstyle": "-|>", "color": GREY})
            if k < 2:
                ax.annotate("", (middle, -0.68), (middle, -0.25), arrowprops=arrow)
                ax.text(middle, -0.85, f"$\\bar{{\\theta}}_{k + 1}$", ha="center", va="center", fontsize=14)
                beside = middle + 0.42  # g reaches the VJP of each layer, beside the bar of its parameters
                ax.annotate("", (beside, -0.27), (beside, -1.25), arrowprops=arrow | {"lw": 1})
                ax.plot([middle, middle], [1.25, 1.7], color=INK, lw=1)
                ax.text(middle + 0.08, 1.43, f"log-det {k + 1}", fontsize=10, va="center")
    ax.plot([1.5, 9], [1.7, 1.7], color=INK, lw=1)
    ax.annotate("", (9, 1.2), (9, 1.7), arrowprops={"arrowstyle": "-|>", "color": INK, "lw": 1})
    ax.plot([9, 9, 1.5 + 0.42], [-0.2, -1.25, -1.25], color=RIGHT, lw=1)
    ax.text(-0.75, 1, "forward", ha="right", va="center")
    ax.text(-0.75, 0, "backward", color=RIGHT_INK, ha="right", va="center")
    ax.set(xlim=(-2.4, 10.4), ylim=(-1.4, 1.85))
    ax.axis("off")
    return fig


def with_and_without(curves, latents):
    """Training by a right and by a wrong backward pass: title -> mean log-densities, title -> z (N, 2)."""
    fig, axes = plt.subplots(1, 3, figsize=(9.5, 3.1), width_ratios=(1.25, 1, 1))
    for (title, curve), color in zip(curves.items(), (RIGHT, WRONG), strict=True):
        axes[0].plot(curve, color=color)
        place = {"xytext": (0, 6), "textcoords": "offset points", "ha": "right"}
        axes[0].annotate(title, (len(curve), curve[-1]), color=INKS[color], **place)
    axes[0].set(xlabel="step", ylabel="log-density (nats, mean)", title="on the way", ylim=(None, 0.4))
    angle = np.linspace(0, 2 * np.pi, 100)
    for ax, (title, z), color in zip(axes[1:], latents.items(), (RIGHT, WRONG), strict=True):
        for radius in (1, 2):
            ax.plot(radius * np.cos(angle), radius * np.sin(angle), color=GREY, lw=0.8)
        ax.scatter(*z.T, s=4, color=LATENT, alpha=0.6, linewidths=0)
        ax.set(xlim=(-3.2, 3.2), ylim=(-3.2, 3.2), xlabel="$z_1$", aspect="equal")
        ax.set_title(f"latents, {title}", color=INKS[color])
    axes[1].set_ylabel("$z_2$", labelpad=0)
    return fig


def on_the_way(steps, curves, latents):
    """A slider: the latents of both flows as they are trained.

    Args:
        steps: numbers of steps, from 1.
        curves: title -> the mean log-density after each step.
        latents: title -> one array (N, 2) for each of the numbers of steps, drawn as far as there is place.
    """
    angle = np.linspace(0, 2 * np.pi, 49)
    x, y = (np.concatenate([r * f(angle) for r in (1, np.nan, 2)]) for f in (np.cos, np.sin))
    circles = line(x, y, GREY)

    def says(k):
        now = [
            f"{title} {curve[steps[k] - 1]:.1f} nats, latents {np.std(latents[title][k]):.2f} wide"
            for title, curve in curves.items()
        ]
        return f"step {steps[k]}: {', '.join(now)}"

    return Slider(
        "step",
        range(len(steps)),
        lambda k: [[circles, dots(*z[k][:160].T, LATENT, 20)] for z in latents.values()],
        [Panel(f"latents, {title}", (-3.2, 3.2), (-3.2, 3.2), ("z₁", "z₂"), height=1) for title in latents],
        says=says,
        alt="Two panels with the latents of 160 points, at first two half moons in both. With g they spread "
        "step by step until they are a round cloud that fills the circles of radius 1 and 2. Without g they "
        "shrink, within a few dozen steps, to one dot at 0.",
        seconds=6,
        varies=True,
    )


def step_times(times):
    """times: title -> (by autograd, by hand), in milliseconds."""
    fig, axes = plt.subplots(1, len(times), figsize=(8.5, 2.2))
    for ax, (title, pair) in zip(axes, times.items(), strict=True):
        _bars(ax, ["plain autograd", "by hand"], pair, [GREY, RIGHT])
        ax.set(title=title, xlabel="time (ms)")
    return fig


def experiments(times):
    """times: title -> {label: time}, drawn as multiples of the first."""
    fig, axes = plt.subplots(2, 2, figsize=(9.5, 4.8))
    fig.get_layout_engine().set(hspace=0.1)
    for ax, (title, pair) in zip(axes.flat, times.items(), strict=True):
        values = np.array(list(pair.values()))
        _bars(ax, list(pair), values / values[0], [GREY, RIGHT])
        ax.set(title=title, xlabel="time, as a multiple of the first way")
    return fig


def _bars(ax, labels, values, colors):
    ax.barh(np.arange(len(values)), values, color=colors, height=0.6)
    ax.set(yticks=np.arange(len(values)), yticklabels=labels, ylim=(len(values) - 0.5, -0.5), xlim=(0, None))
    ax.tick_params(axis="y", length=0)
