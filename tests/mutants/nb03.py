"""Mistakes for lesson 03: (words, file, old, new)."""

V, P, Q = "nflow_ref/change_of_variables.py", "nflow_ref/densities.py", "nflow_ref/quadrature.py"
N = "notebooks/03_jacobian_determinant.ipynb"
MUTANTS = [
    (
        "(3.5): rows and columns exchanged",
        V,
        "return np.stack(rows, axis=1)",
        "return np.stack(rows, axis=2)",
    ),
    ("(3.5): every row with the opposite sign", V, "direction[:, i] = 1", "direction[:, i] = -1"),
    ("(3.5): rows in the opposite order", V, "direction[:, i] = 1", "direction[:, d - 1 - i] = 1"),
    (
        "log|det| with a minus",
        V,
        "return np.linalg.slogdet(jacobian(f, x))[1]",
        "return -np.linalg.slogdet(jacobian(f, x))[1]",
    ),
    (
        "the sign of det in place of log|det|",
        V,
        "return np.linalg.slogdet(jacobian(f, x))[1]",
        "return np.linalg.slogdet(jacobian(f, x))[0]",
    ),
    (
        "log of det, which underflows",
        V,
        "return np.linalg.slogdet(jacobian(f, x))[1]",
        "return np.log(np.abs(np.linalg.det(jacobian(f, x))))",
    ),
    (
        "the trace in place of the determinant",
        V,
        "return np.linalg.slogdet(jacobian(f, x))[1]",
        "return np.log(np.abs(np.trace(jacobian(f, x), axis1=1, axis2=2)))",
    ),
    (
        "(3.11): minus log|det|",
        V,
        "return base.log_prob(f(x)) + log_det",
        "return base.log_prob(f(x)) - log_det",
    ),
    (
        "(3.11): base density at x",
        V,
        "return base.log_prob(f(x)) + log_det",
        "return base.log_prob(x) + log_det",
    ),
    (
        "(3.11): no determinant",
        V,
        "return base.log_prob(f(x)) + log_det",
        "return base.log_prob(f(x)) + 0 * log_det",
    ),
    (
        "normal density: the normalizer of all coordinates is that of one",
        P,
        "return -0.5 * (z**2 + LOG_2PI)",
        "return -0.5 * (z**2 + LOG_2PI / z[0].size)",
    ),
    (
        "2-D quadrature: the points in the other order",
        Q,
        'np.stack(np.meshgrid(x1, x2, indexing="ij"), axis=-1)',
        'np.stack(np.meshgrid(x2, x1, indexing="ij"), axis=-1)',
    ),
    (
        "2-D quadrature: the second weights forgotten",
        Q,
        "np.outer(w1, w2).ravel()",
        "np.outer(w1, 0 * w2 + 1).ravel()",
    ),
    (
        "(3.1): the shoelace with a minus",
        N,
        "return np.sum((x1 - next1) * (x2 + next2) / 2)",
        "return np.sum((x1 - next1) * (x2 - next2) / 2)",
    ),
    (
        "(3.1): the half lost",
        N,
        "return np.sum((x1 - next1) * (x2 + next2) / 2)",
        "return np.sum((x1 - next1) * (x2 + next2))",
    ),
    (
        "determinants add",
        N,
        "both = np.linalg.det(A) * np.linalg.det(B)",
        "both = np.linalg.det(A) + np.linalg.det(B)",
    ),
    ("(3.1): ad + bc", N, "- abs(a * d - b * c), tol=1e-14", "- abs(a * d + b * c), tol=1e-14"),
    ("(3.3): V sqrt(p / n)", N, "V * np.sqrt(fraction * (1 - fraction) / n)", "V * np.sqrt(fraction / n)"),
    (
        "det of f: the minus lost",
        N,
        "return -1.5 * np.cosh(x[:, 0] + x[:, 1] ** 2 - 1)",
        "return 1.5 * np.cosh(x[:, 0] + x[:, 1] ** 2 - 1)",
    ),
    (
        "Jacobian of f: the 2 of the chain rule lost",
        N,
        "np.stack([c, 2 * x2 * c], axis=1)",
        "np.stack([c, x2 * c], axis=1)",
    ),
    (
        "(3.6): sinh in place of its derivative",
        N,
        "middle = np.cosh(x @ A.T)[:, :, None] * np.eye(3)",
        "middle = np.sinh(x @ A.T)[:, :, None] * np.eye(3)",
    ),
    (
        "(3.9): minus epsilon on the right",
        N,
        "max(middle - (1 + epsilon) ** 2, 0)",
        "max(middle - (1 - epsilon) ** 2, 0)",
    ),
    (
        "(3.9): plus epsilon on the left",
        N,
        "max((1 - epsilon) ** 2 - middle, 0)",
        "max((1 + epsilon) ** 2 - middle, 0)",
    ),
    (
        "(3.11) in the lesson's own code: minus log|det|",
        N,
        "return normal2.log_prob(f(x)) + np.linalg.slogdet(jacobian(f, x))[1]",
        "return normal2.log_prob(f(x)) - np.linalg.slogdet(jacobian(f, x))[1]",
    ),
    (
        "(3.13): the half before log det lost",
        N,
        "+ 0.5 * np.linalg.slogdet(precision)[1]",
        "+ np.linalg.slogdet(precision)[1]",
    ),
    (
        "(3.14): the log-determinants are equal",
        N,
        "of_inverse + log_det, tol=1e-11",
        "of_inverse - log_det, tol=1e-11",
    ),
    (
        "(3.17): the log of the sum",
        N,
        "np.sum(np.log(np.abs(diagonal)), axis=1) - log_det",
        "np.log(np.sum(np.abs(diagonal), axis=1)) - log_det",
    ),
    ("(3.18): D cubed / 3", N, "operations - D * (D**2 - 1) / 3", "operations - D**3 / 3"),
]
