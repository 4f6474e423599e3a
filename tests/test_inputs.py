import numpy as np
import pytest
from autograd import grad

from nflow_ref import ActNorm, Flow, Permutation, StandardNormal, mean_nll, real_nvp
from nflow_ref.inputs import (
    NonFiniteError,
    as_batch,
    as_examples,
    as_float,
    bijection,
    event_shape,
    float_type,
    generator,
    locations,
    positive,
    sum_event,
    unpack,
    whole_numbers,
)


def test_dtypes():
    for dtype, expected in [
        (np.float32, np.float32), (np.float64, np.float64), (np.int64, np.float64),
        (np.uint8, np.float64), (bool, np.float64), (np.float16, np.float64),
    ]:  # fmt: skip
        assert as_float(np.ones(3, dtype), "x").dtype == expected
    x = np.ones(3)
    assert as_float(x, "x") is x, "no copy of what is right already"


@pytest.mark.parametrize("bad", ["a", ["a", "b"], [None], 1 + 2j, [object()]])
def test_what_is_not_numeric(bad):
    with pytest.raises(TypeError, match="x: expected real numbers, got an array of dtype"):
        as_float(bad, "x")


def test_masked_numbers_are_no_data():
    """np.asarray drops a mask in silence: one masked -999 would count as data."""
    x = np.ma.masked_equal([[1.0, -999.0], [0.5, 2.0], [-999.0, 0.0]], -999.0)
    with pytest.raises(ValueError, match="x: 2 of 6 numbers are masked; fill or drop them"):
        as_float(x, "x")
    flow = Flow(StandardNormal((2,)), Permutation((1, 0)))
    for call in (lambda: flow.log_prob((), x), lambda: flow.init(np.random.default_rng(0), x)):
        with pytest.raises(ValueError, match=r"Flow\.\w+: x: 2 of 6 numbers are masked"):
            call()
    with pytest.raises(ValueError, match="2 of 6 numbers are masked"):
        mean_nll(flow, (), x)
    with pytest.raises(ValueError, match=r"params\['b'\]: 1 of 2 numbers are masked"):
        unpack({"b": np.ma.masked_equal([1.0, 0.0], 0.0)}, "f", float, b=(2,))
    whole = as_float(np.ma.masked_equal([1.0, 2.0], 3.0), "x")
    assert type(whole) is np.ndarray and whole.tolist() == [1, 2], "a mask that hides nothing may be dropped"


def test_params_and_x_exchanged():
    rng = np.random.default_rng(0)
    x = rng.standard_normal((8, 2))
    for flow in (Flow(StandardNormal((2,)), ActNorm()), real_nvp(2, couplings=1)):
        params = flow.init(rng, x)
        for call in (flow.log_prob, grad(lambda p, x, flow=flow: flow.log_prob(x, p).mean())):
            arguments = (x, params) if call == flow.log_prob else (params, x)
            with pytest.raises(
                TypeError,
                match=r"x must be an array \(are params and x exchanged\?\), got <class '(dict|tuple)'>",
            ):
                call(*arguments)
    with pytest.raises(ValueError, match="x: expected one array, got a ragged sequence"):
        as_float([[1.0, 2.0], [3.0]], "x")


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
    assert type(positive(np.int64(3), "n", whole=True)) is int and positive(3.0, "n", whole=True) == 3
    assert type(positive(np.float64(3), "s")) is type(positive(2, "s")) is float
    for bad in (0, -1, np.nan, np.inf):
        with pytest.raises(ValueError, match="s must be a finite number > 0"):
            positive(bad, "s")
    for bad in (0, 1.5, -2):
        with pytest.raises(ValueError, match="n must be a whole number >= 1"):
            positive(bad, "n", whole=True)
    for bad in ("3", None, [1, 2], True, np.array([3])):
        with pytest.raises(TypeError, match="n must be a whole number >= 1, got"):
            positive(bad, "n", whole=True)


def test_whole_numbers():
    numbers = whole_numbers([8.0, np.int64(3)], "hidden")
    assert numbers == (8, 3) and {type(n) for n in numbers} == {int} and whole_numbers((), "shape") == ()
    with pytest.raises(ValueError, match=r"hidden\[1\] must be a whole number >= 1, got 0"):
        whole_numbers((64, 0), "hidden")
    for bad in (64, "64", None, np.array([64])):
        with pytest.raises(TypeError, match=r"hidden must be a tuple of whole numbers >= 1, got"):
            whole_numbers(bad, "hidden")


@pytest.mark.parametrize("bad", [0, None, np.random, np.random.RandomState(0), np.random.default_rng, "seed"])
def test_generator(bad):
    rng = np.random.default_rng(0)
    assert generator(rng, "f") is rng
    with pytest.raises(TypeError) as error:
        generator(bad, "f")
    sentence = "f: rng must be a numpy.random.Generator, such as numpy.random.default_rng(0), got "
    assert str(error.value).startswith(sentence) and len(str(error.value)) < len(sentence) + 50


@pytest.mark.parametrize("bad", [None, [ActNorm()], ActNorm, "ActNorm", StandardNormal((2,)), real_nvp(2)])
def test_bijection(bad):
    layer = ActNorm()
    assert bijection(layer, "Squeezed: inner") is layer
    words = "^Squeezed: inner must be a bijection, an object with init, forward, inverse, got .{1,50}$"
    with pytest.raises(TypeError, match=words):
        bijection(bad, "Squeezed: inner")


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


def test_the_shape_of_an_example_has_0_1_or_3_axes():
    for shape in ((), (5,), (2, 3, 4)):
        assert event_shape(shape, "shape") == shape
    for shape in ((2, 3), (1, 2, 3, 4)):
        with pytest.raises(TypeError, match=r"shape must be \(\), \(D,\) or \(H, W, C\)"):
            event_shape(shape, "shape")


def test_there_are_two_types_of_numbers():
    for dtype, expected in ((np.float32, np.float32), (float, np.float64), (np.dtype("f4"), np.float32)):
        assert float_type(dtype, "dtype") is expected
    for bad in (int, np.float16, np.dtype("i8"), "float32", None, 4.0):
        with pytest.raises(TypeError, match="dtype must be float32 or float64, got"):
            float_type(bad, "dtype")


def test_examples_of_every_shape():
    for shape in ((), (3,), (2, 4, 1)):
        assert as_examples(np.zeros((5, *shape)), "x", shape).shape == (5, *shape)
    with pytest.raises(ValueError, match=r"x: expected shape \(N,\), got \(5, 3\)"):
        as_examples(np.zeros((5, 3)), "x", ())


def test_zero_is_allowed_where_it_is_said():
    assert positive(0, "tol", zero=True) == 0.0 and positive(2, "tol", zero=True) == 2.0
    for bad in (-1, np.inf, np.nan):
        with pytest.raises(ValueError, match="tol must be a finite number >= 0"):
            positive(bad, "tol", zero=True)
    with pytest.raises(ValueError, match="tol must be a finite number > 0, got 0"):
        positive(0, "tol")
