"""Exercise 3.7: find the bug in a log-determinant, by a test."""

import autograd.numpy as np
import numpy as onp

from nflow_ref.change_of_variables import jacobian

from ..engine import Misconception
from ..hunt import Hunt
from ..probes import named


def is_right(log_abs_det):
    """Whether log_abs_det(f, x) is log|det J| of f at each row of x, (N, D) -> (N,): True or False."""
    A = np.array([[1, 2, 0], [3, 1, -1], [0, 1, 1]])  # not symmetric, with the determinant -4
    x = np.eye(3)  # three points
    bent = log_abs_det(lambda x: np.sinh(np.dot(x, A.T)), x)
    by_hand = np.log(4) + np.sum(np.log(np.cosh(np.dot(x, A.T))), axis=1)
    # A positive determinant, too small for a float:
    wide = log_abs_det(lambda x: x / 100, np.ones((1, 200)))
    return np.allclose(bent, by_hand) and np.allclose(wide, 200 * np.log(0.01))


def of(name, formula):
    """The implementation that applies `formula` to the Jacobians."""

    def implementation(f, x):
        with onp.errstate(all="ignore"):
            return formula(jacobian(f, x))

    return named(name, implementation)


def log_abs_det(J):
    return np.linalg.slogdet(J)[1]


def log_det(J):
    """NaN where the determinant is negative."""
    sign, size = np.linalg.slogdet(J)
    return np.log(sign) + size


RIGHT = (
    of("right, by elimination", log_abs_det),
    of("right, by singular values", lambda J: np.sum(np.log(np.linalg.svd(J, compute_uv=False)), axis=1)),
)
ADDED = of("the sum over the batch", lambda J: np.sum(log_abs_det(J)))
NO_BARS = of("the logarithm of the determinant, without bars", log_det)
DIAGONAL = of("suspect", lambda J: np.sum(np.log(np.abs(np.diagonal(J, axis1=1, axis2=2))), axis=1))
TRACE = of("the trace", lambda J: np.log(np.abs(np.trace(J, axis1=1, axis2=2))))
INVERSE = of("the determinant of the inverse", lambda J: -log_abs_det(J))
UNDERFLOW = of("the determinant first, then its logarithm", lambda J: np.log(np.abs(np.linalg.det(J))))
ELSEWHERE = named("the Jacobian at f(x)", lambda f, x: log_abs_det(jacobian(f, f(x))))
NO_NAN = of("without bars, and NaN replaced by 0", lambda J: np.nan_to_num(log_det(J)))
FIRST = of("that of the first example for all", lambda J: np.full(len(J), log_abs_det(J)[0]))
MINUS = of(
    "the logarithm of minus the determinant",
    lambda J: np.log(-np.linalg.slogdet(J)[0]) + np.linalg.slogdet(J)[1],
)
MEAN = of("divided by the dimension", lambda J: log_abs_det(J) / J.shape[1])
WRONG = (DIAGONAL, ADDED, NO_BARS, TRACE, INVERSE, UNDERFLOW, ELSEWHERE, NO_NAN, FIRST, MINUS, MEAN)

# What the blind tests below are made of.
A = onp.array([[0.7, -1.2, 0.4], [1.1, 0.5, -0.8], [-0.3, 0.9, 1.6]])  # determinant 2.6
POINTS = onp.array([[0.4, -0.7, 1.2], [-0.3, 0.6, 0.9], [0.8, 0.1, -0.5]])


def bend(M):
    """The map sinh(M x), and its log-determinant by hand."""
    return lambda x: np.sinh(
        np.dot(x, M.T)
    ), lambda x: log_abs_det(M) + np.sum(np.log(np.cosh(np.dot(x, M.T))), axis=1)


def linear(M):
    return lambda x: np.dot(x, M.T), lambda x: log_abs_det(M) + 0 * x[:, 0]


def power(scale):
    """Coordinate by coordinate: the Jacobian is diagonal."""
    return lambda x: scale * np.sinh(x), lambda x: np.sum(np.log(np.abs(scale) * np.cosh(x)), axis=1)


MANY = (lambda x: 0.01 * x, lambda x: len(x[0]) * np.log(0.01) + 0 * x[:, 0]), onp.ones((1, 200))
# The same turned over: the determinant of -0.01 I is negative if the number of rows is odd.
TURNED = lambda x: -0.01 * x, MANY[0][1]
POINTS_201 = onp.ones((1, 201))
BOTH = (bend(A), POINTS), (bend(A[::-1]), POINTS)


def agrees(got, expected):
    return np.shape(got) == np.shape(expected) and np.allclose(got, expected)


def tests(*cases, agree=agrees):
    """The test that asks for these cases, ((map, its log-determinant), points)."""
    return lambda log_abs_det: all(agree(log_abs_det(f, x), by_hand(x)) for (f, by_hand), x in cases)


EXERCISE = Hunt(
    id="3.7",
    title="Find the bug in a log-determinant",
    difficulty=2,
    minutes=12,
    key=is_right,
    probes=tuple((implementation,) for implementation in (*RIGHT, *WRONG)),
    misconceptions=(
        Misconception(
            "one coordinate at a time",
            tests((power(-2.0), POINTS), (power(3.0), POINTS), MANY),
            "All Jacobians of your test are diagonal. As in the test of the author, `suspect` passes. "
            "Which Jacobians have a determinant that is not the product of the diagonal?",
        ),
        Misconception(
            "one example",
            tests((bend(A), POINTS[:1]), (bend(A[::-1]), POINTS[:1]), MANY, agree=np.allclose),
            "Your test has one example at a time. Mistakes that mix the examples of a batch pass.",
        ),
        Misconception(
            "positive determinants",
            tests(BOTH[0], MANY),
            "All determinants of your test are positive. Who forgets the absolute value passes.",
        ),
        Misconception(
            "negative determinants",
            tests(BOTH[1], (TURNED, POINTS_201)),
            "All determinants of your test are negative. Who puts a minus where the absolute value "
            "belongs passes.",
        ),
        Misconception(
            "determinants of both signs, NaN passes",
            tests(*BOTH, MANY, agree=lambda got, expected: not np.any(np.abs(got - expected) > 1e-9)),
            "A result that is not a number passes: NaN is above no bound. Ask whether the error is below the "
            "bound, not whether it is above.",
        ),
        Misconception(
            "linear maps",
            tests((linear(A), POINTS), (linear(A[::-1]), POINTS), MANY),
            "All maps of your test are linear, with the same Jacobian everywhere. A Jacobian at the wrong "
            "point passes.",
        ),
        Misconception(
            "few coordinates",
            tests(*BOTH),
            "Your maps have few coordinates. With hundreds of them the determinant may be too small for a "
            "float, while its logarithm is an ordinary number.",
        ),
        Misconception(
            "sums over the batch",
            tests(*BOTH, MANY, agree=lambda got, expected: np.allclose(np.sum(got), np.sum(expected))),
            "You compare one number for the whole batch. Who returns one number for the whole batch passes.",
        ),
        Misconception(
            "sizes of the logarithms",
            tests(*BOTH, MANY, agree=lambda got, expected: agrees(np.abs(got), np.abs(expected))),
            "You drop the sign of the logarithms. A map that shrinks volumes passes for one that expands.",
        ),
        Misconception(
            "the identity",
            tests((linear(onp.eye(3)), POINTS)),
            "The identity has log-determinant 0, and so has nearly everything that one can do wrong with it. "
            "Take maps that change volumes.",
        ),
        Misconception(
            "shape and finiteness",
            tests(*BOTH, agree=lambda got, want: np.shape(got) == np.shape(want) and np.isfinite(got).all()),
            "You look at the shape and at whether the numbers are finite. They may be the wrong numbers: "
            "compare them with a log-determinant that you know.",
        ),
        Misconception(
            "equality to the last digit",
            tests(*BOTH, MANY, agree=np.array_equal),
            "Your test finds mistakes in what is right, too. Two right ways to the same number differ in the "
            "last digits: allow for rounding, as `np.allclose` does.",
        ),
        Misconception(
            "everything passes",
            lambda log_abs_det: True,
            "Your test passes everything. Is there a case whose log-determinant you know, and compare?",
        ),
    ),
    properties=(
        (
            "who returns 0 for every example fails your test",
            lambda fn: not fn(named("zeros", lambda f, x: np.zeros(len(x)))),
        ),
        ("who computes it by `np.linalg.slogdet` passes your test", lambda fn: fn(RIGHT[0])),
    ),
    hints=(
        "For `z = A x` the log-determinant is `np.linalg.slogdet(A)[1]`, at each point. For `z = sinh(A x)` "
        "it is that, plus the sum over the coordinates of `log(cosh(A x))`.",
        "A good case has a full matrix that is not symmetric, a map that bends, more than one example. "
        "Take determinants of both signs, and one case with hundreds of coordinates.",
        "Compare shape and numbers: `np.shape(got) == (len(x),) and np.allclose(got, expected)`. "
        "The case with many coordinates may be `z = 0.01 x`.",
    ),
    why="`suspect` is right for triangular Jacobians only. A test sees what its cases can tell from "
    "the truth: full matrices, both signs, a bend, several examples, many coordinates.",
)
