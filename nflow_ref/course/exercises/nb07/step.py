"""Exercise 7.8: the largest step of training that throws no latent far."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def largest_step(x, most):
    """The largest step eta with which no latent of x, (N,), moves by more than `most`: array (3,).

    [0]: z = s*x + b. [1]: z = s*(x - m), m learned. [2]: z = s*(x - m) + b, m held. Each is initialised on
    x. Then both of its learned parameters, log s and a shift, move by eta at once, each up or down. To
    first order.
    """
    m, std = np.mean(x), np.std(x)
    glow = np.max(np.abs(x)) / std + 1
    learned = np.max(np.abs(x - m)) / std + 1 / std
    held = np.max(np.abs(x - m)) / std + 1
    return most / np.array([glow, learned, held])


def moves(rule, largest=np.max, joined=np.add, spread=np.std):
    """A wrong answer, from a rule (x, m, std) -> pairs (moves by log s, moves by the shift)."""

    def wrong(x, most):
        return most / np.array([joined(largest(np.abs(a)), b) for a, b in rule(x, np.mean(x), spread(x))])

    return wrong


def right(x, m, std):
    return [(x / std, 1), ((x - m) / std, 1 / std), ((x - m) / std, 1)]


X = np.array([2006.0, 2008.5, 2007.3, 2009.9])
X_SMALL = np.array([-0.75, 0.2, 0.1])

EXERCISE = Exercise(
    id="7.8",
    title="How far one step may go",
    difficulty=2,
    minutes=8,
    key=largest_step,
    probes=((X, 0.24), (X_SMALL, 0.7)),
    misconceptions=(
        Misconception(
            "log s only",
            moves(lambda x, m, std: [(a, 0) for a, _ in right(x, m, std)]),
            "You let `log s` move alone. The shift takes its step at the same time.",
        ),
        Misconception(
            "the larger of the two",
            moves(right, joined=np.maximum),
            "You take the larger of the two moves. Both happen at once, and in the worst case they add up.",
        ),
        Misconception(
            "root of the sum of squares",
            moves(right, joined=np.hypot),
            "You add the two moves like sides of a right angle. They act on the same number `z`.",
        ),
        Misconception(
            "they may cancel",
            moves(right, joined=lambda a, b: np.abs(a - b)),
            "You let the two moves work against each other. Nobody knows their signs beforehand: take the "
            "worst case.",
        ),
        Misconception(
            "the mean of the moves",
            moves(right, largest=np.mean),
            "You average over the examples. No latent may move too far: which example goes farthest?",
        ),
        Misconception(
            "the example that moves least",
            moves(right, largest=np.min),
            "This is the step for the example that moves least. Which one goes farthest?",
        ),
        Misconception(
            "a step of s",
            moves(lambda x, m, std: [(x, 1), (x - m, 1 / std), (x - m, 1)]),
            "You take a step of `s`. The parameter is `log s`, and `ds = s d(log s)`.",
        ),
        Misconception(
            "s = std",
            moves(lambda x, m, std: [(x * std, 1), ((x - m) * std, std), ((x - m) * std, 1)]),
            "You multiply by the standard deviation. What is `s` after the initialisation?",
        ),
        Misconception(
            "a step of m moves z by as much",
            moves(lambda x, m, std: [(x / std, 1), ((x - m) / std, 1), ((x - m) / std, 1)]),
            "The first and the third are right. In the second, `m` stands inside the bracket: it is in units "
            "of `x`.",
        ),
        Misconception(
            "a step of m is divided by s",
            moves(lambda x, m, std: [(x / std, 1), ((x - m) / std, std), ((x - m) / std, 1)]),
            "The first and the third are right. In the second, a step of `m` is multiplied by `s`, not "
            "divided by it.",
        ),
        Misconception(
            "m subtracted in Glow's form",
            moves(lambda x, m, std: [((x - m) / std, 1), ((x - m) / std, 1 / std), ((x - m) / std, 1)]),
            "The second and the third are right. In Glow's form `s` multiplies `x` itself.",
        ),
        Misconception(
            "m in no form",
            moves(lambda x, m, std: [(x / std, 1), (x / std, 1 / std), (x / std, 1)]),
            "The first is right. In the others `s` multiplies `x - m`.",
        ),
        Misconception(
            "moves instead of steps",
            lambda x, most: most**2 / largest_step(x, most),
            "This is how far the latents move with a step of the length `most`. Asked is the step.",
        ),
        Misconception(
            "ddof=1",
            moves(right, spread=lambda x: np.std(x, ddof=1)),
            "Your variance divides by `N - 1`. That of the initialisation divides by `N`.",
        ),
    ),
    properties=(
        ("the result has the shape `(3,)`", lambda fn: np.shape(fn(X, 0.24)) == (3,)),
        (
            "in other units of `x` the third stays as it is",
            lambda fn: np.allclose(fn(X_SMALL, 0.7)[2], fn(100 * X_SMALL, 0.7)[2]),
        ),
        (
            "far from 0 the second and the third stay as they are",
            lambda fn: np.allclose(fn(X_SMALL, 0.7)[1:], fn(X_SMALL + 50, 0.7)[1:]),
        ),
        (
            "when the latents may go twice as far, the step may be twice as long",
            lambda fn: np.allclose(fn(X, 0.48), 2 * fn(X, 0.24)),
        ),
    ),
    hints=(
        "(7.17) has all six derivatives. With `eta` they say how far each parameter moves `z`.",
        "In the worst case the two moves of an example add up. The farthest example decides.",
        "`eta` times the largest sum may be `most`.",
    ),
    why="For years, Glow's form allows steps some thousand times shorter than the form of (7.5), and a "
    "learned `m` depends on the units. With `m` held one step size serves all data.",
)
