import numpy as np
import pytest
from table import away

from nflow_ref import (
    MLP,
    ActNorm,
    AffineCoupling,
    Chain,
    CheckerboardCoupling,
    ConvNet,
    Flow,
    StandardNormal,
    fit,
)
from nflow_ref.change_of_variables import jacobian

rng = np.random.default_rng(0)
SHAPE = (3, 4, 2)


def moved(layer, shape=SHAPE):
    """(parameters away from their start, a batch) for images of this shape."""
    x = rng.standard_normal((6, *shape))
    return away(rng, layer.init(rng, x), by=0.6), x


@pytest.mark.parametrize("parity", [0, 1])
def test_mask_by_hand(parity):
    mask = CheckerboardCoupling(parity=parity).mask(3, 2, np.float32)
    even = np.array([[0, 1], [1, 0], [0, 1]])
    assert mask.shape == (3, 2, 1) and mask.dtype == np.float32
    assert (mask[..., 0] == (1 - even if parity else even)).all()


@pytest.mark.parametrize("parity", [0, 1])
def test_pixel_by_pixel(parity):
    """Each pixel of one colour is scaled and shifted by what the network says with that colour hidden."""
    layer = CheckerboardCoupling(ConvNet(5), bound=1.5, parity=parity)
    params, x = moved(layer)
    z, log_det = layer.forward(params, x)
    hidden = x.copy()
    pixels = [(i, j) for i in range(3) for j in range(4) if (i + j + parity) % 2]
    for i, j in pixels:
        hidden[:, i, j] = 0
    out, expected, total = layer.conditioner.apply(params, hidden, 4), x.copy(), np.zeros(6)
    for i, j in pixels:
        for c in range(2):
            log_s = 1.5 * np.tanh(out[:, i, j, c])
            expected[:, i, j, c] = np.exp(log_s) * x[:, i, j, c] + out[:, i, j, 2 + c]
            total += log_s
    np.testing.assert_allclose(z, expected, atol=1e-14)
    np.testing.assert_allclose(log_det, total, atol=1e-13)
    others = [(i, j) for i in range(3) for j in range(4) if (i, j) not in pixels]
    assert all((z[:, i, j] == x[:, i, j]).all() for i, j in others)


def test_a_pixel_that_changes_is_seen_by_nobody_else():
    layer = CheckerboardCoupling(ConvNet(5))
    params, x = moved(layer)
    J = jacobian(lambda x: layer.forward(params, x)[0], x)
    changed = np.broadcast_to(layer.mask(3, 4, bool), SHAPE).ravel()
    of_changed = J.reshape(6, 24, 24)[:, :, changed]
    assert (np.count_nonzero(of_changed, axis=1) == 1).all()


def test_two_parities_change_all_pixels_and_two_of_one_half():
    layers = [CheckerboardCoupling(ConvNet(5), parity=parity) for parity in (0, 1)]
    params, x = moved(layers[0])
    both, one = (Chain(*pair).forward((params, params), x)[0] for pair in (layers, layers[:1] * 2))
    assert (both != x).all() and np.mean(one != x) == 0.5


def test_one_pixel():
    """A coupling that finds nothing to read scales and shifts by numbers; the other does nothing."""
    for parity in (0, 1):
        layer = CheckerboardCoupling(MLP((4,)), parity=parity)
        params, x = moved(layer, (1, 1, 1))
        z, log_det = layer.forward(params, x)
        assert (z == x).all() == (log_det == 0).all() == (parity == 0)
        assert np.ptp(log_det) == 0


def test_it_trains_by_hand_as_by_autograd():
    x = rng.standard_normal((40, *SHAPE))
    for network in (ConvNet(4), MLP((4,))):
        flow = Flow(StandardNormal(SHAPE), Chain(ActNorm(), CheckerboardCoupling(network, parity=1)))
        start, losses = flow.init(rng, x), []
        for chosen in (flow, Own(flow.base, flow.bijection)):
            _, history = fit(
                chosen, start, x, rng=np.random.default_rng(1), steps=20, batch_size=10, progress=False
            )
            losses.append(history["loss"])
        np.testing.assert_allclose(*losses, rtol=1e-11)


class Own(Flow):
    """A flow of a class of its own: it is trained by autograd."""


@pytest.mark.parametrize("parity", [2, -1, 0.5, None, "0", np.array([0, 1])])
def test_bad_parity(parity):
    with pytest.raises(ValueError, match="CheckerboardCoupling: parity must be 0 or 1, got"):
        CheckerboardCoupling(parity=parity)


def test_what_else_is_refused():
    assert CheckerboardCoupling(bound=1, parity=np.int64(1)) == CheckerboardCoupling(bound=1.0, parity=1)
    with pytest.raises(ValueError, match="CheckerboardCoupling: bound must be a finite number > 0, got 0"):
        CheckerboardCoupling(bound=0)
    with pytest.raises(TypeError, match="CheckerboardCoupling: conditioner must be a conditioner"):
        CheckerboardCoupling(conditioner=ConvNet)
    layer = CheckerboardCoupling()
    params, _ = moved(layer)
    for name, call in (
        ("init: x", lambda x: layer.init(rng, x)),
        ("forward: x", lambda x: layer.forward(params, x)),
        ("inverse: z", lambda z: layer.inverse(params, z)),
    ):
        with pytest.raises(ValueError, match=rf"CheckerboardCoupling.{name}: expected shape \(N, H, W, C\)"):
            call(np.ones((5, 3)))
    assert layer.bound == AffineCoupling().bound == 2 and layer.parity == 0
