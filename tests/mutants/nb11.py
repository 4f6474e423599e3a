"""Mistakes for lesson 11: (words, file, old, new)."""

NB = "notebooks/11_the_backward_pass.ipynb"
L, N, E = "nflow_ref/fused/layers.py", "nflow_ref/fused/networks.py", "nflow_ref/fused/engine.py"
K = "nflow_ref/fused/linear.py"
MUTANTS = [
    ("ActNorm: the log-det's g forgotten", K, 'axis=1) + g, "b"', 'axis=1), "b"'),
    ("ActNorm: s forgotten in the bar of log s", K, "Z_bar * scaled", "Z_bar * X"),
    ("LU: the mask of L forgotten", K, '"L": below * (A_bar @ V.T)', '"L": (A_bar @ V.T)'),
    ("LU: the mask of U forgotten", K, '"U": above * V_bar', '"U": V_bar'),
    ("LU: g forgotten", K, "V_bar.diagonal() + g", "V_bar.diagonal()"),
    ("run: H·W forgotten", K, "self.pixels * np.add.reduce(g)", "np.add.reduce(g)"),
    ("affine: g forgotten", L, "s_bar.reshape(-1, self.n)[...] += g", "pass"),
    ("affine: slope of the bound without c", L, "self.c - self.log_s**2 / self.c", "1 - self.log_s**2"),
    (
        "affine: second path of x_a forgotten",
        L,
        "z_bar[: self.d] += self.net.backward(self.out_bar)",
        "self.net.backward(self.out_bar)",
    ),
    ("affine: x_b's bar without s", L, "z_bar_b *= self.s", "pass"),
    (
        "dense: the ReLU's mask forgotten",
        N,
        "h_bar *= np.greater(self.h, self.zero, out=self.positive)",
        "pass",
    ),
    (
        "conv: b's bar of the last layer is a mean",
        N,
        'np.add.reduce(bar, axis=1, out=self.last_bar["b"])',
        'np.mean(bar, axis=1, out=self.last_bar["b"])',
    ),
    (
        "squeeze: the bar is not squeezed the same way",
        L,
        "self._squeeze(z_bar, self.z_bar)",
        "self.z_bar[...] = z_bar.reshape(self.z_bar.shape)",
    ),
    (
        "split: the inner bar is not passed on",
        L,
        "z_bar[self.d :] = self.inner.backward(self.z_bar_b, g)",
        "self.inner.backward(self.z_bar_b, g)",
    ),
    (
        "score of the normal with the wrong sign",
        E,
        "StandardNormal: lambda z: -z",
        "StandardNormal: lambda z: z",
    ),
    (
        "permutation: not inverted (run)",
        K,
        "Z_bar[order(layer.permutation)[1]], ()",
        "Z_bar[order(layer.permutation)[0]], ()",
    ),
    (
        "1x1: inverse not transposed",
        NB,
        'G * np.linalg.inv(p["W"]).T}, p["W"].T @ Z_bar',
        'G * np.linalg.inv(p["W"])}, p["W"].T @ Z_bar',
    ),
    ("notebook LU: L for its transpose", NB, "V_bar = L.T @ A_bar", "V_bar = L @ A_bar"),
    ("notebook ActNorm: minus g", NB, '* s * X, axis=1) + G, "b"', '* s * X, axis=1) - G, "b"'),
    (
        "notebook permutation: forward again",
        NB,
        "Y_bar = Z_bar[[lu_layer.permutation.index(i) for i in range(3)]]",
        "Y_bar = Z_bar[list(lu_layer.permutation)]",
    ),
    ("notebook affine: x_b's bar without s", NB, "np.exp(log_s) * z_bar_b)", "z_bar_b)"),
    ("notebook score of the logistic: -tanh(z)", NB, "lambda z: -np.tanh(z / 2)", "lambda z: -np.tanh(z)"),
    ("notebook network: no mask", NB, "bar = bar * (states[k] > 0)", "bar = bar * 1"),
    (
        "notebook run: E_bar without its transpose's ones",
        NB,
        "E_bar = Z_bar @ np.concatenate([np.ones(",
        "E_bar = Z_bar @ np.concatenate([np.zeros(",
    ),
]
MUTANTS += [
    ("1x1: inverse not transposed (package)", K, "g * np.linalg.inv(W).T}", "g * np.linalg.inv(W)}"),
    (
        "additive: second path of x_a forgotten",
        L,
        "z_bar[: self.d] += self.net.backward(self.t_bar)",
        "self.net.backward(self.t_bar)",
    ),
    ("score of the logistic: -tanh(z)", E, "-np.tanh(z / 2)", "-np.tanh(z)"),
]
