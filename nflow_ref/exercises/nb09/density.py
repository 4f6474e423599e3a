"""Exercise 9.3: the log-density of a flow with a split."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import named


def split_log_prob(x, g):
    """log p_x(x), (N,), of z_a = x_a, z_b = g(x_b) with a standard normal z; x_a is x[:, :D // 2].

    g(x_b) returns (z_b, log-det).
    """
    d = x.shape[1] // 2
    z_b, log_det = g(x[:, d:])
    z = np.concatenate([x[:, :d], z_b], axis=1)
    return -0.5 * np.sum(z**2 + np.log(2 * np.pi), axis=1) + log_det


def normal(*parts):
    """The standard normal log-density of each example, over the coordinates of all parts."""
    return sum(-0.5 * np.sum(part**2 + np.log(2 * np.pi), axis=1) for part in parts)


def with_parts(rule):
    """A wrong answer, from a rule (x_a, x_b, z_b, log_det) -> (N,)."""

    def wrong(x, g):
        d = x.shape[1] // 2
        return rule(x[:, :d], x[:, d:], *g(x[:, d:]))

    return wrong


def larger_half_first(x, g):
    d = x.shape[1] - x.shape[1] // 2
    z_b, log_det = g(x[:, d:])
    return normal(x[:, :d], z_b) + log_det


def first_half_through_g(x, g):
    d = x.shape[1] // 2
    z_a, log_det = g(x[:, :d])
    return normal(z_a, x[:, d:]) + log_det


def everything_through_g(x, g):
    z, log_det = g(x)
    return normal(z) + log_det


def bend(x):
    """A bijection of any number of coordinates, each with a slope of its own that depends on x."""
    s = 0.6 + 0.5 * np.arange(x.shape[1])
    return s * x + 0.1 * x**3 + 0.2, np.sum(np.log(s + 0.3 * x**2), axis=1)


G = named("a bend", bend)
G_2 = named("a falling map", lambda x: (0.7 - 1.4 * x, np.full(len(x), x.shape[1] * np.log(1.4))))
IDENTITY = named("the identity", lambda x: (x, np.zeros(len(x))))

X_5 = np.array([[0.4, -1.2, 0.9, 1.7, -0.3], [1.1, 0.5, -1.6, 0.2, 0.8], [-0.7, 0.1, 0.6, -0.9, 1.3]])
X_2 = np.array([[1.3, -0.9]])
X_4 = np.array([[0.3, 1.5, -0.8, 0.6], [-1.4, 0.7, 1.2, -0.5]])

EXERCISE = Exercise(
    id="9.3",
    title="The log-density behind a split",
    difficulty=2,
    minutes=8,
    key=split_log_prob,
    probes=((X_5, G), (X_4, G_2), (X_2, G)),
    misconceptions=(
        Misconception(
            "what left is not scored",
            with_parts(lambda a, b, z_b, log_det: normal(z_b) + log_det),
            "You score the half that went on. The half that left is part of the latent as well: it has not "
            "been thrown away.",
        ),
        Misconception(
            "no log-det",
            with_parts(lambda a, b, z_b, log_det: normal(a, z_b)),
            "Both halves are scored, but `g` stretches and squeezes the second one, and that is missing.",
        ),
        Misconception(
            "log-det subtracted",
            with_parts(lambda a, b, z_b, log_det: normal(a, z_b) - log_det),
            "The log-det has the wrong sign. From data to latent the formula always has a plus sign.",
        ),
        Misconception(
            "second half before g",
            with_parts(lambda a, b, z_b, log_det: normal(a, b) + log_det),
            "The log-det is that of `g`, but the second half is scored as it was before `g`. The base "
            "density is that of the latent.",
        ),
        Misconception(
            "first half through g",
            first_half_through_g,
            "You sent the first half through `g`. It is the one that leaves; the second half goes on.",
        ),
        Misconception(
            "everything through g",
            everything_through_g,
            "You sent all coordinates through `g`. That is a flow without a split.",
        ),
        Misconception(
            "log-det of the whole batch",
            with_parts(lambda a, b, z_b, log_det: normal(a, z_b) + np.sum(log_det)),
            "You add the log-dets of the whole batch to every example. Each has its own.",
        ),
        Misconception(
            "mean of the log-dets",
            with_parts(lambda a, b, z_b, log_det: normal(a, z_b) + np.mean(log_det)),
            "You average the log-det over the batch. How much `g` stretches depends on the example.",
        ),
        Misconception(
            "base density of the whole batch",
            with_parts(lambda a, b, z_b, log_det: np.sum(normal(a, z_b)) + log_det),
            "Your base density adds up all examples. Sum over the coordinates of each, and no further.",
        ),
        Misconception(
            "added over the batch",
            lambda x, g: np.sum(split_log_prob(x, g)) + np.zeros(len(x)),
            "You add the log-densities of all examples. Here each keeps its own number.",
        ),
        Misconception(
            "averaged over the batch",
            lambda x, g: np.mean(split_log_prob(x, g)) + np.zeros(len(x)),
            "You average the log-densities of the batch, as a loss does. Here each example keeps its own.",
        ),
        Misconception(
            "larger half first",
            larger_half_first,
            "With an odd number of coordinates your first half is the larger one. The first `D // 2` leave: "
            "which half gets the one in the middle?",
        ),
        Misconception(
            "mean over the coordinates",
            with_parts(lambda a, b, z_b, log_det: normal(a, z_b) / (a.shape[1] + b.shape[1]) + log_det),
            "You average over the coordinates. A density of independent coordinates is a product: what does "
            "that make of the logs?",
        ),
        Misconception(
            "no constant",
            with_parts(
                lambda a, b, z_b, log_det: -np.sum(a**2, axis=1) / 2 - np.sum(z_b**2, axis=1) / 2 + log_det
            ),
            "The squares are right. The density of each normal coordinate has a constant as well.",
        ),
        Misconception(
            "constant once",
            with_parts(
                lambda a, b, z_b, log_det: (
                    normal(a, z_b) + (a.shape[1] + b.shape[1] - 1) / 2 * np.log(2 * np.pi) + log_det
                )
            ),
            "You count the constant of the normal density once. Each coordinate has one.",
        ),
    ),
    properties=(
        (
            "with the identity for `g` it is the standard normal log-density of `x`",
            lambda fn: np.allclose(fn(X_5, IDENTITY), normal(X_5)),
        ),
        (
            "what one example gives does not depend on the others",
            lambda fn: np.allclose(fn(X_5, G)[:1], fn(X_5[:1], G)),
        ),
    ),
    hints=(
        "Three terms: the base density at the half that left, the base density at `z_b`, and the log-det.",
        "The standard normal log-density of an example is the sum of `-0.5*(z**2 + np.log(2*np.pi))` over "
        "its coordinates.",
        "`z_b, log_det = g(x[:, d:])` with `d = x.shape[1] // 2`. The log-det has one number for each "
        "example already.",
    ),
    why="The half that left early is a finished part of the latent, with log-det 0. The rest is a flow of "
    "its own, for the other half. Log-densities of independent parts add.",
)
