"""The tests of the notebooks.

Three layers see what the others cannot. nbval runs every cell and compares the text outputs;
notebook_rules.py reads what is stored; test_solved_notebook_runs does all exercises and runs it again,
with other arithmetic. test_notebook_rules.py shows that the first two catch what they should.
"""

import ast
import base64
import copy
import math
import re
from types import SimpleNamespace

import notebook_rules as rules
import pytest
from execute_notebooks import FOLDER, execute
from exercise_rules import code_cells, functions, is_stub, registered
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from teeth import stored_text

NOTEBOOKS = {int(path.name[:2]): path for path in sorted(FOLDER.glob("*.ipynb"))}
each_notebook = pytest.mark.parametrize("number", NOTEBOOKS, ids=lambda n: NOTEBOOKS[n].stem)


def loaded():
    return {number: rules.load(path) for number, path in NOTEBOOKS.items()}


def test_the_course_is_there():
    """Protects the tests below: parametrised by nothing, they would all pass."""
    assert {0, 1, 10} <= NOTEBOOKS.keys()
    assert len(NOTEBOOKS) == len(list(FOLDER.glob("*.ipynb"))), "two notebooks have the same number"


@each_notebook
def test_notebook_follows_the_rules(number):
    assert rules.problems(rules.load(NOTEBOOKS[number]), number) == []


def test_cited_equations_exist():
    notebooks = loaded()
    assert list(rules.missing_equations(rules.citing_sources(notebooks), notebooks)) == []


def test_looked_up_formulas_are_those_of_the_lessons():
    """Protects the formula sheet from growing older than the lessons, and this test from finding no sheet."""
    notebooks = loaded()
    assert list(rules.misquotations(notebooks)) == []
    (sheet,) = (cell.source for cell in notebooks[12].cells if cell.id == "12-02")
    quoted = rules.quotations(sheet)
    assert len(quoted) == sheet.count("[(") > 35 and all(formula for _, _, formula in quoted)


def test_both_maps_show_all_lessons():
    """Protects the learner from a lesson that nobody finds."""
    start = rules.markdown(rules.load(NOTEBOOKS[0]))
    readme = (FOLDER.parent / "README.md").read_text(encoding="utf-8").replace("](notebooks/", "](")
    rows = [re.findall(r"^\| \[?((\d\d) .*) \|$", text, re.MULTILINE) for text in (start, readme)]
    here, there = ([(int(number), row) for row, number in found] for found in rows)
    assert here[1:] == there[1:]
    assert [number for number, _ in here] == [number for number, _ in there] == list(NOTEBOOKS)


@pytest.mark.parametrize("number", [n for n in NOTEBOOKS if n != 12])
def test_times_are_reckoned(number):
    """Protects the learner's evening: the stated minutes come from the lesson itself, up to the next five."""
    notebook = rules.load(NOTEBOOKS[number])
    expected = 5 * math.ceil(rules.minutes(notebook, registered(number)) / 5)
    readme = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    stated = re.findall(rf"^\| \[?{number:02d} .* \| (\d+) \|$", readme, re.MULTILINE)
    stated += re.findall(r"\*\*Time\*\* about (\d+) minutes", rules.markdown(notebook))
    assert stated == [str(expected)] * 2


def test_the_reckoning_of_times():
    """1 word in 0.5 s, 2 lines of shown code in 10 s, a formula in 30 s, a figure in 45 s, an exercise."""
    text = "one two [three](four.html) $x + y$ `code`\n\n$$f(x) = 3$$"
    cells = [new_markdown_cell(text), new_code_cell("a = 1\n\nb = 2"), new_code_cell("c = 3")]
    cells[2].metadata["jupyter"] = {"source_hidden": True}
    cells[1].outputs = [new_output("display_data", {"image/png": ""})]
    seconds = 60 * rules.minutes(new_notebook(cells=cells), [SimpleNamespace(minutes=2)])
    assert seconds == pytest.approx(5 * 0.5 + 10 + 30 + 45 + 120)


def test_exercises_have_a_notebook():
    """Protects against exercises that no learner finds."""
    assert {n for n in range(100) if registered(n)} <= NOTEBOOKS.keys()


@each_notebook
def test_solved_notebook_runs(number, tmp_path, monkeypatch):
    """Protects the learner who has solved everything: the whole notebook still runs, and all is correct.

    With the arithmetic of an older processor, where there is one: last digits change, and nothing that is
    printed may show it.
    """
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Sandybridge")
    exercises = registered(number)
    notebook = rules.load(NOTEBOOKS[number])
    solved = solve(notebook, exercises)
    module = f"nflow_ref.exercises.nb{number:02d}"
    report = f"from {module} import EXERCISES\nprint({{ex.id: ex.status for ex in EXERCISES}})"
    solved.cells.append(new_code_cell(report if exercises else "print({})"))
    *cells, report = code_cells(execute(solved, tmp_path))
    assert ast.literal_eval(report[1].outputs[-1].text) == {ex.id: "correct" for ex in exercises}
    for (_, stored), (_, cell) in zip(code_cells(notebook), cells, strict=True):
        if not re.search(r"\b(exercise|progress)\(", cell.source):
            assert printed(cell) == printed(stored), cell.id


def printed(cell):
    """What the cell prints, without what says whether an exercise is done."""
    return [line for line in stored_text(cell).splitlines() if not line.startswith("Exercise ")]


def solve(notebook, exercises):
    """A copy of the notebook in which every stub is replaced by the answer key."""
    notebook = copy.deepcopy(notebook)
    ids = {ex.key.__name__: ex.id for ex in exercises}
    for _, cell in code_cells(notebook):
        lines = cell.source.splitlines()
        for function in reversed(functions(cell)):
            if is_stub(function) and function.name in ids:
                key = f'{function.name} = exercise("{ids[function.name]}").key'
                lines[function.lineno - 1 : function.end_lineno] = [
                    f"from nflow_ref.exercises import exercise\n{key}"
                ]
        cell.source = "\n".join(lines)
    return notebook


def test_cover_is_the_figure_of_its_cell():
    """Protects the README's picture from growing older than the course."""
    figures = [
        output.data["image/png"]
        for notebook in loaded().values()
        for cell in notebook.cells
        if "cover" in cell.metadata.get("tags", [])
        for output in cell.outputs
    ]
    assert [base64.b64decode(figure) for figure in figures] == [(FOLDER / "cover.png").read_bytes()]
