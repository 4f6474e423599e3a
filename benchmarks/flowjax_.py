"""flowjax's coupling_flow, trained by optax's Adam in one jitted step. It has no Glow.

No ActNorm; the scale is softplus(s) + 0.01. Its layers are stacked and scanned, so that they compile once.
Its own initialisation.
"""

import equinox as eqx
import jax
import jax.numpy as jnp
import optax
import paramax
from flowjax.distributions import Normal
from flowjax.flows import coupling_flow


class Trainer:
    def __init__(self, flow, step_size, dtype):
        self.dtype, self.key = dtype, jax.random.key(1)
        fixed = lambda leaf: isinstance(leaf, paramax.NonTrainable)  # noqa: E731
        self.params, static = eqx.partition(flow, eqx.is_inexact_array, is_leaf=fixed)
        adam = optax.adam(step_size)
        self.state = adam.init(self.params)

        def join(params):
            return paramax.unwrap(eqx.combine(params, static))

        def step(params, state, x):
            loss, gradient = jax.value_and_grad(lambda p: -join(p).log_prob(x).mean())(params)
            updates, state = adam.update(gradient, state, params)
            return optax.apply_updates(params, updates), state, loss

        self._step = jax.jit(step, donate_argnums=(0, 1))
        self._log_prob = jax.jit(lambda params, x: join(params).log_prob(x))
        self._sample = jax.jit(lambda params, key, n: join(params).sample(key, (n,)), static_argnums=2)

    def array(self, x):
        return jnp.array(x, self.dtype)

    def step(self, x):
        self.params, self.state, loss = self._step(self.params, self.state, x)
        return loss

    def log_prob(self, x):
        return self._log_prob(self.params, x)

    def sample(self, n):
        self.key, key = jax.random.split(self.key)
        return self._sample(self.params, key, n)


def realnvp(start):
    flow = coupling_flow(
        jax.random.key(0), base_dist=Normal(jnp.zeros(2)), flow_layers=start.depth, nn_width=64, nn_depth=2
    )
    return Trainer(flow, start.step_size, start.dtype)
