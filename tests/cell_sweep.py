"""Mistakes in the cells of a lesson itself, for claims that notice none of those in the package.

The lesson runs once. Before a cell runs, a copy of the process runs it with one thing changed, as the sweep
changes the package, and says which claims of the cell then do not hold. What a claim is told is left alone:
its statement, what is allowed, and the difference as such; so are seeds and figures.
"""

import ast
import contextlib
import io
import multiprocessing
import os
import sys
import time
from multiprocessing.connection import wait
from pathlib import Path

import claim_coverage
import sweep

MOST = 60  # mistakes in a cell
SECONDS = 60  # for a cell with a mistake, and those behind it


def mistakes(source):
    """(words, source) of the cell with one thing changed: calls of sweep, but for what claims are told."""
    told = set()
    for call in claim_coverage.calls(source):
        error = call.args[1] if len(call.args) > 1 else None
        told |= {place(node) for arg in call.args[:1] + call.args[2:] for node in ast.walk(arg)}
        told |= {place(node) for keyword in call.keywords for node in [keyword, *ast.walk(keyword.value)]}
        told.add(place(call))
        if isinstance(error, ast.BinOp):
            told |= set(map(place, ast.walk(error))) if claim_coverage.of_itself(call) else {place(error)}

    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "default_rng":
            told |= set(map(place, ast.walk(node)))

    def changes(node):
        return () if place(node) in told else sweep.changes(node)

    found = [(words.removeprefix(": "), text) for words, text, _ in sweep.mutants(source, changes)]
    step = max(1, len(found) // MOST)
    return found[::step]


def place(node):
    names = ("lineno", "col_offset", "end_lineno", "end_col_offset")
    return tuple(getattr(node, name, None) for name in names)


def found_apart(path, suspects):
    """`noticed`, in a process of its own: mistakes in the claims' own cells first, then in earlier ones."""

    def look(pipe):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.chdir(Path(path).parent)
        sys.path.insert(0, str(Path(path).parents[1]))
        own = noticed(path, suspects)
        pipe.send(own | noticed(path, [name for name in suspects if name not in own], behind=3))

    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=look, args=(sender,))
    process.start()
    sender.close()
    try:
        return receiver.recv()
    finally:
        process.terminate()
        process.join()


def noticed(path, suspects, behind=0):
    """{claim: the mistake that it notices}, of those of `suspects` that notice one.

    Args:
        behind: how many cells with suspects are run behind the one with the mistake; 0: its own claims.
    """
    cells = claim_coverage.code(path)
    cells = {id: source for id, source in cells.items() if not source.startswith("# Figure")}
    scope, found, ids = {"__name__": "__main__"}, {}, list(cells)
    with contextlib.redirect_stdout(io.StringIO()):
        for k, id in enumerate(ids):
            wanted = {name for name in suspects if name not in found}
            with_suspects = [i for i in ids[k:] if any(name.startswith(f"{i}/") for name in wanted)]
            if with_suspects and (behind or with_suspects[0] == id):
                last = ids.index(with_suspects[: behind + 1][-1])
                found |= in_copies(cells, ids[k : last + 1], scope, wanted)
            with contextlib.suppress(Exception):
                exec(compile(cells[id], id, "exec"), scope)
    return found


def in_copies(cells, ids, scope, wanted):
    """{claim: mistake}, of mistakes in the first of these cells."""
    context, running, found = multiprocessing.get_context("fork"), {}, {}
    todo = mistakes(cells[ids[0]])
    while todo or running:
        while todo and len(running) < os.cpu_count():
            words, text = todo.pop(0)
            if not wanted - found.keys():
                break
            receiver, sender = context.Pipe(duplex=False)
            process = context.Process(
                target=copy, args=(cells | {ids[0]: text}, ids, scope, sender), daemon=True
            )
            process.start()
            sender.close()
            running[receiver] = process, words, time.monotonic() + SECONDS
        if not running:
            return found
        ready = wait(running, timeout=1)
        for pipe, (process, words, deadline) in list(running.items()):
            if pipe in ready or time.monotonic() > deadline:
                with contextlib.suppress(EOFError):
                    failed = pipe.recv() if pipe in ready else ()
                    found |= {name: f"{ids[0]}: {words}" for name in wanted.intersection(failed)} | found
                process.kill()
                process.join()
                del running[pipe]
    return found


def copy(cells, ids, scope, pipe):
    """In a copy of the process: the claims that do not hold in these cells."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    held = claim_coverage.judging(cells)
    for id in ids:
        with contextlib.suppress(Exception):
            exec(compile(cells[id], id, "exec"), scope)
    pipe.send([name for name, holds in held.items() if not holds])
