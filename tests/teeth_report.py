"""What complete runs of teeth.py found: kept in results.json, told in TEETH.md, the README and lesson 00."""

import ast
import datetime
import hashlib
import json
import re
from pathlib import Path

from mutants.survivors import REASONS

TESTS = Path(__file__).resolve().parent
RESULTS, REPORT = TESTS / "mutants/results.json", TESTS / "TEETH.md"
UNIT = "unit tests"
PLACE = re.compile(r"(<!-- teeth -->).*?(<!-- end of teeth -->)", re.DOTALL)


def line(words, verdicts):
    """A row of the kill matrix: the mutant, which unit test caught it, which cell of which notebook."""
    caught = [f"{verdict or 'SURVIVED':40.40}" for verdict in verdicts.values()]
    return f"{words:60.60}  {'  '.join(caught)}".rstrip()


def digest(module):
    """Of the code of a module: it changes with a formula, not with a comment or a docstring."""
    tree = ast.parse((TESTS.parent / f"nflow_ref/{module}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:]
    return hashlib.sha256(ast.dump(tree).encode()).hexdigest()[:12]


def results():
    return json.loads(RESULTS.read_text(encoding="utf-8"))


def keep(kind, name, mutants):
    """Store the counts of one notebook or module, and return how many mutants survived."""
    counts = {"mutants": len(mutants)}
    for who in ("unit tests", "notebooks"):
        caught = [v for _, verdicts in mutants for check, v in verdicts.items() if (check == UNIT) == (who == UNIT)]
        counts[who] = [sum(map(bool, caught)), len(caught), caught.count("timeout")]
    survivors = [
        [words, "unit tests" if check == UNIT else "notebooks"]
        for words, verdicts in mutants for check, verdict in verdicts.items() if verdict is None
    ]  # fmt: skip
    if kind == "sweep":
        counts |= {"date": str(datetime.date.today()), "digest": digest(name), "survivors": survivors}
    kept = results()
    kept[kind][name] = counts
    RESULTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    return len(survivors)
def write():
    pass
