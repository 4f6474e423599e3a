"""PyTorch by hand, eager and with torch.compile: exactly the reference's architecture, same parameters.

What differs is form only: images are (N, C, H, W) in channels_last, the faster memory format for torch's
convolutions here, and Adam is torch.optim.Adam(fused=True). torch.compile covers the loss with its gradient,
log_prob and sample; fused Adam is one call already.
"""

import math

import torch
import torch.nn.functional as F

EXACT = True
LOG_2PI = math.log(2 * math.pi)
BOUND = 2.0
LAYOUT = torch.channels_last

torch.set_num_threads(1)


def tensors(tree, dtype):
    """The arrays of a parameter tree as leaf tensors, in the same tree of dicts and tuples."""
    if isinstance(tree, dict):
        return {k: tensors(v, dtype) for k, v in tree.items()}
    if isinstance(tree, tuple | list):
        return [tensors(v, dtype) for v in tree]
    return torch.tensor(tree, dtype=dtype, requires_grad=True)


def flat(tree):
    if isinstance(tree, torch.Tensor):
        return [tree]
    return [t for v in (tree.values() if isinstance(tree, dict) else tree) for t in flat(v)]


class Trainer:
    """Adam on -mean log_prob, for a function log_prob(x) of the parameters in a list."""

    def __init__(
        self, parameters, log_prob, sample=None, compiled=False, step_size=1e-3, dtype=torch.float32
    ):
        wrap = torch.compile if compiled else lambda f: f
        self.dtype = dtype
        self.adam = torch.optim.Adam(parameters, lr=step_size, fused=True)
        self._loss = wrap(lambda x: -log_prob(x).mean())
        self._log_prob = wrap(log_prob)
        self._sample = wrap(sample) if sample else None

    def array(self, x):
        return torch.tensor(x, dtype=self.dtype)

    def step(self, x):
        self.adam.zero_grad()
        loss = self._loss(x)
        loss.backward()
        self.adam.step()
        return loss.detach()

    def log_prob(self, x):
        with torch.no_grad():
            return self._log_prob(x)

    def sample(self, n):
        with torch.no_grad():
            return self._sample(n)


def mlp(p, h):
    for layer in p[:-1]:
        h = F.relu(torch.addmm(layer["b"], h, layer["W"]))
    return torch.addmm(p[-1]["b"], h, p[-1]["W"])


def realnvp(start, compiled=False):
    dtype = getattr(torch, start.dtype)
    params = tensors(start.params, dtype)

    def log_prob(x):
        log_det = torch.zeros(len(x), dtype=dtype)
        for actnorm, net, _ in params:
            x = x * torch.exp(actnorm["log_s"]) + actnorm["b"]
            x_a, x_b = x.chunk(2, 1)
            s_hat, t = mlp(net, x_a).chunk(2, 1)
            log_s = BOUND * torch.tanh(s_hat)
            x = torch.cat([torch.exp(log_s) * x_b + t, x_a], 1)
            log_det = log_det + actnorm["log_s"].sum() + log_s.sum(1)
        return log_det - 0.5 * (x**2 + LOG_2PI).sum(1)

    def sample(n):
        x = torch.randn(n, 2, dtype=dtype)
        for actnorm, net, _ in reversed(params):
            z_b, z_a = x.chunk(2, 1)
            s_hat, t = mlp(net, z_a).chunk(2, 1)
            x = torch.cat([z_a, (z_b - t) * torch.exp(-BOUND * torch.tanh(s_hat))], 1)
            x = (x - actnorm["b"]) * torch.exp(-actnorm["log_s"])
        return x

    return Trainer(flat(params), log_prob, sample, compiled, start.step_size, dtype)


class Images(Trainer):
    def array(self, x):
        return super().array(x).permute(0, 3, 1, 2).contiguous()


def kernels(first, second, last):
    """Our 3x3 kernels are (9 in, out) and (in, 9 out); torch's are (out, in, 3, 3)."""
    first = first.reshape(3, 3, -1, first.shape[1]).permute(3, 2, 0, 1)
    last = last.reshape(len(last), 3, 3, -1).flip(1, 2).permute(3, 0, 1, 2)
    return first, second.T[:, :, None, None], last


def glow(start, compiled=False):
    dtype = getattr(torch, start.dtype)
    params = [[tensors(step, dtype) for step in level] for level in start.params]
    for level in params:
        for *_, net in level:
            for layer, kernel in zip(net, kernels(*(layer["W"].detach() for layer in net)), strict=True):
                layer["W"] = kernel.contiguous(memory_format=LAYOUT).requires_grad_()
    frozen = [[(torch.tensor(p), torch.tensor(s, dtype=dtype)) for p, s in level] for level in start.frozen]

    def net(p, h):
        h = F.relu(F.conv2d(h, p[0]["W"], p[0]["b"], padding=1))
        h = F.relu(F.conv2d(h, p[1]["W"], p[1]["b"]))
        return F.conv2d(h, p[2]["W"], p[2]["b"], padding=1)

    def log_prob(x):
        log_prob = torch.zeros(len(x), dtype=dtype)
        for k, level in enumerate(params):
            n, c, h, w = x.shape
            x = x.reshape(n, c, h // 2, 2, w // 2, 2).permute(0, 3, 5, 1, 2, 4)
            x = x.reshape(n, 4 * c, h // 2, w // 2).contiguous(memory_format=LAYOUT)
            pixels = h * w // 4
            for (permutation, signs), (actnorm, lu, p) in zip(frozen[k], level, strict=True):
                x = x * torch.exp(actnorm["log_s"])[:, None, None] + actnorm["b"][:, None, None]
                lower = torch.tril(lu["L"], -1) + torch.eye(4 * c, dtype=dtype)
                upper = torch.triu(lu["U"], 1) + torch.diag(signs * torch.exp(lu["log_s"]))
                x = F.conv2d(x, (lower @ upper)[permutation][:, :, None, None])
                x_a, x_b = x.chunk(2, 1)
                s_hat, t = net(p, x_a).chunk(2, 1)
                log_s = BOUND * torch.tanh(s_hat)
                x = torch.cat([x_a, torch.exp(log_s) * x_b + t], 1)
                log_det = pixels * (actnorm["log_s"].sum() + lu["log_s"].sum())
                log_prob = log_prob + log_det + log_s.sum((1, 2, 3))
            if k + 1 < len(params):
                z, x = x.chunk(2, 1)
                log_prob = log_prob - 0.5 * (z**2 + LOG_2PI).sum((1, 2, 3))
        return log_prob - 0.5 * (x**2 + LOG_2PI).sum((1, 2, 3))

    return Images(flat(params), log_prob, None, compiled, start.step_size, dtype)
