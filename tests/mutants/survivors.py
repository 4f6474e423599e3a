"""Why a mutant of the sweep survives: (module, "function: the changed line"), reason."""

REASONS = {
    (
        "actnorm",
        "ActNorm.init: rounding = (5) * np.finfo(x.dtype).eps * np.max(np.abs(x), axis=axes)",
    ): "Four or five roundings: both thresholds are arbitrary.",
    (
        "actnorm",
        "ActNorm.init: rounding = 4 * np.finfo(x.dtype).eps * (np.min(np.abs(x), axis=axes))",
    ): "Where a channel is constant, the smallest and the largest size in it are the same.",
    (
        "bijections",
        "place: x = (onp.zeros((*g.shape[:-1], count)))",
    ): "float64 in place of the dtype of g: the gradient is the same number. The unit tests ask for the dtype.",
    (
        "change_of_variables",
        "jacobian: direction = (np.zeros((n, d)))",
    ): "Directions in float64 in place of the dtype of x. The unit tests ask for the dtype.",
    (
        "coupling",
        "halves: d = x.shape[(1)] // 2",
    ): "Images split at another channel: a bijection too, which is what the lesson claims. The unit tests say where.",
    (
        "fused/buffers",
        "Buffers.state: self.turns[name, shape] = turn = (1 + self.turns.get((name, shape), 1))",
    ): "New arrays where two in turn would do. It costs memory and time.",
    (
        "fused/buffers",
        "Buffers.state: self.turns[name, shape] = turn = (2) - self.turns.get((name, shape), 1)",
    ): "One array where two are used in turn: NumPy's product copies what overlaps. It costs time.",
    (
        "fused/buffers",
        "Buffers.state: self.turns[name, shape] = turn = 1 - self.turns.get((name, shape), (2))",
    ): "Equivalent: two numbers in turn, whichever they are.",
    (
        "fused/buffers",
        "rows: return array.reshape(len(array), -(2))",
    ): "Equivalent: NumPy takes any negative number for the length that is not known.",
    (
        "fused/engine",
        ": CHUNK = (3)**20",
    ): "Only how much goes through the flow at a time: a matter of the cache, and of time.",
    (
        "fused/engine",
        ": CHUNK = 2**(21)",
    ): "Only how much goes through the flow at a time: a matter of the cache, and of time.",
    (
        "fused/engine",
        "Pass.backward: def backward(self, x, g, z_bar=(1)):",
    ): "Never used: a density writes its own, and without one z_bar is given.",
    (
        "fused/engine",
        "Engine.__init__: rng = np.random.default_rng((1))",
    ): "These parameters are there for structure and shapes; nobody looks at their numbers.",
    (
        "fused/engine",
        "Engine.__init__: params = bijection.init(rng, rng.standard_normal(((9), *event)))",
    ): "These parameters are there for structure and shapes; nobody looks at their numbers.",
    (
        "fused/engine",
        "Engine.__init__: one = self.passes((2), False).buffers",
    ): "Equivalent: bytes for each column are counted, and columns are the unit of any batch.",
    (
        "fused/engine",
        "Engine.run: earlier = self.gradient.copy() if (keep or start) else 0",
    ): "A copy that nobody reads. It costs time.",
    (
        "fused/engine",
        "Engine.run: earlier = self.gradient.copy() if keep and start else (1)",
    ): "Equivalent: it is not added where it is not a copy.",
    ("fused/engine", "Engine.run: if (keep or start):"): "Equivalent: what is added is 0 then.",
    (
        "fused/layers",
        "affine.forward: buffers.log_det += np.add.reduce(log_s.reshape(-(2), buffers.columns))",
    ): "Equivalent: NumPy takes any negative number for the length that is not known.",
    (
        "fused/layers",
        "density: z, z_bar = (x.reshape(-(2), buffers.columns) for x in channels(state))",
    ): "Equivalent: NumPy takes any negative number for the length that is not known.",
    (
        "fused/layers",
        "by_autograd.function: return z, (log_det - np.zeros(len(x), x.dtype))",
    ): "Equivalent: the zeros are there for their shape.",
    (
        "fused/layers",
        "constants: one = (np.eye(len(permutation)))",
    ): "float64 among float32: the same numbers, more slowly. The unit tests ask for the dtype.",
    (
        "fused/layers",
        "constants: below = (np.tri(len(one), k=-1))",
    ): "float64 among float32: the same numbers, more slowly. The unit tests ask for the dtype.",
    (
        "images",
        "dequantize: return (np.minimum(np.nextafter(dtype(1), dtype(0)), y))  # float32 may round up to 1",
    ): "Equivalent: the smaller of two numbers in the other order.",
    (
        "images",
        "random_shift: padded = np.pad(x, ((0, (1)), (pixels, pixels), (pixels, pixels), (0, 0)))",
    ): "Equivalent: an empty image is added behind the batch, and never looked at.",
    (
        "inputs",
        "sum_event: return np.sum(np.reshape(a, (a.shape[0], -(2))), axis=1)",
    ): "Equivalent: NumPy takes any negative number for the length that is not known.",
    (
        "linear",
        "Conv1x1._matrix: condition = onp.linalg.cond(value(W), (2))",
    ): "Another norm changes the condition number by a factor of C at most; the limit is a matter of orders.",
    (
        "linear",
        "Conv1x1._matrix: if condition * onp.finfo(x.dtype).eps >= (2):",
    ): "The limit of the condition number is a matter of orders, not of a factor 2.",
    (
        "linear",
        "Conv1x1LU.init: U = (U / (onp.sign(onp.diag(U)) * self.signs))",
    ): "Equivalent: to divide by signs is to multiply by them.",
    (
        "linear",
        "Conv1x1LU.init: U = U * ((onp.sign(onp.diag(U)) / self.signs))",
    ): "Equivalent: to divide by signs is to multiply by them.",
    (
        "linear",
        "random_orthogonal: return (Q / onp.sign(onp.diag(R)))",
    ): "Equivalent: to divide by signs is to multiply by them.",
    (
        "linear",
        'Conv1x1LU.init: params = {"L": onp.tril(L, (1)), "U": onp.triu(U, 1), "log_s": onp.log(onp.abs(onp.diag(U)))}',
    ): "The lesson never reads what stands above the diagonal of L. The unit tests do.",
    (
        "linear",
        "lu: L, rows = (onp.eye(c)), onp.arange(c)",
    ): "float64 in place of the dtype of W. The unit tests ask for the dtype.",
    (
        "networks",
        "MLP.apply: h = np.reshape(a, (-(2), a.shape[-1]))",
    ): "Equivalent: NumPy takes any negative number for the length that is not known.",
    (
        "networks",
        "ConvNet.apply: h = np.reshape(gather(a), (-(2), 9 * a.shape[-1]))",
    ): "Equivalent: NumPy takes any negative number for the length that is not known.",
    (
        "networks",
        "_linear: W, b = unpack(params, where, h.dtype, W=(h.shape[(1)], channels_out), b=(channels_out,))",
    ): "Equivalent: h has two axes, and the second is the last.",
    (
        "parameters",
        "load_params: with (np.load(path)) as file:",
    ): "Equivalent: NumPy does not allow pickles unless it is told to.",
    (
        "parameters",
        "load_params: differing = (set(names) ^ set(arrays))",
    ): "Only the order in which an error names what differs.",
    (
        "parameters",
        "_initialised: rng = np.random.default_rng((1))",
    ): "The template is there for structure and shapes; nobody looks at its numbers.",
    (
        "parameters",
        "_initialised: return flow.init(rng, rng.standard_normal(((9), *flow.base.shape)))",
    ): "The template is there for structure and shapes; how many examples made it does not matter.",
    ("training", "fit: for step in range(steps + (2)):"): "Equivalent: the loop is left at step == steps.",
    (
        "training",
        'fit: bar.set_postfix_str(f"nats {loss:.3f}", refresh=(True))',
    ): "How often the bar is drawn; its last state is the same.",
    (
        "training",
        'fit: valid_every = positive(valid_every or max((2), steps // 20), "fit: valid_every", whole=True)',
    ): "Only for fewer than 40 steps. The unit tests count the validations.",
    (
        "training",
        "fit: objective = FlatObjective(flow, params) if (FlatObjective.serves(params, flow)) else Objective(flow, params)",
    ): "What is trained, by hand or by autograd, is the same but for the time. The unit tests ask which.",
    (
        "training",
        "fit: if not all((np.isfinite(g).any()) for _, g in leaves(gradient)):",
    ): "One nan among finite numbers of the same array: the lesson has parameters that are numbers. The unit tests have arrays.",
    (
        "training",
        "mean_nll: float((np.sum(flow.log_prob(params, x[i:i + chunk]))))",
    ): "A sum in float32: off by a rounding. The unit tests see it, lessons have coarser tolerances.",
    (
        "verify",
        "_size: error = np.abs((np.asarray(error)))",
    ): "Equivalent: what is judged is an array of floats already.",
    (
        "verify",
        "residuals: (max(abs(log_det[n] - d_n[0]), np.max(np.abs(z[n] - z_n[0])))) for n, (z_n, d_n) in enumerate(alone)",
    ): "Equivalent: the maximum of two numbers in the other order.",
}

# Changed since they were swept, or new: the next sweep takes them off.
OLDER = {
    "actnorm",
    "bijections",
    "change_of_variables",
    "coupling",
    "densities",
    "domains",
    "files",
    "flow",
    "fused/__init__",
    "fused/buffers",
    "fused/engine",
    "fused/layers",
    "images",
    "inputs",
    "linear",
    "models",
    "multiscale",
    "networks",
    "parameters",
    "training",
    "verify",
}
