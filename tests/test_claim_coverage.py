"""What claims notice is found out right: on a lesson with good claims and blind ones."""

import json
import os
import subprocess
import sys

import claim_coverage
import pytest
import teeth

CELLS = {
    "a": "import numpy as np\nfrom nflow_ref import claim, refute, together",
    "b": "def square(x):\n    return x**2\n\n\nx = np.arange(1.0, 4)",
    "c": """\
claim("squares", square(x) - [1, 4, 9], tol=1e-9)
claim("vacuous", 0 * (square(x) - [1, 4, 9]), tol=1e-9)
claim("of itself", square(x) - square(x), tol=1e-9)
with together("in a loop"):
    for k in range(3):
        claim(f"{k}", square(x[k]) - (k + 1) ** 2, tol=1e-9)""",
    "d": """\
claim("too loose", square(x) - [1, 4, 9], tol=1e9)
refute("doubled", square(x) - 2 * x, by=0.5)
cube = x**3""",
    "e": 'claim("cubes", cube - x * square(x), tol=1e-9)',
}
CLAIMS = ["c/1", "c/2", "c/3", "c/4", "d/1", "d/2", "e/1"]
BLIND = {"c/2", "c/3", "d/1"}


@pytest.fixture
def lesson(tmp_path):
    """A function that writes the lesson, with some cells replaced, and tells its path."""

    def lesson(**others):
        cells = [
            {"cell_type": "code", "id": id, "source": text.splitlines(keepends=True)}
            for id, text in (CELLS | others).items()
        ]
        path = tmp_path / "lesson.ipynb"
        path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
        return path

    return lesson


def apart(expression):
    """The value of an expression of claim_coverage and cell_sweep, in a process of its own."""
    code = f"import json, claim_coverage, cell_sweep\nprint(json.dumps({expression}))"
    environment = os.environ | teeth.ENVIRONMENT
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=teeth.ROOT / "tests",
        env=environment,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def judged(path):
    return apart(f"claim_coverage.judged({str(path)!r})")


def test_sites_are_the_calls_in_their_order(lesson):
    found = claim_coverage.sites(claim_coverage.code(lesson()))
    assert list(found) == CLAIMS and found["e/1"].startswith("claim('cubes'")


def test_all_claims_are_judged_and_none_stops_the_lesson(lesson):
    assert judged(lesson()) == dict.fromkeys(CLAIMS, True)
    wrong = judged(lesson(b=CELLS["b"].replace("x**2", "x * 2")))
    assert wrong == dict.fromkeys(CLAIMS, False) | dict.fromkeys(BLIND, True)


def test_what_a_cell_that_raises_would_define_is_not_judged(lesson):
    assert judged(lesson(d="cube = 1 / 0 + missing")) == dict.fromkeys(["c/1", "c/2", "c/3", "c/4"], True)


def test_counts():
    right = {"a/1": True, "a/2": True}
    found = [("p", {"a/1": False}), ("q", {"a/1": True, "a/2": True}), ("r", {"a/1": False, "a/2": True})]
    assert claim_coverage.counted(right, found) == {"a/1": [2, 3, "p"], "a/2": [0, 2, ""]}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes are forked")
def test_mistakes_in_the_cells_find_the_blind_claims(lesson):
    found = apart(f"cell_sweep.noticed({str(lesson())!r}, {CLAIMS!r}, behind=1)")
    assert found.keys() == set(CLAIMS) - BLIND
    assert found["e/1"].startswith("d: cube = ")
    own = apart(f"cell_sweep.noticed({str(lesson())!r}, {CLAIMS!r})")
    assert own["c/1"].startswith('c: claim("squares", ') and not BLIND & own.keys()


def test_what_claims_are_told_is_left_alone():
    words = apart(f"[words for words, _ in cell_sweep.mistakes({CELLS['d']!r})]")
    assert any("x**4" in line.replace(" ", "").replace("(4)", "4") for line in words)
    assert not any("1000000001" in line or "1.5" in line or "square(x) + 2" in line for line in words)
