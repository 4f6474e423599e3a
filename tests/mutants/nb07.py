"""Deliberate one-term faults of lesson 07: (words, file, old, new). Each must be caught by the notebook's
own nbval run and, for those in nflow_ref, by tests/test_actnorm.py as well."""

A = "nflow_ref/actnorm.py"
N = "notebooks/07_activation_normalization.ipynb"

MUTANTS = [
    ("forget H·W", A, "locations(x) * np.sum(log_s)", "locations(x[:, :1, :1] if x.ndim == 4 else x) * np.sum(log_s)"),
    ("H instead of H·W", A, "locations(x) * np.sum(log_s)", "locations(x[:, :, :1] if x.ndim == 4 else x) * np.sum(log_s)"),
    ("W instead of H·W", A, "locations(x) * np.sum(log_s)", "locations(x[:, :1] if x.ndim == 4 else x) * np.sum(log_s)"),
    ("minus sign of the log-det", A, "locations(x) * np.sum(log_s)", "-locations(x) * np.sum(log_s)"),
    ("mean of log s instead of sum", A, "np.sum(log_s)", "np.mean(log_s)"),
    ("sum of s instead of log s", A, "np.sum(log_s)", "np.sum(np.exp(log_s))"),
    ("N·H·W, the whole batch", A, "locations(x) * np.sum(log_s)", "len(x) * locations(x) * np.sum(log_s)"),
    ("minus sign of b lost", A, "-mean / std", "mean / std"),
    ("b = -mean", A, "(-mean / std)", "(-mean)"),
    ("b = -mean·std", A, "(-mean / std)", "(-mean * std)"),
    ("variance for std", A, "np.mean(x, axis=axes, dtype=np.float64), np.std(", "np.mean(x, axis=axes, dtype=np.float64), np.var("),
    ("s = std", A, "-np.log(std)", "np.log(std)"),
    ("divided by n - 1", A, "np.std(x, axis=axes, dtype=np.float64)", "np.std(x, axis=axes, dtype=np.float64, ddof=1)"),
    ("one statistic for all channels", A, "np.std(x, axis=axes, dtype=np.float64)", "np.std(x, dtype=np.float64) + 0 * np.std(x, axis=axes)"),
    ("sums in float32", A, "np.std(x, axis=axes, dtype=np.float64)", "np.std(x, axis=axes).astype(np.float64)"),
    ("forward shifts first", A, "np.exp(log_s) * x + b", "np.exp(log_s) * (x + b)"),
    ("inverse: z/s - b", A, "(z - b) * np.exp(-log_s)", "z * np.exp(-log_s) - b"),
    ("inverse: (z + b)/s", A, "(z - b) * np.exp(-log_s)", "(z + b) * np.exp(-log_s)"),
    ("inverse multiplies by s", A, "(z - b) * np.exp(-log_s)", "(z - b) * np.exp(log_s)"),
    ("constant means std exactly 0", A, "np.ptp(x, axis=axes) <= rounding", "std == 0"),
    ("initialised on every batch", A, "return np.exp(log_s) * x + b, locations", "p = self.init(None, x) if len(x) > 1 else params; log_s, b = p['log_s'], p['b']; return np.exp(log_s) * x + b, locations"),
    ("batch norm: the part of the mean missing in (7.2)", N, "formula = (np.eye(N) - 1 / N - np.outer(z, z) / N) / std", "formula = (np.eye(N) - np.outer(z, z) / N) / std"),
    ("batch norm: z z^T not divided by N", N, "formula = (np.eye(N) - 1 / N - np.outer(z, z) / N) / std", "formula = (np.eye(N) - 1 / N - np.outer(z, z)) / std"),
    ("(7.3) without 1/N", N, "np.log(1 - 1 / N - z**2 / N)", "np.log(1 - z**2 / N)"),
    ("(7.4): between-part with N instead of N^2", N, "sigma = np.sqrt((N - 1) / N * tau**2 + (N - 1) / N**2 * d**2)\nboth", "sigma = np.sqrt((N - 1) / N * tau**2 + (N - 1) / N * d**2)\nboth"),
    ("(7.8): s instead of s^2 in the variance", N, "z_moved.var(axis=(0, 1, 2)) - s**2 * std**2", "z_moved.var(axis=(0, 1, 2)) - s * std**2"),
    ("(7.10): blocks sorted by channel", N, "by_location = np.kron(np.eye(H * W), np.diag(s))", "by_location = np.kron(np.diag(s), np.eye(H * W))"),
    ("(7.11): the bars lost", N, "H * W * np.sum(np.log(np.abs(s))) - truth, tol", "H * W * np.sum(np.log(s)) - truth, tol"),
    ("(7.12): the squared mean lost", N, "inside = (s**2 * std**2 + (s * m + moved[\"b\"]) ** 2) / 2", "inside = s**2 * std**2 / 2"),
    ("(7.12): the half lost", N, "inside = (s**2 * std**2 + (s * m + moved[\"b\"]) ** 2) / 2", "inside = (s**2 * std**2 + (s * m + moved[\"b\"]) ** 2)"),
    ("(7.13): log std with a minus", N, "minimum = size * np.sum(0.5 * (1 + np.log(2 * np.pi)) + np.log(std))", "minimum = size * np.sum(0.5 * (1 + np.log(2 * np.pi)) - np.log(std))"),
    ("(7.14): root of H·W forgotten", N, "s * std * np.sqrt(size) - 1", "s * std * size - 1"),
    ("(7.15): all ActNorms with the parameters of the first", N, "    by_hand.append(p)\n    h, _ = layer.forward(p, h)\n", "    by_hand.append(p)\n    h, _ = layer.forward(params[0] if isinstance(layer, ActNorm) else p, h)\n"),
    ("(7.15): by hand with the variance", N, "p = {\"log_s\": -np.log(h.std(axis=0))", "p = {\"log_s\": -np.log(h.var(axis=0))"),
    ("the mass of the missing factor", N, "mass - 1 / s[0], tol", "mass - 1 / s[0] ** 2, tol"),
]
