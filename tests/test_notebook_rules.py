"""Each rule of notebook_rules.py is seen to catch a notebook that was spoiled on purpose."""

import base64
import io
import re
from types import SimpleNamespace

import notebook_rules as rules
import pytest
from execute_notebooks import METADATA, captioned
from exercise_rules import code_cells
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image


def scaled(x, a=1.0):
    return a * x


EXERCISES = (SimpleNamespace(id="42.1", key=scaled),)
STUB = 'def scaled(x: float, a=1.0):\n    """a·x"""\n    ...  # your code\n'
CHECK = 'ex = exercise("42.1"); ex.check(scaled)'
PNG = io.BytesIO()
Image.new("L", (2, 2)).save(PNG, "PNG")
PICTURE = {
    "image/png": base64.b64encode(PNG.getvalue()).decode(),
    "text/plain": "<Figure size 640x480 with 1 Axes>",
}

ALT = "A line that rises from left to right."
FOLD = f"\n\n<details><summary>The figure in words</summary>{ALT}</details>"


def printed(text):
    return new_output("stream", name="stdout", text=text)


def good_notebook():
    """A small notebook without problems, to spoil copies of."""
    title = "# T\n$$x = 1 \\tag{42.1}$$ [see](../pyproject.toml), [soon](43_none.ipynb) (later), [up](#T)"
    title += ", [a cell](00_start_here.ipynb#cell-id=00-01)\n## 1 · Start (short way)"
    notebook = new_notebook(
        metadata=METADATA,
        cells=[
            new_markdown_cell(title, id="title"),
            new_code_cell("print(0.5)", id="half", outputs=[printed("0.5\n")]),
            new_markdown_cell("$$y = 2 \\tag{42.2}$$ `[no](link)` $a[b](c)$", id="text"),
            new_code_cell(
                "# Figure: a line that rises\nplt.show()",
                id="figure",
                metadata={"jupyter": {"source_hidden": True}, "tags": ["hide-input"]},
                outputs=[new_output("display_data", PICTURE), printed("OK  a   1 ≤ 2\n" * 6)],
            ),
            new_markdown_cell(f"*Figure 42.1. A line.*{FOLD}", id="caption"),
            new_code_cell(STUB, id="stub"),
            new_code_cell(CHECK, id="check", outputs=[printed("[not attempted]\n")]),
        ],
    )
    notebook.cells[3].metadata["alt"] = ALT
    for n, (_, cell) in enumerate(code_cells(notebook), start=1):
        cell.execution_count = n
    return notebook


def problems(notebook):
    return rules.problems(notebook, 42, EXERCISES)


def test_good_notebook_has_no_problem():
    assert problems(good_notebook()) == []


def test_captions_tell_the_alt_texts():
    """Also after the alt text has changed, and for a cell that was no caption before; and twice is once."""
    notebook = good_notebook()
    notebook.cells[3].metadata["alt"] = 'x < "y"'
    told = f"*Figure 42.1. A line.*{FOLD.replace(ALT, 'x &lt; &quot;y&quot;')}"
    for _ in range(2):
        assert captioned(notebook).cells[4].source == told
    notebook.cells[4].source = "*Figure 42.1. Another line.*"
    assert captioned(notebook).cells[4].source == told.replace("A line", "Another line")
    notebook.cells[3].metadata.clear()
    assert captioned(notebook).cells[4].source == "*Figure 42.1. Another line.*"
    others = [cell.source for k, cell in enumerate(notebook.cells) if k != 4]
    assert others == [cell.source for k, cell in enumerate(good_notebook().cells) if k != 4]


def test_alt_texts_take_no_time():
    assert rules.words(f"one two{FOLD} three") == 3


@pytest.mark.parametrize(
    "line",
    [
        "about 0.02 nats   0.001 ≤ 0.005",
        "about half of them   share ≈ 0.05 ≤ 0.1",
        "nearly 1,000 steps   step 3 ≤ 250",
        "think about it   8 ≤ 9",
    ],
)
def test_a_quarter_is_allowed(line):
    notebook = good_notebook()
    add_output("stream", text=f"OK  {line}\n")(notebook)
    assert problems(notebook) == []


def spoil_cell(position, **changes):
    def spoil(notebook):
        for name, value in changes.items():
            notebook.cells[position - 1][name] = value

    return spoil


def add_output(kind, **content):
    def spoil(notebook):
        notebook.cells[1].outputs.append(new_output(kind, **content))

    return spoil


def replace_source(position, old, new):
    def spoil(notebook):
        cell = notebook.cells[position - 1]
        assert old in cell.source
        cell.source = cell.source.replace(old, new)

    return spoil


def strip(notebook):
    for _, cell in code_cells(notebook):
        cell.outputs = []


def clear_metadata(notebook):
    notebook.metadata["language_info"]["version"] = "3.11.7"


def add_cells(notebook):
    notebook.cells += [new_markdown_cell("", id=f"more-{i}") for i in range(75)]


def add_open_cells(notebook):
    more = [new_code_cell("x = 1", id=f"more-{i}", execution_count=5 + i) for i in range(43)]
    notebook.cells += more


def claim_first(notebook):
    outputs = notebook.cells[3].outputs
    outputs.reverse()


def no_alt(notebook):
    del notebook.cells[3].metadata["alt"]
    captioned(notebook)


def short_alt(notebook):
    notebook.cells[3].metadata["alt"] = "A figure."
    captioned(notebook)


def no_tag(notebook):
    del notebook.cells[3].metadata["tags"]


SPOILERS = {
    "invalid": (spoil_cell(1, outputs=[]), "not a valid notebook: Additional properties"),
    "unexecuted": (spoil_cell(2, execution_count=None), "cell 2: its execution count is None"),
    "out of order": (spoil_cell(7, execution_count=9), "cell 7: its execution count is 9, expected 4"),
    "stripped": (strip, "no cell has a text output"),
    "error": (
        add_output("error", ename="ValueError", evalue="", traceback=[]),
        "cell 2: it raises ValueError",
    ),
    "stderr": (add_output("stream", name="stderr", text="Warning\n"), "cell 2: it writes to stderr: 'Warn"),
    "svg": (
        add_output("display_data", data={"image/svg+xml": "<svg>"}),
        "cell 2: an output of type image/svg",
    ),
    "address": (add_output("stream", text="<Line at 0x7f2a>\n"), "the memory address in <Line at 0x7f2a>"),
    "raw float": (add_output("stream", text="0.12345678901\n"), "cell 2: 0.12345678901 is not rounded"),
    "minus zero": (
        add_output("stream", text="1.2  -0.000\n"),
        "cell 2: the sign of -0.000 is that of a round",
    ),
    "tag": (
        spoil_cell(2, metadata={"tags": ["nbval-ignore-output"]}),
        "cell 2: the mark nbval-ignore-output",
    ),
    "raises tag": (spoil_cell(2, metadata={"tags": ["raises-exception"]}), "the mark raises-exception"),
    "comment": (replace_source(2, "print", "# NBVAL_SKIP\nprint"), "cell 2: the mark NBVAL_SKIP hides"),
    "magic": (replace_source(2, "print(0.5)", "%time print(0.5)"), "cell 2: line 1 is not plain Python"),
    "semicolon": (replace_source(4, "()", "();  # quiet"), "cell 4: line 2 ends with `;`"),
    "no picture": (
        spoil_cell(4, outputs=[new_output("display_data", {"text/plain": "<Figure 1>"})]),
        "not stored",
    ),
    "rubbish for a picture": (
        spoil_cell(4, outputs=[new_output("display_data", {"image/png": "iVBORw0KGgo="})]),
        "cell 4: what is stored as its figure is no picture",
    ),
    "figure on white": (
        add_output("display_data", data={}, metadata={"needs_background": "light"}),
        "cell 2: JupyterLab would put its figure on white",
    ),
    "no alt": (no_alt, "cell 4: the alt text of its figure"),
    "short alt": (short_alt, "too short or missing: 'A figure.'"),
    "alt text untold": (replace_source(5, FOLD, ""), "cell 5: the caption does not tell its figure's alt"),
    "another alt text": (replace_source(5, "rises", "falls"), "cell 5: the caption does not tell its figure"),
    "alt text of no figure": (replace_source(3, "$$y", f"{FOLD}$$y"), "cell 3: the caption does not tell"),
    "adjacent formulas": (
        replace_source(3, "`[no]", "\n\n$$z = 3$$ `[no]"),
        "cell 3: no word stands before the formula z = 3",
    ),
    "formulas in a line": (replace_source(3, "$$ `", "$$$$z = 3$$ `"), "no word stands before the formula z"),
    "fold without tag": (no_tag, 'cell 4: `source_hidden` and the tag "hide-input" go together'),
    "fold that says nothing": (
        replace_source(4, "# Figure: a line that rises", "# a line"),
        "cell 4: a folded cell starts with `# Test: ...`",
    ),
    "fold that says too little": (
        replace_source(4, "a line that rises", "line"),
        "cell 4: a folded cell starts with `# Test: ...`",
    ),
    "long cell": (
        replace_source(2, "print(0.5)", "print(0.5)\n" * 31),
        "cell 2: 31 lines of code, an open cell has 30 at most",
    ),
    "many claims": (
        lambda notebook: notebook.cells[3].outputs.append(printed("NO  b   2 ≥ 1\n")),
        "cell 4: 7 lines of claims, allowed are 6: use `together`",
    ),
    "claims before the figure": (claim_first, "cell 4: it claims before it draws"),
    "claims nothing": (
        replace_source(2, "print", 'claim("a", 0 * (x - 1), tol=1); print'),
        "cell 2: claim('a', 0 * (x - 1), tol=1) holds whatever is true",
    ),
    "claims of itself": (
        replace_source(2, "print", 'claim("a", f(x) - f(x), tol=1); print'),
        "cell 2: claim('a', f(x) - f(x), tol=1) holds whatever is true",
    ),
    "explore": (replace_source(2, "print", "explore(); print"), "cell 2: `explore` is for the learner"),
    "no mark": (
        replace_source(1, " (short way)", ""),
        "cell 1: the section '1 · Start' is neither (short way)",
    ),
    "other mark": (replace_source(1, "(short way)", "(short)"), "the section '1 · Start (short)' is neither"),
    "two headings": (replace_source(1, "\n## 1", "\n### 0 · B\n## 1"), "cell 1: 2 headings, one is enough"),
    "caption": (
        replace_source(5, "42.1", "42.2"),
        "cell 4: the caption below its figure must start with `*Figure 42.1. `",
    ),
    "vague": (
        add_output("stream", text="OK  the gap is about 0.02 nats   gap ≈ 0.01 ≤ 0.03\n"),
        "cell 2: 'the gap is about 0.02 nats' allows 0.03, more than a quarter of 0.02",
    ),
    "vague share": (
        add_output("stream", text="OK  to about 1/8 of them    share 0.01 ≤ 0.04\n"),
        "allows 0.04, more than a quarter of 0.125",
    ),
    "vague percent": (
        add_output("stream", text="OK  about 1 % of them    worst 0.001 ≤ 0.01\n"),
        "allows 0.01, more than a quarter of 0.01",
    ),
    "cells": (add_cells, "82 cells, allowed are 80"),
    "open cells": (add_open_cells, "46 open cells of code, allowed are 45"),
    "bytes": (replace_source(1, "# T", "#" * 900_000), "bytes, allowed are 900000"),
    "same id": (spoil_cell(3, id="title"), "cell 3: its id 'title' is missing or not unique"),
    "machine": (clear_metadata, "not those that `make notebooks` writes"),
    "times": (spoil_cell(2, metadata={"execution": {}}), "cell 2: the metadata 'execution' hold times"),
    "other notebook": (replace_source(1, "42.1", "7.1"), "equation (7.1) has the number of another notebook"),
    "same equation": (replace_source(3, "42.2", "42.1"), "equation (42.1) comes after (42.1)"),
    "equation order": (replace_source(1, "42.1", "42.3"), "equation (42.2) comes after (42.3)"),
    "dead link": (replace_source(1, " (later)", ""), "the link to 43_none.ipynb leads nowhere"),
    "dead image": (replace_source(1, "# T", '<img src="none.png">'), "the link to none.png leads nowhere"),
    "dead cell": (replace_source(1, "=00-01", "=00-none"), "#cell-id=00-none opens no place"),
    "heading": (replace_source(1, "cell-id=00-01", "Start"), "00_start_here.ipynb#Start opens no place"),
    "stale mark": (replace_source(1, "toml)", "toml) (later)"), "is marked `(later)`, but the file exists"),
    "parameter": (
        replace_source(6, "x: float", "z"),
        "42.1: no stub is scaled(x, a=1.0), the stubs are scaled(z",
    ),
    "default": (
        replace_source(6, "1.0", "2.0"),
        "no stub is scaled(x, a=1.0), the stubs are scaled(x, a=2.0)",
    ),
    "name": (replace_source(6, "scaled", "scale"), "no stub is scaled(x, a=1.0), the stubs are scale(x"),
    "solved": (replace_source(6, "...", "return a * x"), "no stub is scaled(x, a=1.0), the stubs are none"),
    "unchecked": (replace_source(7, "(scaled)", "(abs)"), "42.1: scaled is never checked, but abs"),
    "no exercise": (replace_source(7, CHECK, "pass"), "exercise 42.1 is not in the notebook"),
    "unknown": (replace_source(7, CHECK, f'{CHECK}; exercise("42.9").use(f)'), "there is no exercise 42.9"),
}


@pytest.mark.parametrize("name", SPOILERS)
def test_rule_catches(name):
    spoil, expected = SPOILERS[name]
    spoiled = good_notebook()
    spoil(spoiled)
    (problem,) = problems(spoiled)
    assert expected in problem


def test_each_rule_is_seen_to_catch():
    """Protects this file: a rule that is added without a spoiler could be one that never fires."""
    for rule in rules.RULES:
        caught = []
        for spoil, _ in SPOILERS.values():
            spoiled = good_notebook()
            spoil(spoiled)
            caught += rule(spoiled)
        assert caught, rule.__name__


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Source: Eq. (42.2).", []),
        ("Eqs. (42.1) and\n    (42.2)", []),
        ("Eq. (42.3)", ["a.py: Eq. (42.3) is cited, but notebook 42 has no such equation"]),
        ("Eqs. (42.1), (42.4) and (42.5)", ["Eq. (42.4) is cited", "Eq. (42.5) is cited"]),
        ("see Eq.\n    (5.1)", ["a.py: Eq. (5.1) is cited, but there is no notebook 05"]),
    ],
)
def test_citation_is_followed(text, expected):
    """An equation cited in a docstring that does not exist is found, however the lines break."""
    found = list(rules.missing_equations({"a.py": text}, {42: good_notebook()}))
    assert len(found) == len(expected)
    assert all(part in problem for part, problem in zip(expected, found, strict=True))


LESSON = r"$$|\det J| = \mathrm{KL}(p\,\|\,q), \qquad c \ge 0\,? \tag{42.1}$$ and $$y = 2. \tag{42.2}$$"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("[(42.1)](a.ipynb#cell-id=lesson)", ""),
        (r"[(42.1)](a.ipynb#cell-id=lesson) | $\lvert\det J\rvert = \mathrm{KL}(p\,\Vert\,q)$ |", ""),
        (r"[(42.1)](a.ipynb#cell-id=lesson) | $\lvert \det  J\rvert = \mathrm{KL}(p\,\Vert \,q)$ |", ""),
        (r"[(42.1)](a.ipynb#cell-id=lesson) | $c \ge 0\,?$ |", ""),
        (r"[(42.1)](a.ipynb#cell-id=lesson) | $\det J = \mathrm{KL}(p\,\Vert\,q)$ |", "(42.1) is quoted as"),
        (r"[(42.1)](a.ipynb#cell-id=lesson) | $c \ge$ |", "(42.1) is quoted as"),
        (r"[(42.1)](a.ipynb#cell-id=lesson) | $c \ge 0\,? \quad y = 2$ |", "(42.1) is quoted as"),
        (r"[(42.2)](a.ipynb#cell-id=lesson) | $c \ge 0\,?$ |", "(42.2) is quoted as"),
        ("[(42.3)](a.ipynb#cell-id=lesson)", "(42.3) is not in the cell"),
        ("[(42.2)](a.ipynb#cell-id=sheet)", "(42.2) is not in the cell"),
        ("[(42.2)](a.ipynb)", "(42.2) is not in the cell"),
    ],
)
def test_quotation_is_compared(row, expected):
    """A formula that is quoted with another term, or under another number or link, is found."""
    lesson, sheet = (
        new_notebook(cells=[new_markdown_cell(text, id=id)])
        for id, text in [("lesson", LESSON), ("sheet", row)]
    )
    found = list(rules.misquotations({42: lesson, 43: sheet}))
    assert len(found) == bool(expected)
    assert all(expected in problem for problem in found)


def lesson_of(*marks):
    """A notebook of sections with these marks, each with a cell that prints its number."""
    cells = [new_markdown_cell("# T"), new_code_cell("print(0)")]
    for n, mark in enumerate(marks, start=1):
        level, _, words = mark.partition(" ")
        heading = f"{level} {n}{f' ({words})' if words else ''}\n\n$$x = {n}$$"
        cells += [new_markdown_cell(heading), new_code_cell(f"print({n})")]
    return new_notebook(cells=cells)


@pytest.mark.parametrize(
    ("marks", "kept"),
    [
        (["## short way", "## in depth", "## short way"], "013"),
        (["## in depth", "### ", "## short way"], "03"),
        (["## short way", "### in depth", "### ", "## short way"], "0134"),
        (["## in depth", "### short way", "### ", "## in depth"], "02"),
        (["## short way", "### in depth", "## short way"], "013"),
    ],
)
def test_the_short_way_is_what_is_not_in_depth(marks, kept):
    short = rules.short_way(lesson_of(*marks))
    assert "".join(re.findall(r"print\((\d)\)", "".join(c.source for _, c in code_cells(short)))) == kept


def test_the_short_way_is_reckoned_without_exercises():
    lesson = lesson_of("## short way", "## in depth")
    plain = rules.short_minutes(lesson)
    assert 60 * plain == pytest.approx(2 * 5 + 30 + 4 * 0.5)  # 2 lines, a formula, the words T, 1, short, way
    lesson.cells += [
        new_markdown_cell("### Exercise 4.1 · A and B (short way)\n\n$$x = y$$"),
        new_code_cell('ex = exercise("4.1")\nex.check(f)'),
        new_markdown_cell("### Predict 4.2 · A and B"),
        new_code_cell('exercise("4.2").predict(...)'),
    ]
    assert rules.short_minutes(lesson) == plain


def test_choices_are_read_from_the_notebook():
    choice = SimpleNamespace(id="42.2", choices={"a": 1}, verb="predict")
    for source, expected in {
        'ex = exercise("42.2")\nex.predict(...)': [],
        'exercise("42.2").predict(...)': [],
        'ex = exercise("42.2")\nex.choose(...)': ["cell 8: exercise 42.2 has no `choose`"],
        'ex = exercise("42.2")\nex.predict("b")': ["cell 8: exercise 42.2 is answered already, with 'b'"],
        "pass": ["exercise 42.2 is not in the notebook"],
    }.items():
        notebook = good_notebook()
        notebook.cells.append(new_code_cell(source, id="choice", execution_count=5))
        assert rules.problems(notebook, 42, (*EXERCISES, choice)) == expected
