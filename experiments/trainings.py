"""The long trainings of the lessons, which `fit` of nflow_ref.course loads where Python runs in a browser.

    python experiments/trainings.py                do them, and keep them in nflow_ref/data/trainings.npz
    python experiments/trainings.py --check 06     run this lesson as a browser does: is each of them found?

What decides how a training ends is kept with it, so a lesson that has become another finds none.
"""

import json
import os
import sys
from functools import partial

import numpy as np
import runs

from nflow_ref import course, training
from nflow_ref.course import beforehand

LESSONS = ("00", "06", "10")
LONG = 1000  # steps; for fewer one can wait


def run(number, fit):
    """The lesson, from its first cell to its last, with this function as `fit` of nflow_ref.course."""
    (path,) = runs.ROOT.glob(f"notebooks/{number}_*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    course.fit = fit
    runs.lesson(number, [cell["id"] for cell in cells if cell["cell_type"] == "code"])


def keeping(kept, flow, params, x_train, *, rng, **options):
    """`fit`, and what it has found as arrays in `kept`."""
    start = beforehand.start_of(flow, params, x_train, rng, options)
    found = training.fit(flow, params, x_train, rng=rng, **options)
    if options["steps"] >= LONG:
        kept |= beforehand.arrays_of(start, *found, rng)
    return found


def checking(count, flow, params, x_train, *, rng, **options):
    """`fit` of a browser, which must not train for long."""
    if options["steps"] >= LONG:
        count.append(options["steps"])
        if beforehand.find(beforehand.start_of(flow, params, x_train, rng, options)) is None:
            sys.exit(f"A training of {options['steps']} steps is not kept: run make trainings")
    return beforehand.loading_fit(flow, params, x_train, rng=rng, **options)


if __name__ == "__main__":
    os.environ |= {"TQDM_DISABLE": "1", "MPLBACKEND": "agg"}
    if "--check" in sys.argv:
        count = []
        run(sys.argv[-1], partial(checking, count))
        print(f"{len(count)} long trainings, all found")
    else:
        kept = {}
        for number in LESSONS:
            run(number, partial(keeping, kept))
        new = beforehand.FILE.with_suffix(".tmp")
        with new.open("wb") as file:
            np.savez_compressed(file, **kept)
        new.replace(beforehand.FILE)
