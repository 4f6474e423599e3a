"""Exercise 7.1: how each output of batch normalization depends on each example of the batch."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def batch_norm_jacobian(x):
    """The matrix (N, N) of dz_n/dx_k of batch normalization, for one channel x of shape (N,)."""
    N, std = len(x), np.std(x)
    z = (x - np.mean(x)) / std
    return (np.eye(N) - 1 / N - np.outer(z, z) / N) / std


def from_parts(rule):
    """A wrong matrix, from a rule (identity, 1/N, z zᵀ, std) -> matrix."""

    def wrong(x):
        z = (x - np.mean(x)) / np.std(x)
        return rule(np.eye(len(x)), 1 / len(x), np.outer(z, z), np.std(x))

    return wrong


def divided_by_one_less(x):
    std = np.std(x, ddof=1)
    z = (x - np.mean(x)) / std
    return (np.eye(len(x)) - 1 / len(x) - np.outer(z, z) / (len(x) - 1)) / std


def one_less_in_the_std(x):
    std = np.std(x, ddof=1)
    z = (x - np.mean(x)) / std
    return (np.eye(len(x)) - 1 / len(x) - np.outer(z, z) / len(x)) / std


X = np.array([3.1, -0.4, 1.2, 5.0, 0.3])
X_3 = np.array([0.2, 1.9, -0.7])

EXERCISE = Exercise(
    id="7.1",
    title="What the neighbours do",
    difficulty=2,
    minutes=8,
    key=batch_norm_jacobian,
    probes=((X,), (X_3,)),
    misconceptions=(
        Misconception(
            "statistics taken for constants",
            from_parts(lambda one, n, zz, std: one / std),
            "You treat the mean and the standard deviation as constants. Both of them move when an example "
            "moves.",
        ),
        Misconception(
            "only the mean moves",
            from_parts(lambda one, n, zz, std: (one - n) / std),
            "The mean moves with the example, and you counted that. The standard deviation moves as well.",
        ),
        Misconception(
            "only the standard deviation moves",
            from_parts(lambda one, n, zz, std: (one - n * zz) / std),
            "The standard deviation moves with the example, and you counted that. The mean moves as well.",
        ),
        Misconception(
            "zz not divided by N",
            from_parts(lambda one, n, zz, std: (one - n - zz) / std),
            "The part with `z` is too large. One example among N moves the variance by an Nth part only.",
        ),
        Misconception(
            "not divided by the standard deviation",
            from_parts(lambda one, n, zz, std: one - n - n * zz),
            "The bracket is right. In front of it stands a factor that turns units of `x` into units of `z`.",
        ),
        Misconception(
            "divided by the variance",
            from_parts(lambda one, n, zz, std: (one - n - n * zz) / std**2),
            "The bracket is right, and you divide it by the variance.",
        ),
        Misconception(
            "plus signs",
            from_parts(lambda one, n, zz, std: (one + n + n * zz) / std),
            "Look at the signs: a neighbour that rises takes the mean with it, and so lowers `z`.",
        ),
        Misconception(
            "plus at the standard deviation",
            from_parts(lambda one, n, zz, std: (one - n + n * zz) / std),
            "Look at the sign of the part with `z`: an example that moves away from the mean makes the "
            "standard deviation larger, and so brings the others nearer to 0.",
        ),
        Misconception(
            "plus at the mean",
            from_parts(lambda one, n, zz, std: (one + n - n * zz) / std),
            "Look at the sign of the part `1/N`: the mean is subtracted, and it rises with each example.",
        ),
        Misconception(
            "squares of z",
            from_parts(lambda one, n, zz, std: (one - n - n * np.diag(zz)) / std),
            "You use the squares of the `z`. The entry in row n and column k needs two of them, `z` of n and "
            "`z` of k.",
        ),
        Misconception(
            "deviations not scaled",
            from_parts(lambda one, n, zz, std: (one - n - n * zz * std**2) / std),
            "In the last part stands `z`, and you have `x` minus its mean there: not yet divided by the "
            "standard deviation.",
        ),
        Misconception(
            "N - 1 in the standard deviation only",
            one_less_in_the_std,
            "Your standard deviation divides by `N - 1`, and the rest of your formula by `N`. By which of "
            "them does batch normalization divide here?",
        ),
        Misconception(
            "divided by N - 1",
            divided_by_one_less,
            "This is the matrix for a variance that divides by `N - 1`. Here it divides by `N`, which makes "
            "the variance of `z` exactly 1.",
        ),
        Misconception(
            "the diagonal alone",
            from_parts(lambda one, n, zz, std: one * (one - n - n * zz) / std),
            "The diagonal is right. You set the rest to zero: that would say that no example depends on its "
            "neighbours.",
        ),
    ),
    properties=(
        (
            "when all examples move together nothing changes: the rows add up to 0",
            lambda fn: np.allclose(fn(X).sum(axis=1), 0),
        ),
        ("the matrix is symmetric", lambda fn: np.allclose(fn(X), fn(X).T)),
        (
            "when the units of `x` are made ten times smaller, the entries are too",
            lambda fn: np.allclose(10 * fn(10 * X), fn(X)),
        ),
    ),
    hints=(
        "The formula (7.2) has three parts in its bracket. Which of them is `np.eye(N)`?",
        "`z_n * z_m` for all pairs is `np.outer(z, z)`. The middle part is the same number everywhere.",
        "`np.std(x)` is the root of the mean of the squared deviations, which is what is meant here.",
    ),
    why="Every entry off the diagonal says how much one example moves the latent of another. In a flow they "
    "should all be 0, because a density is a function of one example.",
)
