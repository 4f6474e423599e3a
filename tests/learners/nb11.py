"""Answers of learners to the exercises of notebook 11."""

import numpy as np


def derivative(loss, at, h=1e-4):
    """The derivative of a number with respect to each entry of an array, of fourth order."""
    result = np.zeros(at.shape)
    for k in np.ndindex(at.shape):
        step = np.zeros(at.shape)
        step[k] = h
        near, far = loss(at + step) - loss(at - step), loss(at + 2 * step) - loss(at - 2 * step)
        result[k] = (8 * near - far) / (12 * h)
    return result


def dense_sum(h_bar, a, h, mask=None, bias=1.0):
    """[b_bar; W_bar], one outer product after the other."""
    mask = np.sign(h) if mask is None else mask
    total = np.zeros((1 + a.shape[1], h.shape[1]))
    for n in range(len(a)):
        total += np.outer([bias, *a[n]], h_bar[n] * mask[n])
    return total


def give_back(parts, steps=(-1, 0, 1), circle=False):
    """Each part of each pixel, given to its source."""
    _, n, length = parts.shape
    total = np.zeros((n, length))
    for k, step in enumerate(steps):
        for i in range(length):
            if step is not None and (circle or 0 <= i + step < length):
                total[:, (i + step) % length] += parts[k][:, i]
    return total


def at_ends(parts, first, last):
    """Zeros for the pixels, but for these numbers added at the first and at the last."""
    pixels = np.arange(parts.shape[2])
    return first * (pixels == 0) + last * (pixels == max(pixels))


def collect(a):
    """Gather on a line."""
    length = a.shape[1]
    padded = np.pad(a, ((0, 0), (1, 1)))
    return np.array([padded[:, k : k + length] for k in range(3)])


def actnorm_loss(log_s, m, b, x, z_bar, g):
    log_det = x[0, ..., 0].size * np.sum(log_s)
    return np.sum(z_bar * (np.exp(log_s) * (x - m) + b)) + np.sum(g * log_det)


def by_difference(log_s, m, x, z_bar, g):
    b = np.zeros(len(log_s))
    return [
        derivative(lambda log_s: actnorm_loss(log_s, m, b, x, z_bar, g), log_s),
        derivative(lambda b: actnorm_loss(log_s, m, b, x, z_bar, g), b),
    ]


def two_rows(first, second, held=lambda m, log_s: m):
    """A wrong ActNorm: what is added to each channel's right sums, and what is subtracted for m."""

    def wrong(log_s, m, x, z_bar, g):
        C, x = len(log_s), x - held(m, log_s)
        X, Z_bar = x.reshape(-1, C), z_bar.reshape(-1, C)
        own = [np.exp(log_s[c]) * (X[:, c] @ Z_bar[:, c]) for c in range(C)]
        count = len(X) / len(x)
        args = np.array(own), count, g, np.exp(log_s), Z_bar.sum(axis=0)
        return [first(*args), second(*args)]

    return wrong


def same_b(own, count, g, s, b):
    return b


def pixel_sum(a, b):
    """The sum of the outer products of all pixels."""
    C = a.shape[-1]
    return sum(np.outer(p, q) for p, q in zip(a.reshape(-1, C), b.reshape(-1, C), strict=True))


def pixels_of(x):
    return x[0, ..., 0].size


def inverse_weight(
    own=1, sign=-1, front=np.transpose, factor=lambda x, z: z, turn=False, log_det=lambda n, g: n * sum(g)
):
    """The bar of a matrix whose inverse multiplies the pixels: the choices that may go wrong."""

    def bar(W, x, z_bar, g):
        V = np.linalg.inv(W)
        product = pixel_sum(z_bar, factor(x, x @ V.T))
        product = product.T if turn else product
        return sign * front(V) @ (own * product + log_det(pixels_of(x), g) * np.eye(len(W)))

    return bar


def inverse_loss(W, x, z_bar, g):
    z = np.linalg.solve(W, x.reshape(-1, len(W)).T).T.reshape(x.shape)
    return np.sum(z_bar * z) - np.sum(g) * pixels_of(x) * np.linalg.slogdet(W)[1]


def some_numbers(n=4, seed=7):
    """Weights, points, bars and g to try a backward pass on."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(2, 4)), rng.normal(size=(n, 4)), rng.normal(size=(n, 4)), rng.normal(size=n)


def by_entries(layer, w, x, z_bar, g):
    """(the layer's bar, the one by difference quotients) of w and of x."""

    def loss(w, x):
        z, log_det = layer(w, x)
        return (z_bar * z).sum() + (g * log_det).sum()

    quotients = derivative(lambda w: loss(w, x), w), derivative(lambda x: loss(w, x), x)
    return list(zip(layer(w, x, z_bar, g), quotients, strict=True))


def checked(change=lambda w, x, z_bar, g: (w, x, z_bar, g), which=(0, 1), measure=lambda bar: bar, n=4):
    """A gradient check on numbers that may be badly chosen, of some of the bars, or of a measure of them."""

    def test(layer):
        both = by_entries(layer, *change(*some_numbers(n)))
        return all(np.allclose(*map(measure, both[k]), rtol=1e-5, atol=1e-7) for k in which)

    return test


def along_ones(layer):
    """One difference quotient, with all weights and coordinates moved by the same amount."""
    w, x, z_bar, g = some_numbers()
    up, down = (layer(w + h, x + h) for h in (1e-5, -1e-5))
    slope = sum(np.sum(bar * (p - q)) for bar, p, q in zip((z_bar, g), up, down, strict=True)) / 2e-5
    return bool(abs(slope - sum(bar.sum() for bar in layer(w, x, z_bar, g))) < 1e-6)


def coupling(term=lambda s, x: s * x, sign=1.0, axis=1, after=False, bound=None):
    """A wrong bar of s_hat: the choices that may go wrong."""
    bound = bound or (lambda s_hat, c: c / np.cosh(s_hat) ** 2)

    def wrong(s_hat, x_b, z_b_bar, g, c):
        s = np.exp(c * np.tanh(s_hat))
        own, log_det = z_b_bar * term(s, x_b), sign * np.expand_dims(g, axis)
        if after:
            return own * bound(s_hat, c) + log_det
        return (own + log_det) * bound(s_hat, c)

    return wrong


def coupling_loss(s_hat, x_b, z_b_bar, g, c):
    log_s = c * np.tanh(s_hat)
    return np.sum(z_b_bar * np.exp(log_s) * x_b) + np.sum(g * log_s.sum(axis=1))


OTHER_WAY = {
    "11.1": dense_sum,
    "11.2": lambda parts: derivative(lambda a: np.sum(collect(a) * parts), np.zeros(parts.shape[1:])),
    "11.3": by_difference,
    "11.4": lambda W, x, z_bar, g: derivative(lambda W: inverse_loss(W, x, z_bar, g), W),
    "11.5": lambda s_hat, x_b, z_b_bar, g, c: derivative(
        lambda s_hat: coupling_loss(s_hat, x_b, z_b_bar, g, c), s_hat
    ),
    "11.6": checked(),
}

LEARNERS = {
    "11.1": {
        "The ReLU is missing": lambda h_bar, a, h: dense_sum(h_bar, a, h, mask=1 + 0 * h),
        "the value of the ReLU": lambda h_bar, a, h: dense_sum(h_bar, a, h, mask=h),
        "keeps the wrong entries": lambda h_bar, a, h: dense_sum(h_bar, a, h, mask=1 - np.sign(h)),
        "You average": lambda h_bar, a, h: dense_sum(h_bar, a, h) * len(a) ** -1,
        "needs the mask as well": lambda h_bar, a, h: np.vstack(
            [h_bar.sum(axis=0), dense_sum(h_bar, a, h)[1:]]
        ),
        "above that of `W`": lambda h_bar, a, h: np.vstack(
            [dense_sum(h_bar, a, h)[1:], dense_sum(h_bar, a, h)[0]]
        ),
        "that of `b` is 0": lambda h_bar, a, h: dense_sum(h_bar, a, h, bias=0.0),
        "whether the bar is positive": lambda h_bar, a, h: dense_sum(h_bar, a, h, mask=h_bar > 0),
        "for `b` you average": lambda h_bar, a, h: dense_sum(h_bar, a, h, bias=1 / len(a)),
        "cut `a` off": lambda h_bar, a, h: dense_sum(h_bar, (a + abs(a)) / 2, h),
    },
    "11.2": {
        "the opposite neighbour": lambda parts: give_back(parts, steps=(1, 0, -1)),
        "where they stand": lambda parts: give_back(parts, steps=(0, 0, 0)),
        "on the other side": lambda parts: give_back(parts, circle=True),
        "the mean of the copies": lambda parts: give_back(parts) / give_back(parts**0),
        "divide by 3": lambda parts: give_back(parts / 3),
        "Only the middle": lambda parts: give_back(parts, steps=(None, 0, None)),
        "is missing": lambda parts: give_back(parts, steps=(-1, None, 1)),
        "`parts[0]` goes nowhere": lambda parts: give_back(parts, steps=(None, 0, 1)),
        "`parts[2]` goes nowhere": lambda parts: give_back(parts, steps=(-1, 0, None)),
        "bars of the zeros outside": lambda parts: (
            give_back(parts) + at_ends(parts, 1, 0) * parts[0] + at_ends(parts, 0, 1) * parts[2]
        ),
        "have stayed 0": lambda parts: np.where(at_ends(parts, 1, 1) > 0, 0, give_back(parts)),
    },
    "11.3": {
        "The log-det is missing": two_rows(lambda own, count, g, s, b: own, same_b),
        "once for each image": two_rows(lambda own, count, g, s, b: own + g.sum(), same_b),
        "You average": two_rows(lambda own, count, g, s, b: own + count * g.mean(), same_b),
        "Look at the sign": two_rows(lambda own, count, g, s, b: own - count * g.sum(), same_b),
        "the factor `s` is missing": two_rows(lambda own, count, g, s, b: own / s + count * g.sum(), same_b),
        "multiplies `x - m`": two_rows(
            lambda own, count, g, s, b: own + count * g.sum(), same_b, lambda m, log_s: 0
        ),
        "outside the bracket": two_rows(
            lambda own, count, g, s, b: own + count * g.sum(), same_b, lambda m, log_s: m * np.exp(-log_s)
        ),
        "the bar of `s`.": two_rows(lambda own, count, g, s, b: own / s + count * g.sum() / s, same_b),
        "has no place": two_rows(
            lambda own, count, g, s, b: own + count * g.sum(), lambda own, count, g, s, b: b + count * g.sum()
        ),
        "If the loss is a mean": two_rows(
            lambda own, count, g, s, b: own / len(g) + count * g.mean(),
            lambda own, count, g, s, b: b / len(g),
        ),
        "as the log-det's part does": two_rows(
            lambda own, count, g, s, b: own / len(g) + count * g.sum(), lambda own, count, g, s, b: b / len(g)
        ),
        "average over the pixels": two_rows(
            lambda own, count, g, s, b: own / (len(g) * count) + count * g.sum(),
            lambda own, count, g, s, b: b / (len(g) * count),
        ),
        "in the other order": two_rows(
            lambda own, count, g, s, b: b, lambda own, count, g, s, b: own + count * g.sum()
        ),
        "without `s`": two_rows(
            lambda own, count, g, s, b: own + count * g.sum(), lambda own, count, g, s, b: s * b
        ),
    },
    "11.4": {
        "where `W` multiplies `x`": lambda W, x, z_bar, g: (
            pixel_sum(z_bar, x) + pixels_of(x) * sum(g) * np.linalg.solve(W.T, np.eye(len(W)))
        ),
        "the bar of the inverse matrix": lambda W, x, z_bar, g: (
            pixel_sum(z_bar, x) + pixels_of(x) * sum(g) * W.T
        ),
        "The log-det is missing": inverse_weight(log_det=lambda n, g: 0),
        "the log-det's part. `W`": inverse_weight(own=0),
        "once for each image": inverse_weight(log_det=lambda n, g: sum(g)),
        "the sign of the log-det": inverse_weight(log_det=lambda n, g: -n * sum(g)),
        "the wrong sign. A larger": inverse_weight(sign=1),
        "where the columns should be": inverse_weight(front=lambda V: V),
        "what `W` has multiplied": inverse_weight(factor=lambda x, z: x),
        "on its side": inverse_weight(turn=True),
        "You average `g`": inverse_weight(log_det=lambda n, g: n * np.mean(g)),
        "If the loss is a mean": lambda W, x, z_bar, g: inverse_weight()(W, x, z_bar / len(g), g / len(g)),
    },
    "11.5": {
        "The log-det is missing": coupling(sign=0.0),
        "along the channels": coupling(axis=0),
        "too late": coupling(after=True),
        "the bar of `s` where": coupling(term=lambda s, x: x),
        "One step is left": coupling(bound=lambda s_hat, c: 1.0),
        "the factor `c` is missing": coupling(bound=lambda s_hat, c: np.cosh(s_hat) ** -2.0),
        "a factor `c` more": coupling(bound=lambda s_hat, c: c - (c * np.tanh(s_hat)) ** 2),
        "the value of the bound": coupling(bound=lambda s_hat, c: c * np.tanh(s_hat)),
        "Look at the sign": coupling(sign=-1.0),
        "add up `g`": lambda s_hat, x_b, z_b_bar, g, c: coupling()(
            s_hat, x_b, z_b_bar, np.array([sum(g)] * len(g)), c
        ),
        "average `g`": lambda s_hat, x_b, z_b_bar, g, c: coupling()(
            s_hat, x_b, z_b_bar, np.array([sum(g) / len(g)] * len(g)), c
        ),
        "If the loss is a mean": lambda s_hat, x_b, z_b_bar, g, c: coupling()(
            s_hat, x_b, z_b_bar / len(g), g / len(g), c
        ),
        "a factor is missing: by how much": coupling(term=lambda s, x: s),
        "1 minus a square": coupling(bound=lambda s_hat, c: c - c * (c * np.tanh(s_hat)) ** 2),
    },
    "11.6": {
        "at weights 0": checked(lambda w, x, z_bar, g: (0 * w, x, z_bar, g)),
        "contains `z` alone": checked(lambda w, x, z_bar, g: (w, x, z_bar, 0 * g)),
        "the same number, which": checked(lambda w, x, z_bar, g: (w, x, z_bar, -0.25 + 0 * g)),
        "a single example": checked(n=1),
        "what the layer before gets": checked(which=[0]),
        "what training needs": checked(which=[1]),
        "by the same amount": along_ones,
        "the first entry": checked(measure=lambda bar: bar[0, 0]),
        "how large the bars are": checked(measure=np.linalg.norm),
        "contains the log-det alone": checked(lambda w, x, z_bar, g: (w, x, 0 * z_bar, g)),
        "No version passes": lambda layer: all((a == b).all() for a, b in by_entries(layer, *some_numbers())),
        "Every version passes": lambda layer: layer(*some_numbers())[0].shape == (2, 4),
    },
}
