"""Exercise 5.5: the inverse of a scaled residual map, by an iteration that the learner must find."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import named


def invert_scaled_residual(z, a, g, steps):
    """Nearly the x with z = a*x + g(x): begin at x = z/a and take this number of fixed-point steps."""
    x = z / a
    for _ in range(steps):
        x = (z - g(x)) / a
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
    title="Undo a scaled residual map",
    difficulty=2,
    minutes=8,
    key=invert_scaled_residual,
    probes=((Z, 1.6, MIXED, 3), (Z[:2], -1.3, WAVE, 4), (Z[1:], 0.9, LINEAR, 2), (Z, 1.1, WAVE, 60)),
    misconceptions=(
        Misconception(
            "x - g(x)",
            lambda z, a, g, steps: iterate(lambda x: (x - g(x)) / a, z / a, steps),
            "Each step subtracts `g(x)` from the last guess, and so never comes to rest. Solve "
            "`z = a*x + g(x)` for the first `x`: what is `g(x)` subtracted from?",
        ),
        Misconception(
            "z + g(x)",
            lambda z, a, g, steps: iterate(lambda x: (z + g(x)) / a, z / a, steps),
            "Look at the sign: solve `z = a*x + g(x)` for the first `x`.",
        ),
        Misconception(
            "a forgotten in the step",
            lambda z, a, g, steps: iterate(lambda x: z - g(x), z / a, steps),
            "This is the step of (5.14), which solves `z = x + g(x)`. Here the first `x` has a factor.",
        ),
        Misconception(
            "a forgotten everywhere",
            lambda z, a, g, steps: iterate(lambda x: z - g(x), z, steps),
            "This is (5.14) as it stands, from its start to its end. `a` does not occur in it.",
        ),
        Misconception(
            "only g divided",
            lambda z, a, g, steps: iterate(lambda x: z - g(x) / a, z / a, steps),
            "Python divides before it subtracts: in `z - g(x)/a` only `g(x)` is divided.",
        ),
        Misconception(
            "only z divided",
            lambda z, a, g, steps: iterate(lambda x: z / a - g(x), z / a, steps),
            "Only `z` is divided by `a`. Solve for `a*x` first, then divide all of it.",
        ),
        Misconception(
            "multiplied by a",
            lambda z, a, g, steps: iterate(lambda x: a * (z - g(x)), z / a, steps),
            "You multiply by `a`. Solve `a*x = z - g(x)` for `x`.",
        ),
        Misconception(
            "one step only",
            lambda z, a, g, steps: (z - g(z / a)) / a,
            "This is the first step, whatever `steps` is. In each further step `g` is asked at the newest "
            "guess, not at `z/a` again.",
        ),
        Misconception(
            "a step too few",
            lambda z, a, g, steps: iterate(lambda x: (z - g(x)) / a, z / a, steps - 1),
            "The iteration is right, and it stops one step too early.",
        ),
        Misconception(
            "a step too many",
            lambda z, a, g, steps: iterate(lambda x: (z - g(x)) / a, z / a, steps + 1),
            "The iteration is right, and it takes one step more than it is asked for. It begins at `z/a`.",
        ),
        Misconception(
            "begins at z",
            lambda z, a, g, steps: iterate(lambda x: (z - g(x)) / a, z, steps),
            "The steps are right, and they begin at `z`, where `g` and `a` are both left out. The docstring "
            "begins with `a` taken into account.",
        ),
        Misconception(
            "begins at 0",
            lambda z, a, g, steps: iterate(lambda x: (z - g(x)) / a, np.zeros_like(z), steps),
            "The steps are right, and they begin at 0. The docstring names another first guess.",
        ),
        Misconception(
            "to the end",
            lambda z, a, g, steps: iterate(lambda x: (z - g(x)) / a, z / a, 300),
            "This is the limit, after very many steps. Asked is the guess after `steps` of them.",
        ),
        Misconception(
            "forward",
            lambda z, a, g, steps: a * z + g(z),
            "This is the map itself, from data to latent. Asked is the way back.",
        ),
        Misconception(
            "forward again and again",
            lambda z, a, g, steps: iterate(lambda x: a * x + g(x), z, steps),
            "This applies the map `steps` times. Asked is the point that one application brings to `z`.",
        ),
    ),
    properties=(
        (
            "after many steps, `a*x + g(x)` is `z`",
            lambda fn: np.allclose(-1.3 * fn(Z, -1.3, MIXED, 80) + MIXED(fn(Z, -1.3, MIXED, 80)), Z),
        ),
        ("after 0 steps, the guess is `z/a`", lambda fn: np.allclose(fn(Z, 1.6, MIXED, 0), Z / 1.6)),
        (
            "when `g` is 0, every guess is `z/a`",
            lambda fn: np.allclose(fn(Z, -2.0, lambda x: 0 * x, 5), -Z / 2),
        ),
    ),
    hints=(
        "Write `z = a*x + g(x)` as `x = ...`. The right side still contains `x`: put the last guess there.",
        "Bring `g(x)` to the left first, then divide both sides by `a`.",
        "Begin with `x = z/a`, and in a loop of `steps` turns put the right side in the place of `x`.",
    ),
    why="The step `x -> (z - g(x))/a` moves any two guesses nearer to each other when `a` is larger in size "
    "than the Lipschitz constant of `g`: their distance is multiplied by the quotient of the two, at most. "
    "So the guesses close in on one point, and there `a*x + g(x) = z`.",
)
