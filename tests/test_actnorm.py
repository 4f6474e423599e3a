import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from nflow_ref import ActNorm, fit, mean_nll, real_nvp
from nflow_ref.datasets import TwoMoons

rng = np.random.default_rng(0)
PARAMS = {"log_s": np.array([0.3, -1.1]), "m": np.array([4.0, -0.7]), "b": np.array([2.0, -0.5])}


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
    x = rng.standard_normal((5, 3, 4, 2))
    z, log_det = ActNorm().forward(PARAMS, x)
    np.testing.assert_allclose(z, np.exp([0.3, -1.1]) * (x - [4.0, -0.7]) + [2.0, -0.5], rtol=1e-14)
    np.testing.assert_allclose(log_det, [3 * 4 * (0.3 - 1.1)] * 5, rtol=1e-14)
    _, log_det = ActNorm().forward(PARAMS, x[:, 0, 0])
    np.testing.assert_allclose(log_det, [0.3 - 1.1] * 5, rtol=1e-14)


def test_inverse_is_the_formula_and_undoes_forward():
    z = rng.standard_normal((5, 3, 4, 2))
    x = ActNorm().inverse(PARAMS, z)
    np.testing.assert_allclose(
        x, (z - [2.0, -0.5]) / np.exp([0.3, -1.1]) + [4.0, -0.7], rtol=1e-14, atol=1e-14
    )
    np.testing.assert_allclose(ActNorm().forward(PARAMS, x)[0], z, atol=1e-14)


def test_log_s_and_b_are_learned_and_m_is_held():
    x = rng.standard_normal((5, 3, 4, 2))
    gradient = grad(lambda p: anp.sum(ActNorm().forward(p, x)[0] ** 2) / 2)(PARAMS)
    z, _ = ActNorm().forward(PARAMS, x)
    assert (gradient["m"] == 0).all()
    np.testing.assert_allclose(gradient["b"], z.sum(axis=(0, 1, 2)), rtol=1e-12)
    np.testing.assert_allclose(gradient["log_s"], (z * (z - PARAMS["b"])).sum(axis=(0, 1, 2)), rtol=1e-12)


def test_first_parameters_are_those_of_the_channel():
    x = [5.0, -2.0] + rng.standard_normal((6, 3, 4, 2)) * [0.1, 3.0]
    params = ActNorm().init(rng, x)
    for c in range(2):
        np.testing.assert_allclose(params["log_s"][c], -np.log(np.std(x[..., c])), rtol=1e-13)
        np.testing.assert_allclose(params["m"][c], np.mean(x[..., c]), rtol=1e-13)
        assert abs(params["b"][c]) < 1e-13


def test_float32_statistics_of_many_values_keep_their_digits():
    """Sums in float32 across a million pixels would be wrong by a factor here."""
    x = (300 + rng.standard_normal((1_600_000, 2))).astype(np.float32)
    params = ActNorm().init(rng, x)
    assert {p.dtype for p in params.values()} == {np.dtype(np.float32)}
    exact = x.astype(float)
    np.testing.assert_allclose(params["log_s"], -np.log(exact.std(axis=0)), atol=1e-6)
    np.testing.assert_allclose(params["m"], exact.mean(axis=0), rtol=1e-7)
    back = params["m"] - params["b"] / np.exp(params["log_s"]).astype(float)
    np.testing.assert_allclose(back, exact.mean(axis=0), rtol=1e-10)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("offset", [0, 1e3, 1e6])
@pytest.mark.parametrize("scale", [1e-6, 1, 1e6])
def test_b_takes_up_what_rounding_has_left_out_of_m(dtype, offset, scale):
    """So the first batch has mean 0 to the digits of z, not of x; far out in float32, x itself is coarse."""
    x = (scale * (offset + rng.standard_normal((400, 3)))).astype(dtype)
    z, _ = ActNorm().forward(ActNorm().init(rng, x), x)
    np.testing.assert_allclose(z.astype(float).mean(axis=0), 0, atol=4 * np.finfo(dtype).eps)
    np.testing.assert_allclose(z.astype(float).var(axis=0), 1, rtol=40 * np.finfo(dtype).eps)


MOONS = [TwoMoons(noise=0.1).sample(np.random.default_rng(seed), 2000) for seed in (1, 2)]


def trained(scale, offset, steps, dtype=np.float64, seed=0, data=MOONS):
    """Parameters after training on scale (x + offset), and the held-out nats in units of x."""
    x, held_out = ((scale * (part + offset)).astype(dtype) for part in data)
    start = np.random.default_rng(seed)
    flow = real_nvp(x.shape[1], couplings=4)
    params, _ = fit(
        flow, flow.init(start, x), x, rng=start, steps=steps, batch_size=256, step_size=1e-3, progress=False
    )
    return params, mean_nll(flow, params, held_out) - x.shape[1] * np.log(scale)


@pytest.mark.parametrize("scale, offset", [(1, 1e3), (1e-6, 0), (1e6, 0), (1e6, -1e3), (1e-6, 1e6)])
def test_training_takes_the_same_steps_wherever_the_data_lie(scale, offset):
    """On a x + c only log_s of the first ActNorm differs, by -log a: Eq. (7.17)."""
    (first, *rest), nll = trained(1, 0, steps=4)
    (moved, *moved_rest), moved_nll = trained(scale, offset, steps=4)
    digits = 1e-12 * max(1, abs(offset))  # that rounding scale (x + offset) leaves of x
    np.testing.assert_allclose(moved["log_s"] + np.log(scale), first["log_s"], atol=digits)
    np.testing.assert_allclose(moved["b"], first["b"], atol=digits)
    np.testing.assert_allclose(moved["m"], scale * (first["m"] + offset), rtol=1e-12)
    np.testing.assert_allclose(moved_rest[0][0]["W"], rest[0][0]["W"], atol=1e3 * digits)
    assert abs(moved_nll - nll) < digits


SCALES, OFFSETS = (1e-6, 1, 1e6), (0, 1e3, 1e6)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_data_far_from_0_are_learned_as_well(dtype):
    """Within the spread over seeds; in float64 with far less. At 1e6, x in float32 has hardly one digit."""
    seeds = [trained(1, 0, 100, dtype, seed)[1] for seed in (0, 1, 2)]
    spread = max(seeds) - min(seeds)
    assert 0.003 < spread < 0.05 and max(seeds) < 1.7
    for offset in OFFSETS if dtype is np.float64 else OFFSETS[:2]:
        for scale in SCALES:
            off = abs(trained(scale, offset, 100, dtype)[1] - seeds[0])
            assert off < (1e-5 if dtype is np.float64 else spread), (scale, offset)


def test_a_year_among_the_columns_does_no_harm():
    """2007 to 2009, as it is and minus 2008."""
    years, moved = ([np.c_[x, np.arange(len(x)) % 3 + year] for x in MOONS] for year in (2007, -1))
    assert abs(trained(1, 0, 100, data=years)[1] - trained(1, 0, 100, data=moved)[1]) < 1e-4


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


@pytest.mark.parametrize("dtype, good, bad", [(np.float64, 1e-140, 1e-200), (np.float32, 1e-30, 1e-40)])
def test_a_spread_whose_reciprocal_is_no_number_is_refused(dtype, good, bad):
    x = rng.standard_normal((30, 2))
    z, _ = ActNorm().forward(ActNorm().init(rng, (good * x).astype(dtype)), (good * x).astype(dtype))
    np.testing.assert_allclose(z.std(axis=0), 1, rtol=1e-4)
    with pytest.raises(ValueError, match="channel 1 of x is constant"):
        ActNorm().init(rng, (x * [1, bad]).astype(dtype))


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
