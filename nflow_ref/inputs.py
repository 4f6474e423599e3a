"""The door of the house: what every public function refuses, and in which words."""

import math
from numbers import Real
from reprlib import repr as short

import autograd.numpy as np
import numpy as onp
from autograd.tracer import isbox

__all__ = ["NonFiniteError", "as_batch", "as_float", "locations", "sum_event", "unpack", "unpack_tuple"]
SHAPES = {1: "(N,)", 2: "(N, D)", 4: "(N, H, W, C)"}


class NonFiniteError(ValueError):
    """A number is NaN or infinite where only finite numbers make sense."""


def value(x):
    """The plain NumPy value of x, also while autograd traces it."""
    while isbox(x):
        x = x._value
    return x


def as_float(x, name):
    """x as an array of finite floats; float32 and float64 stay what they are, other numbers become float64.

    Raises:
        TypeError: x is not numeric (strings, objects, complex numbers), or a tree of parameters.
        ValueError: x is ragged, or some of its entries are masked.
        NonFiniteError: x contains NaN or infinity.
    """
    require(not _is_tree(x), name, "an array (are params and x exchanged?)", type(value(x)))
    if onp.ma.is_masked(value(x)):
        masked = f"{onp.ma.count_masked(x)} of {onp.size(x)} numbers are masked"
        raise ValueError(f"{name}: {masked}; fill or drop them")
    if not isbox(x):
        try:
            x = np.asarray(x)
        except ValueError as error:
            raise ValueError(f"{name}: expected one array, got a ragged sequence") from error
        if x.dtype.kind not in "fiub":
            raise TypeError(f"{name}: expected real numbers, got an array of dtype {x.dtype}")
        if x.dtype not in (np.float32, np.float64):
            x = x.astype(np.float64)
    finite = np.isfinite(value(x))
    if not finite.all():
        first = tuple(int(i) for i in np.argwhere(~finite)[0])
        raise NonFiniteError(
            f"{name}: {finite.size - finite.sum()} of {finite.size} numbers are not finite, "
            f"the first is {value(x)[first]} at index {first}"
        )
    return x


def as_batch(x, name, ndim=(2, 4)):
    """x as a batch of examples: finite floats, batch axis first, channels last.

    Args:
        x: array-like of shape (N,), (N, D) or (N, H, W, C); `ndim` says which of these are welcome.
        name: what the error calls it, such as "ActNorm.forward: x".

    Raises:
        ValueError: the shape is another one, or there is no number in x.
        TypeError, NonFiniteError: see `as_float`.
    """
    x = as_float(x, name)
    if x.ndim not in ndim:
        expected = " or ".join(SHAPES[n] for n in ndim)
        raise ValueError(f"{name}: expected shape {expected}, got {x.shape}")
    if 0 in x.shape:
        raise ValueError(f"{name}: the batch is empty, its shape is {x.shape}")
    return x


def as_examples(x, name, shape):
    """x as a batch of examples of the given shape, (N, *shape); errors as in `as_batch`."""
    x = as_batch(x, name, ndim=(1, 2, 4))
    if x.shape[1:] != shape:
        expected = str(("N", *shape)).replace("'", "")
        raise ValueError(f"{name}: expected shape {expected}, got {x.shape}")
    return x


def unpack(params, where, dtype, **shapes):
    """The arrays of the dictionary `params` in the order of `shapes`, checked and cast to `dtype`.

    A layer states what it expects and gets it: `W, b = unpack(params, "MLP", x.dtype, W=(3, 4), b=(4,))`.

    Raises:
        TypeError: params is no dictionary.
        ValueError: a key is missing or unknown, or an array has another shape.
        NonFiniteError: a parameter is NaN or infinite.
    """
    if not isinstance(value(params), dict):
        raise TypeError(f"{where}: params must be a dict with keys {list(shapes)}, got {kind(params)}")
    if value(params).keys() != shapes.keys():
        raise ValueError(f"{where}: params must have the keys {list(shapes)}, got {list(value(params))}")
    arrays = []
    for key, shape in shapes.items():
        p = as_float(params[key], f"{where}: params[{key!r}]")
        if p.shape != shape:
            raise ValueError(f"{where}: params[{key!r}] must have shape {shape}, got {p.shape}")
        arrays.append(p if p.dtype == dtype else p.astype(dtype))
    return arrays


def unpack_tuple(params, where, length):
    """`params`, checked to be a tuple (or list) of `length` parameter trees."""
    if not isinstance(value(params), tuple | list):
        raise TypeError(f"{where}: params must be a tuple of {length} parameter trees, got {kind(params)}")
    if len(params) != length:
        raise ValueError(f"{where}: params must hold {length} parameter trees, got {len(params)}")
    return params


def kind(tree):
    return f"an object of type {type(value(tree)).__name__}"


def _is_tree(x):
    x = value(x)
    return isinstance(x, dict) or (isinstance(x, tuple | list) and any(map(_is_tree, x)))


def require(good, name, expected, got, error=TypeError):
    """`got`, if it is good: else an error in the words that are the same everywhere."""
    if not good:
        raise error(f"{name} must be {expected}, got {short(got)}")
    return got


def positive(number, name, whole=False, zero=False):
    """`number` as a plain float, finite and > 0 (or >= 0, if `zero`); or as an int >= 1, if `whole`."""
    expected = "a whole number >= 1" if whole else f"a finite number {'>=' if zero else '>'} 0"
    require(isinstance(number, Real) and not isinstance(number, bool), name, expected, number)
    large = 0 < number < math.inf or (zero and number == 0)
    require(large and not (whole and number % 1), name, expected, number, ValueError)
    return int(number) if whole else float(number)


def whole_numbers(numbers, name, what="a tuple", lengths=None):
    """`numbers`, a tuple or list of whole numbers >= 1 whose length is one of `lengths`, as plain ints."""
    good = isinstance(numbers, tuple | list) and (lengths is None or len(numbers) in lengths)
    require(good, name, f"{what} of whole numbers >= 1", numbers)
    return tuple(positive(n, f"{name}[{i}]", whole=True) for i, n in enumerate(numbers))


def event_shape(shape, name):
    """The shape of one example, without the batch axis, as a tuple of plain ints."""
    return whole_numbers(shape, name, "(), (D,) or (H, W, C)", lengths=(0, 1, 3))


def float_type(dtype, name):
    """`dtype`, checked to be float32 or float64, the only two there are here."""
    good = isinstance(dtype, type | onp.dtype) and dtype in (float, onp.float32, onp.float64)
    return onp.dtype(require(good, name, "float32 or float64", dtype)).type


def generator(rng, name):
    """`rng`, checked to be a generator of random numbers: nothing here reads or sets a global state."""
    expected = "a numpy.random.Generator, such as numpy.random.default_rng(0)"
    return require(isinstance(rng, onp.random.Generator), f"{name}: rng", expected, rng)


def bijection(layer, name):
    """`layer`, checked to be an object with init, forward and inverse."""
    return methods(layer, name, "a bijection", "init", "forward", "inverse")


def methods(thing, name, what, *required):
    """`thing`, checked to be an object, and no class, that has the methods `required`."""
    good = not isinstance(thing, type) and all(callable(getattr(thing, m, None)) for m in required)
    return require(good, name, f"{what}, an object with {', '.join(required)}", thing)


def sum_event(a):
    """Sum over everything but the batch axis: (N, ...) -> (N,)."""
    return np.sum(np.reshape(a, (a.shape[0], -1)), axis=1)


def locations(x):
    """The number of pixels H·W of each example, as an array (N,): all 1 for vectors.

    A layer that does the same at each pixel multiplies its log-det by this.
    """
    return np.full(x.shape[0], math.prod(x.shape[1:-1]), dtype=x.dtype)
