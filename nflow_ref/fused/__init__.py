"""The same flows with a backward pass derived by hand: the same numbers up to rounding, several times faster.

`fit` uses it by itself; `fuse` gives it to those who call log_prob, sample or autograd themselves. What the
reference computes layer by layer on autograd's tape is here one pair (forward, backward), made of one
pair for each layer (layers.py, networks.py), and the arrays that it needs are made once.
"""

from functools import partial
from threading import local

import numpy as np
from autograd.extend import defvjp_argnums, primitive
from autograd.tracer import isbox

from ..checkerboard import CheckerboardCoupling
from ..flow import Flow
from ..inputs import as_batch
from ..parameters import tree_map
from .buffers import flat, views
from .checkerboard import checkerboard
from .engine import Engine
from .layers import MAKERS, SCORES, vjp

__all__ = ["FusedBijection", "FusedFlow", "flat", "fuse", "views"]

MAKERS[CheckerboardCoupling] = checkerboard  # layers.py has those of lesson 11


def fuse(target):
    """An equivalent flow, or bijection, whose backward pass is derived by hand.

    It takes the same parameters and has the same methods: `fuse(flow).log_prob(params, x)` is all that
    changes. A layer or coupling that is not of this package is left to autograd; it must treat each
    example independently of the others. A flow of a class of its own is returned as it is. The result
    keeps its arrays from call to call, those of each thread apart.

    Raises:
        TypeError: a derivative of a derivative is asked for; the flow itself has it.
        What the flow itself refuses is refused here too, and in its words: where something is wrong,
        the flow itself is asked.
    Source: notebook 11.
    """
    if not isinstance(target, Flow):
        return target if isinstance(target, FusedBijection) else FusedBijection(target)
    if type(target) is not Flow:  # fused already, or of a class whose log_prob may be another one
        return target
    kind = FusedFlow if type(target.base) in SCORES and target.base.shape else Flow
    return kind(target.base, fuse(target.bijection))


class Fused:
    """What is fused is shown, copied and pickled as fuse(plain), without its arrays."""

    def __repr__(self):
        return f"fuse({self.plain!r})"

    def __reduce__(self):
        return fuse, (self.plain,)


class FusedBijection(Fused):
    """`fuse(bijection)`: see there. `plain` is the bijection itself, `base` a density to be added."""

    def __init__(self, plain, base=None):
        self.plain, self.base, self.thread = plain, base, local()

    def init(self, rng, x):
        return self.plain.init(rng, x)

    def forward(self, params, x):
        return _run(self, self.plain.forward, params, as_batch(x, "forward: x", ndim=(1, 2, 4)))

    def inverse(self, params, z):
        z = as_batch(z, "inverse: z", ndim=(1, 2, 4))
        if _traced((params, z)):
            return self.plain.inverse(params, z)
        x = self.attempt(self.plain.inverse, flat(params), z, lambda engine: engine.run("inverse", z))
        return self.plain.inverse(params, z) if x is None else x[0]

    def attempt(self, reference, params, x, run):
        """run(the engine with these parameters, a Flat), or None where the reference must answer."""
        try:
            with np.errstate(all="ignore"):
                engine = self.engine(reference, params, x).load(params)
                result = run(engine)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return None
        finite = all(np.isfinite(array).all() for array in [engine.theta, *flat(result).arrays])
        return result if finite else None

    def engine(self, reference, like, x):
        """This thread's engine, made once the reference has taken such parameters with one example."""
        engines, key = vars(self.thread), (like.structure, x.shape[1:], x.dtype)
        if key not in engines:
            reference(like.tree, x[:1])
            if len(engines) == 4:
                del engines[next(iter(engines))]
            engines[key] = Engine(self.plain, self.base, like, *key[1:])
        return engines[key]


class FusedFlow(Fused, Flow):
    """`fuse(flow)`: see there. `plain` is the flow itself."""

    def __init__(self, base, bijection):
        super().__init__(base, bijection)
        vars(self).update(plain=Flow(base, bijection.plain), likelihood=FusedBijection(bijection.plain, base))

    def log_prob(self, params, x):
        return _run(self.likelihood, self.plain.log_prob, params, self._batch(x, "log_prob: x"))


def _run(fused, reference, params, x):
    if x.ndim == 1 or (not isbox(params) and _traced(params)):
        return reference(params, x)
    return _value(params, x, fused, reference)


@primitive
def _value(params, x, fused, reference):
    """log p(x), or (z, log_det): one node on autograd's tape."""
    result = fused.attempt(reference, flat(params), x, lambda engine: engine.run("forward", x))
    if result is None:
        return reference(params, x)
    return result[1] if fused.base else tuple(result)


def _back(argnums, params, x, fused, reference, g):
    """Its vector-Jacobian product: forward again, for other calls have used the arrays since."""
    if _traced((params, x, g)):
        raise TypeError("fuse: a backward pass by hand cannot be differentiated again: take the flow itself")

    def run(engine):
        x_bar = engine.run("backward", x, *((g,) if fused.base else reversed(g)))[1]
        return tree_map(lambda p, bar: bar.astype(np.result_type(p)), params, engine.bars), x_bar

    bars = fused.attempt(reference, flat(params), x, run) or vjp(reference, (params, x), g)
    return tuple(bars[k] for k in argnums)


defvjp_argnums(_value, lambda argnums, ans, args, kwargs: partial(_back, argnums, *args))


def _traced(tree):
    return any(map(isbox, flat(tree).arrays))
