"""Activation normalization: a scale and a shift for each channel, set from the first batch of data."""

from dataclasses import dataclass

import autograd.numpy as np

from .inputs import as_batch, locations, unpack

__all__ = ["ActNorm"]


@dataclass(frozen=True)
class ActNorm:
    """Scale and shift each channel by constants that are learned.

        forward          z = s ⊙ x + b,   s = exp(log_s)
        log-det          H·W·Σ_c log s_c        (H·W = 1 for vectors)
        inverse          x = (z - b) / s
        of the inverse   -H·W·Σ_c log s_c

    `init` chooses s and b so that each channel of its batch comes out with mean 0 and variance 1. It
    happens there and nowhere else: later batches are transformed with the same s and b.
    Shapes: x and z (N, D) or (N, H, W, C); params {"log_s": (C,), "b": (C,)}; log_det (N,) in nats.

    Raises:
        ValueError: a channel of the first batch is constant; params that do not fit.
    Source: Glow (Kingma & Dhariwal 2018), section 3.1, and Eq. (7.5) for forward, Eq. (7.11) for the log-det,
    Eq. (7.6) for the inverse, Eq. (7.7) for `init`.
    """

    def init(self, rng, x):
        x = as_batch(x, "ActNorm.init: x")
        axes = tuple(range(x.ndim - 1))
        # In float64: float32 sums over a million pixels lose the digits that are wanted here.
        mean, std = np.mean(x, axis=axes, dtype=np.float64), np.std(x, axis=axes, dtype=np.float64)
        rounding = 4 * np.finfo(x.dtype).eps * np.max(np.abs(x), axis=axes)
        for c in np.flatnonzero(np.ptp(x, axis=axes) <= rounding):
            raise ValueError(
                f"ActNorm.init: channel {c} of x is constant ({mean[c]}), its scale would be infinite"
            )
        return {"log_s": -np.log(std).astype(x.dtype), "b": (-mean / std).astype(x.dtype)}

    def forward(self, params, x):
        x = as_batch(x, "ActNorm.forward: x")
        log_s, b = unpack(params, "ActNorm.forward", x.dtype, **self._shapes(x))
        return np.exp(log_s) * x + b, locations(x) * np.sum(log_s)

    def inverse(self, params, z):
        z = as_batch(z, "ActNorm.inverse: z")
        log_s, b = unpack(params, "ActNorm.inverse", z.dtype, **self._shapes(z))
        return (z - b) * np.exp(-log_s)

    @staticmethod
    def _shapes(x):
        return {"log_s": x.shape[-1:], "b": x.shape[-1:]}
