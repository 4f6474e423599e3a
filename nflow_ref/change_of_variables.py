"""The change of variables formula, for numbers and for vectors, with derivatives by autodiff.

Here f maps data x to latent z = f(x), and `base` is the density of z. The functions ask nothing of f
but that it is one-to-one, differentiable, and written with autograd.numpy. They are the formula
itself, at the cost of one backward pass per dimension. The layers of this package exist to be cheaper.
"""

import warnings

import autograd.numpy as np
from autograd.core import make_vjp

from .inputs import as_batch, methods, value

__all__ = ["derivative", "jacobian", "log_abs_det_jacobian", "log_prob", "log_prob_1d"]


def derivative(f, x):
    """f'(x) for each number in x, by autodiff: (N,) -> (N,)."""
    x = as_batch(x, "derivative: x", ndim=(1,))
    backward, z = _trace(f, x, "derivative")
    return backward(np.ones_like(z))


def log_prob_1d(base, f, x):
    """log p_x(x) = log p_z(f(x)) + log|f'(x)|: Eq. (1.8), proved again as Eq. (2.16).

    Args:
        base: a density of numbers, such as StandardNormal(()).
        f: an invertible map of numbers, applied to an array of shape (N,).
        x: data of shape (N,).

    Returns:
        log p_x(x) in nats, shape (N,).

    Raises:
        ValueError: f'(x) = 0 at one of the points: there p_x(x) = 0, and its log is -inf.
    """
    methods(base, "log_prob_1d: base", "a density", "log_prob")
    slope = derivative(f, x)
    if (value(slope) == 0).any():
        n = int(np.argmin(np.abs(value(slope))))
        raise ValueError(f"log_prob_1d: f'(x) = 0 at x[{n}] = {value(x)[n]}, so log|f'(x)| = -inf")
    return base.log_prob(f(x)) + np.log(np.abs(slope))


def jacobian(f, x):
    """The Jacobian matrix of f at each example: J[n, i, j] = ∂z_i/∂x_j, shape (N, D, D): Eq. (3.5).

    Axes other than the batch's are flattened first, in C order. f must treat the examples of a batch
    independently of each other, as all bijections here do: then one backward pass yields row i for
    the whole batch, and D of them the matrix.
    """
    x = as_batch(x, "jacobian: x")
    backward, z = _trace(f, x, "jacobian")
    n, d = len(x), value(x)[0].size
    rows = []
    for i in range(d):
        direction = np.zeros((n, d), dtype=z.dtype)
        direction[:, i] = 1
        rows.append(backward(direction.reshape(z.shape)).reshape(n, d))
    return np.stack(rows, axis=1)


def log_abs_det_jacobian(f, x):
    """log|det ∂f/∂x| at each example, in nats: (N, ...) -> (N,). Computed as in Eq. (3.16)."""
    return np.linalg.slogdet(jacobian(f, x))[1]


def log_prob(base, f, x):
    """log p_x(x) = log p_z(f(x)) + log|det ∂f/∂x|: Eq. (3.11), in nats, (N,), for x of shape (N, ...).

    Raises:
        ValueError: the Jacobian is singular at one of the points: there log|det ∂f/∂x| = -inf.
    """
    methods(base, "log_prob: base", "a density", "log_prob")
    log_det = log_abs_det_jacobian(f, x)
    if not np.isfinite(log_det).all():
        n = int(np.argmin(np.isfinite(log_det)))
        raise ValueError(f"log_prob: the Jacobian of f is singular at x[{n}] = {x[n]}")
    return base.log_prob(f(x)) + log_det


def _trace(f, x, name):
    """(backward, f(x)): the vector-Jacobian product of f at x, and the value."""
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("error", "Output seems independent of input")
            backward, z = make_vjp(f, x)
    except (TypeError, UserWarning) as error:
        raise TypeError(
            f"{name}: f cannot be differentiated; write it with autograd.numpy, as a function of x: {error}"
        ) from error
    if np.shape(z) != x.shape:
        raise ValueError(f"{name}: f must keep the shape of x, {x.shape}, but gave {np.shape(z)}")
    return backward, z
