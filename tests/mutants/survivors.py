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
        "checkerboard",
        "CheckerboardCoupling.mask: return (((i + j - self.parity)) % 2)[..., None].astype(dtype)",
    ): "Equivalent: modulo 2, plus and minus are the same.",
    (
        "checkerboard",
        "CheckerboardCoupling.mask: return (((i - j) + self.parity) % 2)[..., None].astype(dtype)",
    ): "Equivalent: modulo 2, plus and minus are the same.",
    (
        "claims",
        "_extreme: error = np.abs((np.asarray(error)))",
    ): "Equivalent: what is judged is an array of floats, or a list of which abs makes one.",
    (
        "coupling",
        "halves: d = x.shape[(1)] // 2",
    ): "Images split at another channel: a bijection too, which is what the lesson claims. The unit tests say where.",
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
        ": ABANDONED = (601)  # seconds after which a file that nobody goes on writing was left by a killed process",
    ): "Ten minutes, or a second more: both are arbitrary.",
    (
        "files",
        "save: with (archive.open(f'{name}.npy', 'w')) as member:",
    ): "Only for arrays of 2 GiB and more; since its sweep a test looks for zip's 64-bit form.",
    (
        "files",
        'save: with archive.open(f"{name}.npy", "w", force_zip64=(False)) as member:',
    ): "Only for arrays of 2 GiB and more; since its sweep a test looks for zip's 64-bit form.",
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
        "fused/__init__",
        "FusedBijection.engine: reference(like.tree, x[:])",
    ): "The reference tries the parameters on more than one example. It costs time.",
    (
        "fused/__init__",
        "FusedBijection.engine: reference(like.tree, x[:(2)])",
    ): "The reference tries the parameters on more than one example. It costs time.",
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
        "fused/layers",
        "constants: one = (np.eye(len(permutation)))",
    ): "float64 among float32: the same numbers, more slowly. The unit tests ask for the dtype.",
    (
        "fused/layers",
        "constants: below = (np.tri(len(one), k=-1))",
    ): "float64 among float32: the same numbers, more slowly. The unit tests ask for the dtype.",
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
        "models",
        "glow: height, width, channels = shape = (whole_numbers(shape, 'glow: shape', '(H, W, C)'))",
    ): "Shapes of other lengths were refused too, by Python's own words; since its sweep a test looks at the words.",
    (
        "networks",
        "_linear: W, b = unpack(params, where, h.dtype, W=(h.shape[(1)], channels_out), b=(channels_out,))",
    ): "Equivalent: h has two axes, and the second is the last.",
    (
        "networks",
        "MLP.init: (_dense(rng, i, o, dtype)) for k, (i, o) in enumerate(pairwise(sizes))",
    ): "The last layer starts at random, which lessons that train hardly feel. The unit tests ask for zeros.",
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
        '_say: for name, few, advice in ("loss", (11), "Try a smaller step_size"), ("valid_loss", 1, "Returned: the best"):',
    ): "From how many steps on an absurd loss is told: ten or eleven, both are arbitrary.",
    (
        "training",
        '_say: for name, few, advice in ("loss", 10, "Try a smaller step_size"), ("valid_loss", (2), "Returned: the best"):',
    ): "After how many validations an absurd loss is told: one or two, both are arbitrary.",
    (
        "training",
        "_absurd: few = max(few, len(losses) // (11))",
    ): "The last tenth or eleventh of the losses: both are arbitrary.",
    (
        "training",
        "_absurd: best = min(losses[:] + highest, default=math.inf)",
    ): "What a loss is compared with: the first one, or any. Where it matters all are as high.",
    (
        "training",
        "_absurd: best = min(losses[:(2)] + highest, default=math.inf)",
    ): "What a loss is compared with: the first, or the first two. Where it matters both are as high.",
    (
        "training",
        "_absurd: return min(losses[-few:], default=(1)) > dimensions + max(best, 3 * best)",
    ): "Where there is no loss, none is absurd: neither 0 nor 1 is large.",
    (
        "training",
        "_bar: yield lambda loss: ((bar.set_postfix_str(f'nats {loss:.3f}')), bar.update())",
    ): "How often the bar is drawn; its last state is the same.",
    (
        "training",
        '_bar: yield lambda loss: (bar.set_postfix_str(f"nats {loss:.3f}", refresh=(True)), bar.update())',
    ): "How often the bar is drawn; its last state is the same.",
    (
        "training",
        'fit: every = max((2), steps // 20) if valid_every is None else positive(valid_every, "fit: valid_every", True)',
    ): "Only for fewer than 40 steps. The unit tests count the validations.",
    (
        "training",
        "_all_finite: if not all((np.isfinite(g).any()) for _, g in leaves(gradient)):",
    ): "One nan among finite numbers of the same array: the lesson has parameters that are numbers. The unit tests have arrays.",
    (
        "training",
        "mean_nll: total = sum(float((np.sum(flow.log_prob(params, part)))) for part in parts)",
    ): "A sum in float32: off by a rounding. The unit tests see it, lessons have coarser tolerances.",
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
