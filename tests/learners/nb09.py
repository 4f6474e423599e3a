"""Answers of learners to the exercises of notebook 09."""

import itertools
import math

import numpy as np

from .tools import bell


def rearranged(x, shape, where):
    """An array of this shape whose entry at each index is that of x at where(index)."""
    out = np.empty(shape)
    for index in itertools.product(*map(range, shape)):
        out[index] = x[where(*index)]
    return out


def down(x):
    """Squeeze, entry by entry."""
    n, H, W, C = x.shape
    return rearranged(
        x,
        (n, H // 2, W // 2, 4 * C),
        lambda m, i, j, k: (m, 2 * i + k // C // 2, 2 * j + k // C % 2, k % C),
    )


def up(y):
    """Unsqueeze, entry by entry."""
    n, h, w, k = y.shape
    C = k // 4
    return rearranged(
        y,
        (n, 2 * h, 2 * w, C),
        lambda m, r, s, c: (m, r // 2, s // 2, (2 * (r % 2) + s % 2) * C + c),
    )


def halves(h):
    return np.array_split(h, 2, axis=-1)


def squeezed_shape(x):
    n, H, W, C = x.shape
    return n, H // 2, W // 2, 4 * C


def unsqueezed_shape(y):
    n, h, w, k = y.shape
    return n, 2 * h, 2 * w, k // 4


def log_normal(x):
    return np.log(bell(x)).sum(axis=1)


def first(x):
    return x[:, : len(x[0]) // 2]


def second(x):
    return x[:, len(x[0]) // 2 :]


def split_by_the_matrix(x, g):
    """log p_z(z) + log|det J|, with J by difference quotients and its determinant by slogdet."""

    def forward(x):
        return np.hstack([first(x), g(second(x))[0]])

    h = 1e-3
    steps = h * np.eye(x.shape[1])
    J = [
        (8 * (forward(x + e) - forward(x - e)) - forward(x + 2 * e) + forward(x - 2 * e)) / (12 * h)
        for e in steps
    ]
    return log_normal(forward(x)) + np.linalg.slogdet(np.stack(J, axis=-1))[1]


def shapes_by_doing(shape, levels):
    """Squeeze and split an image of nothing, and see what leaves."""
    rest, shapes = np.zeros((1, *shape)), []
    for k in range(levels):
        rest = np.zeros(squeezed_shape(rest))
        leave, rest = (rest, None) if k == levels - 1 else np.split(rest, 2, axis=-1)
        shapes.append(leave.shape[1:])
    return shapes


def sampled(z, undo_1, undo_2):
    a, b = halves(down(z))
    return up(undo_1(np.append(a, up(undo_2(down(b))), axis=-1)))


def counted(shape, hidden, levels, steps, out=2, middle=1, window=9, shown=0.5):
    """Level by level: the pixels, times the entries of the three weight matrices."""
    (H, W, C), totals = shape, []
    for _ in range(levels):
        H, W, C = H // 2, W // 2, 4 * C
        entries = window * (C * shown) * hidden + middle * hidden * hidden + window * hidden * out * (C // 2)
        totals.append(sum(H * W * entries for _ in range(steps)))
        C //= 2
    return totals


def unsplit(shape, hidden, levels, steps):
    (H, W, C), totals = shape, []
    for _ in range(levels):
        H, W, C = H // 2, W // 2, 4 * C
        totals.append(steps * H * W * (9 * C // 2 * hidden + hidden * hidden + 9 * C * hidden))
    return totals


OTHER_WAY = {
    "9.1": down,
    "9.2": up,
    "9.3": split_by_the_matrix,
    "9.4": shapes_by_doing,
    "9.5": sampled,
    "9.6": counted,
}

LEARNERS = {
    "9.1": {
        "lie in memory": lambda x: np.array(x.ravel().tolist()).reshape(squeezed_shape(x)),
        "counts more than the place": lambda x: rearranged(
            x, squeezed_shape(x), lambda m, i, j, k: (m, 2 * i + k % 4 // 2, 2 * j + k % 2, k // 4)
        ),
        "before you go across": lambda x: np.swapaxes(down(np.swapaxes(x, 1, 2)), 1, 2),
        "its four quarters": lambda x: np.concatenate(
            [quarter for half in np.split(x, 2, axis=1) for quarter in np.split(half, 2, axis=2)], axis=-1
        ),
        "drop the other three": lambda x: down(x)[..., : x.shape[-1]],
        "lying on its side": lambda x: down(np.array([np.swapaxes(image, 0, 1) for image in x])),
        "counts most and": lambda x: np.moveaxis(
            np.reshape(x, (*squeezed_shape(x)[:2], 2, squeezed_shape(x)[2], 2, -1)), (5, 4, 2), (3, 4, 5)
        ).reshape(squeezed_shape(x)),
        "run backwards": lambda x: np.concatenate(np.split(down(x), 4, axis=-1)[::-1], axis=-1),
    },
    "9.2": {
        "side by side, in one row": lambda y: np.array(y.ravel().tolist()).reshape(unsqueezed_shape(y)),
        "as if the input channel came first": lambda y: rearranged(
            y,
            unsqueezed_shape(y),
            lambda m, r, s, c: (m, r // 2, s // 2, 4 * c + 2 * (r % 2) + s % 2),
        ),
        "not below it": lambda y: np.swapaxes(up(np.swapaxes(y, 1, 2)), 1, 2),
        "smaller still": down,
        "as quarters of a large one": lambda y: np.hstack(
            [np.concatenate(np.split(half, 2, axis=-1), axis=2) for half in np.split(y, 2, axis=-1)]
        ),
        "lying on its side": lambda y: np.array([np.swapaxes(image, 0, 1) for image in up(y)]),
        "they must take turns": lambda y: np.concatenate([up(y)[:, :, 0::2], up(y)[:, :, 1::2]], axis=2),
        "as the columns do": lambda y: np.concatenate([up(y)[:, 0::2], up(y)[:, 1::2]], axis=1),
        "groups of channels overlap": lambda y: rearranged(
            y, unsqueezed_shape(y), lambda m, r, s, c: (m, r // 2, s // 2, 2 * (r % 2) + s % 2 + c)
        ),
        "each block backwards": lambda y: rearranged(
            y,
            unsqueezed_shape(y),
            lambda m, r, s, c: (m, r // 2, s // 2, (3 - 2 * (r % 2) - s % 2) * (y.shape[-1] // 4) + c),
        ),
    },
    "9.3": {
        "thrown away": lambda x, g: split_by_the_matrix(x, g) - log_normal(first(x)),
        "stretches and squeezes the second": lambda x, g: split_by_the_matrix(x, g) - g(second(x))[1],
        "the wrong sign": lambda x, g: split_by_the_matrix(x, g) - 2 * g(second(x))[1],
        "before `g`": lambda x, g: log_normal(x) + g(second(x))[1],
        "first half through": lambda x, g: (
            log_normal(g(first(x))[0]) + log_normal(second(x)) + g(first(x))[1]
        ),
        "without a split": lambda x, g: sum(part for part in (log_normal(g(x)[0]), g(x)[1])),
        "of the whole batch to every": lambda x, g: (
            split_by_the_matrix(x, g) + g(second(x))[1] @ (1 - np.eye(len(x)))
        ),
        "average the log-det over": lambda x, g: (
            log_normal(first(x)) + log_normal(g(second(x))[0]) + sum(g(second(x))[1]) / len(x)
        ),
        "adds up all examples": lambda x, g: (
            sum(log_normal(first(x)) + log_normal(g(second(x))[0])) + g(second(x))[1]
        ),
        "You add the log-densities": lambda x, g: np.ones((len(x), len(x))) @ split_by_the_matrix(x, g),
        "as a loss does": lambda x, g: np.average(split_by_the_matrix(x, g)) * np.ones(len(x)),
        "the larger one": lambda x, g: (lambda a, b: log_normal(a) + log_normal(g(b)[0]) + g(b)[1])(
            *np.array_split(x, 2, axis=1)
        ),
        "average over the coordinates": lambda x, g: (
            np.log(bell(np.hstack([first(x), g(second(x))[0]]))).mean(axis=1) + g(second(x))[1]
        ),
        "has a constant as well": lambda x, g: split_by_the_matrix(x, g) - x.shape[1] * math.log(bell(0.0)),
        "Each coordinate has one.": lambda x, g: (
            split_by_the_matrix(x, g) - (x.shape[1] - 1) * math.log(bell(0.0))
        ),
    },
    "9.4": {
        "Nothing goes on from there": lambda shape, L: [
            (shape[0] >> k, shape[1] >> k, shape[2] << k) for k in range(1, L + 1)
        ],
        "just before each split": lambda shape, L: [
            (shape[0] >> k, shape[1] >> k, shape[2] << (k + 1)) for k in range(1, L + 1)
        ],
        "took half of them away": lambda shape, L: [
            (shape[0] >> k, shape[1] >> k, (shape[2] << 2 * k) // (2 if k < L else 1))
            for k in range(1, L + 1)
        ],
        "has passed on": lambda shape, L: [
            (shape[0] >> k, shape[1] >> k, (2 + 2 * (k == L)) * shape[2]) for k in range(1, L + 1)
        ],
        "that means a half": lambda shape, L: [
            (h // 2**k, w // 2**k, c) for k, (h, w, c) in enumerate(shapes_by_doing(shape, L), start=1)
        ],
        "before its squeeze": lambda shape, L: [
            (shape[0] >> k, shape[1] >> k, shape[2] << k) for k in range(L)
        ],
        "the deepest level comes first": lambda shape, L: list(reversed(shapes_by_doing(shape, L))),
        "by the same number at each": lambda shape, L: [
            (h, w, (c >> k) * 2 * k) for k, (h, w, c) in enumerate(shapes_by_doing(shape, L), start=1)
        ],
        "After three levels": lambda shape, L: [
            (shape[0] // k // 2, shape[1] // k // 2, c)
            for k, (_, _, c) in enumerate(shapes_by_doing(shape, L), start=1)
        ],
    },
    "9.5": {
        "so they are undone last": lambda z, undo_1, undo_2: (
            lambda a, b: up(np.append(a, up(undo_2(down(b))), axis=-1))
        )(*halves(undo_1(down(z)))),
        "cannot come back": lambda z, undo_1, undo_2: sampled(
            z * (np.arange(z.shape[1]) % 2)[:, None, None], undo_1, undo_2
        ),
        "never went there": lambda z, undo_1, undo_2: (
            lambda a, b: up(undo_1(np.append(up(undo_2(down(a))), b, axis=-1)))
        )(*halves(down(z))),
        "in the other order": lambda z, undo_1, undo_2: (
            lambda a, b: up(undo_1(np.append(up(undo_2(down(b))), a, axis=-1)))
        )(*halves(down(z))),
        "squeezed a second time": lambda z, undo_1, undo_2: (
            lambda a, b: up(undo_1(np.append(a, undo_2(b), axis=-1)))
        )(*halves(down(z))),
        "has been through level 2": lambda z, undo_1, undo_2: up(undo_1(down(z))),
        "no split": lambda z, undo_1, undo_2: up(undo_1(up(undo_2(down(down(z)))))),
        "changed all channels": lambda z, undo_1, undo_2: (
            lambda a, b: up(np.append(a, undo_1(up(undo_2(down(b)))), axis=-1))
        )(*halves(down(z))),
        "in each other's place": lambda z, undo_1, undo_2: (
            lambda a, b: up(undo_2(np.append(a, up(undo_1(down(b))), axis=-1)))
        )(*halves(down(z))),
        "still squeezed": lambda z, undo_1, undo_2: down(sampled(z, undo_1, undo_2)),
    },
    "9.6": {
        "nothing leaves": unsplit,
        "for its scale and for its shift": lambda *args: counted(*args, out=1),
        "to the hidden channels": lambda *args: counted(*args, middle=0),
        "at each pixel alone": lambda *args: counted(*args, middle=9),
        "leaves a quarter": lambda shape, h, L, K: [
            n * 4 ** (k + 1) for k, n in enumerate(counted(shape, h, L, K))
        ],
        "a single step": lambda shape, h, L, K: counted(shape, h, L, 1),
        "add up all levels": lambda *args: math.fsum(counted(*args)),
        "more than three": lambda *args: counted(*args, window=3),
        "only the pixels of its level": lambda shape, h, L, K: [
            n - K * h * h * shape[0] * shape[1] * (0.25**k - 1)
            for k, n in enumerate(counted(shape, h, L, K), start=1)
        ],
        "half that stays as it is": lambda *args: counted(*args, shown=1),
        "come before it": lambda shape, h, L, K: [
            K * shape[0] * shape[1] * (9 * 2**k * shape[2] * (h / 2 + h) + h * h) / 4**k
            for k in range(1, L + 1)
        ],
        "the first level too": lambda shape, h, L, K: counted(
            (2 * shape[0], 2 * shape[1], shape[2]), h, L, K
        ),
        "at a single pixel": lambda shape, h, L, K: [
            n / (shape[0] >> k) / (shape[1] >> k) for k, n in enumerate(counted(shape, h, L, K), start=1)
        ],
    },
}
