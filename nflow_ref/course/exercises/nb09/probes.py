"""What the exercises of notebook 09 are tried on: images in which no two numbers are alike."""

import autograd.numpy as np

from ..probes import named


def image(*shape):
    """At most 101 numbers between -5 and 5, all different, in no simple order."""
    return np.round(np.arange(np.prod(shape)) * 37 % 101 / 10 - 5, 1).reshape(shape)


def step(a, b):
    """The inverse of some steps of a flow, for any number of channels: mixes, scales and bends them."""

    def undo(h):
        c = np.arange(h.shape[-1])
        mixed = h + a * np.concatenate([h[..., 1:], h[..., :1]], axis=-1)
        return (1 + 0.1 * c) * mixed + 0.2 * np.sin(mixed) + b * c

    return undo


UNDO_1 = named("inverse of steps 1", step(0.3, 0.4))
UNDO_2 = named("inverse of steps 2", step(-0.5, 0.1))
NOTHING = named("the identity", lambda h: h)
