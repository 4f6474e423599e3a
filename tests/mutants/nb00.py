"""Mistakes for lesson 00: (words, file, old, new)."""

DATASETS = "nflow_ref/datasets.py"
COUPLING = "nflow_ref/coupling.py"
MULTISCALE = "nflow_ref/multiscale.py"
IMAGES = "nflow_ref/images.py"
BOOK = "notebooks/00_start_here.ipynb"

MUTANTS = [
    (
        "two moons: each of the two arcs counts as the whole",
        DATASETS,
        "np.tile(w, 2) / (2 * math.pi), self.noise)",
        "np.tile(w, 2) / math.pi, self.noise)",
    ),
    (
        "two moons: the points have twice the noise of the density",
        DATASETS,
        "lower=rng.random(n) < 0.5)\n        return centre + self.noise",
        "lower=rng.random(n) < 0.5)\n        return centre + 2 * self.noise",
    ),
    (
        "the goal: the way back shifts in the same direction as the way there",
        COUPLING,
        "(z_b - t) * np.exp(-log_s)",
        "(z_b + t) * np.exp(-log_s)",
    ),
    (
        "one dimension: no slope",
        BOOK,
        "np.exp(normal.log_prob(f(x))) * np.abs(derivative(f, x))",
        "np.exp(normal.log_prob(f(x)))",
    ),
    (
        "one dimension: divided by the slope",
        BOOK,
        "np.exp(normal.log_prob(f(x))) * np.abs(derivative(f, x))",
        "np.exp(normal.log_prob(f(x))) / np.abs(derivative(f, x))",
    ),
    (
        "one dimension: base density at x, not at f(x)",
        BOOK,
        "np.exp(normal.log_prob(f(x))) *",
        "np.exp(normal.log_prob(x)) *",
    ),
    (
        "many dimensions: divided by the determinant",
        BOOK,
        "np.exp(normal_2.log_prob(plane(x))) * np.abs",
        "np.exp(normal_2.log_prob(plane(x))) / np.abs",
    ),
    (
        "many dimensions: the product of the diagonal for the determinant",
        BOOK,
        "np.abs(np.linalg.det(jacobian(plane, x)))",
        "np.abs(np.prod(np.diagonal(jacobian(plane, x), axis1=1, axis2=2), axis=1))",
    ),
    (
        "maximum likelihood: the log-det is subtracted",
        BOOK,
        "log_p = flow.base.log_prob(z) + log_det",
        "log_p = flow.base.log_prob(z) - log_det",
    ),
    (
        "maximum likelihood: without the log-det",
        BOOK,
        "log_p = flow.base.log_prob(z) + log_det",
        "log_p = flow.base.log_prob(z)",
    ),
    (
        "one normal density: the covariance is not inverted",
        BOOK,
        "d * np.linalg.solve(covariance, d.T).T",
        "d * (covariance @ d.T).T",
    ),
    (
        "one normal density: log of the determinant with the wrong sign",
        BOOK,
        "-0.5 * (squared + np.linalg.slogdet(covariance)[1]",
        "-0.5 * (squared - np.linalg.slogdet(covariance)[1]",
    ),
    (
        "one normal density: D is 1 in D log 2 pi",
        BOOK,
        "[1] + 2 * np.log(2 * np.pi))",
        "[1] + np.log(2 * np.pi))",
    ),
    (
        "the proof: the inequality does not turn",
        BOOK,
        "F_falling = lambda x: 1 - normal.cdf(g(x))",
        "F_falling = lambda x: normal.cdf(g(x))",
    ),
    (
        "the proof: it turns for the increasing map, too",
        BOOK,
        "F_rising = lambda x: normal.cdf(f(x))",
        "F_rising = lambda x: 1 - normal.cdf(f(x))",
    ),
    (
        "composition: the last log-det only",
        BOOK,
        "total = total + log_det",
        "total = log_det",
    ),
    (
        "composition: log-dets at x, not at the running point",
        BOOK,
        "h, log_det = layer.forward(p, h)",
        "h, log_det = layer.forward(p, h)[0], layer.forward(p, new[:50])[1]",
    ),
    (
        "two requirements: the divisions are not counted",
        BOOK,
        "count += factor.size + factor.size**2",
        "count += factor.size**2",
    ),
    (
        "two requirements: the rows below are divided by the wrong number",
        BOOK,
        "factor = T[k + 1 :, k] / T[k, k]",
        "factor = T[k + 1 :, k] / T[k, k + 1]",
    ),
    (
        "coupling: the log-det sums the scales, not their logarithms",
        BOOK,
        "return z, np.sum(log_s, axis=1)",
        "return z, np.sum(np.exp(log_s), axis=1)",
    ),
    (
        "coupling: the scale has no bound",
        BOOK,
        "log_s = c * np.tanh(s_hat)",
        "log_s = c * s_hat",
    ),
    (
        "coupling: the network sees the half that it changes",
        BOOK,
        "s_hat, t = network(x_a)\n    log_s",
        "s_hat, t = network(x_b[:, :2])\n    log_s",
    ),
    (
        "ActNorm: log-det of one pixel",
        BOOK,
        "log_det = 4 * 6 * np.sum(np.log(1 / sigma))",
        "log_det = np.sum(np.log(1 / sigma))",
    ),
    (
        "ActNorm: log-det of the inverse",
        BOOK,
        "log_det = 4 * 6 * np.sum(np.log(1 / sigma))",
        "log_det = 4 * 6 * np.sum(np.log(sigma))",
    ),
    (
        "ActNorm: divided by the variance",
        BOOK,
        "act_norm = lambda x: (x - m) / sigma",
        "act_norm = lambda x: (x - m) / sigma**2",
    ),
    (
        "permutation: none",
        BOOK,
        "reach.append(one @ reach[-1][pi])",
        "reach.append(one @ reach[-1])",
    ),
    (
        "permutation: two features take the same place",
        BOOK,
        "pi = [3, 4, 5, 0, 1, 2]",
        "pi = [3, 4, 5, 0, 1, 1]",
    ),
    (
        "1×1 convolution: x W for W x",
        BOOK,
        "mix = lambda strip: strip @ W.T",
        "mix = lambda strip: strip @ W",
    ),
    (
        "1×1 convolution: log-det of one pixel",
        BOOK,
        "log_det = 8 * np.log(np.abs(W[0, 0]",
        "log_det = np.log(np.abs(W[0, 0]",
    ),
    (
        "1×1 convolution: the product of the diagonal for det W",
        BOOK,
        "np.abs(W[0, 0] * W[1, 1] - W[0, 1] * W[1, 0])",
        "np.abs(W[0, 0] * W[1, 1])",
    ),
    (
        "LU: diag(s) stands outside of the product",
        BOOK,
        "W_LU = P @ L @ (U + np.diag(s))",
        "W_LU = P @ L @ U + np.diag(s)",
    ),
    (
        "squeeze: strips in place of blocks",
        BOOK,
        "transpose(0, 1, 3, 2, 4, 5)",
        "transpose(0, 1, 2, 3, 4, 5)",
    ),
    (
        "squeeze undone: strips in place of blocks",
        MULTISCALE,
        "np.reshape(np.transpose(blocks, (0, 1, 3, 2, 4, 5)), (n, 2 * h, 2 * w, c // 4))",
        "np.reshape(np.transpose(blocks, (0, 1, 2, 3, 4, 5)), (n, 2 * h, 2 * w, c // 4))",
    ),
    (
        "split: the halves change places",
        BOOK,
        "return np.concatenate([x_a, z_b], axis=1), log_det",
        "return np.concatenate([z_b, x_a], axis=1), log_det",
    ),
    (
        "split: the log-det of the inner map is lost",
        BOOK,
        "return np.concatenate([x_a, z_b], axis=1), log_det",
        "return np.concatenate([x_a, z_b], axis=1), 0 * log_det",
    ),
    (
        "the architecture: the log-det behind a split is lost",
        MULTISCALE,
        "z_b, log_det = self.inner.forward(params, x_b)",
        "z_b, log_det = self.inner.forward(params, x_b)[0], np.zeros(len(x), x.dtype)",
    ),
    (
        "bits per dimension: in nats",
        IMAGES,
        "math.prod(shape)) / math.log(2)",
        "math.prod(shape))",
    ),
    (
        "bits per dimension: without the levels",
        IMAGES,
        "(math.log(levels) - log_prob / math.prod(shape))",
        "(-log_prob / math.prod(shape))",
    ),
]
