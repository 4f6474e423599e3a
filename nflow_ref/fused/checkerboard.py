"""The backward pass of the checkerboard coupling: that of an affine coupling, between two masks."""

import numpy as np

from .buffers import Step, channels, nothing
from .layers import NETWORKS, affine, by_autograd


def checkerboard(layer, params, bars, state, buffers):
    """forward   y = (1 - m) ⊙ x,   (ŝ, t) = m ⊙ the network at y,   then Eq. (11.10) with all of x for x_b
    backward     that of (11.10),   the bars of ŝ and t times m,   x̄ += (1 - m) ⊙ ȳ
    """
    if type(layer.conditioner) not in NETWORKS:
        return by_autograd(layer, params, bars, state, buffers)
    x, x_bar = channels(state)
    m = layer.mask(*x.shape[1:3], x.dtype)
    seen = buffers.state("seen", *x.shape)
    y, y_bar = channels(seen)
    out, steps = NETWORKS[type(layer.conditioner)](layer.conditioner, params, bars, seen, buffers)
    hidden = [each.reshape(2, *x.shape) for each in out]

    def hide(array):
        return lambda: np.multiply(array, m, out=array)

    look = Step(lambda: np.multiply(x, 1 - m, out=y), lambda: np.add(x_bar, (1 - m) * y_bar, out=x_bar))
    before = [look, *steps, Step(*map(hide, hidden))]
    again = [Step(nothing, nothing, step.forward) for step in reversed(before)]
    return state, [*before, affine(layer, (x, x_bar), out, buffers), *again]
