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


def squeezed_shape(x, p=2):
    n, H, W, C = x.shape
    return n, H // p, W // p, p * p * C


def in_blocks(x, p):
    """Squeeze with blocks of p x p pixels, entry by entry."""
    C = x.shape[-1]
    return rearranged(
        x,
        squeezed_shape(x, p),
        lambda m, i, j, k: (m, p * i + k // C // p, p * j + k // C % p, k % C),
    )


def backwards(x, p):
    """Place by place, the last one first."""
    return np.concatenate(np.split(in_blocks(x, p), p * p, axis=-1)[::-1], axis=-1)


def agrees_with(x, there=True, back=True):
    """A test on the image x, entry by entry."""

    def test(version):
        good = not there or same(version(x), down(x))
        return good and (not back or same(version(down(x), back=True), x))

    return test


def same(a, b):
    return np.shape(a) == np.shape(b) and bool((a == b).all())


def at_random(*shape):
    return np.random.default_rng(1).standard_normal(shape)


def log_normal(x):
    return np.log(bell(x)).sum(axis=1)


def levels(x, *maps):
    """[(what leaves, log-det)] at each level."""
    found = []
    for k, g in enumerate(maps, start=1):
        h, log_det = g(x)
        cut = h.shape[1] // 2 if k < len(maps) else h.shape[1]
        found.append((h[:, :cut], log_det))
        x = h[:, cut:]
    return found


def summed(found):
    """The log-density from what `levels` has found."""
    return sum(log_normal(z) + log_det for z, log_det in found)


def by_the_matrix(x, *maps):
    """log p_z(z) + log|det J|, with J by difference quotients and its determinant by slogdet."""

    def forward(x):
        return np.hstack([z for z, _ in levels(x, *maps)])

    h = 1e-3
    steps = h * np.eye(x.shape[1])
    J = [
        (8 * (forward(x + e) - forward(x - e)) - forward(x + 2 * e) + forward(x - 2 * e)) / (12 * h)
        for e in steps
    ]
    return log_normal(forward(x)) + np.linalg.slogdet(np.stack(J, axis=-1))[1]


def later_half_leaves(x, g_1, g_2, g_3):
    h, log_1 = g_1(x)
    on, out_1 = np.array_split(h, 2, axis=1)  # of an odd number, the larger half goes on
    h, log_2 = g_2(on)
    on, out_2 = np.array_split(h, 2, axis=1)
    h, log_3 = g_3(on)
    return log_normal(np.hstack([h, out_1, out_2])) + log_1 + log_2 + log_3


def leave_before_the_map(x, *maps):
    total = 0
    for g in maps:
        cut = x.shape[1] // 2
        if g is not maps[2]:
            total = total + log_normal(x[:, :cut])
            x = x[:, cut:]
        x, log_det = g(x)
        total = total + log_det
    return total + log_normal(x)


def maps_of_data(x, *maps):
    total = 0
    for k, g in enumerate(maps):
        h, log_det = g(x)
        cut = x.shape[1] // 2 if k < 2 else x.shape[1]
        total = total + log_normal(h[:, :cut]) + log_det
        x = x[:, cut:]
    return total


def larger_half_leaves(x, *maps):
    total = 0
    for k, g in enumerate(maps):
        h, log_det = g(x)
        cut = len(h[0]) - len(h[0]) // 2 if k < 2 else len(h[0])
        total = total + log_normal(h[:, :cut]) + log_det
        x = h[:, cut:]
    return total


def without_splits(x, *maps):
    total = 0
    for g in maps:
        x, log_det = g(x)
        total = total + log_det
    return total + log_normal(x)


def by_halving(r, levels):
    """Follow each row: an even one leaves, an odd one is row r // 2 of the next level."""
    found = []
    for row in r.tolist():
        level = 1
        while row % 2 and level < levels:
            row, level = row // 2, level + 1
        found.append(level)
    return found


def in_binary(rule, cap=True):
    """An answer from a rule for the row number, written in binary."""
    return lambda r, levels: [min(levels, rule(f"{row:b}")) if cap else rule(f"{row:b}") for row in r]


def ones_at_the_end(bits):
    return 1 + len(bits) - len(bits.rstrip("1"))


def sampled(z, undo_1, undo_2):
    a, b = halves(down(z))
    return up(undo_1(np.append(a, up(undo_2(down(b))), axis=-1)))


OTHER_WAY = {
    "9.1": in_blocks,
    "9.2": agrees_with(at_random(2, 4, 8, 3)),
    "9.3": by_the_matrix,
    "9.4": by_halving,
    "9.5": sampled,
}

LEARNERS = {
    "9.1": {
        "lie in memory": lambda x, p: np.array(x.ravel().tolist()).reshape(squeezed_shape(x, p)),
        "counts more than the place": lambda x, p: rearranged(
            x,
            squeezed_shape(x, p),
            lambda m, i, j, k: (m, p * i + k % p**2 // p, p * j + k % p, k // p**2),
        ),
        "before you go across": lambda x, p: np.swapaxes(in_blocks(np.swapaxes(x, 1, 2), p), 1, 2),
        "large tiles": lambda x, p: np.concatenate(
            [tile for half in np.split(x, p, axis=1) for tile in np.split(half, p, axis=2)], axis=-1
        ),
        "drop the others": lambda x, p: in_blocks(x, p)[..., : x.shape[-1]],
        "lying on its side": lambda x, p: in_blocks(np.array([np.swapaxes(i, 0, 1) for i in x]), p),
        "counts most and": lambda x, p: np.moveaxis(
            np.reshape(x, (*squeezed_shape(x, p)[:2], p, squeezed_shape(x, p)[2], p, -1)),
            (5, 4, 2),
            (3, 4, 5),
        ).reshape(squeezed_shape(x, p)),
        "run backwards": backwards,
        "you squeeze twice": lambda x, p: down(down(x)) if p == 4 else in_blocks(x, p),
    },
    "9.2": {
        "There and back gives": lambda version: np.allclose(
            version(version(at_random(3, 6, 4, 2)), back=True), at_random(3, 6, 4, 2)
        ),
        "You see the shape alone": lambda version: version(np.zeros((1, 4, 6, 1))).shape == (1, 2, 3, 4),
        "no number is lost": lambda version: (
            same(np.unique(version(at_random(2, 4, 8, 2))), np.unique(at_random(2, 4, 8, 2)))
            and version(at_random(2, 4, 8, 2)).shape == (2, 2, 4, 8)
        ),
        "a single channel": agrees_with(at_random(2, 4, 8, 1)),
        "one image only": agrees_with(at_random(1, 4, 8, 2)),
        "Nothing fails your test": lambda version: version(np.zeros((1, 4, 4, 1))).shape[-1] == 4,
        "The way back may have": agrees_with(at_random(2, 4, 8, 2), back=False),
        "way there may be wrong": agrees_with(at_random(2, 4, 8, 2), there=False),
        "the first place of each": lambda version: (
            same(version(at_random(2, 4, 8, 2))[..., :2], down(at_random(2, 4, 8, 2))[..., :2])
            and agrees_with(at_random(2, 4, 8, 2), there=False)(version)
        ),
        "which numbers meet in one pixel": lambda version: (
            lambda y, right: (
                y.shape == right.shape
                and all(set(a) == set(b) for a, b in zip(y.reshape(-1, 8), right.reshape(-1, 8), strict=True))
            )
        )(version(at_random(2, 4, 8, 2)), down(at_random(2, 4, 8, 2))),
    },
    "9.3": {
        "what came out of the last map": lambda x, *maps: (
            by_the_matrix(x, *maps) - sum(log_normal(z) for z, _ in levels(x, *maps)[:-1])
        ),
        "left at the second split is": lambda x, g_1, g_2, g_3: (
            by_the_matrix(x, g_1, g_2, g_3) - log_normal(levels(x, g_1, g_2, g_3)[1][0])
        ),
        "but the maps stretch": lambda x, *maps: log_normal(np.hstack([z for z, _ in levels(x, *maps)])),
        "the wrong sign": lambda x, *maps: sum(log_normal(z) - log for z, log in levels(x, *maps)),
        "Only the last log-det": lambda x, *maps: (
            sum(log_normal(z) for z, _ in levels(x, *maps)) + levels(x, *maps)[-1][1]
        ),
        "send the first one on": later_half_leaves,
        "a flow without splits": without_splits,
        "before `g_1` has seen it": leave_before_the_map,
        "get a part of `x`": maps_of_data,
        "of all examples": lambda x, *maps: np.ones((len(x), len(x))) @ by_the_matrix(x, *maps),
        "the larger one": larger_half_leaves,
        "has a constant as well": lambda x, *maps: (
            summed(levels(x, *maps)) - x.shape[1] * math.log(bell(0.0))
        ),
    },
    "9.4": {
        "odd rows leave first": in_binary(
            lambda bits: 1 + len(bits) - len(bits.rstrip("0")) if "1" in bits else 9
        ),
        "levels do not exist": in_binary(ones_at_the_end, cap=False),
        "squeezed and split again": lambda r, L: np.where(r % 2 == 0, 1, min(2, L)),
        "all ones of the row": in_binary(lambda bits: 1 + bits.count("1")),
        "take turns": lambda r, L: [row % L + 1 for row in r],
        "the first level is level 1": lambda r, L: np.array(by_halving(r, L)) - 1,
        "from the deepest": lambda r, L: [L - level + 1 for level in by_halving(r, L)],
        "one level too many": lambda r, L: by_halving(r, L + 1),
        "all over the image": lambda r, L: [min(L, 1 + int(np.log2(row + 1))) for row in r],
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
}
