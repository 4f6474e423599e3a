"""Exercise 7.2: how a neighbour moves the log-density of an example, with batch normalization."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def pull_of_neighbours(x):
    """d log p(x[0]) / dx[k] for k = 1, ..., N - 1, array (N - 1,), for one channel x of shape (N,).

    log p(x[0]) = log phi(z[0]) - log sigma, with z and sigma of batch normalization, phi standard normal.
    """
    N, std = len(x), np.std(x)
    z = (x - np.mean(x)) / std
    return (z[0] + z[0] ** 2 * z[1:] - z[1:]) / (N * std)


def from_parts(rule):
    """A wrong answer, from a rule (z of example 0, z of the neighbours, N, std) -> derivatives."""

    def wrong(x):
        z = (x - np.mean(x)) / np.std(x)
        return rule(z[0], z[1:], len(x), np.std(x))

    return wrong


def one_less(x):
    """With N - 1 for N throughout."""
    N, std = len(x), np.std(x, ddof=1)
    z = (x - np.mean(x)) / std
    return (z[0] / N + (z[0] ** 2 * z[1:] - z[1:]) / (N - 1)) / std


def of_all(x):
    """The derivatives with respect to all examples, the first as well."""
    N, std = len(x), np.std(x)
    z = (x - np.mean(x)) / std
    return (z[0] + z[0] ** 2 * z - z - N * z[0] * (np.arange(N) == 0)) / (N * std)


def log_p(x):
    z = (x - np.mean(x)) / np.std(x)
    return -(z[0] ** 2) / 2 - np.log(np.std(x))


def is_felt(fn):
    """Whether a small move of the last example changes log p as fn says."""
    step = 1e-5 * (np.arange(len(X)) == len(X) - 1)
    return np.allclose((log_p(X + step) - log_p(X - step)) / 2e-5, fn(X)[-1], rtol=1e-4)


X = np.array([3.1, -0.4, 1.2, 5.0, 0.3])
X_3 = np.array([0.2, 1.9, -0.7])

EXERCISE = Exercise(
    id="7.2",
    title="What a neighbour does to your density",
    difficulty=3,
    minutes=10,
    key=pull_of_neighbours,
    probes=((X,), (X_3,)),
    misconceptions=(
        Misconception(
            "statistics taken for constants",
            lambda x: np.zeros(len(x) - 1),
            "You treat the mean and the standard deviation as constants. Both of them move when a neighbour "
            "moves.",
        ),
        Misconception(
            "no log-det",
            from_parts(lambda z0, z, N, std: (z0 + z0**2 * z) / (N * std)),
            "The part of the base density is right. A neighbour also moves the log-det, `-log sigma`.",
        ),
        Misconception(
            "log-det only",
            from_parts(lambda z0, z, N, std: -z / (N * std)),
            "The part of the log-det is right. A neighbour also moves the latent of example 0, and with it "
            "the base density.",
        ),
        Misconception(
            "log-det with the wrong sign",
            from_parts(lambda z0, z, N, std: (z0 + z0**2 * z + z) / (N * std)),
            "Both parts are there. Look at the sign of the log-det: a larger sigma makes the density "
            "smaller.",
        ),
        Misconception(
            "only the standard deviation moves",
            from_parts(lambda z0, z, N, std: (z0**2 * z - z) / (N * std)),
            "The standard deviation moves with the neighbour, and you counted that. The mean moves as well.",
        ),
        Misconception(
            "mean in the latent only",
            from_parts(lambda z0, z, N, std: (z0 - z) / (N * std)),
            "In the latent you let the mean move, and in the log-det the standard deviation. In the latent "
            "the standard deviation moves, too.",
        ),
        Misconception(
            "derivative of the latent",
            from_parts(lambda z0, z, N, std: -(1 + z0 * z) / (N * std)),
            "This is how the latent of example 0 moves, a row of (7.2). Asked is how its log-density moves.",
        ),
        Misconception(
            "inner derivative only",
            from_parts(lambda z0, z, N, std: (1 + z0 * z - z) / (N * std)),
            "The chain rule has one factor more: the slope of `-z**2 / 2` at the latent of example 0.",
        ),
        Misconception(
            "outer factor without its minus",
            from_parts(lambda z0, z, N, std: (-z0 - z0**2 * z - z) / (N * std)),
            "The part of the log-det is right. In the other, `log phi` falls as the size of its argument "
            "grows: one sign is lost.",
        ),
        Misconception(
            "of the loss",
            from_parts(lambda z0, z, N, std: -(z0 + z0**2 * z - z) / (N * std)),
            "All signs are turned around: this is the slope of the loss, `-log p`.",
        ),
        Misconception(
            "not divided by N",
            from_parts(lambda z0, z, N, std: (z0 + z0**2 * z - z) / std),
            "Too large. One neighbour among N moves the mean and the variance by an Nth part only.",
        ),
        Misconception(
            "not divided by the standard deviation",
            from_parts(lambda z0, z, N, std: (z0 + z0**2 * z - z) / N),
            "A factor is missing that turns units of `x` into units of `z`.",
        ),
        Misconception(
            "divided by N - 1",
            one_less,
            "Your variance divides by `N - 1`. Here it divides by `N`, which makes the variance of `z` "
            "exactly 1.",
        ),
        Misconception(
            "example 0, too",
            of_all,
            "The numbers are right, and the first of them is one too many: asked are the neighbours, from "
            "`x[1]` on.",
        ),
    ),
    properties=(
        (
            "a small move of a neighbour changes the log-density by the move times your number",
            is_felt,
        ),
        (
            "when the units of `x` are made ten times smaller, the slopes are too",
            lambda fn: np.allclose(10 * fn(10 * X), fn(X)),
        ),
        ("nothing changes when 3 is added to all examples", lambda fn: np.allclose(fn(X + 3), fn(X))),
    ),
    hints=(
        "`log p = -z[0]**2 / 2 - log(sigma)` and a constant. A neighbour moves `z[0]` and `sigma`.",
        "How far it moves `z[0]` is the first row of (7.2), off the diagonal. How far it moves sigma stands "
        "above (7.2): `z[k] / N`.",
        "The chain rule: `-z[0]` times the first, minus the second divided by sigma.",
    ),
    why="In a flow all of these are 0: a density is a function of one example. Here each neighbour pulls at "
    "it, the far ones most, and training follows the pull.",
)
