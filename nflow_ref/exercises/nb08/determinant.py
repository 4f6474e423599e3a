"""Exercise 8.4: the determinant read off from the LU form."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def det_from_lu(pi, s):
    """det W, (N,), of N matrices W = P L (U + diag(s)): row n of pi and of s, (N, C), is for number n."""
    P = np.eye(pi.shape[1])[pi]  # (N, C, C)
    return np.linalg.det(P) * np.prod(s, axis=1)


def sign(pi):
    return np.linalg.det(np.eye(pi.shape[1])[pi])


def out_of_place(pi):
    """A wrong sign: -1 for each entry that is not in its place."""
    return (-1.0) ** np.sum(pi != np.arange(pi.shape[1]), axis=1)


# As many matrices as channels, so that the product along the wrong axis does not raise an error.
PI_3 = np.array([[1, 0, 2], [2, 0, 1], [2, 1, 0]])
S_3 = np.array([[0.5, -2.2, 1.7], [-1.3, -0.9, 2.6], [2.4, 1.1, 0.7]])
PI_4, S_4 = np.array([[1, 2, 3, 0]]), np.array([[1.4, -0.6, 1.9, 0.8]])
PI_2, S_2 = np.array([[0, 1]]), np.array([[-0.7, 1.2]])

EXERCISE = Exercise(
    id="8.4",
    title="The determinant from the LU form",
    difficulty=2,
    minutes=8,
    key=det_from_lu,
    probes=((PI_3, S_3), (PI_4, S_4), (PI_2, S_2)),
    misconceptions=(
        Misconception(
            "sign of P forgotten",
            lambda pi, s: np.prod(s, axis=1),
            "This is the determinant of the two triangular factors. Whether `P` takes an even or an odd "
            "number of exchanges decides about the sign.",
        ),
        Misconception(
            "absolute value",
            lambda pi, s: np.abs(np.prod(s, axis=1)),
            "The size is right. Asked is the determinant itself, with its sign.",
        ),
        Misconception(
            "its logarithm",
            lambda pi, s: np.sum(np.log(np.abs(s)), axis=1),
            "This is the logarithm of the absolute value, which the log-density needs. Here the determinant "
            "itself is asked.",
        ),
        Misconception(
            "sum of s",
            lambda pi, s: sign(pi) * np.sum(s, axis=1),
            "The entries of `s` are added. What is the determinant of a triangular matrix?",
        ),
        Misconception(
            "entries out of place counted",
            lambda pi, s: out_of_place(pi) * np.prod(s, axis=1),
            "You count the entries of `pi` that are not in their place. One exchange moves two of them: "
            "count the exchanges.",
        ),
        Misconception(
            "every P counted as -1",
            lambda pi, s: -np.prod(s, axis=1),
            "You take every permutation for a single exchange. Some need an even number.",
        ),
        Misconception(
            "along the wrong axis",
            lambda pi, s: sign(pi) * np.prod(s, axis=0),
            "You multiply over the matrices and not over the entries of one `s`.",
        ),
        Misconception(
            "product of the whole batch",
            lambda pi, s: sign(pi) * np.prod(s),
            "You multiply all entries of all rows of `s`. Each matrix has its own row: `np.prod` needs an "
            "axis.",
        ),
        Misconception(
            "added over the batch",
            lambda pi, s: np.sum(det_from_lu(pi, s)) + np.zeros(len(s)),
            "You add the determinants of all matrices. Each has its own entry in the result.",
        ),
        Misconception(
            "averaged over the batch",
            lambda pi, s: np.mean(det_from_lu(pi, s)) + np.zeros(len(s)),
            "You average over the matrices. Each has a determinant of its own.",
        ),
        Misconception(
            "sign of P only",
            lambda pi, s: sign(pi),
            "This is the determinant of `P` alone. Those of the two triangular factors multiply it.",
        ),
        Misconception(
            "inverse",
            lambda pi, s: sign(pi) / np.prod(s, axis=1),
            "This is the determinant of the inverse matrix.",
        ),
    ),
    properties=(
        (
            "for the identity permutation it is the product of the row of `s`",
            lambda fn: np.allclose(fn(np.array([[0, 1, 2]] * 3), S_3), np.prod(S_3, axis=1)),
        ),
        (
            "when all of `s` is doubled, the determinant of a matrix with three rows grows by the factor 8",
            lambda fn: np.allclose(fn(PI_3, 2 * S_3), 8 * fn(PI_3, S_3)),
        ),
        (
            "one more exchange changes the sign",
            lambda fn: np.allclose(fn(PI_4[:, [1, 0, 2, 3]], S_4), -fn(PI_4, S_4)),
        ),
    ),
    hints=(
        "Three factors, three determinants: that of `L` is 1, that of `U + diag(s)` is a product, and that "
        "of `P` is 1 or -1.",
        "The sign of `P` can be counted, by sorting `pi` with exchanges. Or build the matrices, "
        "`np.eye(C)[pi]`, and let `np.linalg.det` find it.",
        "`np.linalg.det` takes a stack of matrices, and `np.prod(..., axis=1)` multiplies along the rows.",
    ),
    why="The triangles contribute the product of `s`, and each exchange of rows in `P` changes the sign.",
)
