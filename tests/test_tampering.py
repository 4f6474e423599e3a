"""What stands in the course is changed by a little, as by accident, and a test is seen to notice."""

import importlib.resources
import re
import subprocess
import sys
from dataclasses import replace
from functools import partial
from importlib.resources import files

import nbformat
import notebook_rules as rules
import pytest
import test_datasets
import test_exercises
from execute_notebooks import FOLDER
from exercise_rules import code_cells

import nflow_ref

NOTEBOOKS = {int(path.name[:2]): path for path in sorted(FOLDER.glob("*.ipynb"))}
each_notebook = pytest.mark.parametrize("number", NOTEBOOKS)
APPENDIX = max(NOTEBOOKS)  # the fastest, where a notebook has to be run


def claiming(notebook):
    """The cells that show claims first."""
    return [c for _, c in code_cells(notebook) if c.outputs and "text/html" in c.outputs[0].get("data", {})]


@each_notebook
def test_unexecuted_cell(number):
    notebook = rules.load(NOTEBOOKS[number])
    cell = claiming(notebook)[0]
    cell.execution_count, cell.outputs = None, []
    assert any("its execution count is None" in problem for problem in rules.problems(notebook, number))


def strip(cell):
    cell.outputs = []


def change_a_digit(kind, cell):
    data = cell.outputs[0].data
    place = max(found.end() for found in re.finditer(r"≤ 1e-\d\d", data[kind])) - 1
    data[kind] = f"{data[kind][:place]}{(int(data[kind][place]) + 1) % 10}{data[kind][place + 1 :]}"


def change_nothing(cell):
    pass


TAMPERINGS = {
    "nothing": (change_nothing, 0),
    "the outputs": (strip, 1),
    "a digit of the text": (partial(change_a_digit, "text/plain"), 1),
    "a digit of what is shown": (partial(change_a_digit, "text/html"), 1),
}


@pytest.mark.parametrize("tamper, code", TAMPERINGS.values(), ids=TAMPERINGS)
def test_stored_output(tamper, code, tmp_path):
    notebook = rules.load(NOTEBOOKS[APPENDIX])
    tamper(claiming(notebook)[0])
    nbformat.write(notebook, tmp_path / "tampered.ipynb")
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-x", "-q", "tampered.ipynb"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == code, run.stdout[-2000:]


@each_notebook
def test_exchanged_captions(number):
    """The numbers of two captions change places."""
    notebook = rules.load(NOTEBOOKS[number])
    captions = [c for c in notebook.cells if c.cell_type == "markdown" and c.source.startswith("*Figure ")]
    if len(captions) < 2:
        pytest.skip("fewer than two figures")
    first, second = (c.source.split(". ", 1)[0] for c in captions[:2])
    captions[0].source = captions[0].source.replace(first, second)
    captions[1].source = captions[1].source.replace(second, first)
    assert any("caption" in problem for problem in rules.problems(notebook, number))


@pytest.mark.filterwarnings("ignore")
@test_exercises.each_exercise
def test_wrong_answer_key(ex):
    for mistake in ex.misconceptions:
        with pytest.raises(AssertionError):
            test_exercises.test_key_agrees_with_another_way_to_the_same_numbers(
                replace(ex, key=mistake.wrong)
            )


@test_exercises.each_exercise
def test_hints_of_two_misconceptions_exchanged(ex):
    first, second, *others = ex.misconceptions
    exchanged = replace(first, hint=second.hint), replace(second, hint=first.hint), *others
    with pytest.raises(AssertionError):
        test_exercises.test_mistakes_as_learners_write_them_get_the_right_hints(
            replace(ex, misconceptions=exchanged)
        )


@pytest.mark.parametrize("position", [0, 1_000, -1_000, -1])
def test_one_bit_of_the_data(position, tmp_path, monkeypatch):
    good = bytearray(files(nflow_ref).joinpath("data", "digits.npz").read_bytes())
    (tmp_path / "data").mkdir()
    copy_of_it = tmp_path / "data/digits.npz"
    for module in (importlib.resources, test_datasets):
        monkeypatch.setattr(module, "files", lambda package: tmp_path)
    copy_of_it.write_bytes(good)
    test_datasets.test_digits_have_their_checksums()
    good[position] ^= 1
    copy_of_it.write_bytes(good)
    with pytest.raises(Exception):  # noqa: B017 (the checksum, or the archive's own check)
        test_datasets.test_digits_have_their_checksums()
