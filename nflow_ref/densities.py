"""Base densities: simple distributions whose log-density is known and whose samples are cheap."""

import math
from dataclasses import dataclass

import autograd.numpy as np
import numpy as onp
from autograd.extend import defvjp, primitive

from .inputs import as_examples, event_shape, float_type, generator, positive, require, sum_event

__all__ = ["BaseDensity", "StandardLogistic", "StandardNormal"]

LOG_2PI = math.log(2 * math.pi)


class BaseDensity:
    """What the base densities share: the shape of an example, and the checks at the door.

    `shape` is the shape of one example: () for numbers, (D,) for vectors, (H, W, C) for images.
    All coordinates are independent, so log-densities add over them.
    """

    def __post_init__(self):
        object.__setattr__(self, "shape", event_shape(self.shape, f"{type(self).__name__}: shape"))

    def log_prob(self, z):
        """log p_z(z), shape (N,), in nats, for z of shape (N, *shape).

        Raises:
            ValueError, TypeError, NonFiniteError: z is no batch of such examples.
        """
        z = self._batch(z, "log_prob")
        return sum_event(self._log_prob(z))

    def sample(self, rng, n, dtype=onp.float64):
        """n independent examples, shape (n, *shape), drawn from the generator `rng`."""
        name = f"{type(self).__name__}.sample"
        shape = (positive(n, f"{name}: n", whole=True), *self.shape)
        return self._sample(generator(rng, name), shape).astype(float_type(dtype, f"{name}: dtype"))

    def cdf(self, z):
        """F_z(z) = P(Z <= z), Eq. (2.1), for numbers z of shape (N,); only for shape ()."""
        name = f"{type(self).__name__}.cdf: shape"
        require(self.shape == (), name, "(), that of numbers", self.shape, ValueError)
        return self._cdf(self._batch(z, "cdf"))

    def _batch(self, z, method):
        return as_examples(z, f"{type(self).__name__}.{method}: z", self.shape)


@dataclass(frozen=True)
class StandardNormal(BaseDensity):
    """Independent standard normal coordinates: mean 0, variance 1.

        log p_z(z) = -1/2 Σ_i (z_i² + log 2π)                         nats
        F_z(z)     = erfc(-z / √2) / 2                                shape () only

    Source: Eq. (1.2).
    """

    shape: tuple = ()

    def _log_prob(self, z):
        return -0.5 * (z**2 + LOG_2PI)

    def _sample(self, rng, shape):
        return rng.standard_normal(shape)

    def _cdf(self, z):
        return _normal_cdf(z)


@dataclass(frozen=True)
class StandardLogistic(BaseDensity):
    """Independent standard logistic coordinates: mean 0, variance π²/3.

        log p_z(z) = -Σ_i (z_i + 2 log(1 + exp(-z_i)))                nats
        F_z(z)     = 1 / (1 + exp(-z))                                shape () only

    Source: NICE (Dinh et al. 2014), section 5.1, and Eq. (1.3).
    """

    shape: tuple = ()

    def _log_prob(self, z):
        return -z - 2 * np.logaddexp(0, -z)  # logaddexp(0, -z) = log(1 + exp(-z)), no overflow

    def _sample(self, rng, shape):
        return rng.logistic(size=shape)

    def _cdf(self, z):
        return np.exp(-np.logaddexp(0, -z))


_erfc = onp.vectorize(math.erfc)


@primitive
def _normal_cdf(z):
    return (0.5 * _erfc(-z / math.sqrt(2))).astype(z.dtype)


defvjp(_normal_cdf, lambda ans, z: lambda g: g * np.exp(-0.5 * (z**2 + LOG_2PI)))
