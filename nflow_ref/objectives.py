"""The loss of a flow and its gradient: by autograd, or by the backward pass of `fuse`, which is faster."""

import autograd.numpy as anp
import numpy as np
from autograd import value_and_grad

from .parameters import leaves, tree_map

__all__ = ["FlatObjective", "Objective", "objective"]


def objective(flow, params):
    """The faster one of the two that serves this flow and its parameters."""
    return FlatObjective(flow, params) if FlatObjective.serves(flow, params) else Objective(flow, params)


class Objective:
    """-1/B Σ_n log p_x(x_n) of Eq. (4.3) and its gradient by autograd, as a function of params."""

    def __init__(self, flow, params):
        self.flow, self.start = flow, params
        self.value_and_grad = value_and_grad(lambda params, x: -anp.mean(flow.log_prob(params, x)))

    def __call__(self, params, x):
        return self.value_and_grad(params, x)

    def tree(self, params):
        return params


class FlatObjective:
    """The same by the backward pass of `fuse`, as a function of all parameters in one flat vector.

    The gradient's array is used again by the next call. `tree` gives the parameters as parts of a vector.
    """

    def __init__(self, flow, params):
        from .fused import flat, fuse, views  # here: to import the package takes no longer for it

        self.flow, self.like, self.views = fuse(flow), flat(params), views
        self.reference = Objective(self.flow.plain, params)
        arrays = [p for _, p in leaves(params)]
        self.start = np.empty(sum(map(np.size, arrays)), np.result_type(*arrays))
        tree_map(np.copyto, self.tree(self.start), params)

    @staticmethod
    def serves(flow, params):
        """Whether `fuse` has the flow's likelihood, and all parameters are of one dtype."""
        from .fused import FusedFlow, fuse

        return type(fuse(flow)) is FusedFlow and len({np.result_type(p) for _, p in leaves(params)}) == 1

    def __call__(self, theta, x):
        x = self.flow._batch(x, "log_prob: x")
        g, like = np.full(len(x), -1 / len(x), x.dtype), self.like._replace(arrays=[theta])

        def run(engine):
            return -np.mean(engine.run("backward", x, g)[0]), engine.gradient

        result = self.flow.likelihood.attempt(self.flow.plain.log_prob, like, x, run)
        if result is None:  # the reference may know better, or say what is wrong
            loss, bars = self.reference(self.tree(theta), x)
            gradient = np.empty_like(theta)
            tree_map(np.copyto, self.tree(gradient), bars)
            return loss, gradient
        return result

    def tree(self, theta):
        return self.views(self.like.tree, theta)
