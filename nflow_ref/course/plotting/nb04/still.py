"""The still figures of notebook 04 that take more than a few lines."""

import matplotlib.pyplot as plt
import numpy as np

from .. import DATA, GREY, INK, LATENT, RIGHT, RIGHT_INK, WRONG, WRONG_INK

LETTERS = {RIGHT: RIGHT_INK, WRONG: WRONG_INK, GREY: INK}  # of a curve in this colour


def floor(p, draws, candidates):
    """Densities for the same data, and the loss of each as a bar: the entropy, and KL above it.

    candidates: dictionary from a name to mean and standard deviation of a normal density, None for p itself.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(9.2, 3.3), width_ratios=(1.25, 1))
    line = np.linspace(-6, 6, 1201)
    truth, entropy = np.exp(p.log_prob(line)), p.entropy()
    left.fill_between(line, truth, color=DATA, alpha=0.35, lw=0)
    left.plot(draws, np.full(len(draws), -0.022), "|", color=DATA, ms=8)
    right.axvline(entropy, color=GREY, lw=1)
    for row, normal in enumerate(candidates.values()):
        kl, y, color = 0.0, -row, (WRONG, RIGHT, DATA)[row]
        if normal:
            mean, std = normal
            log_q = -0.5 * ((line - mean) / std) ** 2 - np.log(std) - np.log(2 * np.pi) / 2
            kl = np.sum(truth * (p.log_prob(line) - log_q)) * (line[1] - line[0])
            left.plot(line, np.exp(log_q), "--" if color == WRONG else "-", color=color)
        right.barh(y, entropy, height=0.5, color=GREY, alpha=0.35)
        right.barh(y, kl, left=entropy, height=0.5, color=color, alpha=0.85)
        words = f"KL = {kl:.2f}" if kl else "KL = 0"
        right.text(entropy + kl + 0.05, y, words, va="center", color=LETTERS.get(color, color))
    left.text(-1.5, 0.345, "p", color=DATA, ha="center")
    left.text(2.35, 0.25, "a poor one", color=WRONG_INK)
    left.text(-4.9, 0.165, "the best bell", color=RIGHT_INK)
    left.set(xlabel="data x", ylabel="density (1 / unit of x)", xlim=(-5, 5), ylim=(-0.05, 0.48))
    right.text(entropy - 0.06, 0.42, "floor: the entropy", ha="right", va="bottom")
    right.set(xlabel="expected loss (nats)", xlim=(0, 3.2), ylim=(-2.5, 0.85))
    right.set_yticks([-row for row in range(len(candidates))], list(candidates))
    right.tick_params(axis="y", length=0)
    return fig


def tug_of_war(mean_square, paths):
    """The two terms of the loss against a scale c, and |a| along three ways of descent.

    paths: pairs (label, values of |a|), in the order both terms, no log-det, no base term.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(9.2, 3.5))
    c = np.geomspace(0.08, 4, 300)
    base, stretch = c**2 * mean_square / 2, -np.log(c)
    left.plot(c, base, color=LATENT)
    left.plot(c, stretch, "--", color=GREY)
    left.plot(c, base + stretch, color=RIGHT)
    best = 1 / np.sqrt(mean_square)
    left.plot(best, 0.5 - np.log(best), "o", color=RIGHT)
    left.set(xscale="log", ylim=(-1.6, 4.2), xlabel="scale c of the map", ylabel="nats")
    left.set_xticks([0.1, 0.3, 1, 3], ["0.1", "0.3", "1", "3"])
    left.minorticks_off()
    left.text(0.1, 0.2, "base term", color=LATENT)
    left.text(1.15, -0.95, "$-\\log c$", ha="right")
    left.text(0.16, 2.05, "their sum", color=RIGHT_INK)
    for (label, a), color, at in zip(paths, (RIGHT, WRONG, GREY), (0.62, 0.3, 0.62), strict=True):
        right.plot(a, "--" if color == GREY else "-", color=color)
        k = int(at * len(a))
        right.text(k, a[k] * (1.35 if a[k] > 1e-3 else 2), label, color=LETTERS[color], va="bottom")
    right.set(yscale="log", ylim=(1e-9, 200), xlabel="step", ylabel="size of the slope, |a|")
    return fig


def landscape(a, b, loss, minima):
    """The loss over slope and shift as filled contours, with its minima as stars."""
    fig, ax = plt.subplots(figsize=(7.2, 4.2))
    floor = loss.min()
    levels = floor + np.array([0, 0.05, 0.15, 0.3, 0.5, 0.8, 1.2, 1.8, 2.6, 4])
    filled = ax.contourf(a, b, loss, levels, cmap="viridis_r", extend="max")
    bar = fig.colorbar(filled, ax=ax, label="loss (nats)", ticks=levels[::2])
    bar.ax.set_yticklabels([f"{level:.1f}" for level in levels[::2]])
    ax.axvline(0, color="white", lw=2)
    for x, y in minima:
        ax.plot(x, y, "*", color="white", ms=15, mec="black", mew=0.8)
    ax.set(xlabel="slope a", ylabel="shift b")
    return fig


def two_directions(line, density, forward, reverse):
    """A density with two peaks, and the normal densities that are nearest to it in either direction."""
    fig, ax = plt.subplots(figsize=(8, 3.4))
    ax.fill_between(line, density, color=DATA, alpha=0.35, lw=0)
    ax.plot(line, forward, color=RIGHT)
    ax.plot(line, reverse, "--", color=WRONG)
    ax.text(1.85, 0.38, "p", color=DATA)
    ax.text(-4.9, 0.13, "smallest KL(p ‖ q):\nmaximum likelihood", color=RIGHT_INK)
    ax.text(-0.85, 0.44, "smallest KL(q ‖ p)", color=WRONG_INK)
    ax.set(xlabel="data x", ylabel="density (1 / unit of x)", ylim=(0, 0.54), xlim=(-5, 4))
    return fig


def trained(panels):
    """For each toy density: histogram, true and learned density above; learned and exact map below.

    panels: pairs (title, dictionary with line, x, density, learned, straight, f, exact).
    """
    fig, axes = plt.subplots(2, len(panels), figsize=(9, 5), height_ratios=(1, 1), sharex="col")
    for (top, bottom), (title, d) in zip(axes.T, panels, strict=True):
        top.hist(d["x"], bins=80, range=(d["line"][0], d["line"][-1]), density=True, color=DATA, alpha=0.3)
        top.plot(d["line"], d["straight"], "--", color=GREY, lw=1.5)
        top.plot(d["line"], d["learned"], color=INK)
        top.set(title=title, ylabel="density (1 / unit of x)")
        bottom.plot(d["line"], d["exact"], color=RIGHT, lw=7, alpha=0.45)
        bottom.plot(d["line"], d["f"], color=INK)
        bottom.set(xlabel="data x", ylabel="latent z", ylim=(-4, 4))
    axes[0, 0].text(-4.4, 0.29, "learned")
    axes[0, 1].text(2.1, 0.2, "best normal")
    axes[1, 0].text(-2.7, 0.6, "exact map $\\Phi^{-1}(F(x))$", color=RIGHT_INK, ha="center")
    axes[1, 0].text(0.4, -1.3, "learned map")
    return fig


def limits(line, left, far, right):
    """Log-densities: p, learned and learned in other parameters on line; p and learned on far."""
    fig, (a, b) = plt.subplots(1, 2, figsize=(9.2, 3.3))
    for ax, x, (truth, learned, *others) in (a, line, left), (b, far, right):
        ax.plot(x, np.exp(truth), color=DATA, lw=6, alpha=0.5)
        for other in others:
            ax.plot(x, np.exp(other), color=WRONG)
        ax.plot(x, np.exp(learned), color=INK)
        ax.set(yscale="log", xlabel="data x", ylim=(1e-7, 2))
    a.set(title="TwoPeaks", ylabel="density (1 / unit of x)", ylim=(1e-4, 2))
    b.set(title="Gumbel")
    a.plot([0.3, 0.4], [0.75, 0.075], color=WRONG_INK, lw=0.8)
    a.text(0.25, 0.85, "other parameters", color=WRONG_INK, ha="center")
    a.text(0.4, 0.008, "learned", ha="center")
    a.text(-4.6, 6e-3, "p", color=DATA)
    b.text(8.2, 1.2e-3, "p", color=DATA)
    b.text(6.5, 3e-6, "learned")
    return fig


def overfitting(loss, watched, entropy, line, truth, few, curves):
    """Training and validation loss of a flow with too few data, and its density at two moments.

    watched: the history of a `fit` with validation data. curves: pairs (label, density on line), first
    for the last parameters, then for the best ones.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(9.6, 3.5))
    steps, valid = watched["valid_step"], watched["valid_loss"]
    best = steps[int(np.argmin(valid))]
    left.plot(loss, color=DATA)
    left.plot(steps, valid, color=INK)
    left.axhline(entropy, color=GREY, lw=1)
    left.axvline(best, color=RIGHT, lw=1, ls="--")
    left.set(xlabel="step", ylabel="mean negative log-likelihood (nats)")
    left.set(ylim=(min(loss) - 0.1, max(valid) + 0.25), xlim=(0, len(loss) * 1.02))
    place = len(loss) * 31 // 50
    left.text(place, loss[place] - 0.03, "training", color=DATA, ha="right", va="top")
    middle = len(steps) * 3 // 5
    left.text(steps[middle], valid[middle] - 0.08, "validation", va="top")
    left.text(len(loss), entropy + 0.03, "entropy", ha="right", va="bottom")
    left.text(best + 20, max(valid) + 0.2, "best on validation", color=RIGHT_INK, va="top")
    right.fill_between(line, truth, color=DATA, alpha=0.3, lw=0)
    (last_label, last), (best_label, best) = curves
    right.plot(line, last, color=WRONG, lw=1.2)
    right.plot(line, best, color=RIGHT)
    right.plot(few, np.full(len(few), -0.06), "|", color=DATA, ms=9)
    right.text(-2.6, 1.25, last_label, color=WRONG_INK)
    right.text(-2.6, 1.1, best_label, color=RIGHT_INK)
    right.text(-2.6, 0.95, "true density", color=DATA)
    right.set(xlabel="data x", ylabel="density (1 / unit of x)", ylim=(-0.12, 1.45))
    return fig


def ink(total, line, normal, learned):
    """A histogram of the ink totals, with the best normal density and the learned one."""
    fig, ax = plt.subplots(figsize=(8, 3.5))
    ax.hist(total, bins=np.arange(180, 441, 6), density=True, color=DATA, alpha=0.35)
    ax.plot(line, normal, "--", color=GREY)
    ax.plot(line, learned, color=INK)
    ax.text(241, 0.0082, "learned", ha="right")
    ax.plot([242, 251], [0.0084, 0.0084], color=INK, lw=0.8)
    ax.text(241, 0.0042, "best normal", ha="right")
    ax.plot([243, 259], [0.0044, 0.0038], color=GREY, lw=0.8)
    ax.set(xlabel="total ink of an image (counted dots)", ylabel="density (1 / dot)", xlim=(180, 440))
    return fig
