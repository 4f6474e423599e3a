"""Mistakes for lesson 02: (words, file, old, new)."""

V, P, Q = "nflow_ref/change_of_variables.py", "nflow_ref/densities.py", "nflow_ref/quadrature.py"
N = "notebooks/02_the_proof.ipynb"
MUTANTS = [
    (
        "(2.16): minus log|f'|",
        V,
        "return base.log_prob(f(x)) + np.log(np.abs(slope))",
        "return base.log_prob(f(x)) - np.log(np.abs(slope))",
    ),
    (
        "(2.16): no absolute value",
        V,
        "return base.log_prob(f(x)) + np.log(np.abs(slope))",
        "return base.log_prob(f(x)) + np.log(slope)",
    ),
    (
        "the derivative with the opposite sign",
        V,
        "return backward(np.ones_like(z))",
        "return -backward(np.ones_like(z))",
    ),
    ("f' = 0 is not refused", V, "if (value(slope) == 0).any():", "if (value(slope) == 1).all():"),
    (
        "slope of the normal cdf: the normalizer lost",
        P,
        "lambda g: g * np.exp(-0.5 * (z**2 + LOG_2PI))",
        "lambda g: g * np.exp(-0.5 * z**2)",
    ),
    ("normal cdf: the half lost", P, "0.5 * _erfc(-z / math.sqrt(2))", "_erfc(-z / math.sqrt(2))"),
    (
        "normal cdf: the area to the right",
        P,
        "0.5 * _erfc(-z / math.sqrt(2))",
        "0.5 * _erfc(z / math.sqrt(2))",
    ),
    ("normal density: the 1/2 lost", P, "return -0.5 * (z**2 + LOG_2PI)", "return -(z**2) - 0.5 * LOG_2PI"),
    (
        "logistic density: the 2 lost",
        P,
        "return -z - 2 * np.logaddexp(0, -z)",
        "return -z - np.logaddexp(0, -z)",
    ),
    (
        "logistic cdf: the area to the right",
        P,
        "return np.exp(-np.logaddexp(0, -z))",
        "return np.exp(-np.logaddexp(0, z))",
    ),
    ("quadrature: weights of whole panels", Q, "(half * w).ravel()", "(2 * half * w).ravel()"),
    (
        "(2.7): log(1/delta), one side only",
        N,
        "return np.sqrt(np.log(2 / delta) / (2 * n))",
        "return np.sqrt(np.log(1 / delta) / (2 * n))",
    ),
    (
        "(2.7): n in place of 2n",
        N,
        "return np.sqrt(np.log(2 / delta) / (2 * n))",
        "return np.sqrt(np.log(2 / delta) / n)",
    ),
    (
        "(2.8): only one end of each step",
        N,
        "return np.max(np.maximum(np.abs(top - F), np.abs(top - 1 / n - F)), axis=-1)",
        "return np.max(np.abs(top - F), axis=-1)",
    ),
    (
        "slope of f: the exponent 1/2 in place of 3/2",
        N,
        "return 0.8 / (1 - x**2) ** 1.5",
        "return 0.8 / (1 - x**2) ** 0.5",
    ),
    ("slope of g: the minus lost", N, "return -2 / np.sqrt(1 + x**2)", "return 2 / np.sqrt(1 + x**2)"),
    ("(2.9): the chord ends exchanged", N, "return p, q, m(q) - m(p)", "return p, q, m(q) + m(p)"),
    ("(2.11): F_z at x", N, "return logistic.cdf(f(x))", "return logistic.cdf(x)"),
    (
        "(2.12): divided by the slope",
        N,
        "return p_logistic(f(x)) * f_slope(x)",
        "return p_logistic(f(x)) / f_slope(x)",
    ),
    ("(2.13): the inequality not turned", N, "return 1 - normal.cdf(g(x))", "return normal.cdf(g(x))"),
    (
        "(2.14): the minus lost",
        N,
        "return -p_normal(g(x)) * g_slope(x)",
        "return p_normal(g(x)) * g_slope(x)",
    ),
    (
        "(2.15): the mass of the point subtracted",
        N,
        "1 - F_die(7 - faces) + at_the_point",
        "1 - F_die(7 - faces) - at_the_point",
    ),
    (
        "square: the negative branch with a plus",
        N,
        "return F_shifted(np.sqrt(z)) - F_shifted(-np.sqrt(z))",
        "return F_shifted(np.sqrt(z)) + F_shifted(-np.sqrt(z))",
    ),
    (
        "(2.20): slopes with their signs",
        N,
        "return (p_shifted(np.sqrt(z)) + p_shifted(-np.sqrt(z))) / (2 * np.sqrt(z))",
        "return (p_shifted(np.sqrt(z)) - p_shifted(-np.sqrt(z))) / (2 * np.sqrt(z))",
    ),
    (
        "(2.20): the 2 of the slope lost",
        N,
        "return (p_shifted(np.sqrt(z)) + p_shifted(-np.sqrt(z))) / (2 * np.sqrt(z))",
        "return (p_shifted(np.sqrt(z)) + p_shifted(-np.sqrt(z))) / np.sqrt(z)",
    ),
    (
        "(2.19): no absolute value at the branches",
        N,
        "p_shifted(x) / np.abs(3 * x**2 - 3)",
        "p_shifted(x) / (3 * x**2 - 3)",
    ),
    (
        "x cubed to a normal: the 3 lost",
        N,
        "return p_normal(x**3) * 3 * x**2",
        "return p_normal(x**3) * x**2",
    ),
    ("(2.22): the exponent 1/3", N, "(3 * np.abs(z) ** (2 / 3))", "(3 * np.abs(z) ** (1 / 3))"),
]
