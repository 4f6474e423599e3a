"""One bijection, with or without a base density, as one pair (forward, backward), batches in chunks."""

import math
from itertools import pairwise

import numpy as np

from ..densities import StandardLogistic, StandardNormal
from ..inputs import NonFiniteError
from ..parameters import leaves, tree_map
from .buffers import Buffers, flat, views
from .layers import batch_first, fill, make

CHUNK = 2**20
"""Bytes that the widest array of a chunk may take, so that a few of them stay in the cache."""

# d log p_z / dz for each coordinate: Eq. (11.14).
SCORES = {StandardNormal: lambda z: -z, StandardLogistic: lambda z: -np.tanh(z / 2)}


class Pass:
    """Forward, backward and inverse for batches of n examples.

    The batch is filled up to an odd number, an odd multiple of 4 for vectors: rows that are a power of two
    long would compete for the same lines of the cache. What is filled up has ḡ = 0.
    """

    def __init__(self, engine, n, keep):
        *image, channels = engine.event
        unit = 1 if image else 4
        padded = unit * (-(-n // unit) | 1)
        self.n, self.shape, columns = n, (channels, *image, padded), math.prod(image) * padded
        self.buffers = Buffers(engine.theta.dtype, keep, n)
        self.x, self.base = self.buffers.state(channels, columns), engine.base
        self.layers = make(engine.bijection, engine.params, engine.bars, self.shape, self.buffers)
        self.z_bar = self.buffers.bar(channels, columns)
        self.log_det, self.g = np.zeros((2, padded), engine.theta.dtype)

    def forward(self, x):
        """(z, log_det), or (z, log p(x)) if there is a base density."""
        self.log_det[:] = 0
        self.z = self.layers.forward(self._input(x), self.log_det)[1:]
        if self.base:
            self.log_det += np.add.reduce(self.base._log_prob(self._rows(self.z)), axis=0)
        return self._output(self.z), self.log_det[: self.n]

    def backward(self, g, z_bar):
        """x̄; the parameters' bars are in the engine's gradient."""
        self.g[: self.n] = g
        if self.base:
            np.multiply(SCORES[type(self.base)](self._rows(self.z)), self.g, out=self._rows(self.z_bar))
        else:
            fill(self.z_bar, self.shape, z_bar, behind=0)
        return self._output(self.layers.backward(self.z_bar, self.g))

    def inverse(self, z):
        return self._output(self.layers.inverse(self._input(z))[1:])

    def _input(self, x):
        fill(self.x[1:], self.shape, x)
        return self.x

    def _output(self, rows):
        return batch_first(rows.reshape(self.shape)[..., : self.n])

    def _rows(self, z):
        return z.reshape(-1, self.shape[-1])


class Engine:
    """All that is needed for examples of one shape and dtype: flat vectors, and a pass for each batch size.

    Args:
        bijection, base: any Bijection; a base density that is in SCORES, or None.
        params: parameters, whose structure and shapes count here, not their values.
        event, dtype: shape and dtype of an example.
    """

    def __init__(self, bijection, base, params, event, dtype):
        self.bijection, self.base, self.event = bijection, base, event
        size = sum(np.size(p) for _, p in leaves(params))
        self.theta, self.gradient = np.zeros((2, size), dtype)
        self.params, self.bars = views(params, self.theta), views(params, self.gradient)
        self.places, self.keys = flat(self.params)
        self.passes = {}
        one = Pass(self, 1, keep=False)
        self.chunk = max(1, CHUNK * len(one.g) // one.buffers.largest)

    def load(self, params):
        """Copy the parameters into theta.

        Raises:
            ValueError, TypeError, NonFiniteError: they have other shapes, or are not finite.
        """
        arrays, keys = flat(params)
        if keys == self.keys:
            for place, p in zip(self.places, arrays, strict=True):
                _copy(place, p)
        else:
            tree_map(_copy, self.params, params)
        if not np.isfinite(self.theta).all():
            raise NonFiniteError("a parameter is not finite")

    def forward(self, x):
        """(z, log_det), or (z, log p(x)) if there is a base density."""
        z, value = np.empty(x.shape, x.dtype), np.empty(len(x), x.dtype)
        for rows, one in self._chunks(len(x), keep=False):
            z[rows], value[rows] = one.forward(x[rows])
        return z, value

    def backward(self, x, g, z_bar=None):
        """(log_det or log p(x), x̄); the parameters' bars are in `gradient`, and as a tree in `bars`.

        Args:
            g: the derivative with respect to each example's log_det or log p(x), (N,).
            z_bar: that with respect to z, if there is no base density.
        """
        x_bar, value, total = np.empty(x.shape, x.dtype), np.empty(len(x), x.dtype), 0
        for rows, one in self._chunks(len(x), keep=True):
            _, value[rows] = one.forward(x[rows])
            x_bar[rows] = one.backward(g[rows], z_bar if z_bar is None else z_bar[rows])
            if rows != slice(0, len(x)):
                total = total + self.gradient
                self.gradient[:] = total
        return value, x_bar

    def inverse(self, z):
        x = np.empty(z.shape, z.dtype)
        for rows, one in self._chunks(len(z), keep=False):
            x[rows] = one.inverse(z[rows])
        return x

    def _chunks(self, n, keep):
        """Slices of nearly equal length, each with its pass."""
        count = -(-n // self.chunk)
        edges = [k * n // count for k in range(count + 1)]
        for start, stop in pairwise(edges):
            key = stop - start, keep
            if key not in self.passes:
                if len(self.passes) == 8:  # forget the oldest
                    del self.passes[next(iter(self.passes))]
                self.passes[key] = Pass(self, *key)
            yield slice(start, stop), self.passes[key]


def _copy(place, p):
    if np.shape(p) != place.shape or getattr(p, "dtype", place.dtype).kind not in "fiub":
        raise ValueError(f"expected real numbers of shape {place.shape}, got {p!r}")
    place[...] = p
