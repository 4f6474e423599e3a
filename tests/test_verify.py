import autograd.numpy as anp
import numpy as np
import pytest

from nflow_ref import ActNorm, check_bijection, claim, refute
from nflow_ref.verify import ClaimError, residuals

rng = np.random.default_rng(0)
x = rng.standard_normal((5, 2, 4, 3))
params = {
    "log_s": np.array([0.3, -0.7, 1.1]), "m": np.array([0.4, 2.0, -1.0]), "b": np.array([1.0, 0.5, -2.0])
}  # fmt: skip


def test_claim_prints_the_tolerance_and_not_the_residual(capsys):
    claim("mass is 1", [1e-13, -3e-13], tol=1e-12)
    out = capsys.readouterr().out
    assert out.startswith("OK  mass is 1 ") and out.endswith("error < 1e-12\n") and "3" not in out


def test_claim_names_what_it_judges(capsys):
    claim("the flow", 2.41, tol=2.65, what="bits/dim")
    assert capsys.readouterr().out.endswith("bits/dim < 2.65\n")
    with pytest.raises(ClaimError, match=r"not so: the flow: bits/dim 2.7, allowed 2.65"):
        claim("the flow", 2.7, tol=2.65, what="bits/dim")


def test_a_tolerance_of_zero_asks_for_equality(capsys):
    claim("equal", 0.0, tol=0)
    assert capsys.readouterr().out.split() == ["OK", "equal", "exact"]
    with pytest.raises(ClaimError):
        claim("equal", 5e-324, tol=0)


@pytest.mark.parametrize("error", [2e-12, -2e-12, [0.0, 1.0], np.nan, [0.0, np.nan], np.inf])
def test_claim_raises(error, capsys):
    with pytest.raises(ClaimError, match="not so: mass is 1: error .*, allowed 1e-12"):
        claim("mass is 1", error, tol=1e-12)
    assert capsys.readouterr().out == ""


def test_refute_prints_and_raises(capsys):
    refute("no Jacobian", [0.0, -0.5], by=0.3)
    assert capsys.readouterr().out.startswith("NO  no Jacobian ")
    for error in ([0.1, 0.2], np.nan):
        with pytest.raises(ClaimError, match="not refuted: no Jacobian"):
            refute("no Jacobian", error, by=0.3)


def test_nothing_to_judge_is_no_proof():
    for judge in (lambda e: claim("a", e, 1.0), lambda e: refute("a", e, 1.0)):
        with pytest.raises(ValueError, match="at least one number"):
            judge([])


def test_check_bijection_prints_every_promise(capsys):
    check_bijection(ActNorm(), params, x)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5 and all(line.startswith("OK  ActNorm: ") for line in lines)


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
    with pytest.raises(ClaimError, match="log-det: error"):
        check_bijection(Leaks(log_det=lambda x: 1e-9), params, x)
    with pytest.raises(ClaimError, match="round trip: error"):
        check_bijection(Leaks(z=lambda x: 1e-9), params, x)


def test_float32_is_tried_too():
    class Upcasts(ActNorm):
        def forward(self, params, x):
            z, log_det = super().forward(params, x)
            return z, log_det + np.zeros(len(x))

    with pytest.raises(ClaimError, match="log_det should have shape .* and dtype float32, got .* float64"):
        residuals(Upcasts(), params, x)
