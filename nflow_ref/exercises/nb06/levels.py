"""Exercise 6.1: how much area a volume-preserving flow leaves above each level of its density."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def area_above(level):
    """Area of {p_x > level} in the plane, for f with |det| = 1 and a standard normal z; level > 0."""
    radius_squared = np.maximum(-2 * np.log(2 * np.pi * level), 0)
    return np.pi * radius_squared


def squared(level):
    """The squared radius, without the case of a level above the peak."""
    return -2 * np.log(2 * np.pi * level)


EXERCISE = Exercise(
    id="6.1",
    title="The area above a level",
    difficulty=2,
    minutes=8,
    key=area_above,
    probes=((np.array([0.01, 0.05, 0.12, 0.3]),), (np.array([0.2, 0.002]),)),
    misconceptions=(
        Misconception(
            "negative area above the peak",
            lambda level: np.pi * squared(level),
            "Right below the peak. But some of the levels are above it: which points have a density that "
            "is higher than the highest?",
        ),
        Misconception(
            "normalizer of one dimension",
            lambda level: np.pi * np.maximum(-2 * np.log(np.sqrt(2 * np.pi) * level), 0),
            "You used the normalizer of one standard normal number. Here two of them are multiplied.",
        ),
        Misconception(
            "half of the exponent lost",
            lambda level: np.pi * np.maximum(squared(level) / 2, 0),
            "Look at the exponent of the normal density once more: the squared radius stands there with "
            "a factor.",
        ),
        Misconception(
            "circumference",
            lambda level: 2 * np.pi * np.sqrt(np.maximum(squared(level), 0)),
            "This is the length of the circle on which the density equals `level`. Asked is the area inside.",
        ),
        Misconception(
            "radius not squared",
            lambda level: np.pi * np.sqrt(np.maximum(squared(level), 0)),
            "You have the right disc. The area of a disc grows with the square of its radius.",
        ),
        Misconception(
            "square around the disc",
            lambda level: 4 * np.maximum(squared(level), 0),
            "This is the area of the square around the disc. The normal density has the same height on "
            "circles, not on squares.",
        ),
        Misconception(
            "squared radius",
            lambda level: np.maximum(squared(level), 0),
            "This is the squared radius of a disc. One constant is missing to make an area of it.",
        ),
    ),
    properties=(
        ("an area is never negative", lambda fn: np.all(fn(np.array([0.01, 0.1, 0.5])) >= 0)),
        (
            "the higher the level, the smaller the area",
            lambda fn: np.all(np.diff(fn(np.array([0.01, 0.03, 0.08, 0.15]))) < 0),
        ),
        (
            "when the level is divided by e, the area grows by that of a disc with squared radius 2",
            lambda fn: np.allclose(fn(np.array([0.05, 0.1]) / np.e) - fn(np.array([0.05, 0.1])), 2 * np.pi),
        ),
    ),
    hints=(
        "By (6.7) the area is that of the points `z` with `p_z(z) > level`, so the flow drops out.",
        "The density of two standard normal numbers is `exp(-r**2/2) / (2*np.pi)`, with the distance `r` "
        "from 0. Solve `p_z > level` for `r**2`: the points form a disc.",
        "If `level` is above the peak, no point is left: `np.maximum(..., 0)` of the squared radius.",
    ),
    why="The set of points above a level is the disc of the normal, bent but with the same area. So a "
    "volume-preserving flow has no say in how much room there is above each level.",
)
