import math

import numpy as np
import pytest

from nflow_ref.quadrature import gauss_legendre, integrate, integrate_2d


@pytest.mark.parametrize("order", [1, 2, 3, 5, 8])
def test_one_panel_is_exact_up_to_degree_2_order_minus_1_and_no_further(order):
    def error(degree):
        exact = (3 ** (degree + 1) - (-1) ** (degree + 1)) / (degree + 1)
        return abs(integrate(lambda x: x**degree, -1, 3, panels=1, order=order) / exact - 1)

    assert max(error(degree) for degree in range(2 * order)) < 1e-13
    assert error(2 * order) > 1e-7


def test_nodes_ascend_inside_the_interval_and_weights_add_up_to_its_length():
    x, w = gauss_legendre(-2.0, 5.0, panels=7, order=4)
    assert x.shape == w.shape == (28,)
    assert (np.diff(x) > 0).all() and x[0] > -2 and x[-1] < 5 and (w > 0).all()
    assert w.sum() == pytest.approx(7, abs=1e-14)


def test_panels_that_end_at_a_jump_do_not_see_it():
    def step(x):
        return np.where(x < 1, 2.0, 5.0)

    assert integrate(step, 0, 3, panels=3, order=4) == pytest.approx(12, abs=1e-13)
    assert abs(integrate(step, 0, 3, panels=4, order=4) - 12) > 0.1


def test_more_panels_resolve_a_narrow_peak():
    def peak(x):
        return np.exp(-((x / 0.01) ** 2) / 2) / (0.01 * math.sqrt(2 * math.pi))

    assert abs(integrate(peak, -1, 2, panels=2, order=8) - 1) > 0.1
    assert integrate(peak, -1, 2, panels=100, order=16) == pytest.approx(1, abs=1e-13)


def test_rectangle_keeps_its_two_axes_apart():
    box = ((-1, 2), (0, 3))
    assert integrate_2d(lambda x: x[:, 0] ** 3 * x[:, 1] ** 2, box) == pytest.approx(33.75, abs=1e-12)


def test_rectangle_takes_one_number_of_panels_for_each_axis():
    def step(x):
        return np.where(x[:, 0] < 1, 2.0, 5.0) * x[:, 1]

    box = ((0, 3), (0, 2))
    assert integrate_2d(step, box, panels=(3, 1), order=4) == pytest.approx(24, abs=1e-12)
    assert abs(integrate_2d(step, box, panels=(1, 3), order=4) - 24) > 0.1


def test_points_where_nothing_is_said():
    """32 panels of 16 points, on the plane 24 of 8 on each side."""
    points = []
    integrate(lambda x: points.append(len(x)) or x, 0, 1)
    integrate_2d(lambda x: points.append(len(x)) or x[:, 0], UNIT)
    assert points == [32 * 16, (24 * 8) ** 2] and len(gauss_legendre(0, 1)[0]) == 32 * 16


def ones(x):
    return np.ones(len(x))


UNIT = ((0, 1), (0, 1))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: integrate(ones, 1, 1), ValueError, "low < high"),
        (lambda: integrate(ones, 2, 1), ValueError, "low < high"),
        (lambda: integrate(ones, [0, 0], [1, 1]), ValueError, "low < high"),
        (lambda: integrate(ones, 0, math.inf), ValueError, r"\(low, high\).*not finite"),
        (lambda: integrate(ones, "0", "1"), TypeError, r"\(low, high\).*real numbers"),
        (lambda: integrate(ones, 0, 1, panels=0), ValueError, "panels must be a whole number"),
        (lambda: integrate(ones, 0, 1, order=2.5), ValueError, "order must be a whole number"),
        (lambda: integrate(np.sum, 0, 1), ValueError, r"f must map.*\(512,\).*got \(\)"),
        (lambda: integrate(lambda x: x * np.nan, 0, 1), ValueError, r"f\(x\).*not finite"),
        (lambda: integrate_2d(ones, (0, 1)), ValueError, r"box must be \(\(low, high\)"),
        (lambda: integrate_2d(ones, ((0, 1), (1, 0))), ValueError, "low < high"),
        (lambda: integrate_2d(ones, UNIT, panels=(1, 2, 3)), ValueError, "a number or a pair"),
        (lambda: integrate_2d(lambda x: x, UNIT), ValueError, r"integrate_2d: f must map"),
        (lambda: integrate_2d(lambda x: ones(x) / 0.0, UNIT), ValueError, "not finite"),
    ],
)
def test_bad_input_is_refused(call, error, message):
    with pytest.raises(error, match=message), np.errstate(divide="ignore"):
        call()
