"""Conditioners and their backward passes. A bar is a derivative: h̄ goes into the way back, ā comes out.

Each is a function of its parameters, their bars and a state (a, ā). It returns (h, h̄) and its steps. Bias
and weights are one matrix [b; W], so a layer of the network is one product, and so is its gradient.
"""

import numpy as np

from ..networks import MLP, SHIFTS
from .buffers import Step, channels, rows


def product(W, W_bar, state, out):
    """forward   h = Wᵀ a: Eq. (11.1), where W and a are [b; W] and [1; a]
    backward     W̄ = a h̄ᵀ,   ā = W h̄ without the row of ones: Eq. (11.2)
    """
    a, a_bar, h, h_bar = map(rows, (*state, *out))
    W_below = W[len(a) - len(a_bar) :]

    def backward():
        np.dot(a, h_bar.T, out=W_bar)
        np.dot(W_below, h_bar, out=a_bar)

    return Step(lambda: np.dot(W.T, a, out=h), backward)


def relu(state, buffers):
    """forward   h = max(h, 0): Eq. (11.1)
    backward     h̄ = 0 where h = 0: Eq. (11.2)
    """
    h, h_bar = map(rows, state)
    zero = buffers.scratch("zero", *h.shape)  # with an array faster than with the number 0
    return Step(lambda: np.maximum(h, zero, out=h), lambda: np.multiply(h_bar, h > 0, out=h_bar))


def mlp(net, params, bars, state, buffers):
    """forward   layer after layer
    backward     layer after layer, the last one first
    """
    steps = []
    for k, (p, p_bar) in enumerate(zip(params, bars, strict=True)):
        out = buffers.state("network", len(p["b"]), *state[1].shape[1:])
        steps.append(product(joined(p), joined(p_bar), state, channels(out)))
        if k < len(net.hidden):
            steps.append(relu(channels(out), buffers))
        state = out
    return channels(state), steps


def joined(p):
    """[b; W], (1 + in, out), as one matrix: `views` puts b right before W."""
    return np.lib.stride_tricks.as_strided(p["b"], (1 + len(p["W"]), len(p["b"])), p["W"].strides)


def conv_net(net, params, bars, state, buffers):
    """forward   h_1 = ReLU(W_1ᵀ gather(a) + b_1),  h_2 = ReLU(W_2ᵀ h_1 + b_2),  out = scatter(W_3ᵀ h_2) + b_3
    backward     h̄_2 = W_3 gather(out̄),  W̄_3 = h_2 gather(out̄)ᵀ,  b̄_3 = Σ out̄,  then the others' own, and
                 ā = scatter(patches'), for gather and scatter are each other's transpose: Eq. (11.3)
    """
    (a, a_bar), image = channels(state), state[1].shape[1:]
    W, W_bar, b, b_bar = (each[2][key] for key in "Wb" for each in (params, bars))
    patches, patches_bar = start = buffers.state("patches", 9 * len(a), *image)
    h, hidden = mlp(MLP((net.hidden, net.hidden)), params[:2], bars[:2], start, buffers)
    parts, parts_bar = (buffers.scratch(name, 9 * len(b), *image) for name in ("parts", "bar of parts"))
    out, out_bar = channels(buffers.state("image out", len(b), *image))

    def forward():
        scatter(parts, out)
        np.add(rows(out), b[:, None], out=rows(out))

    def backward():
        np.add.reduce(rows(out_bar), axis=1, out=b_bar)
        gather(out_bar, parts_bar)

    first = Step(lambda: gather(a, patches[1:]), lambda: scatter(patches_bar, a_bar))
    last = product(W, W_bar, h, (parts, parts_bar))
    return (out, out_bar), [first, *hidden, last, Step(forward, backward)]


def gather(a, patches):
    """`networks.gather`, channels first: (C, H, W, N) to nine times as many rows, 0 beyond the border."""
    for part, (there, here) in zip(patches.reshape(9, *a.shape), MOVES, strict=True):
        part[here] = a[there]


def scatter(patches, out):
    """`networks.scatter`, channels first: the transpose of `gather`."""
    out[...] = 0
    for part, (there, here) in zip(patches.reshape(9, *out.shape), MOVES, strict=True):
        out[there] += part[here]


# For each of the nine shifts (there, here): the pixels that are neighbours, and those they are to.
PARTS = slice(None, -1), slice(None), slice(1, None)
MOVES = [((slice(None), PARTS[i], PARTS[j]), (slice(None), PARTS[2 - i], PARTS[2 - j])) for i, j in SHIFTS]
