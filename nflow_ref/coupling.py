"""Coupling layers: one half of the channels decides how the other half is transformed."""

from dataclasses import dataclass

import autograd.numpy as np
from autograd.extend import defvjp, primitive

from .bijections import channels
from .inputs import as_batch, methods, positive, sum_event
from .networks import MLP

__all__ = ["AdditiveCoupling", "AffineCoupling"]


def halves(x, name):
    """x = (x_a, x_b): the first ⌊C/2⌋ channels, which stay as they are, and the others."""
    x = as_batch(x, name)
    if x.shape[-1] < 2:
        raise ValueError(f"{name}: needs at least 2 channels to split, got shape {x.shape}")
    d = x.shape[-1] // 2
    return channels(x, slice(d)), channels(x, slice(d, None))


@dataclass(frozen=True)
class AdditiveCoupling:
    """Shift one half by a function of the other.

        forward          z_a = x_a,  z_b = x_b + t(x_a)
        log-det          0
        inverse          x_a = z_a,  x_b = z_b - t(z_a)
        of the inverse   0

    The network t need not be invertible: both directions evaluate it at the half that has not changed.
    With an odd number of channels x_a is the smaller half.
    Shapes: x and z (N, D) or (N, H, W, C) with D, C >= 2; log_det (N,) in nats.

    Raises:
        ValueError: fewer than 2 channels, or params that do not fit.
        TypeError: the conditioner has no init or no apply.
    Source: NICE (Dinh, Krueger & Bengio 2014), section 3.2, and Eqs. (6.1), (6.2) and (6.4).
    """

    conditioner: object = MLP()

    def __post_init__(self):
        methods(self.conditioner, "AdditiveCoupling: conditioner", "a conditioner", "init", "apply")

    def init(self, rng, x):
        x_a, x_b = halves(x, "AdditiveCoupling.init: x")
        return self.conditioner.init(rng, x_a.shape[-1], x_b.shape[-1], x_a.dtype)

    def forward(self, params, x):
        x_a, x_b = halves(x, "AdditiveCoupling.forward: x")
        t = self.conditioner.apply(params, x_a, x_b.shape[-1])
        return np.concatenate([x_a, x_b + t], axis=-1), np.zeros(len(x), dtype=t.dtype)

    def inverse(self, params, z):
        z_a, z_b = halves(z, "AdditiveCoupling.inverse: z")
        t = self.conditioner.apply(params, z_a, z_b.shape[-1])
        return np.concatenate([z_a, z_b - t], axis=-1)


@dataclass(frozen=True)
class AffineCoupling:
    """Scale and shift one half by functions of the other.

        forward          z_a = x_a,  z_b = s(x_a) ⊙ x_b + t(x_a),   log s = c tanh(ŝ(x_a))
        log-det          Σ log s(x_a), over the channels of x_b and all pixels
        inverse          x_a = z_a,  x_b = (z_b - t(z_a)) / s(z_a)
        of the inverse   -Σ log s(z_a)

    One network puts out ŝ and t together. The bound c keeps each scale in [exp(-c), exp(c)].
    With an odd number of channels x_a is the smaller half.
    Shapes: x and z (N, D) or (N, H, W, C) with D, C >= 2; log_det (N,) in nats.

    Raises:
        ValueError: fewer than 2 channels, params that do not fit, or a bound that is not > 0.
        TypeError: the conditioner has no init or no apply.
    Source: Real NVP (Dinh, Sohl-Dickstein & Bengio 2017), section 3.2, and Eqs. (6.9), (6.10), (6.13)
    and (6.14).
    """

    conditioner: object = MLP()
    bound: float = 2.0

    def __post_init__(self):
        methods(self.conditioner, "AffineCoupling: conditioner", "a conditioner", "init", "apply")
        object.__setattr__(self, "bound", positive(self.bound, "AffineCoupling: bound"))

    def init(self, rng, x):
        x_a, x_b = halves(x, "AffineCoupling.init: x")
        return self.conditioner.init(rng, x_a.shape[-1], 2 * x_b.shape[-1], x_a.dtype)

    def forward(self, params, x):
        x_a, x_b = halves(x, "AffineCoupling.forward: x")
        log_s, t = self._log_scale_and_shift(params, x_a, x_b.shape[-1])
        return np.concatenate([x_a, np.exp(log_s) * x_b + t], axis=-1), sum_event(log_s)

    def inverse(self, params, z):
        z_a, z_b = halves(z, "AffineCoupling.inverse: z")
        log_s, t = self._log_scale_and_shift(params, z_a, z_b.shape[-1])
        return np.concatenate([z_a, (z_b - t) * np.exp(-log_s)], axis=-1)

    def _log_scale_and_shift(self, params, a, width):
        out = self.conditioner.apply(params, a, 2 * width)
        s_hat, t = channels(out, slice(width)), channels(out, slice(width, None))
        return bounded(self.bound, s_hat), t


@primitive
def bounded(c, s_hat):
    """c tanh(ŝ), between -c and c: Eq. (6.14)."""
    return c * np.tanh(s_hat)


# d tanh/dŝ = 1 - tanh²; autograd's own 1/cosh² overflows for large ŝ.
defvjp(bounded, lambda ans, c, s_hat: lambda g: g * (c - ans**2 / c), argnums=(1,))
