"""`fit` for the lessons: where Python runs in a browser, their long trainings are loaded, not repeated.

There Python takes several times as long, and nothing can interrupt it. So what a lesson trains for long was
trained beforehand, by experiments/trainings.py, and is kept with all that decides how it ends: the flow and
its parameters at the start, the data, the steps, the state of the generator. If one of them is another, or
after `explore()`, it is trained. Everywhere else this `fit` is `nflow_ref.fit`, and loads nothing.
"""

import hashlib
import json
import sys
from importlib.resources import files

import numpy as np

from .. import training
from ..claims import _exploring
from ..parameters import leaves, tree_map

__all__ = ["fit"]
FILE = files(__package__.partition(".")[0]).joinpath("data", "trainings.npz")


def loading_fit(flow, params, x_train, *, rng, **options):
    """`nflow_ref.fit`, but what was trained beforehand is loaded; rng is left as training leaves it."""
    kept = None if _exploring[0] else find(start_of(flow, params, x_train, rng, options))
    if kept is None:
        return training.fit(flow, params, x_train, rng=rng, **options)
    theta, history, state = kept
    steps = len(history["loss"])
    print(f"fit: {steps:,} steps, done beforehand and loaded. After explore() they are done here.")
    rng.bit_generator.state = state
    parts = iter(np.split(theta, np.cumsum([np.size(p) for _, p in leaves(params)])))
    return tree_map(lambda p: next(parts).reshape(p.shape).astype(p.dtype), params), history


def start_of(flow, params, x_train, rng, options):
    """What decides how a training ends: (a name, of all that is exact; numbers, but for rounding in float32).

    The function `augment` is not looked into: a lesson with another one has to say explore().
    """
    options = {"steps": 1000, "batch_size": 128, "step_size": 1e-3} | options
    x_valid, step_size = options.get("x_valid"), options["step_size"]
    rates = [step_size(u) if callable(step_size) else step_size for u in np.linspace(0, 1, 21)]
    arrays = [x_train, *([] if x_valid is None else [x_valid]), *(p for _, p in leaves(params))]
    whole = [(k, options.get(k)) for k in ("steps", "batch_size", "valid_every", "patience")]
    exact = flow, whole, "augment" in options, [np.shape(a) for a in arrays], rng.bit_generator.state
    name = hashlib.sha256(repr(exact).encode()).hexdigest()[:16]
    return name, np.array([*rates, *(f(np.asarray(a, float)) for a in arrays for f in (np.mean, np.std))])


def find(start):
    """(parameters in one vector, history, state of the generator) of the kept training, or None."""
    name, numbers = start
    with FILE.open("rb") as file, np.load(file) as kept:
        if f"{name}.numbers" not in kept or not np.allclose(kept[f"{name}.numbers"], numbers, 1e-6, 1e-6):
            return None
        return kept[f"{name}.theta"], *json.loads(str(kept[f"{name}.rest"]))


def arrays_of(start, params, history, rng):
    """The same as arrays by name, for the file. Float32 is exact enough for parameters and losses."""
    name, numbers = start
    rest = json.dumps([history, rng.bit_generator.state])
    theta = np.concatenate([np.ravel(p) for _, p in leaves(params)]).astype(np.float32)
    return {f"{name}.numbers": numbers, f"{name}.theta": theta, f"{name}.rest": np.array(rest)}


fit = loading_fit if sys.platform == "emscripten" else training.fit
