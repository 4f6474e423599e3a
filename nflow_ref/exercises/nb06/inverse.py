"""Exercise 6.2: the inverse of an affine coupling."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import named
from .probes import SCALE_2, SCALE_3, SHIFT_2, SHIFT_3, Z_4, Z_5


def affine_inverse(z, s, t):
    """x, (N, D), of z_a = x_a, z_b = s(x_a)*x_b + t(x_a); x_a is the first D // 2 coordinates."""
    d = z.shape[1] // 2
    z_a, z_b = z[:, :d], z[:, d:]
    return np.concatenate([z_a, (z_b - t(z_a)) / s(z_a)], axis=1)


def with_halves(rule):
    """A wrong inverse, from a rule (z_a, z_b, s, t) -> (first, second)."""

    def wrong(z, s, t):
        d = z.shape[1] // 2
        return np.concatenate(rule(z[:, :d], z[:, d:], s, t), axis=1)

    return wrong


ONES = named("1", lambda a: np.ones((len(a), 3)))
ZEROS = named("0", lambda a: np.zeros((len(a), 3)))

EXERCISE = Exercise(
    id="6.2",
    title="The inverse without inverting a network",
    difficulty=2,
    minutes=6,
    key=affine_inverse,
    probes=((Z_5, SCALE_3, SHIFT_3), (Z_4, SCALE_2, SHIFT_2)),
    misconceptions=(
        Misconception(
            "z_b / s - t",
            with_halves(lambda a, b, s, t: (a, b / s(a) - t(a))),
            "Forward multiplies first and shifts then. What was done last must be undone first.",
        ),
        Misconception(
            "shift with the wrong sign",
            with_halves(lambda a, b, s, t: (a, (b + t(a)) / s(a))),
            "The shift goes in the same direction once more: undo it.",
        ),
        Misconception(
            "multiplied again",
            with_halves(lambda a, b, s, t: (a, (b - t(a)) * s(a))),
            "The shift is undone. The scale is applied once more: undo it, too.",
        ),
        Misconception(
            "network at the changed half",
            with_halves(lambda a, b, s, t: (a, (b - t(b)) / s(b))),
            "You ask `s` and `t` at the half that was changed. Forward asked them at the other half, and "
            "only there are they the same numbers again.",
        ),
        Misconception(
            "forward again",
            with_halves(lambda a, b, s, t: (a, s(a) * b + t(a))),
            "This is the forward map once more.",
        ),
        Misconception(
            "shift forgotten",
            with_halves(lambda a, b, s, t: (a, b / s(a))),
            "The scale is undone, and the shift is still there.",
        ),
        Misconception(
            "halves exchanged",
            with_halves(lambda a, b, s, t: ((b - t(a)) / s(a), a)),
            "Both halves are right, but they come out in the wrong order.",
        ),
    ),
    properties=(
        (
            "with `s = 1` and `t = 0` everywhere nothing changes",
            lambda fn: np.allclose(fn(Z_5, ONES, ZEROS), Z_5),
        ),
        (
            "the first half of the result is the first half of `z`",
            lambda fn: np.array_equal(fn(Z_5, SCALE_3, SHIFT_3)[:, :2], Z_5[:, :2]),
        ),
        (
            "forward brings the result back to `z`",
            lambda fn: np.allclose(
                SCALE_3(Z_5[:, :2]) * fn(Z_5, SCALE_3, SHIFT_3)[:, 2:] + SHIFT_3(Z_5[:, :2]), Z_5[:, 2:]
            ),
        ),
    ),
    hints=(
        "Which half of `z` is known to be equal to the same half of `x`?",
        "With `x_a = z_a` known, `s` and `t` can be computed as forward computed them. Then the equation "
        "for `z_b` has one unknown, `x_b`.",
        "Subtract the shift, then divide by the scale, then `np.concatenate(..., axis=1)`.",
    ),
    why="The half that decides has not changed, so the inverse can ask the network the same question and "
    "gets the same answer. The network itself is never inverted.",
)
