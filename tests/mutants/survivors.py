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
        "claims",
        "_extreme: error = np.abs((np.asarray(error)))",
    ): "Equivalent: what is judged is an array of floats, or a list of which abs makes one.",
    (
        "coupling",
        "halves: d = x.shape[(1)] // 2",
    ): "Images split at another channel: a bijection too, which is what the lesson claims. The unit tests say where.",
    (
        "datasets",
        "Checkerboard._sample: return 2 * (np.stack([column, row], axis=(1)) + rng.random((n, 2))) - 4",
    ): "Equivalent: of two axes the second is the last.",
    (
        "datasets",
        "TwoMoons._log_prob: angle, w = (gauss_legendre(0, math.pi, panels))",
    ): "Equivalent: 16 is the default.",
    (
        "datasets",
        "TwoMoons._log_prob: angle, w = gauss_legendre(0, math.pi, panels, order=(17))",
    ): "Finer than it must be: more points give the same number, and cost time.",
    (
        "datasets",
        "TwoMoons._log_prob: lower = (np.arange(2 * len(w)) >= len(w))",
    ): "Equivalent: both arcs have the same weights, whichever comes first.",
    (
        "datasets",
        "TwoMoons._log_prob: panels = (2) + math.ceil(math.pi / (3 * self.noise))",
    ): "Finer than it must be: more points give the same number, and cost time.",
    (
        "datasets",
        "TwoMoons._log_prob: panels = 1 + math.ceil(math.pi / ((4) * self.noise))",
    ): "Coarser than is promised, and still within 1e-10: 3 leaves a margin.",
    (
        "datasets",
        "_entropy: return (integrate(f, *density.box[0]))",
    ): "32 panels of 16 points in place of 256: still right within 1e-6 for these densities.",
    (
        "datasets",
        "_entropy: return integrate(f, *density.box[0], panels=(257))",
    ): "Finer than it must be: more points give the same number, and cost time.",
    (
        "datasets",
        "_images: data = (numpy.load(file))",
    ): "Equivalent: NumPy allows no pickles unless it is told to.",
    (
        "datasets",
        "_images: data = numpy.load(file, allow_pickle=(True))",
    ): "Our own files hold no pickles, so nothing would be read from one.",
    (
        "datasets",
        "_log_mixture: rows = max((2), 2**19 // len(weights))",
    ): "Only how many points are done at a time: a matter of memory.",
    (
        "datasets",
        "_log_mixture: rows = max(1, (2 * 19) // len(weights))",
    ): "Only how many points are done at a time: a matter of time.",
    (
        "datasets",
        "_log_mixture: rows = max(1, 2**(20) // len(weights))",
    ): "Only how many points are done at a time: a matter of memory.",
    (
        "datasets",
        "_log_sum_exp: return np.log(np.sum(np.exp(a - top), axis=(1))) + top[..., 0]",
    ): "Equivalent: of two axes the second is the last.",
    (
        "datasets",
        "_log_sum_exp: top = np.max(value(a), axis=(1), keepdims=True)",
    ): "Equivalent: of two axes the second is the last.",
    (
        "datasets",
        "_unit: return np.stack([np.cos(angle), np.sin(angle)], axis=(1))",
    ): "Equivalent: of two axes the second is the last.",
    (
        "domains",
        "Standardize.of: rounding = (5) * np.finfo(x.dtype).eps * np.maximum(-low, high)",
    ): "Four or five roundings: both thresholds are arbitrary.",
    (
        "domains",
        "Standardize.of: low, high = ((extreme(x)).astype(float) for extreme in (np.min, np.max))",
    ): "The lesson's data have one channel. The unit tests have more.",
    (
        "files",
        "_read.array: return (np.lib.format.read_array(member))",
    ): "Equivalent: NumPy allows no pickles unless it is told to.",
    (
        "files",
        "_checked: flow.sample(params, np.random.default_rng((1)), 1)",
    ): "The sample only shows that the flow can draw one: any will do.",
    (
        "files",
        "_checked: flow.sample(params, np.random.default_rng(0), (2))",
    ): "The sample only shows that the flow can draw one: two will do as well.",
    (
        "flow",
        "_in_chunks: if (len(x) <= rows and any(map(isbox, (x, params, *(array for _, array in leaves(value(params))))))):",
    ): "Equivalent: in one part, or in several where autograd traces, come the same numbers.",
    (
        "fused/buffers",
        "Buffers.state: self.turns[name, shape] = turn = 1 - self.turns.get((name, shape), (2))",
    ): "Equivalent: two numbers in turn, whichever they are.",
    (
        "fused/engine",
        "Pass.backward: def backward(self, x, g, z_bar=(1)):",
    ): "Never used: a density writes its own, and without one z_bar is given.",
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
    (
        "fused/engine",
        "Engine.run: if (keep or start):",
    ): "Equivalent: what is added is 0 then.",
    (
        "fused/layers",
        'run.forward: c[:, 0] = params[0]["m"] if type(layers[0]) is ActNorm else (1)',
    ): "Equivalent but for rounding: what is subtracted first is added again.",
    (
        "fused/layers",
        "by_autograd.function: return z, (log_det - np.zeros(len(x), x.dtype))",
    ): "Equivalent: the zeros are there for their shape.",
    (
        "images",
        "random_shift: padded = np.pad(x, ((0, (1)), (pixels, pixels), (pixels, pixels), (0, 0)))",
    ): "Equivalent: an empty image is added behind the batch, and never looked at.",
    (
        "linear",
        "Conv1x1._matrix: condition = onp.linalg.cond(value(W), (2))",
    ): "Another norm changes the condition number by a factor of C at most; the limit is a matter of orders.",
    (
        "linear",
        "Conv1x1._matrix: if condition * onp.finfo(x.dtype).eps >= (2):",
    ): "The limit of the condition number is a matter of orders, not of a factor 2.",
    (
        "models",
        "glow: height, width, channels = shape = (whole_numbers(shape, 'glow: shape', '(H, W, C)'))",
    ): "Shapes of other lengths were refused too, by Python's own words; since its sweep a test looks at the words.",
    (
        "networks",
        "_linear: W, b = unpack(params, where, h.dtype, W=(h.shape[(1)], channels_out), b=(channels_out,))",
    ): "Equivalent: h has two axes, and the second is the last.",
    (
        "objectives",
        "objective: return FlatObjective(flow, params) if (FlatObjective.serves(params, flow)) else Objective(flow, params)",
    ): "What is trained, by hand or by autograd, is the same but for the time. The unit tests ask which.",
    (
        "training",
        "fit: _say(run.history, x_train[(1)].size, progress)",
    ): "Equivalent: all examples have as many numbers.",
    (
        "training",
        "_Run.validate: return (1)",
    ): "Equivalent: without validation data there is no patience.",
    (
        "training",
        "_absurd: return min(losses[-few:], default=(1)) > dimensions + max(best, 3 * best)",
    ): "Where there is no loss, none is absurd: neither 0 nor 1 is large.",
    (
        "training",
        'fit: every = max((2), steps // 20) if valid_every is None else positive(valid_every, "fit: valid_every", True)',
    ): "Only for fewer than 40 steps. The unit tests count the validations.",
    (
        "training",
        "_all_finite: if not all((np.isfinite(g).any()) for _, g in leaves(gradient)):",
    ): "One nan among finite numbers of the same array: the lesson has parameters that are numbers. The unit tests have arrays.",
    (
        "verify",
        "_errors_and_sizes: apart = (np.append(log_det - np.hstack(log_det_alone), z - np.vstack(z_alone)))",
    ): "Equivalent: the largest of all errors, in whichever order they stand.",
    (
        "verify",
        '_errors_and_sizes: moved = np.einsum("nij,nji->n", np.abs(K), np.abs(J)) / J.shape[(2)]',
    ): "Equivalent: a Jacobian is square.",
    (
        "verify",
        "check_bijection: of = 10 ** np.trunc((np.log10(np.maximum(size, np.finfo(x.dtype).tiny))))",
    ): "In float32 the logarithm may round to another power of ten, at its very edge only.",
}
