"""Break one formula at a time, and see who notices: what `make teeth` does.

    python tests/teeth.py               the named mistakes of tests/mutants, all of them
    python tests/teeth.py 6 7           those of notebooks 06 and 07
    python tests/teeth.py share         a quarter of them; of a notebook that has changed since, all
    python tests/teeth.py sweep         every operator, sign, constant, ... of the core, one at a time
    python tests/teeth.py sweep linear  those of nflow_ref/linear.py
    python tests/teeth.py survivors     those that survived their sweep, once more, with the tests of today
    python tests/teeth.py coverage 6    which mistakes each claim of lesson 06 notices

A mutant is one file with one mistake in it. It goes into a temporary copy of the project, and there the
unit tests of its module and the notebook that owns the formula are run, each in a process of its own.
What fails has caught it. A notebook fails as it does under nbval: a cell raises, or prints another
text. (nbval starts a kernel for each notebook, which would take longer than most mutants do;
test_teeth.py shows for a mutant of every notebook that nbval says the same.) Whether a run ends, hangs
or is interrupted, nothing is left behind. The processes are forked: this needs Linux or macOS.

Complete runs are kept in tests/mutants/results.json and told in tests/TEETH.md, the README and lesson 00.
"""

import ast
import compileall
import contextlib
import importlib
import io
import json
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path

import cell_sweep
import claim_coverage
import sweep
import teeth_report

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = {int(path.name[:2]): f"notebooks/{path.name}" for path in sorted(ROOT.glob("notebooks/*.ipynb"))}
UNIT = "unit tests"
SHARE = 4
LIMIT = 300  # seconds; the slowest notebook takes less than half of it, and unit tests less than 15
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "agg"}
# Who owns the formulas of a module. The last ones have none of the course's: only unit tests see them.
OWNERS = {
    "change_of_variables": (1, 3), "densities": (1, 2, 3, 4), "bijections": (5, 11), "coupling": (6,),
    "domains": (1,), "networks": (6, 9, 11), "actnorm": (7,), "linear": (8,), "multiscale": (9,),
    "checkerboard": (9,),
    "flow": (4, 9), "images": (10,), "training": (4, 11), "objectives": (4, 11), "models": (6, 9),
    "fused/layers": (11,), "fused/networks": (11,), "verify": (), "claims": (), "inputs": (),
    "parameters": (), "files": (), "datasets": (), "quadrature": (),
    **{f"fused/{name}": () for name in ("engine", "buffers", "checkerboard", "__init__")},
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A mistake in words, the file that has it, the text of the file with it, and who should notice."""

    words: str
    file: str
    text: str
    checks: tuple  # UNIT, or the numbers of notebooks, one of which is enough


def named(number, words, file, olds, news):
    """A line of tests/mutants/nbNN.py: where the file says `old`, which stands there once, it says `new`.

    In a notebook this is the code of its cells; a formula that stands only there has no unit tests.
    """
    text = (ROOT / file).read_text(encoding="utf-8")
    notebook = json.loads(text) if file.endswith(".ipynb") else None
    if notebook:
        text = "\0".join("".join(cell["source"]) for cell in code_cells(notebook))
    for old, new in [(olds, news)] if isinstance(olds, str) else zip(olds, news, strict=True):
        if text.count(old) != 1:
            raise ValueError(f"{words}: {file} has {old!r} {text.count(old)} times, expected once")
        text = text.replace(old, new)
    if not notebook:
        return Mutant(words, file, text, (UNIT, (number,)))
    for cell, source in zip(code_cells(notebook), text.split("\0"), strict=True):
        cell["source"] = source
    return Mutant(words, file, json.dumps(notebook), ((number,),))


def named_mutants(number):
    table = importlib.import_module(f"mutants.nb{number:02d}").MUTANTS
    return [named(number, *line) for line in table]


def swept_mutants(module):
    file = f"nflow_ref/{module}.py"
    for words, text, guarded in sweep.mutants((ROOT / file).read_text(encoding="utf-8")):
        owners = () if guarded or not OWNERS[module] else (OWNERS[module],)
        yield Mutant(words, file, text, (UNIT, *owners))


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def run_unit_tests(module):
    """The first test that fails among those of the module and those of all layers, None if none does."""
    import pytest

    failed = []

    class Watch:
        def pytest_runtest_logreport(self, report):
            if report.failed:
                failed.append(report.nodeid.partition("::")[2])

    plugins = [f"-pno:{name}" for name in ("cacheprovider", "nbval", "nflow_ref", "xdist")]
    options = ["-x", "-c", "pyproject.toml", "-o", "addopts=", *plugins]
    for name in (module, "layers"):
        code = pytest.main([*options, f"tests/test_{name}.py"], [Watch()])
        if code in (1, 2):
            return (failed or ["it cannot be imported"])[0]
        if code:
            raise RuntimeError(f"pytest ended with {code}")


def run_notebook(path):
    """The first cell that raises or prints another text than is stored, None if none does."""
    notebook = json.loads(Path(path).read_text(encoding="utf-8"))
    scope = {"__name__": "__main__"}
    for cell in code_cells(notebook):
        body = ast.parse("".join(cell["source"])).body
        last = ast.Expression(body.pop().value) if body and isinstance(body[-1], ast.Expr) else None
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed):
                exec(compile(ast.Module(body, []), cell["id"], "exec"), scope)
                value = eval(compile(last, cell["id"], "eval"), scope) if last else None
        except Exception as error:
            return f"{cell['id']} {type(error).__name__}"
        from nflow_ref.course.pytest_plugin import masked  # here: it is the copy's

        if masked(printed.getvalue() + ("" if value is None else repr(value))) != masked(stored_text(cell)):
            return f"{cell['id']} other text"


def stored_text(cell):
    """What the cell printed, what it displayed but for figures, and its value."""
    return "".join(map(text_of, cell["outputs"]))


def text_of(output):
    """As it is without a notebook, where what would be displayed is printed."""
    data = output.get("data", {})
    text = "".join(output.get("text", data.get("text/plain", "")))
    if output["output_type"] == "display_data":
        return "" if "image/png" in data else f"{text}\n"
    return text


def copies(scratch):
    """A copy of the project for each core; what is not changed in it need not be compiled again."""
    for k in range(os.cpu_count()):
        folder = Path(os.path.realpath(scratch), str(k))
        for name in ("nflow_ref", "tests", "notebooks"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        shutil.copy(ROOT / "pyproject.toml", folder)
        compileall.compile_dir(folder / "nflow_ref", quiet=2)
        yield folder


def child(mutant, check, folder, pipe, notebook):
    """In a process of its own: the unit tests or one notebook, in a copy that has the mistake."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        os.chdir(folder)
        sys.path[0] = str(folder)
        if check == UNIT:
            verdict = run_unit_tests(mutant.file.split("/")[1].removesuffix(".py"))
        else:
            os.environ["TQDM_DISABLE"] = "1"
            os.chdir("notebooks")
            verdict = notebook(f"../{NOTEBOOKS[check]}")
        if not getattr(sys.modules.get("nflow_ref"), "__file__", str(folder)).startswith(str(folder)):
            raise RuntimeError("the copy was not imported")
        pipe.send((verdict, None))
    except BaseException:
        pipe.send((None, traceback.format_exc()))


def run(jobs, notebook=run_notebook):
    """(mutant, check, who caught it or None) of each job (mutant, check), as they end, on all cores.

    Of the notebooks of a check, one that catches the mutant is enough. notebook: what is done with one.
    """
    for name in ("autograd", "matplotlib.pyplot", "pytest"):
        importlib.import_module(name)  # once here, and not again in each process
    context, running = multiprocessing.get_context("fork"), {}
    jobs, again = ((m, check, [check] if check == UNIT else list(check)) for m, check in jobs), []
    with tempfile.TemporaryDirectory(prefix="teeth-") as scratch:
        free = list(copies(scratch))
        try:
            while True:
                while free and (job := again.pop() if again else next(jobs, None)):
                    folder, (mutant, _, [first, *_]) = free.pop(), job
                    changed = folder / mutant.file
                    changed.write_text(mutant.text, encoding="utf-8")
                    for compiled in changed.parent.glob(f"__pycache__/{changed.stem}.*"):
                        compiled.unlink()
                    receiver, sender = context.Pipe(duplex=False)
                    process = context.Process(
                        target=child, args=(mutant, first, folder, sender, notebook), daemon=True
                    )
                    process.start()
                    sender.close()
                    limit = LIMIT / (5 if first == UNIT else 1)
                    running[receiver] = process, folder, time.monotonic() + limit, job
                if not running:
                    return
                ready = wait(running, timeout=1)
                for pipe, (process, folder, deadline, job) in list(running.items()):
                    if pipe in ready or time.monotonic() > deadline:
                        verdict = received(pipe) if pipe in ready else "timeout"
                        process.kill()
                        process.join()
                        mutant, check, [_, *rest] = job
                        shutil.copy2(ROOT / mutant.file, folder / mutant.file)
                        free.append(folder)
                        del running[pipe]
                        if verdict is None and rest:
                            again.append((mutant, check, rest))
                        else:
                            yield mutant, check, verdict
        finally:
            for process, *_ in running.values():
                process.kill()
                process.join()


def received(pipe):
    try:
        verdict, error = pipe.recv()
    except EOFError:
        return "the process died"
    if error:
        raise RuntimeError(error)
    return verdict


def unchanged(mutants):
    """The files as they are, for each test file and notebook. Nobody may catch them."""
    for file, check in sorted({(m.file, check) for m in mutants for check in m.checks}, key=str):
        for one in [check] if check == UNIT else [(number,) for number in check]:
            yield Mutant(f"{file}, unchanged", file, (ROOT / file).read_text(encoding="utf-8"), (one,)), one


def matrix(mutants, compare=False):
    """{mutant: {check: who caught it}}; a line is printed for each mutant.

    Raises:
        RuntimeError: with `compare`, that tests fail without a mistake, so that it would mean nothing.
    """
    for mutant, check, verdict in run(unchanged(mutants)) if compare else ():
        if verdict is not None:
            raise RuntimeError(f"{mutant.words}: {check} fails: {verdict}")
    verdicts = {mutant: {} for mutant in mutants}
    for mutant, check, verdict in run((m, check) for m in verdicts for check in m.checks):
        verdicts[mutant][check] = verdict
        if len(verdicts[mutant]) == len(mutant.checks):
            print(teeth_report.line(mutant.words, {UNIT: "-"} | verdicts[mutant]), flush=True)
    return verdicts


def lesson_digest(number):
    return teeth_report.lesson_digest(NOTEBOOKS[number], [mutant.file for mutant in named_mutants(number)])


def shared_mutants(number):
    """All named mistakes if the lesson is not as it was when all were tried, else a share of them."""
    tried = teeth_report.results()["named"].get(str(number), {"code": "never"})
    changed = tried["code"] != lesson_digest(number)
    print(f"lesson {number:02d}: {'all, for it has changed' if changed else f'each {SHARE}th'}")
    return named_mutants(number)[:: 1 if changed else SHARE]


def try_survivors_again():
    """What survived, of each module that is as it was when it was swept; what is no mutant any more goes."""
    kept = teeth_report.results()
    jobs = {}
    for module, row in kept["sweep"].items():
        if row["code"] == teeth_report.digest(module):
            survived = {(words, side) for words, side in row["survivors"]}
            swept = list(swept_mutants(module))
            jobs |= {
                (mutant, check): module
                for mutant in swept
                for check in mutant.checks
                if (mutant.words, UNIT if check == UNIT else teeth_report.BOOK) in survived
            }
            row |= teeth_report.without_survivors(swept, row)
    for mutant, check, verdict in run(iter(jobs)):
        print(teeth_report.line(mutant.words, {check: verdict}), flush=True)
        if verdict is None:
            teeth_report.survives(kept["sweep"][jobs[mutant, check]], mutant.words, check)
    teeth_report.keep_all(kept)
    return 0


def cover(number):
    """Run a lesson to its end with each mistake in its formulas, and keep which claims notice it.

    Raises:
        RuntimeError: without a mistake, a claim does not hold or is not reached.
    """
    start, file = time.monotonic(), NOTEBOOKS[number]
    modules = [module for module in OWNERS if number in OWNERS[module]]
    mutants = named_mutants(number) + [m for name in modules for m in swept_mutants(name) if m.checks[1:]]
    right = Mutant("", file, (ROOT / file).read_text(encoding="utf-8"), ())
    jobs = ((mutant, (number,)) for mutant in [right, *mutants])
    found = {mutant: held for mutant, _, held in run(jobs, claim_coverage.judged)}
    held = found.pop(right)
    if held != dict.fromkeys(claim_coverage.sites(claim_coverage.code(ROOT / file)), True):
        raise RuntimeError(f"lesson {number:02d}: without a mistake, not all claims are reached and hold")
    told = [(m.words, found[m]) for m in mutants if isinstance(found[m], dict)]  # or it did not end
    claims = claim_coverage.counted(held, told)
    blind = [name for name, (noticed, *_) in claims.items() if not noticed]
    for name, words in cell_sweep.found_apart(ROOT / file, blind).items():
        claims[name] = [1, claims[name][1] + 1, words]
    claim_coverage.keep(number, {"code": lesson_digest(number), "mutants": len(mutants), "claims": claims})
    blind = [name for name, (noticed, *_) in claims.items() if not noticed]
    print(f"lesson {number:02d}: {len(mutants)} mutants in {time.monotonic() - start:.0f} s", end=", ")
    print(f"{len(blind)} of {len(claims)} claims notice none: {' '.join(blind)}", flush=True)


def main(arguments):
    os.environ |= ENVIRONMENT
    sys.dont_write_bytecode = True
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("interrupted"))
    if arguments[:1] == ["coverage"]:
        for number in [int(n) for n in arguments[1:]] or NOTEBOOKS:
            cover(number)
        return 0
    if arguments == ["survivors"]:
        return try_survivors_again()
    kind = arguments[0] if arguments[:1] in (["sweep"], ["share"]) else "named"
    names = [int(n) for n in arguments] if kind == "named" else arguments[1:]
    names = names or (OWNERS if kind == "sweep" else NOTEBOOKS)
    mutants_of = {"sweep": swept_mutants, "share": shared_mutants, "named": named_mutants}[kind]
    start = time.monotonic()
    codes = {name: teeth_report.digest(name) if kind == "sweep" else lesson_digest(name) for name in names}
    owners = {mutant: name for name in names for mutant in mutants_of(name)}
    verdicts = matrix(owners, compare=kind == "sweep")
    if kind != "share":
        found = {n: [(m.words, verdicts[m]) for m in owners if owners[m] == n] for n in names}
        teeth_report.keep(kind, found, codes)
    survived = sum(who is None for caught in verdicts.values() for who in caught.values())
    print(f"{len(owners)} mutants in {time.monotonic() - start:.0f} s, {survived} survivors")
    return survived


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) > 0 and sys.argv[1:2] != ["sweep"])
