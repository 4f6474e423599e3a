"""Exercise 9.3: the log-density of a flow with a split inside a split."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import named


def three_levels_log_prob(x, g_1, g_2, g_3):
    """log p_x(x), (N,), for x of shape (N, D) and a standard normal z.

    g_1 is for all numbers, g_2 and g_3 for those that have not left. Of d numbers the first d // 2 leave.
    Each map returns (its result, its log-det).
    """
    d = x.shape[1] // 2  # leave after g_1
    e = (x.shape[1] - d) // 2  # leave after g_2
    h, log_det_1 = g_1(x)
    h_b, log_det_2 = g_2(h[:, d:])
    z_3, log_det_3 = g_3(h_b[:, e:])
    z = np.concatenate([h[:, :d], h_b[:, :e], z_3], axis=1)
    return -0.5 * np.sum(z**2 + np.log(2 * np.pi), axis=1) + log_det_1 + log_det_2 + log_det_3


def normal(*parts):
    """The standard normal log-density of each example, over the coordinates of all parts."""
    return sum(-0.5 * np.sum(part**2 + np.log(2 * np.pi), axis=1) for part in parts)


def with_parts(rule, larger_first=False):
    """A wrong answer, from a rule (z_1, z_2, z_3, log-dets) -> (N,)."""

    def wrong(x, g_1, g_2, g_3):
        d = (x.shape[1] + larger_first) // 2
        e = (x.shape[1] - d + larger_first) // 2
        h, log_det_1 = g_1(x)
        h_b, log_det_2 = g_2(h[:, d:])
        z_3, log_det_3 = g_3(h_b[:, e:])
        return rule(h[:, :d], h_b[:, :e], z_3, np.array([log_det_1, log_det_2, log_det_3]))

    return wrong


def second_half_leaves(x, g_1, g_2, g_3):
    d = (x.shape[1] + 1) // 2
    e = (d + 1) // 2
    h, log_det_1 = g_1(x)
    h_a, log_det_2 = g_2(h[:, :d])
    z_3, log_det_3 = g_3(h_a[:, :e])
    return normal(z_3, h_a[:, e:], h[:, d:]) + log_det_1 + log_det_2 + log_det_3


def no_splits(x, g_1, g_2, g_3):
    h, log_det_1 = g_1(x)
    h, log_det_2 = g_2(h)
    h, log_det_3 = g_3(h)
    return normal(h) + log_det_1 + log_det_2 + log_det_3


def split_first(x, g_1, g_2, g_3):
    """Each map behind its split, so the first half leaves untouched."""
    d = x.shape[1] // 2
    e = (x.shape[1] - d) // 2
    h, log_det_1 = g_1(x[:, d:])
    h_b, log_det_2 = g_2(h[:, e:])
    z_3, log_det_3 = g_3(h_b)
    return normal(x[:, :d], h[:, :e], z_3) + log_det_1 + log_det_2 + log_det_3


def from_the_data(x, g_1, g_2, g_3):
    """Each map gets a part of x instead of what the map before it made."""
    d = x.shape[1] // 2
    e = (x.shape[1] - d) // 2
    h, log_det_1 = g_1(x)
    h_b, log_det_2 = g_2(x[:, d:])
    z_3, log_det_3 = g_3(x[:, d + e :])
    return normal(h[:, :d], h_b[:, :e], z_3) + log_det_1 + log_det_2 + log_det_3


def bend(x):
    """A bijection of any number of coordinates, each with a slope of its own that depends on x."""
    s = 0.6 + 0.5 * np.arange(x.shape[1])
    return s * x + 0.1 * x**3 + 0.2, np.sum(np.log(s + 0.3 * x**2), axis=1)


def mix(x):
    """Each coordinate with half of the one before it, times 1.3."""
    before = np.concatenate([np.zeros((len(x), 1)), x[:, :-1]], axis=1)
    return 1.3 * (x + 0.5 * before), np.full(len(x), x.shape[1] * np.log(1.3))


G = named("a bend", bend)
MIX = named("a mixture of neighbours", mix)
FALLING = named("a falling map", lambda x: (0.7 - 1.4 * x, np.full(len(x), x.shape[1] * np.log(1.4))))
IDENTITY = named("the identity", lambda x: (x, np.zeros(len(x))))

X_7 = np.array(
    [
        [0.4, -1.2, 0.9, 1.7, -0.3, 0.6, -0.8],
        [1.1, 0.5, -1.6, 0.2, 0.8, -1.4, 0.3],
        [-0.7, 0.1, 0.6, -0.9, 1.3, 1.2, -0.5],
    ]
)
X_4 = np.array([[0.3, 1.5, -0.8, 0.6], [-1.4, 0.7, 1.2, -0.5]])
X_3 = np.array([[1.3, -0.9, 0.4]])

EXERCISE = Exercise(
    id="9.3",
    title="A split inside a split",
    difficulty=2,
    minutes=10,
    key=three_levels_log_prob,
    probes=((X_7, MIX, G, FALLING), (X_4, G, FALLING, MIX), (X_3, FALLING, MIX, G)),
    misconceptions=(
        Misconception(
            "what left is not scored",
            with_parts(lambda z_1, z_2, z_3, logs: normal(z_3) + logs.sum(axis=0)),
            "You score what came out of the last map. What left before is part of the latent as well: it has "
            "not been thrown away.",
        ),
        Misconception(
            "the middle is not scored",
            with_parts(lambda z_1, z_2, z_3, logs: normal(z_1, z_3) + logs.sum(axis=0)),
            "What left first and what came last is scored. What left at the second split is missing.",
        ),
        Misconception(
            "no log-det",
            with_parts(lambda z_1, z_2, z_3, logs: normal(z_1, z_2, z_3)),
            "All latents are scored, but the maps stretch and squeeze, and that is missing.",
        ),
        Misconception(
            "log-det subtracted",
            with_parts(lambda z_1, z_2, z_3, logs: normal(z_1, z_2, z_3) - logs.sum(axis=0)),
            "The log-dets have the wrong sign. From data to latent the formula always has a plus sign.",
        ),
        Misconception(
            "only the last log-det",
            with_parts(lambda z_1, z_2, z_3, logs: normal(z_1, z_2, z_3) + logs[-1]),
            "Only the last log-det counts in your sum. The maps are a chain: all of them add.",
        ),
        Misconception(
            "second half leaves",
            second_half_leaves,
            "You let the second half leave and send the first one on. Here the first half leaves.",
        ),
        Misconception(
            "no splits",
            no_splits,
            "You send all coordinates through all maps. That is a flow without splits.",
        ),
        Misconception(
            "split before each map",
            split_first,
            "Your first half leaves before `g_1` has seen it. The steps stand in front of the split.",
        ),
        Misconception(
            "parts of the data",
            from_the_data,
            "Your later maps get a part of `x`. They should get what the map before them has made of it.",
        ),
        Misconception(
            "added over the batch",
            lambda x, g_1, g_2, g_3: np.sum(three_levels_log_prob(x, g_1, g_2, g_3)) + np.zeros(len(x)),
            "You add the log-densities of all examples. Here each keeps its own number.",
        ),
        Misconception(
            "larger half first",
            with_parts(
                lambda z_1, z_2, z_3, logs: normal(z_1, z_2, z_3) + logs.sum(axis=0), larger_first=True
            ),
            "With an odd number of coordinates your first half is the larger one. The first `d // 2` leave: "
            "which half gets the one in the middle?",
        ),
        Misconception(
            "no constant",
            with_parts(
                lambda z_1, z_2, z_3, logs: (
                    -sum(np.sum(z**2, axis=1) for z in (z_1, z_2, z_3)) / 2 + logs.sum(axis=0)
                )
            ),
            "The squares are right. The density of each normal coordinate has a constant as well.",
        ),
    ),
    properties=(
        (
            "if all maps are the identity, it is the standard normal log-density of `x`",
            lambda fn: np.allclose(fn(X_7, IDENTITY, IDENTITY, IDENTITY), normal(X_7)),
        ),
        (
            "if the last two maps are the identity, it is the log-density of a flow with `g_1` alone",
            lambda fn: np.allclose(fn(X_4, G, IDENTITY, IDENTITY), normal(G(X_4)[0]) + G(X_4)[1]),
        ),
        (
            "what one example gives does not depend on the others",
            lambda fn: np.allclose(fn(X_7, MIX, G, FALLING)[:1], fn(X_7[:1], MIX, G, FALLING)),
        ),
    ),
    hints=(
        "Follow the numbers: `h, log_det_1 = g_1(x)`. Which part of `h` has left, and which goes to `g_2`?",
        "There are three latents, one from each level. Score all of them with the standard normal: the sum "
        "of `-0.5*(z**2 + np.log(2*np.pi))` over all coordinates of an example.",
        "Add the three log-dets. Each has one number for each example already.",
    ),
    why="What left early is a finished part of the latent. What goes on meets a flow of its own, and that "
    "has a split again: (9.9) inside of (9.9). Log-densities of independent parts add, and so do log-dets.",
)
