"""Exercise 5.4: the log-det of a planar map, by the matrix determinant lemma."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def planar_log_det(x, u, w, b):
    """log|det dz/dx|, shape (N,), when z = x + u*tanh(w·x + b) for each row of x, and w·u > -1."""
    slope = 1 - np.tanh(np.dot(x, w) + b) ** 2
    return np.log(1 + slope * np.dot(w, u))


def slope(x, w, b):
    """tanh' at w·x + b, shape (N,)."""
    return 1 - np.tanh(np.dot(x, w) + b) ** 2


X = np.array([[0.4, -0.9, 0.7], [1.1, 0.3, -0.5], [-0.6, 0.8, 1.2]])
U, V = np.array([1.3, -0.4, 0.9]), np.array([0.8, 0.5, 1.1])
U_2, V_2 = np.array([0.7, 1.1]), np.array([-0.9, 0.35])

EXERCISE = Exercise(
    id="5.4",
    title="The log-det of a planar map",
    difficulty=2,
    minutes=8,
    key=planar_log_det,
    probes=((X, U, V, 0.4), (X[:, 1:], U_2, V_2, -0.3), (-X[:2], 2 * V, U, -0.5)),
    misconceptions=(
        Misconception(
            "tanh instead of its derivative",
            lambda x, u, w, b: np.log(np.abs(1 + np.tanh(np.dot(x, w) + b) * np.dot(w, u))),
            "You use the value of `tanh`. In a Jacobian stands its derivative.",
        ),
        Misconception(
            "tanh' = 1 - tanh",
            lambda x, u, w, b: np.log(np.abs(1 + (1 - np.tanh(np.dot(x, w) + b)) * np.dot(w, u))),
            "Look at the derivative of `tanh` again: a square is missing.",
        ),
        Misconception(
            "the identity forgotten",
            lambda x, u, w, b: np.log(np.abs(slope(x, w, b) * np.dot(w, u))),
            "The map adds something to `x`. Its Jacobian is the identity plus a matrix of rank one, "
            "and you have used only the second part.",
        ),
        Misconception(
            "the product of the diagonal",
            lambda x, u, w, b: np.sum(np.log(np.abs(1 + slope(x, w, b)[:, None] * u * w)), axis=1),
            "You multiply the diagonal of the Jacobian. That is its determinant only when the entries "
            "on one side of the diagonal are zero, and here none are.",
        ),
        Misconception(
            "the trace",
            lambda x, u, w, b: np.log(np.abs(len(u) + slope(x, w, b) * np.dot(w, u))),
            "This is the log of the trace of the Jacobian: a sum of diagonal entries where the lemma "
            "has a determinant.",
        ),
        Misconception(
            "b forgotten",
            lambda x, u, w, b: np.log(1 + slope(x, w, 0) * np.dot(w, u)),
            "The lemma is used rightly, but the slope of `tanh` is taken at another place: where is `b`?",
        ),
        Misconception(
            "lengths instead of the inner product",
            lambda x, u, w, b: np.log(1 + slope(x, w, b) * np.linalg.norm(u) * np.linalg.norm(w)),
            "You multiply the lengths of `u` and `w`. Their directions count as well: the lemma has "
            "the inner product.",
        ),
        Misconception(
            "the log-det of the inverse",
            lambda x, u, w, b: -np.log(1 + slope(x, w, b) * np.dot(w, u)),
            "The number is right, the sign is that of the way back, from `z` to `x`.",
        ),
        Misconception(
            "no logarithm",
            lambda x, u, w, b: 1 + slope(x, w, b) * np.dot(w, u),
            "This is the determinant, and it is right. Asked is its log.",
        ),
        Misconception(
            "the batch axis mistaken",
            lambda x, u, w, b: np.log(1 + (1 - np.tanh(np.sum(x * w, axis=0) + b) ** 2) * np.dot(w, u)),
            "You add over the examples of the batch. The examples are the rows: the inner product with `w` "
            "runs over the last axis.",
        ),
        Misconception(
            "tanh' = (1 - tanh)**2",
            lambda x, u, w, b: np.log(1 + (1 - np.tanh(np.dot(x, w) + b)) ** 2 * np.dot(w, u)),
            "Look at the derivative of `tanh` again, and at what is squared in it: `(1 - a)**2` and "
            "`1 - a**2` are different numbers.",
        ),
        Misconception(
            "tanh' = tanh**2",
            lambda x, u, w, b: np.log(1 + np.tanh(np.dot(x, w) + b) ** 2 * np.dot(w, u)),
            "You use the square of `tanh` as its derivative. But `tanh` is steepest at 0, where its square "
            "is 0.",
        ),
        Misconception(
            "x·u for x·w",
            lambda x, u, w, b: np.log(1 + slope(x, u, b) * np.dot(w, u)),
            "Inside the `tanh` you have `x·u`. Look at the map again: which vector measures `x`, and along "
            "which is it moved?",
        ),
        Misconception(
            "no slope",
            lambda x, u, w, b: np.log(1 + np.dot(w, u)),
            "This would be right if the `tanh` were not there. Its slope, which depends on `x`, stretches "
            "the step along `u`.",
        ),
        Misconception(
            "summed over the batch",
            lambda x, u, w, b: np.sum(planar_log_det(x, u, w, b)),
            "One number for the whole batch. Each example has its own log-det: the result has shape `(N,)`.",
        ),
        Misconception(
            "averaged over the batch",
            lambda x, u, w, b: np.mean(planar_log_det(x, u, w, b)),
            "You average over the batch. Each example meets its own slope of `tanh`: keep all numbers.",
        ),
        Misconception(
            "the total for each example",
            lambda x, u, w, b: np.full(len(x), np.sum(planar_log_det(x, u, w, b))),
            "Each example gets the total of the batch. The lemma speaks of one example, and adds nothing "
            "over the others.",
        ),
        Misconception(
            "the mean for each example",
            lambda x, u, w, b: np.full(len(x), np.mean(planar_log_det(x, u, w, b))),
            "Each example gets the mean of the batch. The log-det of one example does not know the others.",
        ),
    ),
    properties=(
        (
            "when `u` is 0, the map is the identity and the log-det is 0",
            lambda fn: np.allclose(fn(X, 0 * U, V, 0.4), 0),
        ),
        (
            "when `w` and `u` are at right angles, the volume does not change",
            lambda fn: np.allclose(fn(X, np.array([1.0, 1.0, 0.0]), np.array([1.0, -1.0, 2.0]), 0.4), 0),
        ),
        (
            "where `w·x + b` is 0, the slope of `tanh` is 1 and the result is `log(1 + w·u)`",
            lambda fn: np.allclose(fn(0 * X, U, V, 0.0), np.log(1 + np.dot(V, U))),
        ),
        (
            "very far out, where `tanh` is flat, the volume does not change",
            lambda fn: np.allclose(fn(np.array([V, -V]) * 100, U, V, 0.4), 0),
        ),
        (
            "the result stays as it is when `w·x` grows by what `b` is made smaller",
            lambda fn: np.allclose(fn(X, U, V, 0.4), fn(X + 0.4 * V / np.dot(V, V), U, V, 0.0)),
        ),
        ("there is one number for each example", lambda fn: np.shape(fn(X, U, V, 0.4)) == (3,)),
    ),
    hints=(
        "The Jacobian is the identity plus a matrix of rank one: a column times a row. Which ones?",
        "Column `u`, row `tanh'(w·x + b) * w`. The lemma needs only their inner product.",
        "`tanh' = 1 - tanh**2`, at `np.dot(x, w) + b`, an array of shape `(N,)`.",
    ),
    why="The Jacobian is the identity plus a matrix of rank one, so its determinant is 1 plus one inner "
    "product: a cost of D instead of D cubed. It is positive because `w·u > -1`.",
)
