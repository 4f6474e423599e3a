"""Which mistakes does each claim notice? What `teeth.py coverage` finds, kept in tests/mutants/coverage.json.

A lesson that has a mistake runs to its end here: claims are judged, and none of them stops it. A cell that
raises is left, and what needs its names is not judged. A claim is a call of `claim`, `refute` or of what
claims for it, in the code of a cell; one in a loop notices what any of its turns notices.
"""

import ast
import contextlib
import io
import json
import sys
from pathlib import Path

COVERAGE = Path(__file__).resolve().parent / "mutants/coverage.json"
CLAIMING = {"claim", "refute", "check_bijection"}


def calls(source):
    """The calls that claim something, in the order in which they stand in a cell."""
    found = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CLAIMING
    ]
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def of_itself(call):
    """Whether a claim compares something with itself."""
    error = call.args[1] if len(call.args) > 1 else None
    return isinstance(error, ast.BinOp) and ast.dump(error.left) == ast.dump(error.right)


def is_vacuous(call):
    """Whether it holds whatever is true: it compares something with itself, or takes the error times 0."""
    parts = [call.args[1]] if len(call.args) > 1 else []
    while parts:
        part = parts.pop()
        if isinstance(part, ast.Constant) and part.value == 0:
            return True
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Mult | ast.Div):
            parts += [part.left] + [part.right] * isinstance(part.op, ast.Mult)
    return of_itself(call)


def code(path):
    """{id: source} of a lesson's code."""
    notebook = json.loads(Path(path).read_text(encoding="utf-8"))
    return {c["id"]: "".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"}


def sites(cells):
    """{name: source of the call} of all claims of a lesson; the third of cell 06-15 is named 06-15/3."""
    return {
        f"{id}/{k}": ast.unparse(call)
        for id, source in cells.items()
        for k, call in enumerate(calls(source), start=1)
    }


def judging(cells):
    """{name of a claim: whether it holds}, filled while these cells run, {id: source}; none stops them."""
    from nflow_ref import claims  # here: it is the copy's

    held, judge = {}, claims._judge

    def note(case):
        frame = sys._getframe()
        while frame.f_code.co_filename not in cells:
            frame = frame.f_back
        id, line = frame.f_code.co_filename, frame.f_lineno
        around = [k for k, c in enumerate(calls(cells[id]), 1) if c.lineno <= line <= c.end_lineno]
        name = f"{id}/{around[-1]}"
        held[name] = held.get(name, True) and bool(case.holds)
        judge(case)

    claims._judge = note
    claims.explore()
    return held


def judged(path):
    """{name of a claim: whether it holds} of all that are reached, in the lesson as it is."""
    cells = code(path)
    held, scope = judging(cells), {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        for id, source in cells.items():
            with contextlib.suppress(Exception):
                exec(compile(source, id, "exec"), scope)
    return held


def counted(held_without, found):
    """{claim: [mistakes that it notices, mistakes that it judges, one that it notices]}.

    Args:
        held_without: the verdicts on the lesson without a mistake.
        found: list of (words, verdicts) of each mistake.
    """
    table = {}
    for name in held_without:
        verdicts = [(words, held[name]) for words, held in found if name in held]
        noticing = [words for words, holds in verdicts if not holds]
        table[name] = [len(noticing), len(verdicts), noticing[0] if noticing else ""]
    return table


def kept():
    return json.loads(COVERAGE.read_text(encoding="utf-8")) if COVERAGE.exists() else {}


def keep(number, row):
    new = COVERAGE.with_suffix(".tmp")
    text = json.dumps(kept() | {f"{number:02d}": row}, indent=1, ensure_ascii=False, sort_keys=True)
    new.write_text(text + "\n", encoding="utf-8", newline="\n")
    new.replace(COVERAGE)
