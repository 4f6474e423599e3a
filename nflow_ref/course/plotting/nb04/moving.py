"""The figure of notebook 04 that moves: gradient descent, step by step."""

import numpy as np

from ....change_of_variables import log_prob_1d
from ....densities import StandardNormal
from ...slider import VIRIDIS, Panel, Slider, area, dots, image, line
from .. import DATA, INK

A, B = np.linspace(-1.5, 1.5, 60), np.linspace(3, -2, 50)  # upper rows first


def descent(path, x, base_term, log_det_term):
    """The step moved: a point that descends on the loss of z = a x + b, and its density over the data.

    Args:
        path: the params of each step, {"a": number, "b": number}.
        x: data, (N,).
        base_term, log_det_term: functions (params, x) that add up to the loss.
    """
    loss = np.array([[_loss({"a": a, "b": b}, x, base_term, log_det_term) for a in A] for b in B])
    lightness = 1 - np.sqrt(np.clip((loss - loss.min()) / 5, 0, 1))  # light is low, as in Figure 4.4
    way = np.array([[params["a"], params["b"]] for params in path])
    at = np.linspace(-5, 5, 81)
    count, edges = np.histogram(x, bins=24, range=(-5, 5), density=True)
    steps = np.repeat(edges, 2)[1:-1], np.repeat(count, 2)

    def density(params):
        return np.exp(log_prob_1d(StandardNormal(), lambda x: params["a"] * x + params["b"], at))

    def picture(k):
        return [
            [
                image(lightness, ((A[0], A[-1]), (B[-1], B[0])), VIRIDIS),
                line(*way[[*range(k + 1), k]].T, "#111111"),
                dots(*way[k], "#111111", size=52),
                dots(*way[k], "#ffffff", size=34),
            ],
            [
                area([edges[0], *steps[0], edges[-1]], [0, *steps[1], 0], DATA),
                line(at, density(path[k]), INK),
            ],
        ]

    def says(k):
        base, log_det = (float(term(path[k], x)) for term in (base_term, log_det_term))
        terms = f"base term {base:.2f}, log-det term {log_det:.2f}"
        return f"step {k}: loss {base + log_det:.2f} nats; {terms}"

    panels = [
        Panel("the loss: light is low", (A[0], A[-1]), (B[-1], B[0]), ("slope a", "shift b"), height=0.8),
        Panel("the data, and the density", (-5, 5), (0, 0.5), ("data x", "density"), height=0.8),
    ]
    alt = (
        "Left, a map of the loss over slope a and shift b: two light bowls, mirror images, with a dark ridge "
        "between them at slope 0. A white dot starts at the upper left and goes into the left bowl, in steps "
        "that get shorter, leaving a black line. Right, the data as an orange histogram with two peaks, and "
        "the density as a line: at first a narrow bell at 2, on the right peak alone; it gets lower and "
        "wider and moves to the left, until it covers both peaks."
    )
    return Slider("step k", range(len(path)), picture, panels, says, alt, seconds=6)


def _loss(params, *args):
    x, *terms = args
    return sum(term(params, x) for term in terms)
