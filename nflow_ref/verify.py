"""How far a bijection is from what it promises, and the claim that it is not far."""

import numpy as np

from .change_of_variables import jacobian
from .claims import ClaimError, claim, together
from .inputs import as_batch, as_float, methods, positive
from .parameters import leaves, tree_map

__all__ = ["check_bijection", "residuals"]


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
    found = _errors_and_sizes(bijection, params, as_batch(x, "residuals: x"))
    return {name: float(np.max(np.abs(error))) for name, (error, _) in found.items()}


def _errors_and_sizes(bijection, params, x):
    """What `residuals` describes, each error with the size of the numbers that it is an error of.

    Rounding moves each z_j by a part of |z_j|, hence x_i by that part of Σ_j |∂x_i/∂z_j| |z_j|, and of |x_i|.
    The larger of the two is the size of x_i, the largest over batch and pixels that of its channel; likewise
    for z, with ∂z/∂x at x: a size is a matter of orders.

    Rounding in J moves log|det J| by that part of Σ_ij |∂x_i/∂z_j| |∂z_j/∂x_i|, which is D for one coupling.
    The size of log-dets is this sum over D, or the largest log-det, and at least 1.

    No sum counts for more than 1e4, or 1e4 times the largest |x_i|: no mistake of a millionth part can hide.
    """
    methods(bijection, "the bijection", "one", "forward", "inverse")
    if leaves(params):
        single = tree_map(lambda a: as_float(a, "params").astype(np.float32), (params, x))
        _forward_and_back(bijection, *single)
    z, log_det, back = _forward_and_back(bijection, params, x)
    from_z = bijection.inverse(params, x)
    again = bijection.forward(params, from_z)[0]
    J = jacobian(lambda x: bijection.forward(params, x)[0], x)
    K = jacobian(lambda z: bijection.inverse(params, z), z)
    alone = [bijection.forward(params, x[n : n + 1]) for n in range(len(x))]
    z_alone, log_det_alone = zip(*alone, strict=True)
    apart = np.append(z - np.vstack(z_alone), log_det - np.hstack(log_det_alone))
    moved = np.einsum("nij,nji->n", np.abs(K), np.abs(J)) / J.shape[1]
    nats = max(1, np.max(np.abs(log_det)), min(1e4, np.max(moved)))
    return {
        "round trip": (back - x, _size(x, K, z)),
        "round trip from z": (again - x, _size(x, J, from_z)),
        "log-det": (log_det - np.linalg.slogdet(J)[1], nats),
        "log-det of the inverse": (log_det + np.linalg.slogdet(K)[1], nats),
        "one by one": (apart, max(nats, np.max(_size(z, J, x)))),
    }


def _size(a, J, b):
    """The size of a = f(b) for each channel: how far the parts of a and those of b, by J = ∂a/∂b, reach."""
    moved = (np.abs(J) @ np.abs(b).reshape(len(b), -1, 1)).reshape(a.shape)
    size = np.maximum(np.abs(a), np.minimum(moved, 1e4 * (np.max(np.abs(a)) or 1)))
    return np.max(size.reshape(-1, a.shape[-1]), axis=0)


def _forward_and_back(bijection, params, x):
    """(z, log_det, inverse(z)), if their shapes and dtypes are those that x asks for."""
    z, log_det = bijection.forward(params, x)
    back = bijection.inverse(params, z)
    for name, array, shape in ("z", z, x.shape), ("log_det", log_det, x.shape[:1]), ("x", back, x.shape):
        array = np.asarray(array)
        if array.shape != shape or array.dtype != x.dtype:
            cause = "; it came with params, or with a scalar such as np.log(2): write math.log(2)"
            raise ClaimError(
                f"{name} should have shape {shape} and dtype {x.dtype}, got {array.shape}, {array.dtype}"
                f"{cause * (x.dtype < array.dtype)}"
            )
    return z, log_det, back


def check_bijection(bijection, params, x, round_trip=1e-12, log_det=1e-11):
    """Claim that a bijection is one and that its log-det is right, on a batch x, in one line.

    Both directions, the log-det against the autodiff Jacobian (O(D) backward passes), that of the inverse,
    shapes, dtypes (float32 as well), and that no example depends on its neighbours in the batch. Use
    parameters that have been moved away from their initial values: a layer that starts as the identity
    proves nothing.

    The tolerances are those of numbers between 0.1 and 10 in float64. Larger and smaller ones are judged by
    their size, in powers of ten, each channel by its own, and the line names the largest: '1e-12 · 1e+04'.
    float32 has 2^29 times the rounding, and that much more is allowed.

    Raises:
        ClaimError: something does not hold.
    """
    x = as_batch(x, "check_bijection: x")
    round_trip = positive(round_trip, "check_bijection: round_trip", zero=True)
    log_det = positive(log_det, "check_bijection: log_det", zero=True)
    title = f"{type(bijection).__name__}{' in float32' if x.dtype == np.float32 else ''}"
    rounding = np.finfo(x.dtype).eps / np.finfo(np.float64).eps
    with together(f"{title}: a bijection, and its log-det"):
        for name, (error, size) in _errors_and_sizes(bijection, params, x).items():
            of = 10 ** np.trunc(np.log10(np.maximum(size, np.finfo(x.dtype).tiny), dtype=np.float64))
            tol = log_det if name.startswith("log-det") else round_trip
            worst, largest = np.max(np.abs(error) / of), np.max(of)
            claim(name, worst * largest, tol * rounding, of=largest, varies=x.dtype == np.float32)
