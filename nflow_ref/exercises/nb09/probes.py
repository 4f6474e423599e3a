"""What the exercises of notebook 09 are tried on: images in which no two numbers are alike."""

import autograd.numpy as np

from ..probes import named


def image(*shape):
    """Numbers between -3 and 3, all different, in no simple order."""
    k = np.arange(np.prod(shape))
    return (3 * np.cos(1.7 * k + 0.01 * k**2)).reshape(shape)


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
