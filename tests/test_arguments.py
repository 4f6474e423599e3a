"""What is handed over by mistake is refused by name: every argument of every public function, in turn."""

import importlib
import pkgutil
import re
import types

import numpy as np
import pytest

import nflow_ref
from nflow_ref import (
    MLP,
    ActNorm,
    AdditiveCoupling,
    AffineCoupling,
    Conv1x1,
    Conv1x1LU,
    ConvNet,
    Log,
    Logit,
    Permutation,
    Split,
    Squeezed,
    Standardize,
    StandardLogistic,
    StandardNormal,
    bits_per_dim,
    check_bijection,
    claim,
    dequantize,
    glow,
    random_shift,
    real_nvp,
    refute,
)
from nflow_ref.change_of_variables import derivative, jacobian, log_abs_det_jacobian, log_prob, log_prob_1d
from nflow_ref.datasets import EightGaussians, Gumbel, TwoMoons, TwoPeaks
from nflow_ref.linear import lu, random_orthogonal
from nflow_ref.quadrature import gauss_legendre, integrate, integrate_2d
from nflow_ref.verify import residuals

BAD = [
    None, "a", -1, 0, 1.5, np.nan, np.inf, True, [], (), np.array([]), {}, {"a": 1}, object(), ActNorm,
    [None], [[1.0], [1.0, 2.0]], np.random.RandomState(0),
]  # fmt: skip

rng = np.random.default_rng(0)
x, image, number = rng.standard_normal((4, 2)), rng.standard_normal((3, 4, 4, 2)), np.array([0.3, -1.0])
norm = ActNorm().init(rng, x)


def cube(x):
    return x**3 + x


def case(function, *right, fixed=None, **arguments):
    """`arguments` are right, and each is tried with every value of BAD but `right`; `fixed` are let alone."""
    return pytest.param(function, arguments, fixed or {}, {repr(r) for r in right}, id=function.__qualname__)


def layer(layer, x):
    params = layer.init(rng, x)
    return [
        case(layer.init, rng=rng, x=x),
        case(layer.forward, params=params, x=x),
        case(layer.inverse, params=params, z=x),
    ]


# Not here: the bare arithmetic inside of layers that are (`squeeze`, `unsqueeze`, `solve_triangular`,
# `inverse_permutation`), `channels_in` and `channels_out`, which a coupling hands over, and params of layers
# that have none.
CHANNELS = {"channels_in": 2, "channels_out": 3}
CHECKED = {"bijection": ActNorm(), "params": norm, "x": x}
CALLS = [
    case(StandardNormal, [], (), shape=(2,)),
    case(StandardLogistic, [], (), shape=(2,)),
    case(StandardNormal((2,)).log_prob, z=x),
    case(StandardNormal((2,)).sample, rng=rng, n=2, dtype=float),
    case(StandardNormal().cdf, z=number),
    case(MLP, [], (), hidden=(2,)),
    case(ConvNet, hidden=2),
    case(MLP((4,)).init, rng=rng, fixed=CHANNELS),
    case(ConvNet(4).init, rng=rng, fixed=CHANNELS),
    case(MLP((4,)).apply, params=MLP((4,)).init(rng, 2, 3), a=x, fixed={"channels_out": 3}),
    case(ConvNet(4).apply, params=ConvNet(4).init(rng, 2, 3), a=image, fixed={"channels_out": 3}),
    case(AdditiveCoupling, conditioner=MLP()),
    case(AffineCoupling, 1.5, conditioner=MLP(), bound=2.0),
    case(Permutation, permutation=(1, 0)),
    case(Conv1x1LU, permutation=(1, 0), signs=(1, -1)),
    case(Conv1x1LU.random, rng=rng, channels=2),
    case(random_orthogonal, rng=rng, channels=2),
    case(lu, W=np.eye(2)),
    case(Squeezed, inner=ActNorm()),
    case(Split, inner=ActNorm()),
    case(Permutation((1, 0)).forward, x=x, fixed={"params": ()}),
    case(Logit, 0, alpha=0.1),
    case(Logit().forward, x=x**2 / 9, fixed={"params": ()}),
    case(Logit().inverse, z=x, fixed={"params": ()}),
    case(Log().forward, x=x**2, fixed={"params": ()}),
    case(Log().inverse, z=x, fixed={"params": ()}),
    case(Standardize, mean=(0.0, -1.0), std=(1.0, 0.5)),
    case(Standardize.of, x=x),
    case(Standardize((0.0, -1.0), (1.0, 0.5)).forward, x=x, fixed={"params": ()}),
    case(Standardize((0.0, -1.0), (1.0, 0.5)).inverse, z=x, fixed={"params": ()}),
    *layer(Conv1x1(), x),
    *layer(Conv1x1LU((1, 0), (1, -1)), x),
    *layer(AdditiveCoupling(MLP((4,))), x),
    *layer(AffineCoupling(MLP((4,))), x),
    *layer(Squeezed(AffineCoupling(ConvNet(4))), image),
    *layer(Split(AffineCoupling(MLP((4,)))), np.hstack([x, x])),
    case(dequantize, rng=rng, x=np.array([[0, 1]]), levels=2, dtype=float),
    case(bits_per_dim, [], (), log_prob=number, shape=(2,), levels=4),
    case(random_shift, rng=rng, x=image, pixels=1),
    case(real_nvp, [], (), 1.5, dim=2, couplings=1, hidden=(4,), bound=2.0),
    case(glow, 1.5, rng=rng, shape=(4, 4, 1), levels=1, steps=1, hidden=4, bound=2.0),
    case(claim, "a", 0, 1.5, statement="a", tol=1.0, of=1, fixed={"error": 0.5}),
    case(refute, "a", 1.5, statement="a", by=0.1, fixed={"error": 0.5}),
    case(check_bijection, 0, 1.5, round_trip=1.0, log_det=1.0, fixed=CHECKED),
    case(check_bijection, **CHECKED),
    case(residuals, **CHECKED),
    case(derivative, f=cube, x=number),
    case(jacobian, f=cube, x=x),
    case(log_abs_det_jacobian, f=cube, x=x),
    case(log_prob_1d, base=StandardNormal(), f=cube, x=number),
    case(log_prob, base=StandardNormal((2,)), f=cube, x=x),
    case(gauss_legendre, -1, 0, 1.5, True, low=-0.5, high=1.2, panels=2, order=2),
    case(integrate, -1, 0, 1.5, True, ActNorm, f=cube, low=-0.5, high=1.2, panels=2, order=2),
    case(integrate_2d, ActNorm, f=lambda x: x[:, 0], box=((0, 1), (0, 1)), panels=2, order=2),
    case(TwoPeaks, 1.5, weight=0.5, distance=1.0, left_std=1.0, right_std=1.0),
    case(Gumbel, 1.5, scale=1.0),
    case(TwoMoons, 1.5, noise=0.1),
    case(EightGaussians, 1.5, radius=1.0, noise=1.0),
    case(TwoMoons().sample, rng=rng, n=2),
    case(TwoMoons().log_prob, x=x),
]


@pytest.mark.parametrize(("function", "arguments", "fixed", "right"), CALLS)
def test_every_argument_is_refused_by_its_name(function, arguments, fixed, right):
    function(**fixed, **arguments)
    for name in arguments:
        for bad in (b for b in BAD if repr(b) not in right):
            with pytest.raises((TypeError, ValueError)) as error:
                function(**fixed, **arguments | {name: bad})
            assert re.search(rf"\b{name}\b", str(error.value)), f"{name}={bad!r}: {error.value}"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: StandardNormal(2), r"StandardNormal: shape must be \(\), \(D,\) or \(H, W, C\) of whole"),
        (lambda: StandardNormal((2, 3)), r"StandardNormal: shape must be .*, got \(2, 3\)"),
        (lambda: StandardNormal((4, 0, 1)), r"StandardNormal: shape\[1\] must be a whole number >= 1, got 0"),
        (lambda: StandardNormal((2,)).log_prob(number), r"expected shape \(N, 2\), got \(2,\)"),
        (lambda: StandardNormal().log_prob(x), r"expected shape \(N,\), got \(4, 2\)"),
        (lambda: StandardNormal().sample(rng, 3, int), "dtype must be float32 or float64, got <class 'int'>"),
        (lambda: dequantize(rng, [[1]], 2, dtype=int), "dtype must be float32 or float64, got <class 'int'>"),
        (lambda: bits_per_dim([1.0], (8, 8, 0), 2), r"shape\[2\] must be a whole number >= 1, got 0"),
        (lambda: bits_per_dim([1.0], (-8,), 2), r"shape\[0\] must be a whole number >= 1, got -8"),
        (lambda: bits_per_dim([1.0], (8, 0.5, 1), 2), r"shape\[1\] must be a whole number >= 1, got 0.5"),
        (lambda: random_shift(rng, x), r"x: expected shape \(N, H, W, C\), got \(4, 2\)"),
        (lambda: glow(rng, (0, 0, 1)), r"glow: shape\[0\] must be a whole number >= 1, got 0"),
        (lambda: glow(rng, (-8, 8, 1)), r"glow: shape\[0\] must be a whole number >= 1, got -8"),
        (
            lambda: glow(rng, (28, 28)),
            r"glow: shape must be \(H, W, C\) of whole numbers >= 1, got \(28, 28\)",
        ),
        (lambda: MLP((8.5,)), r"MLP: hidden\[0\] must be a whole number >= 1, got 8.5"),
        (lambda: AffineCoupling(bound="2"), "AffineCoupling: bound must be a finite number > 0, got '2'"),
        (
            lambda: AdditiveCoupling(MLP),
            "conditioner must be a conditioner, an object with init, apply, got <cl",
        ),
        (lambda: Permutation((0, 2)), r"expected a permutation of 0..C-1, got \(0, 2\)"),
        (lambda: Squeezed(None), "Squeezed: inner must be a bijection, .* init, forward, inverse, got None"),
        (lambda: Split(ActNorm), "Split: inner must be a bijection, an object with .*, got <class"),
        (lambda: real_nvp(1), r"dim must be at least 2, got 1; for numbers on the line see Eq. \(4.17\)"),
    ],
)
def test_in_which_words(call, message):
    with pytest.raises((TypeError, ValueError), match=message):
        call()


def test_numbers_of_other_kinds_become_plain_ones():
    """So equal layers have equal reprs, and nothing turns float32 into float64."""
    for layer, plain in [
        (MLP((np.int64(8), 4.0)), "MLP(hidden=(8, 4))"),
        (MLP([8]), "MLP(hidden=(8,))"),
        (ConvNet(np.float64(8)), "ConvNet(hidden=8)"),
        (StandardNormal([np.int64(2)]), "StandardNormal(shape=(2,))"),
        (AffineCoupling(MLP(()), np.float64(1)), "AffineCoupling(conditioner=MLP(hidden=()), bound=1.0)"),
        (Permutation(np.array([1.0, 0.0])), "Permutation(permutation=(1, 0))"),
        (Conv1x1LU([0, 1], np.array([1.0, -1.0])), "Conv1x1LU(permutation=(0, 1), signs=(1, -1))"),
    ]:
        assert repr(layer) == plain and hash(layer) is not None


@pytest.mark.parametrize("coupling", [AdditiveCoupling(), AffineCoupling()])
def test_couplings_start_from_whole_numbers_and_lists_too(coupling):
    for batch in (np.arange(6).reshape(3, 2), [[0, 1], [2, 3]]):
        assert coupling.init(rng, batch)[0]["W"].dtype == np.float64


def modules():
    """The modules at the top of the package, and its packages."""
    names = [info.name for info in pkgutil.iter_modules(nflow_ref.__path__)]
    return ["nflow_ref", *(f"nflow_ref.{name}" for name in names)]


@pytest.mark.parametrize("name", modules())
def test_a_star_brings_the_public_names_only(name):
    """`from nflow_ref.datasets import *` must not replace the reader's `np`."""
    names = {}
    exec(f"from {name} import *", names)
    del names["__builtins__"]
    module = importlib.import_module(name)
    assert names.keys() == set(module.__all__) and not any(n.startswith("_") for n in names)
    for key, thing in names.items():
        assert not isinstance(thing, types.ModuleType), key
        home = "nflow_ref" if name == "nflow_ref.course" else name  # one import for learners
        assert getattr(thing, "__module__", name).startswith(home), f"{key} is of {thing.__module__}"
