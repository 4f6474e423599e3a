"""JAX by hand, jitted: exactly the reference's architecture, same parameters.

Loss, gradient and Adam are one jitted function whose old parameters are donated; log_prob and sample are
jitted too. Calls return before they are done, as always in JAX: the worker waits after the last one.

The variant "tuned" is what we found by trying to make JAX faster with what makes NumPy fast: arrays of
RealNVP are feature-major, (D, N), and Glow's convolutions are matrix products over the 3x3 neighbourhoods
of the thin side. The ordinary form is (N, D), and lax.conv for the 3x3 convolutions.
"""

import math

import jax
import jax.numpy as jnp
from jax import lax

EXACT = True
LOG_2PI = math.log(2 * math.pi)
BOUND = 2.0


class Trainer:
    def __init__(self, params, log_prob, sample=None, step_size=1e-3, dtype="float32"):
        self.dtype = dtype
        self.params = jax.tree.map(lambda p: jnp.array(p, dtype), params)
        zeros = [jax.tree.map(jnp.zeros_like, self.params) for _ in "mv"]
        self.adam = (*zeros, jnp.zeros((), dtype))
        self.key = jax.random.key(0)
        self._log_prob = jax.jit(log_prob)
        self._sample = jax.jit(sample, static_argnums=2) if sample else None

        def step(params, adam, x):
            loss, gradient = jax.value_and_grad(lambda p: -jnp.mean(log_prob(p, x)))(params)
            m, v, k = adam
            m = jax.tree.map(lambda m, g: 0.9 * m + (1 - 0.9) * g, m, gradient)
            v = jax.tree.map(lambda v, g: 0.999 * v + (1 - 0.999) * g**2, v, gradient)
            k = k + 1
            rate, correction = step_size / (1 - 0.9**k), 1 - 0.999**k
            new = jax.tree.map(lambda p, m, v: p - rate * m / (jnp.sqrt(v / correction) + 1e-8), params, m, v)
            return new, (m, v, k), loss

        self._step = jax.jit(step, donate_argnums=(0, 1))

    def array(self, x):
        return jnp.array(x, self.dtype)

    def step(self, x):
        self.params, self.adam, loss = self._step(self.params, self.adam, x)
        return loss

    def log_prob(self, x):
        return self._log_prob(self.params, x)

    def sample(self, n):
        self.key, key = jax.random.split(self.key)
        return self._sample(self.params, key, n)


def mlp(p, h):
    for layer in p[:-1]:
        h = jax.nn.relu(h @ layer["W"] + layer["b"])
    return h @ p[-1]["W"] + p[-1]["b"]


def mlp_feature_major(p, h):
    for layer in p[:-1]:
        h = jax.nn.relu(layer["W"].T @ h + layer["b"][:, None])
    return p[-1]["W"].T @ h + p[-1]["b"][:, None]


def realnvp(start, tuned=False):
    net, axis = (mlp_feature_major, 0) if tuned else (mlp, 1)

    def column(p):
        return p[:, None] if tuned else p

    def log_prob(params, x):
        x, log_det = x.T if tuned else x, 0.0
        for actnorm, p, _ in params:
            x = x * column(jnp.exp(actnorm["log_s"])) + column(actnorm["b"])
            x_a, x_b = jnp.split(x, 2, axis)
            s_hat, t = jnp.split(net(p, x_a), 2, axis)
            log_s = BOUND * jnp.tanh(s_hat)
            x = jnp.concatenate([jnp.exp(log_s) * x_b + t, x_a], axis)
            log_det = log_det + actnorm["log_s"].sum() + log_s.sum(axis)
        return log_det - 0.5 * (x**2 + LOG_2PI).sum(axis)

    def sample(params, key, n):
        x = jax.random.normal(key, (2, n) if tuned else (n, 2), start.dtype)
        for actnorm, p, _ in reversed(params):
            z_b, z_a = jnp.split(x, 2, axis)
            s_hat, t = jnp.split(net(p, z_a), 2, axis)
            x = jnp.concatenate([z_a, (z_b - t) * jnp.exp(-BOUND * jnp.tanh(s_hat))], axis)
            x = (x - column(actnorm["b"])) * column(jnp.exp(-actnorm["log_s"]))
        return x.T if tuned else x

    return Trainer(start.params, log_prob, sample, start.step_size, start.dtype)


def conv(x, W):
    return lax.conv_general_dilated(x, W, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))


def product(x, W):
    """A matrix product of the last axis, which XLA does faster on two axes than on four."""
    return (x.reshape(-1, x.shape[-1]) @ W).reshape(*x.shape[:-1], -1)


def conv_as_product(x, W):
    """conv by one matrix product: of the gathered input, or before the output is scattered."""
    n, h, w, c = x.shape
    shifts = [(i, j) for i in range(3) for j in range(3)]
    if c < W.shape[3]:
        x = jnp.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
        x = jnp.concatenate([x[:, i : i + h, j : j + w] for i, j in shifts], -1)
        return product(x, W.reshape(9 * c, -1))
    y = product(x, W.transpose(2, 0, 1, 3).reshape(c, -1)).reshape(n, h, w, 9, -1)
    y = jnp.pad(y, ((0, 0), (1, 1), (1, 1), (0, 0), (0, 0)))
    return sum(y[:, i : i + h, j : j + w, k] for k, (i, j) in enumerate(shifts))


def glow(start, tuned=False):
    conv_3x3 = conv_as_product if tuned else conv

    def kernels(p):
        """Our 3x3 kernels are (9 in, out) and (in, 9 out), JAX's (3, 3, in, out)."""
        w1, w2, w3 = (layer["W"] for layer in p)
        w1 = w1.reshape(3, 3, -1, w1.shape[1])
        w3 = w3.reshape(len(w3), 3, 3, -1)[:, ::-1, ::-1].transpose(1, 2, 0, 3)
        return [{"W": w, "b": layer["b"]} for w, layer in zip((w1, w2, w3), p, strict=True)]

    params = [[(actnorm, lu, kernels(p)) for actnorm, lu, p in level] for level in start.params]

    def net(p, h):
        h = jax.nn.relu(conv_3x3(h, p[0]["W"]) + p[0]["b"])
        h = jax.nn.relu(product(h, p[1]["W"]) + p[1]["b"])
        return conv_3x3(h, p[2]["W"]) + p[2]["b"]

    def log_prob(params, x):
        log_prob = 0.0
        for k, level in enumerate(params):
            n, h, w, c = x.shape
            x = x.reshape(n, h // 2, 2, w // 2, 2, c).transpose(0, 1, 3, 2, 4, 5)
            x = x.reshape(n, h // 2, w // 2, 4 * c)
            pixels = h * w // 4
            for (permutation, signs), (actnorm, lu, p) in zip(start.frozen[k], level, strict=True):
                x = x * jnp.exp(actnorm["log_s"]) + actnorm["b"]
                lower = jnp.tril(lu["L"], -1) + jnp.eye(4 * c, dtype=x.dtype)
                upper = jnp.triu(lu["U"], 1) + jnp.diag(jnp.array(signs, x.dtype) * jnp.exp(lu["log_s"]))
                x = product(x, (lower @ upper)[jnp.array(permutation)].T)
                x_a, x_b = jnp.split(x, 2, -1)
                s_hat, t = jnp.split(net(p, x_a), 2, -1)
                log_s = BOUND * jnp.tanh(s_hat)
                x = jnp.concatenate([x_a, jnp.exp(log_s) * x_b + t], -1)
                log_det = pixels * (actnorm["log_s"].sum() + lu["log_s"].sum())
                log_prob = log_prob + log_det + log_s.sum((1, 2, 3))
            if k + 1 < len(params):
                z, x = jnp.split(x, 2, -1)
                log_prob = log_prob - 0.5 * (z**2 + LOG_2PI).sum((1, 2, 3))
        return log_prob - 0.5 * (x**2 + LOG_2PI).sum((1, 2, 3))

    return Trainer(params, log_prob, None, start.step_size, start.dtype)
