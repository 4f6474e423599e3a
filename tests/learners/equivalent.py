"""Keys with one thing changed that are right all the same: exercise -> the changed line -> why."""

ONE_AXIS = "It has one axis only, so its last is as long as its first."
SAME_LENGTH = "Both have as many rows, or entries."
SAME_PIXELS = "Both have as many pixels."
OVERWRITTEN = "Every entry is written before it is read."
OTHER_POINTS = "Other points are as good, if there are enough."
SYMMETRIC_TEST = "What is close to a number has that number close to it."
SYMMETRIC = "The inner product of two vectors is symmetric."
EITHER_ORDER = "It does not matter which of two arrays comes first."
MONOTONE = "Any two places tell the direction of a monotone map."

EQUIVALENT = {
    "1.4": {
        "z = (k) * np.log(x / (1 - x))": "The base density is even.",
        "dzdx = (k) / (x * (1 - x))": "Its absolute value is taken.",
    },
    "2.2": {
        "return below if f((2.0)) > f(0.0) else 1 - below": MONOTONE,
        "return below if f(1.0) > f((-1.0)) else 1 - below": MONOTONE,
    },
    "2.8": {
        **{
            f"x = np.array([{numbers}])": OTHER_POINTS
            for numbers in (
                "(1.3), -0.8, 1.1",
                "(-0.7), -0.8, 1.1",
                "0.3, (0.8), 1.1",
                "0.3, -(1.8), 1.1",
                "0.3, -(-0.19999999999999996), 1.1",
                "0.3, -0.8, (2.1)",
                "0.3, -0.8, (0.10000000000000009)",
            )
        },
        **{
            f"return np.exp({exponent})": "Any other function that is not even tests as well."
            for exponent in (
                "(-z + np.exp(-z))",
                "(z) - np.exp(-z)",
                "-(x) - np.exp(-z)",
                "-z - np.exp((z))",
                "-z - np.exp(-(x))",
            )
        },
        "return (np.allclose(p_z(x + x ** 3) * (1 + 3 * x ** 2), up)) and np.allclose(": SYMMETRIC_TEST,
        "return np.allclose(up, p_z(x + x**3) * (1 + 3 * x**2)) and "
        "(np.allclose(p_z(1 - np.sinh(x)) * np.cosh(x), down))": SYMMETRIC_TEST,
    },
    "3.1": {
        "u, v = P[:, 1] - P[:, (-1)], P[:, 2] - P[:, 0]": "Any two sides span the triangle.",
        "u, v = P[:, 1] - P[:, 0], P[:, 2] - P[:, (1)]": "Any two sides span the triangle.",
    },
    "3.2": {"J = np.zeros((len((x1)), 3, 3))": SAME_LENGTH, "J = np.zeros((len((x2)), 3, 3))": SAME_LENGTH},
    "3.3": {
        "log_p_z = -np.sum(z**2, axis=1) / 2 - (A).shape[1] * np.log(2 * np.pi) / 2": SAME_LENGTH,
        "log_p_z = -np.sum(z**2, axis=1) / 2 - (z).shape[1] * np.log(2 * np.pi) / 2": SAME_LENGTH,
    },
    "3.5": {"factors = J[:, np.arange((order.shape[-1])), order]": ONE_AXIS},
    "3.7": {
        "by_hand = np.log(4) + np.sum(np.log(np.cosh((np.dot(A.T, x)))), axis=1)": "The points are the identity.",
        "return (np.allclose(by_hand, bent)) and np.allclose(wide, 200 * np.log(0.01))": SYMMETRIC_TEST,
        "return np.allclose(bent, by_hand) and (np.allclose(200 * np.log(0.01), wide))": SYMMETRIC_TEST,
        "wide = log_abs_det(lambda x: x / 100, (np.zeros((1, 200))))": "Any points do for a linear map.",
        "wide = log_abs_det(lambda x: x / 100, np.ones(((2), 200)))": "Two examples do as well.",
    },
    "4.4": {
        "for j in range((theta.shape[-1])):": ONE_AXIS,
        "step = h * (np.arange((theta.shape[-1])) == j)": ONE_AXIS,
    },
    "5.4": {"return np.sum(np.log(s)) + np.log(1 + slope * (np.dot(u / s, w)))": SYMMETRIC},
    "6.3": {
        "x = np.random.default_rng((1)).standard_normal((4, 5))": OTHER_POINTS,
        **{
            f"x = np.random.default_rng(0).standard_normal(({shape}))": OTHER_POINTS
            for shape in ("(5), 5", "(3), 5", "4, (6)", "4, (4)")
        },
        "by_autodiff = np.linalg.slogdet(jacobian(lambda x: coupling(x)[0], (z)))[1]": "The log-det depends on "
        "the half that stays as it is.",
        "there_and_back = (np.allclose(x, coupling(z, inverse=True)))": SYMMETRIC_TEST,
        "return there_and_back and (np.allclose(by_autodiff, log_det))": SYMMETRIC_TEST,
    },
    "7.2": {"N, std = (x.shape[-1]), np.std(x)": ONE_AXIS},
    "7.5": {
        "first = (np.sin(np.arange(48.0) ** 2)).reshape(2, 4, 3, 2)": "Other images test as well.",
        "first = np.exp(np.sin(np.arange(48.0) ** (1))).reshape(2, 4, 3, 2)": "Other images test as well.",
        "first = np.exp(np.sin(np.arange(48.0) ** (3))).reshape(2, 4, 3, 2)": "Other images test as well.",
        "first = np.exp(np.sin((np.arange(48.0) * 2))).reshape(2, 4, 3, 2)": "Other images test as well.",
        "(np.allclose(s * (later - m), z))": "Both are equal, in either order.",
        "and (np.allclose(right_log_det, log_det))": "Both are equal, in either order.",
        "and (np.allclose(later, layer.inverse(z)))": "Both are equal, in either order.",
    },
    "8.4": {
        "log_s = A[(0)]": "A test may take any numbers whose sum is not 0.",
        "log_s = A[(2)]": "A test may take any numbers whose sum is not 0.",
        "truth = (z).shape[1] * x.shape[2] * np.linalg.slogdet(W)[1]": SAME_PIXELS,
        "truth = x.shape[1] * (z).shape[2] * np.linalg.slogdet(W)[1]": SAME_PIXELS,
        "truth = x.shape[1] * x.shape[2] * np.linalg.slogdet((upper))[1]": "The others have 1 or -1.",
        **{
            f"return {' and '.join(parts)}": "Two arrays are close to each other, whichever comes first."
            for parts in (
                ("(np.allclose(x @ W.T, z))", "np.allclose(log_det, truth)", "np.allclose(inverse(z), x)"),
                ("np.allclose(z, x @ W.T)", "(np.allclose(truth, log_det))", "np.allclose(inverse(z), x)"),
                ("np.allclose(z, x @ W.T)", "np.allclose(log_det, truth)", "(np.allclose(x, inverse(z)))"),
            )
        },
    },
    "8.5": {
        "P = np.eye((pi.shape[-1]))[pi]": ONE_AXIS,
        **{f"P = np.eye(len(({name})))[pi]": SAME_LENGTH for name in ("signs", "A")},
        "lower = np.tril(A, -1) + np.eye((pi.shape[-1]))": ONE_AXIS,
        **{f"lower = np.tril(A, -1) + np.eye(len(({name})))": SAME_LENGTH for name in ("signs", "A", "P")},
    },
    "8.6": {
        "v = (np.ones(len(y)))": OVERWRITTEN,
        "v = np.zeros((y.shape[-1]))": ONE_AXIS,
        "v = np.zeros(len((L)))": SAME_LENGTH,
        "for i in reversed(range((y.shape[-1]))):": ONE_AXIS,
        "for i in reversed(range(len((L)))):": SAME_LENGTH,
        "for i in reversed(range(len((v)))):": SAME_LENGTH,
    },
    "9.2": {
        "return (np.array_equal(y, version(x))) and np.array_equal(version(y, back=True), x)": EITHER_ORDER,
        "return np.array_equal(version(x), y) and (np.array_equal(x, version(y, back=True)))": EITHER_ORDER,
    },
    "9.4": {
        "level = level + (r % 2**k == 2**(level) - 1)": "Where the level is below k, the row has left already.",
        "level = level + (r % 2**(level) == 2**k - 1)": "Where the level is below k, the row has left already.",
    },
    "10.2": {"return (np.allclose([3, 2], bits(log_p, (2, 3, 4), 8)))": SYMMETRIC_TEST},
    "11.1": {"ones = np.ones((len((h_bar)), 1))": SAME_LENGTH, "ones = np.ones((len((h)), 1))": SAME_LENGTH},
    "11.3": {
        "pixels = (z_bar).shape[1] * x.shape[2]": SAME_LENGTH,
        "pixels = x.shape[1] * (z_bar).shape[2]": SAME_LENGTH,
    },
    "11.4": {
        "identity, pixels = np.eye((W.shape[-1])), x.shape[1] * x.shape[2]": SAME_LENGTH,
        "identity, pixels = np.eye(len(W)), (z_bar).shape[1] * x.shape[2]": SAME_LENGTH,
        "identity, pixels = np.eye(len(W)), x.shape[1] * (z_bar).shape[2]": SAME_LENGTH,
    },
    "11.6": {"rng = np.random.default_rng((1))": OTHER_POINTS},
}
