import numpy as np
import pytest

from nflow_ref import ActNorm

rng = np.random.default_rng(0)


@pytest.mark.parametrize("shape", [(40, 3), (10, 4, 6, 3)])
def test_first_batch_comes_out_with_mean_0_and_variance_1_and_later_ones_do_not(shape):
    x = [5.0, -2.0, 0.3] + rng.standard_normal(shape) * [0.1, 3.0, 40.0]
    params = ActNorm().init(rng, x)
    z, _ = ActNorm().forward(params, x)
    axes = tuple(range(len(shape) - 1))
    np.testing.assert_allclose(z.mean(axis=axes), 0, atol=1e-12)
    np.testing.assert_allclose(z.var(axis=axes), 1, rtol=1e-12)
    later, _ = ActNorm().forward(params, 2 * x)
    assert np.abs(later.var(axis=axes) - 4).max() < 1e-10, "the scale must not be set anew"


def test_formula_and_log_det_count_every_pixel():
    params = {"log_s": np.array([0.3, -1.1]), "b": np.array([2.0, -0.5])}
    x = rng.standard_normal((5, 3, 4, 2))
    z, log_det = ActNorm().forward(params, x)
    np.testing.assert_allclose(z, np.exp([0.3, -1.1]) * x + [2.0, -0.5], rtol=1e-15)
    np.testing.assert_allclose(log_det, [3 * 4 * (0.3 - 1.1)] * 5, rtol=1e-14)
    _, log_det = ActNorm().forward(params, x[:, 0, 0])
    np.testing.assert_allclose(log_det, [0.3 - 1.1] * 5, rtol=1e-14)


@pytest.mark.parametrize("constant", [0.0, 7.0, 0.1])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_constant_channel_is_refused(constant, dtype):
    x = rng.standard_normal((30, 2, 4, 4)).astype(dtype)
    x[..., 2] = constant
    with pytest.raises(ValueError, match="ActNorm.init: channel 2 of x is constant"):
        ActNorm().init(rng, x)


def test_one_example_is_constant_in_every_channel():
    with pytest.raises(ValueError, match="channel 0 of x is constant"):
        ActNorm().init(rng, np.ones((1, 3)))
