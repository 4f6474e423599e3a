"""The instrument of the course: statements about numbers that are printed when true and raise when false.

What is printed is the tolerance, never the residual itself, whose last digits differ between machines.
"""

import numpy as np

from .change_of_variables import log_abs_det_jacobian
from .inputs import as_batch
from .parameters import leaves, tree_map


class ClaimError(AssertionError):
    """A claim does not hold, or a refutation does not."""


def claim(statement, error, tol, what="error"):
    """Print 'OK  statement   error < tol', or raise if any |error| is larger than tol or not a number.

    tol = 0 asks for equality, and the line then says 'exact'. `what` names the number that is judged.
    """
    largest = _size(error)
    if not largest <= tol:
        raise ClaimError(f"not so: {statement}: {what} {largest:.3g}, allowed {tol:.3g}")
    print(f"OK  {statement:<58}  {f'{what} < {tol:.3g}' if tol else 'exact'}")


def refute(statement, error, by):
    """A negative control: print 'NO  statement   off by > by', or raise if the largest |error| is smaller.

    The wrong formula must fail the test that the right one has passed. If it does not, the test is blind.
    """
    largest = _size(error)
    if not largest >= by:
        raise ClaimError(f"not refuted: {statement}: error {largest:.3g}, expected at least {by:.3g}")
    print(f"NO  {statement:<58}  off by > {by:.3g}")


def _size(error):
    error = np.abs(np.asarray(error, dtype=float))
    if error.size == 0:
        raise ValueError("claim and refute need at least one number to judge, got an empty array")
    return np.max(error)


def residuals(bijection, params, x):
    """How far a bijection is from what it promises, on a batch x: a dictionary of largest absolute errors.

        round trip               inverse(forward(x)) - x
        round trip from z        forward(inverse(x)) - x, with x taken as a latent
        log-det                  log_det - log|det ∂z/∂x|, the Jacobian by autodiff
        log-det of the inverse   log_det + log|det ∂x/∂z|, likewise, at z
        one by one               each example alone against the same example in the batch

    Raises:
        ClaimError: z has another shape than x, log_det another than (N,), or a dtype is not
            that of x (float32 is tried too, where there are parameters).
    """
    x = as_batch(x, "residuals: x")
    if leaves(params):
        _forward_and_back(bijection, *tree_map(lambda a: np.asarray(a, np.float32), (params, x)))
    z, log_det, back = _forward_and_back(bijection, params, x)
    again = bijection.forward(params, bijection.inverse(params, x))[0]
    by_autodiff = log_abs_det_jacobian(lambda x: bijection.forward(params, x)[0], x)
    of_inverse = log_abs_det_jacobian(lambda z: bijection.inverse(params, z), z)
    alone = [bijection.forward(params, x[n : n + 1]) for n in range(len(x))]
    errors = {
        "round trip": back - x,
        "round trip from z": again - x,
        "log-det": log_det - by_autodiff,
        "log-det of the inverse": log_det + of_inverse,
        "one by one": [
            max(np.max(np.abs(z[n] - z_n[0])), abs(log_det[n] - d_n[0])) for n, (z_n, d_n) in enumerate(alone)
        ],
    }
    return {name: float(np.max(np.abs(error))) for name, error in errors.items()}


def _forward_and_back(bijection, params, x):
    """(z, log_det, inverse(z)), if their shapes and dtypes are those that x asks for."""
    z, log_det = bijection.forward(params, x)
    back = bijection.inverse(params, z)
    for name, array, shape in ("z", z, x.shape), ("log_det", log_det, x.shape[:1]), ("x", back, x.shape):
        if array.shape != shape or array.dtype != x.dtype:
            raise ClaimError(
                f"{name} should have shape {shape} and dtype {x.dtype}, got {array.shape}, {array.dtype}"
            )
    return z, log_det, back


def check_bijection(bijection, params, x, round_trip=1e-12, log_det=1e-11):
    """Claim that a bijection is one and that its log-det is right, on a batch x; prints one line for each.

    Both directions, the log-det against the autodiff Jacobian (O(D) backward passes), that of the inverse,
    shapes, dtypes (float32 as well), and that no example depends on its neighbours in the batch. Use
    parameters that have been moved away from their initial values: a layer that starts as the identity
    proves nothing.

    Raises:
        ClaimError: something does not hold.
    """
    found = residuals(bijection, params, x)
    tolerances = {"log-det": log_det, "log-det of the inverse": log_det}
    for name, error in found.items():
        claim(f"{type(bijection).__name__}: {name}", error, tolerances.get(name, round_trip))
