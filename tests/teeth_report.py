"""What complete runs of teeth.py found: kept in results.json, told in TEETH.md, the README and lesson 00."""

import ast
import datetime
import hashlib
import json
import re
from pathlib import Path

from mutants.survivors import REASONS

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
RESULTS, REPORT, START = (
    TESTS / "mutants/results.json",
    TESTS / "TEETH.md",
    ROOT / "notebooks/00_start_here.ipynb",
)
BETWEEN = re.compile(r"(?<=<!-- teeth -->\n).*?(?=<!-- end -->)", re.DOTALL)
SIDES = ("unit tests", "notebooks")


def line(words, verdicts):
    """A row of the kill matrix: the mutant, the unit test that caught it, the cell that caught it."""
    caught = [f"{verdict or 'SURVIVED':40.40}" for verdict in verdicts.values()]
    return f"{words:60.60}  {'  '.join(caught)}".rstrip()


def digest(module):
    """Of the code of a module: a formula changes it, a comment or a docstring does not."""
    tree = ast.parse((ROOT / f"nflow_ref/{module}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and ast.get_docstring(node) is not None
        ):
            node.body = node.body[1:]
    return hashlib.sha256(ast.dump(tree).encode()).hexdigest()[:12]


def counts(kind, name, verdicts):
    """What is kept of the mutants of one notebook or module: [caught, tried, by timeout] on each side."""
    sides = {side: [] for side in SIDES}
    for words, caught in verdicts:
        for check, who in caught.items():
            sides["unit tests" if check == "unit tests" else "notebooks"].append((words, who))
    result = {
        side: [sum(who is not None for _, who in all_), len(all_), sum(who == "timeout" for _, who in all_)]
        for side, all_ in sides.items()
    }
    result["mutants"] = len(verdicts)
    if kind == "sweep":
        result["survivors"] = sorted(
            [words, side] for side in SIDES for words, who in sides[side] if who is None
        )
        result |= {"date": str(datetime.date.today()), "digest": digest(name)}
    return result


def keep(kind, found):
    """Store the counts of {notebook or module: [(words, {check: who})]}, and tell them."""
    kept = results()
    kept[kind] |= {str(name): counts(kind, name, verdicts) for name, verdicts in found.items()}
    write(RESULTS, json.dumps(kept, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
    write(REPORT, report(kept))
    for path, text in places(kept).items():
        write(path, text)


def results():
    return json.loads(RESULTS.read_text(encoding="utf-8"))


def write(path, text):
    new = path.with_suffix(".tmp")
    new.write_text(text, encoding="utf-8", newline="\n")
    new.replace(path)


def total(rows):
    """[caught, tried, by timeout] on each side, and the number of mutants, over notebooks or modules."""
    return {side: [sum(n) for n in zip(*(row[side] for row in rows), strict=True)] for side in SIDES} | {
        "mutants": sum(row["mutants"] for row in rows)
    }


def summary(kept):
    """What is guaranteed, in three sentences: for the README and lesson 00."""
    named, sweep = total(kept["named"].values()), total(kept["sweep"].values())
    (nb, nb_of, _), (unit, unit_of, _) = named["notebooks"], named["unit tests"]
    return (
        f"A wrong formula does not pass. {named['mutants']} mistakes that people make are put into the formulas, one at a "
        f"time: {nb} of {nb_of} make the notebook fail that owns the formula, and {unit} of the {unit_of} in `nflow_ref` fail "
        f"its unit tests as well.\n"
        f"Then each operator, sign, constant and slice of the core is changed, {sweep['mutants']:,} times: the unit tests "
        f"catch {percent(sweep['unit tests'])} %, and of those in formulas the notebooks catch {percent(sweep['notebooks'])} %.\n"
        "`make teeth` repeats the first part; [the report](TEETH) has the whole matrix, and a reason for each survivor.\n"
    )


def percent(row):
    return f"{100 * row[0] / row[1]:.1f}" if row[1] else "–"


def places(kept):
    """{file: its text with the summary of these results in its place}."""
    start = json.loads(START.read_text(encoding="utf-8"))
    for cell in start["cells"]:
        source = "".join(cell["source"])
        if BETWEEN.search(source):
            link = summary(kept).replace("(TEETH)", "(../tests/TEETH.md)")
            cell["source"] = BETWEEN.sub(lambda _: link, source).splitlines(keepends=True)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return {
        ROOT / "README.md": BETWEEN.sub(
            lambda _: summary(kept).replace("(TEETH)", "(tests/TEETH.md)"), readme
        ),
        START: json.dumps(start, indent=1, ensure_ascii=False) + "\n",
    }


def report(kept):
    """TEETH.md."""
    named = [
        [f"{int(n):02d}", row["mutants"], *cells(row)]
        for n, row in sorted(kept["named"].items(), key=lambda item: int(item[0]))
    ]
    sweep = [
        [f"`{n}`", row["mutants"], *cells(row), row["date"], f"`{row['digest']}`"]
        for n, row in kept["sweep"].items()
    ]
    survivors = [
        [f"`{n}`", f"`{words}`", side, REASONS.get((n, words), "")]
        for n, row in kept["sweep"].items()
        for words, side in row["survivors"]
    ]
    return f"""# Teeth

Written by `make teeth` and `python tests/teeth.py sweep`; [teeth.py](teeth.py) says how. A mutant is one mistake in one
formula. It is caught if the tests, run on a copy that has it, fail. A number in parentheses counts those that were
caught because the run did not end.

## Named mistakes

In the words of the mathematics, in the tables of [mutants](mutants), by the notebook that owns the formula. A formula
that stands only in a notebook has no unit tests.

{table(["notebook", "mistakes", "caught by unit tests", "caught by the notebook"], named, total(kept["named"].values()))}

## The sweep

Each operator, sign, constant, slice, axis, comparison, order of arguments, exp, log, tanh, sum and mean changed, one at a
time. What only decides whether an error is raised is tried on the unit tests alone, and so are `verify`, `inputs` and
`parameters`, which hold no formula of the course. The code is the module's at that date, without its docstrings: a
test fails when the code has changed since.

{table(["module", "mutants", "caught by unit tests", "caught by notebooks", "date", "code"], sweep, total(kept["sweep"].values()))}

## Survivors of the sweep

The changed line, and why it makes no difference there.

{table(["module", "changed line", "survives", "because"], survivors)}
"""


def cells(row):
    return [f"{row[s][0]} of {row[s][1]}" + (f" ({row[s][2]})" if row[s][2] else "") for s in SIDES]


def table(head, rows, totals=None):
    lines = [head, ["--:" if h in ("mistakes", "mutants") else "---" for h in head], *rows]
    if totals:
        lines.append(["**all**", totals["mutants"], *cells(totals), *[""] * (len(head) - 4)])
    return "\n".join("| " + " | ".join(str(c).replace("|", r"\|") for c in line) + " |" for line in lines)
