"""What a browser loads is what it would have trained; with another start, other data or steps it trains."""

import importlib
import subprocess
import sys

import numpy as np
import pytest
from requirements_files import ROOT

from nflow_ref import fit, real_nvp, training
from nflow_ref.claims import explore
from nflow_ref.course import beforehand
from nflow_ref.parameters import leaves

flow = real_nvp(2, couplings=2, hidden=(4,))
OPTIONS = {"steps": 20, "batch_size": 16, "step_size": lambda u: 0.01 * (1 - u), "progress": False}


def start(seed=0, dtype=np.float64):
    """(rng, params, x), the same each time."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((200, 2)).astype(dtype) ** 3
    return rng, flow.init(rng, x), x


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A training that is kept in a file: (params, history, what the generator gives next)."""
    rng, params, x = start()
    name = beforehand.start_of(flow, params, x, rng, OPTIONS)
    found = fit(flow, params, x, rng=rng, **OPTIONS)
    monkeypatch.setattr(beforehand, "FILE", tmp_path / "trainings.npz")
    np.savez(tmp_path / "trainings.npz", **beforehand.arrays_of(name, *found, rng))
    return *found, rng.random()


@pytest.fixture
def trainings(monkeypatch):
    """The steps of each training that is done."""
    done = []
    monkeypatch.setattr(
        training, "fit", lambda *a, **options: done.append(options["steps"]) or fit(*a, **options)
    )
    return done


def test_it_is_loaded_as_it_was_trained(kept, trainings, capsys):
    rng, params, x = start()
    loaded, history = beforehand.loading_fit(flow, params, x, rng=rng, **OPTIONS)
    assert trainings == [] and capsys.readouterr().out.startswith("fit: 20 steps, done beforehand")
    assert history == kept[1] and rng.random() == kept[2]
    for (name, a), (wanted, b) in zip(leaves(loaded), leaves(kept[0]), strict=True):
        assert name == wanted and a.shape == b.shape and a.dtype == b.dtype
        np.testing.assert_allclose(a, b, rtol=1e-7)


def test_rounding_of_another_machine_does_not_matter(kept, trainings):
    rng, params, x = start()
    beforehand.loading_fit(flow, params, x * (1 + 1e-6), rng=rng, **OPTIONS)
    assert trainings == []


@pytest.mark.parametrize(
    "other",
    [
        {"seed": 1},
        {"scale": 1.001},
        {"steps": 21},
        {"batch_size": 17},
        {"step_size": lambda u: 0.011 * (1 - u)},
        {"augment": lambda rng, batch: batch},
        {"x_valid": np.ones((3, 2))},
        {"flow": real_nvp(2, couplings=2, hidden=(4,), bound=1.5)},
    ],
    ids=lambda other: "-".join(other),
)
def test_another_training_is_done(kept, trainings, other):
    other = dict(other)
    rng, params, x = start(other.pop("seed", 0))
    x, one = x * other.pop("scale", 1), other.pop("flow", flow)
    beforehand.loading_fit(one, params, x, rng=rng, **OPTIONS | other)
    assert trainings == [(OPTIONS | other)["steps"]]


def test_other_parameters_at_the_start(kept, trainings):
    rng, params, x = start()
    params[0]["log_s"] = params[0]["log_s"] + 0.01
    beforehand.loading_fit(flow, params, x, rng=rng, **OPTIONS)
    assert trainings == [20]


def test_another_generator(kept, trainings):
    """Its data are the same, its batches are not."""
    rng, params, x = start()
    rng.random()
    beforehand.loading_fit(flow, params, x, rng=rng, **OPTIONS)
    assert trainings == [20]


@pytest.mark.parametrize("other", [{"patience": 3}, {"valid_every": 7}, {"x_valid": np.ones((3, 2)) * 1.01}])
def test_another_validation(other):
    rng, params, x = start()
    options = OPTIONS | {"x_valid": np.ones((3, 2))}
    (name, numbers), (name_2, numbers_2) = (
        beforehand.start_of(flow, params, x, rng, o) for o in (options, options | other)
    )
    assert name != name_2 or not np.allclose(numbers, numbers_2)


def test_who_explores_trains(kept, trainings):
    rng, params, x = start()
    try:
        explore()
        beforehand.loading_fit(flow, params, x, rng=rng, **OPTIONS)
    finally:
        explore(False)
    assert trainings == [20]


def test_only_a_browser_loads(monkeypatch):
    assert beforehand.fit is fit
    with monkeypatch.context() as patch:
        patch.setattr(sys, "platform", "emscripten")
        importlib.reload(beforehand)
        assert beforehand.fit is beforehand.loading_fit
    importlib.reload(beforehand)


@pytest.mark.parametrize("number", ["00", "06", "10"])
def test_a_browser_finds_all_long_trainings(number):
    """And the lesson holds with them: no claim raises. After a change of its trainings: make trainings."""
    command = [sys.executable, "experiments/trainings.py", "--check", number]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr
    count = {"00": 1, "06": 3, "10": 2}[number]
    assert run.stdout.splitlines()[-1] == f"{count} long trainings, all found"
    assert run.stdout.count("done beforehand and loaded") == count
