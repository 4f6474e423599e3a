"""Mistakes for lesson 00: (words, file, old, new)."""

DATASETS = "nflow_ref/datasets.py"
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
        "one normal density: the covariance is not inverted",
        BOOK,
        "(x - mean) * np.linalg.solve(covariance, (x - mean).T).T",
        "(x - mean) * (covariance @ (x - mean).T).T",
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
        "the root is not forgotten",
        BOOK,
        "np.exp(-(z**2) / 2) / (2 * np.pi), -12",
        "np.exp(-(z**2) / 2) / (2 * np.pi)**0.5, -12",
    ),
]
