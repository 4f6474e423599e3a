"""Answers of learners to the exercises of notebook 03."""

import math

import autograd.numpy as anp
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


def edges(P):
    """The two sides that meet in the first corner, as the columns of a matrix."""
    return np.transpose(P[:, 1:] - P[:, :1], (0, 2, 1))


def in_turn(J, order):
    """Row i, column order[i]."""
    return np.stack([J[:, i, j] for i, j in enumerate(order)], axis=1)


SHEAR = np.array([[1.5, 0.8, 0.0], [-0.6, 0.9, 1.1], [0.7, 0.0, 1.3]])  # determinant 2.7
MIRROR = SHEAR * np.array([[1], [-1], [1]])
SPOTS = np.array([[0.2, 0.5, -0.8], [1.0, -0.4, 0.3], [-0.6, 0.7, 0.1], [0.9, 0.2, -0.3]])


def cubic(M):
    """The map y + y**3 of y = M x."""

    def f(x):
        y = anp.dot(x, M.T)
        return y + y**3

    return f


def known(M, x):
    """Its log-determinant at each row of x."""
    return [np.log(abs(np.linalg.det(M))) + np.sum(np.log(1 + 3 * (M @ u) ** 2)) for u in x]


def shrunk(log_abs_det, D=300):
    return np.allclose(log_abs_det(lambda x: -0.02 * x, np.zeros((2, D))), np.full(2, D * np.log(0.02)))


def finds(log_abs_det, maps=(SHEAR, MIRROR), close=lambda got, want: np.max(np.abs(got - want)) < 1e-8):
    """Whether it agrees for these maps, in shape and numbers."""
    for M in maps:
        got, want = log_abs_det(cubic(M), SPOTS), np.array(known(M, SPOTS))
        if np.shape(got) != (4,) or not close(got, want):
            return False
    return True


def finds_in_many(log_abs_det, **options):
    return finds(log_abs_det, **options) and shrunk(log_abs_det)


def one_by_one(log_abs_det):
    for M in (SHEAR, MIRROR):
        for u in SPOTS:
            if not abs(np.ravel(log_abs_det(cubic(M), u[None]))[0] - known(M, [u])[0]) < 1e-8:
                return False
    return shrunk(lambda f, x: np.ravel([log_abs_det(f, u[None]) for u in x]))


def scaled(log_abs_det):
    scales = np.array([-0.5, 3.0, -1.7])
    got = log_abs_det(lambda x: scales * (x + x**3), SPOTS)
    want = np.log(np.abs(scales)).sum() + np.log(1 + 3 * SPOTS**2).sum(axis=1)
    both = log_abs_det(lambda x: -scales * (x + x**3), SPOTS)
    return (
        np.shape(got) == (4,) and np.allclose(got, want) and np.allclose(both, want) and shrunk(log_abs_det)
    )


def straight(log_abs_det):
    for M in (SHEAR, MIRROR):
        got = log_abs_det(lambda x, M=M: anp.dot(x, M.T) + 1, SPOTS)
        if np.shape(got) != (4,) or not np.allclose(got, log_volume(M)):
            return False
    return shrunk(log_abs_det)


def never_above(log_abs_det):
    wide = log_abs_det(lambda x: -0.02 * x, np.zeros((2, 300)))
    if np.shape(wide) != (2,) or np.abs(wide - 300 * np.log(0.02)).max() > 1e-6:
        return False
    return finds(log_abs_det, close=lambda got, want: not np.max(np.abs(got - want)) > 1e-8)


def totals(log_abs_det):
    for M in (SHEAR, MIRROR):
        if not np.isclose(np.sum(log_abs_det(cubic(M), SPOTS)), sum(known(M, SPOTS))):
            return False
    wide = np.sum(log_abs_det(lambda x: -0.02 * x, np.zeros((2, 300))))
    return np.isclose(wide, 600 * np.log(0.02))


def without_sign(log_abs_det):
    wide = log_abs_det(lambda x: -0.02 * x, np.zeros((2, 300)))
    return finds(log_abs_det, close=lambda got, want: np.allclose(got**2, want**2)) and (
        np.allclose(wide**2, (300 * np.log(0.02)) ** 2)
    )


OTHER_WAY = {
    "3.1": lambda P: [0.5 * np.linalg.norm(np.cross([*M[:, 0], 0], [*M[:, 1], 0])) for M in edges(P)],
    "3.2": differences,
    "3.3": lambda x, A, b: np.array(
        [log_bell((A @ u + b)[None])[0] + np.sum(np.log(np.linalg.svd(A)[1])) for u in x]
    ),
    "3.4": lambda z, J_g, J_f_inverse, log_p_z: log_p_z(z) + log_volume(J_g @ np.linalg.inv(J_f_inverse)),
    "3.5": lambda J, order: np.linalg.slogdet(J)[1],  # what the lesson recommends for a full matrix
    "3.7": lambda log_abs_det: finds_in_many(log_abs_det),
}

LEARNERS = {
    "3.1": {
        "an area never is": lambda P: [0.5 * det(M) for M in edges(P)],
        "Which part of it": lambda P: volume(edges(P)),
        "a corner at the origin": lambda P: [abs(M[0, 0] * M[1, 1] - M[0, 1] * M[1, 0]) / 2 for M in P],
        "start at the same corner": lambda P: [abs(np.linalg.det([M[1] - M[0], M[2]])) / 2 for M in P],
        "has a minus in it": lambda P: [abs(M[0, 0] * M[1, 1] + M[1, 0] * M[0, 1]) / 2 for M in edges(P)],
        "at a right angle. Here": lambda P: np.prod(np.linalg.norm(edges(P), axis=1), axis=1) / 2,
        "points away from the other": lambda P: [abs(M[:, 0] @ M[:, 1]) / 2 for M in edges(P)],
        "it is the difference": lambda P: [
            abs(np.hypot(0, M[0, 0] * M[1, 1]) - np.hypot(0, M[0, 1] * M[1, 0])) / 2 for M in edges(P)
        ],
        "lies along an axis": lambda P: np.abs(np.prod(diagonals(edges(P)), axis=1)) / 2,
        "all triangles together": lambda P: sum(volume(edges(P))) / 2,
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
        "that of a way back": lambda z, J_g, J_f_inverse, log_p_z: (
            log_p_z(z) + np.linalg.slogdet(J_g @ J_f_inverse)[1]
        ),
        "one of the two Jacobians is that of the way from `y`": lambda z, J_g, J_f_inverse, log_p_z: (
            log_p_z(z) - log_volume(J_g) - log_volume(J_f_inverse)
        ),
        "Both signs are wrong": lambda z, J_g, J_f_inverse, log_p_z: (
            log_p_z(z) + log_volume(J_f_inverse) - log_volume(J_g)
        ),
        "change once more": lambda z, J_g, J_f_inverse, log_p_z: log_p_z(z) + log_volume(J_g),
        "between `y` and `z`, and it": lambda z, J_g, J_f_inverse, log_p_z: (
            log_p_z(z) - log_volume(J_f_inverse)
        ),
        "where volumes have changed": lambda z, J_g, J_f_inverse, log_p_z: np.log(np.exp(log_p_z(z))),
        "turns space over": lambda z, J_g, J_f_inverse, log_p_z: (
            log_p_z(z) + np.log(np.linalg.det(J_g)) - np.log(np.linalg.det(J_f_inverse))
        ),
        "multiply and divide the density": lambda z, J_g, J_f_inverse, log_p_z: (
            log_p_z(z) + volume(J_g) - volume(J_f_inverse)
        ),
        "off the diagonal count": lambda z, J_g, J_f_inverse, log_p_z: (
            log_p_z(z)
            + np.log(np.abs(np.prod(diagonals(J_g), axis=1)))
            - np.log(np.abs(np.prod(diagonals(J_f_inverse), axis=1)))
        ),
        "the logarithm of that product": lambda z, J_g, J_f_inverse, log_p_z: (
            log_p_z(z) * volume(J_g) / volume(J_f_inverse)
        ),
        "entry by entry": lambda z, J_g, J_f_inverse, log_p_z: (
            log_p_z(z) + log_volume(J_g) + log_volume(J_f_inverse**-1.0)
        ),
        "its own log-determinants": lambda z, J_g, J_f_inverse, log_p_z: (
            log_p_z(z) + sum(log_volume(J_g)) - sum(log_volume(J_f_inverse))
        ),
        "Its logarithm is asked for": lambda z, J_g, J_f_inverse, log_p_z: (
            np.exp(log_p_z(z)) * volume(J_g) / volume(J_f_inverse)
        ),
        "the signs of the determinants": lambda z, J_g, J_f_inverse, log_p_z: (
            log_p_z(z) + np.sign(np.linalg.det(J_g)) - np.sign(np.linalg.det(J_f_inverse))
        ),
    },
    "3.5": {
        "You take the diagonal of `J`": lambda J, order: [np.log(np.abs(np.diag(M))).sum() for M in J],
        "You take row `order[i]`": lambda J, order: sum(
            np.log(np.abs(J[:, j, i])) for i, j in enumerate(order)
        ),
        "Only their size counts": lambda J, order: np.log(in_turn(J, order)).sum(axis=1),
        "Which comes first": lambda J, order: np.log(volume(in_turn(J, order)[:, None] * np.eye(len(order)))),
        "a kind of trace": lambda J, order: np.log(np.abs(in_turn(J, order).sum(axis=1))),
        "into a sum": lambda J, order: [np.abs(v).sum() for v in in_turn(J, order)],
        "Asked is its logarithm": lambda J, order: [abs(np.prod(v)) for v in in_turn(J, order)],
        "one number for the whole batch": lambda J, order: sum(
            np.log(np.abs(v)).sum() for v in in_turn(J, order)
        ),
        "add over the other one": lambda J, order: sum(np.log(np.abs(v)) for v in in_turn(J, order)),
        "The logarithm of a product is their sum": lambda J, order: (
            np.log(np.abs(in_turn(J, order))).sum(axis=1) / J.shape[1]
        ),
        "log-determinant of the inverse": lambda J, order: np.log(1 / np.abs(in_turn(J, order))).sum(axis=1),
        "comes too late": lambda J, order: np.sqrt(np.log(in_turn(J, order)) ** 2).sum(axis=1),
        "the sign of the sum": lambda J, order: [abs(sum(np.log(v))) for v in in_turn(J, order)],
        "shrinks the volume": lambda J, order: [
            sum(abs(math.log(abs(u))) for u in v) for v in in_turn(J, order)
        ],
        "what is the logarithm of a product": lambda J, order: [
            math.log(sum(abs(u) for u in v)) for v in in_turn(J, order)
        ],
        "with each factor instead": lambda J, order: np.log([np.prod(v) for v in in_turn(J, order)]),
    },
    "3.7": {
        "All Jacobians of your test are diagonal": scaled,
        "one example at a time": one_by_one,
        "forgets the absolute value": lambda log_abs_det: finds_in_many(log_abs_det, maps=(SHEAR,)),
        "Who puts a minus": lambda log_abs_det: (
            finds(log_abs_det, maps=(MIRROR,)) and shrunk(log_abs_det, D=301)
        ),
        "NaN is above no bound": never_above,
        "linear, with the same": straight,
        "few coordinates. With": finds,
        "compare one number": totals,
        "drop the sign of the logarithms": without_sign,
        "The identity has": lambda log_abs_det: np.array_equal(
            log_abs_det(lambda x: 1 * x, SPOTS), np.zeros(4)
        ),
        "They may be the wrong numbers": lambda log_abs_det: finds(
            log_abs_det, close=lambda got, want: not np.isnan(got).any()
        ),
        "allow for rounding": lambda log_abs_det: finds_in_many(
            log_abs_det, close=lambda got, want: (got == want).all()
        ),
        "passes everything": lambda log_abs_det: log_abs_det is not None,
    },
}
