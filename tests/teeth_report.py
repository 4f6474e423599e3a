"""What complete runs of teeth.py found: kept in results.json, told in TEETH.md, the README and lesson 00."""

import ast
import datetime
import hashlib
import json
import re
import sys
from pathlib import Path

from mutants.survivors import REASONS

TESTS = Path(__file__).resolve().parent
sys.path.append(str(TESTS.parent / "experiments"))

from runs import code, skeleton  # noqa: E402

README, START = TESTS.parent / "README.md", TESTS.parent / "notebooks/00_start_here.ipynb"
RESULTS, REPORT = TESTS / "mutants/results.json", TESTS / "TEETH.md"
PLACE = re.compile(r"(?<=<!-- teeth -->\n).*?(?=<!-- end -->)", re.DOTALL)
UNIT, BOOK = "unit tests", "notebooks"

HEAD = """# Teeth

Written by `make teeth` and by `python tests/teeth.py sweep`; [teeth.py](teeth.py) says how. A mutant is
a file with one mistake in it. It is caught if the tests fail that are run on a copy which has it. In
parentheses: how many of them were caught because the tests did not come to an end.

## Named mistakes

In the words of the mathematics, in the tables of [mutants](mutants), by the notebook that owns the
formula. A formula that stands only in a notebook has no unit tests.
"""
SWEEP = """
## The sweep

Each operator, sign, constant, slice, comparison, argument and order of arguments, each exp, log, tanh,
sum, mean, ... of the core is changed, one at a time. Assertions (`strict=True`) are left alone. What only
decides whether an error is raised, what a progress bar shows, which dtype a result has, how much is
computed at a time, or what is taken where nothing is given is tried on the unit tests alone. So are
`claims`, `verify`, `inputs`, `parameters`, `files`, `datasets`, `quadrature` and all of `fused` but its
layers and networks, which hold no formula of the course. What is equal by definition is not tried: the
smaller of two numbers in the other order, a sign by which one divides, a minus modulo 2. `code` is a digest
of the module without its docstrings and comments.
"""
SURVIVORS = """
## Survivors of the sweep

The changed line, who does not notice, and why.
"""


def line(words, verdicts):
    """A row of the kill matrix: the mutant, the unit test that caught it, the cell that caught it."""
    caught = [f"{verdict or 'SURVIVED':40.40}" for verdict in verdicts.values()]
    return f"{words:60.60}  {'  '.join(caught)}".rstrip()


def digest(module):
    """Of the code of a module: a formula changes it, a comment or a docstring does not."""
    tree = ast.parse((TESTS.parent / f"nflow_ref/{module}.py").read_text(encoding="utf-8"))
    return hashlib.sha256(repr(skeleton(tree)).encode()).hexdigest()[:12]


def lesson_digest(path, files):
    """Of what the named mistakes of a lesson depend on: its cells, its table, the code they are put into."""
    cells = json.loads((TESTS.parent / path).read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    files = [f"tests/mutants/nb{Path(path).name[:2]}.py", *sorted(set(files) - {path})]
    return code(sources + [(TESTS.parent / file).read_text(encoding="utf-8") for file in files])


def counts(kind, code, verdicts):
    """What is kept of [(words, {check: who})]: on each side [caught, tried, by timeout]; the survivors."""
    sides = {UNIT: [], BOOK: []}
    for words, caught in verdicts:
        for check, who in caught.items():
            sides[UNIT if check == UNIT else BOOK].append((words, who))
    kept = {"mutants": len(verdicts)}
    for side, found in sides.items():
        caught = [who for _, who in found if who is not None]
        kept[side] = [len(caught), len(found), caught.count("timeout")]
    if kind == "sweep":
        kept["survivors"] = [[words, side] for side in sides for words, who in sides[side] if who is None]
        kept["date"] = str(datetime.date.today())
    return kept | {"code": code}


def without_survivors(swept, row):
    """The row of a sweep as if all its mutants, those of today, had been caught."""
    books = sum(len(mutant.checks) > 1 for mutant in swept)
    tried = {UNIT: len(swept), BOOK: books}
    return {"mutants": len(swept), "survivors": []} | {
        side: [n, n, row[side][2]] for side, n in tried.items()
    }


def survives(row, words, check):
    """Note in the row of a sweep that one was not caught after all."""
    side = UNIT if check == UNIT else BOOK
    row["survivors"].append([words, side])
    row[side][0] -= 1


def total(rows):
    rows = list(rows)
    sides = {side: [sum(row[side][i] for row in rows) for i in range(3)] for side in (UNIT, BOOK)}
    return sides | {"mutants": sum(row["mutants"] for row in rows)}


def keep(kind, found, codes):
    """Store what was found, {notebook or module: [(words, {check: who})]}, and tell it.

    codes: the digests of their code when they were tried; it may have changed since.
    """
    kept = results()
    kept[kind] |= {str(name): counts(kind, codes[name], verdicts) for name, verdicts in found.items()}
    keep_all(kept)


def keep_all(kept):
    write(RESULTS, json.dumps(kept, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
    for path, text in told(kept).items():
        write(path, text)


def results():
    return json.loads(RESULTS.read_text(encoding="utf-8"))


def write(path, text):
    new = path.with_suffix(".tmp")
    new.write_text(text, encoding="utf-8", newline="\n")
    new.replace(path)


def told(kept):
    """{file: its text, with these results in it}."""
    start = json.loads(START.read_text(encoding="utf-8"))
    for cell in start["cells"]:
        source = PLACE.sub(summary(kept, "../tests/TEETH.md"), "".join(cell["source"]))
        cell["source"] = source.splitlines(keepends=True)
    return {
        REPORT: report(kept),
        README: PLACE.sub(summary(kept, "tests/TEETH.md"), README.read_text(encoding="utf-8")),
        START: json.dumps(start, indent=1, ensure_ascii=False) + "\n",
    }


def summary(kept, link):
    """What is guaranteed, in three lines."""
    named, sweep = total(kept["named"].values()), total(kept["sweep"].values())
    percent = {side: f"{100 * sweep[side][0] / max(1, sweep[side][1]):.1f} %" for side in (UNIT, BOOK)}
    (books, _, _), (units, in_package, _) = named[BOOK], named[UNIT]
    return (
        f"- Of {named['mutants']} mistakes put into the formulas one at a time, {books} made the notebook "
        f"fail that owns the formula; of the {in_package} in `nflow_ref`, the unit tests caught {units}.\n"
        f"- Of {sweep['mutants']} changes of single operators, signs and constants of the core, the unit "
        f"tests caught {percent[UNIT]}; of those in formulas, the notebooks {percent[BOOK]}.\n"
        f"- `make teeth` repeats the first line. [The report]({link}) has the counts, and a reason for each "
        f"survivor.\n"
    )


def report(kept):
    named = sorted(kept["named"].items(), key=lambda item: int(item[0]))
    sweep = sorted(kept["sweep"].items())
    survivors = [
        [f"`{module}`", f"`{words}`", side, REASONS.get((module, words), "")]
        for module, row in sweep
        for words, side in row["survivors"]
    ]
    return "".join(
        [
            HEAD,
            table(["notebook", "mistakes", UNIT, "notebook"], [(f"{int(n):02d}", row) for n, row in named]),
            SWEEP,
            table(
                ["module", "mutants", UNIT, BOOK, "date", "code"],
                [(f"`{module}`", row, row["date"], f"`{row['code']}`") for module, row in sweep],
            ),
            SURVIVORS,
            rows(["module", "the line", "survives", "because"], survivors),
        ]
    )


def table(head, found):
    """A table of counts, with their total as the last row."""
    found = [*found, ("**all**", total(row for _, row, *_ in found), *[""] * (len(head) - 4))]
    return rows(
        head, [[name, row["mutants"], of(row[UNIT]), of(row[BOOK]), *rest] for name, row, *rest in found]
    )


def of(caught):
    return f"{caught[0]} of {caught[1]}" + (f" ({caught[2]})" if caught[2] else "")


def rows(head, cells):
    lines = [head, ["---"] * len(head), *cells]
    return "\n" + "".join(
        f"| {' | '.join(str(c).replace('|', chr(92) + '|') for c in line)} |\n" for line in lines
    )
