"""nflow_ref itself: "ours" is the class `Ours`, and "ours, plain autograd" the way the course derives it."""

import numpy as np
from autograd import numpy as anp, value_and_grad

import nflow_ref
from nflow_ref.objectives import FlatObjective

EXACT = True


class PlainAutograd:
    """The mean negative log-likelihood by autograd's value_and_grad, and nflow_ref.Adam."""

    def __init__(self, flow, params, step_size):
        self.flow, self.params, self.step_size = flow, params, step_size
        self.adam = nflow_ref.Adam(params)
        self.objective = value_and_grad(lambda params, x: -anp.mean(flow.log_prob(params, x)))
        self.rng = np.random.default_rng(0)

    def array(self, x):
        return x

    def step(self, x):
        loss, gradient = self.objective(self.params, x)
        self.params = self.adam.update(self.params, gradient, self.step_size)
        return loss

    def log_prob(self, x):
        return self.flow.log_prob(self.params, x)

    def sample(self, n):
        return self.flow.sample(self.params, self.rng, n)


class Ours(PlainAutograd):
    """What `fit` does in a step, and `log_prob` and `sample` of the fused flow."""

    def __init__(self, flow, params, step_size):
        self.objective = FlatObjective(flow, params)
        self.flow, self.step_size = self.objective.flow, step_size
        self.theta, self.rng = self.objective.start, np.random.default_rng(0)
        self.adam = nflow_ref.Adam(self.theta)

    @property
    def params(self):
        return self.objective.tree(self.theta)

    def step(self, x):
        loss, gradient = self.objective(self.theta, x)
        self.theta = self.adam.update(self.theta, gradient, self.step_size)
        return loss


def realnvp(start, plain=False):
    flow = nflow_ref.real_nvp(2, couplings=start.depth)
    return (PlainAutograd if plain else Ours)(flow, start.tree, start.step_size)


def glow(start, plain=False):
    return (PlainAutograd if plain else Ours)(start.flow, start.tree, start.step_size)
