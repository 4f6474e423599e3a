import math

import autograd.numpy as anp
import numpy as np
import pytest
from table import case

from nflow_ref import ActNorm, Permutation, check_bijection, fit, real_nvp, tree_map
from nflow_ref.claims import ClaimError
from nflow_ref.datasets import TwoMoons
from nflow_ref.verify import _errors_and_sizes, _size, residuals

rng = np.random.default_rng(0)
x = rng.standard_normal((5, 2, 4, 3))
params = {
    "log_s": np.array([0.3, -0.7, 1.1]), "m": np.array([0.4, 2.0, -1.0]), "b": np.array([1.0, 0.5, -2.0])
}  # fmt: skip


def test_check_bijection_prints_every_promise(capsys):
    check_bijection(ActNorm(), params, x)
    line, *single = capsys.readouterr().out.splitlines()
    assert line.startswith("OK  ActNorm: a bijection, and its log-det   ")
    assert len(single) == 5 and all(line.startswith("    OK  ") for line in single)


@pytest.mark.parametrize("bad", [np.inf, np.nan, -1e-12, None, "1e-12", True, [1.0]])
def test_a_tolerance_that_is_none(bad, capsys):
    with pytest.raises((ValueError, TypeError), match="round_trip must be a finite number >= 0, got"):
        check_bijection(ActNorm(), params, x, bad)
    assert capsys.readouterr().out == ""


class Wrong(ActNorm):
    """ActNorm with one thing wrong at a time."""

    def __init__(self, what):
        object.__setattr__(self, "what", what)

    def forward(self, params, x):
        z, log_det = super().forward(params, x)
        if self.what == "log-det without H·W":
            log_det = log_det / 8
        if self.what == "log-det summed":
            log_det = log_det.sum()
        if self.what == "log-det broadcast":
            log_det = log_det[:, None]
        if self.what == "sign":
            log_det = -log_det
        if self.what == "batch":
            log_det = log_det + 0.01 * len(x)
        if self.what == "dtype":
            z = z.astype(np.float32)
        return z, log_det

    def inverse(self, params, z):
        x = super().inverse(params, z)
        return x + 1e-9 if self.what == "inverse" else x


@pytest.mark.parametrize(
    "what",
    ["log-det without H·W", "log-det summed", "log-det broadcast", "sign", "batch", "dtype", "inverse"],
)
def test_check_bijection_finds_what_is_wrong(what):
    with pytest.raises(ClaimError):
        check_bijection(Wrong(what), params, x)


@pytest.mark.parametrize(
    ("what", "found"),
    [
        ("sign", "log-det"),
        ("sign", "log-det of the inverse"),
        ("log-det without H·W", "log-det"),
        ("inverse", "round trip"),
        ("inverse", "round trip from z"),
        ("batch", "one by one"),
    ],
)
def test_residuals_say_what_is_wrong(what, found):
    assert residuals(Wrong(what), params, x)[found] > 5e-10
    assert residuals(ActNorm(), params, x)[found] < 1e-12


def test_an_inverse_with_another_slope_is_found():
    """Right at the two points of the round trips, wrong around them: only its Jacobian tells."""

    class Kinked(ActNorm):
        def inverse(self, params, z):
            x = super().inverse(params, z)
            return x + 1e-13 * anp.sin(1e9 * x)

    assert residuals(Kinked(), params, x)["log-det of the inverse"] > 1e-6


def test_an_example_that_depends_on_its_neighbours_is_found():
    class BatchNorm(ActNorm):
        def forward(self, params, x):
            z, log_det = super().forward(params, x)
            return z - z.mean(axis=0), log_det

    assert residuals(BatchNorm(), params, x)["one by one"] > 0.1


class Leaks(ActNorm):
    """ActNorm, plus something of the batch around an example, in z or in the log-det."""

    def __init__(self, z=lambda x: 0 * x, log_det=lambda x: 0):
        object.__setattr__(self, "leak", (z, log_det))

    def forward(self, params, x):
        z, log_det = super().forward(params, x)
        return z + self.leak[0](x), log_det + self.leak[1](x)


@pytest.mark.parametrize(
    "leak",
    [
        {"z": lambda x: -0.1 * (len(x) > 1)},
        {"z": lambda x: 0.1 * anp.concatenate([x[1:], x[:1]])},
        {"z": lambda x: 0.1 * anp.concatenate([x[1:], 0 * x[:1]])},
        {"log_det": lambda x: -0.1 * (len(x) > 1)},
        {"log_det": lambda x: 0.1 * (len(x) == 1)},
    ],
)
def test_examples_are_tried_one_by_one(leak):
    assert residuals(Leaks(**leak), params, x)["one by one"] > 0.01


def test_default_tolerances_are_strict():
    with pytest.raises(ClaimError, match="not so: Leaks: a bijection, .*: log-det: 1e-09 > 1e-11"):
        check_bijection(Leaks(log_det=lambda x: 1e-9), params, x)
    with pytest.raises(ClaimError, match="round trip: .* > 1e-12"):
        check_bijection(Leaks(z=lambda x: 1e-9), params, x)


def test_float32_is_tried_too():
    class Upcasts(ActNorm):
        def forward(self, params, x):
            z, log_det = super().forward(params, x)
            return z, log_det + np.zeros(len(x))

    with pytest.raises(ClaimError, match="log_det should have shape .* and dtype float32, got .* float64"):
        residuals(Upcasts(), params, x)


def test_what_turns_float32_into_float64_is_said():
    class Halves:
        def __init__(self, log_2):
            self.log_2 = log_2

        def forward(self, params, x):
            return x / 2 + params["b"], -x.shape[1] * self.log_2 * np.ones_like(x[:, 0])

        def inverse(self, params, z):
            return 2 * (z - params["b"])

    b, vectors = {"b": np.ones(1)}, x.reshape(-1, 3)
    for dtype in (np.float64, np.float32):
        moved = tree_map(lambda a, dtype=dtype: a.astype(dtype), (b, vectors))
        with pytest.raises(ClaimError, match=r"log_det .* a scalar such as np.log\(2\): write math.log"):
            residuals(Halves(np.log(2)), *moved)
        check_bijection(Halves(float(np.log(2))), *moved)
    with pytest.raises(ClaimError, match="z .* dtype float32, got .* float64; it came with params, or"):
        residuals(Halves(math.log(2)), b, np.float32(vectors))
    with pytest.raises(ClaimError, match=r"log_det should have shape \(40,\) .*got \(\), float64"):
        residuals(type("Scalar", (Halves,), {"forward": lambda self, p, x: (x, 0.0)})(1), b, vectors)


@pytest.mark.parametrize("bad", [None, ActNorm, "ActNorm", [ActNorm()]])
def test_what_is_no_bijection(bad):
    for call in (check_bijection, residuals):
        with pytest.raises(
            TypeError, match="the bijection must be one, an object with forward, inverse, got"
        ):
            call(bad, params, x)


# Data as people have them: (offset, scale). In float32 those of the last two are all the same number.
ELSEWHERE = [(0, 1), (0, 1e4), (0, 1e-6), (1e4, 1), (1e6, 1), (1, 1e-6)]


def elsewhere(offset, scale, dtype):
    """Eight moons, and the parameters of a flow that was trained on more of them, a little."""
    rng = np.random.default_rng(0)
    data = (offset + scale * TwoMoons().sample(rng, 500)).astype(dtype)
    flow = real_nvp(2, couplings=3, hidden=(16,))
    params, _ = fit(flow, flow.init(rng, data), data, rng=rng, steps=30, batch_size=100, progress=False)
    return flow.bijection, params, data[:8]


@pytest.mark.parametrize(
    ("offset", "scale", "dtype"),
    [(*place, np.float64) for place in ELSEWHERE] + [(*place, np.float32) for place in ELSEWHERE[:4]],
)
def test_correct_flows_are_right_at_every_scale(offset, scale, dtype, capsys):
    check_bijection(*elsewhere(offset, scale, dtype))
    line, *single = capsys.readouterr().out.splitlines()
    assert len(single) == 5 and ("float32" in line) == (dtype == np.float32)
    assert all(("≈" in case) == (dtype == np.float32) for case in single)
    size = 10.0 ** np.trunc(np.log10(max(offset, scale)))
    allowed = "0.0005369" if dtype == np.float32 else "1e-12"
    if size >= 1:
        assert single[0].endswith(f" ≤ {allowed}" + (f" · {size:.3g}" if size > 1 else ""))


class Slightly:
    """A bijection with one thing wrong by a millionth part, or in float32 by a hundredth."""

    def __init__(self, right, what, part):
        self.right, self.what, self.part = right, what, part

    def forward(self, params, x):
        z, log_det = self.right.forward(params, x)
        if self.what == "log-det":
            log_det = log_det + self.part * np.maximum(1, abs(log_det))
        if self.what == "one by one":
            z = z * (1 + self.part * (len(x) == 1))
        return z, log_det.astype(x.dtype)

    def inverse(self, params, z):
        x = self.right.inverse(params, z)
        return x * (1 + self.part) if self.what == "inverse" else x


@pytest.mark.parametrize(("offset", "scale"), ELSEWHERE)
@pytest.mark.parametrize("what", ["log-det", "inverse", "one by one"])
def test_small_mistakes_are_found_at_every_scale(offset, scale, what):
    flow, params, data = elsewhere(offset, scale, np.float64)
    with pytest.raises(ClaimError, match="round trip: " if what == "inverse" else f"{what}: "):
        check_bijection(Slightly(flow, what, 1e-6), params, data)


@pytest.mark.parametrize("what", ["log-det", "inverse", "one by one"])
def test_mistakes_are_found_in_float32(what):
    flow, params, data = elsewhere(0, 1e4, np.float32)
    with pytest.raises(ClaimError, match=r"not so: Slightly in float32: .*: .* > 0.00"):
        check_bijection(Slightly(flow, what, 1e-2), params, data)


def test_a_flow_far_from_its_data_is_still_right():
    """There its Jacobian is so sheared that autodiff's determinant loses digits: no fault of the flow."""
    flow, params, data = case("RealNVP of 8 couplings", (5,), 7, seed=111)
    assert residuals(flow, params, 100 * data)["log-det"] > 1e-9
    check_bijection(flow, params, 100 * data)
    with pytest.raises(ClaimError, match=r"log-det: .* > 1e-11 · 1e\+04"):
        check_bijection(Slightly(flow, "log-det", 1e-6), params, 100 * data)


def test_what_rounding_destroys_is_not_called_right():
    flow, params, data = case("Glow of 2 levels x 4 steps", (4, 8, 1), 7, np.float32)
    with pytest.raises(ClaimError, match="round trip"):
        check_bijection(flow, params, 1000 * data)


def test_one_by_one_allows_for_rounding():
    """Alone, an example may be computed in another order: matrix products often are."""

    class Tenth:
        def forward(self, params, x):
            return x / 10 if len(x) == 1 else x * 0.1, np.full(len(x), -3 * math.log(10))

        def inverse(self, params, z):
            return 10 * z

    large = 1e8 * x.reshape(-1, 3)
    assert residuals(Tenth(), (), large)["one by one"] > 1e-9
    check_bijection(Tenth(), (), large)


def test_zeros_have_the_size_of_what_they_become():
    flow, params, data = elsewhere(0, 1, np.float64)
    check_bijection(flow, params, 0 * data)
    check_bijection(flow, params, data * [1, 0])


def test_each_channel_is_judged_by_its_own_size(capsys):
    """A year, 2007, beside a length of a few metres: an error of the length is not measured by the year."""

    class Sloppy(Permutation):
        def inverse(self, params, z):
            return super().inverse(params, z) + np.array([1e-11, 0.0])

    data = np.array([[1.9, 2007.0], [2.1, 2008.0], [1.7, 2009.0]])
    check_bijection(Permutation((1, 0)), (), data)
    assert "≤ 1e-12 · 1e+03" in capsys.readouterr().out
    with pytest.raises(ClaimError, match="round trip: 1e-08 > 1e-12 · 1e"):
        check_bijection(Sloppy((1, 0)), (), data)


def test_size_is_that_of_a_channel_and_what_moves_it():
    """Of negative numbers the absolute value counts; of what moves them, at most 1e4 times the largest."""
    a, b = np.array([[-2.0, -1.0], [-3.0, -0.5]]), np.ones((2, 2))
    still, wild = np.zeros((2, 2, 2)), np.full((2, 2, 2), 1e9)
    assert _size(a, still, b).tolist() == [3, 1]
    assert _size(a, wild, b).tolist() == [3e4, 3e4]
    assert _size(0 * a, wild, b).tolist() == [1e4, 1e4]
    assert _size(a, -0.5 * np.eye(2) + still, 8 * b).tolist() == [4, 4]


def test_what_is_exact_may_be_asked_to_be(capsys):
    turn = Permutation((2, 0, 1))
    check_bijection(turn, (), np.random.default_rng(0).standard_normal((4, 3)), round_trip=0, log_det=0)
    assert capsys.readouterr().out.count("exact") == 6


class Linear:
    """z = A x for vectors."""

    def __init__(self, A):
        self.A = np.array(A, float)

    def forward(self, params, x):
        return anp.dot(x, self.A.T), np.full(len(x), np.linalg.slogdet(self.A)[1])

    def inverse(self, params, z):
        return anp.dot(z, np.linalg.inv(self.A).T)


class Cube:
    """z = x³ for positive numbers."""

    def forward(self, params, x):
        return x**3, anp.sum(anp.log(3 * x**2), axis=1)

    def inverse(self, params, z):
        return z ** (1 / 3)


def test_sizes_of_log_dets():
    """At least 1; the largest of the batch; and what rounding in a sheared Jacobian can do, up to 1e4."""

    def sizes(bijection, x):
        return {name: size for name, (_, size) in _errors_and_sizes(bijection, (), np.array(x)).items()}

    points = [[0.3, -0.2], [0.1, 0.4]]
    assert sizes(Linear(np.eye(2)), points)["log-det"] == 1
    small = sizes(Linear(1e-3 * np.eye(2)), points)["log-det"]
    assert small == pytest.approx(2 * np.log(1e3))
    sheared = sizes(Linear([[10, -9], [-9, 8]]), points)["log-det of the inverse"]
    assert sheared == pytest.approx((80 + 81 + 81 + 80) / 2)
    assert sizes(Linear([[100, -99], [-99, 98]]), points)["log-det"] == 1e4
    growing = sizes(Cube(), [[0.6, 0.6], [7.0, 3.0]])
    assert growing["log-det"] == pytest.approx(np.log(147) + np.log(27))
    assert growing["one by one"] == pytest.approx(3 * 7**3)  # J x = 3 z, of the larger channel


def test_mistakes_are_found_on_either_side():
    class OneOfAll(Slightly):
        def forward(self, params, x):
            z, log_det = self.right.forward(params, x)
            return z, log_det + (self.part * (np.arange(len(x)) == 0)).astype(x.dtype)

    flow, params, data = elsewhere(0, 1, np.float64)
    for by in (1e-6, -1e-6):
        with pytest.raises(ClaimError, match=": log-det: "):
            check_bijection(OneOfAll(flow, "log-det", by), params, data)
    for by in (1e-6, -1e-6):
        with pytest.raises(ClaimError, match=": log-det: "):
            check_bijection(Slightly(flow, "log-det", by), params, data)
