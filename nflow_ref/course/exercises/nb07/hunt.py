"""Exercise 7.5: find the bug in an ActNorm, by a test."""

import autograd.numpy as np

from ..engine import Misconception
from ..hunt import Hunt
from .implementations import ALL, RIGHT, WRONG


def is_right(implementation):
    """True if an ActNorm is right, False if it has a mistake.

    layer = implementation(x) is initialised on the first batch x, (N, H, W, C). Then layer.forward(x) gives
    (z, log_det) for any batch, with one log-det for each example, and layer.inverse(z) gives x.
    """
    first = np.exp(np.sin(np.arange(48.0) ** 2)).reshape(2, 4, 3, 2)
    later = np.exp(first)  # another mean, another width
    layer = implementation(first)
    z, log_det = layer.forward(later)
    m, s = np.mean(first, axis=(0, 1, 2)), 1 / np.std(first, axis=(0, 1, 2))
    right_log_det = 4 * 3 * np.sum(np.log(s))
    return (
        np.allclose(z, s * (later - m))
        and np.allclose(log_det, right_log_det)
        and np.allclose(layer.inverse(z), later)
    )


def images(n=2, height=4, width=3, channels=2, start=0.0):
    """A batch of skewed values, with another width in each channel."""
    waves = np.sin((np.arange(n * height * width * channels) + start) ** 2)
    return np.exp(waves.reshape(n, height, width, channels)) * np.arange(1, channels + 1)


def agrees(layer, first, later, parts="z log_det x"):
    """Whether a layer initialised on `first` does with `later` what it should, in some parts."""
    m, s = np.mean(first, axis=ALL), 1 / np.std(first, axis=ALL)
    z, log_det = layer.forward(later)
    found = {"z": z, "log_det": log_det, "x": layer.inverse(z)}
    count = later.shape[1] * later.shape[2]
    expected = {"z": s * (later - m), "log_det": count * np.sum(np.log(s)), "x": later}
    return all(np.allclose(found[part], expected[part]) for part in parts.split())


def blind(parts="z log_det x", first=None, later=None):
    """A test of some parts only, or on batches that do not show all mistakes."""
    first = images() if first is None else first
    later = np.exp(first) if later is None else later

    def wrong(implementation):
        return agrees(implementation(first), first, later, parts)

    return wrong


def mean_and_variance(implementation):
    x = images()
    z, _ = implementation(x).forward(x)
    return np.allclose(np.mean(z, axis=ALL), 0) and np.allclose(np.var(z, axis=ALL), 1)


def a_bijection(implementation):
    """The log-det is that of the layer itself, whatever its scales are; and there is a way back."""
    x = images()
    layer = implementation(x)
    z, log_det = layer.forward(x)
    one_more, _ = layer.forward(x + 1)
    slopes = np.log(np.abs(one_more - z))
    back = layer.inverse(one_more)
    return np.allclose(log_det, np.sum(slopes, axis=(1, 2, 3))) and np.allclose(back, x + 1)


STANDARDISED = (images() - np.mean(images(), axis=ALL)) / np.std(images(), axis=ALL)

EXERCISE = Hunt(
    id="7.5",
    title="Find the bug in an ActNorm",
    difficulty=3,
    minutes=12,
    key=is_right,
    probes=tuple((implementation,) for implementation in (*RIGHT, *WRONG)),
    misconceptions=(
        Misconception(
            "round trip only",
            blind("x"),
            "You test the way there and back. A layer comes back from wherever it went: is that where it "
            "should have gone, and is its log-det right?",
        ),
        Misconception(
            "mean and variance only",
            mean_and_variance,
            "You test what comes out of the first batch. Nothing in your test looks at the log-det, or at "
            "the way back.",
        ),
        Misconception(
            "first batch only",
            blind(later=images()),
            "You test all three parts, on the batch of the initialisation. What if a layer looks at the "
            "statistics of the next batch, too?",
        ),
        Misconception(
            "no log-det",
            blind("z x"),
            "You test both directions, and the log-det not at all.",
        ),
        Misconception(
            "log-det only",
            blind("log_det"),
            "You test the log-det alone. A layer may have a right one, and wrong latents.",
        ),
        Misconception(
            "no inverse",
            blind("z log_det"),
            "You test the way there and its log-det. Samples are drawn the other way.",
        ),
        Misconception(
            "square images",
            blind(first=images(height=3)),
            "Your images are square, and `H*H` is `H*W` there.",
        ),
        Misconception(
            "one example",
            blind(first=images(n=1, height=5)),
            "Your batch has one example. A log-det of the whole batch looks right there, and an average over "
            "examples is none.",
        ),
        Misconception(
            "one pixel",
            blind(first=images(n=9, height=1, width=1)),
            "Your images have one location. Try the layer on images of several, or nobody sees whether they "
            "are counted.",
        ),
        Misconception(
            "one channel",
            blind(first=images(channels=1)),
            "Your images have one channel. Whether each channel has statistics of its own is seen where "
            "there are several of them.",
        ),
        Misconception(
            "any bijection",
            a_bijection,
            "You test that the layer is a bijection with the log-det of its own Jacobian. So is a layer with "
            "other scales and shifts: which should it have after its first batch?",
        ),
        Misconception(
            "standardised data",
            blind(first=STANDARDISED, later=STANDARDISED),
            "Your data have mean 0 and variance 1 already. There is nothing to do for the layer, and nothing "
            "to do wrong.",
        ),
    ),
    properties=(
        (
            "the test notices a log-det that counts `H*H` pixels",
            lambda fn: not fn(WRONG[0]),
        ),
        (
            "the test notices a layer that is initialised by each batch",
            lambda fn: fn(RIGHT[0]) and not fn(WRONG[9]),
        ),
        (
            "the test notices a layer that divides by the variance",
            lambda fn: fn(RIGHT[0]) and not fn(WRONG[4]),
        ),
    ),
    hints=(
        "Which batch would show the mistake, and which would hide it? Think of its four sizes, of its means "
        "and widths, and of a second batch.",
        "Initialise on one batch, and look at what comes out of *another* one: (7.5) with the statistics of "
        "the first, (7.11), and (7.6).",
        "`np.allclose(a, b)` compares arrays. `H`, `W` and `C` should differ, and the channels too.",
    ),
    why="After the first batch an ActNorm is a fixed map, so a second batch, of other statistics, says "
    "all about it: the latents, the log-det with all pixels counted once, and the way back.",
)
