"""The long experiments of lesson 10: their results belong to the code that is here, and no run is lost."""

import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from requirements_files import ROOT

from nflow_ref.course import results, trained
from nflow_ref.datasets import digits as digit_images, mnist as mnist_images

sys.path.append(str(ROOT / "experiments"))

import digits
import mnist
import runs


@pytest.mark.parametrize("script", [digits, mnist], ids=lambda script: script.__name__)
def test_results_are_those_of_this_code(script):
    """After a change that should change nothing: make digits CHECK=--check. After another: make digits."""
    kept = runs.stored(script.__name__)
    assert kept["runs"].keys() == script.JOBS.keys(), f"run make {script.__name__}"
    assert kept["digests"] == script.dates(), f"run make {script.__name__}, or with CHECK=--check"


@pytest.mark.parametrize(
    ("name", "images", "levels", "bytes_"),
    [("digits", digit_images, 17, 700_000), ("mnist", mnist_images, 256, 1_500_000)],
)
def test_the_flows_that_come_with_the_package(name, images, levels, bytes_):
    flow, params = trained(name)
    x = images().images[:3]
    log_p = flow.log_prob(params, ((x + 0.5) / levels).astype(np.float32))
    assert log_p.shape == (3,) and log_p.dtype == np.float32
    assert (runs.DATA / f"{name}_flow.npz").stat().st_size <= bytes_
    assert all(isinstance(run, dict) for run in results(name).values())


@pytest.mark.parametrize("function", [trained, results])
def test_another_name_is_refused(function):
    with pytest.raises(ValueError, match=r'name must be "digits" or "mnist", got \'letters\''):
        function("letters")


def test_the_shipped_flow_is_the_best_by_validation():
    flows = {name: run for name, run in results("digits").items() if name.startswith("flow")}
    best = min(flows, key=lambda name: flows[name]["validation"])
    lesson = runs.lesson("10", digits.CELLS)
    flow, params = trained("digits")

    def draw(rng, x):
        return flow.log_prob(params, lesson["dequantize"](rng, x, 17, np.float32))

    found = digits.bounds(lesson, draw, "valid", 100)
    assert found["valid, K = 1"] == pytest.approx(flows[best]["valid, K = 1"], abs=1e-4)
    assert found["valid, K = 100"] == pytest.approx(flows[best]["valid, K = 100"], abs=1e-4)


def test_the_digest_sees_code_and_nothing_else():
    known = runs.code(["def f(x):\n    return x + 1"])
    assert runs.code(['def f(x):\n    """x."""\n    return x + 1  # one\n']) == known
    assert runs.code(["def f(x):\n    return x + 2"]) != known
    assert (
        runs.digests("10", digits.CELLS[:3], ("runs",), "digits.npz")["recipe"]
        != (runs.digests("10", digits.CELLS[:4], ("runs",), "digits.npz")["recipe"])
    )


def pretend(job, arguments, first):
    """A run in a process of its own, that writes down that it was done."""
    with open(arguments[0], "a") as log:
        log.write(f"{job}\n")
    if arguments[1] is None:
        raise OSError("the disk is full")
    return {"seconds": 1.0, "start": [1.0, arguments[1]]}, job.upper()


@pytest.fixture
def toys(tmp_path, monkeypatch):
    monkeypatch.setattr(runs, "DATA", tmp_path)
    return tmp_path, {name: (str(tmp_path / "log"), 2.0) for name in "abc"}


def test_a_run_is_kept_as_soon_as_it_is_there_and_not_done_again(toys, capsys):
    folder, jobs = toys
    told, failing = [], jobs | {"d": (jobs["a"][0], None)}
    with pytest.raises(OSError, match="the disk is full"):
        runs.all_of("toy", failing, pretend, {"code": "1"}, lambda *x: told.append(x[1]))
    done = set(runs.stored("toy")["runs"])
    assert done == {name.lower() for name in told} and not list(folder.glob("*.part"))
    runs.all_of("toy", jobs, pretend, {"code": "1"})
    log = (folder / "log").read_text().split()
    assert sorted(set(log) - {"d"}) == ["a", "b", "c"] and all(log.count(name) == 1 for name in done)
    assert runs.stored("toy")["runs"].keys() == jobs.keys()
    assert f"{len(done)} of 3 runs are there." in capsys.readouterr().out


INTERRUPTED = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
sys.path[:0] = [{tests!r}, {experiments!r}]
import test_experiments as toys, runs
from pathlib import Path
runs.DATA = Path({folder!r})
if __name__ == "__main__":
    print("started", flush=True)
    runs.all_of("toy", {{"quick": 0, "slow": 60}}, toys.sleeps, {{"code": "1"}})
"""


def sleeps(job, seconds, first):
    time.sleep(seconds)
    return {"seconds": float(seconds)}, None


@pytest.mark.skipif(os.name == "nt", reason="no process groups")
def test_ctrl_c_keeps_what_has_ended(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        INTERRUPTED.format(
            tests=str(ROOT / "tests"), experiments=str(ROOT / "experiments"), folder=str(tmp_path)
        )
    )
    process = subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, process_group=0
    )
    while not (tmp_path / "toy.json").exists():
        assert process.poll() is None
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 1 and "Stopped. What has ended is kept" in err
    assert json.loads((tmp_path / "toy.json").read_text())["runs"] == {"quick": {"seconds": 0.0}}


def test_half_a_training_is_no_result():
    lesson = runs.lesson("10", digits.CELLS)
    stopped = lambda change: (None, {"stopped": "at step 3 of 6000, interrupted"})  # noqa: E731
    with pytest.raises(KeyboardInterrupt, match="at step 3"):
        digits.trained(lesson, stopped, None, None)


def test_what_is_out_of_date_is_done_again(toys):
    folder, jobs = toys
    runs.all_of("toy", jobs, pretend, {"code": "1"})
    runs.all_of("toy", jobs, pretend, {"code": "2"})
    assert sorted((folder / "log").read_text().split()) == [*"aabbcc"]
    assert runs.stored("toy")["digests"] == {"code": "2"}


def test_check_dates_anew_what_starts_as_it_did(toys):
    _, jobs = toys
    runs.all_of("toy", jobs, pretend, {"code": "1"})
    runs.check("toy", jobs, pretend, {"code": "2"})
    assert runs.stored("toy")["digests"] == {"code": "2"}
    with pytest.raises(SystemExit, match="b has changed: start was 2.00000, is 2.01000. Do it aga"):
        runs.check("toy", jobs | {"b": (jobs["b"][0], 2.01)}, pretend, {"code": "3"})
    assert runs.stored("toy")["digests"] == {"code": "2"}


def test_a_training_that_starts_only_is_that_of_the_run():
    """So that --check compares the same numbers."""
    numbers, _ = digits.run("full, seed 0", digits.JOBS["full, seed 0"], 2)
    assert numbers["start"] == pytest.approx(results("digits")["full, seed 0"]["start"][:2], rel=1e-4)


@pytest.mark.parametrize("shape", [(1, 2, 1), (2, 1, 1)])
def test_counting_by_neighbours_gives_probabilities(shape, monkeypatch):
    """Those of all images of two pixels, side by side or one below the other, sum to 1."""
    monkeypatch.setattr(digits, "baseline", lambda lesson, fitted, *_, **__: fitted)
    known = np.random.default_rng(0).integers(0, 256, (300, 2)) // [[1, 30]]
    everything = np.stack(np.meshgrid(range(256), range(256)), axis=-1).reshape(-1, 2)
    log_prob = mnist.neighbours({"shape": shape}, 30)(known)
    assert np.exp(log_prob(everything)).sum() == pytest.approx(1, abs=1e-12)
    assert log_prob(known).mean() > log_prob(known[:, ::-1]).mean() + 0.1


def test_the_results_are_plain_numbers():
    for name in ("digits", "mnist"):
        text = (runs.DATA / f"{name}.json").read_text(encoding="utf-8")
        assert "NaN" not in text and "Infinity" not in text and json.loads(text)
