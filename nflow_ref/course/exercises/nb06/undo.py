"""Exercise 6.6: undo two couplings that take turns."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from .probes import FIRST_1, FIRST_2, NOTHING, SECOND_1, SECOND_2, Z_2, Z_3, Z_4


def undo_two(z, first, second):
    """x, (N, D), from z. first(x_a) = (s, t) changed x_b, then second(new x_b) = (s, t) changed x_a."""
    d = z.shape[1] // 2
    z_a, z_b = z[:, :d], z[:, d:]
    s, t = second(z_b)
    x_a = (z_a - t) / s
    s, t = first(x_a)
    return np.concatenate([x_a, (z_b - t) / s], axis=1)


def undone(half, said):
    """A half without the scales and shifts that a network said."""
    s, t = said
    return (half - t) / s


def step_by_step(undo, width=lambda z: z.shape[1] // 2):
    """An inverse that undoes each coupling by the rule undo(half, (s, t))."""

    def inverse(z, first, second):
        d = width(z)
        x_a = undo(z[:, :d], second(z[:, d:]))
        return np.concatenate([x_a, undo(z[:, d:], first(x_a))], axis=1)

    return inverse


def first_undone_first(z, first, second):
    d = z.shape[1] // 2
    x_b = undone(z[:, d:], first(z[:, :d]))
    return np.concatenate([undone(z[:, :d], second(x_b)), x_b], axis=1)


def both_asked_at_z(z, first, second):
    a, b = np.split(z, [z.shape[1] // 2], axis=1)
    return np.concatenate([undone(a, second(b)), undone(b, first(a))], axis=1)


def forward(z, first, second):
    d = z.shape[1] // 2
    s, t = first(z[:, :d])
    z_b = s * z[:, d:] + t
    s, t = second(z_b)
    return np.concatenate([s * z[:, :d] + t, z_b], axis=1)


def only_second(z, first, second):
    a, b = np.split(z, [z.shape[1] // 2], axis=1)
    return np.concatenate([undone(a, second(b)), b], axis=1)


def only_first(z, first, second):
    a, b = np.split(z, [z.shape[1] // 2], axis=1)
    return np.concatenate([a, undone(b, first(a))], axis=1)


def exchanged(z, first, second):
    a, b = np.split(undo_two(z, first, second), [z.shape[1] // 2], axis=1)
    return np.concatenate([b, a], axis=1)


EXERCISE = Exercise(
    id="6.6",
    title="Undo two couplings",
    difficulty=2,
    minutes=8,
    key=undo_two,
    probes=((Z_4, FIRST_2, SECOND_2), (Z_3, FIRST_2, SECOND_1), (Z_2, FIRST_1, SECOND_1)),
    misconceptions=(
        Misconception(
            "the first undone first",
            first_undone_first,
            "You undo the couplings in the order in which they were done. Which of the two was done last?",
        ),
        Misconception(
            "both networks asked at z",
            both_asked_at_z,
            "`second` is undone. But `first` was asked at `x_a`, and you ask it at the half that `second` "
            "had changed: use the one that you have just restored.",
        ),
        Misconception(
            "only the second undone",
            only_second,
            "The second coupling is undone, and the first is still there.",
        ),
        Misconception(
            "only the first undone",
            only_first,
            "You undo `first` alone, and that at a half which is not what it was: `second` has changed it.",
        ),
        Misconception(
            "forward again",
            forward,
            "These are both couplings once more, forward.",
        ),
        Misconception(
            "z / s - t",
            step_by_step(lambda half, said: half / said[0] - said[1]),
            "Each coupling multiplies first and shifts then. What was done last must be undone first, also "
            "within a coupling.",
        ),
        Misconception(
            "shift with the wrong sign",
            step_by_step(lambda half, said: (half + said[1]) / said[0]),
            "The shifts go in the same direction once more: undo them.",
        ),
        Misconception(
            "multiplied again",
            step_by_step(lambda half, said: (half - said[1]) * said[0]),
            "The shifts are undone. The scales are applied once more: undo them, too.",
        ),
        Misconception(
            "scale taken for its log",
            step_by_step(lambda half, said: (half - said[1]) * np.exp(-said[0])),
            "You take the exponential of what is a scale already, not its logarithm.",
        ),
        Misconception(
            "scale and shift exchanged",
            step_by_step(lambda half, said: (half - said[0]) / said[1]),
            "You subtract the scales and divide by the shifts. The pair is `s, t`, in this order.",
        ),
        Misconception(
            "halves of the batch",
            step_by_step(undone, width=lambda z: len(z) // 2),
            "You cut where half the number of examples is: `len(z)` is `N`. How many coordinates has an "
            "example?",
        ),
        Misconception(
            "halves exchanged",
            exchanged,
            "Both halves are right, but they come out in the wrong order.",
        ),
    ),
    properties=(
        (
            "where both networks say the scale 1 and the shift 0, nothing changes",
            lambda fn: np.allclose(fn(Z_4, NOTHING, NOTHING), Z_4),
        ),
        (
            "where `first` does nothing, the second half of the result is that of `z`",
            lambda fn: np.array_equal(fn(Z_4, NOTHING, SECOND_2)[:, 2:], Z_4[:, 2:]),
        ),
        (
            "where `second` does nothing, the first half of the result is that of `z`",
            lambda fn: np.array_equal(fn(Z_4, FIRST_2, NOTHING)[:, :2], Z_4[:, :2]),
        ),
        (
            "both couplings, forward, bring the result back to `z`",
            lambda fn: np.allclose(forward(fn(Z_4, FIRST_2, SECOND_2), FIRST_2, SECOND_2), Z_4),
        ),
    ),
    hints=(
        "The last coupling left the second half as it was. So what `second` said can be asked for again.",
        "With `x_a` restored, `first` can be asked at it, and the second half follows.",
        "Twice the same line, `(half - t) / s`, then `np.concatenate(..., axis=1)`.",
    ),
    why="A chain is undone from its end. At each step the half that decided is at hand, unchanged since "
    "then, so the network can be asked the same question again.",
)
