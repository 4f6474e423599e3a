"""Answers of learners to the exercises of notebook 08."""

import functools
import math

import numpy as np


def zeros_and_ones(places):
    """A matrix with ones at the places (i, j), one in each row."""
    places = list(places)
    P = np.zeros((len(places), len(places)))
    for i, j in places:
        P[i, j] = 1
    return P


def matrix(pi):
    return zeros_and_ones(enumerate(pi))


def product(matrices):
    """The last one on the left."""
    return functools.reduce(lambda A, B: B @ A, matrices)


def places(P):
    """Where each row of a permutation matrix has its 1."""
    return np.array([list(row).index(1) for row in P])


def pixel_by_pixel(x, f):
    """f at the channels of each pixel, where the channels come first."""
    pixels = [[[f(image[:, h, w]) for w in range(x.shape[3])] for h in range(x.shape[2])] for image in x]
    return np.moveaxis(np.array(pixels), 3, 1)


def volume(W):
    """|det W|, from the singular values."""
    return math.prod(np.linalg.svd(W)[1])


def orientation(W):
    """1 or -1, also where the determinant is too small to be told from 0."""
    return np.sign(np.linalg.det(W / np.max(np.abs(W))))


def log_volume(W):
    return sum(math.log(stretch) for stretch in np.linalg.svd(W)[1])


def lower(L):
    return np.array([[1.0 if i == j else u * (j < i) for j, u in enumerate(row)] for i, row in enumerate(L)])


def upper(U, s):
    return np.array([[s[i] if i == j else u * (j > i) for j, u in enumerate(row)] for i, row in enumerate(U)])


def put(pi, M):
    """Row i of the result is row pi[i] of M."""
    return np.array([M[k] for k in pi])


def stored_s(signs, A):
    return signs * math.e ** A.diagonal()


def w(pi, signs, A):
    return put(pi, lower(A) @ upper(A, stored_s(signs, A)))


def recursive(L, y, rule):
    """v with v_i = rule(column i of L below the diagonal, all v behind i, y_i)."""
    v = []
    for i in reversed(range(len(y))):
        v.insert(0, rule(L[i + 1 :, i], np.array(v), y[i]))
    return v


def tested(looks, pi=(2, 0, 1), signs=(-1, 1, -1), shape=(3, 2, 4), below=1.0, on=0.6, above=1.0):
    """A learner's test: what `looks` finds in a run there and back of one layer on one batch."""

    def is_right(layer):
        rng = np.random.default_rng(len(shape))
        A, log_s = rng.standard_normal((3, 3)), np.array([0.5, 0.3, -0.2])
        L, U = below * np.tril(A, -1) + on * np.eye(3), above * np.triu(A, 1) + on * np.eye(3)
        order, sign = np.array(pi), np.array(signs)
        x = rng.standard_normal((*shape, 3))
        forward, inverse = layer(order, sign, L, U, log_s)
        z, log_det = forward(x)
        W = put(order, lower(L) @ upper(U, sign * math.e**log_s))
        nats = [shape[1] * shape[2] * log_volume(W)] * shape[0]
        at_pixels = np.array([[[W @ pixel for pixel in row] for row in image] for image in x])
        gaps = {"z": z - at_pixels, "log_det": log_det - nats, "back": inverse(z) - x}
        return bool(max(np.max(np.abs(gaps[name])) for name in looks.split()) < 1e-8)

    return is_right


OTHER_WAY = {
    "8.1": lambda pis: places(product(map(matrix, pis))),
    "8.2": lambda x, W: pixel_by_pixel(x, lambda pixel: W @ pixel),
    "8.3": lambda mask, W: [np.log(np.linalg.svd(np.kron(np.eye(int(m.sum())), W))[1]).sum() for m in mask],
    "8.4": tested("z log_det back"),
    "8.5": w,
    "8.6": lambda L, y: np.linalg.solve(L.T, y),
}

LEARNERS = {
    "8.1": {
        "let the last row act first": lambda pis: places(product(map(matrix, pis[::-1]))),
        "belongs to the inverse": lambda pis: places(product(map(matrix, pis)).T),
        "the first is undone first": lambda pis: places(product(matrix(pi).T for pi in pis)),
        "the last layer alone": lambda pis: [pi.copy() for pi in pis][-1],
        "the first layer alone": lambda pis: next(iter(pis.tolist())),
        "You add the places": lambda pis: [sum(column) % len(pis.T) for column in pis.T],
        "stays in its place": lambda pis: sorted(pis[0]),
    },
    "8.2": {
        "the pixels of a row": lambda x, W: np.einsum("ij,nchj->nchi", W, x),
        "pixels of a column": lambda x, W: np.einsum("ij,ncjw->nciw", W, x),
        "the transposed matrix": lambda x, W: pixel_by_pixel(x, lambda pixel: pixel @ W),
        "back to": lambda x, W: np.moveaxis(pixel_by_pixel(x, lambda pixel: W @ pixel), 1, 3),
        "its own weight": lambda x, W: np.stack([W[c, c] * x[:, c] for c in range(len(W))], axis=1),
        "the sum of a row": lambda x, W: pixel_by_pixel(x, lambda pixel: pixel * (W @ np.ones(len(W)))),
        "the way back": lambda x, W: pixel_by_pixel(x, lambda pixel: np.linalg.solve(W, pixel)),
        "You add over the pixels": lambda x, W: (
            np.einsum("njhw,ij->ni", x, W)[:, :, None, None] * np.ones(x.shape[2:])
        ),
    },
    "8.3": {
        "You count the padding": lambda mask, W: [mask.shape[1] * log_volume(W)] * len(mask),
        "right for one place": lambda mask, W: [log_volume(W)] * len(mask),
        "of the whole batch": lambda mask, W: [mask.sum() * log_volume(W)] * len(mask),
        "mean length": lambda mask, W: [mask.sum() / len(mask) * log_volume(W)] * len(mask),
        "the share of the places": lambda mask, W: mask.sum(1) / mask.shape[1] * log_volume(W),
        "You count the channels": lambda mask, W: mask.sum(1) * len(W) * log_volume(W),
        "not a number": lambda mask, W: mask.sum(1) * np.log(np.linalg.det(W)),
        "takes it for 0": lambda mask, W: mask.sum(1) * np.log(np.linalg.det(W) ** 2 + 0.0) / 2,
        "counted once for each place": lambda mask, W: mask.sum(1) * volume(W),
        "of the way back": lambda mask, W: mask.sum(1) * log_volume(np.linalg.inv(W)),
        "one number is left": lambda mask, W: sum(len(m[m > 0]) * log_volume(W) for m in mask),
        "the sign of the determinant": lambda mask, W: mask.sum(1) * orientation(W),
        "on the diagonal of `W`": lambda mask, W: mask.sum(1) * sum(math.log(abs(w)) for w in W.diagonal()),
    },
    "8.4": {
        "The round trip alone": tested("back"),
        "The log-det alone": tested("log_det"),
        "at `z` alone": tested("z"),
        "the map itself is not": tested("back log_det"),
        "nothing of `inverse`": tested("log_det z"),
        "No mistake in the log-det": tested("back z"),
        "is its own inverse": tested("z log_det back", pi=(1, 0, 2)),
        "signs are positive": tested("z log_det back", signs=(1, 1, 1)),
        "images are squares": tested("z log_det back", shape=(3, 2, 2)),
        "have one pixel": tested("z log_det back", shape=(3, 1, 1)),
        "a single image": tested("z log_det back", shape=(1, 2, 4)),
        "zeros in both triangles": tested("z log_det back", below=0.0, on=0.0, above=0.0),
        "has zeros on its diagonal": tested("z log_det back", on=0.0),
        "lets everything pass": lambda layer: 1 > 0,
        "Nothing passes": lambda layer: 1 < 0,
    },
    "8.5": {
        "should be taken from": lambda pi, *rest: w(np.argsort(pi), *rest),
        "Both triangles are right": lambda pi, *rest: w(range(len(pi)), *rest),
        "acts on the columns": lambda pi, *rest: w(range(len(pi)), *rest)[:, np.argsort(pi)],
        "positive, always": lambda pi, signs, A: w(pi, signs**2, A),
        "stand the logarithms": lambda pi, signs, A: put(pi, lower(A) @ upper(A, signs * A.diagonal())),
        "so `W` has no inverse": lambda pi, signs, A: put(
            pi, np.tril(A, k=-1) @ upper(A, stored_s(signs, A))
        ),
        "on it stand ones": lambda pi, signs, A: put(pi, (A - np.triu(A, 1)) @ upper(A, stored_s(signs, A))),
        "is added to `s`": lambda pi, signs, A: put(
            pi, lower(A) @ (A - np.tril(A, -1) + np.diag(stored_s(signs, A)))
        ),
        "do not commute": lambda pi, signs, A: put(pi, upper(A, stored_s(signs, A)) @ lower(A)),
        "to the finished product": lambda pi, signs, A: (
            put(pi, lower(A) @ upper(A, 0 * signs)) + np.diag(stored_s(signs, A))
        ),
        "where does `s` stand": lambda pi, signs, A: put(pi, lower(A) @ upper(A, 0 * signs)),
        "makes the reciprocal": lambda pi, signs, A: put(
            pi, lower(A) @ upper(A, (math.e ** A.diagonal()) ** signs)
        ),
        "entry by entry": lambda pi, signs, A: matrix(pi) * lower(A) * upper(A, stored_s(signs, A)),
    },
    "8.6": {
        "solves with `L` itself": lambda L, y: np.linalg.inv(L) @ y,
        "multiples of `y`": lambda L, y: 2 * y - L.T @ y,
        "Look at the sign": lambda L, y: recursive(L, y, lambda column, v, right: right + column @ v),
        "once more": lambda L, y: [column @ y for column in L.T],
        "one term too many": lambda L, y: recursive(L, y, lambda column, v, right: -(column @ v)),
        "unknown just behind. All": lambda L, y: recursive(
            L, y, lambda column, v, right: right - (column[0] * v[0] if len(v) else 0)
        ),
        "one term too late": lambda L, y: recursive(
            L, y, lambda column, v, right: right - column[1:] @ v[1:]
        ),
        "has stayed 0": lambda L, y: recursive(
            L, y, lambda column, v, right: (right - column @ v) * (len(v) > 0)
        ),
        "one sum by another": lambda L, y: recursive(
            L, y, lambda column, v, right: right - sum(column) * sum(v)
        ),
        "`y` itself": lambda L, y: recursive(L.T, y, lambda row, v, right: right - row @ v),
    },
}
