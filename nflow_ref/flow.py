"""A flow: a base density and a bijection that maps data to it."""

from dataclasses import dataclass

from .bijections import Bijection
from .inputs import as_batch, positive
from .parameters import check_params, leaves

__all__ = ["Flow"]


@dataclass(frozen=True)
class Flow:
    """The density of x when f(x) has the base density.

        log p_x(x) = log p_z(f(x)) + log|det ∂f/∂x|          nats
        x = f⁻¹(z), z from the base density                  a sample

    Shapes: x (N, *base.shape). params: those of the bijection.
    Source: Eq. (1.8) in one dimension; Real NVP (Dinh, Sohl-Dickstein & Bengio 2017), section 3.1.
    """

    base: object
    bijection: Bijection

    def init(self, rng, x):
        """Parameters for a first batch x of data, which ActNorm uses for its scales and shifts."""
        return self.bijection.init(rng, self._batch(x, "init: x"))

    def log_prob(self, params, x):
        """log p_x(x) in nats, shape (N,).

        Raises:
            ValueError, TypeError: x is no batch of examples, or params do not fit.
            NonFiniteError: x or params are not finite, or so large that the result is not.
        """
        z, log_det = self.bijection.forward(params, self._batch(x, "log_prob: x"))
        return self.base.log_prob(z) + log_det

    def sample(self, params, rng, n, temperature=1.0):
        """n samples, shape (n, *base.shape), of the dtype of params.

        The latent is multiplied by the temperature: 1 is the model itself, less than 1 keeps nearer
        to the mode. The temperature scales the standard deviation, not the variance.

        Raises:
            ValueError: the temperature is not > 0, or n no whole number >= 1.
        """
        positive(temperature, "Flow.sample: temperature")
        arrays = [array for _, array in leaves(check_params(self, params))]
        dtype = arrays[0].dtype if arrays else float
        z = self.base.sample(rng, n, dtype)
        x = self.bijection.inverse(params, float(temperature) * z)
        return as_batch(x, "Flow.sample: the sample", ndim=(1, 2, 4))

    def _batch(self, x, name):
        x = as_batch(x, f"Flow.{name}", ndim=(1, 2, 4))
        if x.shape[1:] != self.base.shape:
            shape = ("N", *self.base.shape)
            raise ValueError(f"Flow.{name}: expected shape ({', '.join(map(str, shape))}), got {x.shape}")
        return x
