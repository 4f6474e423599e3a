import math

import numpy as np
import pytest
from autograd import elementwise_grad

from nflow_ref import StandardLogistic, StandardNormal

DENSITIES = [StandardNormal, StandardLogistic]
z = np.linspace(-6, 6, 25)


def test_values_by_hand():
    one = np.array([1.0])
    assert StandardNormal().log_prob(one)[0] == pytest.approx(-0.5 - 0.5 * math.log(2 * math.pi), rel=1e-15)
    e = math.exp(-1.0)
    assert StandardLogistic().log_prob(one)[0] == pytest.approx(math.log(e / (1 + e) ** 2), rel=1e-14)
    assert StandardNormal().cdf(np.array([1.96]))[0] == pytest.approx(0.9750021048517795, rel=1e-14)
    assert StandardLogistic().cdf(one)[0] == pytest.approx(1 / (1 + e), rel=1e-15)


@pytest.mark.parametrize("density", DENSITIES)
def test_mass_one_and_cdf_is_the_integral(density):
    nodes, weights = np.polynomial.legendre.leggauss(400)
    for low, high in [(-45, 45), (-1.3, 0.4)]:
        x = (low + high) / 2 + (high - low) / 2 * nodes
        mass = (high - low) / 2 * weights @ np.exp(density().log_prob(x))
        F = density().cdf(np.array([float(low), float(high)]))
        assert mass == pytest.approx(F[1] - F[0], abs=1e-10)


@pytest.mark.parametrize("density", DENSITIES)
def test_density_is_the_derivative_of_the_cdf(density):
    slope = elementwise_grad(density().cdf)(z)
    np.testing.assert_allclose(slope, np.exp(density().log_prob(z)), rtol=1e-12)


@pytest.mark.parametrize("density", DENSITIES)
def test_symmetry_and_tails(density):
    np.testing.assert_allclose(density().cdf(z) + density().cdf(-z), 1, rtol=1e-15)
    np.testing.assert_allclose(density().log_prob(z), density().log_prob(-z), rtol=1e-14)
    far = density().log_prob(np.array([-800.0, 800.0]))
    assert np.isfinite(far).all() and far[0] == pytest.approx(far[1])
    assert density().cdf(np.array([-35.0]))[0] > 0


@pytest.mark.parametrize("density", DENSITIES)
@pytest.mark.parametrize("shape", [(3,), (2, 4, 3)])
def test_log_prob_adds_over_coordinates_and_not_over_the_batch(density, shape):
    z = np.random.default_rng(0).standard_normal((5, *shape))
    each = [sum(density().log_prob(row.ravel())) for row in z]
    found = density(shape).log_prob(z)
    assert found.shape == (5,)
    np.testing.assert_allclose(found, each, rtol=1e-13)


@pytest.mark.parametrize("density", DENSITIES)
def test_samples_follow_the_cdf(density):
    """Kolmogorov-Smirnov: a sample of n deviates by more than 1.95/√n with probability below 0.001."""
    n = 20_000
    u = np.sort(density().cdf(density().sample(np.random.default_rng(3), n)))
    assert np.abs(u - (np.arange(n) + 0.5) / n).max() < 1.95 / math.sqrt(n)


@pytest.mark.parametrize("density", DENSITIES)
def test_sample_shape_dtype_and_independence_of_global_state(density):
    np.random.seed(0)
    before = np.random.get_state()[1].copy()
    z = density((2, 4, 1)).sample(np.random.default_rng(0), 6, np.float32)
    assert z.shape == (6, 2, 4, 1) and z.dtype == np.float32
    assert (np.random.get_state()[1] == before).all()
    again = density((2, 4, 1)).sample(np.random.default_rng(0), 6, np.float32)
    assert (z == again).all()


@pytest.mark.parametrize("density", DENSITIES)
def test_float32_stays_float32(density):
    z = np.linspace(-3, 3, 7, dtype=np.float32)
    assert density().log_prob(z).dtype == density().cdf(z).dtype == np.float32


@pytest.mark.parametrize("density", DENSITIES)
def test_bad_input(density):
    with pytest.raises(ValueError, match=r"expected shape \(N, 3\), got \(4, 2\)"):
        density((3,)).log_prob(np.ones((4, 2)))
    with pytest.raises(ValueError, match="not finite"):
        density().log_prob([0.0, np.nan])
    with pytest.raises(ValueError, match=r"cdf: shape must be \(\), that of numbers, got \(2,\)"):
        density((2,)).cdf(np.ones((4, 2)))
    for n in (0, -1, 2.5):
        with pytest.raises(ValueError, match="n must be a whole number >= 1"):
            density().sample(np.random.default_rng(0), n)
    with pytest.raises(TypeError, match="whole number"):
        density().sample(np.random.default_rng(0), "many")
