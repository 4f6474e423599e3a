"""All layers and their backward passes. A bar is the derivative of Σ_n ḡ_n log p(x_n).

A layer is a function of itself, its parameters, their bars and a state (x, x̄). It returns the state (z, z̄)
and its steps. x is (1 + C, H, W, N): a row of ones, then the channels. Forward and backward pass a state on
in place where they can. ḡ, (N,), is the same for all layers, because log-dets add.

Layers that do one linear thing at each pixel, from actnorm to conv1x1_lu, are functions of themselves, their
parameters p and a matrix X with pixels as columns instead. They return (Z, log_det, backward): log_det for
one pixel, and backward(Z̄, ḡ) = (X̄, {parameter: its bar}), where ḡ is summed over all pixels and examples.
"""

from functools import lru_cache
from itertools import groupby

import numpy as np
from autograd.builtins import tuple as traced_tuple
from autograd.core import make_vjp

from ..actnorm import ActNorm
from ..bijections import Chain
from ..coupling import AdditiveCoupling, AffineCoupling
from ..densities import StandardLogistic, StandardNormal
from ..linear import Conv1x1, Conv1x1LU, Permutation
from ..multiscale import Split, Squeezed
from ..networks import MLP, ConvNet
from ..parameters import tree_map
from .buffers import Step, channels, nothing, rows
from .networks import conv_net, mlp, product


def actnorm(layer, p, X):
    """forward   Z = s ⊙ Y + b [1 0 ... 0] with Y = X - m [1 0 ... 0], for the ones are in X's first column;
                 log-det Σ log s
    backward     X̄ = s ⊙ Z̄,   log̅s = Σ Z̄ ⊙ s ⊙ Y + ḡ,   b̄ = Z̄ [1 0 ... 0]ᵀ,   and 0 for m: Eq. (11.4)
    """
    s, Y = np.exp(p["log_s"])[:, None], X.copy()
    Y[:, 0] -= p["m"]
    Z = s * Y
    Z[:, 0] += p["b"]

    def backward(Z_bar, g):
        X_bar = s * Z_bar
        return X_bar, {"log_s": np.add.reduce(X_bar * Y, axis=1) + g, "m": 0, "b": Z_bar[:, 0]}

    return Z, np.add.reduce(p["log_s"]), backward


def permutation(layer, p, X):
    """forward   Z = P X, that is Z_i = X_π(i),   log-det 0
    backward     X̄ = Pᵀ Z̄, that is X̄_π(i) = Z̄_i: Eq. (11.5)
    """
    P = constants(layer.permutation, X.dtype)[0]
    return P @ X, 0, lambda Z_bar, g: (P.T @ Z_bar, {})


def conv1x1(layer, p, X):
    """forward   Z = W X,   log-det log|det W|
    backward     X̄ = Wᵀ Z̄,   W̄ = Z̄ Xᵀ + ḡ W⁻ᵀ: Eq. (11.6)
    """
    W = layer._matrix(p, "Conv1x1.forward", p["W"])

    def backward(Z_bar, g):
        return W.T @ Z_bar, {"W": Z_bar @ X.T + g * np.linalg.inv(W).T}

    return W @ X, np.linalg.slogdet(W)[1], backward


def conv1x1_lu(layer, p, X):
    """forward   Z = P B X with B = L V, V = U + diag(s),   log-det Σ log|s|
    backward     Ȳ = Pᵀ Z̄,   B̄ = Ȳ Xᵀ,   V̄ = Lᵀ B̄,   X̄ = Bᵀ Ȳ,
                 L̄ = B̄ Vᵀ below the diagonal, Ū = V̄ above it,   log̅|s| = s ⊙ diag V̄ + ḡ: Eq. (11.7)
    """
    P, below, one, above = constants(layer.permutation, X.dtype)
    s = np.array(layer.signs, X.dtype) * np.exp(p["log_s"])
    L, V = below * p["L"] + one, above * p["U"] + one * s
    B = L @ V

    def backward(Z_bar, g):
        Y_bar = P.T @ Z_bar
        B_bar = Y_bar @ X.T
        V_bar = L.T @ B_bar
        bars = {"L": below * (B_bar @ V.T), "U": above * V_bar, "log_s": s * V_bar.diagonal() + g}
        return B.T @ Y_bar, bars

    return P @ (B @ X), np.add.reduce(p["log_s"]), backward


@lru_cache
def constants(permutation, dtype):
    """P with (P y)_i = y_π(i), and what selects a matrix's entries below, on and above its diagonal."""
    one = np.eye(len(permutation), dtype=dtype)
    below = np.tri(len(one), k=-1, dtype=dtype)
    return one[list(permutation)], below, one, below.T


def run(layers, params, bars, state, buffers):
    """A run of linear layers as one product, z = E [1; x - c]: Eq. (11.8).

    E = [b | A], (C, 1 + C), is what the layers make of [c | 1], as if that were data. So their own pairs
    work on 1 + C columns, and not on all pixels of all images. c is the m of an ActNorm that comes first, or
    else 0: far from 0 nothing large is left to cancel, which would cost digits.
    """
    out, y = (buffers.state(name, *state[1].shape) for name in ("state", "x - c"))
    x, z = rows(state[0][1:]), rows(out[0][1:])
    pixels, backwards = z.shape[1] // buffers.columns, [nothing] * len(layers)
    start = np.eye(len(z), 1 + len(z), 1, z.dtype)
    c, (E_T, E_T_bar) = start[:, :1], np.empty((2, *start.T.shape), z.dtype)

    def forward():
        E = start
        c[:, 0] = params[0]["m"] if type(layers[0]) is ActNorm else 0
        for k, layer in enumerate(layers):
            E, log_det, backwards[k] = LINEAR[type(layer)](layer, params[k], E)
            buffers.log_det += pixels * log_det
        E_T[...] = E.T

    def backward():
        E_bar, g = E_T_bar.T, pixels * np.add.reduce(buffers.g)
        for backward, p_bar in zip(reversed(backwards), reversed(bars), strict=True):
            E_bar, found = backward(E_bar, g)
            tree_map(np.copyto, p_bar, found)

    def inverse():
        forward()
        A_inverse = np.linalg.inv(E_T[1:].T.astype(np.float64))  # a few numbers, which can be had precisely
        np.add(A_inverse.astype(z.dtype) @ (z - E_T[:1].T), c, out=x)

    centred = Step(lambda: np.subtract(x, c, out=rows(y[0][1:])), nothing, inverse)
    return out, [Step(forward, backward), centred, product(E_T, E_T_bar, (y[0], state[1]), channels(out))]


def coupling(layer, params, bars, state, buffers):
    """The steps of the network, which reads x_a, then that of additive or affine, which changes x_b in place.

    Inverse needs the network's output too, before it changes x_b back. It goes through the steps from the
    last to the first, so the network stands at the end once more, only for it.
    """
    if type(layer.conditioner) not in NETWORKS:
        return by_autograd(layer, params, bars, state, buffers)
    (x, x_bar), d, net = state, len(state[1]) // 2, layer.conditioner
    x_bar_a, a_bar = x_bar[:d], buffers.scratch("bar of x_a", *x_bar[:d].shape)
    out, steps = NETWORKS[type(net)](net, params, bars, (x[: 1 + d], a_bar), buffers)
    change = COUPLINGS[type(layer)](layer, (x[1 + d :], x_bar[d:]), out, buffers)
    add = Step(nothing, lambda: np.add(x_bar_a, a_bar, out=x_bar_a))
    again = [Step(nothing, nothing, step.forward) for step in reversed(steps)]
    return state, [add, *steps, change, *again]


def additive(layer, state, out, buffers):
    """forward   z_a = x_a,  z_b = x_b + t(x_a);   log-det 0
    backward     x̄_b = z̄_b,   x̄_a = z̄_a + the network's backward of t̄ = z̄_b: Eq. (11.9)
    """
    (x, x_bar), (t, t_bar) = state, out
    return Step(
        lambda: np.add(x, t, out=x), lambda: np.copyto(t_bar, x_bar), lambda: np.subtract(x, t, out=x)
    )


def affine(layer, state, out, buffers):
    """forward   z_a = x_a,  z_b = v + t with v = s ⊙ x_b,   log s = c tanh ŝ;   log-det Σ log s
    backward     t̄ = z̄_b,   log̅s = z̄_b ⊙ v + ḡ,   ŝ̄ = log̅s ⊙ (c - log²s / c),   x̄_b = s ⊙ z̄_b,
                 x̄_a = z̄_a + the network's backward of (ŝ̄, t̄): Eq. (11.10)
    """
    (x, x_bar), c = state, layer.bound
    (s_hat, t), (s_bar, t_bar) = (each.reshape(2, *x.shape) for each in out)
    log_s, s, v = (buffers.kept(name, *x.shape) for name in ("log s", "s", "v"))

    def forward():
        np.tanh(s_hat, out=log_s)
        np.multiply(log_s, c, out=log_s)
        np.exp(log_s, out=s)
        np.multiply(s, x, out=v)
        np.add(v, t, out=x)
        buffers.log_det += np.add.reduce(log_s.reshape(-1, buffers.columns))

    def backward():
        np.copyto(t_bar, x_bar)
        np.multiply(x_bar, v, out=s_bar)
        np.add(s_bar, buffers.g, out=s_bar)
        np.multiply(s_bar, c - log_s**2 / c, out=s_bar)
        np.multiply(x_bar, s, out=x_bar)

    def inverse():
        np.subtract(x, t, out=x)
        np.multiply(x, np.exp(-c * np.tanh(s_hat)), out=x)

    return Step(forward, backward, inverse)


def squeezed(layer, params, bars, state, buffers):
    """forward   z = squeeze⁻¹(inner(squeeze(x)));   log-det that of inner
    backward     x̄ = squeeze⁻¹(inner's backward of squeeze(z̄) and ḡ): Eq. (11.11)
    """
    c, h, w, n = state[1].shape
    out = buffers.state("state", c, h, w, n)
    inside = buffers.state("state", 4 * c, h // 2, w // 2, n)
    inside_out, steps = make(layer.inner, params, bars, inside, buffers)

    def fine(state):
        return [x.reshape(c, h // 2, 2, w // 2, 2, n).transpose(2, 4, 0, 1, 3, 5) for x in channels(state)]

    def coarse(state):
        return [x.reshape(2, 2, c, h // 2, w // 2, n) for x in channels(state)]

    return out, [moved(fine(state), coarse(inside)), *steps, moved(coarse(inside_out), fine(out))]


def split(layer, params, bars, state, buffers):
    """forward   z_a = x_a,  z_b = inner(x_b);   log-det that of inner
    backward     x̄_a = z̄_a,  x̄_b = inner's backward of z̄_b and ḡ: Eq. (11.12)
    """
    b = [x[len(x) // 2 :] for x in channels(state)]
    inside = buffers.state("state", *b[1].shape)
    inside_out, steps = make(layer.inner, params, bars, inside, buffers)
    return state, [moved(b, channels(inside)), *steps, moved(channels(inside_out), b)]


def moved(source, target):
    """A step that only moves numbers, from (x, x̄) to (z, z̄): bars and inverses go the same way back."""
    (x, x_bar), (z, z_bar) = source, target
    return Step(lambda: np.copyto(z, x), lambda: np.copyto(x_bar, z_bar), lambda: np.copyto(x, z))


def density(base, state, buffers):
    """forward   log p_x(x) = log_det + log p_z(z)
    backward     z̄ = ḡ ∇ log p_z(z): Eq. (11.14)
    """
    z, z_bar = (x.reshape(-1, buffers.columns) for x in channels(state))

    def forward():
        buffers.log_det += np.add.reduce(base._log_prob(z))

    def backward():
        np.multiply(SCORES[type(base)](z), buffers.g, out=z_bar)

    return Step(forward, backward)


def by_autograd(layer, params, bars, state, buffers):
    """Any other bijection: its own forward and inverse, and autograd's backward pass."""
    out = buffers.state("state", *state[1].shape)
    (x, x_bar), (z, z_bar) = ([x.swapaxes(0, -1) for x in channels(each)] for each in (state, out))

    def function(params, x):
        z, log_det = layer.forward(params, x)
        return z, log_det + np.zeros(len(x), x.dtype)

    def forward():
        z[...], log_det = function(params, x.copy())
        buffers.log_det += log_det

    def backward():
        found, x_bar[...] = vjp(function, (params, x.copy()), (z_bar.copy(), buffers.g.copy()))
        tree_map(np.copyto, bars, found)

    def inverse():
        x[...] = layer.inverse(params, z.copy())

    return out, [Step(forward, backward, inverse)]


def vjp(function, args, g):
    """The bars of args, by autograd, if g is that of function(*args), an array or a tuple of arrays."""

    def traced(args):
        result = function(*args)
        return traced_tuple(result) if isinstance(result, tuple) else result

    return make_vjp(traced, args)[0](g)


def make(layer, params, bars, state, buffers):
    """Any layer. Of a chain, neighbours that are linear become one product.

    forward      layer after layer, the log-dets add
    backward     layer after layer, the last one first: Eq. (11.13)
    """
    if type(layer) is not Chain:
        layer, params, bars = Chain(layer), (params,), (bars,)
    parts, steps = zip(layer.layers, params, bars, strict=True), []
    for linear, group in groupby(parts, lambda part: type(part[0]) in LINEAR):
        for part in [zip(*group, strict=True)] if linear else group:
            state, more = (run if linear else MAKERS.get(type(part[0]), by_autograd))(*part, state, buffers)
            steps += more
    return state, steps


LINEAR = {ActNorm: actnorm, Permutation: permutation, Conv1x1: conv1x1, Conv1x1LU: conv1x1_lu}
COUPLINGS = {AdditiveCoupling: additive, AffineCoupling: affine}
NETWORKS = {MLP: mlp, ConvNet: conv_net}
MAKERS = {AdditiveCoupling: coupling, AffineCoupling: coupling, Squeezed: squeezed, Split: split, Chain: make}
# d log p_z / dz for each coordinate: Eq. (11.14).
SCORES = {StandardNormal: lambda z: -z, StandardLogistic: lambda z: -np.tanh(z / 2)}
