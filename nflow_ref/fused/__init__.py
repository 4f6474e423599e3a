"""The same flows with a backward pass derived by hand: the same numbers up to rounding, several times faster.

`fit` uses it by itself; `fuse` gives it to those who call log_prob, sample or autograd themselves. What the
reference computes layer by layer on autograd's tape is here one pair (forward, backward), made of one
pair for each layer (linear.py, networks.py, layers.py), and the arrays that it needs are made once.
"""

import numpy as np
from autograd.extend import defvjp_argnums, primitive
from autograd.tracer import isbox

from ..flow import Flow
from ..inputs import as_batch
from ..parameters import tree_map
from .engine import SCORES, Engine


def fuse(target):
    """An equivalent flow, or bijection, whose backward pass is derived by hand.

    It takes the same parameters and has the same methods: `fuse(flow).log_prob(params, x)` is all that
    changes. A layer or coupling that is not of this package is left to autograd; it must treat each
    example independently of the others. A flow of a class of its own is returned as it is. The result
    keeps its arrays from call to call, so each thread needs one of its own.

    Raises:
        TypeError: a derivative of a derivative is asked for; the flow itself has it.
        Everything else as the flow itself.
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

    def forward(self, params, x):
        return _run(self, self.plain.forward, params, as_batch(x, "forward: x", ndim=(1, 2, 4)))

    def inverse(self, params, z):
        z = as_batch(z, "inverse: z", ndim=(1, 2, 4))
        if z.ndim > 1 and not _traced((params, z)) and (engine := self.ready(params, z)):
            with np.errstate(all="ignore"):
                x = engine.inverse(z)
            if np.isfinite(x).all():
                return x
        return self.plain.inverse(params, z)

    def ready(self, params, x):
        """The engine with these parameters; None where the reference must answer, or say what is wrong."""
        key = x.shape[1:], x.dtype
        try:
            if key in self.engines:
                self.engines[key].load(params)
            else:
                self.plain.forward(params, x[:1])
        except (TypeError, ValueError):
            return None
        if key not in self.engines:
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

    def log_prob(self, params, x):
        return _run(self.likelihood, self.plain.log_prob, params, self._batch(x, "log_prob: x"))


def _run(fused, reference, params, x):
    if x.ndim == 1 or (not isbox(params) and _traced(params)):
        return reference(params, x)
    return _value(params, x, fused, reference)


@primitive
def _value(params, x, fused, reference):
    """log p(x), or (z, log_det): one node on autograd's tape."""
    if engine := fused.ready(params, x):
        z = None if fused.base else np.empty(x.shape, x.dtype)
        with np.errstate(all="ignore"):
            value = engine.forward(x, z)
        if np.isfinite(value).all() and (z is None or np.isfinite(z).all()):
            return value if fused.base else (z, value)
    return reference(params, x)


def _backward(argnums, ans, args, kwargs):
    """Its vector-Jacobian product: forward again, for other calls have used the arrays since."""
    params, x, fused, _ = args

    def back(g):
        if _traced((params, x, g)):
            raise TypeError(
                "fuse: a backward pass by hand cannot be differentiated again: "
                "take the flow itself for a derivative of a derivative"
            )
        engine, x_bar = fused.ready(params, x), np.empty(x.shape, x.dtype)
        z_bar, g = (None, g) if fused.base else g
        with np.errstate(all="ignore"):
            engine.backward(x, g, z_bar, x_bar)
        params_bar = tree_map(lambda p, bar: bar.astype(np.result_type(p)), params, engine.bars)
        return tuple((params_bar, x_bar)[k] for k in argnums)

    return back


defvjp_argnums(_value, _backward)


def _traced(tree):
    if isinstance(tree, dict | tuple | list):
        return any(map(_traced, tree.values() if isinstance(tree, dict) else tree))
    return isbox(tree)
