"""Exercise 10.5: from one latent to another along an arc."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def angle(a, b):
    return np.arccos(np.dot(a, b) / np.sqrt(np.dot(a, a) * np.dot(b, b)))


def along_the_arc(a, b, t):
    """The points (K, D) at the fractions t (K,) of the way from a (D,) to b (D,)."""
    omega = np.arccos(np.dot(a, b) / np.sqrt(np.dot(a, a) * np.dot(b, b)))
    weights = np.sin(np.outer(1 - t, omega)), np.sin(np.outer(t, omega))
    return (weights[0] * a + weights[1] * b) / np.sin(omega)


def combined(first, second, a, b):
    return np.outer(first, a) + np.outer(second, b)


def line(a, b, t):
    return combined(1 - t, t, a, b)


def arc_with_angle(omega, a, b, t):
    return combined(np.sin((1 - t) * omega), np.sin(t * omega), a, b) / np.sin(omega)


A, B = np.array([-0.6, 0.7, -0.6]), np.array([0.2, -0.1, -0.6])
LONG, SHORT = np.array([-1.3, -0.2]), np.array([0.2, 0.5])
T = np.array([0.25, 0.6, 0.75, 0.9])
UP, ACROSS = np.array([0.0, 3.0]), np.array([3.0, 0.0])

EXERCISE = Exercise(
    id="10.5",
    title="Along the arc",
    difficulty=2,
    minutes=8,
    key=along_the_arc,
    probes=((A, B, T), (LONG, SHORT, T[:1])),
    misconceptions=(
        Misconception(
            "straight line",
            line,
            "This is the straight line. In the middle it comes nearer to 0 than the latents of images do.",
        ),
        Misconception(
            "line, stretched",
            lambda a, b, t: (
                line(a, b, t) * (np.sqrt(np.dot(a, a)) / np.sqrt(np.sum(line(a, b, t) ** 2, axis=1)))[:, None]
            ),
            "You take the straight line and give each point the length of `a`. That stays on the sphere, but "
            "does not arrive at a `b` of another length, and the angle does not grow evenly.",
        ),
        Misconception(
            "backwards",
            lambda a, b, t: along_the_arc(b, a, t),
            "The two weights are exchanged: at `t = 0` your point is `b`.",
        ),
        Misconception(
            "not divided",
            lambda a, b, t: along_the_arc(a, b, t) * np.sin(angle(a, b)),
            "At `t = 0` the result should be `a` itself. Both weights are divided by something.",
        ),
        Misconception(
            "lengths not divided out",
            lambda a, b, t: arc_with_angle(np.arccos(np.dot(a, b)), a, b, t),
            "The inner product alone is not the cosine of the angle: it also contains both lengths.",
        ),
        Misconception(
            "right angle taken for granted",
            lambda a, b, t: combined(np.cos(np.pi * t / 2), np.sin(np.pi * t / 2), a, b),
            "You take a right angle for granted. Two random latents nearly have one, but compute it from "
            "`a` and `b`.",
        ),
        Misconception(
            "roots for weights",
            lambda a, b, t: combined(np.sqrt(1 - t), np.sqrt(t), a, b),
            "Your weights have squares that sum to 1. This keeps the length only if `a` and `b` are "
            "orthogonal, and the angle does not grow evenly.",
        ),
        Misconception(
            "root of the lengths forgotten",
            lambda a, b, t: arc_with_angle(np.arccos(np.dot(a, b) / (np.dot(a, a) * np.dot(b, b))), a, b, t),
            "You divide the inner product by the squares of both lengths. The cosine needs the lengths.",
        ),
        Misconception(
            "unit vectors",
            lambda a, b, t: along_the_arc(a / np.sqrt(np.dot(a, a)), b / np.sqrt(np.dot(b, b)), t),
            "Your points lie on the sphere of radius 1. Only the angle is computed without the lengths: the "
            "points lie between `a` and `b` as they are.",
        ),
        Misconception(
            "weights that sum to 1",
            lambda a, b, t: line(a, b, np.sin(t * angle(a, b)) / np.sin(angle(a, b))),
            "The weight of `b` is right. Yours of `a` is what is missing to 1, which leads along the "
            "straight line.",
        ),
        Misconception(
            "the cosine for the angle",
            lambda a, b, t: arc_with_angle(np.cos(angle(a, b)), a, b, t),
            "You use the cosine as if it were the angle. Which function leads from one to the other?",
        ),
    ),
    properties=(
        (
            "it starts at `a` and ends at `b`",
            lambda fn: np.allclose(fn(A, B, np.array([0.0, 1.0])), [A, B]),
        ),
        (
            "from (0, 3) to (3, 0) it stays at distance 3 from 0",
            lambda fn: np.allclose(np.sum(fn(UP, ACROSS, T) ** 2, axis=1), 9),
        ),
        (
            "from (0, 3) to (3, 0) half of the way is half of the angle",
            lambda fn: np.allclose(fn(UP, ACROSS, np.array([0.5])), 3 / np.sqrt(2)),
        ),
    ),
    hints=(
        "First the angle: Eq. (10.14) says what its cosine is, lengths divided out.",
        "Then two weights for each `t`, as columns: `np.outer(weights, a)` has the shape (K, D).",
    ),
    why="Between latents of equal length, the arc keeps the length and turns evenly: every point on it is as "
    "typical as its ends.",
)
