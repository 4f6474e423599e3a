"""Exercise 11.6: find the bug in a backward pass, by a gradient check that no wrong version passes."""

import autograd.numpy as np
from autograd import grad

from ..engine import Misconception
from ..hunt import Hunt
from ..probes import named


def is_vjp(layer):
    """True if layer(w, x, z_bar, g) gives the bars (w_bar, x_bar) that belong to layer(w, x), else False."""
    from autograd import grad

    rng = np.random.default_rng(0)
    w, x, z_bar, g = (rng.standard_normal(shape) for shape in ((2, 4), (3, 4), (3, 4), 3))

    def loss(w, x):
        z, log_det = layer(w, x)
        return np.sum(z_bar * z) + np.sum(g * log_det)

    expected = grad(loss, (0, 1))(w, x)
    return all(map(np.allclose, layer(w, x, z_bar, g), expected))


def version(
    name,
    product=lambda v, x_b: v,
    slope=lambda h: 1 - np.tanh(h) ** 2,
    weigh=lambda g: g[:, None],
    scale=lambda s: s,
    second=lambda a_bar: a_bar,
    h_bar=lambda s_hat_bar, t_bar: np.concatenate([s_hat_bar, t_bar], axis=1),
    total=lambda bars: np.sum(bars, axis=0),
    x_bar=lambda a, b: np.concatenate([a, b], axis=1),
    log_s=np.tanh,
):
    """An affine coupling of four coordinates with a linear network, right but for what is said otherwise."""

    def layer(w, x, z_bar=None, g=None):
        x_a, x_b = x[:, :2], x[:, 2:]
        h = np.dot(x_a, w)
        s = np.exp(log_s(h[:, :2]))
        v = s * x_b
        if z_bar is None:
            return np.concatenate([x_a, v + h[:, 2:]], axis=1), np.sum(log_s(h[:, :2]), axis=1)
        z_bar_a, z_bar_b = z_bar[:, :2], z_bar[:, 2:]
        log_s_bar = z_bar_b * product(v, x_b) + weigh(g)
        bar = h_bar(log_s_bar * slope(h[:, :2]), z_bar_b)
        w_bar = total(x_a[:, :, None] * bar[:, None, :])
        return w_bar, x_bar(z_bar_a + second(np.dot(bar, w.T)), scale(s) * z_bar_b)

    return named(name, layer)


def numbers(seed, n=3):
    """Numbers to test with: w, x, z_bar, g."""
    rng = np.random.default_rng(seed)
    return [rng.standard_normal(shape) for shape in ((2, 4), (n, 4), (n, 4), n)]


def expected(layer, w, x, z_bar, g):
    """The bars by autograd."""

    def loss(w, x):
        z, log_det = layer(w, x)
        return np.sum(z_bar * z) + np.sum(g * log_det)

    return grad(loss, (0, 1))(w, x)


def pairs(layer, args):
    """(bar by hand, bar by autograd) of w, then of x."""
    return list(zip(layer(*args), expected(layer, *args), strict=True))


def on(w, x, z_bar, g):
    """The whole test on these numbers, which may be a bad choice."""
    return lambda layer: all(np.allclose(*pair) for pair in pairs(layer, (w, x, z_bar, g)))


def sums_agree(layer):
    """One direction, with the same number everywhere."""
    (w_bar, w_right), (x_bar, x_right) = pairs(layer, (W, X, Z_BAR, G))
    return np.isclose(np.sum(w_bar) + np.sum(x_bar), np.sum(w_right) + np.sum(x_right))


RIGHT = (
    version("a right version"),
    version("a right version whose log-scale has another bound", log_s=np.sin, slope=np.cos),
)
W, X, Z_BAR, G = numbers(66)

SUSPECT = version("one like `suspect`", second=lambda a_bar: 0 * a_bar)
NO_G = version("one that forgets g", weigh=lambda g: 0)
MEAN_G = version("one that gives each example the mean of g", weigh=np.mean)
MEAN = version("one that averages w_bar over the examples", total=lambda bars: np.mean(bars, axis=0))
NO_S = version("one that has the bar of s for that of log s", product=lambda v, x_b: x_b)
NO_SLOPE = version("one that forgets the slope of tanh", slope=lambda h: 1)
UNSCALED = version("one that hands on the bar of x_b without s", scale=lambda s: 1)
NO_SHIFT = version(
    "one that forgets the bar of t", h_bar=lambda s_hat_bar, t_bar: np.hstack([s_hat_bar, 0 * t_bar])
)
EXCHANGED = version("one that exchanges the halves of x_bar", x_bar=lambda a, b: np.hstack([b, a]))
TURNED = version("one that exchanges the rows of w_bar", total=lambda bars: np.sum(bars, axis=0)[::-1])
MINUS = version("one whose w_bar has the wrong sign", total=lambda bars: -np.sum(bars, axis=0))
WRONG = (
    SUSPECT,
    NO_G,
    MEAN_G,
    MEAN,
    NO_S,
    NO_SLOPE,
    UNSCALED,
    NO_SHIFT,
    EXCHANGED,
    TURNED,
    MINUS,
)

EXERCISE = Hunt(
    id="11.6",
    title="Find the bug by a gradient check",
    difficulty=2,
    minutes=12,
    key=is_vjp,
    probes=tuple((layer,) for layer in (*RIGHT, *WRONG)),
    misconceptions=(
        Misconception(
            "at zero weights",
            on(0 * W, X, Z_BAR, G),
            "You test at weights 0, where a new coupling starts. There all scales are 1, and nothing flows "
            "back through the network: half of the mistakes are invisible.",
        ),
        Misconception(
            "z only",
            on(W, X, Z_BAR, 0 * G),
            "Your loss contains `z` alone. A layer has two results: the log-det has a bar as well.",
        ),
        Misconception(
            "equal g",
            on(W, X, Z_BAR, 1 + 0 * G),
            "All your `g` are the same number, which is then its own mean. Let them differ.",
        ),
        Misconception(
            "one example",
            on(*numbers(66, n=1)),
            "Your batch holds a single example, and for one example a sum and a mean are the same.",
        ),
        Misconception(
            "the weights only",
            lambda layer: np.allclose(*pairs(layer, (W, X, Z_BAR, G))[0]),
            "The bar of the weights is tested well. That of `x` is what the layer before gets: test it, too.",
        ),
        Misconception(
            "x only",
            lambda layer: np.allclose(*pairs(layer, (W, X, Z_BAR, G))[1]),
            "The bar of `x` is tested well. That of the weights is what training needs: test it, too.",
        ),
        Misconception(
            "one direction, the same everywhere",
            sums_agree,
            "You move all numbers by the same amount, or compare sums of bars. Bars in the wrong places have "
            "the same sum: take directions at random, or compare each entry.",
        ),
        Misconception(
            "one entry",
            lambda layer: all(np.isclose(a[0, 0], b[0, 0]) for a, b in pairs(layer, (W, X, Z_BAR, G))),
            "You look at the first entry of each bar. Other entries take other ways through the layer.",
        ),
        Misconception(
            "lengths compared",
            lambda layer: all(
                np.isclose(np.sum(a**2), np.sum(b**2)) for a, b in pairs(layer, (W, X, Z_BAR, G))
            ),
            "You compare how large the bars are. A bar of the right size may point the wrong way.",
        ),
        Misconception(
            "the log-det only",
            on(W, X, 0 * Z_BAR, G),
            "Your loss contains the log-det alone: `z_bar` is 0, and what flows back from `z` is not tested.",
        ),
        Misconception(
            "no room for rounding",
            lambda layer: all(np.allclose(a, b, rtol=0, atol=0) for a, b in pairs(layer, (W, X, Z_BAR, G))),
            "No version passes, not even the right ones. Two ways to the same bar differ by rounding, and a "
            "difference by the error of its step, too: leave room, as `np.allclose` does.",
        ),
        Misconception(
            "shapes only",
            lambda layer: all(np.shape(a) == np.shape(b) for a, b in pairs(layer, (W, X, Z_BAR, G))),
            "Every version passes. All bars have the right shapes: compare their numbers with something that "
            "knows nothing of the backward pass.",
        ),
    ),
    properties=(
        ("right versions pass, whatever bounds their log-scale", lambda fn: all(map(fn, RIGHT))),
        (
            "what is wrong in the bar of `x` is found",
            lambda fn: not any(map(fn, (SUSPECT, UNSCALED, EXCHANGED))),
        ),
        ("what is wrong in the bar of `w` is found", lambda fn: not any(map(fn, (MEAN, TURNED, MINUS)))),
        ("what is wrong with `g` is found", lambda fn: not any(map(fn, (NO_G, MEAN_G)))),
    ),
    hints=(
        "Both results of the layer enter one number, the sum of `z_bar * z` and `g * log_det`. Its "
        "derivatives with respect to `w` and to `x` are the bars.",
        "On which numbers? At random, with several examples: where weights are 0 or all `g` are equal, "
        "mistakes hide.",
        "`grad(loss, (0, 1))(w, x)` gives both derivatives of `loss(w, x)`, and knows nothing of the layer's "
        "way back. Compare all entries with `np.allclose`.",
    ),
    why="Weights, points, bars and `g` at random, several examples, all entries of both bars: then no "
    "mistake can hide. `suspect` forgets that `x_a` acts twice. Where the weights are 0, as at the start of "
    "training, that changes nothing.",
)
