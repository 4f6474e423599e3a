"""Conditioners: the networks inside coupling layers. They are never inverted, so they may be anything.

A conditioner has `init(rng, channels_in, channels_out, dtype)` and `apply(params, a, channels_out)`.
Its last layer starts at zero, so that a coupling starts as the identity (Glow, Kingma & Dhariwal 2018,
section 3.3). In the layers before it, weights and biases start uniform in ±1/√in, for `in` inputs: random
biases spread the kinks of the ReLUs, which would all pass through 0 without them (the start of PyTorch's
layers; lesson 06, section 2).
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import autograd.numpy as np
import numpy as onp
from autograd.extend import defvjp, primitive

from .inputs import as_batch, generator, positive, unpack, unpack_tuple, whole_numbers

__all__ = ["MLP", "ConvNet"]


@dataclass(frozen=True)
class MLP:
    """A multilayer perceptron on the last axis: h_k = ReLU(h_{k-1} W_k + b_k), the last layer linear.

    Shapes: (..., channels_in) -> (..., channels_out); params: a tuple of {"W": (in, out), "b": (out,)}.

    Raises:
        ValueError, TypeError: params of another structure; a width that is no whole number >= 1.
    """

    hidden: tuple = (64, 64)

    def __post_init__(self):
        object.__setattr__(self, "hidden", whole_numbers(self.hidden, "MLP: hidden"))

    def init(self, rng, channels_in, channels_out, dtype=onp.float64):
        rng = generator(rng, "MLP.init")
        sizes = (channels_in, *self.hidden, channels_out)
        return tuple(
            _dense(rng, i, o, dtype, zero=k == len(self.hidden)) for k, (i, o) in enumerate(pairwise(sizes))
        )

    def apply(self, params, a, channels_out):
        a = as_batch(a, "MLP.apply: a")
        params = unpack_tuple(params, "MLP", len(self.hidden) + 1)
        h = np.reshape(a, (-1, a.shape[-1]))
        for p, width in zip(params, self.hidden, strict=False):
            h = relu(_linear(p, "MLP", h, width))
        h = _linear(params[-1], "MLP", h, channels_out)
        return np.reshape(h, (*a.shape[:-1], channels_out))


@dataclass(frozen=True)
class ConvNet:
    """Three convolutions over an image: 3×3, ReLU, 1×1, ReLU, 3×3, as in Glow.

    Zero padding keeps the height and the width.
    Shapes: (N, H, W, channels_in) -> (N, H, W, channels_out); params: three {"W", "b"}, where a 3×3
    convolution's W has shape (9 channels_in, hidden) for the first and (hidden, 9 channels_out) for the last.

    Raises:
        ValueError, TypeError: input that is no batch of images; params of another structure.
    """

    hidden: int = 64

    def __post_init__(self):
        object.__setattr__(self, "hidden", positive(self.hidden, "ConvNet: hidden", whole=True))

    def init(self, rng, channels_in, channels_out, dtype=onp.float64):
        rng = generator(rng, "ConvNet.init")
        last = _dense(rng, self.hidden, 9 * channels_out, dtype, zero=True)
        return (
            _dense(rng, 9 * channels_in, self.hidden, dtype),
            _dense(rng, self.hidden, self.hidden, dtype),
            {"W": last["W"], "b": last["b"][:channels_out]},
        )

    def apply(self, params, a, channels_out):
        a = as_batch(a, "ConvNet.apply: a", ndim=(4,))
        params = unpack_tuple(params, "ConvNet", 3)
        h = np.reshape(gather(a), (-1, 9 * a.shape[-1]))
        h = relu(_linear(params[0], "ConvNet", h, self.hidden))
        h = relu(_linear(params[1], "ConvNet", h, self.hidden))
        shapes = {"W": (self.hidden, 9 * channels_out), "b": (channels_out,)}
        W, b = unpack(params[2], "ConvNet", h.dtype, **shapes)
        return scatter(np.reshape(np.dot(h, W), (*a.shape[:-1], 9 * channels_out))) + b


def relu(h):
    return h * (h > 0)


def _linear(params, where, h, channels_out):
    W, b = unpack(params, where, h.dtype, W=(h.shape[-1], channels_out), b=(channels_out,))
    return np.dot(h, W) + b


def _dense(rng, channels_in, channels_out, dtype, zero=False):
    """W (in, out) and b (out,), uniform in ±1/√in: the variance is 1/(3 in). Or all zero."""
    bound = 0.0 if zero else 1 / math.sqrt(channels_in)
    W, b = (rng.uniform(-bound, bound, shape) for shape in ((channels_in, channels_out), channels_out))
    return {"W": W.astype(dtype), "b": b.astype(dtype)}


SHIFTS = [(i, j) for i in range(3) for j in range(3)]


@primitive
def gather(x):
    """The 3×3 neighbourhood of each pixel, zeros beyond the border: (N, H, W, C) -> (N, H, W, 9C)."""
    n, height, width, channels = x.shape
    padded = onp.zeros((n, height + 2, width + 2, channels), x.dtype)
    padded[:, 1:-1, 1:-1] = x
    return onp.concatenate([padded[:, i : i + height, j : j + width] for i, j in SHIFTS], axis=-1)


@primitive
def scatter(p):
    """The transpose of `gather`: each pixel gives its nine parts away, (N, H, W, 9C) -> (N, H, W, C)."""
    n, height, width, channels = p.shape
    padded = onp.zeros((n, height + 2, width + 2, channels // 9), p.dtype)
    for (i, j), part in zip(SHIFTS, onp.split(p, 9, axis=-1), strict=True):
        padded[:, i : i + height, j : j + width] += part
    return padded[:, 1:-1, 1:-1]


# Both are linear and each other's transpose, so each is the other's backward pass.
defvjp(gather, lambda ans, x: scatter)
defvjp(scatter, lambda ans, p: gather)
