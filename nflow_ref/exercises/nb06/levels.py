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
    probes=((np.array([0.12, 0.01, 0.3, 0.05]),), (np.array([0.2, 0.002]),), (np.array([0.07]),)),
    misconceptions=(
        Misconception(
            "negative area above the peak",
            lambda level: np.pi * squared(level),
            "Right below the peak. But some of the levels are above it: which points have a density that "
            "is higher than the highest?",
        ),
        Misconception(
            "NaN above the peak",
            lambda level: np.pi * np.sqrt(squared(level)) ** 2,
            "Right below the peak, and NaN above it: there a root was taken of a negative number. Which "
            "points have a density that is higher than the highest?",
        ),
        Misconception(
            "size of the squared radius",
            lambda level: np.pi * np.abs(squared(level)),
            "Right below the peak. Above it you take the absolute value of a negative squared radius, and "
            "so find an area where no point is.",
        ),
        Misconception(
            "normalizer forgotten",
            lambda level: np.pi * np.maximum(-2 * np.log(level), 0),
            "You solve `exp(-r**2/2) > level`. The normal density has a factor in front of its exponential, "
            "too.",
        ),
        Misconception(
            "normalizer on the wrong side",
            lambda level: np.pi * np.maximum(-2 * np.log(level / (2 * np.pi)), 0),
            "The normalizer divides the exponential. What becomes of it on the other side of the inequality?",
        ),
        Misconception(
            "mass",
            lambda level: np.maximum(1 - 2 * np.pi * level, 0),
            "This is the mass above the level, the share of all points. Asked is the area that they lie in.",
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
            "below the peak, when a level is divided by 3, the area grows by the same amount at each level",
            lambda fn: np.ptp(fn(np.array([0.01, 0.05, 0.1]) / 3) - fn(np.array([0.01, 0.05, 0.1]))) < 1e-9,
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
