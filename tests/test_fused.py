"""The hand-derived backward pass gives what the reference gives: values, gradients, inverses, errors."""

import contextlib
import copy
import pickle
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import SimpleNamespace

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad, value_and_grad
from table import CASES, away, case

import nflow_ref
from nflow_ref import (
    MLP,
    ActNorm,
    Adam,
    AffineCoupling,
    Chain,
    CheckerboardCoupling,
    Conv1x1,
    Conv1x1LU,
    ConvNet,
    Flow,
    Permutation,
    Split,
    StandardLogistic,
    StandardNormal,
    TrainingDiverged,
    check_bijection,
    fit,
    fuse,
    glow,
    load,
    mean_nll,
    real_nvp,
    save,
    tree_map,
)
from nflow_ref.fused import FusedBijection, FusedFlow, engine, flat, layers
from nflow_ref.fused.buffers import Buffers, views
from nflow_ref.fused.layers import constants
from nflow_ref.inputs import NonFiniteError
from nflow_ref.objectives import FlatObjective, Objective
from nflow_ref.parameters import leaves

TOLERANCE = {np.float64: 1e-11, np.float32: 1e-4}
BATCHES = [c for c in CASES if c[2] == 7]
each_dtype = pytest.mark.parametrize("dtype", [np.float64, np.float32])


def off(got, expected):
    """The largest error of two trees of arrays, relative to the largest entry of each pair."""
    pairs = zip(leaves(got), leaves(expected), strict=True)
    for (name, a), (_, b) in pairs:
        assert np.shape(a) == np.shape(b) and np.result_type(a) == np.result_type(b), name
    pairs = zip(leaves(got), leaves(expected), strict=True)
    return max(np.max(np.abs(a - b)) / max(np.max(np.abs(b)), 1e-3) for (_, a), (_, b) in pairs)


@pytest.fixture
def no_reference(monkeypatch):
    """By hand or not at all: what is left to the reference would be compared with itself."""
    attempt = FusedBijection.attempt

    def by_hand(self, *args):
        result = attempt(self, *args)
        assert result is not None, "the engine has left it to the reference"
        return result

    monkeypatch.setattr(FusedBijection, "attempt", by_hand)


by_hand = pytest.mark.usefixtures("no_reference")


@by_hand
@each_dtype
@pytest.mark.parametrize("name, event, n", BATCHES)
def test_bijection_and_its_gradients(name, event, n, dtype):
    """Forward, inverse, and the gradient of a general function of z and log_det."""
    layer, params, x = case(name, event, n, dtype)
    fused = fuse(layer)
    rng = np.random.default_rng(3)
    u, g = rng.standard_normal(x.shape).astype(dtype), rng.standard_normal(n).astype(dtype)

    def function(of):
        def both(args):
            z, log_det = of.forward(*args)
            return anp.sum(u * z) + anp.sum(g * log_det)

        return both

    for got, expected in [
        (fused.forward(params, x), layer.forward(params, x)),
        (fused.inverse(params, x), layer.inverse(params, x)),
    ]:
        assert off(got, expected) <= TOLERANCE[dtype]
    if leaves(params):
        gradient, expected = (grad(function(f))((params, x)) for f in (fused, layer))
    else:
        gradient, expected = (grad(lambda x, f=f: function(f)((params, x)))(x) for f in (fused, layer))
    assert off(gradient, expected) <= TOLERANCE[dtype]


@by_hand
@pytest.mark.parametrize("shape, first", [((3,), ()), ((2, 4, 5), ()), ((2, 4, 5), (ActNorm(),))])
def test_a_run_of_linear_layers_is_one_product(shape, first):
    """In an order in which each layer's own backward pass matters to one before it."""
    rng = np.random.default_rng(1)
    c = shape[-1]
    turn = Permutation((*range(1, c), 0))
    chain = Chain(
        *first, Conv1x1LU.random(rng, c), ActNorm(), turn, Conv1x1(), turn, ActNorm(),
        Conv1x1LU.random(rng, c), turn,
    )  # fmt: skip
    fused = fuse(chain)
    x = rng.standard_normal((6, *shape))
    params = away(rng, chain.init(rng, 3 * x + 1))
    u, g = rng.standard_normal(x.shape), rng.standard_normal(6)

    def function(of, factor):
        def both(args):
            z, log_det = of.forward(*args)
            return factor * (anp.sum(u * z) + anp.sum(g * log_det))

        return both

    for factor in (1000.0, 1.0):  # a second time, with what the first has left in the arrays
        gradient, expected = (grad(function(f, factor))((params, x)) for f in (fused, chain))
        assert off(gradient, expected) <= 1e-11
    assert len(only_engine(fused).passes(6, True).steps) == 3  # of E, of x - c, and the product


def only_engine(fused):
    (made,) = vars(fused.thread).values()
    return made


def _flows():
    rng = np.random.default_rng(8)
    yield "RealNVP", real_nvp(5, 3, (16, 8)), 9
    yield "RealNVP, logistic", Flow(StandardLogistic((3,)), real_nvp(3, 2, (16,)).bijection), 6
    yield "Glow", glow(rng, (4, 8, 3), levels=2, steps=2, hidden=8), 5
    yield "deep Glow", glow(rng, (8, 8, 1), levels=3, steps=1, hidden=8), 4


FLOWS = list(_flows())


def moved(flow, n, dtype, by=0.2):
    rng = np.random.default_rng(5)
    x = (0.4 + 1.3 * rng.standard_normal((n + 20, *flow.base.shape))).astype(dtype)
    return away(rng, flow.init(rng, x), by), x[:n]


@by_hand
@each_dtype
@pytest.mark.parametrize("name, flow, n", FLOWS)
def test_likelihood_and_its_gradients(name, flow, n, dtype):
    params, x = moved(flow, n, dtype)
    g = np.random.default_rng(2).standard_normal(n).astype(dtype)
    value, gradient = value_and_grad(lambda a: anp.sum(g * fuse(flow).log_prob(*a)))((params, x))
    expected = value_and_grad(lambda a: anp.sum(g * flow.log_prob(*a)))((params, x))
    assert off((value, gradient), expected) <= TOLERANCE[dtype]
    assert off(fuse(flow).log_prob(params, x), flow.log_prob(params, x)) <= TOLERANCE[dtype]
    samples = [f.sample(params, np.random.default_rng(1), 7, 0.8) for f in (fuse(flow), flow)]
    assert off(*samples) <= TOLERANCE[dtype]


@by_hand
@each_dtype
@pytest.mark.parametrize("name, flow, n", FLOWS)
def test_fifty_steps_of_training(name, flow, n, dtype):
    """From the same start with the same batches, once by hand and once by autograd."""
    rng = np.random.default_rng(4)
    x = rng.standard_normal((50, 16, *flow.base.shape)).astype(dtype) * 1.5 + 0.3
    params, _ = moved(flow, 4, dtype, by=0.05)
    trained = []
    for kind in (FlatObjective, Objective):
        objective = kind(flow, params)
        theta, adam = objective.start, Adam(objective.start)
        for batch in x:
            loss, gradient = objective(theta, batch)
            theta = adam.update(theta, gradient, 1e-3)
        trained.append((objective.tree(theta), loss))
    assert off(*trained) <= TOLERANCE[dtype]


@by_hand
@each_dtype
@pytest.mark.parametrize("name, flow, n", FLOWS)
def test_far_from_0_no_digits_are_lost(name, flow, n, dtype):
    """Likelihood, gradients and inverse for data at 10,000 standard deviations from 0."""
    rng = np.random.default_rng(5)
    x = (1e4 + rng.standard_normal((n + 20, *flow.base.shape))).astype(dtype)
    params = away(rng, flow.init(rng, x), by=0.1)
    g = rng.standard_normal(n + 20).astype(dtype)
    got, expected = (
        value_and_grad(lambda p, f=f: anp.sum(g * f.log_prob(p, x)))(params) for f in (fuse(flow), flow)
    )
    assert off(got, expected) <= TOLERANCE[dtype]
    z, _ = flow.bijection.forward(params, x)
    assert off(fuse(flow).bijection.forward(params, x)[0], z) <= TOLERANCE[dtype]
    back, expected = (f.bijection.inverse(params, z) for f in (fuse(flow), flow))
    assert np.max(np.abs(back - expected)) <= 4 * np.spacing(dtype(1e4))


@by_hand
def test_chunks_give_what_one_piece_gives(monkeypatch):
    flow = real_nvp(3, 2, (16, 8))
    params, x = moved(flow, 41, np.float64)
    whole = value_and_grad(lambda a: anp.mean(fuse(flow).log_prob(*a)))((params, x))
    samples = fuse(flow).sample(params, np.random.default_rng(0), 41)
    monkeypatch.setattr(engine, "CHUNK", 16 * 17 * 8)
    pieces = fuse(flow)
    assert off(value_and_grad(lambda a: anp.mean(pieces.log_prob(*a)))((params, x)), whole) <= 1e-13
    assert off(pieces.sample(params, np.random.default_rng(0), 41), samples) <= 1e-13
    engine_of_pieces = only_engine(pieces.likelihood)
    assert engine_of_pieces.chunk < 20 and engine_of_pieces.passes.cache_info().currsize <= 5
    loss, gradient = FlatObjective(flow, params)(FlatObjective(flow, params).start, x)
    expected = value_and_grad(lambda p: -anp.mean(flow.log_prob(p, x)))(params)
    assert off((loss, views(params, gradient)), expected) <= 1e-12


@pytest.mark.parametrize("event, unit", [((3,), 4), ((4, 2, 3), 1)])
def test_rows_are_an_odd_number_of_units_long_and_a_chunk_fits(event, unit):
    """The numbers would not tell: rows as long as a power of two, or a chunk that leaves the cache."""
    layer = Chain(ActNorm(), AffineCoupling(MLP((64,))))
    x = np.random.default_rng(0).standard_normal((9, *event)).astype(np.float32)
    fused = fuse(layer)
    fused.forward(layer.init(np.random.default_rng(1), x), x)
    made = only_engine(fused)
    for n in (1, 3, 4, 5, 8, 15, 64, 512):
        columns = made.passes(n, True).buffers.columns
        assert n <= columns < n + 2 * unit and columns % (2 * unit) == unit
    arrays = made.passes(made.chunk, False).buffers.shared.values()
    bytes_for_one = max(array[..., :1].nbytes for array in arrays)
    assert made.chunk * bytes_for_one <= engine.CHUNK < (made.chunk + 1) * bytes_for_one


def test_constants_have_the_dtype_of_the_data():
    """float64 among float32 would give the same numbers, more slowly."""
    assert {array.dtype for array in constants((2, 0, 1), np.dtype(np.float32))} == {np.dtype(np.float32)}


def test_a_chunk_has_at_least_one_example(monkeypatch):
    monkeypatch.setattr(engine, "CHUNK", 1)
    fused = fuse(ActNorm())
    fused.forward(dict.fromkeys(("log_s", "m", "b"), np.ones(3)), np.ones((5, 3)))
    assert only_engine(fused).chunk == 1


@by_hand
def test_calls_of_other_sizes_in_between_change_nothing():
    """Protects against arrays that one call leaves behind for the next."""
    flow = glow(np.random.default_rng(0), (4, 4, 2), levels=1, steps=2, hidden=8)
    fused = fuse(flow)
    params, x = moved(flow, 6, np.float64)
    first = fused.log_prob(params, x)
    for n in (1, 2, 3, 4, 5, 6, 3, 1, 7, 8, 9, 10):
        fused.log_prob(params, np.resize(x, (n, 4, 4, 2)))
        fused.sample(params, np.random.default_rng(0), n)
        other = tree_map(lambda p: 1.1 * p, params)
        grad(lambda p, n=n: anp.sum(fused.log_prob(p, np.resize(x, (n, 4, 4, 2)))))(other)
    assert (fused.log_prob(params, x) == first).all()
    assert only_engine(fused.likelihood).passes.cache_info().currsize == 8
    kept = first.copy()
    fused.log_prob(params, x + 1)
    assert (first == kept).all()


@by_hand
def test_the_result_belongs_to_the_caller():
    flow = real_nvp(2, 2, (8,))
    params, x = moved(flow, 5, np.float64)
    before, kept = tree_map(np.copy, params), x.copy()
    fused = fuse(flow)
    grad(lambda p: anp.sum(fused.log_prob(p, x)))(params)
    fused.bijection.inverse(params, x)
    assert off(params, before) == 0 and (x == kept).all()
    gradient = grad(lambda p: anp.sum(fused.log_prob(p, x)))(params)
    copy = tree_map(np.copy, gradient)
    grad(lambda p: anp.sum(fused.log_prob(p, 2 * x)))(params)
    assert off(gradient, copy) == 0


@dataclass(frozen=True)
class Cubic:
    """A layer of the user's own: z = a x + x³, with its inverse by bisection."""

    def init(self, rng, x):
        return {"a": np.ones(x.shape[-1], x.dtype)}

    def forward(self, params, x):
        a = params["a"]
        log_det = anp.log(a**2 + 3 * x**2)
        return a**2 * x + x**3, anp.sum(anp.reshape(log_det, (len(x), -1)), axis=1)

    def inverse(self, params, z):
        low, high = np.full(z.shape, -50.0), np.full(z.shape, 50.0)
        for _ in range(80):
            middle = (low + high) / 2
            below = params["a"] ** 2 * middle + middle**3 < z
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return (low + high) / 2


@dataclass(frozen=True)
class Sines:
    """A conditioner of the user's own."""

    def init(self, rng, channels_in, channels_out, dtype):
        return {"A": rng.standard_normal((channels_in, channels_out)).astype(dtype)}

    def apply(self, params, a, channels_out):
        return anp.sin(anp.dot(a, params["A"]))


@by_hand
@pytest.mark.parametrize("shape", [(3,), (2, 4, 2)])
def test_layers_it_does_not_know_are_left_to_autograd(shape):
    c = shape[-1]
    layers = Chain(
        ActNorm(), Cubic(), Permutation(tuple(range(c))[::-1]), AffineCoupling(Sines()), Conv1x1(),
        Split(Chain(Cubic())), AffineCoupling(MLP((8,))),
    )  # fmt: skip
    flow = Flow(StandardNormal(shape), layers)
    params, x = moved(flow, 5, np.float64, by=0.1)
    value, gradient = value_and_grad(lambda a: anp.sum(fuse(flow).log_prob(*a)))((params, 0.3 * x))
    expected = value_and_grad(lambda a: anp.sum(flow.log_prob(*a)))((params, 0.3 * x))
    assert off((value, gradient), expected) <= 1e-11
    fused = fuse(layers)
    z, _ = fused.forward(params, 0.3 * x)
    assert off(fused.inverse(params, z), 0.3 * x) <= 1e-10
    trained, history = fit(
        flow, params, 0.3 * np.tile(x, (4, *[1] * len(shape))), rng=np.random.default_rng(0), steps=3,
        batch_size=5, progress=False,
    )  # fmt: skip
    assert np.isfinite(history["loss"]).all() and off(trained, params) > 0


def test_check_bijection_holds_for_a_fused_one(capsys):
    flow = glow(np.random.default_rng(0), (2, 4, 1), levels=1, steps=2, hidden=6)
    params, x = moved(flow, 3, np.float64, by=0.1)
    check_bijection(fuse(flow).bijection, params, x, round_trip=1e-10, log_det=1e-10)
    assert capsys.readouterr().out.startswith("OK  FusedBijection: a bijection")


def test_a_derivative_of_a_derivative_is_refused():
    flow = real_nvp(2, 2, (8,))
    params, x = moved(flow, 3, np.float64)
    fused = fuse(flow)

    def slope(f):
        return grad(lambda x: anp.sum(grad(lambda y: anp.sum(f.log_prob(params, y)))(x) ** 2))(x)

    assert np.isfinite(slope(flow)).all()
    with pytest.raises(TypeError, match=r"cannot be differentiated again.*take the flow itself"):
        slope(fused)

    def inside(a):
        bars = grad(lambda p: anp.sum(fused.log_prob(p, x)))(({"log_s": a, "m": a, "b": a}, *params[1:]))
        return anp.sum(bars[0]["log_s"] ** 2)

    with pytest.raises(TypeError, match="cannot be differentiated again"):
        grad(inside)(np.array([0.1, -0.2]))


def test_arrays_on_the_tape_inside_plain_params():
    """A parameter tree built inside the differentiated function."""
    flow = Flow(StandardNormal((3,)), ActNorm())
    x = np.random.default_rng(0).standard_normal((5, 3))

    def tree(a):
        return {"log_s": a, "m": 3 * a, "b": 2 * a}

    def loss(f):
        return grad(lambda a: anp.sum(f.log_prob(tree(a), x)))(np.array([0.1, -0.3, 0.4]))

    assert off(loss(fuse(flow)), loss(flow)) <= 1e-13

    def loss_of_both(f):
        return grad(lambda a: anp.sum(f.log_prob(tree(a), x * a)))(np.array([0.1, -0.3, 0.4]))

    assert off(loss_of_both(fuse(flow)), loss_of_both(flow)) <= 1e-13


def test_an_infinite_parameter_is_refused_where_it_does_no_harm():
    """tanh ŝ is 1 at infinity, so the result is finite: the reference refuses the parameter all the same."""
    flow = real_nvp(2, 1, (8,))
    params, x = moved(flow, 5, np.float64)
    fused = fuse(flow)
    fused.log_prob(params, x)
    params[1][-1]["b"][0] = np.inf
    for call in (fused.log_prob, fused.bijection.forward, fused.bijection.inverse):
        with pytest.raises(NonFiniteError, match="'b'"):
            call(params, x)


@pytest.mark.parametrize(
    "spoil", ["shape", "turned", "key", "missing", "nan", "tuple", "x shape", "x nan", "overflow"]
)
def test_errors_are_those_of_the_reference(spoil):
    flow = real_nvp(2, 1, (8,))
    good, x = moved(flow, 5, np.float64)
    params = [dict(good[0]), list(good[1]), ()]
    fused = fuse(flow)
    fused.log_prob(good, x)  # the engine is there before something is wrong
    if spoil == "shape":
        params[0]["b"] = np.zeros(3)
    elif spoil == "turned":
        params[1][0] = params[1][0] | {"W": params[1][0]["W"].T}
    elif spoil == "key":
        params[0]["c"] = np.zeros(2)
    elif spoil == "missing":
        del params[0]["b"]
    elif spoil == "nan":
        params[0]["b"] = np.array([0.0, np.nan])
    elif spoil == "tuple":
        params = params[:2]
    elif spoil == "x shape":
        x = x[:, :1]
    elif spoil == "x nan":
        x[3, 1] = np.nan
    else:
        params[0]["log_s"] = np.array([800.0, 0.0])
    messages = []
    for f in (flow, fused):
        with pytest.raises((TypeError, ValueError)) as error, np.errstate(all="ignore"):
            f.log_prob(tuple(params), x)
        messages.append((error.type, str(error.value), getattr(error.value, "__notes__", [])))
    assert messages[0] == messages[1]
    if spoil == "overflow":
        assert messages[0][0] is NonFiniteError


def test_fuse_of_what_is_fused_of_numbers_and_of_other_classes():
    flow = real_nvp(2)
    fused = fuse(flow)
    assert type(fused) is FusedFlow and fuse(fused) is fused and fuse(fused.bijection) is fused.bijection
    assert repr(fused) == f"fuse({flow!r})"

    class Mine(Flow):
        pass

    mine = Mine(flow.base, flow.bijection)
    assert fuse(mine) is mine

    class Line:
        def init(self, rng, x):
            return {"a": np.array(2.0)}

        def forward(self, params, x):
            return params["a"] * x, anp.log(params["a"]) + 0 * x

        def inverse(self, params, z):
            return z / params["a"]

    numbers = Flow(StandardNormal(()), Line())
    x = np.array([0.3, -1.0])
    params = numbers.init(np.random.default_rng(0), x)
    assert type(fuse(numbers)) is Flow
    assert (fuse(numbers).log_prob(params, x) == numbers.log_prob(params, x)).all()

    class Wide(StandardNormal):
        pass

    assert type(fuse(Flow(Wide((2,)), ActNorm()))) is Flow  # its density may be another one
    assert fuse(numbers).sample(params, np.random.default_rng(0), 3).shape == (3,)


def test_params_of_a_fused_flow_and_of_the_flow_are_the_same(tmp_path):
    flow = real_nvp(2, 2, (8,))
    params, x = moved(flow, 40, np.float64)
    save(tmp_path / "a.npz", fuse(flow), params)
    assert all(off(load(tmp_path / "a.npz", like=f)[1], params) == 0 for f in (None, flow, fuse(flow)))
    results = [
        fit(f, params, x, rng=np.random.default_rng(0), steps=5, batch_size=8, x_valid=x[:9], progress=False)
        for f in (flow, fuse(flow))
    ]
    assert off(*(r[0] for r in results)) == 0 and results[0][1] == results[1][1]
    assert mean_nll(fuse(flow), params, x) == pytest.approx(mean_nll(flow, params, x), rel=1e-13)


def test_fit_leaves_the_start_alone_and_gives_arrays_of_its_own():
    flow = real_nvp(2, 2, (8,))
    params, x = moved(flow, 40, np.float32)
    before = tree_map(np.copy, params)
    trained, _ = fit(flow, params, x, rng=np.random.default_rng(0), steps=4, batch_size=8, progress=False)
    assert off(params, before) == 0
    assert {p.dtype for _, p in leaves(trained)} == {np.dtype(np.float32)}


def test_float32_batches_with_float64_parameters():
    """The parameters keep their precision; the arithmetic is that of the data."""
    flow = real_nvp(2, 2, (8,))
    params, x = moved(flow, 40, np.float64)
    options = {"steps": 3, "batch_size": 8, "progress": False}
    trained, _ = fit(flow, params, x.astype(np.float32), rng=np.random.default_rng(0), **options)
    assert {p.dtype for _, p in leaves(trained)} == {np.dtype(np.float64)}


def test_the_package_is_named_in_all():
    assert nflow_ref.fuse is fuse and "fuse" in nflow_ref.__all__


@dataclass(frozen=True)
class Shift:
    """A layer of the user's own whose log-det is a number and not an array, and whose keys are numbers."""

    log_det: object = 0.0

    def init(self, rng, x):
        return {1: np.zeros(x.shape[-1]), 0: np.ones(x.shape[-1])}

    def forward(self, params, x):
        return x + params[0] + anp.exp(params[1]), self.log_det

    def inverse(self, params, z):
        return z - params[0] - np.exp(params[1])


@by_hand
@pytest.mark.parametrize("log_det", [0.0, 1.5, np.array(0.25)])
def test_a_log_det_that_is_one_number_counts_for_every_example(log_det):
    flow = Flow(StandardNormal((3,)), Chain(ActNorm(), Shift(log_det), ActNorm()))
    params, x = moved(flow, 6, np.float64)
    value, gradient = value_and_grad(lambda a: anp.sum(fuse(flow).log_prob(*a)))((params, x))
    expected = value_and_grad(lambda a: anp.sum(flow.log_prob(*a)))((params, x))
    assert off((value, gradient), expected) <= 1e-12
    assert off(fuse(flow).log_prob(params, x), flow.log_prob(params, x)) <= 1e-12


@by_hand
def test_a_log_det_that_is_one_number_has_a_gradient():
    @dataclass(frozen=True)
    class Zoom:
        def init(self, rng, x):
            return {"a": np.array([0.1, -0.2, 0.3])}

        def forward(self, params, x):
            return anp.exp(params["a"]) * x, anp.sum(params["a"])

        def inverse(self, params, z):
            return anp.exp(-params["a"]) * z

    flow = Flow(StandardNormal((3,)), Chain(ActNorm(), Zoom()))
    params, x = moved(flow, 6, np.float64)
    g = np.random.default_rng(2).standard_normal(6)
    got, expected = (grad(lambda p, f=f: anp.sum(g * f.log_prob(p, x)))(params) for f in (fuse(flow), flow))
    assert off(got, expected) <= 1e-12
    assert by_the_engine(fuse(flow), params, x) is not None


def by_the_engine(fused, params, x):
    """The value, x̄ and the gradient as the engine has them, or None where it leaves them to the reference."""
    g = np.ones(len(x))
    return attempt(fused, params, x, lambda e: (e.run("backward", x, g), e.gradient))


def attempt(fused, params, x, run):
    reference = getattr(fused.plain, "log_prob", None)  # asked only before there is an engine
    return fused.likelihood.attempt(reference, flat(params), x, run)


@pytest.mark.parametrize("shape", [(3,), (4, 2, 3)])
def test_it_is_the_engine_that_answers(shape):
    """Protects the tests above: were every call left to the reference, they would pass too."""
    flow = Flow(StandardNormal(shape), Chain(ActNorm(), AffineCoupling(MLP((8,))), Conv1x1()))
    params, x = moved(flow, 5, np.float64)
    fused = fuse(flow)

    fused.log_prob(params, x)
    fused.bijection.inverse(params, x)
    object.__setattr__(fused, "plain", None)
    fused.likelihood.plain = fused.bijection.plain = SimpleNamespace(inverse=None)
    assert attempt(fused, params, x, lambda e: e.run("forward", x)) is not None
    assert by_the_engine(fused, params, x) is not None
    fused.bijection.inverse(params, x)


def test_after_a_bad_call_the_next_good_one_is_good():
    """No NaN may stay in the arrays, also where a batch is filled up."""
    layers = Chain(ActNorm(), Cubic(), AffineCoupling(MLP((4,))), Cubic())
    flow = Flow(StandardNormal((3,)), layers)
    params, x = moved(flow, 5, np.float64, by=0.1)
    fused, fused_layers = fuse(flow), fuse(layers)
    bad = (params[0], {"a": np.full(3, 1e200)}, *params[2:])

    def of_flow(f):
        return lambda p: anp.sum(f.log_prob(p, x))

    def of_layers(f):
        return lambda p: anp.sum(f.forward(p, x)[0]) + anp.sum(f.forward(p, x)[1])

    for f, plain, function in ((fused, flow, of_flow), (fused_layers, layers, of_layers)):
        with np.errstate(all="ignore"), contextlib.suppress(ValueError):
            grad(function(f))(bad)
        assert off(grad(function(f))(params), grad(function(plain))(params)) <= 1e-11


def test_what_overflows_is_an_error_and_no_warning():
    flow = fuse(Flow(StandardNormal((3,)), ActNorm()))
    good = {"log_s": np.zeros(3), "m": np.zeros(3), "b": np.zeros(3)}
    flow.log_prob(good, np.ones((2, 3)))  # the engine is there
    with pytest.raises(NonFiniteError):
        flow.log_prob(good | {"log_s": np.full(3, 800.0)}, np.ones((2, 3)))


class Named(ConvNet):
    """A conditioner that is not of this package."""


@pytest.mark.parametrize("layer", [AffineCoupling, CheckerboardCoupling])
@pytest.mark.parametrize("network", [ConvNet, Named])
def test_couplings_are_left_to_autograd_only_if_their_network_must_be(layer, network, monkeypatch):
    left = []
    for module in (layers, sys.modules["nflow_ref.fused.checkerboard"]):
        spy = lambda *args, old=module.by_autograd: left.append(args[0]) or old(*args)  # noqa: E731
        monkeypatch.setattr(module, "by_autograd", spy)
    flow = Flow(StandardNormal((2, 4, 2)), layer(network(3)))
    params, x = moved(flow, 5, np.float64)
    got = fuse(flow).log_prob(params, x)
    np.testing.assert_allclose(got, flow.log_prob(params, x), rtol=1e-11)
    assert bool(left) == (network is Named)


def test_init_is_that_of_the_layer():
    layer, x = AffineCoupling(MLP((4,))), np.random.default_rng(1).standard_normal((5, 3))
    got, expected = (f.init(np.random.default_rng(0), x) for f in (fuse(layer), layer))
    assert off(got, expected) == 0


def test_after_an_overflow_the_engine_answers_again():
    """What an earlier call left behind the batch must not come back: 0 times infinity is no number."""
    flow = Flow(StandardNormal((3,)), AffineCoupling(MLP((4,))))
    params, x = moved(flow, 5, np.float64)
    fused = fuse(flow)
    bad = (params[0], params[1] | {"b": np.full(4, 1e308)})

    def answers(params):
        return by_the_engine(fused, params, x) is not None

    assert [answers(p) for p in (bad, bad, params)] == [False, False, True]


def test_where_the_product_of_a_run_overflows_the_reference_answers():
    chain = Chain(ActNorm(), ActNorm(), ActNorm())
    params = tuple(
        {"log_s": np.full(3, s), "m": np.zeros(3), "b": np.zeros(3)} for s in (400.0, 400.0, -800.0)
    )
    flow = Flow(StandardNormal((3,)), chain)
    x = 1e-100 * np.random.default_rng(0).standard_normal((4, 3))
    with np.errstate(all="ignore"):
        got, expected = (
            grad(lambda a, f=f: anp.sum(f.log_prob(*a)))((params, x)) for f in (fuse(flow), flow)
        )
        trained, _ = fit(flow, params, x, rng=np.random.default_rng(0), steps=1, batch_size=4, progress=False)
    assert off(got, expected) == 0 and np.isfinite([p for _, p in leaves(trained)]).all()


@pytest.mark.parametrize("log_s, W", [(800.0, np.eye(3)), (np.nan, np.eye(3)), (0.0, np.ones((3, 3)))])
def test_fit_says_what_is_wrong_as_it_does_without(log_s, W):
    flow = Flow(StandardNormal((3,)), Chain(ActNorm(), Conv1x1()))
    params = ({"log_s": np.full(3, log_s), "m": np.zeros(3), "b": np.zeros(3)}, {"W": W})
    x = np.random.default_rng(0).standard_normal((20, 3))
    with np.errstate(all="ignore"), pytest.raises((TrainingDiverged, ValueError)) as caught:
        fit(flow, params, x, rng=np.random.default_rng(0), steps=3, batch_size=8, progress=False)
    assert caught.type is {800.0: TrainingDiverged, 0.0: ValueError}.get(log_s, NonFiniteError)


def test_copies_have_arrays_of_their_own():
    flow = glow(np.random.default_rng(0), (4, 4, 1), levels=1, steps=2, hidden=6)
    params, x = moved(flow, 6, np.float64)
    fused = fuse(flow)
    value = fused.log_prob(params, x)
    for twin in (copy.deepcopy(fused), pickle.loads(pickle.dumps(fused))):
        assert (twin.log_prob(params, x) == value).all()
        assert (twin.bijection.inverse(params, x) == fused.bijection.inverse(params, x)).all()


@by_hand
@pytest.mark.parametrize("flow", [FLOWS[0][1], FLOWS[2][1]])
def test_threads_do_not_write_into_each_other_s_arrays(flow):
    """Eight threads with one fused flow: through shared arrays most results were wrong, without an error."""
    params, x = moved(flow, 8 * 40, np.float64)
    batches, fused = np.split(x, 8), fuse(flow)
    expected = [flow.log_prob(params, batch) for batch in batches]
    latents = [flow.bijection.forward(params, batch)[0] for batch in batches]
    together = threading.Barrier(8)

    def work(k):
        together.wait()
        found = [
            (fused.log_prob(params, batches[k]), fused.bijection.inverse(params, latents[k]))
            for _ in range(20)
        ]
        return max(off(pair, (expected[k], batches[k])) for pair in found)

    with ThreadPoolExecutor(8) as pool:
        assert max(pool.map(work, range(8))) <= 1e-10


def test_four_fits_of_one_fused_flow_at_a_time():
    flow = real_nvp(2, 2, (8,))
    params, x = moved(flow, 64, np.float64)
    fused = fuse(flow)

    def loss(_):
        _, history = fit(
            fused, params, x, rng=np.random.default_rng(0), steps=40, batch_size=16, progress=False
        )
        return history["loss"]

    with ThreadPoolExecutor(4) as pool:
        assert len(set(map(tuple, pool.map(loss, range(4))))) == 1


@pytest.mark.parametrize("flow", [FLOWS[0][1], FLOWS[2][1]])
def test_gradients_go_through_samples(flow):
    """Reparameterised, as reverse Kullback-Leibler divergences need it, against central differences."""
    params, _ = moved(flow, 4, np.float64, by=0.1)
    weights = np.random.default_rng(3).standard_normal((6, *flow.base.shape))

    def mean(p, f=flow):
        return anp.sum(weights * f.sample(p, np.random.default_rng(1), 6, 0.7)) / 6

    gradient = grad(mean)(params)
    assert off(grad(lambda p: mean(p, fuse(flow)))(params), gradient) <= 1e-11
    rng = np.random.default_rng(2)
    direction = tree_map(lambda p, g: rng.standard_normal(p.shape) * (g != 0), params, gradient)  # m is held
    slope = sum(np.vdot(g, d) for (_, g), (_, d) in zip(leaves(gradient), leaves(direction), strict=True))
    plus, minus = (mean(tree_map(lambda p, d, h=h: p + h * d, params, direction)) for h in (1e-6, -1e-6))
    assert abs((plus - minus) / 2e-6 - slope) <= 1e-6 * max(1, abs(slope))


def test_a_tree_of_another_order_or_kind_is_not_taken_for_a_known_one():
    """An engine knows structure and shapes; what fits another layer is refused as by the reference."""
    flow = real_nvp(2, 1, (8,))
    params, x = moved(flow, 5, np.float64)
    fused = fuse(flow)
    fused.log_prob(params, x)
    wide = (tree_map(lambda p: p[:1], params[0]), *params[1:])  # would be broadcast without a word
    for f in (flow, fused):
        with pytest.raises(ValueError, match=r"must have shape \(2,\), got \(1,\)"):
            f.log_prob(wide, x)
    assert (fused.log_prob(list(params), x) == fused.log_prob(params, x)).all()
    assert fused.sample(list(params), np.random.default_rng(0), 3).shape == (3, 2)


def test_the_reference_tries_new_parameters_on_one_example():
    seen = []
    fused = fuse(ActNorm())
    params = flat({"log_s": np.zeros(2), "m": np.zeros(2), "b": np.zeros(2)})
    for _ in range(2):
        fused.engine(lambda tree, x: seen.append(len(x)), params, np.ones((3, 2)))
    assert seen == [1]


def test_a_pass_that_only_goes_forward_uses_two_arrays_in_turn():
    buffers = Buffers(np.float64, 4, keep=False)
    states = [buffers.state("h", 2, 4) for _ in range(4)]
    for part in (0, 1):
        arrays = [state[part] for state in states]
        assert arrays[0] is arrays[2] is not arrays[1] and arrays[1] is arrays[3]


def test_engines_are_not_kept_without_bound():
    fused = fuse(ActNorm())
    params = {"log_s": np.array([0.3, -0.2]), "m": np.array([-1.0, 0.5]), "b": np.array([1.0, 2.0])}
    for height in range(1, 9):
        x = np.random.default_rng(height).standard_normal((3, height, 2, 2))
        assert off(fused.forward(params, x), ActNorm().forward(params, x)) <= 1e-14
    assert len(vars(fused.thread)) == 4


@pytest.mark.parametrize("flow", [FLOWS[0][1], FLOWS[2][1]])
def test_the_order_of_keys_does_not_matter(flow):
    """Bias and weights lie in one vector in the order of `init`, whatever the order in a dictionary."""

    def turned(tree):
        if isinstance(tree, dict):
            return {key: tree[key] for key in reversed(tree)}
        return [turned(part) for part in tree] if isinstance(tree, tuple) else tree

    def same(tree):
        return tree_map(lambda _, p: p, params, tree)

    params, x = moved(flow, 8, np.float64)
    fused = fuse(flow)
    assert (fused.log_prob(turned(params), x) == fused.log_prob(params, x)).all()
    gradient = grad(lambda p: anp.sum(fused.log_prob(p, x)))
    assert off(same(gradient(turned(params))), gradient(params)) == 0
    engines = vars(fused.likelihood.thread)
    thetas = [
        made.load(flat(tree)).theta.copy() for made in engines.values() for tree in (params, turned(params))
    ]
    assert len(thetas) >= 2 and all((theta == thetas[0]).all() for theta in thetas)
    objectives = [FlatObjective(flow, p) for p in (params, turned(params))]
    (loss, gradient), (other_loss, other) = (o(o.start, x) for o in objectives)
    assert loss == other_loss and (gradient == other).all()
