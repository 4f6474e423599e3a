"""The layers that do one linear thing at each pixel, and their backward passes.

Each is a function of its layer, its parameters p and a matrix X with pixels as columns. It returns
(Z, log_det, backward): log_det for one pixel, and backward(Z̄, ḡ) = (X̄, {parameter: its bar}), where ḡ is
the sum over all pixels of all examples of the derivative with respect to the log-det.
"""

import math
from functools import lru_cache

import numpy as np

from ..actnorm import ActNorm
from ..linear import Conv1x1, Conv1x1LU, Permutation, inverse_permutation


def actnorm(layer, p, X):
    """forward   Z = s ⊙ X + b [1 0 ... 0],   log-det Σ log s: the first column of X is where the ones are
    backward     X̄ = s ⊙ Z̄,   log̅s = Σ Z̄ ⊙ s ⊙ X + ḡ,   b̄ = Z̄ [1 0 ... 0]ᵀ: Eq. (11.4)
    """
    s = np.exp(p["log_s"])[:, None]
    scaled = s * X
    Z = scaled.copy()
    Z[:, 0] += p["b"]

    def backward(Z_bar, g):
        return s * Z_bar, {"log_s": np.add.reduce(Z_bar * scaled, axis=1) + g, "b": Z_bar[:, 0]}

    return Z, np.add.reduce(p["log_s"]), backward


def permutation(layer, p, X):
    """forward   Z_i = X_π(i),   log-det 0
    backward     X̄_π(i) = Z̄_i: Eq. (11.5)
    """
    return X[order(layer.permutation)[0]], 0, lambda Z_bar, g: (Z_bar[order(layer.permutation)[1]], ())


def conv1x1(layer, p, X):
    """forward   Z = W X,   log-det log|det W|
    backward     X̄ = Wᵀ Z̄,   W̄ = Z̄ Xᵀ + ḡ W⁻ᵀ: Eq. (11.6)
    """
    W = layer._matrix(p, "Conv1x1.forward", p["W"])

    def backward(Z_bar, g):
        return W.T @ Z_bar, {"W": Z_bar @ X.T + g * np.linalg.inv(W).T}

    return W @ X, np.linalg.slogdet(W)[1], backward


def conv1x1_lu(layer, p, X):
    """forward   Z = P L V X with V = U + diag(s),   log-det Σ log|s|
    backward     Ȳ = Pᵀ Z̄,   A̅ = Ȳ Xᵀ for A = L V,   V̄ = Lᵀ A̅,   X̄ = Aᵀ Ȳ,
                 L̄ = A̅ Vᵀ below the diagonal, Ū = V̄ above it,   log̅s = s ⊙ diag V̄ + ḡ: Eq. (11.7)
    """
    to, back = order(layer.permutation)
    below, one, above = triangles(len(to), X.dtype)
    s = np.array(layer.signs, X.dtype) * np.exp(p["log_s"])
    L, V = below * p["L"] + one, above * p["U"] + one * s
    A = L @ V

    def backward(Z_bar, g):
        Y_bar = Z_bar[back]
        A_bar = Y_bar @ X.T
        V_bar = L.T @ A_bar
        bars = {"L": below * (A_bar @ V.T), "U": above * V_bar, "log_s": s * V_bar.diagonal() + g}
        return A.T @ Y_bar, bars

    return (A @ X)[to], np.add.reduce(p["log_s"]), backward


LINEAR = {ActNorm: actnorm, Permutation: permutation, Conv1x1: conv1x1, Conv1x1LU: conv1x1_lu}


@lru_cache
def order(permutation):
    return np.array(permutation), np.array(inverse_permutation(permutation))


@lru_cache
def triangles(c, dtype):
    ones = np.ones((c, c), dtype)
    return np.tril(ones, -1), np.eye(c, dtype=dtype), np.triu(ones, 1)


class LinearPass:
    """A run of linear layers as one product, z = E [1; x]: Eq. (11.8).

    E = [b | A], (C, 1 + C), is what the layers make of [0 | 1], as if that were data. So their own pairs
    work on 1 + C columns, and not on all pixels of all images.
    """

    def __init__(self, layers, params, gradient, shape, buffers):
        self.layers, self.params, self.gradient = layers, params, gradient
        channels, columns = shape[0], math.prod(shape[1:])
        self.pixels = math.prod(shape[1:-1])
        self.start = np.eye(channels, 1 + channels, 1, dtype=buffers.dtype)
        self.z, self.x_bar = buffers.state(channels, columns), buffers.bar(channels, columns)

    def forward(self, x, log_det):
        self.x = x
        np.dot(self._matrix(log_det), x, out=self.z[1:])
        return self.z

    def backward(self, z_bar, g):
        E_bar, total = np.dot(z_bar, self.x.T), self.pixels * np.add.reduce(g)
        for backward, gradient in zip(reversed(self.backwards), reversed(self.gradient), strict=True):
            E_bar, bars = backward(E_bar, total)
            for name in bars:
                gradient[name][...] = bars[name]
        return np.dot(self.E[:, 1:].T, z_bar, out=self.x_bar)

    def inverse(self, z):
        E = self._matrix(0).astype(np.float64)  # a few numbers, which can be had to full precision
        A_inverse = np.linalg.inv(E[:, 1:])
        E = np.concatenate([-A_inverse @ E[:, :1], A_inverse], axis=1)
        np.dot(E.astype(z.dtype), z, out=self.z[1:])
        return self.z

    def _matrix(self, log_det):
        self.E, self.backwards = self.start, []
        for layer, p in zip(self.layers, self.params, strict=True):
            self.E, d, backward = LINEAR[type(layer)](layer, p, self.E)
            log_det += self.pixels * d
            self.backwards.append(backward)
        return self.E
