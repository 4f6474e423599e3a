"""The exercises of the course: `exercise("1.2")` finds one, `progress()` shows what is done."""

import importlib
import pkgutil
import re

from .cards import Card
from .engine import DIFFICULTY

__all__ = ["exercise", "progress"]

_used = {}  # the notebooks of this session: module name -> its exercises


def exercise(id):
    """The exercise with this id, such as "1.2" for the second one of notebook 01.

    Raises:
        TypeError: id is no string.
        ValueError: there is no such exercise; the message names those that exist.
    """
    if not isinstance(id, str):
        raise TypeError(f'exercise: id must be a string such as "1.2", got {id!r}')
    notebook = f"nb{id.partition('.')[0]:0>2}"
    if notebook in _notebooks():
        for ex in _exercises(notebook):
            if ex.id == id:
                _used[notebook] = _exercises(notebook)
                return ex
    existing = ", ".join(ex.id for notebook in _notebooks() for ex in _exercises(notebook))
    raise ValueError(f"exercise: there is no exercise {id!r}; the existing ones are {existing}")


def progress():
    """An overview of the exercises of the notebooks used in this session. It lives in memory only."""
    known = [ex for notebook in sorted(_used) for ex in _used[notebook]]
    if not known:
        return Card("progress", "No exercise has been used in this session yet.")
    done = sum(ex.status == "correct" for ex in known)
    rows = tuple((ex.id, _in_words(ex.status), ex.title, DIFFICULTY[ex.difficulty]) for ex in known)
    return Card("progress", f"{done} of {len(known)} exercises done", rows=rows)


def _in_words(status):
    return {"correct": "done", "error": "not yet"}.get(status, status)


def _notebooks():
    return sorted(m.name for m in pkgutil.iter_modules(__path__) if re.fullmatch(r"nb\d\d", m.name))


def _exercises(notebook):
    return importlib.import_module(f".{notebook}", __name__).EXERCISES
