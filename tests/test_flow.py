import tracemalloc
from dataclasses import dataclass

import numpy as np
import pytest
from table import away

from nflow_ref import ActNorm, Chain, Conv1x1, Flow, Split, StandardLogistic, StandardNormal, fuse, real_nvp
from nflow_ref.change_of_variables import log_prob
from nflow_ref.inputs import NonFiniteError
from nflow_ref.quadrature import integrate_2d

rng = np.random.default_rng(0)
x = 1 + 2 * rng.standard_normal((50, 3))
flow = real_nvp(3, couplings=3, hidden=(8,))
params = away(rng, flow.init(rng, x))


@pytest.mark.parametrize("base", [StandardNormal((3,)), StandardLogistic((3,))])
def test_log_prob_is_the_change_of_variables(base):
    other = Flow(base, flow.bijection)
    found = other.log_prob(params, x)
    assert found.shape == (50,)
    np.testing.assert_allclose(
        found, log_prob(base, lambda x: flow.bijection.forward(params, x)[0], x), rtol=1e-12
    )


def test_mass_is_1_by_quadrature():
    """A flow of two couplings in the plane: within 1e-6, as fine as the kinks of its ReLUs allow."""
    flow = real_nvp(2, couplings=2, hidden=(4,), bound=0.5)
    x = 1 + 2 * np.random.default_rng(2).standard_normal((50, 2))
    params = away(np.random.default_rng(3), flow.init(np.random.default_rng(4), x))
    mass = integrate_2d(
        lambda x: np.exp(flow.log_prob(params, x)), ((-30, 30), (-30, 30)), panels=200, order=6
    )
    assert mass == pytest.approx(1, abs=1e-6)


def test_samples_are_inverse_images_and_temperature_scales_the_standard_deviation():
    samples = flow.sample(params, np.random.default_rng(5), 200, temperature=0.6)
    z = np.random.default_rng(5).standard_normal((200, 3))
    back, _ = flow.bijection.forward(params, samples)
    np.testing.assert_allclose(back, 0.6 * z, atol=1e-11)


def test_samples_agree_with_log_prob():
    """-mean log p of the model's own samples is its entropy, known for a Gaussian: log(2πe)/2 - log s."""
    flow = Flow(StandardNormal((1,)), ActNorm())
    params = {"log_s": np.array([0.7]), "m": np.array([3.0]), "b": np.array([-0.4])}
    samples = flow.sample(params, rng, 20_000)
    entropy = 0.5 * np.log(2 * np.pi * np.e) - 0.7
    error = np.sqrt(0.5 / 20_000)
    assert abs(-flow.log_prob(params, samples).mean() - entropy) < 5 * error


def test_dtype_of_samples_is_that_of_the_parameters():
    from nflow_ref import tree_map

    small = tree_map(lambda p: p.astype(np.float32), params)
    assert flow.sample(small, rng, 4).dtype == np.float32
    assert Flow(StandardNormal((3,)), Chain()).sample((), rng, 4).shape == (4, 3)


@pytest.mark.parametrize("temperature", [0, -0.5, np.nan, np.inf])
def test_bad_temperature(temperature):
    with pytest.raises(ValueError, match="temperature must be a finite number > 0"):
        flow.sample(params, rng, 4, temperature=temperature)
    with pytest.raises(TypeError, match="temperature"):
        flow.sample(params, rng, 4, temperature="hot")


def test_bad_data_and_parameters():
    with pytest.raises(ValueError, match=r"Flow.log_prob: x: expected shape \(N, 3\), got \(5, 2\)"):
        flow.log_prob(params, np.ones((5, 2)))
    with pytest.raises(ValueError, match="Flow.init: x: the batch is empty"):
        flow.init(rng, np.ones((0, 3)))
    with pytest.raises(ValueError, match="n must be a whole number >= 1, got 0"):
        flow.sample(params, rng, 0)
    with pytest.raises((TypeError, ValueError), match="params"):
        flow.sample(params[:-1], rng, 4)
    with pytest.raises(
        TypeError, match="params must be a tuple of 9 parameter trees, got an object of type dict"
    ):
        flow.sample({"W": np.ones(3)}, rng, 4)


def test_overflow_is_an_error_and_not_a_nan():
    wild = ({"log_s": np.full(3, 800.0), "m": np.zeros(3), "b": np.zeros(3)},)
    for points in (x, 0 * x):  # overflow, and infinity times zero: an error, and no warning before it
        with pytest.raises(NonFiniteError, match="not finite"):
            Flow(StandardNormal((3,)), Chain(ActNorm())).log_prob(wild, points)
    for f in (flow, fuse(flow)):  # z² overflows, and no layer has seen anything
        with pytest.raises(
            NonFiniteError, match=r"Flow.log_prob: the result: 1 of 2 .* -inf at index \(0,\)"
        ):
            f.log_prob(params, np.array([[1e200, 0, 0], [0, 0, 0]]))
        with pytest.raises(NonFiniteError, match="Flow.sample: the sample"):
            far = ({"log_s": np.full(3, -705.0), "m": np.zeros(3), "b": np.zeros(3)}, *params[1:])
            f.sample(far, np.random.default_rng(0), 4, temperature=1e6)


class Doubled:
    """z = 2 x for numbers."""

    def init(self, rng, x):
        return ()

    def forward(self, params, x):
        return 2 * x, np.full(len(x), np.log(2))

    def inverse(self, params, z):
        return z / 2


@pytest.mark.parametrize("shape, parts", [((2,), [8192, 8192, 3616]), ((130, 130, 1), [1, 1, 1])])
def test_how_much_goes_through_at_a_time(shape, parts):
    seen = []

    class Watched(Doubled):
        def forward(self, params, x):
            seen.append(len(x))
            return x, np.zeros(len(x))

    Flow(StandardNormal(shape), Watched()).log_prob((), np.zeros((sum(parts), *shape)))
    assert seen == parts


def test_samples_of_every_shape():
    """Numbers, and images from a flow that has a single array of parameters."""
    numbers = Flow(StandardNormal(()), Doubled())
    drawn = numbers.sample((), rng, 5)
    assert drawn.shape == (5,) and numbers.log_prob((), drawn).shape == (5,)
    images = Flow(StandardNormal((2, 4, 3)), Conv1x1())
    drawn = images.sample(images.init(rng, rng.standard_normal((6, 2, 4, 3))), rng, 5)
    assert drawn.shape == (5, 2, 4, 3)


@pytest.mark.parametrize("shape", [(1,), (6, 1), (5,), (6, 6)])
def test_a_log_det_of_another_shape_is_refused_by_name(shape):
    """(N, 1) would make log_prob (N, N) and a mean over it too large, and training would go on."""

    @dataclass(frozen=True)
    class Mine:
        def init(self, rng, x):
            return {"a": np.zeros(1)}

        def forward(self, params, x):
            return x + params["a"], np.zeros(shape) + np.sum(params["a"])

        def inverse(self, params, z):
            return z - params["a"]

    x = rng.standard_normal((6, 2))
    for bijection in (Mine(), Chain(Mine()), Chain(ActNorm(), Split(Chain(Mine())))):
        one = Flow(StandardNormal((2,)), bijection)
        with pytest.raises(ValueError, match=r"Mine\(\).*shape \(6,\), one number for each example, got"):
            one.log_prob(one.init(rng, x), x)


def test_large_batches_go_through_in_parts():
    """Protects memory: in one piece a million points in the plane, through eight couplings, took 1.6 GB."""
    flow = real_nvp(2, couplings=2, hidden=(64, 64))
    params = away(rng, flow.init(rng, rng.standard_normal((50, 2))))
    x = rng.standard_normal((10**6, 2))
    for f in (flow, fuse(flow)):
        for call in (f.log_prob, lambda params, x, f=f: f.sample(params, rng, len(x))):
            tracemalloc.start()
            result = call(params, x)
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            assert peak - result.nbytes < 0.3e9
            assert len(result) == len(x)
    parts = [0, 1, 8191, 8192, 8193, 20_000, 999_999]
    np.testing.assert_allclose(flow.log_prob(params, x)[parts], flow.log_prob(params, x[parts]), rtol=1e-12)


def test_parts_are_for_wide_examples_too():
    """An image larger than a part still goes through, alone."""
    wide = Flow(StandardNormal((130, 130, 1)), Chain())
    y = rng.standard_normal((3, 130, 130, 1))
    np.testing.assert_allclose(wide.log_prob((), y), wide.base.log_prob(y), rtol=1e-14)


@pytest.mark.parametrize("bad", [0, None, np.random, np.random.RandomState(0), "seed"])
def test_rng_is_a_generator(bad):
    for call in (lambda: flow.init(bad, x), lambda: flow.sample(params, bad, 3)):
        with pytest.raises(
            TypeError, match=r"rng must be a numpy.random.Generator, such as numpy.random.def"
        ):
            call()


def test_what_is_no_base_and_no_bijection_is_refused():
    for bad in ([flow.bijection], None, ActNorm, "ActNorm"):
        with pytest.raises(TypeError, match="Flow: bijection must be a bijection, an object with init"):
            Flow(flow.base, bad)
        with pytest.raises(TypeError, match=r"Chain\(f1, f2, ..., fK\): layer 1 must be a bijection"):
            Chain(ActNorm(), bad)
    for bad in (None, 2, flow.bijection, [flow.base], StandardNormal):
        with pytest.raises(TypeError, match=r"Flow: base must be a density such as StandardNormal"):
            Flow(bad, flow.bijection)

    class Shapeless:
        log_prob = sample = print

    with pytest.raises(TypeError, match="Flow: base must be a density with the shape of an example, got"):
        Flow(Shapeless(), flow.bijection)
    with pytest.raises(ValueError, match=r"Flow.log_prob: x: expected shape \(N,\), got \(2, 3\)"):
        Flow(StandardNormal(), Doubled()).log_prob((), np.ones((2, 3)))
