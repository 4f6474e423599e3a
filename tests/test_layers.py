"""Every layer of the table keeps every promise of a bijection."""

import dataclasses

import autograd.numpy
import numpy as np
import pytest
from autograd import grad
from table import CASES, DOMAINS, LAYERS, case

import nflow_ref
from nflow_ref import Flow, StandardNormal, claim, tree_map
from nflow_ref.parameters import leaves
from nflow_ref.verify import ClaimError, residuals


@pytest.mark.parametrize("name, event, n", CASES)
def test_bijection(name, event, n):
    _, _, round_trip, log_det = LAYERS[name]
    found = residuals(*case(name, event, n))
    tolerance = {"log-det": log_det, "log-det of the inverse": log_det, "one by one": 1e-10}
    for what, error in found.items():
        assert error <= tolerance.get(what, round_trip), f"{what}: {error}"


@pytest.mark.parametrize("name, event, n", CASES)
def test_nothing_is_at_its_starting_point(name, event, n):
    layer, params, x = case(name, event, n)
    z, log_det = layer.forward(params, x)
    if leaves(params):
        assert np.abs(z - x).max() > 1e-2, "the layer is nearly the identity, its tests prove nothing"
    if leaves(params) and "Additive" not in name:
        assert np.abs(log_det).min() > 1e-4, "the log-det is nearly 0, its tests prove nothing"


@pytest.mark.parametrize("name, event, n", [c for c in CASES if c[2] == 7])
def test_float32_stays_float32(name, event, n):
    layer, params, x = case(name, event, n, np.float32)
    z, log_det = layer.forward(params, x)
    back = layer.inverse(params, z)
    assert (z.dtype, log_det.dtype, back.dtype) == (np.float32,) * 3
    assert {p.dtype for _, p in leaves(params)} <= {np.dtype(np.float32)}
    rounding = 1e-5 * (1 + np.abs(z).max())
    np.testing.assert_allclose(back, x, atol=rounding)
    z64, log_det64 = layer.forward(params, x.astype(float))
    assert z64.dtype == np.float64 and log_det64.dtype == np.float64
    np.testing.assert_allclose(z, z64, atol=rounding)
    np.testing.assert_allclose(log_det, log_det64, atol=rounding)


def learned(tree, key=""):
    """1 for each array that is learned, 0 for the m of an ActNorm: it is held where `init` has put it."""
    if isinstance(tree, dict):
        return {key: learned(part, key) for key, part in tree.items()}
    return type(tree)(map(learned, tree)) if isinstance(tree, (tuple, list)) else int(key != "m")


@pytest.mark.parametrize("name, event, n", [c for c in CASES if c[2] == 7])
def test_gradients_against_central_differences(name, event, n):
    """Along random directions of parameters and of inputs, relative to the gradient's own size."""
    layer, params, x = case(name, event, n, seed=1)  # no ReLU has its kink within 2h of these inputs
    flow = Flow(StandardNormal(event), layer)
    rng = np.random.default_rng(1)
    direction = tree_map(
        lambda p, learns: learns * rng.standard_normal(p.shape), (params, x), (learned(params), 1)
    )

    def loss(t):
        p, y = tree_map(lambda a, d: a + t * d, (params, x), direction)
        return flow.log_prob(p, y).mean()

    gradient = grad(lambda both: flow.log_prob(*both).mean())((params, x))
    slope = sum(
        float(np.sum(g * d)) for (_, g), (_, d) in zip(leaves(gradient), leaves(direction), strict=True)
    )
    h = 1e-6
    by_differences = (8 * (loss(h) - loss(-h)) - (loss(2 * h) - loss(-2 * h))) / (12 * h)
    assert all((g == 0).all() for path, g in leaves(gradient[0]) if path.endswith("['m']"))
    assert abs(slope) > 1e-3
    assert abs(slope - by_differences) / max(1, abs(slope)) <= 1e-7


@pytest.mark.parametrize("name, event, n", [c for c in CASES if c[2] == 7])
def test_init_is_for_a_batch_and_leaves_its_input_alone(name, event, n):
    layer, params, x = case(name, event, n)
    before = x.copy()
    kept = tree_map(np.copy, params)
    layer.init(np.random.default_rng(0), x)
    layer.inverse(params, layer.forward(params, x)[0])
    assert (x == before).all()
    for (_, a), (_, b) in zip(leaves(params), leaves(kept), strict=True):
        assert (a == b).all()


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize("method", ["init", "forward", "inverse"])
def test_every_layer_refuses_bad_batches(name, method):
    event = LAYERS[name][1][-1]
    layer, params, x = case(name, event, 7)
    nan, infinite = x.copy(), x.copy()
    nan[(1,) * x.ndim], infinite[0] = np.nan, np.inf
    first = np.random.default_rng(0) if method == "init" else params
    call = getattr(layer, method)
    for bad, error, words in [
        (x[0, ..., 0].ravel(), ValueError, "expected shape"),
        (x[None], ValueError, "expected shape"),
        (x[:0], ValueError, "batch is empty"),
        (nan, ValueError, "1 of .* not finite, the first is nan at index"),
        (infinite, ValueError, "not finite, the first is inf"),
        (x.astype(str), TypeError, "expected real numbers, got an array of dtype"),
        (x + 1j, TypeError, "expected real numbers"),
        ("two moons", TypeError, "expected real numbers"),
        ([[1.0, 2.0], [3.0]], ValueError, "ragged"),
    ]:
        with pytest.raises(error, match=words):
            call(first, bad)
    wider = np.concatenate([x, x[..., :1]], axis=-1)
    if method != "init" and name not in DOMAINS:  # they take each coordinate for itself, however many
        with pytest.raises(ValueError, match="channels|shape"):
            call(params, wider)


@pytest.mark.parametrize("name", LAYERS)
def test_whole_numbers_become_float64(name):
    event = LAYERS[name][1][-1]
    layer, params, x = case(name, event, 7)
    whole = np.round(x).astype(int)
    z, log_det = layer.forward(params, whole)
    expected, expected_log_det = layer.forward(params, whole.astype(float))
    assert z.dtype == np.float64 and (z == expected).all() and (log_det == expected_log_det).all()


@pytest.mark.parametrize("name", [n for n in LAYERS if leaves(case(n, LAYERS[n][1][-1], 7)[1])])
@pytest.mark.parametrize("method", ["forward", "inverse"])
def test_every_layer_refuses_parameters_that_do_not_fit(name, method):
    layer, params, x = case(name, LAYERS[name][1][-1], 7)
    call = getattr(layer, method)
    larger = tree_map(lambda p: np.concatenate([p, p]), params)
    broken = tree_map(lambda p: p * np.nan, params)
    for bad, error in [
        (larger, ValueError),
        (broken, ValueError),
        (7, TypeError),
        ({}, (TypeError, ValueError)),
    ]:
        with pytest.raises(error, match="param"):
            call(bad, x)


def test_the_table_would_notice():
    """A coupling whose inverse is z_b/s - t, and a log-det summed over the batch, do not pass."""
    layer, params, x = case("AffineCoupling MLP", (5,), 7)

    anp = autograd.numpy

    class WrongInverse(type(layer)):
        def inverse(self, params, z):
            a, b = z[:, :2], z[:, 2:]
            log_s, t = self._log_scale_and_shift(params, a, 3)
            return anp.concatenate([a, b * anp.exp(-log_s) - t], axis=1)

    class Summed(type(layer)):
        def forward(self, params, x):
            z, log_det = super().forward(params, x)
            return z, np.sum(log_det)

    assert residuals(WrongInverse(layer.conditioner), params, x)["round trip"] > 0.1
    with pytest.raises(ClaimError, match="log_det should have shape"):
        residuals(Summed(layer.conditioner), params, x)
    with pytest.raises(ClaimError):
        claim("round trip", residuals(WrongInverse(layer.conditioner), params, x)["round trip"], 1e-12)


def test_what_a_layer_is_cannot_be_changed():
    """Only its parameters can: a flow may be the key of a dictionary, and two uses of a layer never meet."""
    classes = [c for c in vars(nflow_ref).values() if dataclasses.is_dataclass(c)]
    assert len(classes) > 12 and all(c.__dataclass_params__.frozen for c in classes)
