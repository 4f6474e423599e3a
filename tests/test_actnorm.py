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


def test_inverse_is_the_formula_and_undoes_forward():
    params = {"log_s": np.array([0.3, -1.1]), "b": np.array([2.0, -0.5])}
    z = rng.standard_normal((5, 3, 4, 2))
    x = ActNorm().inverse(params, z)
    np.testing.assert_allclose(x, (z - [2.0, -0.5]) / np.exp([0.3, -1.1]), rtol=1e-14)
    np.testing.assert_allclose(ActNorm().forward(params, x)[0], z, atol=1e-14)


def test_first_parameters_are_those_of_the_channel():
    x = [5.0, -2.0] + rng.standard_normal((6, 3, 4, 2)) * [0.1, 3.0]
    params = ActNorm().init(rng, x)
    for c in range(2):
        mean, std = np.mean(x[..., c]), np.std(x[..., c])
        np.testing.assert_allclose(params["log_s"][c], -np.log(std), rtol=1e-13)
        np.testing.assert_allclose(params["b"][c], -mean / std, rtol=1e-13)


def test_float32_statistics_of_many_values_keep_their_digits():
    """Sums in float32 across a million pixels would be wrong by a factor here."""
    x = (300 + rng.standard_normal((1_600_000, 2))).astype(np.float32)
    params = ActNorm().init(rng, x)
    assert {p.dtype for p in params.values()} == {np.dtype(np.float32)}
    exact = x.astype(float)
    np.testing.assert_allclose(params["log_s"], -np.log(exact.std(axis=0)), atol=1e-6)
    np.testing.assert_allclose(params["b"], -exact.mean(axis=0) / exact.std(axis=0), rtol=1e-6)


def test_nearly_constant_channel_is_not_refused():
    x = 1000 + 1e-9 * rng.standard_normal((30, 2))
    z, _ = ActNorm().forward(ActNorm().init(rng, x), x)
    np.testing.assert_allclose(z.var(axis=0), 1, rtol=1e-3)


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


def test_constant_is_judged_by_the_size_of_the_channel_itself():
    """Differences as small as rounding are none, whatever the sign; other channels do not count."""
    x = np.full((8, 2), -3.0)
    x[:, 0] = 1e-9 * rng.standard_normal(8)
    x[::2, 1] = np.nextafter(-3.0, 0)
    with pytest.raises(ValueError, match="channel 1 of x is constant"):
        ActNorm().init(rng, x)
    x[:, 1] = 1e9 + rng.standard_normal(8)
    z, _ = ActNorm().forward(ActNorm().init(rng, x), x)
    np.testing.assert_allclose(z.std(axis=0), 1, rtol=1e-6)
