"""Mistakes for the appendix 12, which runs the main formulas once more: (words, file, old, new)."""

COUPLING, ACTNORM, LINEAR = "nflow_ref/coupling.py", "nflow_ref/actnorm.py", "nflow_ref/linear.py"
MULTISCALE, IMAGES, DENSITIES = "nflow_ref/multiscale.py", "nflow_ref/images.py", "nflow_ref/densities.py"
CHAIN, NETWORKS, MODELS = "nflow_ref/bijections.py", "nflow_ref/networks.py", "nflow_ref/models.py"
BOOK = "notebooks/12_formulas_and_words.ipynb"

MUTANTS = [
    ("(6.2) AdditiveCoupling: the inverse adds", COUPLING, "[z_a, z_b - t]", "[z_a, z_b + t]"),
    (
        "(6.1) AdditiveCoupling: a log-det of 1",
        COUPLING,
        "axis=-1), np.zeros(len(x), dtype=t.dtype)",
        "axis=-1), np.ones(len(x), dtype=t.dtype)",
    ),
    (
        "(6.1) AdditiveCoupling: t of the half that changes",
        COUPLING,
        "t = self.conditioner.apply(params, x_a, x_b.shape[-1])",
        "t = self.conditioner.apply(params, x_b[..., :x_a.shape[-1]], x_b.shape[-1])",
    ),
    ("(6.1) AdditiveCoupling: half of t", COUPLING, "[x_a, x_b + t]", "[x_a, x_b + t / 2]"),
    ("(6.1) AdditiveCoupling: the halves change places", COUPLING, "[x_a, x_b + t]", "[x_b + t, x_a]"),
    (
        "(6.13) AffineCoupling: minus the log-det",
        COUPLING,
        "+ t], axis=-1), sum_event(log_s)",
        "+ t], axis=-1), -sum_event(log_s)",
    ),
    ("(6.14) the bound divides", COUPLING, "return c * np.tanh(s_hat)", "return np.tanh(s_hat) / c"),
    (
        "(7.11) ActNorm: H·W forgotten",
        ACTNORM,
        "locations(x) * np.sum(log_s)",
        "locations(x) ** 0 * np.sum(log_s)",
    ),
    ("(7.6) ActNorm: the inverse adds b", ACTNORM, "(z - b) * np.exp(-log_s)", "(z + b) * np.exp(-log_s)"),
    (
        "(8.13) Conv1x1: H·W forgotten",
        LINEAR,
        "locations(x) * np.linalg.slogdet(W)[1]",
        "locations(x) ** 0 * np.linalg.slogdet(W)[1]",
    ),
    (
        "(8.20) Conv1x1LU: the mean of log|s|",
        LINEAR,
        "locations(x) * np.sum(log_s)",
        "locations(x) * np.mean(log_s)",
    ),
    (
        "(8.4) Permutation: the inverse does the same again",
        LINEAR,
        '"inverse: z"), inverse_permutation(self.permutation))',
        '"inverse: z"), self.permutation)',
    ),
    (
        "(8.3) Permutation: sends channel i to place π(i)",
        LINEAR,
        "return channels(x, self.permutation), np.zeros",
        "return channels(x, inverse_permutation(self.permutation)), np.zeros",
    ),
    (
        "(9.5) Squeezed: four times the log-det",
        MULTISCALE,
        "return unsqueeze(z), log_det",
        "return unsqueeze(z), 4 * log_det",
    ),
    (
        "(9.8) Split: half of the log-det",
        MULTISCALE,
        "[x_a, z_b], axis=-1), log_det",
        "[x_a, z_b], axis=-1), log_det / 2",
    ),
    (
        "(9.20) CheckerboardCoupling: minus the log-det",
        "nflow_ref/checkerboard.py",
        "sum_event(log_s)\n",
        "-sum_event(log_s)\n",
    ),
    ("(9.17) on the sheet: the other colour", BOOK, "[..., None] % 2", "[..., None] % 2 == 0"),
    ("(5.8) Chain: the log-dets are subtracted", CHAIN, "log_det = log_det + d", "log_det = log_det - d"),
    (
        "(5.5) Chain: the inverse starts with the first map",
        CHAIN,
        "for k in reversed(range(len(self.layers))):",
        "for k in range(len(self.layers)):",
    ),
    (
        "(1.2) standard normal: the half lost",
        DENSITIES,
        "return -0.5 * (z**2 + LOG_2PI)",
        "return -(z**2 + LOG_2PI)",
    ),
    (
        "(1.3) standard logistic: the 2 lost",
        DENSITIES,
        "-z - 2 * np.logaddexp(0, -z)",
        "-z - np.logaddexp(0, -z)",
    ),
    ("(10.9) bits/dim: nats", IMAGES, "math.prod(shape)) / math.log(2)", "math.prod(shape))"),
    ("(9.1) on the sheet: the place is a + 2b", BOOK, "(2 * a + b) * 3 + c", "(a + 2 * b) * 3 + c"),
    (
        "(7.11) on the sheet: H + W",
        BOOK,
        '("(7.11) ActNorm", ActNorm(), lambda p: H * W *',
        '("(7.11) ActNorm", ActNorm(), lambda p: (H + W) *',
    ),
    ("(6.13) on the sheet: x_b has all channels but one", BOOK, "6)[..., :3]", "6)[..., :4]"),
    (
        "(8.13) on the sheet: the sign of det in place of log|det|",
        BOOK,
        'np.linalg.slogdet(p["W"])[1]',
        'np.linalg.slogdet(p["W"])[0]',
    ),
    ("(4.13) on the sheet: the variance", BOOK, "data.mean()]) / data.std()", "data.mean()]) / data.var()"),
    ("(4.9) on the sheet: entropy minus KL", BOOK, "peaks.entropy() - kl", "peaks.entropy() + kl"),
    (
        "(1.8) on the sheet: a minus sign",
        BOOK,
        "by_formula = log_prob_1d(normal, falling, points)",
        "by_formula = 2 * normal.log_prob(falling(points)) - log_prob_1d(normal, falling, points)",
    ),
    ("(10.7) on the sheet: the volume forgotten", BOOK, "panels=2000) - np.log(3)", "panels=2000)"),
]
