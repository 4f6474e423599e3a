"""Exercise 7.7: how far a step of training moves the latents."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def step_of_scale(x, s, m, b, eta):
    """How far z moves at each x, (N,), when log s takes a step eta > 0, to first order: array (2, N).

    Row 0: for z = s*x + b. Row 1: for z = s*(x - m) + b. s, m and b are numbers, s > 0. Asked are sizes.
    """
    return eta * s * np.abs(np.stack([x, x - m]))


def rows(rule):
    """A wrong answer, from a rule (what s is multiplied by, s, b, eta) -> how far z moves, for each row."""

    def wrong(x, s, m, b, eta):
        return np.stack([rule(x, s, b, eta), rule(x - m, s, b, eta)])

    return wrong


X = np.array([2006.0, 2008.5, 2007.3, 2009.9])
X_SMALL = np.array([-0.45, 0.7, 0.05])

EXERCISE = Exercise(
    id="7.7",
    title="How far one step goes",
    difficulty=2,
    minutes=8,
    key=step_of_scale,
    probes=((X, 1.25, 2008.0, 0.9, 0.24), (X_SMALL, 3.0, 0.3, -0.5, 0.2)),
    misconceptions=(
        Misconception(
            "z itself",
            rows(lambda y, s, b, eta: eta * np.abs(s * y + b)),
            "You multiply all of `z` by `eta`. The shift `b` does not depend on `s` and stays where it is.",
        ),
        Misconception(
            "a step of s",
            rows(lambda y, s, b, eta: eta * np.abs(y)),
            "This is a step of `s`. The parameter is `log s`, and `ds = s d(log s)`.",
        ),
        Misconception(
            "divided by s",
            rows(lambda y, s, b, eta: eta * np.abs(y) / s),
            "You divide by `s`. When `log s` changes by `eta`, `s` changes by `s*eta`.",
        ),
        Misconception(
            "a step of b",
            rows(lambda y, s, b, eta: eta + 0 * y),
            "This is what a step of `b` does. A step of `log s` turns the line, so it depends on `x`.",
        ),
        Misconception(
            "without the size",
            rows(lambda y, s, b, eta: eta * s * y),
            "The moves have the right size, and some have a sign. Asked is how far.",
        ),
        Misconception(
            "the whole change",
            rows(lambda y, s, b, eta: (np.exp(eta) - 1) * s * np.abs(y)),
            "You computed the whole change. To first order, it is `eta` times a derivative.",
        ),
        Misconception(
            "rows exchanged",
            lambda x, s, m, b, eta: eta * s * np.abs(np.stack([x - m, x])),
            "Your rows stand in the other order.",
        ),
        Misconception(
            "m in neither",
            lambda x, s, m, b, eta: eta * s * np.abs(np.stack([x, x])),
            "Row 0 is right. In row 1 `s` multiplies `x - m`.",
        ),
        Misconception(
            "m in both",
            lambda x, s, m, b, eta: eta * s * np.abs(np.stack([x - m, x - m])),
            "Row 1 is right. In Glow's form `s` multiplies `x` itself.",
        ),
        Misconception(
            "m added",
            lambda x, s, m, b, eta: eta * s * np.abs(np.stack([x, x + m])),
            "Row 0 is right. In row 1 you add `m`: look at the bracket once more.",
        ),
        Misconception(
            "no step",
            rows(lambda y, s, b, eta: s * np.abs(y)),
            "This is the derivative with respect to `log s`. How long is the step?",
        ),
        Misconception(
            "m not scaled",
            lambda x, s, m, b, eta: eta * np.abs(np.stack([s * x, s * x - m])),
            "Row 0 is right. In row 1 `m` stands inside the bracket, and is scaled with `x`.",
        ),
    ),
    properties=(
        ("the result has the shape `(2, N)`", lambda fn: np.shape(fn(X, 1.25, 2008.0, 0.9, 0.24)) == (2, 4)),
        (
            "`b` makes no difference",
            lambda fn: np.allclose(fn(X, 1.25, 2008.0, 0.9, 0.24), fn(X, 1.25, 2008.0, -7.0, 0.24)),
        ),
        (
            "row 1 stays as it is when `x` and `m` move together",
            lambda fn: np.allclose(
                fn(X_SMALL, 3.0, 0.2, -0.5, 0.2)[1], fn(X_SMALL + 100, 3.0, 100.2, -0.5, 0.2)[1]
            ),
        ),
        (
            "a step twice as long goes twice as far",
            lambda fn: np.allclose(fn(X_SMALL, 3.0, 0.2, -0.5, 0.4), 2 * fn(X_SMALL, 3.0, 0.2, -0.5, 0.2)),
        ),
    ),
    hints=(
        "Differentiate `z` with respect to `log s`: what does `s` multiply, and how does `s` change?",
        "In both forms it is `s` times what `s` multiplies. `np.abs` makes a size of it.",
        "`np.stack([x, x - m])` has both rows.",
    ),
    why="A step of the scale turns the line about the point where `s` multiplies 0. In Glow's form this is "
    "`x = 0`, which may be far from all data; after the subtraction it is their middle.",
)
