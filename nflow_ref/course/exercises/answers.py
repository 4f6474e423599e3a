"""Run a learner's function safely, and say in words what is wrong with what it returns."""

import inspect
import linecache
import os
import re
import sys
import time
import traceback
import warnings
from contextlib import contextmanager

import autograd
import numpy as np

from ... import inputs

# Code in these directories is not the learner's: this package, the standard library, what is installed.
NOT_THEIRS = tuple(
    os.path.join(os.path.dirname(path), "")
    for path in (inputs.__file__, os.__file__, *(os.path.dirname(m.__file__) for m in (np, autograd)))
)

SECONDS = 5  # that one call of the learner's function may take
SHOWN = 60  # numbers of an array that is shown whole


class TooLong(BaseException):
    """Raised in the learner's function, past its `except Exception`, when the seconds are over."""


STOPS = Exception, TooLong, SystemExit  # what stops a function, but for the learner's own interrupt


def run(fn, args):
    """(result, changed): what fn returns for copies of args, and the positions of arrays it wrote to.

    A numeric result is copied as an array of floats, a tuple part by part. NumPy's warnings are
    silenced: a wrong answer may well take the log of a negative number.
    """
    copies = [a.copy() if isinstance(a, np.ndarray) else a for a in args]
    with quiet(), limited():
        result = _snapshot(fn(*copies))
    arrays = [i for i, a in enumerate(args) if isinstance(a, np.ndarray)]
    return result, [i for i in arrays if not np.array_equal(args[i], copies[i], equal_nan=True)]


@contextmanager
def quiet():
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


@contextmanager
def limited():
    """Stop code of the learner's that does not end. The clock is read before each of its lines.

    So it works on every system, in a browser too. It can do nothing where a debugger is at work, nor
    inside of one call of NumPy.
    """
    end = time.monotonic() + SECONDS

    def at_a_line(frame, event, arg):
        if time.monotonic() > end:
            raise TooLong
        return at_a_line

    def at_a_call(frame, event, arg):
        return None if frame.f_code.co_filename.startswith(NOT_THEIRS) else at_a_line

    debugger = sys.gettrace()
    sys.settrace(debugger or at_a_call)
    try:
        yield
    finally:
        sys.settrace(debugger)


def _snapshot(result):
    if isinstance(result, tuple):
        return tuple(map(_snapshot, result))
    try:
        array = np.array(result)
    except Exception:  # a ragged list, say: `misfit` describes it
        return result
    return array.astype(float) if array.dtype.kind in "fiub" else result


def same(got, expected, rtol, atol):
    """Whether two results agree in structure, shape and numbers; NaN agrees with NaN."""
    if isinstance(expected, tuple | list):
        fits = type(got) is type(expected) and len(got) == len(expected)
        return fits and all(same(g, e, rtol, atol) for g, e in zip(got, expected, strict=True))
    if not (_is_numeric(got) and _is_numeric(expected) and got.shape == expected.shape):
        return False
    return bool(np.allclose(got, expected, rtol, atol, equal_nan=True))


def _is_numeric(result):
    return isinstance(result, np.ndarray) and result.dtype == float


def misfit(got, expected):
    """What is wrong with the type, the shape or the finiteness of a result; "" if nothing is."""
    if isinstance(expected, tuple):
        if not isinstance(got, tuple) or len(got) != len(expected):
            return f"the result is {_kind(got)}, expected a tuple of {len(expected)} things"
        problems = enumerate(map(misfit, got, expected))
        return next((f"in part {i} of the result, {problem}" for i, problem in problems if problem), "")
    if got is None or got is ...:
        return "for some inputs the result is `None`: each branch needs its own `return`"
    if not _is_numeric(got):
        return f"the result is {_kind(got)}, expected real numbers of shape {expected.shape}"
    if got.shape != expected.shape:
        number = " (one number)" if got.shape == () else ""
        return f"the shape of the result is {got.shape}{number}, expected {expected.shape}"
    if np.isfinite(expected).all() and not np.isfinite(got).all():
        return "the result contains NaN or infinity"
    return ""


def difference(got, expected, rtol, atol):
    """Where a result of the right shape first differs, what stands there and what should: for learners."""
    if isinstance(expected, tuple):
        parts = enumerate(zip(got, expected, strict=True))
        k = next(k for k, (g, e) in parts if not same(g, e, rtol, atol))
        return f"[{k}]" + difference(got[k], expected[k], rtol, atol)
    wrong = np.argwhere(~np.isclose(got, expected, rtol, atol, equal_nan=True))[0]
    index, digits = tuple(wrong.tolist()), 6
    yours, right = got[index], expected[index]
    while digits < 17 and f"{yours:.{digits}g}" == f"{right:.{digits}g}":
        digits += 1
    return f"{list(index) or ''} is {yours:.{digits}g}, expected {right:.{digits}g}"


def _kind(result):
    if isinstance(result, tuple):
        return f"a tuple of {len(result)} things"
    if isinstance(result, np.ndarray):
        return "one number" if result.shape == () else f"an array of dtype {result.dtype}"
    return f"of type {type(result).__name__}"


def parameters_if_unfit(fn, args):
    """The names of fn's parameters if fn cannot be called with args, else None."""
    try:
        signature = inspect.signature(fn)
    except (TypeError, ValueError):  # some built-in functions have none
        return None
    try:
        signature.bind(*args)
    except TypeError:
        return list(signature.parameters)
    return None


def traceback_line(error):
    """The learner's own line in the traceback of error, and the message below it."""
    frames = [
        (frame.f_code.co_filename, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if not frame.f_code.co_filename.startswith(NOT_THEIRS)
    ]
    try:
        message = f"{type(error).__name__}: {error}".strip(": ")
    except Exception:  # of its __str__
        message = type(error).__name__
    message = re.sub(r" at 0x[0-9A-Fa-f]+", "", message)
    if not frames:
        return message
    source = linecache.getline(*frames[-1]).strip()
    return f"line {frames[-1][1]}: {source}".removesuffix(": ") + f"\n{message}"


def show(name, argument):
    """A line that makes an argument, to copy into a cell; of a function or a large array, what it is."""
    if callable(argument):
        return f"# {name} is {argument.__name__}"
    if np.size(argument) > SHOWN:
        return f"# {name} is an array of shape {np.shape(argument)}"
    if not np.ndim(argument):
        return f"{name} = {argument:.6g}"
    start = f"{name} = np.array("
    numbers = np.array2string(np.asarray(argument), 88, 6, separator=", ", prefix=start)
    return f"{start}{numbers})"
