"""Break one formula at a time, and see who notices: what `make teeth` does.

    python tests/teeth.py               the named mistakes of tests/mutants, all of them
    python tests/teeth.py 6 7           those of notebooks 06 and 07
    python tests/teeth.py sweep         each operator, sign, constant, ... of the core; writes TEETH.md
    python tests/teeth.py sweep linear  of nflow_ref/linear.py only

A mutant is one file with one mistake in it. It goes into a temporary copy of the project, and there the
unit tests of its module and the notebook that owns the formula are run, each in a process of its own.
What fails has caught it. A notebook fails as it does under nbval: a cell raises, or prints another
text. (nbval starts a kernel for each notebook, which would take longer than most mutants do;
test_teeth.py shows for a mutant of every notebook that nbval says the same.) Whether a run ends, hangs
or is interrupted, nothing is left behind. The processes are forked: this needs Linux or macOS.
"""

import ast
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

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = {int(path.name[:2]): f"notebooks/{path.name}" for path in sorted(ROOT.glob("notebooks/*.ipynb"))}
UNIT, SURVIVED, TIMEOUT = "unit tests", "SURVIVED", "timeout"
LIMIT = 300  # seconds; the slowest notebook takes less than half of it


@dataclass(frozen=True)
class Mutant:
    """A mistake in words, the file that has it, the text of the file with it, and who should notice."""

    words: str
    file: str
    text: str
    checks: tuple  # of UNIT and numbers of notebooks


def named(number, words, file, olds, news):
    """A line of tests/mutants/nbNN.py: where the file says `old`, which stands there once, it says `new`.

    In a notebook this is the code of its cells; formulas that stand only there have no unit tests.
    """
    text = (ROOT / file).read_text(encoding="utf-8")
    notebook = json.loads(text) if file.endswith(".ipynb") else None
    if notebook:
        cells = code_cells(notebook)
        text = "\0".join("".join(cell["source"]) for cell in cells)
    for old, new in [(olds, news)] if isinstance(olds, str) else zip(olds, news, strict=True):
        if text.count(old) != 1:
            raise ValueError(f"{words}: {file} has {old!r} {text.count(old)} times, expected once")
        text = text.replace(old, new)
    if not notebook:
        return Mutant(words, file, text, (UNIT, number))
    for cell, source in zip(cells, text.split("\0"), strict=True):
        cell["source"] = source
    return Mutant(words, file, json.dumps(notebook), (number,))


def all_named(numbers=NOTEBOOKS):
    tables = {n: importlib.import_module(f"mutants.nb{n:02d}").MUTANTS for n in numbers}
    return [named(n, *line) for n, table in tables.items() for line in table]


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def run_unit_tests(module):
    """The first test of the module that fails."""
    import pytest

    failed = []

    class Watch:
        def pytest_runtest_logreport(self, report):
            if report.failed:
                failed.append(report.nodeid.partition("::")[2])

    plugins = [f"-p no:{name}" for name in ("cacheprovider", "nbval", "xdist")]
    code = pytest.main(["-x", "-c", "pyproject.toml", "-o", "addopts=", *plugins, f"tests/test_{module}.py"], [Watch()])
    if code not in (0, 1, 2):
        raise RuntimeError(f"pytest ended with {code}")
    return SURVIVED if code == 0 else (failed or ["it does not import"])[0]


def run_notebook(path):
    """The first cell that raises, or prints another text than the one that is stored."""
    notebook = json.loads(Path(path).read_text(encoding="utf-8"))
    os.chdir("notebooks")
    scope = {"__name__": "__main__"}
    for cell in code_cells(notebook):
        body = ast.parse("".join(cell["source"])).body
        shown = ast.Expression(body.pop().value) if body and isinstance(body[-1], ast.Expr) else None
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed):
                exec(compile(ast.Module(body, []), cell["id"], "exec"), scope)
                value = eval(compile(shown, cell["id"], "eval"), scope) if shown else None
        except Exception as error:
            return f"{cell['id']} {type(error).__name__}"
        if printed.getvalue() + (f"{value!r}" if value is not None else "") != stored(cell):
            return f"{cell['id']} other text"
    return SURVIVED


def stored(cell):
    """What a cell of a notebook printed, followed by its value."""
    texts = [o["text"] if "text" in o else o["data"]["text/plain"] for o in cell["outputs"] if "execution_count" in o or "text" in o]
    return "".join(line for text in texts for line in text)


def child(mutant, check, folder, pipe):
    """In a process of its own: make the copy, and run one check in it."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        for name in ("nflow_ref", "tests"):
            shutil.copytree(ROOT / name, f"{folder}/{name}", ignore=shutil.ignore_patterns("__pycache__"))
        Path(folder, "notebooks").mkdir()
        for name in ("pyproject.toml", *(NOTEBOOKS[n] for n in mutant.checks if n == check)):
            shutil.copy(ROOT / name, f"{folder}/{name}")
        Path(folder, mutant.file).write_text(mutant.text, encoding="utf-8")
        os.chdir(folder)
        sys.path[0] = folder
        module = mutant.file.split("/")[1].removesuffix(".py")
        verdict = run_unit_tests(module) if check == UNIT else run_notebook(NOTEBOOKS[check])
        assert sys.modules["nflow_ref"].__file__.startswith(folder)
        pipe.send(verdict)
    except BaseException:
        pipe.send(f"ERROR {traceback.format_exc()}")


def run(jobs):
    """(mutant, check, verdict) of each job (mutant, check), as they end, on all cores."""
    import autograd.numpy
    import matplotlib.pyplot  # noqa: F401 (imported once here, and not again in each process)
    import pytest

    context = multiprocessing.get_context("fork")
    jobs, running = iter(jobs), {}
    with tempfile.TemporaryDirectory(prefix="teeth-") as scratch:
        try:
            while True:
                while len(running) < os.cpu_count() and (job := next(jobs, None)):
                    folder = os.path.realpath(tempfile.mkdtemp(dir=scratch))
                    receiver, sender = context.Pipe(duplex=False)
                    process = context.Process(target=child, args=(*job, folder, sender), daemon=True)
                    process.start()
                    sender.close()
                    running[receiver] = process, folder, time.monotonic() + LIMIT, job
                if not running:
                    return
                ready = wait(running, timeout=1)
                for pipe, (process, folder, deadline, job) in list(running.items()):
                    if pipe in ready or time.monotonic() > deadline:
                        try:
                            verdict = pipe.recv() if pipe in ready else TIMEOUT
                        except EOFError:
                            verdict = "the process died"
                        process.kill()
                        process.join()
                        shutil.rmtree(folder)
                        del running[pipe]
                        yield *job, verdict
        finally:
            for process, *_ in running.values():
                process.kill()
                process.join()


def matrix(mutants):
    """{mutant: {check: verdict}}, printed line by line."""
    verdicts = {mutant: {} for mutant in mutants}
    for mutant, check, verdict in run((m, check) for m in mutants for check in m.checks):
        verdicts[mutant][check] = verdict
        if len(verdicts[mutant]) == len(mutant.checks):
            books = "; ".join(f"{verdicts[mutant][c]}" for c in mutant.checks if c != UNIT)
            print(f"{mutant.words[:70]:70}  {verdicts[mutant].get(UNIT, '-')[:45]:45}  {books}", flush=True)
    return verdicts


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("interrupted"))
    os.environ.update(OPENBLAS_NUM_THREADS="1", TQDM_DISABLE="1", MPLBACKEND="agg", PYTHONDONTWRITEBYTECODE="1")
    start = time.time()
    matrix(all_named([int(n) for n in sys.argv[1:]] or NOTEBOOKS))
    print(f"{time.time()-start:.0f} s")
