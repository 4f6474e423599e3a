"""Exercise 0.4: an affine coupling, undone."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import named


def undo(z_a, z_b, network, c):
    """x_b, when z_a = x_a, z_b = s x_b + t, log s = c tanh(s_hat), and s_hat, t = network(x_a)."""
    s_hat, t = network(z_a)
    return (z_b - t) * np.exp(-c * np.tanh(s_hat))


def scaled(rule):
    """A wrong way back, from a rule (z_b, s, t)."""

    def wrong(z_a, z_b, network, c):
        s_hat, t = network(z_a)
        return rule(z_b, np.exp(c * np.tanh(s_hat)), t)

    return wrong


def with_log_scale(log_scale):
    """(z_b - t) exp(-log s) with another log s, computed from c and s_hat."""

    def wrong(z_a, z_b, network, c):
        s_hat, t = network(z_a)
        return (z_b - t) * np.exp(-log_scale(c, s_hat))

    return wrong


def divided_by_log(z_a, z_b, network, c):
    s_hat, t = network(z_a)
    return (z_b - t) / (c * np.tanh(s_hat))


def divided_by_s_hat(z_a, z_b, network, c):
    s_hat, t = network(z_a)
    return (z_b - t) / s_hat


CURVED = named("a network: cos(a), a**2 - 0.4", lambda a: (np.cos(a), a**2 - 0.4))
CROSSED = named(
    "a network that adds the coordinates of a",
    lambda a: (
        0.6 - np.sum(a, axis=1, keepdims=True) * np.array([1, -0.7]),
        0.5 + np.sum(a**2, axis=1, keepdims=True) * np.array([-0.8, 1.1]),
    ),
)
A = np.array([[0.3, -0.9], [1.4, 0.6], [-0.7, 1.1]])
B = np.array([[1.2, 0.4], [-0.8, 2.1], [0.6, -1.5]])

EXERCISE = Exercise(
    id="0.4",
    title="The way back",
    difficulty=2,
    minutes=6,
    key=undo,
    probes=((A, B, CURVED, 1.5), (B[:2], A[:2], CROSSED, 0.8), (A[:, ::-1], B[::-1], CURVED, 0.6)),
    misconceptions=(
        Misconception(
            "s_hat taken for log s",
            with_log_scale(lambda c, s_hat: s_hat),
            "You take the network's output for `log s`. The coupling sends it through `c tanh` first.",
        ),
        Misconception(
            "s_hat taken for s",
            divided_by_s_hat,
            "You divide by the network's output. The scale `s` is made of it, by `c tanh` and then `exp`.",
        ),
        Misconception(
            "in the wrong order",
            scaled(lambda z_b, s, t: z_b / s - t),
            "Forward scales first and shifts then. What was done last must be undone first.",
        ),
        Misconception(
            "shift with the wrong sign",
            scaled(lambda z_b, s, t: (z_b + t) / s),
            "The shift goes in the same direction once more: take it away.",
        ),
        Misconception(
            "scaled again",
            scaled(lambda z_b, s, t: (z_b - t) * s),
            "The shift is undone. The scale is applied once more: divide by it.",
        ),
        Misconception(
            "forward again",
            scaled(lambda z_b, s, t: s * z_b + t),
            "This is the way forward, from `x_b` to `z_b`, once more.",
        ),
        Misconception(
            "shift forgotten",
            scaled(lambda z_b, s, t: z_b / s),
            "The scale is undone. The shift is still there.",
        ),
        Misconception(
            "scale forgotten",
            scaled(lambda z_b, s, t: z_b - t),
            "The shift is undone. The scale is still there.",
        ),
        Misconception(
            "only the shift divided",
            scaled(lambda z_b, s, t: z_b - t / s),
            "Python divides before it subtracts: only `t` was divided by the scale. Parentheses help.",
        ),
        Misconception(
            "divided by the logarithm",
            divided_by_log,
            "You divide by `log s`. The numbers were multiplied by `s` itself.",
        ),
        Misconception(
            "no tanh",
            with_log_scale(lambda c, s_hat: c * s_hat),
            "The network puts out `s_hat`. Between that and `log s` stands a `tanh`.",
        ),
        Misconception(
            "no c",
            with_log_scale(lambda c, s_hat: np.tanh(s_hat)),
            "The bound `c` is missing: it multiplies the `tanh`.",
        ),
        Misconception(
            "c inside of tanh",
            with_log_scale(lambda c, s_hat: np.tanh(c * s_hat)),
            "The bound `c` multiplies the `tanh`, not what is in it: outside it bounds, inside it does not.",
        ),
        Misconception(
            "network at the other half",
            lambda z_a, z_b, network, c: undo(z_b, z_b, network, c),
            "You ask the network at the half that was changed. It was asked at `x_a`, and there it "
            "gives the same numbers again.",
        ),
    ),
    properties=(
        (
            "scaled and shifted again, your `x_b` is `z_b`",
            lambda fn: np.allclose(
                np.exp(1.5 * np.tanh(CURVED(A)[0])) * fn(A, B, CURVED, 1.5) + CURVED(A)[1], B
            ),
        ),
        (
            "where `z_b` is the shift `t` itself, `x_b` is 0",
            lambda fn: np.allclose(fn(A, CURVED(A)[1], CURVED, 1.5), 0),
        ),
    ),
    hints=(
        "You have `z_a`, and it is `x_a`. So you can ask the network what it was asked on the way forward.",
        "Solve `z_b = s x_b + t` for `x_b`.",
        "`s_hat, t = network(z_a)`, then `log_s = c * np.tanh(s_hat)`. To divide by `s`, multiply by "
        "`np.exp(-log_s)`.",
    ),
    why="The network is evaluated, at the half that has not changed, and never inverted. So it may be any "
    "network, and the way back is as fast as the way forward.",
)
