"""The long experiments of lesson 10, by the lesson's own code: what `make digits` does.

    python experiments/digits.py          all that is missing or out of date, on all cores
    python experiments/digits.py --check  after a change that should change nothing: do they start as before?

The results are kept in nflow_ref/data/digits.json, each when it is there: a `make digits` that was stopped
goes on where it was. The flow that did best on the validation rows is kept in nflow_ref/data/digits_flow.npz.
All choices are made by the validation rows. The test rows are scored for the flows of full length, with and
without learned noise, and for every candidate of the baselines; the ablation never sees them.
"""

import math
import sys
import time

import numpy as np
import runs

from nflow_ref import fuse, real_nvp, save
from nflow_ref.parameters import leaves

CELLS = ("10-02", "10-46", "10-47", "10-48", "10-49", "10-50")
SEEDS = range(5)
STEPS, SHORT = 6000, 1500
VARIANTS = {
    "full": {},
    "no logit": {"alpha": None},
    "no checkerboards": {"boards": 0, "steps": 8, "hidden": 64},
    "no ActNorm": {"norm": False},
    "reversal, not 1×1": {"mix": "reversal"},
    "nothing in place of 1×1": {"mix": None},
    "no split": {"split": False},
}
TABLES, PENALTIES = (5, 10, 15, 20, 30), (2.5, 5, 10, 20)
JOBS = {
    **{f"flow, seed {s}": ("flow", s) for s in SEEDS},
    **{f"learned noise, seed {s}": ("learned_noise", s) for s in SEEDS},
    **{f"{name}, seed {s}": ("variant", name, s) for s in SEEDS for name in VARIANTS},
    **{f"{name}, seed {s}": (job, s) for s in SEEDS for name, job in
       (("no augmentation", "unchanged"), ("no fading", "constant"), ("RealNVP, no multi-scale", "vectors"))},
    **{f"mixture of {m}, seed {s}": ("mixture", m, s) for m in TABLES for s in SEEDS},
    **{f"pixel by pixel, with copies, penalty {c}": ("in_turn", c) for c in PENALTIES},
}  # fmt: skip


def run(job, arguments, first):
    """(numbers, flow and parameters or None) of a run, or of its first steps."""
    kind, *rest = arguments
    lesson = runs.lesson("10", CELLS)
    return globals()[kind](lesson, *rest, first=first)


def trained(lesson, learn, change, first):
    """(params, what to store) of learn(change), of which `first` steps are done, or all."""
    start = time.process_time()
    params, history = learn(change if first is None else runs.Starts(change, first))
    if history["stopped"] and first is None:
        raise KeyboardInterrupt(history["stopped"])  # half a training is no result
    return params, {
        "seconds": time.process_time() - start,
        "start": [round(loss, 5) for loss in history["loss"][: runs.FIRST]],
        "validation": float(in_bits(lesson, min(history["valid_loss"]))),
        "parameters": sum(a.size for name, a in leaves(params) if not name.endswith("['m']")),
    }


def in_bits(lesson, nats):
    return lesson["bits_per_dim"](np.array([-nats]), lesson["shape"], lesson["levels"])[0]


def bounds(lesson, draw, part, draws):
    """Bits per dimension of a part of the images by K = 1, 10, 100 draws; draw(rng, x) is log p - log q."""
    noise, x = np.random.default_rng(99), lesson[part]
    log_w = np.array([draw(noise, x) for _ in range(draws)], float)
    bits = lambda nats: lesson["bits_per_dim"](nats, lesson["shape"], lesson["levels"])
    found = {}
    for k in (k for k in (1, 10, 100) if k <= draws):
        groups = log_w[: draws // k * k].reshape(-1, k, len(x))
        found[f"{part}, K = {k}"] = float(np.mean([bits(lesson["log_mean"](group)) for group in groups]))
    each = bits(log_w.mean(axis=0))
    return found | {f"{part}, standard error": float(each.std() / np.sqrt(len(each)))}


def all_bounds(lesson, draw):
    """447 training rows and the validation rows with 100 draws each, the test rows with 10 and with 300."""
    few = {f"{k}, 10 draws": v for k, v in bounds(lesson, draw, "test", 10).items()}
    lesson["train"] = lesson["train"][:447]
    return few | {k: v for part, n in (("train", 100), ("valid", 100), ("test", 300))
                  for k, v in bounds(lesson, draw, part, n).items()}  # fmt: skip


def flow(lesson, seed, first=None):
    rng = np.random.default_rng(seed)
    flow = lesson["image_flow"](rng, lesson["shape"])
    learn = lambda change: lesson["learn"](flow, rng, STEPS, change, progress=False)
    params, found = trained(lesson, learn, lesson["copies"](STEPS), first)
    if first is None:
        noisy = lambda rng, x: flow.log_prob(params, lesson["dequantize"](rng, x, 17, np.float32))
        found |= all_bounds(lesson, noisy) | {"outside": outside(flow, params)}
    return found, (flow, params)


def outside(flow, params):
    """The share of the samples at temperature 1 that leave the unit cube."""
    y = flow.sample(params, np.random.default_rng(3), 2000)
    return float(np.mean(((y < 0) | (y >= 1)).any(axis=(1, 2, 3))))


def learned_noise(lesson, seed, first=None):
    rng, both = np.random.default_rng(seed), lesson["with_normal"]
    model = lesson["WithNoise"](fuse(lesson["image_flow"](rng, lesson["shape"])))
    valid = both(np.random.default_rng(5), np.tile(lesson["valid"], (5, 1, 1, 1)))
    learn = lambda change: lesson["fit"](
        model, model.init(rng, lesson["train"]), both(rng, lesson["train"]), rng=rng, steps=STEPS // 2,
        batch_size=64, step_size=lesson["step_size"], x_valid=valid, progress=False,
        augment=lambda rng, batch: both(rng, change(rng, batch[..., :1])),
    )  # fmt: skip
    params, found = trained(lesson, learn, lesson["copies"](STEPS // 2), first)
    if first is None:
        found |= all_bounds(lesson, lambda rng, x: model.log_prob(params, both(rng, x)))
    return found, None


def variant(lesson, name, seed, first=None):
    rng = np.random.default_rng(seed)
    flow = lesson["image_flow"](rng, lesson["shape"], **VARIANTS[name])
    learn = lambda change: lesson["learn"](flow, rng, SHORT, change, progress=False)
    params, found = trained(lesson, learn, lesson["copies"](SHORT), first)
    return (found if first else found | {"outside": outside(flow, params)}), None


def unchanged(lesson, seed, first=None, change=lambda rng, batch: batch):
    rng = np.random.default_rng(seed)
    flow = lesson["image_flow"](rng, lesson["shape"])
    learn = lambda change: lesson["learn"](flow, rng, SHORT, change, progress=False)
    return trained(lesson, learn, change, first)[1], None


def constant(lesson, seed, first=None):
    return unchanged(lesson, seed, first, lesson["copies"](math.inf))


def vectors(lesson, seed, first=None):
    rng = np.random.default_rng(seed)
    inner = real_nvp(64, couplings=8, hidden=(64, 64))
    flow = lesson["Flow"](inner.base, lesson["Chain"](lesson["Logit"](0.001), *inner.bijection.layers))
    rows = lambda y: y.reshape(len(y), -1)
    noisy = lambda rng, x: rows(lesson["dequantize"](rng, x, 17, np.float32))
    learn = lambda change: lesson["fit"](
        flow, flow.init(rng, noisy(rng, lesson["train"])), rows(lesson["train"]), rng=rng, steps=SHORT,
        batch_size=64, step_size=lesson["step_size"], progress=False,
        x_valid=noisy(np.random.default_rng(5), np.tile(lesson["valid"], (5, 1, 1, 1))),
        augment=lambda rng, batch: noisy(rng, change(rng, batch.reshape(-1, *lesson["shape"]))),
    )  # fmt: skip
    return trained(lesson, learn, lesson["copies"](SHORT), first)[1], None


def as_rows(x):
    return x.reshape(len(x), -1).astype(int)


def exact(log_prob, x):
    """Bits per dimension of each image, of a model that gives probabilities."""
    return -log_prob(as_rows(x)) / x[0].size / np.log(2)


def baseline(lesson, fitted, first, few, keep_each=False):
    """Chosen by its fit to the training rows, scored by that to training and validation rows.

    fitted(rows) fits with its usual number of rounds, fitted(rows, few) with so many: that is the start.
    """
    start = time.process_time()
    train, valid, test = (lesson[part] for part in ("train", "valid", "test"))
    found = {"start": [float(exact(fitted(as_rows(train), few), valid).mean())]}
    if first:
        return found, None
    found |= {"validation": float(exact(fitted(as_rows(train)), valid).mean())}
    each = exact(fitted(as_rows(np.concatenate([train, valid]))), test)
    found |= {"test": float(each.mean())} | ({"each": each.round(4).tolist()} if keep_each else {})
    return found | {"seconds": time.process_time() - start}, None


def mixture(lesson, tables, seed, extra=0.3, first=None):
    def fitted(x, rounds=60):
        found, _ = lesson["em"](np.random.default_rng(seed), x, tables, extra, rounds)
        return lambda x: lesson["log_sum_exp"](lesson["joint"](found, x))

    return baseline(lesson, fitted, first, few=3)


def in_turn(lesson, penalty, first=None):
    def fitted(x, steps=300):
        """Each image, and three copies of it, changed as for the flow."""
        rng, images, change = np.random.default_rng(0), x.reshape(-1, *lesson["shape"]), lesson["copies"](3)
        copies = [as_rows(change(rng, images)) for _ in range(3)]
        p = lesson["in_turn"](np.concatenate([x, *copies]), penalty, steps)
        return lambda x: lesson["log_in_turn"](p, x)

    return baseline(lesson, fitted, first, few=5, keep_each=True)


def keep_best(job, value, found):
    """The flow of this run becomes the one that is shipped, if it is the best so far by validation."""
    flows = [v["validation"] for k, v in found.items() if k.startswith("flow")]
    if job.startswith("flow") and found[job]["validation"] == min(flows):
        save(runs.DATA / "digits_flow.npz", *value)


def dates():
    return runs.digests("10", CELLS, ("digits", "runs"), "digits.npz")


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        runs.check("digits", JOBS, run, dates())
    else:
        runs.all_of("digits", JOBS, run, dates(), keep_best)
