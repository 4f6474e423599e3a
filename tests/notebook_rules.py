"""What a notebook of the course must satisfy beyond what nbval compares: each rule says what it protects."""

import ast
import base64
import contextlib
import copy
import functools
import io
import itertools
import re
import tokenize
from pathlib import Path
from urllib.parse import unquote

import claim_coverage
import nbformat
from execute_notebooks import FOLDER, METADATA, STORED_ALT_TEXT, captioned
from exercise_rules import code_cells, parsed, registered, stubs
from nbformat.validator import iter_validate
from PIL import Image

PACKAGE = FOLDER.parent / "nflow_ref"
APPENDIX = 12  # is for looking things up: no time, no short way
MOST_CELLS = 80
MOST_OPEN_CELLS = 45  # of code; what only checks, draws or imports is folded
MOST_OPEN_LINES = 30
MOST_CLAIMS = 6  # lines that a cell prints
MOST_BYTES = 900_000
SHORTEST_ALT = 20
OUTPUTS = {"text/plain", "text/html", "text/latex", "text/markdown", "image/png"}
MARKS = re.compile(r"nbval|pytest[-_]validate|raises-exception|skip-execution", re.IGNORECASE)
TIMES = {"execution", "ExecuteTime", "papermill"}
TAG = re.compile(r"\\tag\{(\d+)\.(\d+)\}")
NUMBER = r"\((\d+)\.(\d+)\)"
CITATION = re.compile(rf"\bEqs?\.\s+{NUMBER}(?:(?:,\s*|\s*–\s*|,?\s+(?:and|or|to)\s+){NUMBER})*")
EQUATION = re.compile(r"\$\$(.*?)\$\$", re.DOTALL)
LOOKED_UP = re.compile(rf"\[{NUMBER}\]\(([^)\s]+)\)(?: \| \$([^$]+)\$)?")
CELL = "#cell-id="
FORMULA_OR_CODE = re.compile(r"\$\$.*?\$\$|```.*?```|\$.*?\$|`.*?`", re.DOTALL)
ABOUT = re.compile(
    r"^ *OK  (.*\b(?:about|nearly|roughly) (-?[\d.,]+|half)(?:/(\d+))?( %)?.*)  .*? ≤ (\S+)$", re.MULTILINE
)
FOLDED = re.compile(r"# (Test|Figure|Setup): \S.{9,}")
CLAIM_LINE = re.compile(r"^(?:OK|NO)  ", re.MULTILINE)
HEADING = re.compile(r"^(#{2,3}) (.*?)(?: \((short way|in depth)\))?$", re.MULTILINE)
LINK = re.compile(r"""(?:\]\(|(?:href|src)=["'])([^)"'\s]+)["')](\s*\(later\))?""")


def problems(notebook, number, exercises=None, folder=FOLDER):
    """What is wrong with the notebook of this number, one sentence each; none is the empty list.

    Args:
        notebook: what `load` gives.
        number: 1 for 01_change_of_variables.ipynb.
        exercises: those that it must contain; by default the registered ones.
        folder: where its relative links start.
    """
    exercises = registered(number) if exercises is None else exercises
    return [
        *(found for rule in RULES for found in rule(notebook)),
        *equations(notebook, number),
        *captions(notebook, number),
        *links(notebook, folder),
        *(marked(notebook) if number != APPENDIX else ()),
        *stubs(notebook, exercises),
    ]


def load(path):
    """The notebook in this file as it is: nbformat.read would repair some of what the rules look for."""
    return nbformat.v4.reads(Path(path).read_text(encoding="utf-8"))


def markdown(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def outputs(notebook):
    """(position of the cell, output, its MIME types)."""
    for i, cell in code_cells(notebook):
        for output in cell.outputs:
            yield i, output, output.get("data", {})


def texts(output):
    """What a reader sees of an output as text."""
    return [
        output.get("text", ""),
        *(text for kind, text in output.get("data", {}).items() if kind.startswith("text/")),
    ]


def valid(notebook):
    """Protects the reader from JupyterLab's complaint that the file is damaged."""
    for error in iter_validate(notebook):
        yield f"not a valid notebook: {error.message[:200]}"


def executed(notebook):
    """Protects against the largest hole in nbval: a cell without execution count is never compared."""
    for n, (i, cell) in enumerate(code_cells(notebook), start=1):
        if cell.execution_count != n:
            yield f"cell {i}: its execution count is {cell.execution_count}, expected {n}"


def stored_text(notebook):
    """Protects against a notebook that proves nothing: nbval would compare nothing with nothing."""
    if not any(text.strip() for _, output, _ in outputs(notebook) for text in texts(output)):
        yield "no cell has a text output, so nbval has nothing to compare"


def clean_outputs(notebook):
    """Protects the reader from tracebacks and warnings, and nbval from outputs that differ in each run."""
    for i, output, data in outputs(notebook):
        if output.output_type == "error":
            yield f"cell {i}: it raises {output.ename}"
        if output.get("name") == "stderr":
            yield f"cell {i}: it writes to stderr: {output.text.strip()[:60]!r}"
        for kind in data.keys() - OUTPUTS:
            yield f"cell {i}: an output of type {kind}, allowed are {', '.join(sorted(OUTPUTS))}"
        for text in texts(output):
            if address := re.search(r"<[^<>]* at 0x[0-9A-Fa-f]+>", text):
                yield f"cell {i}: the memory address in {address[0]} is another one in each run"
            if digits := re.search(r"\d\.\d{10,}", text):
                yield f"cell {i}: {digits[0]} is not rounded, its last digits differ between machines"
            if zero := re.search(r"(?<![\w.])-0(\.0+)?(?![\w.])", text):
                yield f"cell {i}: the sign of {zero[0]} is that of a rounding error, not of the result"


def no_marks(notebook):
    """Protects the comparison itself: nbval's marks switch it off, by tag or by comment."""
    for i, cell in code_cells(notebook):
        marks = [tag for tag in cell.metadata.get("tags", []) if MARKS.search(tag)]
        marks += re.findall(r"NBVAL_\w+|PYTEST_VALIDATE_\w+", cell.source)
        for mark in marks:
            yield f"cell {i}: the mark {mark} hides the cell from nbval"


def plain_python(notebook):
    """Protects against magics, which work in some front ends only, and keeps the cells readable by ast."""
    for i, cell in code_cells(notebook):
        try:
            ast.parse(cell.source)
        except SyntaxError as error:
            yield f"cell {i}: line {error.lineno} is not plain Python"


def no_trailing_semicolon(notebook):
    """Protects nbval, which does not honour `;`: the line's value is compared, with its memory address."""
    ends = {tokenize.NEWLINE, tokenize.NL, tokenize.COMMENT, tokenize.ENDMARKER}
    for i, cell in code_cells(notebook):
        if not parsed(cell).body:
            continue
        tokens = list(tokenize.generate_tokens(io.StringIO(cell.source).readline))
        for token, following in itertools.pairwise(tokens):
            if token.string == ";" and following.type in ends:
                yield f"cell {i}: line {token.start[0]} ends with `;`: end a figure with plt.show()"


def figures(notebook):
    """Protects the figures, which nbval never compares, and readers who cannot see them."""
    for i, cell in code_cells(notebook):
        kinds = [output.get("data", {}) for output in cell.outputs]
        for data in kinds:
            if data.get("text/plain", "").startswith("<Figure") and not data.get("image/png"):
                yield f"cell {i}: its figure is not stored"
            if not is_picture(data.get("image/png")):
                yield f"cell {i}: what is stored as its figure is no picture"
        if any("needs_background" in output.get("metadata", {}) for output in cell.outputs):
            yield f"cell {i}: JupyterLab would put its figure on white; tick labels of INK do not ask for it"
        alt = cell.metadata.get("alt", "")
        if any("image/png" in data for data in kinds) and len(alt.strip()) < SHORTEST_ALT:
            yield f'cell {i}: the alt text of its figure, metadata "alt", is too short or missing: {alt!r}'


def is_picture(png):
    """Whether it is None, or a PNG file in base64 that can be opened."""
    with contextlib.suppress(ValueError, OSError, SyntaxError):
        if png is not None:
            Image.open(io.BytesIO(base64.b64decode(png))).load()
        return True
    return False


def in_words(notebook):
    """Protects readers who cannot see a figure: no viewer tells them its alt text, the caption does."""
    good = captioned(copy.deepcopy(notebook))
    for i, (cell, other) in enumerate(zip(notebook.cells, good.cells, strict=True), start=1):
        if cell.source != other.source:
            yield f"cell {i}: the caption does not tell its figure's alt text: run `make notebooks`"


def apart(notebook):
    """Protects readers on GitHub: of formulas with no word between them, it shows the last one only."""
    for i, cell in enumerate(notebook.cells, start=1):
        formulas = EQUATION.finditer(cell.source) if cell.cell_type == "markdown" else ()
        for one, next_one in itertools.pairwise(formulas):
            if not cell.source[one.end() : next_one.start()].strip():
                yield f"cell {i}: no word stands before the formula {next_one[1].strip()[:40]}"


def vague(notebook):
    """Protects the word "about": a claim that a number is about a allows a quarter of a at most."""
    for i, output, _ in outputs(notebook):
        for statement, a, divisor, percent, tol in ABOUT.findall(shown(output)):
            a = 0.5 if a == "half" else float(a.replace(",", ""))
            a = a / float(divisor or 1) / (100 if percent else 1)
            if float(tol) > abs(a) / 4:
                yield f"cell {i}: {statement.strip()!r} allows {tol}, more than a quarter of {a:g}"


def size(notebook):
    """Protects the reader's attention, and the repository."""
    if len(notebook.cells) > MOST_CELLS:
        yield f"{len(notebook.cells)} cells, allowed are {MOST_CELLS}"
    opened = sum(not is_folded(cell) for _, cell in code_cells(notebook))
    if opened > MOST_OPEN_CELLS:
        yield f"{opened} open cells of code, allowed are {MOST_OPEN_CELLS}"
    if (bytes_ := len(nbformat.v4.writes(notebook).encode())) > MOST_BYTES:
        yield f"{bytes_} bytes, allowed are {MOST_BYTES}"


def is_folded(cell):
    return cell.metadata.get("jupyter", {}).get("source_hidden", False)


def folds(notebook):
    """Protects the reader from code that teaches nothing: it is folded, and says what it is for."""
    for i, cell in code_cells(notebook):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        if not is_folded(cell) and len(lines) > MOST_OPEN_LINES:
            yield f"cell {i}: {len(lines)} lines of code, an open cell has {MOST_OPEN_LINES} at most"
        if is_folded(cell) != ("hide-input" in cell.metadata.get("tags", [])):
            yield f'cell {i}: `source_hidden` and the tag "hide-input" go together'
        if is_folded(cell) and not FOLDED.match(cell.source):
            yield f"cell {i}: a folded cell starts with `# Test: ...`, `# Figure: ...` or `# Setup: ...`"


def claims(notebook):
    """Protects the reader from walls of OK, and the figures of those who try things: they come first."""
    for i, cell in code_cells(notebook):
        kinds = [output.get("data", {}) for output in cell.outputs]
        lines = [len(CLAIM_LINE.findall(shown(output))) for output in cell.outputs]
        if sum(lines) > MOST_CLAIMS:
            yield f"cell {i}: {sum(lines)} lines of claims, allowed are {MOST_CLAIMS}: use `together`"
        drawn = [k for k, data in enumerate(kinds) if "image/png" in data]
        if drawn and any(lines[: drawn[-1]]):
            yield f"cell {i}: it claims before it draws: who changes a number would not see the figure"
        if re.search(r"\bexplore\(", cell.source):
            yield f"cell {i}: `explore` is for the learner: a claim that fails would not stop the test"


def of_themselves(notebook):
    """Protects against a claim that compares something with itself, or that multiplies its error by 0."""
    for i, cell in code_cells(notebook):
        with contextlib.suppress(SyntaxError):
            for call in filter(claim_coverage.is_vacuous, claim_coverage.calls(cell.source)):
                yield f"cell {i}: {ast.unparse(call)[:60]} holds whatever is true"


def shown(output):
    """The text of an output as a terminal would have it."""
    return output.get("text", "") or output.get("data", {}).get("text/plain", "")


def sections(notebook):
    """(cell, its mark) of each cell: "short way" or "in depth", "" before the first heading that has one."""
    marks = {2: "", 3: ""}
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (found := HEADING.search(cell.source)):
            level = len(found[1])
            marks[level] = found[3] or ("" if level == 3 else marks[2])
            if level == 2:
                marks[3] = ""
        yield cell, marks[3] or marks[2]


def marked(notebook):
    """Protects those who have an evening: each section says whether it can be left out."""
    for i, cell in enumerate(notebook.cells, start=1):
        headings = HEADING.findall(cell.source) if cell.cell_type == "markdown" else []
        if len(headings) > 1:
            yield f"cell {i}: {len(headings)} headings, one is enough for a cell"
        for level, title, mark in headings:
            if level == "##" and not mark:
                yield f"cell {i}: the section {title!r} is neither (short way) nor (in depth)"


def is_exercise(cell):
    """Whether a cell belongs to an exercise, which states minutes of its own."""
    if cell.cell_type == "code":
        return bool(re.search(r"\b(exercise|progress)\(", cell.source)) and not is_folded(cell)
    return bool(re.match(r"### (Exercises?|Predict) ", cell.source))


def short_way(notebook):
    """The notebook without what is in depth."""
    kept = [cell for cell, mark in sections(notebook) if mark != "in depth"]
    return nbformat.from_dict({**notebook, "cells": kept})


# Nobody has measured how fast mathematics is read. These are ours; for plain prose 238 words are measured
# (M. Brysbaert, "How many words do we read per minute?", Journal of Memory and Language 109, 2019).
WORDS_A_MINUTE = 120
SECONDS = {"line of code": 5, "formula": 30, "figure": 45}


def words(text):
    """How many words of Markdown are read: a formula in a line counts as one, a link by its words.

    Alt texts are not: they are folded.
    """
    prose = re.sub(r"\$[^$]*\$|`[^`]*`", " x ", EQUATION.sub("", STORED_ALT_TEXT.sub("", text)))
    return len(re.findall(r"[\w’'-]+", re.sub(r"\]\([^)]*\)", "", prose)))


def minutes(notebook, exercises):
    """How long the lesson takes: its words, shown lines of code, formulas and figures, and its exercises."""
    text = markdown(notebook)
    cells = [cell for _, cell in code_cells(notebook)]
    counted = {
        "line of code": sum(
            bool(line.strip()) for cell in cells if not is_folded(cell) for line in cell.source.splitlines()
        ),
        "formula": len(EQUATION.findall(text)),
        "figure": sum(any("image/png" in o.get("data", {}) for o in cell.outputs) for cell in cells),
    }
    seconds = sum(SECONDS[name] * number for name, number in counted.items())
    return words(text) / WORDS_A_MINUTE + seconds / 60 + sum(exercise.minutes for exercise in exercises)


def short_minutes(notebook):
    """How long the short way takes, without exercises."""
    short = short_way(notebook)
    short.cells = [cell for cell in short.cells if not is_exercise(cell)]
    return minutes(short, ())


def ids(notebook):
    """Protects the diff: without fixed cell ids, each execution would write new ones."""
    seen = [cell.get("id", "") for cell in notebook.cells]
    for i, id in enumerate(seen, start=1):
        if not id or id in seen[: i - 1]:
            yield f"cell {i}: its id {id!r} is missing or not unique"


def metadata(notebook):
    """Protects the diff: no times, and nothing that depends on the machine."""
    if notebook.metadata != METADATA:
        yield "the notebook's metadata are not those that `make notebooks` writes"
    for i, cell in enumerate(notebook.cells, start=1):
        for key in sorted(TIMES & cell.metadata.keys()):
            yield f"cell {i}: the metadata {key!r} hold times"


RULES = (
    valid,
    executed,
    stored_text,
    clean_outputs,
    no_marks,
    plain_python,
    no_trailing_semicolon,
    figures,
    in_words,
    apart,
    vague,
    size,
    folds,
    claims,
    of_themselves,
    ids,
    metadata,
)


def numbered(notebook):
    """The equation numbers of a notebook: (6, 3) for (6.3)."""
    return [(int(n), int(k)) for n, k in TAG.findall(markdown(notebook))]


def equations(notebook, number):
    """Protects those who cite an equation: its number is the notebook's, stands once, and in order."""
    last = 0
    for n, k in numbered(notebook):
        if n != number:
            yield f"equation ({n}.{k}) has the number of another notebook"
        elif k <= last:
            yield f"equation ({n}.{k}) comes after ({n}.{last})"
        last = k


def captions(notebook, number):
    """Protects those who cite a figure: a caption with its number stands right below it, in order."""
    k = 0
    for i, cell in code_cells(notebook):
        if any("image/png" in output.get("data", {}) for output in cell.outputs):
            k += 1
            start, below = f"*Figure {number}.{k}. ", notebook.cells[i].source if notebook.cells[i:] else ""
            if not below.startswith(start):
                yield f"cell {i}: the caption below its figure must start with `{start}`, got {below[:30]!r}"


def cited(text):
    """The equation numbers in citations such as `Eq. (6.3)` and `Eqs. (6.3) and (6.4)`."""
    numbers = (re.findall(NUMBER, citation[0]) for citation in CITATION.finditer(text))
    return [(int(n), int(k)) for pairs in numbers for n, k in pairs]


def missing_equations(sources, notebooks):
    """Protects the chain from code to proof: what is cited exists.

    Args:
        sources: dictionary from names of files to their texts.
        notebooks: dictionary from numbers to notebooks.
    """
    existing = {n: numbered(notebook) for n, notebook in notebooks.items()}
    for name, text in sources.items():
        for n, k in cited(text):
            if n not in existing:
                yield f"{name}: Eq. ({n}.{k}) is cited, but there is no notebook {n:02d}"
            elif (n, k) not in existing[n]:
                yield f"{name}: Eq. ({n}.{k}) is cited, but notebook {n:02d} has no such equation"


def citing_sources(notebooks):
    """Everything that may cite an equation: the modules of nflow_ref and the notebooks."""
    modules = {
        path.relative_to(PACKAGE.parent).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(PACKAGE.rglob("*.py"))
    }
    return modules | {
        f"notebook {n:02d}": "\n\n".join(cell.source for cell in notebook.cells)
        for n, notebook in notebooks.items()
    }


def links(notebook, folder):
    """Protects the reader from links into the void. A lesson that is not written yet is marked `(later)`."""
    for target, later in LINK.findall(FORMULA_OR_CODE.sub("", markdown(notebook))):
        if target.startswith("#") or re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        file, _, place = target.partition("#")
        exists = (folder / unquote(file)).exists()
        if not exists and not later:
            yield f"the link to {target} leads nowhere; mark a coming lesson with `(later)` behind the link"
        if exists and later:
            yield f"the link to {target} is marked `(later)`, but the file exists"
        if exists and place and file.endswith(".ipynb") and f"#{place}" not in places(folder / unquote(file)):
            yield f"the link to {target} opens no place: behind a notebook write {CELL} and the id of a cell"


@functools.cache
def places(path):
    """What a link may have behind this notebook. (In JupyterLab a heading far from the top is not found.)"""
    return {CELL + cell.id for cell in load(path).cells}


def quotations(text):
    """(equation number, what its link opens, the formula beside it or "") of each linked number."""
    return [((int(n), int(k)), target, formula) for n, k, target, formula in LOOKED_UP.findall(text)]


def statements(formula):
    """The parts of a formula that wide spaces separate, as they are but for spaces, final stops, and bars.

    In a table a bar would end the cell, so there it is spelled \\lvert, \\rvert, or \\Vert for two.
    """
    formula = re.sub(r"\\[lr]?vert(?![a-zA-Z])", "|", TAG.sub("", formula))
    formula = re.sub(r"\\[lr]?Vert(?![a-zA-Z])", r"\\|", formula)
    parts = re.split(r"\\q?quad(?![a-zA-Z])", formula)
    return {re.sub(r"\s", "", part).rstrip(".,") for part in parts}


def misquotations(notebooks):
    """Protects those who look a formula up: its number opens the cell that holds it, and it is the lesson's.

    Args:
        notebooks: dictionary from numbers to notebooks.
    """
    cells = {cell.id: cell.source for notebook in notebooks.values() for cell in notebook.cells}
    for number, notebook in notebooks.items():
        for (n, k), target, formula in quotations(markdown(notebook)):
            name = f"notebook {number:02d}: ({n}.{k})"
            equations = EQUATION.findall(cells.get(target.partition(CELL)[2], ""))
            tagged = [equation for equation in equations if rf"\tag{{{n}.{k}}}" in equation]
            if not tagged:
                yield f"{name} is not in the cell that its link opens, {target}"
            elif formula and not statements(formula) <= statements(tagged[0]):
                yield f"{name} is quoted as {formula}, but its lesson has {tagged[0].strip()}"
