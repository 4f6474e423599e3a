"""Exercise 4.4: a gradient by central differences."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import named


def gradient_by_differences(theta, loss, h):
    """The gradient of loss at theta, (P,), by central differences with step h."""
    gradient = []
    for j in range(len(theta)):
        step = h * (np.arange(len(theta)) == j)
        gradient.append((loss(theta + step) - loss(theta - step)) / (2 * h))
    return np.array(gradient)


def answer(shifts, width):
    """A wrong answer: differences of the loss at theta + h*p and at theta + h*q, over `width` times h.

    `shifts(j, n)` gives p and q, two arrays (n,), for coordinate j of n.
    """

    def gradient(theta, loss, h):
        pairs = [shifts(j, len(theta)) for j in range(len(theta))]
        return np.array([(loss(theta + h * p) - loss(theta + h * q)) / (width * h) for p, q in pairs])

    return gradient


def axis(j, n):
    return (np.arange(n) == j).astype(float)


def no_division(theta, loss, h):
    return 2 * h * gradient_by_differences(theta, loss, h)


def second_difference(theta, loss, h):
    """Forward minus backward difference, over h: the second derivatives, nearly."""
    forward = answer(lambda j, n: (axis(j, n), 0 * axis(j, n)), 1)
    backward = answer(lambda j, n: (0 * axis(j, n), -axis(j, n)), 1)
    return (forward(theta, loss, h) - backward(theta, loss, h)) / h


CURVED = named("t0**3 + t0*t1**2 + exp(t1)", lambda t: t[0] ** 3 + t[0] * t[1] ** 2 + np.exp(t[1]))
THREE = named(
    "t0**2 * t1 + sin(t2) + t1**3 * t2",
    lambda t: t[0] ** 2 * t[1] + np.sin(t[2]) + t[1] ** 3 * t[2],
)
LINEAR = named("2 t0 - 5 t1", lambda t: 2 * t[0] - 5 * t[1])

EXERCISE = Exercise(
    id="4.4",
    title="A gradient by central differences",
    difficulty=2,
    minutes=8,
    key=gradient_by_differences,
    probes=(
        (np.array([0.8, -0.5]), CURVED, 0.2),
        (np.array([1.1, 0.7, -0.6]), THREE, 0.1),
    ),
    misconceptions=(
        Misconception(
            "forward difference",
            answer(lambda j, n: (axis(j, n), 0 * axis(j, n)), 1),
            "You go forward only. The error is then proportional to `h`; with a step to both sides it is "
            "proportional to the square of `h`.",
        ),
        Misconception(
            "backward difference",
            answer(lambda j, n: (0 * axis(j, n), -axis(j, n)), 1),
            "You go backward only. The terms of the second derivative cancel only if you go to both sides.",
        ),
        Misconception(
            "divided by h",
            answer(lambda j, n: (axis(j, n), -axis(j, n)), 1),
            "Twice too large: how far apart are the two points at which you ask the loss?",
        ),
        Misconception(
            "no division",
            no_division,
            "These are the differences of the loss. A derivative is a difference divided by a distance.",
        ),
        Misconception(
            "all coordinates at once",
            answer(lambda j, n: (np.ones(n), -np.ones(n)), 2),
            "You move all coordinates at once, so every entry is the sum of all partial derivatives. Move "
            "one of them at a time.",
        ),
        Misconception(
            "wrong sign",
            answer(lambda j, n: (-axis(j, n), axis(j, n)), 2),
            "The sign is reversed: the gradient points to where the loss grows.",
        ),
        Misconception(
            "earlier coordinates stay moved",
            answer(
                lambda j, n: (axis(j, n) - (np.arange(n) < j), -axis(j, n) - (np.arange(n) < j)),
                2,
            ),
            "The first entry is right. For the others, the coordinates before them have not been moved back: "
            "start from `theta` again for each coordinate.",
        ),
        Misconception(
            "divided by 2, multiplied by h",
            lambda theta, loss, h: h**2 * gradient_by_differences(theta, loss, h),
            "`/ 2 * h` divides by 2 and then multiplies by `h`. The whole distance belongs below the "
            "fraction bar: where do parentheses help?",
        ),
        Misconception(
            "half a step to each side",
            lambda theta, loss, h: gradient_by_differences(theta, loss, h / 2),
            "A central difference, but you go only half a step to each side. Here the step to each side "
            "is `h`.",
        ),
        Misconception(
            "second difference",
            second_difference,
            "This is a difference of differences: it estimates the second derivatives. Which two losses "
            "does a first derivative need?",
        ),
        Misconception(
            "forward difference over 2 h",
            answer(lambda j, n: (axis(j, n), 0 * axis(j, n)), 2),
            "You divide by `2 * h`, but your two points are only `h` apart: one of them is `theta` itself.",
        ),
    ),
    properties=(
        (
            "for a linear loss it is exact",
            lambda fn: np.allclose(fn(np.array([0.3, 1.2]), LINEAR, 0.25), [2, -5]),
        ),
        (
            "the step `-h` gives the same result as `h`",
            lambda fn: np.allclose(
                fn(np.array([0.8, -0.5]), CURVED, -0.2), fn(np.array([0.8, -0.5]), CURVED, 0.2)
            ),
        ),
        (
            "a tenth of the step changes the result by less than 2 h²",
            lambda fn: np.all(
                np.abs(fn(np.array([0.8, -0.5]), CURVED, 0.02) - fn(np.array([0.8, -0.5]), CURVED, 0.2))
                < 0.08
            ),
        ),
    ),
    hints=(
        "One coordinate at a time: how much does the loss change when only `theta[j]` changes?",
        "For coordinate `j`, make an array `step` that is `h` at `j` and 0 elsewhere. Ask the loss at "
        "`theta + step` and at `theta - step`.",
        "The difference of the two losses, divided by `2 * h`, is entry `j`. Collect them in an array.",
    ),
    why="With a step to both sides the second derivatives cancel, so the error is of the order of `h**2`. It "
    "takes two losses for each parameter: good for a test, much too slow for training.",
)
