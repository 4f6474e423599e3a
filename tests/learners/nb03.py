"""Answers of learners to the exercises of notebook 03."""

import math

import numpy as np


def det(M):
    """The determinant by Laplace's expansion along the first row; for up to three rows."""
    if len(M) == 1:
        return M[0][0]
    minors = [np.delete(np.delete(M, 0, axis=0), j, axis=1) for j in range(len(M))]
    return sum((-1) ** j * M[0][j] * det(minors[j]) for j in range(len(M)))


def volume(M):
    """|det M| from the singular values, which know no sign."""
    return np.prod(np.linalg.svd(M, compute_uv=False), axis=-1)


def log_volume(M):
    return np.sum(np.log(np.linalg.svd(M, compute_uv=False)), axis=-1)


def log_bell(z):
    """The log-density of each row of z; far out the density itself is rounded to 0."""
    return np.array([sum(-u * u / 2 - math.log(2 * math.pi) / 2 for u in row) for row in z])


def flow(x):
    return np.stack([x[:, 0] * np.exp(x[:, 1]), x[:, 0] * x[:, 1] + x[:, 2], -2 * x[:, 1]], axis=1)


def differences(x, h=1e-3):
    """The Jacobian of `flow` by difference quotients of fourth order, a column for each input."""
    columns = []
    for step in h * np.eye(3):
        near, far = flow(x + step) - flow(x - step), flow(x + 2 * step) - flow(x - 2 * step)
        columns.append((8 * near - far) / (12 * h))
    return np.stack(columns, axis=2)


def edited(*changes):
    """The difference quotients, with entries (i, j) replaced by functions of x1 and x2."""

    def wrong(x):
        J = differences(x)
        for i, j, entry in changes:
            J[:, i, j] = entry(x[:, 0], x[:, 1])
        return J

    return wrong


def diagonals(J):
    return np.einsum("nii->ni", J)


OTHER_WAY = {
    "3.1": lambda A: [np.linalg.norm(np.cross([*M[:, 0], 0], [*M[:, 1], 0])) for M in A],
    "3.2": differences,
    "3.3": lambda x, A, b: np.array(
        [log_bell((A @ u + b)[None])[0] + np.sum(np.log(np.linalg.svd(A)[1])) for u in x]
    ),
    "3.4": lambda z, J_inverse, log_p_z: log_p_z(z) + log_volume(np.linalg.inv(J_inverse)),
    "3.5": lambda J: np.linalg.slogdet(J)[1],  # what the lesson recommends for a full matrix
}

LEARNERS = {
    "3.1": {
        "an area never is": lambda A: [det(M) for M in A],
        "has a minus in it": lambda A: [abs(M[0, 0] * M[1, 1] + M[1, 0] * M[0, 1]) for M in A],
        "triangular matrices only": lambda A: np.abs(np.prod(diagonals(A), axis=1)),
        "area of a rectangle": lambda A: np.prod(np.linalg.norm(A, axis=1), axis=1),
        "four corners": lambda A: 0.5 * volume(A),
        "points away from the other": lambda A: [abs(M[:, 0] @ M[:, 1]) for M in A],
        "another way to drop a sign": lambda A: np.linalg.det(A) ** 2,
        "it is the difference": lambda A: [
            np.hypot(0, M[0, 0] * M[1, 1]) - np.hypot(0, M[0, 1] * M[1, 0]) for M in A
        ],
        "entries of each row": lambda A: np.abs(np.diff(np.prod(A, axis=2), axis=1))[:, 0],
        "entries of each column": lambda A: np.abs(np.diff(np.prod(A, axis=1), axis=1))[:, 0],
        "are too much": lambda A: [
            abs(np.hypot(0, M[0, 0] * M[1, 1]) - np.hypot(0, M[0, 1] * M[1, 0])) for M in A
        ],
    },
    "3.2": {
        "Rows and columns": lambda x: np.transpose(differences(x), (0, 2, 1)),
        "by its own `x_i` only": lambda x: np.stack([np.diag(np.diag(J)) for J in differences(x)]),
        "is a constant then": edited((0, 1, lambda x1, x2: np.exp(x2))),
        "with each of the two": edited((1, 1, lambda x1, x2: 0 * x1)),
        "not its derivative": edited((2, 1, lambda x1, x2: -2 * x2)),
        "the way back": lambda x: np.linalg.solve(differences(x), np.eye(3)),
        "the matrix itself": lambda x: np.log(2) + x[:, 1],
        "axis of the batch": lambda x: np.transpose(differences(x), (1, 2, 0)),
        "change for each unit of `x1`": edited((0, 0, lambda x1, x2: x1 * np.exp(x2))),
        "besides the product": lambda x: differences(x) * (1 - np.outer([0, 1, 0], [0, 0, 1])),
        "its derivative by `x3`": lambda x: (
            differences(x) + np.outer([0, 1, 0], [0, 0, 1]) * (x[:, 2] - 1)[:, None, None]
        ),
        "which factor stays": edited((1, 0, lambda x1, x2: x1), (1, 1, lambda x1, x2: x2)),
        "the sign of `z_3`": lambda x: differences(x) * np.array([[1], [1], [-1]]),
        "on the diagonal. By which input": lambda x: np.stack(
            [np.vstack([J[:2], J[2, [0, 2, 1]]]) for J in differences(x)]
        ),
    },
    "3.3": {
        "mass must be kept": lambda x, A, b: log_bell(x @ A.T + b),
        "has a plus, always": lambda x, A, b: log_bell(x @ A.T + b) - log_volume(A),
        "the base density does": lambda x, A, b: log_bell((A.T @ x.T).T + b) + log_volume(A),
        "without that detour": lambda x, A, b: log_bell(x @ A.T + b) + np.log(volume(A)),
        "drop its sign first": lambda x, A, b: log_bell(x @ A.T + b) + np.log(np.linalg.det(A)),
        "bring `x` there first": lambda x, A, b: log_bell(x) + log_volume(A),
        "these are full": lambda x, A, b: log_bell(x @ A.T + b) + np.log(np.diag(A) ** 2).sum() / 2,
        "has its own.": lambda x, A, b: (
            log_bell(x @ A.T + b) + log_volume(A) + (x.shape[1] - 1) * math.log(2 * math.pi) / 2
        ),
        "its own log-density": lambda x, A, b: sum(log_bell(x @ A.T + b)) + len(x) * log_volume(A),
        "for the whole matrix": lambda x, A, b: log_bell(x @ A.T + b) + len(b) * log_volume(A),
        "not to the Jacobian": lambda x, A, b: (
            log_bell(x @ A.T + b) + np.log(np.linalg.svd(A)[1] ** 0.5).sum()
        ),
        "the sign of the determinant": lambda x, A, b: (
            log_bell(x @ A.T + b) + np.sign(np.linalg.slogdet(A)[0])
        ),
        "its normalizer is missing": lambda x, A, b: log_volume(A) - np.square(x @ A.T + b).sum(axis=1) / 2,
        "the number of examples": lambda x, A, b: (
            log_volume(A) + [-u @ u / 2 - len(x) * math.log(2 * math.pi) / 2 for u in x @ A.T + b]
        ),
        "the other way round": lambda x, A, b: log_bell((x - b) @ np.linalg.inv(A).T) - log_volume(A),
    },
    "3.4": {
        "Jacobian of the way back": lambda z, J_inverse, log_p_z: log_p_z(z) + log_volume(J_inverse),
        "where volumes have changed": lambda z, J_inverse, log_p_z: np.log(np.exp(log_p_z(z))),
        "turns space over": lambda z, J_inverse, log_p_z: (
            log_p_z(z) + np.log(np.linalg.det(np.linalg.inv(J_inverse)))
        ),
        "divides the density": lambda z, J_inverse, log_p_z: log_p_z(z) - volume(J_inverse),
        "off the diagonal count": lambda z, J_inverse, log_p_z: (
            log_p_z(z) - np.log(np.abs(np.prod(diagonals(J_inverse), axis=1)))
        ),
        "the logarithm of that quotient": lambda z, J_inverse, log_p_z: log_p_z(z) / volume(J_inverse),
        "entry by entry": lambda z, J_inverse, log_p_z: log_p_z(z) + log_volume(J_inverse**-1.0),
        "its own log-determinant": lambda z, J_inverse, log_p_z: log_p_z(z) - sum(log_volume(J_inverse)),
        "Its logarithm is asked for": lambda z, J_inverse, log_p_z: np.exp(log_p_z(z)) / volume(J_inverse),
        "the signs of the determinants": lambda z, J_inverse, log_p_z: (
            log_p_z(z) - np.sign(np.linalg.det(J_inverse))
        ),
        "you have `z` already": lambda z, J_inverse, log_p_z: (
            log_p_z(np.array([J @ v for J, v in zip(J_inverse, z, strict=True)])) - log_volume(J_inverse)
        ),
        "no half before the Jacobian": lambda z, J_inverse, log_p_z: (
            log_p_z(z) - np.log(volume(J_inverse) ** 0.5)
        ),
    },
    "3.5": {
        "Only their size counts": lambda J: np.log(diagonals(J)).sum(axis=1),
        "Which comes first": lambda J: np.log(volume(J * np.eye(J.shape[1]))),
        "That is the trace": lambda J: np.log(np.abs([np.trace(M) for M in J])),
        "into a sum": lambda J: [np.abs(np.diag(M)).sum() for M in J],
        "Asked is its logarithm": lambda J: [abs(np.prod(np.diag(M))) for M in J],
        "one number for the whole batch": lambda J: sum(np.log(np.abs(np.diag(M))).sum() for M in J),
        "add over the other one": lambda J: sum(np.log(np.abs(np.diag(M))) for M in J),
        "The logarithm of a product is their sum": lambda J: np.log(np.abs(diagonals(J))).sum(1) / J.shape[1],
        "log-determinant of the inverse": lambda J: np.log(1 / np.abs(diagonals(J))).sum(axis=1),
        "comes too late": lambda J: np.sqrt(np.log(diagonals(J)) ** 2).sum(axis=1),
        "the sign of the sum": lambda J: [abs(sum(np.log(np.diag(M)))) for M in J],
        "shrinks the volume": lambda J: [sum(abs(math.log(abs(v))) for v in np.diag(M)) for M in J],
        "what is the logarithm of a product": lambda J: [
            math.log(sum(abs(v) for v in np.diag(M))) for M in J
        ],
        "with each factor instead": lambda J: np.log(np.linalg.det(J)),
    },
}
