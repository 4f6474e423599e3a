"""Activation normalization: a scale and a shift for each channel, set from the first batch of data."""

from dataclasses import dataclass

import autograd.numpy as np

from .inputs import as_batch, locations, unpack, value

__all__ = ["ActNorm"]


@dataclass(frozen=True)
class ActNorm:
    """Subtract a constant from each channel, then scale and shift it by numbers that are learned.

        forward          z = s ⊙ (x - m) + b,   s = exp(log_s)
        log-det          H·W·Σ_c log s_c        (H·W = 1 for vectors)
        inverse          x = (z - b) / s + m
        of the inverse   -H·W·Σ_c log s_c

    `init` chooses m, s and b so that each channel of its batch comes out with mean 0 and variance 1. It
    happens there and nowhere else: later batches are transformed with the same numbers. log_s and b are
    learned. m, the mean of that batch, stays what it is: no gradient reaches it, for b does the same work,
    in units of z. So training on a·x + c, a > 0, takes the steps that it takes on x, up to rounding.
    Shapes: x and z (N, D) or (N, H, W, C); params {"log_s": (C,), "m": (C,), "b": (C,)}; log_det (N,), nats.
    Precision: x - m is as exact as x itself. float32 rounds x by up to 6e-8 |x| (float64: 1.1e-16 |x|), so
    at a mean of 1e4 standard deviations z has 3 digits, at 1e6 hardly one, and no layer brings them back.

    Raises:
        ValueError: a channel of the first batch is constant; params that do not fit.
    Source: Glow (Kingma & Dhariwal 2018), section 3.1, whose s ⊙ x + b is the same map with b - s ⊙ m for b,
    and Eq. (7.5) for forward, Eq. (7.11) for the log-det, Eq. (7.6) for the inverse, Eq. (7.7) for `init`.
    """

    def init(self, rng, x):
        x = as_batch(x, "ActNorm.init: x")
        axes = tuple(range(x.ndim - 1))
        # In float64: float32 sums over a million pixels lose the digits that are wanted here. And after m is
        # subtracted, so that b takes up what rounding has left out of m.
        m = np.mean(x, axis=axes, dtype=np.float64).astype(x.dtype)
        centred = np.subtract(x, m, dtype=np.float64)
        mean, std = np.mean(centred, axis=axes), np.std(centred, axis=axes)
        rounding = 4 * np.finfo(x.dtype).eps * np.max(np.abs(x), axis=axes)
        smallest = max(np.finfo(x.dtype).tiny, 1e-150)  # whose square and whose reciprocal are numbers
        for c in np.flatnonzero(np.ptp(x, axis=axes) <= np.maximum(rounding, smallest)):
            raise ValueError(
                f"ActNorm.init: channel {c} of x is constant ({m[c]}), its scale would be infinite"
            )
        return {"log_s": -np.log(std).astype(x.dtype), "m": m, "b": (-mean / std).astype(x.dtype)}

    def forward(self, params, x):
        x = as_batch(x, "ActNorm.forward: x")
        log_s, m, b = unpack(params, "ActNorm.forward", x.dtype, **self._shapes(x))
        return np.exp(log_s) * (x - value(m)) + b, locations(x) * np.sum(log_s)

    def inverse(self, params, z):
        z = as_batch(z, "ActNorm.inverse: z")
        log_s, m, b = unpack(params, "ActNorm.inverse", z.dtype, **self._shapes(z))
        return (z - b) * np.exp(-log_s) + value(m)

    @staticmethod
    def _shapes(x):
        return dict.fromkeys(("log_s", "m", "b"), x.shape[-1:])
