import numpy as np
import pytest
from autograd.core import make_vjp
from table import away

from nflow_ref import MLP, ConvNet
from nflow_ref.networks import gather, relu, scatter

rng = np.random.default_rng(0)


def test_mlp_by_hand():
    net = MLP((4, 3))
    params = away(rng, net.init(rng, 2, 5))
    a = rng.standard_normal((6, 2))
    h = np.maximum(a @ params[0]["W"] + params[0]["b"], 0)
    h = np.maximum(h @ params[1]["W"] + params[1]["b"], 0)
    expected = h @ params[2]["W"] + params[2]["b"]
    np.testing.assert_allclose(net.apply(params, a, 5), expected, rtol=1e-13)
    image = a.reshape(1, 2, 3, 2)
    np.testing.assert_allclose(net.apply(params, image, 5), expected.reshape(1, 2, 3, 5), rtol=1e-13)


def convolve(x, K):
    """3×3 convolution with zero padding by four loops: out[h, w] = Σ_ij x[h+i-1, w+j-1] K[i, j]."""
    n, height, width, _ = x.shape
    out = np.zeros((n, height, width, K.shape[-1]))
    for h in range(height):
        for w in range(width):
            for i in range(3):
                for j in range(3):
                    if 0 <= h + i - 1 < height and 0 <= w + j - 1 < width:
                        out[:, h, w] += x[:, h + i - 1, w + j - 1] @ K[i, j]
    return out


def test_convnet_against_loops():
    net = ConvNet(4)
    params = away(rng, net.init(rng, 3, 2))
    x = rng.standard_normal((2, 3, 5, 3))
    h = np.maximum(convolve(x, params[0]["W"].reshape(3, 3, 3, 4)) + params[0]["b"], 0)
    h = np.maximum(h @ params[1]["W"] + params[1]["b"], 0)
    # scatter sends part (i, j) the other way, so the last kernel is turned by 180 degrees
    K = params[2]["W"].reshape(4, 3, 3, 2).transpose(1, 2, 0, 3)[::-1, ::-1]
    np.testing.assert_allclose(net.apply(params, x, 2), convolve(h, K) + params[2]["b"], atol=1e-13)


def test_gather_and_scatter_are_transposes_and_each_others_gradient():
    x, p = rng.standard_normal((2, 3, 5, 2)), rng.standard_normal((2, 3, 5, 18))
    assert np.sum(gather(x) * p) == pytest.approx(np.sum(x * scatter(p)), rel=1e-13)
    np.testing.assert_array_equal(make_vjp(gather, x)[0](p), scatter(p))
    np.testing.assert_array_equal(make_vjp(scatter, p)[0](x), gather(x))
    assert (gather(x)[:, 1, 2] == x[:, 0:3, 1:4].reshape(2, 18)).all()


def test_relu():
    assert (relu(np.array([-2.0, 0.0, 3.0])) == [0, 0, 3]).all()


@pytest.mark.parametrize(
    ("net", "channels", "inputs"), [(MLP((3000, 2000)), 3, (3, 3000)), (ConvNet(2000), 2, (18, 2000))]
)
def test_hidden_layers_start_uniform_within_the_root_of_their_inputs(net, channels, inputs):
    *hidden, last = net.init(rng, channels, 7)
    assert (last["W"] == 0).all() and (last["b"] == 0).all()
    for p, n in zip(hidden, inputs, strict=True):
        for start in p.values():
            scaled = start * np.sqrt(n)
            assert 0.99 < np.abs(scaled).max() <= 1
            assert scaled.var() == pytest.approx(1 / 3, rel=0.1)
            assert abs(scaled.mean()) < 0.07


def test_kinks_of_the_first_layer_are_spread():
    """With one input the kink of a unit lies at -b/w, the quotient of two uniform numbers."""
    first = MLP((4000,)).init(rng, 1, 2)[0]
    kinks = -first["b"] / first["W"][0]
    assert np.mean(np.abs(kinks) < 1) == pytest.approx(1 / 2, abs=0.04)
    assert np.mean(kinks > 0) == pytest.approx(1 / 2, abs=0.04)
    assert np.mean(np.abs(kinks) < 0.1) == pytest.approx(1 / 20, abs=0.02)


def test_bad_arguments():
    with pytest.raises(TypeError, match="MLP: hidden must be a tuple of whole numbers >= 1, got 64"):
        MLP(64)
    with pytest.raises(ValueError, match=r"hidden\[1\] must be a whole number >= 1, got 0"):
        MLP((64, 0))
    with pytest.raises(ValueError, match="hidden must be a whole number >= 1, got 2.5"):
        ConvNet(2.5)
    net = MLP((4,))
    params = net.init(rng, 2, 3)
    with pytest.raises(ValueError, match=r"params\['W'\] must have shape \(3, 4\), got \(2, 4\)"):
        net.apply(params, np.ones((5, 3)), 3)
    with pytest.raises(ValueError, match=r"must have the keys \['W', 'b'\], got \['W'\]"):
        net.apply(({"W": params[0]["W"]}, params[1]), np.ones((5, 2)), 3)
    with pytest.raises(ValueError, match="must hold 2 parameter trees, got 1"):
        net.apply(params[:1], np.ones((5, 2)), 3)


def test_defaults_and_starting_points():
    assert MLP() == MLP((64, 64)) and ConvNet() == ConvNet(64)
    for net, a in (MLP((3,)), np.ones((2, 5))), (ConvNet(3), np.ones((2, 4, 2, 5))):
        *hidden, last = net.init(rng, 5, 6)
        assert all(np.abs(start).min() > 0 for p in hidden for start in p.values())
        assert (
            (last["W"] == 0).all()
            and (last["b"] == 0).all()
            and (net.apply((*hidden, last), a, 6) == 0).all()
        )


def test_convnet_refuses_vectors():
    with pytest.raises(ValueError, match=r"ConvNet.apply: a: expected shape \(N, H, W, C\), got \(2, 5\)"):
        ConvNet(3).apply(ConvNet(3).init(rng, 5, 6), np.ones((2, 5)), 6)
