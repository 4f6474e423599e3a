"""The playground's data, run by Node: log-densities, entropies and samples, against what is known exactly."""

import math

import numpy as np
import pytest
from playground_node import copied, near, node

from nflow_ref.datasets import Checkerboard, Density, EightGaussians, TwoMoons
from nflow_ref.quadrature import gauss_legendre


@pytest.fixture
def modules(tmp_path):
    return copied(tmp_path)


class Known(Density):
    """Data of the playground that nflow_ref.datasets does not have, as equally weighted round Gaussians."""

    def __init__(self, centres, noise, half):
        self.centres, self.noise, self.box = np.array(centres), noise, ((-half, half),) * 2

    def _log_prob(self, x):
        square = ((x[:, None] - self.centres) ** 2).sum(axis=-1) / (2 * self.noise**2)
        top = -square.min(axis=1)
        sums = np.exp(-square - top[:, None]).mean(axis=1)
        return np.log(sums) + top - math.log(2 * math.pi * self.noise**2)


class Rings(Density):
    """p at radius r: the mean over both circles R of exp(-(r² + R²) / 2s²) I_0(rR / s²) / 2πs²."""

    noise, box = 0.2, ((-4.4, 4.4),) * 2

    def _log_prob(self, x):
        r, s = np.hypot(*x.T), self.noise
        each = [np.exp(-((r - R) ** 2) / (2 * s * s)) * scaled_bessel(r * R / s**2) for R in (1.2, 2.8)]
        return np.log(np.mean(each, axis=0) / (2 * math.pi * s**2))


def scaled_bessel(y):
    """exp(-y) I_0(y)."""
    angles = (np.arange(400) + 0.5) * math.pi / 400
    return np.mean(np.exp(y[:, None] * (np.cos(angles) - 1)), axis=1)


MOMENTS = (
    lambda x: x[:, 0],
    lambda x: x[:, 1],
    lambda x: x[:, 0] ** 2,
    lambda x: x[:, 1] ** 2,
    lambda x: x[:, 0] * x[:, 1],
    lambda x: np.sin(3 * x[:, 0]) * np.cos(2 * x[:, 1]),
)
DRAWING = "AAff-_gggg"  # in steps of an eighth, 31.5 in the middle; the last dab twice
DABS = (np.array([(0, 0), (31, 31), (62, 63), (32, 32), (32, 32)]) - 31.5) / 8


@pytest.mark.parametrize(
    "name, density",
    [
        ("moons", TwoMoons()),
        ("gaussians", EightGaussians()),
        ("checkerboard", Checkerboard()),
        ("rings", Rings()),
        ("blobs", Known([(-1.6, -0.8), (1.6, 0.8)], 0.6, 7)),
        ("drawing", Known(DABS, 0.2, 6)),
    ],
)
def test_data(modules, name, density):
    """Log-densities, entropies, and samples: where they lie, and how likely they are."""
    rng = np.random.default_rng(0)
    (low1, high1), (low2, high2) = density.box
    x = np.stack([rng.uniform(low1, high1, 400), rng.uniform(low2, high2, 400)], axis=-1)
    found = node(
        modules,
        {"name": name, "drawing": DRAWING, "x": x.ravel().tolist()},
        """
        const density = data.DATA[job.name](job.drawing);
        const samples = density.sample(data.uniform(5, 1), 20000);
        return { logProb: density.logProb(Float64Array.from(job.x)), entropy: density.entropy(), samples };
        """,
    )
    log_p = density.log_prob(x)
    mine = np.array(found["logProb"], dtype=float)  # "-inf" too
    np.testing.assert_array_equal(np.isinf(mine), np.isinf(log_p))
    inside = log_p > -25
    assert inside.sum() >= 40
    near("log p", mine[inside], log_p[inside], 1e-10)
    assert abs(found["entropy"] - density.entropy()) <= 1e-6
    (x1, w1), (x2, w2) = (gauss_legendre(low, high, 24, 8) for low, high in density.box)
    nodes = np.stack(np.meshgrid(x1, x2, indexing="ij"), axis=-1).reshape(-1, 2)
    weights = np.outer(w1, w2).ravel() * np.exp(density.log_prob(nodes))
    samples = np.reshape(found["samples"], (-1, 2))
    for moment in MOMENTS:
        values, expected = moment(samples), weights @ moment(nodes)
        assert abs(np.mean(values) - expected) <= 4.5 * np.std(values) / math.sqrt(len(values))
    surprise = -np.mean(density.log_prob(samples))
    assert abs(surprise - density.entropy()) <= 4.5 / math.sqrt(len(samples))
