"""Answers of learners to the exercises of notebook 08."""

import itertools
import math

import numpy as np


def zeros_and_ones(places):
    """A matrix with ones at the places (i, j), one in each row."""
    places = list(places)
    P = np.zeros((len(places), len(places)))
    for i, j in places:
        P[i, j] = 1
    return P


def pixel_by_pixel(x, f):
    """f at the channels of each pixel."""
    return np.array([[[f(pixel) for pixel in row] for row in image] for image in x])


def volume(W):
    """|det W|, from the singular values."""
    return math.prod(np.linalg.svd(W)[1])


def orientation(W):
    """1 or -1, also where the determinant is too small to be told from 0."""
    return np.sign(np.linalg.det(W / np.max(np.abs(W))))


def log_volume(W):
    return sum(math.log(stretch) for stretch in np.linalg.svd(W)[1])


def parity(p):
    """1 or -1: by the pairs of p that stand in the wrong order."""
    return (-1) ** sum(a > b for a, b in itertools.combinations(list(p), 2))


def dets(pi, s, sign=parity, total=math.prod):
    return [sign(p) * total(row) for p, row in zip(pi, s, strict=True)]


def lower(L):
    return np.array([[1.0 if i == j else u * (j < i) for j, u in enumerate(row)] for i, row in enumerate(L)])


def upper(U, s):
    return np.array([[s[i] if i == j else u * (j > i) for j, u in enumerate(row)] for i, row in enumerate(U)])


def put(pi, M):
    """Row i of the result is row pi[i] of M."""
    return np.array([M[k] for k in pi])


def w(pi, signs, L, U, log_s):
    return put(pi, lower(L) @ upper(U, signs * math.e**log_s))


def first(x):
    return x.shape[1] * x.shape[2]


def recursive(L, y, rule):
    """v with v_i = rule(row i of L before the diagonal, all v before i, y_i)."""
    v = []
    for row, right in zip(L, y, strict=True):
        v.append(rule(row[: len(v)], np.array(v), right))
    return v


OTHER_WAY = {
    "8.1": lambda pi: np.array([np.eye(len(pi))[k] for k in pi]),
    "8.2": lambda x, W: pixel_by_pixel(x, lambda pixel: W @ pixel),
    "8.3": lambda x, W: [np.log(np.linalg.svd(np.kron(np.eye(first(x)), W))[1]).sum() for _ in x],
    "8.4": dets,
    "8.5": w,
    "8.6": np.linalg.solve,
}

LEARNERS = {
    "8.1": {
        "that of the inverse permutation": lambda pi: zeros_and_ones([(k, i) for i, k in enumerate(pi)]),
        "moves nothing": lambda pi: zeros_and_ones([(k, k) for k in pi]),
        "whatever `pi` is": lambda pi: np.fliplr(np.eye(len(pi))),
        "multiplies the entries by numbers": lambda pi: np.eye(len(pi)) * pi,
        "one place off": lambda pi: zeros_and_ones([(i, (k - 1) % len(pi)) for i, k in enumerate(pi)]),
        "twice in a row": lambda pi: zeros_and_ones([(i, pi[k]) for i, k in enumerate(pi)]),
        "full of ones": lambda pi: np.zeros((len(pi), len(pi))) + 1,
    },
    "8.2": {
        "by the transposed matrix": lambda x, W: pixel_by_pixel(x, lambda pixel: pixel @ W),
        "cuts the memory anew": lambda x, W: (W @ np.reshape(x, (len(x), len(W), -1))).reshape(x.shape),
        "its own weight": lambda x, W: np.stack([W[c, c] * x[..., c] for c in range(len(W))], axis=-1),
        "the sum of a row": lambda x, W: x * (W @ np.ones(len(W))),
        "the way back": lambda x, W: pixel_by_pixel(x, lambda pixel: np.linalg.solve(W, pixel)),
        "as a residual layer": lambda x, W: pixel_by_pixel(x, lambda pixel: pixel + W @ pixel),
        "You add over the pixels": lambda x, W: (
            np.einsum("nhwj,ij->ni", x, W)[:, None, None] * np.ones(x.shape[1:])
        ),
    },
    "8.3": {
        "right for one pixel": lambda x, W: [log_volume(W)] * len(x),
        "are added": lambda x, W: [log_volume(W) * sum(x.shape[1:3])] * len(x),
        "for a square": lambda x, W: [log_volume(W) * x.shape[1] * x.shape[1]] * len(x),
        "You count the channels": lambda x, W: [log_volume(W) * x[0].size] * len(x),
        "of the whole batch": lambda x, W: [log_volume(W) * len(x) * first(x)] * len(x),
        "not a number": lambda x, W: np.repeat(first(x) * np.log(np.linalg.det(W)), len(x)),
        "takes it for 0": lambda x, W: np.repeat(first(x) * np.log(np.linalg.det(W) ** 2 + 0.0) / 2, len(x)),
        "counted once for each pixel": lambda x, W: [volume(W) * first(x)] * len(x),
        "of the way back": lambda x, W: [first(x) * log_volume(np.linalg.inv(W))] * len(x),
        "stands there once": lambda x, W: first(x) * log_volume(W),
        "the sign of the determinant": lambda x, W: [first(x) * orientation(W)] * len(x),
        "on the diagonal of `W`": lambda x, W: (
            [first(x) * sum(math.log(abs(w)) for w in W.diagonal())] * len(x)
        ),
        "the last two axes": lambda x, W: [x.shape[2] * len(W) * log_volume(W)] * len(x),
    },
    "8.4": {
        "of the two triangular factors": lambda pi, s: [math.prod(row) for row in s],
        "with its sign": lambda pi, s: np.abs(dets(pi, s)),
        "which the log-density needs": lambda pi, s: np.log(np.abs(dets(pi, s))),
        "are added": lambda pi, s: dets(pi, s, total=sum),
        "One exchange moves two": lambda pi, s: dets(
            pi, s, sign=lambda p: math.prod(-1 if k != i else 1 for i, k in enumerate(p))
        ),
        "for a single exchange": lambda pi, s: [-math.prod(row) for row in s],
        "over the matrices": lambda pi, s: [parity(p) for p in pi] * np.array([math.prod(c) for c in s.T]),
        "of the inverse matrix": lambda pi, s: 1 / np.array(dets(pi, s)),
        "all rows of `s`": lambda pi, s: [parity(p) * math.prod(s.ravel()) for p in pi],
        "add the determinants": lambda pi, s: [sum(dets(pi, s))] * len(s),
        "average over the matrices": lambda pi, s: [sum(dets(pi, s)) / len(s)] * len(s),
        "of `P` alone": lambda pi, s: [parity(p) for p in pi],
    },
    "8.5": {
        "should be taken from": lambda pi, *rest: w(np.argsort(pi), *rest),
        "Both triangles are right": lambda pi, *rest: w(range(len(pi)), *rest),
        "acts on the columns": lambda pi, *rest: w(range(len(pi)), *rest)[:, np.argsort(pi)],
        "positive, always": lambda pi, signs, *rest: w(pi, signs**2, *rest),
        "stand the logarithms": lambda pi, signs, L, U, log_s: put(pi, lower(L) @ upper(U, signs * log_s)),
        "has no inverse": lambda pi, signs, L, U, log_s: put(
            pi, np.tril(L, k=-1) @ upper(U, signs * math.e**log_s)
        ),
        "on it stand ones": lambda pi, signs, L, U, log_s: put(
            pi, (L - np.triu(L, 1)) @ upper(U, signs * math.e**log_s)
        ),
        "is added to `s`": lambda pi, signs, L, U, log_s: put(
            pi, lower(L) @ (U - np.tril(U, -1) + np.diag(signs * math.e**log_s))
        ),
        "do not commute": lambda pi, signs, L, U, log_s: put(pi, upper(U, signs * math.e**log_s) @ lower(L)),
        "to the finished product": lambda pi, signs, L, U, log_s: (
            put(pi, lower(L) @ upper(U, 0 * log_s)) + np.diag(signs * math.e**log_s)
        ),
        "where does `s` stand": lambda pi, signs, L, U, log_s: put(pi, lower(L) @ upper(U, 0 * log_s)),
        "makes the reciprocal": lambda pi, signs, L, U, log_s: put(
            pi, lower(L) @ upper(U, (math.e**log_s) ** signs)
        ),
        "entry by entry": lambda pi, signs, L, U, log_s: (
            zeros_and_ones(enumerate(pi)) * lower(L) * upper(U, signs * math.e**log_s)
        ),
    },
    "8.6": {
        "multiples of `y`": lambda L, y: 2 * y - L @ y,
        "Look at the sign": lambda L, y: recursive(L, y, lambda row, v, right: right + row @ v),
        "once more": lambda L, y: [row @ y for row in L],
        "the transposed matrix": lambda L, y: np.linalg.inv(L).T @ y,
        "one term too far": lambda L, y: recursive(L, y, lambda row, v, right: -(row @ v)),
        "just before": lambda L, y: recursive(
            L, y, lambda row, v, right: right - (row[-1] * v[-1] if len(v) else 0)
        ),
        "one term too soon": lambda L, y: recursive(L, y, lambda row, v, right: right - row[:-1] @ v[:-1]),
        "has stayed 0": lambda L, y: recursive(L, y, lambda row, v, right: (right - row @ v) * (len(v) > 0)),
        "one sum by another": lambda L, y: recursive(L, y, lambda row, v, right: right - sum(row) * sum(v)),
        "`y` itself": lambda L, y: recursive(L.T, y, lambda column, v, right: right - column @ v),
    },
}
