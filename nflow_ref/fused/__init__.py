"""The same flows with a backward pass derived by hand: the same numbers up to rounding, several times faster.

`fit` uses it by itself; `fuse` gives it to those who call log_prob, sample or autograd themselves. What the
reference computes layer by layer on autograd's tape is here one pair (forward, backward), made of one
pair for each layer (linear.py, networks.py, layers.py), and the arrays that it needs are made once.
"""

import numpy as np
from autograd.builtins import tuple as traced_tuple
from autograd.core import make_vjp
from autograd.extend import defvjp_argnums, primitive
from autograd.tracer import isbox

from ..flow import Flow
from ..inputs import as_batch
from ..parameters import tree_map
from .buffers import flat, views
from .engine import SCORES, Engine

__all__ = ["FusedBijection", "FusedFlow", "fuse", "views"]


def fuse(target):
    """An equivalent flow, or bijection, whose backward pass is derived by hand.

    It takes the same parameters and has the same methods: `fuse(flow).log_prob(params, x)` is all that
    changes. A layer or coupling that is not of this package is left to autograd; it must treat each
    example independently of the others. A flow of a class of its own is returned as it is. The result
    keeps its arrays from call to call, so each thread needs one of its own.

    Raises:
        TypeError: a derivative of a derivative is asked for; the flow itself has it.
        What the flow itself refuses is refused here too, and in its words: where something is wrong,
        the flow itself is asked.
    Source: notebook 11.
    """
    if isinstance(target, FusedFlow | FusedBijection):
        return target
    if not isinstance(target, Flow):
        return FusedBijection(target)
    if type(target) is not Flow:  # its log_prob may be another one
        return target
    kind = FusedFlow if type(target.base) in SCORES and target.base.shape else Flow
    return kind(target.base, fuse(target.bijection))


class FusedBijection:
    """`fuse(bijection)`: see there. `plain` is the bijection itself, `base` a density to be added."""

    def __init__(self, plain, base=None):
        self.plain, self.base, self.engines = plain, base, {}

    def __repr__(self):
        return f"fuse({self.plain!r})"

    def init(self, rng, x):
        return self.plain.init(rng, x)

    def __reduce__(self):  # copies and pickles start without arrays
        return FusedBijection, (self.plain, self.base)

    def forward(self, params, x):
        return _run(self, self.plain.forward, params, as_batch(x, "forward: x", ndim=(1, 2, 4)))

    def inverse(self, params, z):
        z = as_batch(z, "inverse: z", ndim=(1, 2, 4))
        if z.ndim > 1 and not _traced((params, z)):
            x = self.attempt(params, z, lambda engine: engine.inverse(z))
            if x is not None:
                return x
        return self.plain.inverse(params, z)

    def attempt(self, params, x, run, engine=None):
        """run(engine), by default the one with these parameters; None where the reference must answer."""
        try:
            with np.errstate(all="ignore"):
                result = run(engine or self.ready(params, x))
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return None
        return result if all(np.isfinite(array).all() for array in flat(result)[0]) else None

    def ready(self, params, x):
        """The engine for examples like these, with these parameters."""
        key = x.shape[1:], x.dtype
        if key not in self.engines:
            self.plain.forward(params, x[:1])  # refuses what does not fit
            if len(self.engines) == 4:  # forget the oldest
                del self.engines[next(iter(self.engines))]
            self.engines[key] = Engine(self.plain, self.base, params, *key)
        self.engines[key].load(params)
        return self.engines[key]


class FusedFlow(Flow):
    """`fuse(flow)`: see there. `plain` is the flow itself."""

    def __init__(self, base, bijection):
        super().__init__(base, bijection)
        object.__setattr__(self, "plain", Flow(base, bijection.plain))
        object.__setattr__(self, "likelihood", FusedBijection(bijection.plain, base))

    def __repr__(self):
        return f"fuse({self.plain!r})"

    def __reduce__(self):
        return fuse, (self.plain,)

    def log_prob(self, params, x):
        return _run(self.likelihood, self.plain.log_prob, params, self._batch(x, "log_prob: x"))


def _run(fused, reference, params, x):
    if x.ndim == 1 or (not isbox(params) and _traced(params)):
        return reference(params, x)
    return _value(params, x, fused, reference)


@primitive
def _value(params, x, fused, reference):
    """log p(x), or (z, log_det): one node on autograd's tape."""
    result = fused.attempt(params, x, lambda engine: engine.forward(x))
    if result is None:
        return reference(params, x)
    return result[1] if fused.base else result


def _backward(argnums, ans, args, kwargs):
    """Its vector-Jacobian product: forward again, for other calls have used the arrays since."""
    params, x, fused, reference = args

    def run(engine, g):
        z_bar, g = (None, g) if fused.base else g
        x_bar = engine.backward(x, g, z_bar)[1]
        return tree_map(lambda p, bar: bar.astype(np.result_type(p)), params, engine.bars), x_bar

    def by_autograd(args):
        result = reference(*args)
        return traced_tuple(result) if isinstance(result, tuple) else result

    def back(g):
        if _traced((params, x, g)):
            raise TypeError(
                "fuse: a backward pass by hand cannot be differentiated again: "
                "take the flow itself for a derivative of a derivative"
            )
        bars = fused.attempt(params, x, lambda engine: run(engine, g))
        if bars is None:
            bars = make_vjp(by_autograd, (params, x))[0](g)
        return tuple(bars[k] for k in argnums)

    return back


defvjp_argnums(_value, _backward)


def _traced(tree):
    return any(map(isbox, flat(tree)[0]))
