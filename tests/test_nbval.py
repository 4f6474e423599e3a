"""What stores the outputs, and what compares them: the executor and nbval, each run for real."""

import copy
import re
import subprocess
import sys

import nbformat
import pytest
from execute_notebooks import FOLDER, METADATA, execute, execute_in_place
from nbformat.v4 import new_code_cell, new_notebook
from notebook_rules import load


def test_executor_is_deterministic(tmp_path):
    """`make notebooks` twice writes the same bytes, and only rounded times could tell the runs apart."""
    path = tmp_path / "twice.ipynb"
    source = "for i in range(300):\n    print(i, flush=i % 7 == 0)"
    nbformat.write(new_notebook(cells=[new_code_cell(source)]), path)
    execute_in_place(path)
    first = path.read_bytes()
    execute_in_place(path)
    assert path.read_bytes() == first
    (output,) = load(path).cells[0].outputs
    assert output.text.splitlines() == [str(i) for i in range(300)]
    assert load(path).metadata == METADATA


def test_executor_keeps_the_file_when_a_cell_raises(tmp_path):
    path = tmp_path / "raises.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("print(1)"), new_code_cell("1 / 0")]), path)
    before = path.read_bytes()
    script = [sys.executable, "-m", "execute_notebooks", str(path)]
    run = subprocess.run(script, cwd=FOLDER.parent / "tests", capture_output=True, text=True)
    assert run.returncode == 1
    assert "ZeroDivisionError" in run.stderr and "the file is as it was" in run.stderr
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def spoil_digit(cell):
    cell.outputs[0].text = cell.outputs[0].text.replace("1.75", "1.76")


def spoil_stripped(cell):
    cell.outputs = []


def spoil_source(cell):
    cell.source = cell.source.replace("7 / 4", "7 / 5")


def spoil_unexecuted(cell):
    spoil_source(cell)
    cell.outputs, cell.execution_count = [], None


def spoil_ignored(cell):
    spoil_source(cell)
    cell.metadata["tags"] = ["nbval-ignore-output"]


FOR_NBVAL = {"digit": spoil_digit, "stripped": spoil_stripped, "source": spoil_source}
BEHIND_NBVAL = {"unexecuted": spoil_unexecuted, "ignored": spoil_ignored}


PASSES_NBVAL = pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="nbval alone lets it pass, which is why there is a rule"
)


@pytest.fixture(scope="module")
def nbval_report(tmp_path_factory):
    """What a real run of nbval says about a tiny notebook and its spoiled copies."""
    folder = tmp_path_factory.mktemp("nbval")
    good = execute(new_notebook(cells=[new_code_cell("print(7 / 4)")]), folder)
    nbformat.write(good, folder / "good.ipynb")
    for name, spoil in {**FOR_NBVAL, **BEHIND_NBVAL}.items():
        spoiled = copy.deepcopy(good)
        spoil(spoiled.cells[0])
        nbformat.write(spoiled, folder / f"{name}.ipynb")
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-rA", "--color=no"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    found = re.findall(r"^(PASSED|FAILED) (\w+)\.ipynb::Cell 0", run.stdout, re.MULTILINE)
    return {name: outcome for outcome, name in found}


def test_nbval_passes_the_good_notebook(nbval_report):
    assert nbval_report["good"] == "PASSED"


@pytest.mark.parametrize(
    "name",
    [
        *FOR_NBVAL,
        *(pytest.param(name, marks=PASSES_NBVAL) for name in BEHIND_NBVAL),
    ],
)
def test_nbval_catches(nbval_report, name):
    assert nbval_report[name] == "FAILED"
