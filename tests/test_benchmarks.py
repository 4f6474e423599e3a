"""The driver of the benchmarks on workers that only pretend, and its tables; no peer is needed."""

import importlib
import json
import re
import sys

import pictures
import pytest
from PIL import Image
from requirements_files import EXTRAS, ROOT, read

FAKE = """
import json, sys

seconds = iter(map(float, sys.argv[1:]))
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    if "run" not in json.loads(line):
        answer = {"first": 1.5, "calls": 3, "error": None}
    elif (s := next(seconds)) < 0:
        sys.exit("out of memory | <b>")
    else:
        answer = {"seconds": s, "cpu": s}
    print(json.dumps(answer), flush=True)
"""
NAMES = {"ours": "ours", "slow": "a_slow|one", "crashes": "crashes", "missing": "missing"}


@pytest.fixture
def bench(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    for name in ("run", "report"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return importlib.import_module("run")


@pytest.fixture
def results(bench, tmp_path, capsys):
    """W1 as it is stored, from three processes that say how long they took, and one that cannot start."""
    (tmp_path / "fake.py").write_text(FAKE)
    times = {"ours": [1, 5, 2], "slow": [4, 8, 6], "crashes": [3, -1]}
    peers = {
        name: bench.Peer([sys.executable, str(tmp_path / "fake.py"), *map(str, t)])
        for name, t in times.items()
    }
    peers["missing"] = bench.Peer([sys.executable, "-c", "import no_such_library"])
    for name in times:
        assert peers[name].ask() == {"ready": True}
    found = bench.measure(peers, {"work": "step"}, 3, "W1 float32")
    for peer in peers.values():
        peer.close()
    assert capsys.readouterr().out.count("\n") == 3
    return {
        "W1": {"date": "today", "machine": "a|b", "versions": {"numpy": "2"}, "cases": {"float32": found}}
    }


def test_rounds_are_kept_and_a_crash_has_its_reason(results):
    found = results["W1"]["cases"]["float32"]
    assert found["ours"]["seconds"] == [1, 5, 2] and found["slow"]["seconds"] == [4, 8, 6]
    assert found["crashes"] == {"failed": "out of memory | <b>"}
    assert "no_such_library" in found["missing"]["failed"]


def test_table_has_medians_ratios_dashes_and_escapes(bench, results):
    text = bench.report.report(results, NAMES)
    assert "| ours | 2 s ±100% | 1.5 s |" in text
    assert "| a\\_slow\\|one | 6 s ±33% (3.00) | 1.5 s |" in text
    assert "| crashes | – | – |" in text
    assert "\n– crashes: out of memory \\| &lt;b>\n" in text
    cells = [len(re.findall(r"(?<!\\)\|", line)) for line in text.splitlines() if line.startswith("|")]
    assert set(cells) == {6, 4}  # the targets and W1


def test_targets_are_ratios_of_medians(bench, results):
    found = results["W1"]["cases"]["float32"]
    found["jax_"], found["pytorch"] = found["slow"], {"seconds": [3.0]}
    measured = {(work, statement): value for work, statement, _, value in bench.report.targets(results)}
    assert measured["W1", "ours / JAX, float32"] == 2 / 6
    assert measured["W1", "ours / PyTorch, float32"] == 2 / 3
    assert measured["W1", "ours / JAX, float64"] is None
    text = bench.report.report(results, NAMES)
    assert "| W1 | ours / JAX, float32 | ≤ 0.85 | 0.333 | met |" in text
    assert "| W1 | ours / PyTorch, float32 | ≤ 0.5 | 0.667 | missed |" in text


def test_a_file_appears_whole_or_not_at_all(bench, tmp_path):
    path = tmp_path / "RESULTS.md"
    bench.whole(path, "old")
    with pytest.raises(TypeError):
        bench.whole(path, None)
    assert path.read_text() == "old"


def test_every_work_has_cases_and_words(bench):
    for work in ("W1", "W2", "W3", "W5"):
        for case, setup in bench.cases(work).items():
            assert {"work", "model", "dtype", "batch"} <= setup.keys(), case
    works = [f"W{k}" for k in range(1, 7)]
    assert list(bench.report.TITLES) == list(bench.report.NOTES) == works
    assert {work for work, *_ in bench.report.targets({})} < set(works)


def test_what_is_told_was_measured(bench):
    """Nobody changed a number in RESULTS.md, or a bar: if one is wrong, python benchmarks/run.py --report."""
    results, names = json.loads(read("benchmarks/results.json")), bench.IMPLEMENTATIONS
    assert read("benchmarks/RESULTS.md") == bench.report.report(results, names)
    assert list(bench.report.bars(results, names)) == ["W1", "W3"]
    with Image.open(ROOT / "benchmarks/chart.png") as chart:
        assert chart.text["Comment"] == json.dumps(bench.report.bars(results, names))


@pictures.same_matplotlib
def test_the_chart_shows_it(bench, tmp_path):
    results = json.loads(read("benchmarks/results.json"))
    bench.report.chart(results, bench.IMPLEMENTATIONS, tmp_path / "chart.png")
    assert pictures.difference(*((f / "chart.png").read_bytes() for f in (tmp_path, ROOT / "benchmarks"))) < 1


def test_the_extra_begins_with_pytorch_and_make_installs_it_first():
    """Protects the disk: whatever else asks for torch first may bring a CUDA build of several GB."""
    assert EXTRAS["bench"][0] == "torch==2.13.0"
    installs = re.findall(r"bin/python -m pip install -q --disable-pip-version-check (.*)", read("Makefile"))
    assert installs[-2:] == ["torch==2.13.0", '-e ".[bench]"']
