"""A coupling of an image's pixels, which needs no second channel: those of one colour change the others."""

from dataclasses import dataclass
from numbers import Integral

import autograd.numpy as np
import numpy as onp

from .bijections import channels
from .coupling import bounded
from .inputs import as_batch, methods, positive, require, sum_event
from .networks import ConvNet

__all__ = ["CheckerboardCoupling"]


@dataclass(frozen=True)
class CheckerboardCoupling:
    """Scale and shift every second pixel by functions of the others, as on a checkerboard.

        m                1 at pixels (i, j) with i + j + parity odd, 0 at the others
        forward          z = s ⊙ x + t,   log s = m ⊙ c tanh(ŝ(y)),   t = m ⊙ t̂(y),   y = (1 - m) ⊙ x
        log-det          Σ log s, over all pixels and channels
        inverse          x = (z - t) / s, with the same s and t: y = (1 - m) ⊙ z
        of the inverse   -Σ log s

    One network puts out ŝ and t̂ together, for every pixel; m hides those that stay. It is one that keeps
    the pixels where they are, such as ConvNet. Two couplings, of parity 0 and 1, change them all.
    Shapes: x and z (N, H, W, C) with C >= 1; params those of the network; log_det (N,) in nats.

    Raises:
        ValueError: x is no batch of images, params that do not fit, a bound that is not > 0, a parity
            that is not 0 or 1.
        TypeError: the conditioner has no init or no apply.
    Source: Real NVP (Dinh, Sohl-Dickstein & Bengio 2017), section 3.4, and Eqs. (9.17) to (9.20).
    """

    conditioner: object = ConvNet()
    bound: float = 2.0
    parity: int = 0

    def __post_init__(self):
        methods(self.conditioner, "CheckerboardCoupling: conditioner", "a conditioner", "init", "apply")
        object.__setattr__(self, "bound", positive(self.bound, "CheckerboardCoupling: bound"))
        good = isinstance(self.parity, Integral) and self.parity in (0, 1)
        require(good, "CheckerboardCoupling: parity", "0 or 1", self.parity, ValueError)
        object.__setattr__(self, "parity", int(self.parity))

    def init(self, rng, x):
        x = as_batch(x, "CheckerboardCoupling.init: x", ndim=(4,))
        return self.conditioner.init(rng, x.shape[-1], 2 * x.shape[-1], x.dtype)

    def forward(self, params, x):
        x = as_batch(x, "CheckerboardCoupling.forward: x", ndim=(4,))
        log_s, t = self._log_scale_and_shift(params, x)
        return np.exp(log_s) * x + t, sum_event(log_s)

    def inverse(self, params, z):
        z = as_batch(z, "CheckerboardCoupling.inverse: z", ndim=(4,))
        log_s, t = self._log_scale_and_shift(params, z)
        return (z - t) * np.exp(-log_s)

    def mask(self, height, width, dtype):
        """m, (H, W, 1): Eq. (9.17)."""
        i, j = onp.indices((height, width))
        return ((i + j + self.parity) % 2)[..., None].astype(dtype)

    def _log_scale_and_shift(self, params, x):
        m, width = self.mask(*x.shape[1:3], x.dtype), x.shape[-1]
        out = m * self.conditioner.apply(params, (1 - m) * x, 2 * width)
        s_hat, t = channels(out, slice(width)), channels(out, slice(width, None))
        return bounded(self.bound, s_hat), t  # tanh 0 = 0: where m hides ŝ, log s is 0
