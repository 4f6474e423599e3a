"""Exercise 5.4: the log-det of a scaling and a planar push at once, by the matrix determinant lemma."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def scaled_planar_log_det(x, s, u, w, b):
    """log|det dz/dx|, shape (N,), when z = s*x + u*tanh(w·x + b) for each row of x; all s > 0."""
    slope = 1 - np.tanh(np.dot(x, w) + b) ** 2
    return np.sum(np.log(s)) + np.log(1 + slope * np.dot(w, u / s))


def slope(x, w, b):
    """tanh' at w·x + b, shape (N,)."""
    return 1 - np.tanh(np.dot(x, w) + b) ** 2


def result(s, det):
    """The log-det, when `det` stands for the determinant that the lemma gives."""
    return np.sum(np.log(s)) + np.log(np.abs(det))


def inner(s, u, w):
    return np.dot(w, u / s)


X = np.array([[0.4, -0.9, 0.7], [1.1, 0.3, -0.5], [-0.6, 0.8, 1.2]])
S, U, V = np.array([1.7, 0.6, 1.3]), np.array([1.3, -0.4, 0.9]), np.array([0.8, 0.5, 1.1])
S_2, U_2, V_2 = np.array([0.7, 2.1]), np.array([0.7, 1.1]), np.array([-0.6, 0.35])

EXERCISE = Exercise(
    id="5.4",
    title="Scale and push at once",
    difficulty=3,
    minutes=10,
    key=scaled_planar_log_det,
    probes=((X, S, U, V, 0.4), (X[:, 1:], S_2, U_2, V_2, -0.3), (-X[:2], 1 / S, 2 * V, U, -0.5)),
    misconceptions=(
        Misconception(
            "scaled after the push",
            lambda x, s, u, w, b: result(s, 1 + slope(x, w, b) * np.dot(w, u)),
            "This is right for `s*(x + u*tanh(...))`, where the push is scaled as well. Here only `x` is: "
            "what must be in front of the `tanh` inside of the bracket?",
        ),
        Misconception(
            "scaled before the push",
            lambda x, s, u, w, b: result(s, 1 + slope(s * x, w, b) * np.dot(w, u)),
            "This is right when `x` is scaled first and `tanh` meets the scaled point. Here it meets `x`.",
        ),
        Misconception(
            "the scaling's log-det left out",
            lambda x, s, u, w, b: np.log(np.abs(1 + slope(x, w, b) * inner(s, u, w))),
            "The lemma is used rightly. The factor that you took out of the Jacobian, the diagonal matrix "
            "of `s`, has a determinant, too.",
        ),
        Misconception(
            "no scaling at all",
            lambda x, s, u, w, b: np.log(np.abs(1 + slope(x, w, b) * np.dot(w, u))),
            "This is (5.11) as it stands, where `x` is not scaled. `s` is not in your result.",
        ),
        Misconception(
            "u*s for u/s",
            lambda x, s, u, w, b: result(s, 1 + slope(x, w, b) * np.dot(w, u * s)),
            "You multiply `u` by `s`. When a factor is taken out of a sum, what remains is divided by it.",
        ),
        Misconception(
            "the sum of s",
            lambda x, s, u, w, b: np.sum(s) + np.log(np.abs(1 + slope(x, w, b) * inner(s, u, w))),
            "You add the `s` themselves. Determinants multiply: what is to be added?",
        ),
        Misconception(
            "tanh instead of its derivative",
            lambda x, s, u, w, b: result(s, 1 + np.tanh(np.dot(x, w) + b) * inner(s, u, w)),
            "You use the value of `tanh`. In a Jacobian stands its derivative.",
        ),
        Misconception(
            "tanh' = 1 - tanh",
            lambda x, s, u, w, b: result(s, 1 + (1 - np.tanh(np.dot(x, w) + b)) * inner(s, u, w)),
            "Look at the derivative of `tanh` again: a square is missing.",
        ),
        Misconception(
            "the diagonal part forgotten",
            lambda x, s, u, w, b: result(s, slope(x, w, b) * inner(s, u, w)),
            "The map adds something to `s*x`. Its Jacobian is a diagonal matrix plus one of rank one, "
            "and you have used only the second part.",
        ),
        Misconception(
            "the product of the diagonal",
            lambda x, s, u, w, b: np.sum(np.log(np.abs(s + slope(x, w, b)[:, None] * u * w)), axis=1),
            "You multiply the diagonal of the Jacobian. That is its determinant only when the entries "
            "on one side of the diagonal are zero, and here none are.",
        ),
        Misconception(
            "the trace",
            lambda x, s, u, w, b: np.log(np.abs(np.sum(s) + slope(x, w, b) * np.dot(w, u))),
            "This is the log of the trace of the Jacobian: a sum of diagonal entries where the lemma "
            "has a determinant.",
        ),
        Misconception(
            "b forgotten",
            lambda x, s, u, w, b: result(s, 1 + slope(x, w, 0) * inner(s, u, w)),
            "The lemma is used rightly, but the slope of `tanh` is taken at another place: where is `b`?",
        ),
        Misconception(
            "the log-det of the inverse",
            lambda x, s, u, w, b: -result(s, 1 + slope(x, w, b) * inner(s, u, w)),
            "The number is right, the sign is that of the way back, from `z` to `x`.",
        ),
        Misconception(
            "no logarithm",
            lambda x, s, u, w, b: np.prod(s) * (1 + slope(x, w, b) * inner(s, u, w)),
            "This is the determinant, and it is right. Asked is its log.",
        ),
        Misconception(
            "tanh' = (1 - tanh)**2",
            lambda x, s, u, w, b: result(s, 1 + (1 - np.tanh(np.dot(x, w) + b)) ** 2 * inner(s, u, w)),
            "Look at the derivative of `tanh` again, and at what is squared in it: `(1 - a)**2` and "
            "`1 - a**2` are different numbers.",
        ),
        Misconception(
            "tanh' = tanh**2",
            lambda x, s, u, w, b: result(s, 1 + np.tanh(np.dot(x, w) + b) ** 2 * inner(s, u, w)),
            "You use the square of `tanh` as its derivative. But `tanh` is steepest at 0, where its square "
            "is 0.",
        ),
        Misconception(
            "x·u for x·w",
            lambda x, s, u, w, b: result(s, 1 + slope(x, u, b) * inner(s, u, w)),
            "Inside the `tanh` you have `x·u`. Look at the map again: which vector measures `x`, and along "
            "which is it moved?",
        ),
        Misconception(
            "no slope",
            lambda x, s, u, w, b: result(s, 1 + inner(s, u, w)),
            "This would be right if the `tanh` were not there. Its slope, which depends on `x`, stretches "
            "the step along `u`.",
        ),
        Misconception(
            "summed over the batch",
            lambda x, s, u, w, b: np.sum(scaled_planar_log_det(x, s, u, w, b)),
            "One number for the whole batch. Each example has its own log-det: the result has shape `(N,)`.",
        ),
        Misconception(
            "averaged over the batch",
            lambda x, s, u, w, b: np.mean(scaled_planar_log_det(x, s, u, w, b)),
            "You average over the batch. Each example meets its own slope of `tanh`: keep all numbers.",
        ),
    ),
    properties=(
        (
            "when `u` is 0, the result is the sum of `log(s)`",
            lambda fn: np.allclose(fn(X, S, 0 * U, V, 0.4), np.sum(np.log(S))),
        ),
        (
            "when all `s` are 1, the result is (5.11)",
            lambda fn: np.allclose(fn(X, 1 + 0 * S, U, V, 0.4), np.log(1 + slope(X, V, 0.4) * np.dot(V, U))),
        ),
        (
            "very far out, where `tanh` is flat, only the scaling is left",
            lambda fn: np.allclose(fn(np.array([V, -V]) * 100, S, U, V, 0.4), np.sum(np.log(S))),
        ),
        (
            "the result stays as it is when `w·x` grows by what `b` is made smaller",
            lambda fn: np.allclose(fn(X, S, U, V, 0.4), fn(X + 0.4 * V / np.dot(V, V), S, U, V, 0.0)),
        ),
        ("there is one number for each example", lambda fn: np.shape(fn(X, S, U, V, 0.4)) == (3,)),
    ),
    hints=(
        "The Jacobian is a diagonal matrix plus a column times a row. The lemma wants the identity there: "
        "take the diagonal matrix out, as a factor on the left.",
        "`diag(s) + u v^T = diag(s) (I + (u/s) v^T)`, and determinants multiply.",
        "The row is `tanh'(w·x + b) * w`, and `tanh' = 1 - tanh**2`, an array of shape `(N,)`.",
    ),
    why="The map is a chain: `x + (u/s)*tanh(w·x + b)`, a planar map, and then the scaling by `s`. "
    "Log-dets add, and the planar one costs two inner products.",
)
