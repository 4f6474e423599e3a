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
import pictures
import pytest
from execute_notebooks import FOLDER, execute
from exercise_rules import choices, code_cells, functions, is_stub, registered
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from teeth import stored_text

from nflow_ref.course.pytest_plugin import masked

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


@each_notebook
def test_the_short_way_runs_alone(number, tmp_path):
    """Protects those who leave out what is in depth: all that is printed is as in the whole lesson."""
    short = rules.short_way(rules.load(NOTEBOOKS[number]))
    run = execute(copy.deepcopy(short), tmp_path)
    for (_, stored), (_, cell) in zip(code_cells(short), code_cells(run), strict=True):
        assert printed(cell) == printed(stored), cell.id


LESSONS = [n for n in NOTEBOOKS if n != rules.APPENDIX]
MOST_MINUTES = 120
MOST_SHORT_MINUTES = 300  # of lessons 00 to 10


@pytest.mark.parametrize("number", LESSONS)
def test_times_are_reckoned(number):
    """Protects the learner's evening: the stated minutes come from the lesson itself, up to the next five."""
    notebook = rules.load(NOTEBOOKS[number])
    reckoned = rules.short_minutes(notebook), rules.minutes(notebook, registered(number))
    short, whole = (str(5 * math.ceil(minutes / 5)) for minutes in reckoned)
    readme = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    stated = re.findall(rf"^\| \[?{number:02d} .* \| (\d+) \| (\d+) \|$", readme, re.MULTILINE)
    words = r"\*\*Time\*\* about (\d+) minutes on the short way, (\d+) in all"
    stated += re.findall(words, rules.markdown(notebook))
    assert stated == [(short, whole)] * 2
    assert reckoned[1] <= MOST_MINUTES


def test_the_short_way_is_short():
    """Protects the promise of 00: the lecture, and what proves it, on two evenings."""
    minutes = [rules.short_minutes(rules.load(NOTEBOOKS[n])) for n in LESSONS if n <= 10]
    assert sum(minutes) <= MOST_SHORT_MINUTES, minutes


MOST_CLAIM_LINES = 792  # half of what the course printed before they were joined


def test_claims_are_few_lines():
    texts = [rules.shown(o) for nb in loaded().values() for _, cell in code_cells(nb) for o in cell.outputs]
    assert sum(len(rules.CLAIM_LINE.findall(text)) for text in texts) <= MOST_CLAIM_LINES


def test_kinds_of_exercises():
    """A prediction in each lesson, and at least 20 that ask for no formula: a bug, a figure, a goal."""
    kinds = {n: [type(ex).__name__ for ex in registered(n)] for n in LESSONS}
    assert [n for n in kinds if "Prediction" not in kinds[n]] == []
    assert sum(name != "Exercise" for names in kinds.values() for name in names) >= 20


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
    printed or drawn may show it.
    """
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Sandybridge")
    exercises = registered(number)
    notebook = rules.load(NOTEBOOKS[number])
    solved = solve(notebook, exercises)
    module = f"nflow_ref.course.exercises.nb{number:02d}"
    report = f"from {module} import EXERCISES\nprint({{ex.id: ex.status for ex in EXERCISES}})"
    solved.cells.append(new_code_cell(report if exercises else "print({})"))
    *cells, report = code_cells(execute(solved, tmp_path))
    assert ast.literal_eval(report[1].outputs[-1].text) == {ex.id: "correct" for ex in exercises}
    for (_, stored), (_, cell) in zip(code_cells(notebook), cells, strict=True):
        if not re.search(r"\b(exercise|progress|predict|choose)\(", cell.source):
            assert printed(cell) == printed(stored), cell.id
            if pictures.DRAWN_HERE:
                for one, other in zip(drawn(stored), drawn(cell), strict=True):
                    assert alike(cell, one, other), cell.id


# Figures that differ from processor to processor.
TIMES = {"03-82", "05-42", "08-30", "09-34", "11-36", "11-38", "11-62"}
TRAINED = {
    "00-05", "00-42", "00-54", "04-92", "06-74", "06-88", "06-95", "06-98", "06-a1", "07-06", "07-32",
    "09-47", "10-29",
}  # fmt: skip


def alike(cell, stored, png):
    """Whether a picture is the stored one: to the eye, or, where it varies, as a small thumbnail is.

    There they may differ by three quarters of what a white picture differs by, and what was trained by 15.
    """
    if cell.id not in TIMES | TRAINED:
        return pictures.difference(stored, png) <= 0.5
    white = pictures.difference(stored, pictures.blank(stored), width=30)
    allowed = min(0.75 * white, 15 if cell.id in TRAINED else math.inf)
    return pictures.difference(stored, png, width=30) <= allowed


def drawn(cell):
    """The pictures of a cell, as PNG files."""
    found = [output.get("data", {}).get("image/png") for output in cell.outputs]
    return [base64.b64decode(png) for png in found if png]


@each_notebook
def test_another_picture_would_be_noticed(number):
    """A blank one, and any other of the lesson."""
    figures = [(cell, png) for _, cell in code_cells(rules.load(NOTEBOOKS[number])) for png in drawn(cell)]
    for cell, png in figures:
        assert alike(cell, png, png) and not alike(cell, png, pictures.blank(png))
        assert not any(alike(cell, png, other) for _, other in figures if other is not png), cell.id


def test_the_figures_that_vary_are_there():
    ids = {cell.id for notebook in loaded().values() for _, cell in code_cells(notebook) if drawn(cell)}
    assert ids > TIMES | TRAINED and len(ids) > 90


def printed(cell):
    """What the cell prints, without what says whether an exercise is done."""
    return [line for line in masked(stored_text(cell)).splitlines() if not line.startswith("Exercise ")]


def solve(notebook, exercises):
    """A copy of the notebook in which every stub is replaced by the answer key, and every choice made."""
    notebook = copy.deepcopy(notebook)
    ids = {ex.key.__name__: ex.id for ex in exercises if hasattr(ex, "key")}
    letters = {ex.id: ex.answer for ex in exercises if hasattr(ex, "answer")}
    made = {i: (verb, letters[id]) for i, id, verb, _ in choices(notebook)}
    for i, cell in code_cells(notebook):
        if i in made:
            verb, letter = made[i]
            cell.source = cell.source.replace(f"{verb}(...)", f"{verb}({letter!r})")
        lines = cell.source.splitlines()
        for function in reversed(functions(cell)):
            if is_stub(function) and function.name in ids:
                key = f'{function.name} = exercise("{ids[function.name]}").key'
                lines[function.lineno - 1 : function.end_lineno] = [
                    f"from nflow_ref.course.exercises import exercise\n{key}"
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
