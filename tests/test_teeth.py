"""The teeth themselves: the tables fit the code, the runner can be trusted, the report is up to date."""

import ast
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest
import sweep
import teeth
import teeth_report
from mutants.survivors import REASONS

TABLES = {number: teeth.named_mutants(number) for number in teeth.NOTEBOOKS}
ALL = [mutant for table in TABLES.values() for mutant in table]
# A layer, and what belongs to it.
LAYERS = {
    "ActNorm": {"ActNorm"}, "Permutation": {"Permutation", "inverse_permutation"}, "Conv1x1": {"Conv1x1"},
    "Conv1x1LU": {"Conv1x1LU", "lu", "solve_triangular"}, "AdditiveCoupling": {"AdditiveCoupling"},
    "AffineCoupling": {"AffineCoupling", "bounded"}, "MLP": {"MLP", "relu", "_linear"},
    "ConvNet": {"ConvNet", "gather", "scatter"}, "Squeezed": {"Squeezed", "squeeze", "unsqueeze"},
    "Split": {"Split"}, "CheckerboardCoupling": {"CheckerboardCoupling"}, "Chain": {"Chain"},
    "StandardNormal": {"StandardNormal", "_normal_cdf"},
    "StandardLogistic": {"StandardLogistic"}, "Flow": {"Flow"}, "Adam": {"Adam"},
    "dequantize": {"dequantize"}, "bits_per_dim": {"bits_per_dim"}, "glow": {"glow"},
    "real_nvp": {"real_nvp"},
}  # fmt: skip


def place(mutant):
    """The class or function of nflow_ref in which the mutant's first change stands."""
    before = (teeth.ROOT / mutant.file).read_text(encoding="utf-8")
    same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(before, mutant.text, strict=False))
    line = 1 + sum(letter == "\n" for letter, _ in same)
    tree = ast.parse(before)
    return next((n.name for n in tree.body if hasattr(n, "name") and n.lineno <= line <= n.end_lineno), "")


def test_tables_are_large_enough():
    """`named` has found the place of each mistake, exactly once, or the import above would have failed."""
    assert len(ALL) >= 80 and min(map(len, TABLES.values())) >= 5
    for table in TABLES.values():
        assert len({mutant.words for mutant in table}) == len(table)
    places = [place(mutant) for mutant in ALL if mutant.file.endswith(".py")]
    found = {layer: sum(name in names for name in places) for layer, names in LAYERS.items()}
    assert min(found.values()) >= 5, found


def run_in_a_new_process(body, folder, **options):
    """teeth needs a process that has not imported nflow_ref; what it leaves behind would be in `folder`."""
    code = f"import teeth, os, sys; os.environ |= teeth.ENVIRONMENT; sys.dont_write_bytecode = True\n{body}"
    command = [sys.executable, "-c", code]
    environment = os.environ | {"TMPDIR": str(folder)}
    return subprocess.Popen(
        command, cwd=teeth.ROOT / "tests", env=environment, stdout=subprocess.PIPE, text=True, **options
    )


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes are forked")


@needs_fork
def test_verdicts(tmp_path):
    """What is right survives, what is wrong is caught on both sides, what hangs is ended; nothing stays."""
    body = """
file = "nflow_ref/images.py"
right = (teeth.ROOT / file).read_text()
wrong = right.replace("math.prod(shape)) / math.log(2)", "math.prod(shape))")
hangs = right.replace("def bits_per_dim(", "while True:\\n    pass\\n\\n\\ndef bits_per_dim(")
dies = "import os\\nos._exit(3)"
for text in right, wrong, dies, hangs:
    for check in (teeth.UNIT, (12,)) if text in (right, wrong) else (teeth.UNIT,):
        teeth.LIMIT = 10 if text == hangs else 300
        print([who for _, _, who in teeth.run([(teeth.Mutant("", file, text, ()), check)])][0])
"""
    process = run_in_a_new_process(body, tmp_path)
    *verdicts, hung = process.communicate(timeout=300)[0].splitlines()
    assert verdicts[:2] == ["None", "None"]
    assert verdicts[2].startswith("test_") and verdicts[3].startswith("12-") and "ClaimError" in verdicts[3]
    assert (verdicts[4], hung) == ("the process died", "timeout")
    assert list(tmp_path.iterdir()) == []


@needs_fork
def test_interrupted_run_leaves_nothing_behind(tmp_path):
    before = {path: path.stat().st_mtime for path in (teeth.ROOT / "nflow_ref").rglob("*.py")}
    process = run_in_a_new_process("teeth.main(['sweep', 'linear'])", tmp_path, start_new_session=True)
    for _ in range(300):
        time.sleep(0.1)
        if any(tmp_path.rglob("linear.py")):
            break
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode not in (0, None)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ProcessLookupError):  # none of its processes is left
        os.killpg(process.pid, 0)
    assert {path: path.stat().st_mtime for path in before} == before


@pytest.mark.parametrize("number", teeth.NOTEBOOKS)
def test_nbval_says_the_same(number, tmp_path):
    """The runner's own way to run a notebook is a short cut: for a mutant of each, the real thing."""
    mutant = next((m for m in TABLES[number] if m.file.endswith(".py")), TABLES[number][0])
    for name in ("nflow_ref", "notebooks"):
        ignored = shutil.ignore_patterns("__pycache__", ".*", *("*.ipynb",) * (name == "notebooks"))
        shutil.copytree(teeth.ROOT / name, tmp_path / name, ignore=ignored)
    for name in ("pyproject.toml", teeth.NOTEBOOKS[number]):
        shutil.copy(teeth.ROOT / name, tmp_path / name)
    (tmp_path / mutant.file).write_text(mutant.text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", teeth.NOTEBOOKS[number]]
    environment = os.environ | {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    noticed = re.search("Cell execution caused an exception|Cell outputs differ", run.stdout)
    assert run.returncode == 1 and noticed, run.stdout[-2000:]


SOURCE = '''"""A docstring with 1 + 2."""

def f(x, k=3):
    """Another: -1."""
    rounding = 4 * k
    if x.ndim < 2:
        raise ValueError(f"{x.ndim - 1}")
    y = -np.exp(x[1:k]) / 2.0
    y += np.sum(np.dot(x, y.T), axis=-1)
    return y if y is not None and True else np.log(x) ** 2
'''


def test_sweep_changes_each_thing_once():
    found = {words: guarded for words, _, guarded in sweep.mutants(SOURCE)}
    lines = {words.removeprefix("f: ") for words in found}
    assert len(found) == len(lines) == len(list(sweep.mutants(SOURCE)))
    for expected in [
        "def f(x, k=(4)):",
        "y = -np.exp(x[1:k]) / (3.0)",
        "y = -np.exp(x[:k]) / 2.0",
        "y = -np.exp(x[1:]) / 2.0",
        "y = (-np.exp(x[1:k]) * 2.0)",
        "y = (np.exp(x[1:k])) / 2.0",
        "y = -(x[1:k]) / 2.0",
        "y -= np.sum(np.dot(x, y.T), axis=-1)",
        "y += (np.mean(np.dot(x, y.T), axis=-1))",
        "y += np.sum((np.dot(y.T, x)), axis=-1)",
        "y += np.sum(np.dot(x, (y)), axis=-1)",
        "y += (np.sum(np.dot(x, y.T)))",
        "y += np.sum(np.dot(x, y.T), axis=(1))",
        "return y if (y is not None or True) else np.log(x) ** 2",
        "return y if y is not None and (False) else np.log(x) ** 2",
        "return y if (y is None) and True else np.log(x) ** 2",
        "return (np.log(x) ** 2 if y is not None and True else y)",
        "return y if y is not None and True else (np.log(x) * 2)",
        "return y if y is not None and True else (x) ** 2",
    ]:
        assert expected in lines, expected
    assert {words for words, guarded in found.items() if guarded} == {
        "f: def f(x, k=(4)):",
        "f: rounding = (4 / k)",
        "f: rounding = (5) * k",
        "f: if (x.ndim >= 2):",
        "f: if x.ndim < (3):",
    }
    assert not any("docstring" in words or "Another" in words or "raise" in words for words in found)


RESULTS = teeth_report.results()


def test_report_and_its_summaries_are_those_of_the_results():
    """Generated, not typed: nobody changed a number in TEETH.md, in the README or in lesson 00."""
    for path, text in teeth_report.told(RESULTS).items():
        assert path.read_text(encoding="utf-8") == text, path.name
    for path in (teeth_report.README, teeth_report.START):
        text = path.read_text(encoding="utf-8")
        assert text.count("<!-- teeth -->") == 1 == text.count("<!-- end -->")


def test_named_mistakes_are_all_caught():
    assert {int(n): row["mutants"] for n, row in RESULTS["named"].items()} == {
        n: len(table) for n, table in TABLES.items()
    }
    for row in RESULTS["named"].values():
        for side in (teeth_report.UNIT, teeth_report.BOOK):
            assert row[side][0] == row[side][1]


def test_sweep_speaks_of_the_code_as_it_is():
    """If it fails: python tests/teeth.py sweep, and the names of the modules that have changed."""
    assert RESULTS["sweep"].keys() == teeth.OWNERS.keys()
    for module, row in RESULTS["sweep"].items():
        assert row["code"] == teeth_report.digest(module), module
        assert row["mutants"] == len(list(teeth.swept_mutants(module))), module


def test_sweep_is_caught_and_each_survivor_has_a_reason():
    total = teeth_report.total(RESULTS["sweep"].values())
    assert all(total[side][0] >= 0.97 * total[side][1] for side in (teeth_report.UNIT, teeth_report.BOOK))
    survivors = {(m, words) for m, row in RESULTS["sweep"].items() for words, _ in row["survivors"]}
    assert survivors == REASONS.keys()
    assert all(len(reason) > 20 for reason in REASONS.values())


def test_digest_sees_formulas_only(monkeypatch, tmp_path):
    (tmp_path / "nflow_ref").mkdir()
    module = tmp_path / "nflow_ref/m.py"
    monkeypatch.setattr(teeth_report, "TESTS", tmp_path / "tests")
    seen = []
    for text in (
        "def f(x):\n    'a'\n    return x + 1",
        "def f(x):\n    'b'\n\n    return x + 1  # c",
        "def f(x):\n    'a'\n    return x - 1",
    ):
        module.write_text(text)
        seen.append(teeth_report.digest("m"))
    assert seen[0] == seen[1] != seen[2]
    assert seen[0] == "ede8fe5be746"  # on every Python


def test_what_has_changed_is_tried_whole(monkeypatch):
    """Of other lessons a quarter: their cells, tables and code are as they were when all were tried."""
    named = {str(n): {"code": teeth.lesson_digest(n)} for n in teeth.NOTEBOOKS}
    monkeypatch.setattr(teeth_report, "results", lambda: {"named": named})
    named["6"] = {"code": "another"}
    del named["7"]  # a lesson that is new
    shares = {n: len(teeth.shared_mutants(n)) / len(TABLES[n]) for n in teeth.NOTEBOOKS}
    assert shares.pop(6) == shares.pop(7) == 1 and all(1 / 4 <= share < 0.29 for share in shares.values())


@pytest.mark.parametrize(
    "changed", ["notebooks/06_coupling_layers.ipynb", "tests/mutants/nb06.py", "nflow_ref/coupling.py"]
)
def test_what_a_lesson_depends_on(changed, monkeypatch, tmp_path):
    files = {mutant.file for mutant in TABLES[6]}
    for file in files | {teeth.NOTEBOOKS[6], "tests/mutants/nb06.py"}:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(teeth.ROOT / file, tmp_path / file)
    before = teeth.lesson_digest(6)
    monkeypatch.setattr(teeth_report, "TESTS", tmp_path / "tests")
    assert teeth.lesson_digest(6) == before
    text = (tmp_path / changed).read_text(encoding="utf-8")
    if changed.endswith("ipynb"):
        notebook = json.loads(text)
        teeth.code_cells(notebook)[3]["source"].append("\nmore = 1")
        text = json.dumps(notebook)
    (tmp_path / changed).write_text(text + "\nmore = 1\n" * changed.endswith("py"), encoding="utf-8")
    assert teeth.lesson_digest(6) != before


CONSTANTS = ["0", "0.0", "False", "None", "''", "b''", "...", "()", "1", "-0", "f''", "f'{a}'", "f'{a!r}'"]


def test_digest_sees_constants_that_are_false():
    seen = [repr(teeth_report.skeleton(ast.parse(text))) for text in CONSTANTS]
    assert len(set(seen)) == len(CONSTANTS)
