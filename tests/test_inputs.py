import numpy as np
import pytest

from nflow_ref.inputs import NonFiniteError, as_batch, as_float, locations, positive, sum_event, unpack


def test_dtypes():
    for dtype, expected in [
        (np.float32, np.float32), (np.float64, np.float64), (np.int64, np.float64),
        (np.uint8, np.float64), (bool, np.float64), (np.float16, np.float64),
    ]:  # fmt: skip
        assert as_float(np.ones(3, dtype), "x").dtype == expected
    x = np.ones(3)
    assert as_float(x, "x") is x, "no copy of what is right already"


@pytest.mark.parametrize("bad", ["a", ["a", "b"], [None], 1 + 2j, [object()], {"a": 1}])
def test_what_is_not_numeric(bad):
    with pytest.raises(TypeError, match="x: expected real numbers, got an array of dtype"):
        as_float(bad, "x")


def test_non_finite_numbers_are_counted_and_located():
    with pytest.raises(
        NonFiniteError, match=r"x: 2 of 6 numbers are not finite, the first is -inf at index \(0, 2\)"
    ):
        as_float([[1, 2, -np.inf], [4, np.nan, 6]], "x")


def test_shapes():
    assert as_batch(np.ones((2, 3)), "x").shape == (2, 3)
    assert as_batch(np.ones(2), "x", ndim=(1,)).shape == (2,)
    for bad in (np.ones(2), np.ones((2, 3, 4)), 5.0):
        with pytest.raises(ValueError, match=r"x: expected shape \(N, D\) or \(N, H, W, C\), got"):
            as_batch(bad, "x")
    for empty in (np.ones((0, 3)), np.ones((3, 0))):
        with pytest.raises(ValueError, match="batch is empty"):
            as_batch(empty, "x")


def test_unpack_order_and_cast():
    b, a = unpack({"a": np.ones(2), "b": np.zeros((1, 3))}, "f", np.float32, b=(1, 3), a=(2,))
    assert a.tolist() == [1, 1] and b.shape == (1, 3) and a.dtype == b.dtype == np.float32


def test_positive():
    assert positive(3, "n", whole=True) == 3 and positive(0.5, "s") == 0.5
    assert positive(np.int64(3), "n", whole=True) == 3
    for bad in (0, -1, np.nan, np.inf):
        with pytest.raises(ValueError, match="s must be a finite number > 0"):
            positive(bad, "s")
    for bad in (0, 1.5, -2):
        with pytest.raises(ValueError, match="n must be a whole number >= 1"):
            positive(bad, "n", whole=True)
    for bad in ("3", None, [1, 2]):
        with pytest.raises(TypeError, match="n must be a whole number >= 1, got"):
            positive(bad, "n", whole=True)


def test_sums_and_locations():
    a = np.arange(12.0).reshape(2, 3, 2)
    assert sum_event(a).tolist() == [15, 51]
    assert sum_event(np.ones(4)).tolist() == [1, 1, 1, 1]
    assert locations(np.ones((2, 3, 5, 4))).tolist() == [15, 15]
    assert locations(np.ones((2, 3))).tolist() == [1, 1]
    assert locations(np.ones((2, 3, 5, 4), np.float32)).dtype == np.float32


def test_error_names_the_shapes_that_are_welcome():
    with pytest.raises(ValueError, match=r"x: expected shape \(N,\) or \(N, D\), got \(1, 2, 3\)"):
        as_batch(np.ones((1, 2, 3)), "x", ndim=(1, 2))
