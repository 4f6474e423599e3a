"""One implementation in a process of its own, driven by run.py: a line of JSON in, a line of JSON out.

    python benchmarks/worker.py NAME         {"work": "step", "model": "realnvp", ...} sets a work up,
                                             {"run": true} measures it once, {"train": seed} trains
    python benchmarks/worker.py NAME cold    one log_prob and out, for the cold start

NAME is that of a module here, or "module:variant". The module has realnvp(start) and, if the library
can, glow(start). What they return has array(x), which brings a batch into the library's own form before
the clock starts, step(x), log_prob(x) and sample(n). EXACT says that it is the reference's own function
of the same parameters; that is checked before anything is timed.
"""

import importlib
import json
import math
import os
import sys
import time
from dataclasses import dataclass

import numpy as np

TOLERANCE = {"float32": 1e-5, "float64": 1e-10}
SHORTEST = 0.04  # seconds that one measurement takes at least


@dataclass
class Start:
    """What a model starts from: arrays in `dtype`, parameters in nflow_ref's tree and in `glows_form`."""

    dtype: str
    x: np.ndarray  # first data, for the libraries' own initialisation
    params: list  # RealNVP: (ActNorm, MLP, ()) for each coupling; Glow: levels of (ActNorm, LU, ConvNet)
    depth: int = 8
    step_size: float = 1e-3
    flow: object = None  # Glow's of nflow_ref
    tree: object = None  # params as nflow_ref takes them
    frozen: list | None = None  # Glow: levels of (permutation, signs)

    def log_prob(self, x):
        return self.reference().log_prob(self.tree, x)

    def sample(self, n):
        return self.reference().sample(self.tree, np.random.default_rng(0), n)

    def reference(self):
        import nflow_ref

        return self.flow or nflow_ref.real_nvp(2, couplings=self.depth)


def cast(tree, dtype):
    if isinstance(tree, dict):
        return {k: cast(v, dtype) for k, v in tree.items()}
    if isinstance(tree, tuple | list):
        return type(tree)(cast(v, dtype) for v in tree)
    return tree.astype(dtype)


def moved_realnvp(rng, depth):
    """Parameters of real_nvp(2, depth) well away from the identity, made by NumPy alone."""
    sizes, tree = [(1, 64), (64, 64), (64, 2)], []
    for _ in range(depth):
        layers = [(rng.normal(0, 1 / math.sqrt(i), (i, o)), rng.normal(0, 0.1, o)) for i, o in sizes]
        net = tuple({"W": w * (0.3 if w.shape[1] == 2 else 1), "b": b} for w, b in layers)
        tree += [{"log_s": rng.normal(0, 0.1, 2), "m": np.zeros(2), "b": rng.normal(0, 0.1, 2)}, net, ()]
    return tuple(tree)


def glows_form(tree):
    """The same map with ActNorm as s ⊙ x + b, which is what the other libraries have."""
    if isinstance(tree, dict):
        log_s, m = tree.get("log_s"), tree.get("m")
        return tree if m is None else {"log_s": log_s, "b": tree["b"] - np.exp(log_s) * m}
    return type(tree)(map(glows_form, tree)) if isinstance(tree, tuple | list) else tree


def realnvp_start(dtype, x, depth=8, seed=0, tree=None):
    tree = cast(tree or moved_realnvp(np.random.default_rng(seed), depth), dtype)
    return Start(
        dtype, x.astype(dtype), list(zip(*[iter(glows_form(tree))] * 3, strict=True)), depth, tree=tree
    )


def glow_start(dtype, x):
    """Glow on the digits, initialised on many of them, then moved away from there."""
    import nflow_ref

    rng = np.random.default_rng(0)
    flow = nflow_ref.glow(rng, (8, 8, 1), levels=2, steps=4, hidden=64)
    tree = nflow_ref.tree_map(lambda p: p + rng.normal(0, 0.005, p.shape), flow.init(rng, digits(rng, 1350)))
    tree = cast(tree, dtype)
    levels, layers, params = [], flow.bijection.inner.layers, glows_form(tree)
    while layers:
        steps = range(0, len(layers) // 3 * 3, 3)
        frozen = [(layers[i + 1].permutation, layers[i + 1].signs) for i in steps]
        levels.append(([params[i : i + 3] for i in steps], frozen))
        layers, params = (layers[-1].inner.inner.layers, params[-1]) if len(layers) % 3 else ((), ())
    return Start(dtype, x.astype(dtype), [p for p, _ in levels], 8, 1e-3, flow, tree, [f for _, f in levels])


def moons(rng, n):
    """Two moons, noise 0.1, with mean 0 and variance 1, and their log-density, a function."""
    from nflow_ref.datasets import TwoMoons

    density = TwoMoons(noise=0.1)
    mean = np.array([0.5, 0.25])
    std = np.sqrt([0.75 + 0.01, 0.5625 - 1 / math.pi + 0.01])
    x = (density.sample(rng, n) - mean) / std
    return x, lambda x: density.log_prob(x * std + mean) + np.sum(np.log(std))


def batches(model, batch, dtype):
    """Enough batches of float arrays to go round."""
    rng, count = np.random.default_rng(1), max(1, min(16, 2**14 // batch))
    if model == "realnvp":
        return list(moons(rng, count * batch)[0].astype(dtype).reshape(count, batch, 2))
    return list(digits(rng, count * batch).astype(dtype).reshape(count, batch, 8, 8, 1))


def digits(rng, n):
    """Digits from the first 1,350, dequantized."""
    import nflow_ref
    from nflow_ref import datasets

    images = datasets.digits().images[rng.integers(1350, size=n)]
    return nflow_ref.dequantize(rng, images, datasets.DIGITS_LEVELS)


class Worker:
    def __init__(self, name):
        module, *variants = name.split(":")
        self.module, self.options = importlib.import_module(module), dict.fromkeys(variants, True)
        self.jax = sys.modules.get("jax")

    def build(self, model, start):
        if not hasattr(self.module, model):
            raise NotImplementedError(f"{self.module.__name__.rstrip('_')} has no {model}")
        if self.jax:
            self.jax.config.update("jax_enable_x64", start.dtype == "float64")
        return getattr(self.module, model)(start, **self.options)

    def wait(self, result):
        return self.jax.block_until_ready(result) if self.jax else result

    def setup(self, work, model, dtype, batch, depth=8):
        """Build, check against nflow_ref, measure the first call, and choose how many calls to time."""
        xs = batches(model, batch, dtype)
        first = batches(model, 512, dtype)[0]
        start = realnvp_start(dtype, first, depth) if model == "realnvp" else glow_start(dtype, first)
        begin = time.perf_counter()
        it = self.build(model, start)
        inputs = [batch] if work == "sample" else [it.array(x) for x in xs]
        first = time.perf_counter() - begin
        error = self.error(it, start, xs[0]) if work == "step" else None  # before the parameters change
        self.call, self.inputs = getattr(it, work), inputs
        begin = time.perf_counter()
        result = self.wait(self.call(inputs[0]))
        first += time.perf_counter() - begin
        if work == "log_prob":
            error = self.error(it, start, xs[0])
        elif work == "sample" and batch > 1:
            self.check_sample(start, np.asarray(result))
        self.calls, self.dtype = 1, dtype
        seconds = self.measure()["seconds"]
        while self.calls * seconds < SHORTEST:
            self.calls = max(self.calls + 1, math.ceil(1.1 * SHORTEST / seconds))
            seconds = self.measure()["seconds"]
        return {"first": first, "calls": self.calls, "error": error}

    def error(self, it, start, x):
        """How far log_prob is from nflow_ref's, relative to its largest; raises if that is not rounding."""
        if not getattr(self.module, "EXACT", False):
            return None
        expected, got = start.log_prob(x), np.asarray(it.log_prob(it.array(x)))
        error = float(np.max(np.abs(got - expected)) / np.max(np.abs(expected)))
        if not error < TOLERANCE[start.dtype]:
            raise ValueError(f"log_prob differs from nflow_ref by {error:.1e}, relative")
        return error

    def check_sample(self, start, x):
        """The mean log-density of samples is that of nflow_ref's own, within 6 standard errors."""
        if getattr(self.module, "EXACT", False):
            mine = start.log_prob(start.sample(len(x)))
            off = abs(start.log_prob(x).mean() - mine.mean()) / (mine.std() * math.sqrt(2 / len(x)))
            if not off < 6:
                raise ValueError(f"the mean log p of its samples is off by {off:.1f} standard errors")

    def measure(self):
        """Seconds of wall time and of processor time for each call; the caches are warmed for short ones."""
        if self.calls > 1:
            self.wait(self.call(self.inputs[0]))
        cpu, begin = time.process_time(), time.perf_counter()
        for i in range(self.calls):
            result = self.call(self.inputs[i % len(self.inputs)])
        self.wait(result)
        seconds, cpu = time.perf_counter() - begin, time.process_time() - cpu
        result = np.asarray(result)
        if not np.isfinite(result).all() or result.dtype != self.dtype:
            raise ValueError(f"the result is not finite, or not {self.dtype}: {result.ravel()[:3]}")
        return {"seconds": seconds / self.calls, "cpu": cpu / self.calls}

    def train(self, seed, dtype="float32", steps=2000, batch=512):
        """Test likelihood of a RealNVP after training on fresh points, and its gap to the true density."""
        import nflow_ref

        rng = np.random.default_rng(seed)
        x, log_p = moons(rng, steps * batch)
        x_test = moons(rng, 10_000)[0]
        flow = nflow_ref.real_nvp(2)
        tree = flow.init(rng, x[:batch])
        it = self.build("realnvp", realnvp_start(dtype, x[:batch], tree=tree))
        begin = time.perf_counter()
        for x_batch in x.astype(dtype).reshape(steps, batch, 2):
            loss = it.step(it.array(x_batch))
        self.wait(loss)
        seconds = time.perf_counter() - begin
        got = np.asarray(it.log_prob(it.array(x_test.astype(dtype)))).astype(float)
        truth = log_p(x_test)
        return {"seconds": seconds, "nll": -got.mean(), "truth": -truth.mean(), "gap": (truth - got).mean()}


def cold(name):
    import resource

    x = np.random.default_rng(0).normal(size=(512, 2)).astype("float32")
    worker = Worker(name)
    it = worker.build("realnvp", realnvp_start("float32", x))
    total = float(np.asarray(it.log_prob(it.array(x))).sum())
    unit = 1 if sys.platform == "darwin" else 1024
    return {"total": total, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit}


def main(name, *mode):
    answers = os.fdopen(os.dup(1), "w")  # whatever a library prints goes to stderr
    os.dup2(2, 1)

    def answer(message):
        print(json.dumps(message), file=answers, flush=True)

    if mode == ("cold",):
        return answer(cold(name))
    worker = Worker(name)
    answer({"ready": name})
    for line in sys.stdin:
        command = json.loads(line)
        try:
            if "run" in command:
                answer(worker.measure())
            elif "train" in command:
                answer(worker.train(command["train"]))
            else:
                answer(worker.setup(**command))
        except NotImplementedError as error:
            answer({"failed": str(error)})
        except Exception as error:
            answer({"failed": f"{type(error).__name__}: {error}"[:300]})


if __name__ == "__main__":
    main(*sys.argv[1:])
