"""A flow: a base density and a bijection that maps data to it."""

import math
from dataclasses import dataclass

import autograd.numpy as np
from autograd.tracer import isbox

from .bijections import Bijection, check_log_det
from .inputs import as_batch, as_examples, as_float, bijection, generator, methods, positive, require, value
from .parameters import leaves

# Numbers of a batch that go through a flow at a time. All at once would take hundreds of times their memory.
CHUNK = 2**14

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

    def __post_init__(self):
        methods(self.base, "Flow: base", "a density such as StandardNormal((2,))", "log_prob", "sample")
        require(
            hasattr(self.base, "shape"), "Flow: base", "a density with the shape of an example", self.base
        )
        bijection(self.bijection, "Flow: bijection")

    def init(self, rng, x):
        """Parameters for a first batch x of data, which ActNorm uses for its scales and shifts."""
        return self.bijection.init(generator(rng, "Flow.init"), self._batch(x, "init: x"))

    def log_prob(self, params, x):
        """log p_x(x) in nats, shape (N,).

        Raises:
            ValueError, TypeError: x is no batch of examples, or params do not fit.
            NonFiniteError: x or params are not finite, or so large that the result is not.
        """
        log_p = _in_chunks(self._log_prob, params, self._batch(x, "log_prob: x"))
        return as_float(log_p, "Flow.log_prob: the result")

    def _log_prob(self, params, x):
        z, log_det = self.bijection.forward(params, x)
        check_log_det(log_det, x, self.bijection)
        return self.base.log_prob(z) + log_det

    def sample(self, params, rng, n, temperature=1.0):
        """n samples, shape (n, *base.shape), of the dtype of params.

        The latent is multiplied by the temperature: 1 is the model itself, less than 1 keeps nearer
        to the mode. The temperature scales the standard deviation, not the variance.

        Raises:
            ValueError: the temperature is not > 0, or n no whole number >= 1.
        """
        temperature = positive(temperature, "Flow.sample: temperature")
        arrays = [value(array) for _, array in leaves(value(params))]
        dtype = np.result_type(np.float32, *arrays) if arrays else float
        z = self.base.sample(generator(rng, "Flow.sample"), n, dtype)
        x = _in_chunks(self.bijection.inverse, params, temperature * z)
        return as_batch(x, "Flow.sample: the sample", ndim=(1, 2, 4))

    def _batch(self, x, name):
        return as_examples(x, f"Flow.{name}", self.base.shape)


def _in_chunks(function, params, x):
    """function(params, x), a part of the batch at a time unless autograd traces it, without warnings."""
    rows = max(1, CHUNK // math.prod(x.shape[1:]))
    with np.errstate(over="ignore", invalid="ignore"):  # the caller looks whether the result is finite
        if len(x) <= rows or any(map(isbox, (x, params, *(array for _, array in leaves(value(params)))))):
            return function(params, x)
        return np.concatenate([function(params, x[i : i + rows]) for i in range(0, len(x), rows)])
