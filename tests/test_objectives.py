"""The loss and its gradient, by autograd and by hand."""

import autograd.numpy as anp
import numpy as np
import pytest

from nflow_ref import ActNorm, Flow, StandardNormal, real_nvp
from nflow_ref.objectives import FlatObjective, Objective, objective
from nflow_ref.parameters import leaves

rng = np.random.default_rng(0)
flow = Flow(StandardNormal((3,)), ActNorm())
PARAMS = {
    "log_s": np.array([0.2, -0.4, 0.1]), "m": np.array([0.5, -1.0, 0.0]), "b": np.array([0.3, 0.0, -0.5])
}  # fmt: skip


class Scaled:
    """A layer that `fuse` does not know."""

    def init(self, rng, x):
        return {"a": np.zeros(1)}

    def forward(self, params, x):
        return anp.exp(params["a"][0]) * x, params["a"] * np.full(len(x), float(x.shape[1]))

    def inverse(self, params, z):
        return anp.exp(-params["a"][0]) * z


@pytest.mark.parametrize("n", [5, 20])
def test_objective_is_the_mean_and_its_gradient(n):
    """By autograd and by hand: -1/B Σ log p of Eq. (4.3), whatever the size of the batch."""
    x = rng.standard_normal((n, 3))
    s = np.exp(PARAMS["log_s"])
    z = s * (x - PARAMS["m"]) + PARAMS["b"]
    loss, gradient = Objective(flow, PARAMS)(PARAMS, x)
    assert loss == pytest.approx(-flow.log_prob(PARAMS, x).mean(), rel=1e-12)
    np.testing.assert_allclose(gradient["b"], z.mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(gradient["log_s"], (z * (z - PARAMS["b"])).mean(axis=0) - 1, rtol=1e-12)
    flat = FlatObjective(flow, PARAMS)
    loss_by_hand, by_hand = flat(flat.start, x)
    assert loss_by_hand == pytest.approx(loss, rel=1e-12)
    assert (gradient["m"] == 0).all() and (flat.tree(by_hand)["m"] == 0).all()
    np.testing.assert_allclose(flat.tree(by_hand)["b"], gradient["b"], rtol=1e-12)
    np.testing.assert_allclose(flat.tree(by_hand)["log_s"], gradient["log_s"], rtol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_flat_vector_holds_all_parameters(dtype):
    nvp = real_nvp(2, couplings=2, hidden=(4,))
    params = nvp.init(np.random.default_rng(1), rng.standard_normal((9, 2)).astype(dtype))
    flat = FlatObjective(nvp, params)
    assert flat.start.dtype == dtype and flat.start.size == sum(p.size for _, p in leaves(params))
    for (name, p), (again, q) in zip(leaves(params), leaves(flat.tree(flat.start)), strict=True):
        assert name == again and (p == q).all() and np.shares_memory(q, flat.start)
        assert not np.shares_memory(p, flat.start)  # what is given stays as it is


def test_each_starts_where_it_is_told():
    assert Objective(flow, PARAMS).start is PARAMS and Objective(flow, PARAMS).tree(PARAMS) is PARAMS


@pytest.mark.parametrize(
    ("case", "params", "kind"),
    [
        (flow, PARAMS, FlatObjective),
        (flow, PARAMS | {"log_s": np.zeros(3, np.float32)}, Objective),  # two dtypes, no one vector
        (Flow(StandardNormal((3,)), Scaled()), {"a": np.zeros(1)}, FlatObjective),
        (type("Own", (Flow,), {})(StandardNormal((3,)), ActNorm()), PARAMS, Objective),  # may do otherwise
    ],
)
def test_the_faster_one_that_serves(case, params, kind):
    assert FlatObjective.serves(case, params) is (kind is FlatObjective)
    chosen, x = objective(case, params), rng.standard_normal((5, 3))
    assert type(chosen) is kind
    assert chosen(chosen.start, x)[0] == pytest.approx(-np.mean(case.log_prob(params, x)), rel=1e-6)


def test_where_the_pass_by_hand_fails_the_reference_decides(monkeypatch):
    """It may know better, or say what is wrong; and what it finds comes in the same form."""
    x = rng.standard_normal((7, 3))
    flat = FlatObjective(flow, PARAMS)
    loss, gradient = flat(flat.start, x)
    gradient = gradient.copy()
    monkeypatch.setattr(type(flat.flow.likelihood), "attempt", lambda *args: None)
    again, other = flat(flat.start, x)
    assert again == pytest.approx(loss, rel=1e-12) and other.dtype == flat.start.dtype
    np.testing.assert_allclose(other, gradient, rtol=1e-10, atol=1e-14)


def test_the_vector_that_is_given_counts():
    """Not that of the start: what stands in it is used, and looked at."""
    x, flat = rng.standard_normal((7, 3)), FlatObjective(flow, PARAMS)
    moved = flat.start + 0.1
    assert flat(moved, x)[0] == pytest.approx(Objective(flow, PARAMS)(flat.tree(moved), x)[0], rel=1e-12)
    moved[0] = np.nan
    with pytest.raises(ValueError, match="1 of 3 numbers are not finite"):
        flat(moved, x)
