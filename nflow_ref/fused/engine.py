"""One bijection, with or without a base density, as one pair (forward, backward), batches in chunks."""

from functools import lru_cache, partial
from itertools import pairwise

import numpy as np

from .buffers import Buffers, channels, views
from .layers import density, make

# Bytes that the widest array of a chunk may take, so that a few of them stay in the cache.
CHUNK = 2**20


class Pass:
    """Forward, backward and inverse for batches of n examples; the parameters are the engine's.

    The batch is filled up to an odd number, an odd multiple of 4 for vectors: rows that are a power of two
    long would compete for the same lines of the cache. What is filled up is the first example, with ḡ = 0.
    """

    def __init__(self, engine, n, keep):
        *image, width = engine.event
        unit = 1 if image else 4
        self.buffers = Buffers(engine.theta.dtype, unit * (-(-n // unit) | 1), keep)
        start = self.buffers.state("state", width, *image, self.buffers.columns)
        end, self.steps = make(engine.bijection, engine.params, engine.bars, start, self.buffers)
        if engine.base:
            self.steps.append(density(engine.base, end, self.buffers))
        arrays = (*channels(start), *channels(end))
        self.x, self.x_bar, self.z, self.z_bar = (array.swapaxes(0, -1) for array in arrays)

    def forward(self, x):
        """(z, log_det), or (z, log p(x)) if there is a base density."""
        self.x[: len(x)], self.x[len(x) :] = x, x[0]
        self.buffers.log_det[:] = 0
        for step in self.steps:
            step.forward()
        return self.z[: len(x)].copy(), self.buffers.log_det[: len(x)].copy()

    def backward(self, x, g, z_bar=0):
        """(log_det or log p(x), x̄); the parameters' bars are in the engine's gradient.

        Args:
            g: the derivative with respect to each example's log_det or log p(x), (N,).
            z_bar: that with respect to z, if there is no base density.
        """
        value = self.forward(x)[1]
        self.buffers.g[: len(x)], self.z_bar[: len(x)], self.z_bar[len(x) :] = g, z_bar, 0
        for step in reversed(self.steps):
            step.backward()
        return value, self.x_bar[: len(x)].copy()

    def inverse(self, z):
        """(x,)"""
        self.z[: len(z)], self.z[len(z) :] = z, z[0]
        for step in reversed(self.steps):
            step.inverse()
        return (self.x[: len(z)].copy(),)


class Engine:
    """All that is needed for examples of one shape and dtype: flat vectors, and a pass for each batch size.

    Args:
        bijection, base: any Bijection; a base density that is in SCORES, or None.
        like: the Flat of parameters that fit the bijection.
        event, dtype: shape and dtype of an example.
    """

    def __init__(self, bijection, base, like, event, dtype):
        self.bijection, self.base, self.event = bijection, base, event
        self.theta, self.gradient = np.empty((2, sum(map(np.size, like.arrays))), dtype)
        self.params, self.bars = (views(like.tree, v) for v in (self.theta, self.gradient))
        self.passes = lru_cache(8)(partial(Pass, self))
        one = self.passes(1, False).buffers
        self.chunk = max(1, CHUNK * one.columns // max(array.nbytes for array in one.shared.values()))

    def load(self, params):
        """Copy parameters, given as a Flat, into theta.

        Raises:
            ValueError, TypeError: they hold other than real numbers.
        """
        np.concatenate([[], *map(np.ravel, params.arrays)], out=self.theta)
        return self

    def run(self, way, *batch):
        """`way` of a Pass, forward, backward or inverse, in chunks of nearly equal length.

        After backward `gradient`, as a tree `bars`, has the parameters' bars.
        """
        count, results, keep = -(-len(batch[0]) // self.chunk), [], way == "backward"
        for start, stop in pairwise(k * len(batch[0]) // count for k in range(count + 1)):
            earlier = self.gradient.copy() if keep and start else 0
            one = self.passes(stop - start, keep)
            results.append(getattr(one, way)(*(array[start:stop] for array in batch)))
            if keep and start:
                self.gradient += earlier
        return [np.concatenate(parts) for parts in zip(*results, strict=True)]
