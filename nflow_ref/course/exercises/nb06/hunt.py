"""Exercise 6.3: find the bug in a coupling layer, by a test."""

import autograd.numpy as np

from nflow_ref.change_of_variables import jacobian

from ..engine import Misconception
from ..hunt import Hunt
from ..probes import named
from .probes import feature


def is_right(coupling):
    """True if coupling(x) = (z, log_det) and coupling(z, inverse=True) = x are right, else False."""
    from nflow_ref.change_of_variables import jacobian

    x = np.random.default_rng(0).standard_normal((4, 5))
    z, log_det = coupling(x)
    by_autodiff = np.linalg.slogdet(jacobian(lambda x: coupling(x)[0], x))[1]
    there_and_back = np.allclose(coupling(z, inverse=True), x)
    return there_and_back and np.allclose(log_det, by_autodiff)


def network(a, width):
    """Log-scales and shifts, (N, width) each."""
    k = 1 + np.arange(width)
    return np.sin(feature(a) + k), np.cos(k * feature(a)) + 0.3


def cut(x):
    return x[:, : x.shape[1] // 2], x[:, x.shape[1] // 2 :]


def glue(a, b):
    return np.concatenate([a, b], axis=1)


def version(
    name,
    split=cut,
    merge=glue,
    asked=lambda a, b: a,
    back=lambda z_b, log_s, t: (z_b - t) * np.exp(-log_s),
    log_det=lambda log_s: np.sum(log_s, axis=1),
):
    """An affine coupling, right but for what is said otherwise."""

    def coupling(x, inverse=False):
        a, b = split(x)
        log_s, t = network(asked(a, b), b.shape[1])
        if inverse:
            return merge(a, back(b, log_s, t))
        return merge(a, np.exp(log_s) * b + t), log_det(log_s)

    return named(name, coupling)


RIGHT = (
    version("a right coupling"),
    version("a right one: the second half decides", lambda x: cut(x)[::-1], lambda a, b: glue(b, a)),
)
STRIDE = version("one like `suspect`", split=lambda x: (x[:, 0::2], x[:, 1::2]))
CHANGED = version("one that asks its network at the half that changes", asked=lambda a, b: b)
NO_SCALE = version("one whose inverse forgets the scale", back=lambda z_b, log_s, t: z_b - t)
ORDER = version("one whose inverse is z_b/s - t", back=lambda z_b, log_s, t: z_b * np.exp(-log_s) - t)
MINUS = version("one whose log-det has the wrong sign", log_det=lambda log_s: -np.sum(log_s, axis=1))
OF_S = version("one whose log-det is the sum of s", log_det=lambda log_s: np.sum(np.exp(log_s), axis=1))
PER_COORDINATE = version(
    "one whose log-det is a mean over the coordinates", log_det=lambda log_s: np.mean(log_s, axis=1)
)
BATCH_MEAN = version(
    "one that gives each example the mean log-det of the batch",
    log_det=lambda log_s: np.full(len(log_s), np.mean(np.sum(log_s, axis=1))),
)
BATCH_SUM = version(
    "one that gives each example the total log-det of the batch",
    log_det=lambda log_s: np.full(len(log_s), np.sum(log_s)),
)
WRONG = STRIDE, CHANGED, NO_SCALE, ORDER, MINUS, OF_S, PER_COORDINATE, BATCH_MEAN, BATCH_SUM

X = np.random.default_rng(64).standard_normal((3, 5))


def round_trip(coupling, x):
    return np.allclose(coupling(coupling(x)[0], inverse=True), x)


def log_dets(coupling, x):
    """The log-det of each example, and the one by autodiff."""
    return coupling(x)[1], np.linalg.slogdet(jacobian(lambda x: coupling(x)[0], x))[1]


def on(x):
    """The whole test at x, which may be a bad choice."""
    return lambda coupling: round_trip(coupling, x) and np.allclose(*log_dets(coupling, x))


EXERCISE = Hunt(
    id="6.3",
    title="Find the bug",
    difficulty=2,
    minutes=10,
    key=is_right,
    probes=tuple((coupling,) for coupling in (*RIGHT, *WRONG)),
    misconceptions=(
        Misconception(
            "round trip only",
            lambda coupling: round_trip(coupling, X),
            "Your test goes there and back, and that is one half of the work. A layer may have the right "
            "inverse and a wrong log-det: compare it with the Jacobian.",
        ),
        Misconception(
            "log-det only",
            lambda coupling: np.allclose(*log_dets(coupling, X)),
            "The log-det is tested against the Jacobian. Does the inverse undo the layer? It is never asked.",
        ),
        Misconception(
            "one example",
            on(X[:1]),
            "A batch of one example is the mean and the total of itself. Take several, which differ.",
        ),
        Misconception(
            "in the plane",
            on(X[:, :2]),
            "In the plane each half has one coordinate: nothing can come into the wrong order, and a mean "
            "over one coordinate is a sum. Take more coordinates.",
        ),
        Misconception(
            "size of the log-det",
            lambda coupling: round_trip(coupling, X) and np.allclose(*map(np.abs, log_dets(coupling, X))),
            "You compare sizes. A log-det has a sign: it says whether volume grows or shrinks.",
        ),
        Misconception(
            "means compared",
            lambda coupling: round_trip(coupling, X) and np.allclose(*map(np.mean, log_dets(coupling, X))),
            "You compare one number for the whole batch. Compare the log-det of each example with its own "
            "Jacobian.",
        ),
        Misconception(
            "at the origin",
            on(np.zeros((3, 5))),
            "At 0 there is nothing to scale, and all examples are the same one. Points at random are a "
            "better choice.",
        ),
        Misconception(
            "equal to the last digit",
            lambda coupling: (
                np.array_equal(coupling(coupling(X)[0], inverse=True), X)
                and np.array_equal(*log_dets(coupling, X))
            ),
            "You ask for equality. Each operation rounds, so right results differ in their last digits: "
            "`np.allclose` leaves room for that.",
        ),
        Misconception(
            "the first half must not change",
            lambda coupling: on(X)(coupling) and np.array_equal(coupling(X)[0][:, :2], X[:, :2]),
            "You ask that the first coordinates stay as they are. Which half decides is a matter of choice: "
            "if it is the second, the coupling is as good.",
        ),
        Misconception(
            "shapes only",
            lambda coupling: coupling(X)[0].shape == X.shape and coupling(X)[1].shape == (len(X),),
            "Shapes and finite numbers are all that you look at. None of the mistakes changes them.",
        ),
    ),
    properties=(
        ("right couplings pass, whichever half decides", lambda fn: all(map(fn, RIGHT))),
        ("a wrong inverse is found", lambda fn: not any(map(fn, (STRIDE, NO_SCALE, ORDER)))),
        ("a wrong log-det is found", lambda fn: not any(map(fn, (MINUS, OF_S, PER_COORDINATE)))),
        ("each example is judged on its own", lambda fn: not any(map(fn, (BATCH_MEAN, BATCH_SUM)))),
    ),
    hints=(
        "A layer promises two things: that it can be undone, and that its log-det is that of its Jacobian.",
        "Which points? Several, which differ, with more than two coordinates, away from 0.",
        "`np.linalg.slogdet(J)[1]` is the log of the size of the determinant of each matrix in "
        "`J = jacobian(lambda x: coupling(x)[0], x)`.",
    ),
    why="Two comparisons catch all of them: there and back, and the log-det of each example against the "
    "full Jacobian, on several points with more than two coordinates. `suspect` takes halves by stride and "
    "puts them back one behind the other.",
)
