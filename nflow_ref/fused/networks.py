"""Conditioners with their backward passes. A bar is a derivative: h̄ goes into `backward`, ā comes out.

Bias and weights are one matrix [b; W], so a layer of the network is one product, and so is its gradient.
"""

import math

import numpy as np

from ..networks import SHIFTS


class Dense:
    """forward   h = [b; W]ᵀ [1; a], and then h = max(h, 0) if it is a hidden layer: Eq. (11.1)
    backward     h̄ = 0 where h = 0 (hidden);   [b̄; W̄] = [1; a] h̄ᵀ,   ā = W h̄: Eq. (11.2)
    """

    def __init__(self, k, p, g, columns, buffers, hidden=True):
        channels_in, channels_out = p["W"].shape
        self.W, self.joint, self.joint_bar = p["W"], joint(p), joint(g)
        self.state = buffers.with_ones(f"network {k}", channels_out, columns)
        self.h, self.hidden = self.state[1:], hidden
        self.a_bar = buffers.scratch(f"bar of network {k}", channels_in, columns)
        self.zero = buffers.scratch("zero", channels_out, columns)
        self.positive = buffers.scratch("positive", channels_out, columns, dtype=bool)

    def forward(self, a):
        self.a = a
        np.dot(self.joint.T, a, out=self.h)
        if self.hidden:
            np.maximum(self.h, self.zero, out=self.h)  # with an array faster than with the number 0
        return self.state

    def backward(self, h_bar):
        if self.hidden:
            h_bar *= np.greater(self.h, 0, out=self.positive)
        np.dot(self.a, h_bar.T, out=self.joint_bar)
        return np.dot(self.W, h_bar, out=self.a_bar)


class MLPPass:
    """forward   layer after layer
    backward     layer after layer, the last one first
    """

    def __init__(self, net, params, gradient, shape, buffers):
        columns, last = math.prod(shape[1:]), len(net.hidden)
        self.layers = [
            Dense(k, p, g, columns, buffers, hidden=k < last)
            for k, (p, g) in enumerate(zip(params, gradient, strict=True))
        ]

    def forward(self, a):
        for layer in self.layers:
            a = layer.forward(a)
        return a[1:]

    def backward(self, bar):
        for layer in reversed(self.layers):
            bar = layer.backward(bar)
        return bar


class ConvNetPass:
    """forward   h_1 = ReLU(W_1ᵀ gather(a) + b_1),  h_2 = ReLU(W_2ᵀ h_1 + b_2),  out = scatter(W_3ᵀ h_2) + b_3
    backward     h̄_2 = W_3 gather(out̄),  W̄_3 = h_2 gather(out̄)ᵀ,  b̄_3 = Σ out̄,  then the others' own, and
                 ā = scatter(patches'), for gather and scatter are each other's transpose: Eq. (11.3)
    """

    def __init__(self, net, params, gradient, shape, buffers):
        (channels, *image), channels_out = shape, len(params[2]["b"])
        columns = math.prod(image)
        self.patches = buffers.with_ones("patches", 9 * channels, columns)
        self.first, self.second = (Dense(k, params[k], gradient[k], columns, buffers) for k in (0, 1))
        self.last, self.last_bar = params[2], gradient[2]
        self.parts, self.parts_bar = (
            buffers.scratch(name, 9 * channels_out, columns) for name in ("parts", "bar of parts")
        )
        self.h_bar = buffers.scratch("bar of parts' source", net.hidden, columns)
        self.out = buffers.scratch("image out", channels_out, columns)
        self.a_bar = buffers.scratch("bar of image", channels, columns)
        self.image, self.moves = image, list(moves(image))

    def forward(self, a):
        self._gather(a[1:], self.patches[1:])
        h = self.second.forward(self.first.forward(self.patches))
        out = self._scatter(np.dot(self.last["W"].T, h[1:], out=self.parts), self.out)
        out += self.last["b"][:, None]
        return out

    def backward(self, bar):
        parts_bar = self._gather(bar, self.parts_bar)
        np.add.reduce(bar, axis=1, out=self.last_bar["b"])
        np.dot(self.second.h, parts_bar.T, out=self.last_bar["W"])
        bar = self.second.backward(np.dot(self.last["W"], parts_bar, out=self.h_bar))
        return self._scatter(self.first.backward(bar), self.a_bar)

    def _gather(self, a, patches):
        """`networks.gather`, channels first: (C, H·W·N) to (9C, H·W·N), 0 beyond the border."""
        a, parts = a.reshape(-1, *self.image), patches.reshape(9, -1, *self.image)
        for part, (there, here) in zip(parts, self.moves, strict=True):
            part[here] = a[there]
        return patches

    def _scatter(self, patches, out):
        """`networks.scatter`, channels first: (9C, H·W·N) to (C, H·W·N)."""
        total, parts = out.reshape(-1, *self.image), patches.reshape(9, -1, *self.image)
        total[...] = parts[4]  # the pixel itself, in the middle of the nine
        for k in (0, 1, 2, 3, 5, 6, 7, 8):
            there, here = self.moves[k]
            total[there] += parts[k][here]
        return out


def moves(image):
    """For each of the nine shifts (there, here): the pixels that are neighbours, and those they are to."""
    for shift in SHIFTS:
        pairs = [
            (slice(max(0, i - 1), size + min(0, i - 1)), slice(max(0, 1 - i), size + min(0, 1 - i)))
            for i, size in zip(shift, image, strict=False)
        ]
        yield tuple((slice(None), *side) for side in zip(*pairs, strict=True))


def joint(p):
    """[b; W], (1 + in, out), as one matrix: b and W lie one behind the other in the flat vector."""
    return np.lib.stride_tricks.as_strided(p["b"], (1 + len(p["W"]), len(p["b"])), p["W"].strides)
