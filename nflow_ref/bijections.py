"""What a bijection is, and how bijections compose."""

from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import autograd.numpy as np
import numpy as onp
from autograd.extend import defvjp, primitive

from .inputs import as_batch, bijection, unpack_tuple

__all__ = ["Bijection", "Chain"]


class Bijection(Protocol):
    """An invertible, differentiable map z = f(x) from data x to latent z of the same shape.

    It has no state: what it learns is in `params`, a tree of arrays made by `init`.
    """

    def init(self, rng, x):
        """Initial parameters, for a batch x of data of shape (N, D) or (N, H, W, C)."""

    def forward(self, params, x):
        """(z, log_det): the latent, and log|det ∂z/∂x| of each example, shape (N,), in nats."""

    def inverse(self, params, z):
        """x with forward(params, x)[0] = z."""


@dataclass(frozen=True, init=False)
class Chain:
    """The composition of bijections: `Chain(f1, f2, ..., fK)` applies f1 first.

        forward          h_0 = x,  h_k = f_k(h_{k-1}),  z = h_K
        log-det          Σ_k log|det ∂f_k/∂h_{k-1}|, each at its own running point h_{k-1}
        inverse          h_{k-1} = f_k⁻¹(h_k), the last one first
        of the inverse   minus the log-det at x

    Mathematics writes the same map f_K ∘ ... ∘ f_1, with the first map last.
    Shapes: x and z (N, ...), log_det (N,) in nats. An empty chain is the identity.

    Raises:
        ValueError, TypeError: as its layers do, with a note that says in which layer.
    Source: Eq. (5.4) for forward, Eq. (5.8) for the log-det, Eq. (5.5) for the inverse, Eq. (7.15) for init.
    """

    layers: tuple

    def __init__(self, *layers):
        for k, layer in enumerate(layers):
            bijection(layer, f"Chain(f1, f2, ..., fK): layer {k}")
        depth = 1 + max((getattr(layer, "depth", 0) for layer in layers), default=0)
        if depth > 100:
            raise ValueError("Chain: chains stand in each other more than 100 deep; one can have all layers")
        object.__setattr__(self, "layers", layers)
        object.__setattr__(self, "depth", depth)

    def __repr__(self):
        return f"Chain({', '.join(map(repr, self.layers))})"

    def init(self, rng, x):
        """Parameters layer after layer: each layer is initialised on what the ones before it put out."""
        h, params = as_batch(x, "Chain.init: x"), []
        for k, layer in enumerate(self.layers):
            with self._in_layer(k):
                params.append(layer.init(rng, h))
                h, _ = layer.forward(params[k], h)
        return tuple(params)

    def forward(self, params, x):
        h = as_batch(x, "Chain.forward: x")
        params = unpack_tuple(params, "Chain.forward", len(self.layers))
        log_det = np.zeros(len(h), dtype=h.dtype)
        for k, layer in enumerate(self.layers):
            with self._in_layer(k):
                h, d = layer.forward(params[k], h)
                check_log_det(d, h, layer)
            log_det = log_det + d
        return h, log_det

    def inverse(self, params, z):
        h = as_batch(z, "Chain.inverse: z")
        params = unpack_tuple(params, "Chain.inverse", len(self.layers))
        for k in reversed(range(len(self.layers))):
            with self._in_layer(k):
                h = self.layers[k].inverse(params[k], h)
        return h

    @contextmanager
    def _in_layer(self, k):
        try:
            yield
        except (TypeError, ValueError) as error:
            error.add_note(f"in layer {k} of a Chain of {len(self.layers)}: {self.layers[k]!r}")
            raise


def check_log_det(log_det, x, layer):
    """Refuse what is neither one number for each example of x nor one that is the same for all."""
    if np.shape(log_det) not in ((), (len(x),)):
        raise ValueError(
            f"{layer!r}: forward must return a log_det of shape ({len(x)},), one number for each example, "
            f"got {np.shape(log_det)}"
        )


@primitive
def channels(x, index):
    """x[..., index] for a slice or for distinct numbers, differentiated faster than by indexing."""
    return x[..., index]


@primitive
def place(g, index, count):
    """The transpose of `channels`: zeros with `count` channels, but g at `index`."""
    x = onp.zeros((*g.shape[:-1], count), dtype=g.dtype)
    x[..., index] = g
    return x


defvjp(channels, lambda ans, x, index: lambda g: place(g, index, x.shape[-1]))
defvjp(place, lambda ans, g, index, count: lambda x: channels(x, index))
