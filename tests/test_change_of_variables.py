import math

import autograd.numpy as np
import numpy as onp
import pytest

from nflow_ref import StandardLogistic, StandardNormal
from nflow_ref.change_of_variables import (
    derivative,
    jacobian,
    log_abs_det_jacobian,
    log_prob,
    log_prob_1d,
)

x = onp.linspace(-2.0, 2.5, 19)


def increasing(x):
    return 1.5 * x + 0.25 * x**3 - 0.7


def decreasing(x):
    return 0.4 - 2 * np.sinh(0.8 * x)


@pytest.mark.parametrize(
    "f, slope",
    [(increasing, 1.5 + 0.75 * x**2), (decreasing, -1.6 * onp.cosh(0.8 * x))],
)
@pytest.mark.parametrize("base", [StandardNormal(), StandardLogistic()])
def test_log_prob_1d_by_hand(f, slope, base):
    z = f(x)
    if isinstance(base, StandardNormal):
        density = onp.exp(-(z**2) / 2) / onp.sqrt(2 * onp.pi)
    else:
        density = onp.exp(-z) / (1 + onp.exp(-z)) ** 2
    onp.testing.assert_allclose(derivative(f, x), slope, rtol=1e-13)
    onp.testing.assert_allclose(onp.exp(log_prob_1d(base, f, x)), density * abs(slope), rtol=1e-12)


@pytest.mark.parametrize("f", [increasing, decreasing])
def test_mass_of_an_interval_is_a_difference_of_cdfs(f):
    """The integral of p_x over [a, b] is |F_z(f(b)) - F_z(f(a))|: independent of the formula for p_x."""
    a, b = -0.9, 1.4
    nodes, weights = onp.polynomial.legendre.leggauss(60)
    points = (a + b) / 2 + (b - a) / 2 * nodes
    mass = (b - a) / 2 * weights @ onp.exp(log_prob_1d(StandardNormal(), f, points))
    F = StandardNormal().cdf(f(onp.array([a, b])))
    assert abs(mass - abs(F[1] - F[0])) < 1e-12


def test_jacobian_has_outputs_in_rows_and_inputs_in_columns():
    x = onp.random.default_rng(0).standard_normal((4, 3))

    def f(x):
        return np.stack([x[:, 0] * x[:, 1], np.sin(x[:, 2]), x[:, 0] ** 3], axis=1)

    expected = onp.zeros((4, 3, 3))
    expected[:, 0, 0], expected[:, 0, 1] = x[:, 1], x[:, 0]
    expected[:, 1, 2] = onp.cos(x[:, 2])
    expected[:, 2, 0] = 3 * x[:, 0] ** 2
    onp.testing.assert_allclose(jacobian(f, x), expected, atol=1e-14)
    onp.testing.assert_allclose(
        log_abs_det_jacobian(f, x),
        onp.log(onp.abs(-3 * x[:, 0] ** 3 * onp.cos(x[:, 2]))),
        rtol=1e-11,
    )


def test_jacobian_of_images_flattens_in_c_order():
    rng = onp.random.default_rng(1)
    W = rng.standard_normal((24, 24))
    x = rng.standard_normal((2, 3, 4, 2))
    J = jacobian(lambda x: np.reshape(np.dot(np.reshape(x, (2, 24)), W.T), x.shape), x)
    onp.testing.assert_allclose(J, onp.stack([W, W]), atol=1e-14)


def test_log_prob_of_a_linear_map_with_negative_determinant():
    """x = A⁻¹(z - b) is Gaussian with precision AᵀA: the density written down without any flow."""
    rng = onp.random.default_rng(2)
    A, b = rng.standard_normal((3, 3)), rng.standard_normal(3)
    A[0] *= -onp.sign(onp.linalg.det(A))
    assert onp.linalg.det(A) < 0
    x = rng.standard_normal((5, 3))
    precision, mean = A.T @ A, -onp.linalg.solve(A, b)
    d = x - mean
    quadratic = onp.einsum("ni,ij,nj->n", d, precision, d)
    expected = -0.5 * (quadratic + 3 * onp.log(2 * onp.pi) - onp.log(onp.linalg.det(precision)))
    found = log_prob(StandardNormal((3,)), lambda x: np.dot(x, A.T) + b, x)
    assert found.shape == (5,)
    onp.testing.assert_allclose(found, expected, rtol=1e-12)


def test_points_where_the_formula_does_not_hold_are_refused():
    with pytest.raises(ValueError, match=r"f'\(x\) = 0 at x\[1\] = 0.0"):
        log_prob_1d(StandardNormal(), lambda x: x**3, [1.0, 0.0, 2.0])
    with pytest.raises(ValueError, match=r"singular at x\[0\]"):
        log_prob(StandardNormal((2,)), lambda x: np.dot(x, np.ones((2, 2))), [[1.0, 2.0]])


def test_what_cannot_be_differentiated_is_refused():
    for f in (lambda x: onp.ones(3), lambda x: np.array([math.exp(v) for v in x])):
        with pytest.raises(TypeError, match="write it with autograd.numpy"):
            derivative(f, [1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match="keep the shape"):
        jacobian(lambda x: x[:, :2], onp.ones((4, 3)))
    with pytest.raises(ValueError, match="keep the shape"):
        derivative(np.sum, onp.ones(3))
    with pytest.raises(ValueError, match=r"expected shape \(N,\)"):
        derivative(np.exp, onp.ones((3, 2)))


def test_errors_name_the_point_where_the_slope_is_0():
    points = onp.array([-2.0, 0.0, 1.0])  # slopes -4, 0, 2
    with pytest.raises(ValueError, match=r"f'\(x\) = 0 at x\[1\] = 0.0"):
        log_prob_1d(StandardNormal(()), lambda x: x**2, points)
    with pytest.raises(ValueError, match=r"singular at x\[1\]"):
        log_prob(StandardNormal((2,)), lambda x: x**2, onp.array([[1.0, 2.0], [0.0, 3.0], [2.0, 1.0]]))


def test_jacobian_keeps_float32_and_refuses_numbers():
    J = jacobian(lambda x: np.tanh(x), onp.ones((3, 2), onp.float32))
    assert J.dtype == onp.float32 and log_abs_det_jacobian(np.tanh, onp.ones((3, 2), onp.float32)).shape == (
        3,
    )
    with pytest.raises(
        ValueError, match=r"jacobian: x: expected shape \(N, D\) or \(N, H, W, C\), got \(3,\)"
    ):
        jacobian(np.tanh, onp.ones(3))
