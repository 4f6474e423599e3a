"""The other layers, and their backward passes. A state is (1 + C, H·W·N): a row of ones, then the channels.

A bar is the derivative of Σ_n ḡ_n log p(x_n): z̄ goes into `backward`, x̄ comes out, and the parameters' bars
are written into the flat gradient. ḡ, (N,), is the same for all layers, because log-dets add.
"""

import math

import autograd.numpy as anp
import numpy as np
from autograd.builtins import tuple as traced_tuple
from autograd.core import make_vjp

from ..bijections import Chain
from ..coupling import AdditiveCoupling, AffineCoupling
from ..multiscale import Split, Squeezed
from ..networks import MLP, ConvNet
from ..parameters import tree_map
from .linear import LINEAR, LinearPass
from .networks import ConvNetPass, MLPPass

NETWORKS = {MLP: MLPPass, ConvNet: ConvNetPass}


class CouplingPass:
    """What the two couplings share. Only the rows of x_b are written, in place; the network's input stays."""

    def __init__(self, layer, params, gradient, shape, buffers):
        self.d, self.n, self.columns = shape[0] // 2, shape[-1], math.prod(shape[1:])
        self.width, net = shape[0] - self.d, layer.conditioner
        self.net = NETWORKS[type(net)](net, params, gradient, (self.d, *shape[1:]), buffers)

    def ask(self, x):
        """What the network puts out for x_a, and the rows of x_b."""
        return self.net.forward(x[: 1 + self.d]), x[1 + self.d :]


class AdditiveCouplingPass(CouplingPass):
    """forward   z_a = x_a,  z_b = x_b + t(x_a);   log-det 0
    backward     x̄_b = z̄_b,   x̄_a = z̄_a + the network's backward of t̄ = z̄_b: Eq. (11.9)
    """

    def forward(self, x, log_det):
        t, x_b = self.ask(x)
        x_b += t
        return x

    def backward(self, z_bar, g):
        z_bar[: self.d] += self.net.backward(z_bar[self.d :].copy())
        return z_bar

    def inverse(self, z):
        t, z_b = self.ask(z)
        z_b -= t
        return z


class AffineCouplingPass(CouplingPass):
    """forward   z_a = x_a,  z_b = v + t with v = s ⊙ x_b,   log s = c tanh ŝ;   log-det Σ log s
    backward     t̄ = z̄_b,   log̅s = z̄_b ⊙ v + ḡ,   ŝ̄ = log̅s ⊙ (c - log²s / c),   x̄_b = s ⊙ z̄_b,
                 x̄_a = z̄_a + the network's backward of (ŝ̄, t̄): Eq. (11.10)
    """

    def __init__(self, layer, params, gradient, shape, buffers):
        super().__init__(layer, params, gradient, shape, buffers)
        self.c = layer.bound
        self.log_s, self.s, self.v = (
            buffers.kept(name, self.width, self.columns) for name in ("log s", "s", "v")
        )
        self.out_bar = buffers.scratch("bar of s and t", 2 * self.width, self.columns)

    def ask(self, x):
        out, x_b = super().ask(x)
        np.multiply(np.tanh(out[: self.width], out=self.log_s), self.c, out=self.log_s)
        return out[self.width :], x_b

    def forward(self, x, log_det):
        t, x_b = self.ask(x)
        np.multiply(np.exp(self.log_s, out=self.s), x_b, out=self.v)
        np.add(self.v, t, out=x_b)
        log_det += np.add.reduce(self.log_s.reshape(-1, self.n), axis=0)
        return x

    def backward(self, z_bar, g):
        z_bar_b, s_bar = z_bar[self.d :], self.out_bar[: self.width]
        self.out_bar[self.width :] = z_bar_b
        np.multiply(z_bar_b, self.v, out=s_bar)
        s_bar.reshape(-1, self.n)[...] += g
        s_bar *= self.c - self.log_s**2 / self.c
        z_bar_b *= self.s
        z_bar[: self.d] += self.net.backward(self.out_bar)
        return z_bar

    def inverse(self, z):
        t, z_b = self.ask(z)
        z_b -= t
        z_b *= np.exp(-self.log_s)
        return z


class SqueezedPass:
    """forward   z = squeeze⁻¹(inner(squeeze(x)));   log-det that of inner
    backward     x̄ = squeeze⁻¹(inner's backward of squeeze(z̄)): Eq. (11.11)
    """

    def __init__(self, layer, params, gradient, shape, buffers):
        c, h, w, n = shape
        self.fine, self.coarse = (c, h // 2, 2, w // 2, 2, n), (2, 2, c, h // 2, w // 2, n)
        columns = h * w * n
        self.x = buffers.state(4 * c, columns // 4)
        self.inner = make(layer.inner, params, gradient, (4 * c, h // 2, w // 2, n), buffers)
        self.z = buffers.state(c, columns)
        self.x_bar, self.z_bar = buffers.bar(c, columns), buffers.bar(4 * c, columns // 4)

    def forward(self, x, log_det):
        self._squeeze(x[1:], self.x[1:])
        self._unsqueeze(self.inner.forward(self.x, log_det)[1:], self.z[1:])
        return self.z

    def backward(self, z_bar, g):
        self._squeeze(z_bar, self.z_bar)
        self._unsqueeze(self.inner.backward(self.z_bar, g), self.x_bar)
        return self.x_bar

    def inverse(self, z):
        self._squeeze(z[1:], self.x[1:])
        self._unsqueeze(self.inner.inverse(self.x)[1:], self.z[1:])
        return self.z

    def _squeeze(self, fine, coarse):
        coarse.reshape(self.coarse)[...] = fine.reshape(self.fine).transpose(2, 4, 0, 1, 3, 5)

    def _unsqueeze(self, coarse, fine):
        fine.reshape(self.fine)[...] = coarse.reshape(self.coarse).transpose(2, 3, 0, 4, 1, 5)


class SplitPass:
    """forward   z_a = x_a,  z_b = inner(x_b);   log-det that of inner
    backward     x̄_a = z̄_a,  x̄_b = inner's backward of z̄_b: Eq. (11.12)
    """

    def __init__(self, layer, params, gradient, shape, buffers):
        self.d, columns = shape[0] // 2, math.prod(shape[1:])
        rest = shape[0] - self.d
        self.x_b = buffers.state(rest, columns)
        self.inner = make(layer.inner, params, gradient, (rest, *shape[1:]), buffers)
        self.z_bar_b = buffers.bar(rest, columns)

    def forward(self, x, log_det):
        self.x_b[1:] = x[1 + self.d :]
        x[1 + self.d :] = self.inner.forward(self.x_b, log_det)[1:]
        return x

    def backward(self, z_bar, g):
        self.z_bar_b[...] = z_bar[self.d :]
        z_bar[self.d :] = self.inner.backward(self.z_bar_b, g)
        return z_bar

    def inverse(self, z):
        self.x_b[1:] = z[1 + self.d :]
        z[1 + self.d :] = self.inner.inverse(self.x_b)[1:]
        return z


class ChainPass:
    """forward   layer after layer, the log-dets add
    backward     layer after layer, the last one first: Eq. (11.13)

    Neighbours that are linear become one LinearPass.
    """

    def __init__(self, chain, params, gradient, shape, buffers):
        self.layers, run = [], []
        for k, layer in enumerate(chain.layers):
            if type(layer) in LINEAR:
                run.append(k)
                if k + 1 < len(chain.layers) and type(chain.layers[k + 1]) in LINEAR:
                    continue
                parts = ([each[i] for i in run] for each in (chain.layers, params, gradient))
                self.layers.append(LinearPass(*parts, shape, buffers))
                run = []
            else:
                self.layers.append(make(layer, params[k], gradient[k], shape, buffers))

    def forward(self, h, log_det):
        for layer in self.layers:
            h = layer.forward(h, log_det)
        return h

    def backward(self, h_bar, g):
        for layer in reversed(self.layers):
            h_bar = layer.backward(h_bar, g)
        return h_bar

    def inverse(self, h):
        for layer in reversed(self.layers):
            h = layer.inverse(h)
        return h


class AutogradPass:
    """Any other bijection: its own forward and inverse, and autograd's backward pass."""

    def __init__(self, layer, params, gradient, shape, buffers):
        self.layer, self.params, self.gradient, self.buffers = layer, params, gradient, buffers
        self.shape, columns = shape, math.prod(shape[1:])
        self.z, self.x_bar = buffers.state(shape[0], columns), buffers.bar(shape[0], columns)

    def forward(self, x, log_det):
        args, n = (self.params, self._batch_first(x[1:])), self.buffers.examples

        def of(args):
            z, d = self.layer.forward(*args)
            return traced_tuple((z, d + anp.zeros(n, log_det.dtype)))

        if self.buffers.keep:
            self.back, (z, d) = make_vjp(of, args)
        else:
            z, d = of(args)
        log_det[:n] += d
        fill(self.z[1:], self.shape, z)
        return self.z

    def backward(self, z_bar, g):
        params_bar, x_bar = self.back((self._batch_first(z_bar), np.array(g[: self.buffers.examples])))
        tree_map(np.copyto, self.gradient, params_bar)
        fill(self.x_bar, self.shape, x_bar, behind=0)
        return self.x_bar

    def inverse(self, z):
        fill(self.z[1:], self.shape, self.layer.inverse(self.params, self._batch_first(z[1:])))
        return self.z

    def _batch_first(self, rows):
        return np.ascontiguousarray(batch_first(rows.reshape(self.shape)[..., : self.buffers.examples]))


def fill(rows, shape, x, behind=1):
    """Write a batch x, (N, H, W, C) or (N, C), into rows, and `behind` times its first example behind it."""
    rows = rows.reshape(shape)
    rows[..., : len(x)] = batch_last(x)
    rows[..., len(x) :] = behind * batch_last(x[:1]) if behind else 0


def batch_last(x):
    return np.moveaxis(x, (0, -1), (-1, 0))


def batch_first(rows):
    return np.moveaxis(rows, (-1, 0), (0, -1))


PASSES = {
    AdditiveCoupling: AdditiveCouplingPass,
    AffineCoupling: AffineCouplingPass,
    Squeezed: SqueezedPass,
    Split: SplitPass,
    Chain: ChainPass,
}


def make(layer, params, gradient, shape, buffers):
    """The pass of a layer for states of shape (C, H, W, N) or (C, N), to be changed in place or read."""
    if type(layer) in LINEAR:
        return LinearPass([layer], [params], [gradient], shape, buffers)
    foreign = hasattr(layer, "conditioner") and type(layer.conditioner) not in NETWORKS
    return (AutogradPass if foreign else PASSES.get(type(layer), AutogradPass))(
        layer, params, gradient, shape, buffers
    )
