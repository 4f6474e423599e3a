"""Mistakes for lesson 01: (words, file, old, new)."""

V, P, Q = "nflow_ref/change_of_variables.py", "nflow_ref/densities.py", "nflow_ref/quadrature.py"
N = "notebooks/01_change_of_variables.ipynb"
MUTANTS = [
    (
        "(1.8): minus log|f'|",
        V,
        "return base.log_prob(f(x)) + np.log(np.abs(slope))",
        "return base.log_prob(f(x)) - np.log(np.abs(slope))",
    ),
    (
        "(1.8): the base density at x",
        V,
        "return base.log_prob(f(x)) + np.log(np.abs(slope))",
        "return base.log_prob(x) + np.log(np.abs(slope))",
    ),
    (
        "(1.8): no log|f'|",
        V,
        "return base.log_prob(f(x)) + np.log(np.abs(slope))",
        "return base.log_prob(f(x)) + 0 * slope",
    ),
    (
        "(1.8): the logarithm forgotten",
        V,
        "return base.log_prob(f(x)) + np.log(np.abs(slope))",
        "return base.log_prob(f(x)) + np.abs(slope)",
    ),
    (
        "(1.8): no absolute value",
        V,
        "return base.log_prob(f(x)) + np.log(np.abs(slope))",
        "return base.log_prob(f(x)) + np.log(slope)",
    ),
    ("slope at z = f(x) in place of x", V, "slope = derivative(f, x)", "slope = derivative(f, f(x))"),
    (
        "the derivative with the opposite sign",
        V,
        "return backward(np.ones_like(z))",
        "return -backward(np.ones_like(z))",
    ),
    (
        "(1.2): normalizer 2 pi in place of its root",
        P,
        "return -0.5 * (z**2 + LOG_2PI)",
        "return -0.5 * z**2 - LOG_2PI",
    ),
    (
        "(1.2): the 1/2 of the exponent lost",
        P,
        "return -0.5 * (z**2 + LOG_2PI)",
        "return -(z**2) - 0.5 * LOG_2PI",
    ),
    (
        "(1.3): the 2 before the log lost",
        P,
        "return -z - 2 * np.logaddexp(0, -z)",
        "return -z - np.logaddexp(0, -z)",
    ),
    ("normal cdf: the root of 2 lost", P, "0.5 * _erfc(-z / math.sqrt(2))", "0.5 * _erfc(-z)"),
    (
        "normal cdf: the area to the right",
        P,
        "0.5 * _erfc(-z / math.sqrt(2))",
        "0.5 * _erfc(z / math.sqrt(2))",
    ),
    (
        "logistic cdf: the area to the right",
        P,
        "return np.exp(-np.logaddexp(0, -z))",
        "return np.exp(-np.logaddexp(0, z))",
    ),
    (
        "quadrature: whole panels in place of halves",
        Q,
        "half = np.diff(edges)[:, None] / 2",
        "half = np.diff(edges)[:, None]",
    ),
    (
        "quadrature: nodes in the middle of nothing, 1 + t without the half",
        Q,
        "edges[:-1, None] + half * (1 + t)",
        "edges[:-1, None] + half * t",
    ),
    (
        "inverse of f: minus arcsinh",
        N,
        "return (0.6 + np.arcsinh(z)) / 1.5",
        "return (0.6 - np.arcsinh(z)) / 1.5",
    ),
    (
        "slope of f: the inner factor lost",
        N,
        "return 1.5 * np.cosh(1.5 * x - 0.6)",
        "return np.cosh(1.5 * x - 0.6)",
    ),
    ("slope of g: the minus lost", N, "return -1.5 / (x * (1 - x))", "return 1.5 / (x * (1 - x))"),
    (
        "(1.6): base density at x",
        N,
        "(p_z(m(points)) * np.abs(slope(points)))",
        "(p_z(points) * np.abs(slope(points)))",
    ),
    (
        "(1.7): no absolute value",
        N,
        "return lambda x: p_z(m(x)) * np.abs(slope(x))",
        "return lambda x: p_z(m(x)) * slope(x)",
    ),
    ("(1.9): the mass of a bin with the wrong sign", N, "np.abs(seen - mass)", "np.abs(seen + mass)"),
    (
        "(1.10): minus log|a|",
        N,
        "by_hand = -0.5 * np.log(2 * np.pi) + np.log(abs(a))",
        "by_hand = -0.5 * np.log(2 * np.pi) - np.log(abs(a))",
    ),
]
