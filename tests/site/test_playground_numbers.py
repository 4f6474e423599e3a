"""The playground's flow and training, run by Node, against nflow_ref; mistakes put into them are noticed."""

import math
import re

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from playground_node import SOURCE, copied, near, node

from nflow_ref import ActNorm, AffineCoupling, Chain, Flow, Permutation, StandardNormal
from nflow_ref.datasets import TwoMoons
from nflow_ref.networks import MLP
from nflow_ref.parameters import leaves, tree_map
from nflow_ref.quadrature import integrate_2d
from nflow_ref.training import Adam, mean_nll

SETTINGS = {"couplings": 3, "hidden": 5, "bound": 1.3, "actnorm": True}
TRAINING = {"data": "moons", "drawing": "", "seed": 7, "points": 500, "batch": 128, "rate": 0.003} | SETTINGS


@pytest.fixture
def modules(tmp_path):
    return copied(tmp_path)


def reference(couplings, hidden, bound, actnorm):
    """The same flow, of nflow_ref."""
    layers = [ActNorm()] * actnorm + [AffineCoupling(MLP((hidden, hidden)), bound), Permutation((1, 0))]
    return Flow(StandardNormal((2,)), Chain(*layers * couplings))


def flat(tree):
    return np.concatenate([np.ravel(leaf) for _, leaf in leaves(tree)])


def tree(theta, like):
    """The parameters that the playground has in one array."""
    theta, sizes = np.array(theta), [np.size(leaf) for _, leaf in leaves(like)]
    parts = iter(np.split(theta, np.cumsum(sizes)[:-1]))
    return tree_map(lambda leaf: next(parts).reshape(np.shape(leaf)), like)


def compare(folder, settings):
    """Forward, log-det, inverse, likelihood, gradient, and three steps of Adam, away from the start."""
    rng, flow = np.random.default_rng(3), reference(**settings)
    x = TwoMoons().sample(rng, 64)
    params = tree_map(lambda leaf: leaf + 0.4 * rng.standard_normal(np.shape(leaf)), flow.init(rng, x))
    batches = [rng.permutation(64)[:23].tolist() for _ in range(3)]
    job = {"settings": settings, "theta": flat(params).tolist(), "x": x.ravel().tolist(), "batches": batches}
    found = node(
        folder,
        job,
        """
        const [flow, x] = made();
        const adam = new Adam(flow.theta.length);
        const { points, logDet } = flow.forward(x);
        const answer = { z: points, logDet, back: flow.inverse(points), logProb: flow.logProb(x), steps: [] };
        for (const batch of job.batches) {
          const loss = flow.loss(x, batch);
          const gradient = flow.gradient.slice();
          adam.update(flow.theta, gradient, 0.03);
          answer.steps.push({ loss, gradient, theta: flow.theta.slice() });
        }
        return answer;
        """,
    )
    z, log_det = flow.bijection.forward(params, x)
    near("forward", found["z"], z)
    near("log-det", found["logDet"], log_det)
    near("inverse", found["back"], x)
    near("log p", found["logProb"], flow.log_prob(params, x))
    adam, theta = Adam(params), params
    for batch, step in zip(batches, found["steps"], strict=True):

        def loss(params, batch=batch):
            return -anp.mean(flow.log_prob(params, x[batch]))

        gradient = grad(loss)(theta)
        near("loss", step["loss"], loss(theta))
        pairs = zip(leaves(tree(step["gradient"], params)), leaves(gradient), strict=True)
        for (name, mine), (_, expected) in pairs:
            near(f"gradient of {name}", mine, expected)
        theta = adam.update(theta, gradient, 0.03)
        near("Adam", step["theta"], flat(theta))


@pytest.mark.parametrize(
    "settings",
    [SETTINGS, SETTINGS | {"actnorm": False, "hidden": 8}, {**SETTINGS, "couplings": 1, "bound": 0.5}],
    ids=["three couplings", "without ActNorm", "one coupling"],
)
def test_mathematics(modules, settings):
    compare(modules, settings)


@pytest.mark.parametrize(
    "file, right, wrong",
    [
        ("layers.js", "h[2] += this.logS;", "h[2] -= this.logS;"),
        ("layers.js", " * (this.bound - this.logS ** 2 / this.bound)", ""),
        ("layers.js", "h[2] += this.logS[0] + this.logS[1];", "h[2] += this.logS[0];"),
        ("layers.js", "this.x[c] - this.m[c]) + gLogDet", "this.x[c] - this.m[c])"),
        ("layers.js", "(h[1] - this.t) / this.s", "h[1] / this.s - this.t"),
        ("layers.js", "g[0] += W1[i] * gh[q];", ""),
        ("layers.js", "q < ons; q += 2", "q < ons - 1; q += 2"),
        ("flow.js", "- LOG_2PI", "- LOG_2PI / 2"),
        ("flow.js", "share * h[1];", "h[1];"),
        ("flow.js", "this.gradient.fill(0);", ""),
        ("flow.js", "(1 - beta1 ** this.k)", "1"),
        ("flow.js", "+ epsilon", ""),
    ],
)
def test_mistakes_are_noticed(modules, file, right, wrong):
    text = (modules / file).read_text()
    assert right in text
    (modules / file).write_text(text.replace(right, wrong))
    with pytest.raises(AssertionError):
        compare(modules, SETTINGS)


def test_start(modules):
    """ActNorm as nflow_ref starts it, couplings as the identity, weights uniform in ±1/√in."""
    settings = SETTINGS | {"hidden": 64}
    flow, x = reference(**settings), TwoMoons().sample(np.random.default_rng(0), 200)
    params = flow.init(np.random.default_rng(1), x)
    found = node(
        modules,
        {"settings": settings, "theta": flat(params).tolist(), "x": x.ravel().tolist()},
        "const [flow, x] = made(); flow.init(data.uniform(1, 2), x); return flow.theta;",
    )
    for mine, theirs in zip(tree(found, params), params, strict=True):
        if isinstance(mine, dict):
            for key in mine:
                near(key, 1 + mine[key], 1 + theirs[key])
        for k, layer in enumerate(mine) if mine and not isinstance(mine, dict) else ():
            bound = [1, 1 / 8, 0][k]
            for p in layer.values():
                assert np.all(np.abs(p) <= bound)
                assert abs(np.mean(p**2) - bound**2 / 3) <= bound**2 * 4 * math.sqrt(4 / 45 / p.size)


def test_shown_numbers(modules):
    """After 200 steps: losses, mass, density and round trip are what nflow_ref gives for these parameters."""
    found = node(
        modules,
        {"settings": TRAINING},
        """
        const training = new Training(job.settings);
        for (let i = 0; i < 200; i++) training.step();
        const [first, second] = [new Training(job.settings), new Training({ ...job.settings, seed: 8 })];
        for (let i = 0; i < 20; i++) [first, second].forEach((t) => t.step());
        const { x, heldOut, floor, truth, losses, z } = training;
        const { points } = data.cells(training.data.window, 64);
        return { shown: training.measure(), map: training.density(64), theta: training.flow.theta, points,
          x, heldOut, floor, truth, losses, z, again: first.losses, other: second.losses };
        """,
    )
    flow, shown = reference(**SETTINGS), found["shown"]
    x, held_out, z = (np.reshape(found[key], (-1, 2)) for key in ("x", "heldOut", "z"))
    params = tree(found["theta"], flow.init(np.random.default_rng(0), x))
    assert shown["step"] == len(found["losses"]) == 200
    near("training points", shown["train"], mean_nll(flow, params, x))
    near("held-out points", shown["heldOut"], mean_nll(flow, params, held_out))
    near("the exact density", found["truth"], -np.mean(TwoMoons().log_prob(held_out)), 1e-10)
    assert abs(found["floor"] - TwoMoons().entropy()) <= 1e-6
    density = np.exp(flow.log_prob(params, np.reshape(found["points"], (-1, 2))))
    near("density", found["map"]["values"], density, 1e-11)
    window = ((-1.7, 2.7), (-1.95, 2.45))
    exact = integrate_2d(lambda x: np.exp(flow.log_prob(params, x)), window, panels=40)
    assert abs(found["map"]["mass"] - exact) <= 2e-3
    assert len(z) == 2000
    samples = flow.bijection.inverse(params, z)
    assert shown["inside"] == np.all(np.abs(samples - (0.5, 0.25)) <= 2.2, axis=1).mean()
    assert 0 < shown["roundTrip"] <= 1e-12
    assert shown["heldOut"] < found["losses"][0] - 0.2
    assert found["again"] == found["losses"][:20] != found["other"]


def test_a_training_that_goes_wrong_stops(modules):
    """It says why, and what it has reached has no NaN."""
    for rate, why in ((10, "the loss has gone from"), (1e200, "is not finite")):
        found = node(
            modules,
            {"settings": TRAINING | {"rate": rate}},
            """
            const training = new Training(job.settings);
            try {
              for (let i = 0; i < 200; i++) training.step();
            } catch (error) {
              return { name: error.constructor.name, message: error.message, theta: training.flow.theta };
            }
            """,
        )
        assert found["name"] == "Diverged" and why in found["message"]
        assert None not in found["theta"]


def test_each_point_is_learned_from_once_a_pass(modules):
    found = node(
        modules,
        {"settings": TRAINING | {"points": 100, "batch": 16}},
        """
        const { batches } = new Training(job.settings);
        return Array.from({ length: 12 }, () => batches.next().value);
        """,
    )
    for batches in (found[:6], found[6:]):
        assert (
            len({n for batch in batches for n in batch}) == 96
        )  # six batches of 16: four points are left out
    assert found[:6] != found[6:]


def test_small_and_alone():
    """Less than 120 kB, and nothing that is loaded from elsewhere."""
    files = [path for path in SOURCE.iterdir() if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 120_000
    for path in files:
        assert not re.search(r"""(src=|href=|from |import\(|url\()["']?(https?:)?//""", path.read_text()), (
            path
        )
