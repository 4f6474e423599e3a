"""Integrals of functions on an interval or a rectangle: the instrument that weighs a density."""

import numpy as np

from .inputs import as_float, positive, require

__all__ = ["gauss_legendre", "integrate", "integrate_2d"]


def gauss_legendre(low, high, panels=32, order=16):
    """Nodes x_k and weights w_k of the composite Gauss-Legendre rule on [low, high].

    integral of f over [low, high]  ~  sum_k w_k f(x_k)

    The interval is cut into `panels` equal pieces with `order` nodes each. On one piece the rule is
    exact for polynomials up to degree 2 * order - 1. Nodes ascend and never touch the ends of a
    piece, so a function that jumps only at these ends is integrated as if it did not jump.

    Returns:
        (x, w), two float64 arrays of shape (panels * order,).

    Raises:
        ValueError: low or high is not finite, low >= high, or panels or order is not a whole
            number >= 1.
        TypeError: one of the arguments is not a number.
    """
    ends = as_float([low, high], "gauss_legendre: (low, high)")
    if ends.shape != (2,) or not ends[0] < ends[1]:
        raise ValueError(f"gauss_legendre: expected two numbers low < high, got {low!r}, {high!r}")
    panels = positive(panels, "gauss_legendre: panels", whole=True)
    t, w = np.polynomial.legendre.leggauss(positive(order, "gauss_legendre: order", whole=True))
    edges = np.linspace(*ends, panels + 1)
    half = np.diff(edges)[:, None] / 2
    return (edges[:-1, None] + half * (1 + t)).ravel(), (half * w).ravel()


def integrate(f, low, high, panels=32, order=16):
    """The integral of f over the interval [low, high], as a float.

    Args:
        f: maps points of shape (N,) to values of shape (N,); it is called once.
        panels, order: see `gauss_legendre`.

    Raises:
        ValueError: f returns another shape or a number that is not finite; see `gauss_legendre`.
    """
    x, w = gauss_legendre(low, high, panels, order)
    return float(w @ _values(f, x, "integrate"))


def integrate_2d(f, box, panels=24, order=8):
    """The integral of f over the rectangle `box`, as a float, by the product of two rules.

    Args:
        f: maps points of shape (N, 2) to values of shape (N,); it is called once.
        box: ((low, high), (low, high)), the first pair for the first coordinate.
        panels: one number, or a pair with one number for each coordinate.
        order: nodes of each panel in each coordinate; see `gauss_legendre`.

    Raises:
        ValueError: box is no pair of pairs, or f returns another shape or a number that is not
            finite; see `gauss_legendre`.
    """
    if as_float(box, "integrate_2d: box").shape != (2, 2):
        raise ValueError(f"integrate_2d: box must be ((low, high), (low, high)), got {box!r}")
    shape = as_float(panels, "integrate_2d: panels").shape
    if shape not in ((), (2,)):
        raise ValueError(f"integrate_2d: panels must be a number or a pair, got {panels!r}")
    panels = (panels, panels) if shape == () else panels
    (x1, w1), (x2, w2) = (gauss_legendre(*side, k, order) for side, k in zip(box, panels, strict=True))
    points = np.stack(np.meshgrid(x1, x2, indexing="ij"), axis=-1).reshape(-1, 2)
    return float(np.outer(w1, w2).ravel() @ _values(f, points, "integrate_2d"))


def _values(f, points, name):
    require(callable(f), f"{name}: f", "a function of points", f)
    values = as_float(f(points), f"{name}: f(x)")
    if values.shape != (len(points),):
        raise ValueError(
            f"{name}: f must map points of shape {points.shape} to values of shape "
            f"({len(points)},), got {values.shape}"
        )
    return values
