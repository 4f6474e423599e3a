"""Linear maps of the channels: permutations and invertible 1×1 convolutions."""

from dataclasses import dataclass

import autograd.numpy as np
import numpy as onp

from .bijections import channels
from .inputs import as_batch, as_float, generator, locations, positive, require, unpack, value

__all__ = ["Conv1x1", "Conv1x1LU", "Permutation", "inverse_permutation", "lu", "random_orthogonal"]


@dataclass(frozen=True)
class Permutation:
    """Reorder the channels by a fixed permutation π.

        forward          z_i = x_π(i)
        log-det          0
        inverse          x_π(i) = z_i
        of the inverse   0

    Shapes: x and z (N, D) or (N, H, W, C); params (); log_det (N,) in nats.

    Raises:
        ValueError: `permutation` is none of 0..C-1, or x has another number of channels.
    Source: Eq. (8.3) for forward, Eq. (8.5) for the log-det, Eq. (8.4) for the inverse.
    """

    permutation: tuple

    def __post_init__(self):
        object.__setattr__(self, "permutation", _permutation(self.permutation, "Permutation"))

    def init(self, rng, x):
        self._batch(x, "init: x")
        return ()

    def forward(self, params, x):
        x = self._batch(x, "forward: x")
        return channels(x, self.permutation), np.zeros(len(x), dtype=x.dtype)

    def inverse(self, params, z):
        return channels(self._batch(z, "inverse: z"), inverse_permutation(self.permutation))

    def _batch(self, x, name):
        return with_channels(x, len(self.permutation), f"Permutation.{name}")


@dataclass(frozen=True)
class Conv1x1:
    """Multiply the channels of each pixel by one invertible matrix W.

        forward          z = W x at each pixel
        log-det          H·W·log|det W|        (H·W = 1 for vectors)
        inverse          x = W⁻¹ z
        of the inverse   -H·W·log|det W|

    W starts as a random orthogonal matrix, with log|det W| = 0. The determinant costs O(C³) at every step.
    Shapes: x and z (N, D) or (N, H, W, C); params {"W": (C, C)}; log_det (N,) in nats.

    Raises:
        ValueError: W is singular to working precision; params that do not fit.
    Source: Glow (Kingma & Dhariwal 2018), section 3.2; Eq. (8.9) for forward, Eq. (8.13) for the log-dets.
    """

    def init(self, rng, x):
        x = as_batch(x, "Conv1x1.init: x")
        return {"W": random_orthogonal(rng, x.shape[-1]).astype(x.dtype)}

    def forward(self, params, x):
        x = as_batch(x, "Conv1x1.forward: x")
        W = self._matrix(params, "Conv1x1.forward", x)
        return np.dot(x, W.T), locations(x) * np.linalg.slogdet(W)[1]

    def inverse(self, params, z):
        z = as_batch(z, "Conv1x1.inverse: z")
        W = self._matrix(params, "Conv1x1.inverse", z)
        return np.dot(z, np.linalg.inv(W).T)

    @staticmethod
    def _matrix(params, where, x):
        (W,) = unpack(params, where, x.dtype, W=(x.shape[-1], x.shape[-1]))
        condition = onp.linalg.cond(value(W), 1)
        if condition * onp.finfo(x.dtype).eps >= 1:
            raise ValueError(f"{where}: W is singular, its condition number is {condition:.1e}")
        return W


@dataclass(frozen=True)
class Conv1x1LU:
    """A 1×1 convolution whose matrix is kept as W = P L (U + diag(s)).

        forward          z = P L (U + diag(s)) x at each pixel
        log-det          H·W·Σ_c log|s_c|        (H·W = 1 for vectors)
        inverse          y = P⁻¹ z;  L v = y, then (U + diag(s)) x = v, two triangular solves
        of the inverse   -H·W·Σ_c log|s_c|

    L is lower triangular with ones on its diagonal, U strictly upper triangular. The permutation matrix
    P, with (P y)_i = y_π(i), and the signs of s are frozen: they belong to the layer. L, U and log|s| are
    learned. So W stays invertible whatever the optimiser does, and the determinant costs O(C).
    W starts as a random orthogonal matrix.
    Shapes: x and z (N, D) or (N, H, W, C); params {"L": (C, C), "U": (C, C), "log_s": (C,)}, of which only
    the entries below (L) and above (U) the diagonal count; log_det (N,) in nats.

    Raises:
        ValueError: no permutation of 0..C-1; signs other than C times ±1; params that do not fit.
    Source: Glow (Kingma & Dhariwal 2018), section 3.2; Eq. (8.15) for W, Eq. (8.20) for the log-det,
    Eqs. (8.24) and (8.25) for the inverse.
    """

    permutation: tuple
    signs: tuple

    def __post_init__(self):
        permutation = _permutation(self.permutation, "Conv1x1LU")
        signs = as_float(self.signs, "Conv1x1LU: signs")
        good = signs.shape == (len(permutation),) and (abs(signs) == 1).all()
        require(good, "Conv1x1LU: signs", f"{len(permutation)} numbers +1 or -1", self.signs, ValueError)
        object.__setattr__(self, "permutation", permutation)
        object.__setattr__(self, "signs", tuple(int(s) for s in signs))

    @classmethod
    def random(cls, rng, channels):
        """A layer with the permutation and the signs that the LU form of a random orthogonal W has."""
        permutation, _, U = lu(random_orthogonal(rng, channels))
        return cls(permutation, tuple(onp.sign(onp.diag(U))))

    def init(self, rng, x):
        x = self._batch(x, "init: x")
        # Other rows' order and columns' signs leave an orthogonal matrix orthogonal.
        _, L, U = lu(random_orthogonal(rng, x.shape[-1]))
        U = U * (onp.sign(onp.diag(U)) * self.signs)
        params = {"L": onp.tril(L, -1), "U": onp.triu(U, 1), "log_s": onp.log(onp.abs(onp.diag(U)))}
        return {key: p.astype(x.dtype) for key, p in params.items()}

    def forward(self, params, x):
        x = self._batch(x, "forward: x")
        L, U, log_s = self._factors(params, "Conv1x1LU.forward", x.dtype)
        return channels(np.dot(x, np.dot(L, U).T), self.permutation), locations(x) * np.sum(log_s)

    def inverse(self, params, z):
        z = self._batch(z, "inverse: z")
        L, U, _ = self._factors(params, "Conv1x1LU.inverse", z.dtype)
        y = channels(z, inverse_permutation(self.permutation))
        order = range(len(self.permutation))
        return solve_triangular(U, solve_triangular(L, y, order), reversed(order))

    def _batch(self, x, name):
        return with_channels(x, len(self.permutation), f"Conv1x1LU.{name}")

    def _factors(self, params, where, dtype):
        """L with its unit diagonal, U + diag(s), and log|s|."""
        c = len(self.permutation)
        L, U, log_s = unpack(params, where, dtype, L=(c, c), U=(c, c), log_s=(c,))
        s = np.array(self.signs, dtype=dtype) * np.exp(log_s)
        return np.tril(L, -1) + np.eye(c, dtype=dtype), np.triu(U, 1) + np.diag(s), log_s


def lu(W):
    """W = P L U by elimination with partial pivoting: (π, L, U) with (P y)_i = y_π(i).

    L is lower triangular with ones on its diagonal, U upper triangular; both (C, C) like W. This U holds
    all of U + diag(s).

    Raises:
        ValueError: W is not square, or singular.
    Source: Eqs. (8.16) and (8.17), one column after the other.
    """
    U = as_float(W, "lu: W").copy()
    square = U.ndim == 2 and U.shape[0] == U.shape[1]
    require(square, "lu: the shape of W", "that of a square matrix", U.shape, ValueError)
    c = len(U)
    L, rows = onp.eye(c, dtype=U.dtype), onp.arange(c)
    for k in range(c):
        pivot = k + int(onp.argmax(onp.abs(U[k:, k])))
        if U[pivot, k] == 0:
            raise ValueError(f"lu: W is singular, no pivot is left in column {k}")
        for array in (U, rows):
            array[[k, pivot]] = array[[pivot, k]]
        L[[k, pivot], :k] = L[[pivot, k], :k]
        L[k + 1 :, k] = U[k + 1 :, k] / U[k, k]
        U[k + 1 :] -= onp.outer(L[k + 1 :, k], U[k])
    return inverse_permutation(rows), L, onp.triu(U)


def solve_triangular(T, y, order):
    """x with T x = y for each vector y on the last axis, one unknown at a time.

    `order` is range(C) for a lower triangular T and reversed(range(C)) for an upper triangular one:
    each unknown, once found, is eliminated from the equations that are left: Eqs. (8.24) and (8.25).
    """
    x = [None] * len(T)
    for i in order:
        x[i] = y[..., i] / T[i, i]
        y = y - x[i][..., None] * T[:, i]
    return np.stack(x, axis=-1)


def random_orthogonal(rng, channels):
    """A matrix drawn uniformly from the orthogonal group O(C): QR of a Gaussian matrix, signs fixed."""
    generator(rng, "random_orthogonal")
    channels = positive(channels, "random_orthogonal: channels", whole=True)
    Q, R = onp.linalg.qr(rng.standard_normal((channels, channels)))
    return Q * onp.sign(onp.diag(R))


def inverse_permutation(permutation):
    return tuple(int(i) for i in onp.argsort(permutation))


def with_channels(x, channels, name):
    x = as_batch(x, name)
    if x.shape[-1] != channels:
        raise ValueError(f"{name}: expected {channels} channels, got shape {x.shape}")
    return x


def _permutation(permutation, name):
    order = as_float(permutation, f"{name}: permutation")
    if order.ndim != 1 or not order.size or (onp.sort(order) != onp.arange(order.size)).any():
        raise ValueError(f"{name}: expected a permutation of 0..C-1, got {permutation}")
    return tuple(int(i) for i in order)
