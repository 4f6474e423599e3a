"""The flow of MNIST at the end of lesson 10, by the lesson's own code: what `make mnist` does.

    python experiments/mnist.py          what is missing or out of date: half an hour on two cores
    python experiments/mnist.py --check  after a change that should change nothing: does it start as before?

The results are kept in nflow_ref/data/mnist.json, the flow in nflow_ref/data/mnist_flow.npz. The flow
took 27 minutes when it was trained. An interrupt ends a run, and loses it.
"""

import io
import lzma
import sys
import zlib

import digits
import numpy as np
import runs
from PIL import Image

from nflow_ref import save
from nflow_ref.datasets import MNIST_LEVELS, mnist

STEPS = 11_000
JOBS = {
    "flow": ("flow",),
    **{f"table, extra {e}": ("table", e) for e in (0.03, 0.1, 0.3, 1)},
    **{f"mixture of {m}, extra {e}": ("mixture", m, e) for m in (10, 20) for e in (0.3, 1)},
    **{f"neighbours, extra {e}": ("neighbours", e) for e in (30, 100, 300, 1000)},
    **{name: ("compressed", name) for name in ("zlib", "PNG", "lzma")},
}


def run(job, arguments, first):
    kind, *rest = arguments
    lesson = runs.lesson("10", digits.CELLS)
    images = mnist().images
    parts = {"train": images[:4000], "valid": images[4000:4500], "test": images[4500:]}
    lesson |= parts | {"levels": MNIST_LEVELS, "shape": images.shape[1:]}
    return globals()[kind](lesson, *rest, first=first)


def flow(lesson, first=None):
    rng, noisy = np.random.default_rng(0), lesson["dequantize"]
    flow = lesson["image_flow"](rng, lesson["shape"], boards=6, steps=8, hidden=96, alpha=1e-5)
    moved = lambda rng, x: noisy(
        rng, lesson["some"](rng, lesson["random_shift"], x, 0.5), MNIST_LEVELS, np.float32
    )
    learn = lambda augment: lesson["fit"](
        flow, flow.init(rng, noisy(rng, lesson["train"][:500], MNIST_LEVELS, np.float32)), lesson["train"],
        rng=rng, steps=STEPS, batch_size=32, step_size=lambda done: 0.8 * lesson["step_size"](done),
        x_valid=noisy(np.random.default_rng(5), lesson["valid"], MNIST_LEVELS, np.float32), augment=augment,
        progress=False,
    )  # fmt: skip
    params, found = digits.trained(lesson, learn, moved, first)
    if first is None:
        draw = lambda rng, x: flow.log_prob(params, noisy(rng, x, MNIST_LEVELS, np.float32))
        for part in ("train", "valid", "test"):
            lesson[part] = lesson[part][:500]
            found |= digits.bounds(lesson, draw, part, 10)
        found["outside"] = digits.outside(flow, params)
    return found, (flow, params)


def table(lesson, extra, first=None):
    def fitted(x, few=None):
        counted = lesson["counts"](x, np.ones(len(x)), extra)
        return lambda x: lesson["log_counts"](counted, x)

    return digits.baseline(lesson, fitted, first, few=None)


def mixture(lesson, tables, extra, first=None):
    return digits.mixture(lesson, tables, 0, extra, first)


class Counted:
    """How often each of these numbers occurs."""

    def __init__(self, numbers):
        self.numbers, self.times = np.unique(numbers, return_counts=True)

    def __call__(self, asked):
        place = np.minimum(np.searchsorted(self.numbers, asked), len(self.numbers) - 1)
        return np.where(self.numbers[place] == asked, self.times[place], 0)


def neighbours(lesson, extra, first=None):
    """Counts of a pixel's level, given its neighbours to the left and above, which are read first.

    Their levels are rounded to eleven. P starts as the shares of all pixels. With those at W and N, then
    NW and NE too, then the one beyond W, it becomes (n(k, neighbours) + extra P) / (n(neighbours) + extra).
    Where few pixels have had such neighbours, what was known without the last ones counts more.
    """
    rounded = [1, 16, 48, 80, 128, 176, 208, 240, 252, 253]
    places = (((0, -1), (-1, 0)), ((-1, -1), (-1, 1)), ((0, -2),))

    def seen(x):
        """For each step the neighbours of every pixel, as one number."""
        x = x.reshape(-1, *lesson["shape"][:2])
        height, width = x.shape[1:]
        padded = np.pad(np.digitize(x, rounded), ((0, 0), (1, 0), (2, 1)))
        context, found = np.zeros(x.size, np.int64), []
        for step in places:
            for i, j in step:
                near = padded[:, 1 + i : 1 + i + height, 2 + j : 2 + j + width]
                context = context * 11 + near.ravel()
            found.append(context)
        return found

    def fitted(x, few=None):
        shares = (np.bincount(x.ravel(), minlength=MNIST_LEVELS) + 0.1) / (x.size + 0.1 * MNIST_LEVELS)
        tables = [(Counted(near * MNIST_LEVELS + x.ravel()), Counted(near)) for near in seen(x)]

        def log_prob(x):
            P = shares[x.ravel()]
            for (together, alone), near in zip(tables, seen(x), strict=True):
                P = (together(near * MNIST_LEVELS + x.ravel()) + extra * P) / (alone(near) + extra)
            return np.log(P).reshape(len(x), -1).sum(axis=1)

        return log_prob

    return digits.baseline(lesson, fitted, first, few=None, keep_each=True)


def compressed(lesson, how, first=None):
    """One file for all test images; for PNG they stand one below the other."""
    test, file = lesson["test"], io.BytesIO()
    Image.fromarray(test.reshape(-1, test.shape[2])).save(file, "png", optimize=True)
    files = {"PNG": file.getvalue(), "zlib": zlib.compress(test.tobytes(), 9), "lzma": lzma.compress(test)}
    return {"test": 8 * len(files[how]) / test.size}, None


def keep(job, value, found):
    if job == "flow":
        save(runs.DATA / "mnist_flow.npz", *value)


def dates():
    return runs.digests("10", digits.CELLS, ("digits", "mnist", "runs"), "mnist.npz")


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        runs.check("mnist", JOBS, run, dates())
    else:
        runs.all_of("mnist", JOBS, run, dates(), keep)
