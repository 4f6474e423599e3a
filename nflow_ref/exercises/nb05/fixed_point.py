"""Exercise 5.5: the inverse of a residual map, by fixed-point iteration."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import named


def invert_residual(z, g, steps):
    """Nearly the x with z = x + g(x): begin at x = z and take this number of fixed-point steps."""
    x = z
    for _ in range(steps):
        x = z - g(x)
    return x


def iterate(step, x, steps):
    for _ in range(steps):
        x = step(x)
    return x


A = np.array([[0.4, -0.3], [0.2, 0.5]])
Z = np.array([[0.8, -1.3], [1.9, 0.6], [-0.7, 1.1]])
MIXED = named("0.6 tanh(A x)", lambda x: 0.6 * np.tanh(np.dot(x, A.T) + 0.5))
WAVE = named("0.7 cos(x)", lambda x: 0.7 * np.cos(x))
LINEAR = named("A x", lambda x: np.dot(x, A.T))

EXERCISE = Exercise(
    id="5.5",
    title="Undo a residual map",
    difficulty=2,
    minutes=7,
    key=invert_residual,
    probes=((Z, MIXED, 3), (Z[:2], WAVE, 4), (Z[1:], LINEAR, 2), (Z, WAVE, 60)),
    misconceptions=(
        Misconception(
            "x - g(x)",
            lambda z, g, steps: iterate(lambda x: x - g(x), z, steps),
            "Each step subtracts `g(x)` from the last guess, and so never stops moving. Solve "
            "`z = x + g(x)` for the first `x`: what is `g(x)` subtracted from?",
        ),
        Misconception(
            "z + g(x)",
            lambda z, g, steps: iterate(lambda x: z + g(x), z, steps),
            "Look at the sign: solve `z = x + g(x)` for the first `x`.",
        ),
        Misconception(
            "one step only",
            lambda z, g, steps: z - g(z),
            "This is the first step, whatever `steps` is. In each further step `g` is asked at the newest "
            "guess, not at `z` again.",
        ),
        Misconception(
            "a step too few",
            lambda z, g, steps: iterate(lambda x: z - g(x), z, steps - 1),
            "The iteration is right, and it stops one step too early.",
        ),
        Misconception(
            "a step too many",
            lambda z, g, steps: iterate(lambda x: z - g(x), z, steps + 1),
            "The iteration is right, and it takes one step more than it is asked for. It begins at `x = z`.",
        ),
        Misconception(
            "begins far away",
            lambda z, g, steps: iterate(lambda x: z - g(x), np.full_like(z, 10.0), steps),
            "The iteration is right, and from any start it arrives in the end. Here it is asked to begin at "
            "`x = z`.",
        ),
        Misconception(
            "begins at 0",
            lambda z, g, steps: iterate(lambda x: z - g(x), np.zeros_like(z), steps),
            "The steps are right, and they begin at 0. The docstring names another first guess.",
        ),
        Misconception(
            "to the end",
            lambda z, g, steps: iterate(lambda x: z - g(x), z, 300),
            "This is the limit, after very many steps. Asked is the guess after `steps` of them.",
        ),
        Misconception(
            "forward",
            lambda z, g, steps: z + g(z),
            "This is the map itself, from data to latent. Asked is the way back.",
        ),
        Misconception(
            "forward again and again",
            lambda z, g, steps: iterate(lambda x: x + g(x), z, steps),
            "This applies the map `steps` times. Asked is the point that one application brings to `z`.",
        ),
    ),
    properties=(
        (
            "after many steps, `x + g(x)` is `z`",
            lambda fn: np.allclose(fn(Z, MIXED, 80) + MIXED(fn(Z, MIXED, 80)), Z),
        ),
        ("after 0 steps, the guess is `z` itself", lambda fn: np.allclose(fn(Z, MIXED, 0), Z)),
        (
            "after 1 step, it is `z - g(z)`",
            lambda fn: np.allclose(fn(Z, MIXED, 1), Z - MIXED(Z)),
        ),
    ),
    hints=(
        "Write `z = x + g(x)` as `x = ...`. The right side still contains `x`: put the last guess there.",
        "Each step computes `z - g(x)` from the guess `x`, and this is the next guess.",
        "Begin with `x = z`, and repeat `x = z - g(x)` in a loop of `steps` turns.",
    ),
    why="The step `x -> z - g(x)` moves any two guesses nearer to each other when `g` has a Lipschitz "
    "constant below 1. So the guesses close in on one point, and there `x + g(x) = z`.",
)
