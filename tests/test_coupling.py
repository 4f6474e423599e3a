import autograd.numpy as anp
import numpy as np
import pytest
from autograd import elementwise_grad
from table import away

from nflow_ref import MLP, AdditiveCoupling, AffineCoupling, ConvNet
from nflow_ref.change_of_variables import jacobian
from nflow_ref.coupling import bounded

rng = np.random.default_rng(0)
COUPLINGS = [AdditiveCoupling(MLP((16,))), AffineCoupling(MLP((16,)), bound=1.5)]


@pytest.mark.parametrize("layer", COUPLINGS)
@pytest.mark.parametrize("D", [2, 3, 5, 8])
def test_jacobian_is_block_triangular_with_an_identity_block(layer, D):
    x = rng.standard_normal((4, D))
    params = away(rng, layer.init(rng, x))
    J = jacobian(lambda x: layer.forward(params, x)[0], x)
    d = D // 2
    assert (J[:, :d, :d] == np.eye(d)).all() and (J[:, :d, d:] == 0).all()
    assert np.abs(J[:, d:, :d]).max() > 0.01, "the network should matter"
    diagonal = J[:, d:, d:] * np.eye(D - d)
    assert (J[:, d:, d:] == diagonal).all()
    if isinstance(layer, AdditiveCoupling):
        assert (diagonal == np.eye(D - d)).all()


def test_affine_formula_by_hand():
    layer = AffineCoupling(MLP((16,)), bound=1.5)
    x = rng.standard_normal((6, 5))
    params = away(rng, layer.init(rng, x))
    out = layer.conditioner.apply(params, x[:, :2], 6)
    log_s, t = 1.5 * np.tanh(out[:, :3]), out[:, 3:]
    z, log_det = layer.forward(params, x)
    np.testing.assert_allclose(z, np.hstack([x[:, :2], np.exp(log_s) * x[:, 2:] + t]), rtol=1e-14)
    np.testing.assert_allclose(log_det, log_s.sum(axis=1), rtol=1e-13)


def test_additive_formula_by_hand():
    layer = AdditiveCoupling(MLP((16,)))
    rng = np.random.default_rng(1)
    x = rng.standard_normal((6, 5))
    params = away(rng, layer.init(rng, x))
    t = layer.conditioner.apply(params, x[:, :2], 3)
    z, log_det = layer.forward(params, x)
    np.testing.assert_allclose(z, np.hstack([x[:, :2], x[:, 2:] + t]), rtol=1e-14)
    assert log_det.shape == (6,) and (log_det == 0).all()


@pytest.mark.parametrize("layer", COUPLINGS)
@pytest.mark.parametrize("D", [2, 5])
def test_inverse_undoes_forward(layer, D):
    rng = np.random.default_rng(1)
    x = rng.standard_normal((6, D))
    params = away(rng, layer.init(rng, x))
    z, _ = layer.forward(params, x)
    assert np.abs(z - x).max() > 0.01, "the network should matter"
    np.testing.assert_allclose(layer.inverse(params, z), x, atol=1e-13)


def test_scale_stays_within_its_bound_and_reaches_for_it():
    rng, layer = np.random.default_rng(0), AffineCoupling(MLP((16,)), bound=0.7)
    x = 50 * rng.standard_normal((200, 2))
    params = away(rng, layer.init(rng, x), by=3)
    _, log_det = layer.forward(params, x)
    assert np.abs(log_det).max() <= 0.7
    assert log_det.max() > 0.69 and log_det.min() < -0.69


def test_gradient_of_the_bound():
    s = np.linspace(-3, 3, 13)
    expected = 1.7 * (1 - np.tanh(s) ** 2)
    np.testing.assert_allclose(elementwise_grad(lambda s: bounded(1.7, s))(s), expected, atol=1e-15)
    assert (elementwise_grad(lambda s: bounded(1.7, s))(np.array([-800.0, 800.0])) == 0).all()


@pytest.mark.parametrize("layer", [*COUPLINGS, AffineCoupling(ConvNet(4)), AdditiveCoupling(ConvNet(4))])
def test_starts_as_the_identity(layer):
    x = rng.standard_normal((3, 2, 4, 3))
    z, log_det = layer.forward(layer.init(rng, x), x)
    assert (z == x).all() and (log_det == 0).all()


def test_image_log_det_counts_every_pixel():
    layer = AffineCoupling(ConvNet(4))
    x = rng.standard_normal((3, 2, 6, 3))
    params = away(rng, layer.init(rng, x))
    out = layer.conditioner.apply(params, x[..., :1], 4)
    _, log_det = layer.forward(params, x)
    np.testing.assert_allclose(log_det, (2 * np.tanh(out[..., :2])).sum(axis=(1, 2, 3)), rtol=1e-12)


@pytest.mark.parametrize("layer", COUPLINGS)
def test_one_channel_is_refused(layer):
    with pytest.raises(ValueError, match=r"needs at least 2 channels to split, got shape \(4, 1\)"):
        layer.init(rng, np.ones((4, 1)))


@pytest.mark.parametrize("bound", [0, -1.0, np.inf, np.nan])
def test_bad_bound(bound):
    with pytest.raises(ValueError, match="bound must be a finite number > 0"):
        AffineCoupling(bound=bound)


def test_a_convolution_on_vectors_is_refused():
    with pytest.raises(ValueError, match=r"ConvNet.apply: a: expected shape \(N, H, W, C\), got \(5, 2\)"):
        layer = AffineCoupling(ConvNet(4))
        layer.forward(layer.init(rng, np.ones((5, 4))), np.ones((5, 4)))


def test_no_warning_for_large_inputs():
    layer = AffineCoupling(MLP((4,)))
    x = 1e4 * rng.standard_normal((5, 2))
    params = away(rng, layer.init(rng, x), by=2)
    jacobian(lambda x: anp.tanh(1e-4 * layer.forward(params, x)[0]), x)
