"""Exercise 4.8: a flow from a hundred numbers."""

import autograd.numpy as np
from numpy.random import default_rng

from ....datasets import TwoPeaks
from ....densities import StandardNormal
from ....flow import Flow
from ....quadrature import integrate
from ....training import fit
from ..goal import Goal, Measure

TRUE = TwoPeaks(weight=0.4, distance=4.0, left_std=0.6, right_std=0.9)
hundred = TRUE.sample(default_rng(5), 100)


class Waves:
    """Eq. (4.17), as the notebook has it, without its inverse: that is not asked for."""

    def __init__(self, count, mean, std):
        self.count, self.mean, self.std = count, mean, std

    def init(self, rng, x):
        low, steep = np.full(self.count, np.log(0.05)), np.full(self.count, np.log(2.0))
        return {"log_a": 0.0, "b": 0.0, "log_w": low, "log_s": steep, "c": np.linspace(-2, 2, self.count)}

    def forward(self, params, x):
        a, w, s = (np.exp(params[name]) for name in ("log_a", "log_w", "log_s"))
        u = (x - self.mean) / self.std
        t = np.tanh(s * (u[:, None] - params["c"]))
        slope = (a + np.sum(w * s * (1 - t**2), axis=1)) / self.std
        return a * u + params["b"] + np.sum(w * t, axis=1), np.log(slope)

    def inverse(self, params, z):
        raise NotImplementedError


def trained_flow():
    """Build a flow and train it on the 100 draws: (flow, params)."""
    flow = Flow(StandardNormal(), Waves(2, hundred.mean(), hundred.std()))
    rng = default_rng(0)
    params = flow.init(rng, hundred)
    params, _ = fit(flow, params, hundred, rng=rng, steps=1500, batch_size=50, step_size=0.01)
    return flow, params


def missing_mass(flow, params):
    """How far the mass is from 1, on a line much longer than the data."""
    return abs(integrate(lambda x: np.exp(flow.log_prob(params, x)), -40, 40, panels=4000) - 1)


def gap(flow, params):
    """KL from the true density."""

    def integrand(x):
        log_p = TRUE.log_prob(x)
        return np.exp(log_p) * (log_p - flow.log_prob(params, x))

    return integrate(integrand, *TRUE.box[0], panels=2000)


EXERCISE = Goal(
    id="4.8",
    title="A flow from a hundred numbers",
    difficulty=2,
    minutes=12,
    key=trained_flow,
    probes=((),),
    misconceptions=(),
    hints=(
        "Try 8 waves first, as in section 6. Their training loss is far below that of two waves. What does "
        "the check say?",
        "100 numbers can't tell you where 8 waves belong. How many steep places does a map need that makes "
        "two peaks?",
        "Keep 30 of the draws as validation set, train 1, 2, 3, 5 and 8 waves on the others, and compare. "
        "Then train the best number on all 100.",
        "`Waves(2, ...)` with 1,500 steps of size 0.01 is enough.",
    ),
    why="One wave cannot make two peaks, and eight find peaks that are chance. Two are stiff enough for 100 "
    "draws: their training loss is higher, and their gap is smaller.",
    measures=(
        Measure(
            "mass that is missing, or too much",
            missing_mass,
            0.01,
            "This is no density: the log-det does not belong to the map. Test it against autodiff's slope.",
        ),
        Measure(
            "gap, in nats",
            gap,
            0.07,
            "Is it too stiff or too flexible? Compare the loss on the 100 draws with that on draws you kept "
            "apart: near to each other and both high, then train longer, or take more waves; far apart, then "
            "fewer waves, or stop earlier.",
        ),
    ),
)
