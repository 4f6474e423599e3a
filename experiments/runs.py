"""What the long experiments share: cells of a lesson as a program, and results that are kept and dated.

A run is named, has a process of its own, and returns a dictionary of numbers. It is done again if what it
depends on has changed: the cells of the lesson and the scripts here, the package, the images. The digests
ignore comments, docstrings and layout.
"""

import ast
import hashlib
import json
import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "nflow_ref" / "data"
PACKAGE = """
    actnorm bijections checkerboard coupling datasets densities domains flow images inputs linear models
    multiscale networks objectives parameters training fused/__init__ fused/buffers fused/checkerboard
    fused/engine fused/layers fused/networks
"""
FIRST = 20  # steps that are repeated by --check


def cells(number, ids):
    """The code of these cells of a lesson, one text each."""
    (path,) = ROOT.glob(f"notebooks/{number}_*.ipynb")
    sources = {c["id"]: "".join(c["source"]) for c in json.loads(path.read_text(encoding="utf-8"))["cells"]}
    return [sources[id] for id in ids]


def lesson(number, ids):
    """The names that these cells define."""
    scope = {"__name__": "lesson"}
    for id, source in zip(ids, cells(number, ids), strict=True):
        exec(compile(source, id, "exec"), scope)
    return scope


def skeleton(node):
    """A syntax tree as nested lists, without docstrings, the same on every Python."""
    if isinstance(node, list):
        return [skeleton(each) for each in node]
    if not isinstance(node, ast.AST):
        return node
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
        node.body = node.body[1:]
    full = [(k, v) for k, v in ast.iter_fields(node) if v or isinstance(node, ast.Constant)]
    return [type(node).__name__, *((name, skeleton(value)) for name, value in full)]


def code(sources):
    """The digest of some code."""
    text = repr([skeleton(ast.parse(source)) for source in sources])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def digests(number, ids, scripts, images):
    """What the runs depend on: {what: digest}."""

    def files(folder, names):
        return [(ROOT / folder / f"{name}.py").read_text(encoding="utf-8") for name in names]

    return {
        "recipe": code(cells(number, ids) + files("experiments", scripts)),
        "package": code(files("nflow_ref", PACKAGE.split())),
        "images": hashlib.sha256((DATA / images).read_bytes()).hexdigest()[:16],
    }


def stored(name):
    path = DATA / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"digests": {}, "runs": {}}


def store(name, digests, found):
    """Whole or not at all: an interrupt leaves the file as it was."""
    path = DATA / f"{name}.json"
    new = path.with_suffix(".part")
    text = json.dumps({"digests": digests, "runs": dict(sorted(found.items()))}, indent=1, ensure_ascii=False)
    new.write_text(text + "\n", encoding="utf-8", newline="\n")
    new.replace(path)


class Starts:
    """An augmentation that ends a training after its first steps, as an interrupt does."""

    def __init__(self, augment, steps):
        self.augment, self.left = augment, steps

    def __call__(self, rng, batch):
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        return self.augment(rng, batch)


def processes():
    """As many as there are cores, each for one run."""
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(os.cpu_count(), spawn, max_tasks_per_child=1)


def all_of(name, jobs, run, dates, done=lambda *_: None):
    """Do the runs that are missing, on all cores, and keep each result as soon as it is there.

    Args:
        jobs: {name of the run: its arguments}.
        run: a function of a module (job, arguments, first) -> (dictionary of numbers, anything).
        dates: what `digests` gives.
        done: a function (job, anything, results so far), told of each result before it is stored.
    """
    kept = stored(name)
    found = {k: v for k, v in kept["runs"].items() if kept["digests"] == dates and k in jobs}
    missing = [job for job in jobs if job not in found]
    print(f"{len(found)} of {len(jobs)} runs are there.", flush=True)
    start = time.time()
    with processes() as pool:
        waiting = {pool.submit(run, job, jobs[job], None): job for job in missing}
        try:
            for k, future in enumerate(as_completed(waiting), start=1):
                job = waiting[future]
                found[job], value = future.result()
                done(job, value, found)
                store(name, dates, found)
                minutes = (time.time() - start) / 60
                numbers = {k: round(v, 3) for k, v in found[job].items() if isinstance(v, float)}
                print(f"{k:3} of {len(missing)}, {minutes:4.1f} min  {job}: {numbers}", flush=True)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            sys.exit("Stopped. What has ended is kept; the same command goes on from there.")


def check(name, jobs, run, dates):
    """After a change that should change nothing: if all runs start as they did, they are dated anew.

    Only their first steps are repeated. After a change of what comes later, do the runs again.
    """
    found = {job: numbers for job, numbers in stored(name)["runs"].items() if job in jobs}
    with processes() as pool:
        again = dict(
            zip(found, pool.map(run, found, [jobs[job] for job in found], [FIRST] * len(found)), strict=True)
        )
    for job, (numbers, _) in again.items():
        for key in ("start",) if "start" in numbers else numbers.keys() - {"seconds"}:
            old, new = (
                value if isinstance(value, list) else [value] for value in (found[job][key], numbers[key])
            )
            if any(abs(a - b) > 1e-3 * (1 + abs(a)) for a, b in zip(old, new, strict=True)):
                sys.exit(
                    f"{job} has changed: {key} was {old[-1]:.5f}, is {new[-1]:.5f}. Do it again: make {name}"
                )
    store(name, dates, found)
    print(f"All {len(again)} runs start as they did: they are dated anew.")
