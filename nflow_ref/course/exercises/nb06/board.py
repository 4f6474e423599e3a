"""Exercise 6.7: a flow for the checkerboard."""

import autograd.numpy as np
from numpy.random import default_rng

from nflow_ref import fit, real_nvp
from nflow_ref.datasets import Checkerboard
from nflow_ref.parameters import leaves

from ..goal import Goal, Measure


def build_and_train():
    """A flow for the checkerboard with at most 10,000 parameters, trained: (flow, params)."""
    rng = default_rng(1)
    x = Checkerboard().sample(rng, 50_000)
    flow = real_nvp(dim=2, couplings=28, hidden=(16, 16), bound=1.0)
    params, _ = fit(
        flow,
        flow.init(rng, x),
        x,
        rng=rng,
        steps=3000,
        batch_size=512,
        step_size=lambda u: 1e-2 * min(1, 0.02 + 20 * u) * (1.002 - u),
    )
    return flow, params


def gap(flow, params):
    """The mean log-density that the flow loses on new points of the board."""
    new = Checkerboard().sample(default_rng(608), 20_000)
    return np.mean(Checkerboard().log_prob(new) - flow.log_prob(params, new))


EXERCISE = Goal(
    id="6.7",
    title="A checkerboard with few parameters",
    difficulty=3,
    minutes=12,
    key=build_and_train,
    probes=((),),
    misconceptions=(),
    hints=(
        "Where do the parameters sit? A layer between two hidden layers of width `h` has `h**2` of them. So "
        "for the same total you can have narrow networks and many couplings.",
        "The board has many edges, and each coupling adds a few bends. Try 20 couplings and more, of width "
        "16, and see what the bound `c` does: a small one is easier to train in depth.",
        "A constant step size rattles at the end. Use `falling(1e-2)` of the first cell, batches of 512 and "
        "3,000 steps: `fit(..., step_size=falling(1e-2))`.",
    ),
    why="Depth is what mixes: many narrow couplings bend the plane in more places than a few wide ones with "
    "the same number of parameters. What is left of the gap sits at the edges, where the true density jumps "
    "and that of the flow cannot.",
    measures=(
        Measure(
            "parameters",
            lambda flow, params: sum(np.size(p) for _, p in leaves(params)),
            10_000,
            "Narrower networks, or fewer couplings: the layer between the two hidden ones has most of them.",
        ),
        Measure(
            "gap in nats",
            gap,
            0.15,
            "Not there yet. Three things move this number: how the parameters are spread over the couplings, "
            "whether the step size falls to 0, and for how many steps it is trained.",
        ),
    ),
)
