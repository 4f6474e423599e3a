import contextlib
import inspect
import math
import os
import subprocess
import sys
import textwrap
from types import SimpleNamespace

import autograd.numpy as anp
import numpy as np
import pytest

from nflow_ref import (
    ActNorm,
    Adam,
    AffineCoupling,
    Chain,
    Flow,
    StandardNormal,
    TrainingDiverged,
    dequantize,
    fit,
    mean_nll,
    real_nvp,
    training,
)
from nflow_ref.objectives import FlatObjective, Objective
from nflow_ref.parameters import leaves

rng = np.random.default_rng(0)
affine = Flow(StandardNormal((2,)), ActNorm())
data = [3.0, -1.0] + rng.standard_normal((600, 2)) * [0.5, 4.0]
START = {"log_s": np.zeros(2), "m": np.zeros(2), "b": np.zeros(2)}


def test_adam_by_hand():
    """Two steps of algorithm 1, written out."""
    p, g1, g2 = np.array([1.0, -2.0]), np.array([0.5, -3.0]), np.array([-1.0, 0.1])
    adam = Adam({"p": p})
    once = adam.update({"p": p}, {"p": g1}, 0.1)["p"]
    np.testing.assert_allclose(once, p - 0.1 * np.sign(g1), rtol=1e-7)
    twice = adam.update({"p": once}, {"p": g2}, 0.1)["p"]
    m = (0.9 * 0.1 * g1 + 0.1 * g2) / (1 - 0.9**2)
    v = (0.999 * 0.001 * g1**2 + 0.001 * g2**2) / (1 - 0.999**2)
    np.testing.assert_allclose(twice, once - 0.1 * m / (np.sqrt(v) + 1e-8), rtol=1e-12)


def test_adam_of_a_single_number():
    """Protects parameters without an axis: what NumPy makes of them is a number, and cannot be written to."""
    adam, p = Adam(np.array(2.0)), np.array(2.0)
    for k in (1, 2, 3):
        p = adam.update(p, np.array(-5.0), 0.1)
        assert p == pytest.approx(2 + 0.1 * k, rel=1e-8)


def test_fit_finds_the_maximum_likelihood_estimate():
    """For an affine flow it is known: s = 1/σ and b = -μ/σ with the sample's mean and standard deviation."""
    params, history = fit(
        affine, START, data, rng=np.random.default_rng(1), steps=4000, batch_size=600,
        step_size=lambda u: 0.05 * (1 - u) + 1e-5, progress=False,
    )  # fmt: skip
    np.testing.assert_allclose(np.exp(-params["log_s"]), data.std(axis=0), rtol=1e-3)
    np.testing.assert_allclose(-params["b"] * np.exp(-params["log_s"]), data.mean(axis=0), rtol=2e-3)
    entropy = math.log(2 * math.pi * math.e) + np.log(data.std(axis=0)).sum()
    assert mean_nll(affine, params, data) == pytest.approx(entropy, abs=1e-5)
    assert len(history["loss"]) == 4000 and history["valid_loss"] == []


def test_mean_nll_is_the_mean_over_all_chunks():
    expected = -affine.log_prob(START, data).mean()
    for chunk in (7, 600, 1000):
        assert mean_nll(affine, START, data, chunk) == pytest.approx(expected, rel=1e-13)
    single = data.astype(np.float32)
    expected = -affine.log_prob(START, single).mean(dtype=np.float64)
    assert mean_nll(affine, START, single, 600) == pytest.approx(expected, rel=1e-13)


def test_the_best_parameters_by_validation_are_kept():
    """Six examples are overfitted at once: what is returned is the best moment, not the last one."""
    flow = real_nvp(2, couplings=2, hidden=(32,))
    few, valid = data[:6], data[300:]
    start = flow.init(np.random.default_rng(0), few)
    params, history = fit(
        flow, start, few, rng=np.random.default_rng(2), steps=300, batch_size=6, step_size=1e-2,
        x_valid=valid, valid_every=10, progress=False,
    )  # fmt: skip
    best = min(history["valid_loss"])
    assert mean_nll(flow, params, valid) == pytest.approx(best, rel=1e-12)
    assert history["valid_loss"][-1] > best + 1
    assert history["valid_step"] == list(range(0, 301, 10))


def test_same_seed_same_result_and_arguments_are_left_alone():
    before = {k: v.copy() for k, v in START.items()}
    runs = [
        fit(affine, START, data, rng=np.random.default_rng(3), steps=20, progress=False)[0] for _ in (1, 2)
    ]
    assert all((runs[0][k] == runs[1][k]).all() and (START[k] == before[k]).all() for k in START)


def test_each_pass_sees_every_example_once_in_a_new_order():
    seen = []

    def spy(rng, batch):
        seen.append(batch)
        return batch

    small = np.arange(24.0).reshape(12, 2)
    fit(affine, START, small, rng=rng, steps=6, batch_size=4, augment=spy, progress=False)
    first, second = np.concatenate(seen[:3]), np.concatenate(seen[3:])
    assert sorted(first[:, 0]) == sorted(second[:, 0]) == small[:, 0].tolist()
    assert (first != second).any()
    seen.clear()
    fit(affine, START, small[:11], rng=rng, steps=4, batch_size=4, augment=spy, progress=False)
    assert [len(batch) for batch in seen] == [4] * 4  # what is left over, 3, is no batch


def test_whole_numbers_with_dequantization_and_float32():
    images = rng.integers(0, 4, (100, 2))
    flow = Flow(StandardNormal((2,)), Chain(ActNorm(), AffineCoupling()))
    params = flow.init(rng, dequantize(rng, images, 4, np.float32))
    params, history = fit(
        flow, params, images, rng=rng, steps=5, batch_size=50, progress=False,
        augment=lambda rng, x: dequantize(rng, x, 4, np.float32),
    )  # fmt: skip
    assert {p.dtype for _, p in leaves(params)} == {np.dtype(np.float32)}
    assert len(history["loss"]) == 5


@pytest.mark.parametrize("with_validation", [False, True])
def test_divergence_stops_at_once_and_keeps_the_last_good_parameters(with_validation):
    narrow = 1e-2 * data
    with pytest.raises(
        TrainingDiverged, match=r"fit: stopped at step \d+ of 50: .*Try a smaller step_size"
    ) as caught:
        fit(
            affine, START, narrow, rng=rng, steps=50, step_size=400.0, progress=False,
            x_valid=narrow if with_validation else None, valid_every=1,
        )  # fmt: skip
    error = caught.value
    assert all(np.isfinite(p).all() for _, p in leaves(error.params))
    assert np.isfinite(mean_nll(affine, error.params, narrow))
    assert np.isfinite(error.history["loss"]).all() and len(error.history["loss"]) < 50


def test_a_loss_that_is_nan_and_a_gradient_that_is_infinite_are_noticed():
    import autograd.numpy as anp

    class Broken(Flow):
        def log_prob(self, params, x):
            return super().log_prob(params, x) + self.spoil(params)

    class NanLoss(Broken):
        def spoil(self, params):
            return anp.sum(params["b"]) * np.nan

    class InfiniteGradient(Broken):
        def spoil(self, params):
            return anp.sqrt(anp.abs(anp.sum(params["b"]) * 0))

    for flow, words in [
        (NanLoss, "the loss is not finite"),
        (InfiniteGradient, r"the gradient of params\['b'\]"),
    ]:
        with pytest.raises(TrainingDiverged, match=f"stopped at step 0 of 10: {words}") as caught:
            fit(flow(affine.base, affine.bijection), START, data, rng=rng, steps=10, progress=False)
        assert caught.value.params is START


def test_bar_on_standard_output(capsys, monkeypatch):
    monkeypatch.delenv("TQDM_DISABLE", raising=False)
    for name in [name for name in sys.modules if name.partition(".")[0] == "tqdm"]:
        monkeypatch.delitem(sys.modules, name)  # it looks at the environment when it is imported
    fit(affine, START, data, rng=rng, steps=3)
    out = capsys.readouterr().out
    assert "3/3" in out and "nats" in out and "step/s" in out
    fit(affine, START, data, rng=rng, steps=3, progress=False)
    assert capsys.readouterr().out == ""


def test_without_tqdm(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "tqdm", None)
    _, history = fit(affine, START, data, rng=rng, steps=3)
    assert len(history["loss"]) == 3


@pytest.mark.parametrize(
    "change, words",
    [
        ({"batch_size": 601}, "batch_size is 601, but x_train has only 600 examples"),
        ({"batch_size": 0}, "batch_size must be a whole number >= 1, got 0"),
        ({"steps": 0}, "steps must be a whole number >= 1"),
        ({"step_size": -1e-3}, "step_size must be a finite number > 0"),
        ({"step_size": 0.0}, "step_size must be a finite number > 0"),
        ({"step_size": lambda u: 1e-3 - u}, r"step_size\(0.5\) must be a finite number >= 0, got -0.499"),
        (
            {"step_size": lambda u: np.nan if u else 1},
            r"step_size\(0.5\) must be a finite number >= 0, got nan",
        ),
        ({"valid_every": 0}, "valid_every must be a whole number >= 1, got 0"),
        ({"patience": 0, "x_valid": data}, "patience must be a whole number >= 1"),
        ({"patience": 3}, "x_valid must be given if patience is, got None"),
        ({"params": {**START, "log_s": np.array([0, np.nan])}}, r"fit: params\['log_s'\]: 1 of 2"),
        ({"valid_every": -1}, "valid_every must be a whole number >= 1"),
        ({"x_valid": data[:, :1]}, r"x_valid must be examples of shape \(2,\), as x_train, got \(1,\)"),
        ({"x_valid": data[:0]}, "fit: x_valid: the batch is empty"),
        ({"x_train": data * np.nan}, "fit: x_train: 1200 of 1200 numbers are not finite"),
        ({"x_train": data[:, None]}, "fit: x_train: expected shape"),
        ({"params": {"log_s": np.zeros(2)}}, r"params must have the keys \['log_s', 'm', 'b'\]"),
    ],
)
def test_bad_arguments_are_refused_before_anything_is_trained(change, words):
    arguments = {"params": START, "x_train": data, "rng": rng, "steps": 2, "progress": False} | change
    with pytest.raises(ValueError, match=words):
        fit(affine, **arguments)


def test_step_size_may_depend_on_the_fraction_done():
    seen = []

    def step_size(fraction):
        seen.append(fraction)
        return 1e-3

    flow = Flow(StandardNormal((2,)), ActNorm())
    x = rng.standard_normal((8, 2))
    fit(flow, flow.init(rng, x), x, rng=rng, steps=4, batch_size=4, step_size=step_size, progress=False)
    assert seen[-4:] == [0, 0.25, 0.5, 0.75]


def test_defaults_are_those_of_the_documentation():
    defaults = {name: p.default for name, p in inspect.signature(fit).parameters.items()}
    expected = {"steps": 1000, "batch_size": 128, "step_size": 1e-3, "progress": True}
    assert {name: defaults[name] for name in expected} == expected
    assert inspect.signature(mean_nll).parameters["chunk"].default == 1024


@pytest.mark.parametrize("steps, expected", [(3, [0, 1, 2, 3]), (61, [*range(0, 61, 3), 61])])
def test_validation_20_times_by_default_and_the_best_is_returned(steps, expected):
    flow = Flow(StandardNormal((2,)), ActNorm())
    params, history = fit(
        flow, START, data, rng=rng, steps=steps, step_size=0.3, x_valid=data[:50], progress=False
    )
    assert history["valid_step"] == expected
    assert mean_nll(flow, params, data[:50]) == pytest.approx(min(history["valid_loss"]), rel=1e-12)
    assert min(history["valid_loss"]) < history["valid_loss"][0]


class Scaled:
    """z = e^a x, for data of any shape, with a layer's least: one number to learn."""

    def init(self, rng, x):
        return {"a": np.zeros(1)}

    def forward(self, params, x):
        log_det = params["a"] * np.full(len(x), x[0].size if x.ndim > 1 else 1.0)
        return anp.exp(params["a"][0]) * x, log_det

    def inverse(self, params, z):
        return anp.exp(-params["a"][0]) * z


@pytest.mark.parametrize("event", [(), (3,), (2, 4, 1)])
def test_data_of_every_shape(event):
    flow, x = Flow(StandardNormal(event), Scaled()), 3 * rng.standard_normal((40, *event))
    start = {"a": np.zeros(1)}
    params, _ = fit(
        flow, start, x, rng=rng, steps=60, batch_size=20, step_size=0.1, x_valid=x[:9], progress=False
    )
    assert params["a"][0] < -0.5
    with pytest.raises(ValueError, match="fit: x_train: expected shape"):
        fit(flow, start, np.zeros((4, 2, 2)), rng=rng, progress=False)
    with pytest.raises(ValueError, match="fit: x_valid: expected shape"):
        fit(flow, start, x, rng=rng, batch_size=4, x_valid=np.zeros((4, 2, 2)), progress=False)


def test_what_can_be_fused_is_trained_by_hand_and_the_rest_by_autograd(monkeypatch):
    calls = []
    for kind in (FlatObjective, Objective):
        original = kind.__call__
        monkeypatch.setattr(
            kind, "__call__", lambda self, p, x, f=original, k=kind: calls.append(k) or f(self, p, x)
        )
    own = Flow(StandardNormal((2,)), Scaled())
    mixed = {"log_s": np.zeros(2, np.float32), "m": np.zeros(2), "b": np.zeros(2)}
    for flow, params, kind in [
        (affine, START, FlatObjective), (affine, mixed, Objective), (own, {"a": np.zeros(1)}, FlatObjective),
    ]:  # fmt: skip
        assert FlatObjective.serves(flow, params) is (kind is FlatObjective)
        fit(flow, params, data, rng=rng, steps=2, progress=False)
        assert set(calls) == {kind}
        calls.clear()


def test_a_schedule_may_start_at_0():
    """A linear warm-up does; and nothing has moved after its first step."""
    options = {"rng": np.random.default_rng(1), "batch_size": 600, "progress": False}
    schedule = {"step_size": lambda u: 1e-2 * min(1, u / 0.5)}
    once, _ = fit(affine, START, data, steps=1, **schedule, **options)
    assert all((once[k] == START[k]).all() for k in START)
    _, history = fit(affine, START, data, steps=20, **schedule, **options)
    assert history["loss"][-1] < history["loss"][0] and history["stopped"] is None


@pytest.mark.parametrize("x_valid", [None, data[300:]])
@pytest.mark.parametrize("where", ["augment", "objective", "update", "between"])
def test_an_interrupt_returns_what_was_reached(where, x_valid, monkeypatch, capsys):
    """At the 8th step, in the middle of it: the result is that of the steps before."""
    calls = []

    def interrupted(function):
        def instead(*args):
            calls.append(args)
            if len(calls) == 8:
                raise KeyboardInterrupt
            return function(*args)

        return instead

    options = {"batch_size": 600, "step_size": 0.05, "valid_every": 2, "progress": False}
    expected, _ = fit(affine, START, data, rng=np.random.default_rng(1), steps=7, x_valid=x_valid, **options)
    if where == "augment":
        options["augment"] = interrupted(lambda rng, x: x)
    elif where == "objective":
        monkeypatch.setattr(FlatObjective, "__call__", interrupted(FlatObjective.__call__))
    elif where == "update":
        monkeypatch.setattr(Adam, "update", interrupted(Adam.update))
    else:
        counted = interrupted(lambda: None)
        monkeypatch.setattr(training, "_all_finite", lambda *_: counted())
    params, history = fit(
        affine, START, data, rng=np.random.default_rng(1), steps=100, x_valid=x_valid, **options
    )
    assert history["stopped"] == "at step 7 of 100, interrupted"
    what = "what it had reached" if x_valid is None else "the best by validation"
    assert f"fit: stopped at step 7 of 100, interrupted. Returned: {what}." in capsys.readouterr().out
    assert len(history["loss"]) == 7
    if x_valid is None:
        assert all((params[k] == expected[k]).all() for k in START)
    else:
        assert history["valid_step"] == [0, 2, 4, 6]
        assert mean_nll(affine, params, x_valid) == min(history["valid_loss"]) == history["valid_loss"][-1]


def test_an_interrupt_of_the_validation(monkeypatch, capsys):
    """The third one, after four steps, is interrupted: the best of the two before is returned."""
    calls = []

    def score(*args):
        calls.append(args)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return mean_nll(*args)

    monkeypatch.setattr(training, "mean_nll", score)
    params, history = fit(
        affine, START, data, rng=np.random.default_rng(1), x_valid=data[:50], valid_every=2, progress=False
    )
    assert history["stopped"] == "at step 4 of 1000, interrupted" and history["valid_step"] == [0, 2]
    assert mean_nll(affine, params, data[:50]) == history["valid_loss"][1] < history["valid_loss"][0]
    assert "Returned: the best by validation." in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_in_a_process_of_its_own():
    """The real signal, wherever it hits: the parameters are those after as many steps as are said."""
    code = """
        import os, signal, threading, numpy as np
        from nflow_ref import fit, real_nvp
        from nflow_ref.parameters import leaves

        signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
        x = np.random.default_rng(0).standard_normal((500, 2))
        flow = real_nvp(2, couplings=2, hidden=(8,))
        params = flow.init(np.random.default_rng(1), x)

        def train(steps):
            return fit(flow, params, x, rng=np.random.default_rng(2), steps=steps)

        for seconds in (0.3, 0.41, 0.52):
            threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGINT)).start()
            got, history = train(10**9)
            steps = len(history["loss"])
            same = [(a == b).all() for (_, a), (_, b) in zip(leaves(got), leaves(train(steps)[0]))]
            print(all(same), history["stopped"] == f"at step {steps} of 1000000000, interrupted")
    """
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, timeout=120
    )
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert lines.count("True True") == 3, run.stdout
    assert sum(line.endswith("interrupted. Returned: what it had reached.") for line in lines) == 3


def test_an_interrupt_before_the_first_step_returns_the_start(monkeypatch):
    def interrupt(rng, batch):
        raise KeyboardInterrupt

    params, history = fit(affine, START, data, rng=rng, augment=interrupt, progress=False)
    assert all((params[k] == START[k]).all() for k in START) and history["loss"] == []


def test_patience_stops_when_validation_finds_nothing_better(capsys):
    flow = real_nvp(2, couplings=2, hidden=(32,))
    few, valid = data[:6], data[300:]
    start = flow.init(np.random.default_rng(0), few)
    params, history = fit(
        flow, start, few, rng=np.random.default_rng(2), steps=300, batch_size=6, step_size=1e-2,
        x_valid=valid, valid_every=10, patience=3, progress=False,
    )  # fmt: skip
    best = int(np.argmin(history["valid_loss"]))
    assert len(history["valid_loss"]) == best + 4 < 30
    last = history["valid_step"][-1]
    assert history["stopped"] == f"at step {last} of 300, 3 validations after the best"
    assert len(history["loss"]) == last
    assert mean_nll(flow, params, valid) == pytest.approx(min(history["valid_loss"]), rel=1e-12)
    assert "Returned: the best by validation." in capsys.readouterr().out


def test_patience_waits_while_validation_gets_better():
    _, history = fit(
        affine, START, data, rng=rng, steps=20, step_size=1e-3, x_valid=data, valid_every=2, patience=2,
        progress=False,
    )  # fmt: skip
    losses = history["valid_loss"]
    assert losses == sorted(losses, reverse=True) and len(losses) == 11 and history["stopped"] is None


def test_patience_at_the_very_end_stops_nothing(capsys):
    _, history = fit(
        affine, START, data, rng=rng, steps=4, step_size=1e-300, x_valid=data, valid_every=2, patience=2,
        progress=False,
    )  # fmt: skip
    assert history["valid_step"] == [0, 2, 4] and history["stopped"] is None
    assert capsys.readouterr().out == ""


def test_a_loss_that_has_become_absurd_is_said(capsys):
    """A step size of 3 leads far away, and nothing is NaN. Where training goes well, nothing is printed."""
    flow = real_nvp(2, couplings=4, hidden=(16,))
    start = flow.init(np.random.default_rng(0), data)
    for step_size, said in [(3.0, True), (1e-3, False), (1e-2, False)]:
        _, history = fit(flow, start, data, rng=np.random.default_rng(1), steps=60, step_size=step_size)
        line = "fit: at the end loss is far above its best, see history. Try a smaller step_size.\n"
        found = line in capsys.readouterr().out
        assert found is said, history["loss"]


def test_overfitting_that_has_become_absurd_is_said(capsys):
    flow = real_nvp(2, couplings=4, hidden=(32,))
    few, valid = data[:8], data[300:]
    start = flow.init(np.random.default_rng(0), few)
    options = {"steps": 400, "batch_size": 8, "step_size": 1e-2, "x_valid": valid}
    fit(flow, start, few, rng=np.random.default_rng(1), **options)
    line = "fit: at the end valid_loss is far above its best, see history. Returned: the best.\n"
    assert line in capsys.readouterr().out
    fit(flow, start, few, rng=np.random.default_rng(1), progress=False, **options)
    assert capsys.readouterr().out == ""


def test_losses_that_only_scatter_are_not_called_absurd(capsys):
    """A few steps with small batches of data that are far from standard, and batches of one."""
    for seed in range(20):
        for x, size, steps in ((30 * data, 1, 9), (30 * data, 8, 40), (data - data.mean(axis=0), 1, 40)):
            options = {"rng": np.random.default_rng(seed), "steps": steps, "batch_size": size}
            _, history = fit(affine, START, x, step_size=1e-4, **options)
            assert np.ptp(history["loss"]) > 15
    assert "far above" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "losses, few, absurd",
    [
        ([], 10, False),
        ([1.0, 90.0], 10, False),  # all are the last ten
        ([5.0] * 10 + [1.0] * 10 + [5.1] * 10, 10, True),  # against the best part: 3 · 1 + 2
        ([5.0] * 10 + [1.0] * 10 + [4.9] * 10, 10, False),
        ([1.0] + [8.0] * 29, 10, True),  # against the start
        ([-9.0] + [-6.9] * 29, 10, True),  # -9 + 2
        ([-9.0] + [-7.1] * 29, 10, False),
        ([1.0] + [80.0] * 28 + [1.0], 10, False),  # one among the last is low again
        ([3.0, 1.0, 6.0], 1, True),
        ([1.0] * 40 + [90.0, 1.0, 90.0], 1, False),  # a tenth of 43 is four
        ([1.0] * 100 + [90.0] * 10, 10, False),  # of 110 it is eleven, and one of them is low
        ([50.0, 1.0] + [60.0] * 28, 10, False),  # against the start, or a whole part: one alone is luck
    ],
)
def test_absurd(losses, few, absurd):
    """In two dimensions."""
    assert training._absurd(losses, few, 2) is absurd


@pytest.mark.parametrize("losses, valid, said", [(20 * [1.0], [1.0, 90.0], "valid_loss"), (None, [], "loss")])
def test_of_losses_the_last_ten_count_and_of_validations_the_last(losses, valid, said, capsys):
    history = {"stopped": None, "loss": losses or [1.0] * 10 + [90.0] * 10, "valid_loss": valid}
    training._say(history, 2, progress=True)
    assert f"at the end {said} is" in capsys.readouterr().out
    training._say(history, 2, progress=False)
    assert capsys.readouterr().out == ""


def test_the_bar_is_drawn_when_it_moves(monkeypatch):
    """Not once more for the loss that is written behind it."""
    tqdm = pytest.importorskip("tqdm")
    drawn = []
    bar = SimpleNamespace(
        set_postfix_str=lambda text, refresh: drawn.append((text, refresh)), update=lambda: 0
    )
    monkeypatch.setattr(tqdm, "tqdm", lambda **options: contextlib.nullcontext(bar))
    with training._bar(3, True) as show:
        show(1.25)
    assert drawn == [("nats 1.250", False)]


def test_history_holds_plain_numbers():
    """Which json can write."""
    x = data.astype(np.float32)
    flow = real_nvp(2, couplings=2, hidden=(4,))
    options = {"rng": np.random.default_rng(0), "steps": 3, "x_valid": x, "progress": False}
    _, history = fit(flow, flow.init(np.random.default_rng(0), x), x, **options)
    assert {type(number) for name in ("loss", "valid_loss") for number in history[name]} == {float}


def test_an_overflow_before_anything_is_trained_is_not_blamed_on_the_step_size():
    with pytest.raises(TrainingDiverged, match=r"step 0 of 5: .*Nothing was trained yet") as caught:
        fit(affine, START, 1e200 * data, rng=rng, steps=5, progress=False)
    assert "step_size" not in str(caught.value) and all((caught.value.params[k] == 0).all() for k in START)


@pytest.mark.parametrize("bad", [affine.bijection, None, [affine], Flow])
def test_what_is_no_flow_is_refused(bad):
    words = r"{}: flow must be a flow such as Flow\(StandardNormal\(\(2,\)\), bij"
    with pytest.raises(TypeError, match=words.format("fit")):
        fit(bad, START, data, rng=rng)
    with pytest.raises(TypeError, match=words.format("mean_nll")):
        mean_nll(bad, START, data)


def test_a_flow_of_the_users_own_needs_log_prob_only():
    class Own:
        def log_prob(self, params, x):
            return affine.log_prob(params, x)

    options = {"steps": 5, "x_valid": data, "progress": False}
    got = [fit(f, START, data, rng=np.random.default_rng(0), **options) for f in (Own(), affine)]
    for key in START:
        np.testing.assert_allclose(got[0][0][key], got[1][0][key], rtol=1e-12)
    np.testing.assert_allclose(got[0][1]["valid_loss"], got[1][1]["valid_loss"], rtol=1e-12)


def test_parameters_of_another_flow_are_refused_before_anything_is_trained():
    flow = real_nvp(2, couplings=2, hidden=(4,))
    with pytest.raises(
        TypeError, match="params must be a tuple of 6 parameter trees, got an object of type d"
    ):
        fit(flow, START, data, rng=rng, progress=False)
    params = flow.init(rng, data)
    with pytest.raises(ValueError, match="params must hold 6 parameter trees, got 5"):
        fit(flow, params[:-1], data, rng=rng, progress=False)


@pytest.mark.parametrize("bad", [0, None, np.random, "seed"])
def test_rng_is_a_generator(bad):
    with pytest.raises(TypeError, match="fit: rng must be a numpy.random.Generator, such as"):
        fit(affine, START, data, rng=bad)


def test_mean_nll_refuses_what_is_no_batch():
    for x, chunk, words in [
        (data[:0], 10, "mean_nll: x: the batch is empty"),
        (data, -1, "mean_nll: chunk must be a whole number >= 1, got -1"),
        (data[:, :1], 10, r"expected shape \(N, 2\)"),
    ]:
        with pytest.raises(ValueError, match=words):
            mean_nll(affine, START, x, chunk)
    masked = np.ma.masked_less(data, -900)
    assert mean_nll(affine, START, masked) == mean_nll(affine, START, data)  # nothing is masked
    masked[3, 1] = np.ma.masked
    for call in (lambda: mean_nll(affine, START, masked), lambda: fit(affine, START, masked, rng=rng)):
        with pytest.raises(ValueError, match="1 of 1200 numbers are masked"):
            call()


def test_one_nan_in_a_gradient_is_enough():
    def spoiled(self, params, x):
        return 1.0, {"log_s": np.array([0.0, np.nan]), "m": np.zeros(2), "b": np.zeros(2)}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FlatObjective, "serves", staticmethod(lambda flow, params: False))
        patch.setattr(Objective, "__call__", spoiled)
        with pytest.raises(
            TrainingDiverged, match="the gradient of params\\['log_s'\\]: 1 of 2 numbers are not finite"
        ):
            fit(affine, START, data, rng=rng, steps=2, progress=False)
