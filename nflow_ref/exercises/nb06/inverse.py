"""Exercise 6.2: the inverse of an affine coupling."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from .probes import COUPLINGS, ONES, SCALE_2, SHIFT_2, Z_4, ZEROS


def affine_inverse(z, s, t):
    """x, (N, D), of z_a = x_a, z_b = s(x_a)*x_b + t(x_a); x_a is the first D // 2 coordinates."""
    d = z.shape[1] // 2
    z_a, z_b = z[:, :d], z[:, d:]
    return np.concatenate([z_a, (z_b - t(z_a)) / s(z_a)], axis=1)


def with_halves(rule, width=lambda z: z.shape[1] // 2):
    """A wrong inverse, from a rule (z_a, z_b, s, t) -> (first, second)."""

    def wrong(z, s, t):
        d = width(z)
        return np.concatenate(rule(z[:, :d], z[:, d:], s, t), axis=1)

    return wrong


EXERCISE = Exercise(
    id="6.2",
    title="The inverse without inverting a network",
    difficulty=2,
    minutes=6,
    key=affine_inverse,
    probes=COUPLINGS,
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
            "scale forgotten",
            with_halves(lambda a, b, s, t: (a, b - t(a))),
            "The shift is undone, and the scale is still there.",
        ),
        Misconception(
            "only the shift divided",
            with_halves(lambda a, b, s, t: (a, b - t(a) / s(a))),
            "Python divides before it subtracts: in `z_b - t/s` only the shift is divided by `s`.",
        ),
        Misconception(
            "scale taken for its log",
            with_halves(lambda a, b, s, t: (a, (b - t(a)) * np.exp(-s(a)))),
            "You take the exponential of `s`. Here `s` returns the scale itself, not its logarithm.",
        ),
        Misconception(
            "halves of the batch",
            with_halves(lambda a, b, s, t: (a, (b - t(a)) / s(a)), width=lambda z: len(z) // 2),
            "You cut where half the number of examples is: `len(z)` is `N`. How many coordinates has an "
            "example?",
        ),
        Misconception(
            "the first half is wider",
            with_halves(lambda a, b, s, t: (a, (b - t(a)) / s(a)), width=lambda z: (z.shape[1] + 1) // 2),
            "When `D` is odd, the halves are not alike. Here the first one is the narrower, with `D // 2` "
            "coordinates.",
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
            lambda fn: np.allclose(fn(Z_4, ONES, ZEROS), Z_4),
        ),
        (
            "the first half of the result is the first half of `z`",
            lambda fn: np.array_equal(fn(Z_4, SCALE_2, SHIFT_2)[:, :2], Z_4[:, :2]),
        ),
        (
            "forward brings the result back to `z`",
            lambda fn: np.allclose(
                SCALE_2(Z_4[:, :2]) * fn(Z_4, SCALE_2, SHIFT_2)[:, 2:] + SHIFT_2(Z_4[:, :2]), Z_4[:, 2:]
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
