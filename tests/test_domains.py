"""Layers for data with a domain: where they end, how far their digits go, and flows that begin with one."""

from dataclasses import dataclass

import autograd.numpy as anp
import numpy as np
import pytest

from nflow_ref import (
    ActNorm,
    Chain,
    Flow,
    Log,
    Logit,
    Standardize,
    StandardNormal,
    fit,
    fuse,
    load,
    mean_nll,
    real_nvp,
    save,
)
from nflow_ref.quadrature import integrate

rng = np.random.default_rng(0)


@pytest.mark.parametrize("alpha", [0, 0.05, 0.3])
def test_logit_by_hand(alpha):
    """x = 0.2 and 0.7: z is the logit of p, and its slope the slope of p times 1/p + 1/(1 - p)."""
    x = np.array([[0.2, 0.7]])
    p = alpha + (1 - 2 * alpha) * x
    z, log_det = Logit(alpha).forward((), x)
    np.testing.assert_allclose(z, np.log(p / (1 - p)), rtol=1e-14)
    np.testing.assert_allclose(log_det, np.log((1 - 2 * alpha) * (1 / p + 1 / (1 - p))).sum(), rtol=1e-14)


def test_the_ends_of_the_logit_s_domain():
    """Both ends of the data are inside if α > 0; the inverse goes no farther than α / (1 - 2α)."""
    layer, out = Logit(), 0.05 / 0.9
    assert layer == Logit(alpha=0.05)
    z, log_det = layer.forward((), np.array([[0.0, 1.0]]))
    np.testing.assert_allclose(z, [[np.log(0.05 / 0.95), -np.log(0.05 / 0.95)]], rtol=1e-14)
    assert np.isfinite(log_det).all()
    np.testing.assert_allclose(layer.inverse((), np.array([[-50.0, 50.0]])), [[-out, 1 + out]], rtol=1e-14)
    inside = np.array([[-out + 1e-9, 1 + out - 1e-9]])
    np.testing.assert_allclose(layer.inverse((), layer.forward((), inside)[0]), inside, atol=1e-15)
    for x in (-out - 1e-9, 1 + out + 1e-9):
        with pytest.raises(ValueError, match=rf"^Logit: x must lie in \(-0.05556, 1.056\), got {x} at index"):
            layer.forward((), np.array([[0.5, x]]))


def test_what_lies_outside_is_named_with_its_place():
    x = np.full((4, 2, 3, 2), 0.5)
    x[2, 1, 0, 1] = 1.0
    with pytest.raises(ValueError, match=r"^Logit: x must lie in \(0, 1\), got 1.0 at index \(2, 1, 0, 1\)$"):
        Logit(0).forward((), x)
    x[1, 0, 2, 0] = 0.0
    with pytest.raises(ValueError, match=r"^Log: x must be > 0, got 0.0 at index \(1, 0, 2, 0\)$"):
        Log().init(rng, x)
    with pytest.raises(ValueError, match=r"^Logit: x must .* got 0.0 at index \(1, 0, 2, 0\)$"):
        Logit(0).init(rng, x)
    with pytest.raises(ValueError, match="Log: x must be > 0, got -0.5 at index") as caught:
        Flow(StandardNormal((2,)), Chain(Log(), ActNorm())).init(rng, np.array([[1.0, 2.0], [-0.5, 1.0]]))
    assert caught.value.__notes__ == ["in layer 0 of a Chain of 2: Log()"]


@pytest.mark.parametrize("alpha", [0.5, -0.1, np.nan, np.inf])
def test_bad_alpha(alpha):
    with pytest.raises(ValueError, match="Logit: alpha must be a number, 0 <= alpha < 1/2, got"):
        Logit(alpha)
    with pytest.raises(TypeError, match="Logit: alpha must be a number, .* got '0.05'"):
        Logit("0.05")


@pytest.mark.parametrize("dtype, tiny", [(np.float64, 1e-300), (np.float32, 1e-37)])
def test_digits_near_the_ends(dtype, tiny):
    """A tiny proportion and a tiny positive number keep all their digits, there and back."""
    x = np.array([[tiny, 3e-5, 0.5]], dtype)
    for layer in (Logit(0), Log()):
        z, log_det = layer.forward((), x)
        back = layer.inverse((), z)
        assert z.dtype == log_det.dtype == back.dtype == dtype
        np.testing.assert_allclose(back, x, rtol=1000 * np.finfo(dtype).eps)
        expected = np.log(x.astype(float))
        np.testing.assert_allclose(z[:, :2], expected[:, :2], rtol=4e-5)
        np.testing.assert_allclose(
            log_det, -expected.sum() + (np.log(2) if layer == Logit(0) else 0), rtol=1e-5
        )
    z = np.array([[-80.0, 80.0]], dtype)
    np.testing.assert_allclose(Logit(0).inverse((), z), [[np.exp(-80.0), 1]], rtol=1e-6)


def test_latents_of_the_logit_come_back():
    z = np.array([[-300.0, -20.0], [-10.0, 5.0]])
    np.testing.assert_allclose(Logit(0).forward((), Logit(0).inverse((), z))[0], z, rtol=1e-13)
    z = np.array([[-5.0, 7.0]], np.float32)
    np.testing.assert_allclose(Logit().forward((), Logit().inverse((), z))[0], z, rtol=1e-4)


@pytest.mark.parametrize(
    "layer, ends",
    [(Logit(0), (1e-9, 1 - 1e-9)), (Logit(0.1), (-0.125, 1.125)), (Log(), (1e-9, 300.0)),
     (Standardize((-3.0,), (0.2,)), (-6.0, 0.0))],
)  # fmt: skip
def test_the_density_of_the_data_has_mass_1(layer, ends):
    flow = Flow(StandardNormal((1,)), layer)
    mass = integrate(lambda x: np.exp(flow.log_prob((), x[:, None])), *ends, panels=2000)
    assert mass == pytest.approx(1, abs=2e-8)


@pytest.mark.parametrize("shape", [(2,), (2, 3, 2)])
def test_standardize_of_data(shape):
    x = rng.standard_normal((50, *shape)) * [2.0, 1e-3] + [5.0, -70.0]
    layer = Standardize.of(x)
    z, log_det = layer.forward(layer.init(rng, x), x)
    axes = tuple(range(x.ndim - 1))
    np.testing.assert_allclose(layer.mean, x.mean(axis=axes), rtol=1e-12)
    np.testing.assert_allclose(layer.std, x.std(axis=axes), rtol=1e-10)
    np.testing.assert_allclose(z.mean(axis=axes), 0, atol=1e-10)
    np.testing.assert_allclose(log_det, -np.prod(shape[:-1]) * np.log(layer.std).sum(), rtol=1e-14)
    assert all(type(number) is float for number in layer.mean + layer.std)
    assert hash(layer) == hash(Standardize(layer.mean, layer.std)) and eval(repr(layer)) == layer


@pytest.mark.parametrize("offset, scale", [(0, 1e-200), (0, 1e200), (1e6, 1), (-1e9, 1e-3), (1e-200, 1e-203)])
def test_standardize_of_data_of_any_size(offset, scale):
    y = rng.standard_normal((200, 1))
    layer = Standardize.of(offset + scale * y)
    assert layer.std[0] / scale == pytest.approx(y.std(), rel=1e-3)
    assert (layer.mean[0] - offset) / scale == pytest.approx(y.mean(), abs=1e-3)


def test_what_standardize_refuses():
    x = rng.standard_normal((9, 3)).astype(np.float32)
    for constant in (np.float32(0.1), np.float32(0)):
        x[:, 1] = constant
        with pytest.raises(
            ValueError, match=r"Standardize.of: channel 1 of x is constant \(0\..*std would be 0"
        ):
            Standardize.of(x)
    x[:, 1] = np.nextafter(np.float32(-1e6), np.float32(0))
    x[0, 1] = -1e6  # one step of rounding apart
    with pytest.raises(ValueError, match=r"channel 1 of x is constant \(-1000000.0\)"):
        Standardize.of(x)
    x[:, 1] = -1e6 + np.arange(9) / 8  # at -1e6 a float32 has steps of 1/16
    assert Standardize.of(x).std[1] == pytest.approx(np.std(np.arange(9) / 8), rel=0.1)
    each = "Standardize: expected a mean and a std > 0 for each channel, got"
    for mean, std, error, words in [
        ((0.0,), (0.0,), ValueError, each),
        ((0.0, 1.0), (1.0,), ValueError, each),
        ((), (), ValueError, each),
        ((0.0,), (np.inf,), ValueError, "Standardize: std: 1 of 1 numbers are not finite"),
        ((np.nan,), (1.0,), ValueError, "Standardize: mean: 1 of 1 numbers are not finite"),
        ("zero", (1.0,), TypeError, "Standardize: mean: expected real numbers"),
    ]:
        with pytest.raises(error, match=words):
            Standardize(mean, std)
    assert Standardize(0, 2) == Standardize((0.0,), np.array([2]))
    with pytest.raises(ValueError, match=r"Standardize.forward: x: expected 2 channels, got shape \(9, 3\)"):
        Standardize((0, 0), (1, 1)).forward((), x)


@dataclass(frozen=True)
class OwnLog:
    """Somebody else's layer, which knows no other data than positive ones."""

    def init(self, rng, x):
        assert (x > 0).all()
        return ()

    def forward(self, params, x):
        assert np.all(x > 0)
        return anp.log(x), -anp.sum(anp.log(x), axis=1)

    def inverse(self, params, z):
        return anp.exp(z)


@pytest.mark.parametrize("first", [OwnLog(), Log(), Logit(), Logit(0.0), Standardize((1.0, 2.0), (3.0, 0.5))])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_flow_that_begins_with_a_domain(first, dtype, tmp_path):
    """It is initialised, scored, sampled, trained and saved without data that the user did not give."""
    rng = np.random.default_rng(1)
    x = rng.random((300, 2)).astype(dtype) * 0.9 + dtype(0.05)
    flow = Flow(StandardNormal((2,)), Chain(first, real_nvp(2, 2, (8,)).bijection))
    params = flow.init(rng, x)
    log_p = flow.log_prob(params, x)
    assert log_p.shape == (300,) and log_p.dtype == dtype
    np.testing.assert_allclose(fuse(flow).log_prob(params, x), log_p, rtol=2e-4, atol=2e-4)
    samples = flow.sample(params, np.random.default_rng(2), 50)
    np.testing.assert_allclose(fuse(flow).sample(params, np.random.default_rng(2), 50), samples, rtol=1e-3)
    trained, _ = fit(flow, params, x, rng=rng, steps=30, batch_size=64, progress=False)
    assert mean_nll(flow, trained, x) < mean_nll(flow, params, x)
    save(tmp_path / "flow.npz", flow, trained)
    again, loaded = load(tmp_path / "flow.npz", layers=[OwnLog])
    assert again == flow and (again.log_prob(loaded, x) == flow.log_prob(trained, x)).all()


def test_the_density_of_the_data_is_in_their_own_unit():
    """The same flow of 2 x has log 2 less for each coordinate, whatever it has learned."""
    x = rng.random((40, 2)) + 0.1
    inner = real_nvp(2, 2, (4,)).bijection
    flows = [Flow(StandardNormal((2,)), Chain(Standardize.of(u), inner)) for u in (x, 2 * x)]
    params = flows[0].init(np.random.default_rng(3), x)
    one, two = (flow.log_prob(params, u) for flow, u in zip(flows, (x, 2 * x), strict=True))
    np.testing.assert_allclose(two, one - 2 * np.log(2), rtol=1e-12)
