"""A learner's own copy of the lessons: my/, beside notebooks/, where JupyterLab may save as it likes.

    python -m nflow_ref.course.my          brings new and newer lessons to my/, and keeps those with answers
    python -m nflow_ref.course.my 06 07    also puts fresh ones in place of the lessons 06 and 07

`make lab` and `make lab FRESH="06 07"` do this before they open JupyterLab. Answers are what differs in the
cells' sources from what was copied; outputs do not count.
"""

import json
import os
import sys
from hashlib import sha256
from pathlib import Path

__all__ = ["refresh"]

ROOT = Path(__file__).resolve().parents[2]
RECORD = ".copied.json"  # name: the digests of the file that was copied, and of its sources


def refresh(course, mine, fresh=()):
    """Bring the folder `mine` up to date with the folder `course`.

    Args:
        fresh: numbers of lessons, such as "06". The learner's stay, as 06_...~1.ipynb.

    Returns:
        what there is to say about it, a sentence each.

    Raises:
        ValueError: there is no lesson of that number, or no lesson at all.
        OSError: something cannot be read or written. What is in `mine` is whole.
    """
    files = {path.name: path.read_bytes() for path in sorted(course.glob("[!.]*")) if path.is_file()}
    if not any(name.endswith(".ipynb") for name in files):
        raise ValueError(f"there are no lessons in {course}")
    asked = {_named(number, files) for number in fresh}
    said = [] if mine.exists() else [f"{mine.name}/ is your own copy of the lessons: what you write stays."]
    mine.mkdir(exist_ok=True)
    copied = _record(mine)
    for name in sorted(copied.keys() - files.keys()):  # renamed, or taken away
        path, (_, sources) = mine / name, copied.pop(name)
        if path.exists() and _sources(path.read_bytes()) == sources:
            path.unlink()
        elif path.exists():
            said.append(f"{name} is yours alone now: the course has no such lesson any more.")
    for name, new in files.items():
        path, now, then = mine / name, _digests(new), copied.get(name, (None, None))
        if name in asked and path.exists():
            said.append(f"{name} is a fresh one: yours is {_set_aside(path)}.")
        if path.exists() and _sources(path.read_bytes()) not in (then[1], now[1]):
            if then[0] != now[0]:
                how = f"make lab FRESH={name[:2]}, or python -m nflow_ref.course.my {name[:2]}"
                said.append(f"{name} stays as you have it; the course has a newer one. To get it: {how}")
        elif not path.exists() or then[0] != now[0]:
            _write(path, new)
            copied[name] = now
    _write(mine / RECORD, json.dumps(copied, indent=1).encode())
    return said


def _named(number, files):
    lessons = {name[:2]: name for name in files if name.endswith(".ipynb")}
    if number not in lessons:
        raise ValueError(f"there is no lesson {number!r}; there are {min(lessons)} to {max(lessons)}")
    return lessons[number]


def _record(mine):
    """What was copied. If that is lost, whatever is not as in the course counts as the learner's."""
    try:
        return json.loads((mine / RECORD).read_bytes())
    except (FileNotFoundError, ValueError):
        return {}


def _digests(file):
    return [sha256(file).hexdigest(), _sources(file)]


def _sources(file):
    """The digest of what is written in a notebook's cells, less the empty ones, or of another file."""
    try:
        cells = [(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(file)["cells"]]
    except (ValueError, LookupError, TypeError):
        return sha256(file).hexdigest()
    return sha256(json.dumps([cell for cell in cells if cell[1].strip()]).encode()).hexdigest()


def _set_aside(path):
    """Rename a file to the first free of 06_...~1.ipynb, 06_...~2.ipynb, ..., and tell its new name."""
    k = 1
    while (aside := path.with_stem(f"{path.stem}~{k}")).exists():
        k += 1
    path.rename(aside)
    return aside.name


def _write(path, content):
    """The old file or the new one is there, whole, whatever happens."""
    new = path.with_name(f".{path.name}.tmp")
    new.write_bytes(content)
    os.replace(new, path)


if __name__ == "__main__":
    try:
        for sentence in refresh(ROOT / "notebooks", ROOT / "my", sys.argv[1:]):
            print(sentence)
    except (OSError, ValueError) as error:
        sys.exit(f"The lessons were not copied to my/: {error}")
