"""Exercise 2.5: the slope of the decreasing map between two densities."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import gumbel, named


def slope_of_map(x, cdf_x, p_x, inverse_cdf_z, p_z):
    """f'(x) of the decreasing map f that takes the density p_x to the density p_z."""
    z = inverse_cdf_z(1 - cdf_x(x))
    return -p_x(x) / p_z(z)


X = np.array([-1.1, -0.3, 0.6, 1.4])


def logistic(x):
    return 1 / (1 + np.exp(-x))


# (distribution function, its inverse, density)
LOGISTIC = (
    named("cdf of the logistic distribution", lambda x: logistic(x)),
    named("inverse cdf of the logistic distribution", lambda u: np.log(u / (1 - u))),
    named("density of the logistic distribution", lambda x: logistic(x) * logistic(-x)),
)
GUMBEL = (
    named("cdf of the Gumbel distribution", lambda x: np.exp(-np.exp(-x))),
    named("inverse cdf of the Gumbel distribution", lambda u: -np.log(-np.log(u))),
    named("density of the Gumbel distribution", lambda x: np.exp(gumbel(x))),
)


def between(x, start, end):
    """The arguments of the exercise for the map from one distribution to another."""
    return (x, start[0], start[2], end[1], end[2])


EXERCISE = Exercise(
    id="2.5",
    title="The slope of the decreasing map",
    difficulty=3,
    minutes=9,
    key=slope_of_map,
    probes=(
        between(np.array([0.6, -1.1, 1.4, -0.3]), GUMBEL, LOGISTIC),
        between(np.array([1.2, 0.4, -0.7]), LOGISTIC, GUMBEL),
    ),
    misconceptions=(
        Misconception(
            "the increasing map",
            lambda x, cdf_x, p_x, inverse_cdf_z, p_z: p_x(x) / p_z(inverse_cdf_z(cdf_x(x))),
            "This is the slope of the increasing map, and it is right. For the decreasing one, the mass to "
            "the left of `x` becomes the mass to the right of `f(x)`.",
        ),
        Misconception(
            "the increasing map, with a minus",
            lambda x, cdf_x, p_x, inverse_cdf_z, p_z: -p_x(x) / p_z(inverse_cdf_z(cdf_x(x))),
            "The sign is right, but your `f(x)` is that of the increasing map. If the latent is not "
            "symmetric, the decreasing one goes elsewhere: which `z` has as much mass on its right as `x` on "
            "its left?",
        ),
        Misconception(
            "minus f",
            lambda x, cdf_x, p_x, inverse_cdf_z, p_z: -p_x(x) / p_z(-inverse_cdf_z(cdf_x(x))),
            "You take minus the increasing map. That has the density of `-Z`: turn the probability, not the "
            "number.",
        ),
        Misconception(
            "the minus forgotten",
            lambda x, cdf_x, p_x, inverse_cdf_z, p_z: p_x(x) / p_z(inverse_cdf_z(1 - cdf_x(x))),
            "The size is right. Which sign has the slope of a decreasing map?",
        ),
        Misconception(
            "upside down",
            lambda x, cdf_x, p_x, inverse_cdf_z, p_z: -p_z(inverse_cdf_z(1 - cdf_x(x))) / p_x(x),
            "This is the slope of the way back, from `z` to `x`.",
        ),
        Misconception(
            "latent density at x",
            lambda x, cdf_x, p_x, inverse_cdf_z, p_z: -p_x(x) / p_z(x),
            "The quotient is right, but `p_z` belongs to the latent: ask it at `z = f(x)`. What is `f`?",
        ),
        Misconception(
            "data density at z",
            lambda x, cdf_x, p_x, inverse_cdf_z, p_z: (
                -p_x(inverse_cdf_z(1 - cdf_x(x))) / p_z(inverse_cdf_z(1 - cdf_x(x)))
            ),
            "You ask both densities at `z`. One of them is the density of the data.",
        ),
        Misconception(
            "latent density at u",
            lambda x, cdf_x, p_x, inverse_cdf_z, p_z: -p_x(x) / p_z(1 - cdf_x(x)),
            "You ask `p_z` at the uniform number in the middle of the way. One step is missing.",
        ),
        Misconception(
            "first half only",
            lambda x, cdf_x, p_x, inverse_cdf_z, p_z: -p_x(x),
            "This is the slope of the first half of the way, from `x` to the uniform number. The "
            "chain rule has a second factor.",
        ),
        Misconception(
            "second half only",
            lambda x, cdf_x, p_x, inverse_cdf_z, p_z: 1 / p_z(inverse_cdf_z(1 - cdf_x(x))),
            "This is the slope of the second half of the way, from the uniform number to `z`. The "
            "chain rule has a factor before it.",
        ),
        Misconception(
            "product",
            lambda x, cdf_x, p_x, inverse_cdf_z, p_z: -p_x(x) * p_z(inverse_cdf_z(1 - cdf_x(x))),
            "You multiply the two densities. The slope of a distribution function is its density, "
            "but what is the slope of its inverse?",
        ),
        Misconception(
            "the map itself",
            lambda x, cdf_x, p_x, inverse_cdf_z, p_z: inverse_cdf_z(1 - cdf_x(x)),
            "This is `f(x)`, and it is right. Asked is its slope.",
        ),
        Misconception(
            "log of the size of the slope",
            lambda x, cdf_x, p_x, inverse_cdf_z, p_z: np.log(p_x(x) / p_z(inverse_cdf_z(1 - cdf_x(x)))),
            "This is the log of the size of the slope, which a flow would need, and it is right. Asked is "
            "the slope itself.",
        ),
        Misconception(
            "places exchanged",
            lambda x, cdf_x, p_x, inverse_cdf_z, p_z: -p_x(inverse_cdf_z(1 - cdf_x(x))) / p_z(x),
            "The quotient is right, but each density is asked at the other's place. Which of the two "
            "lives at `x`, and which at `z`?",
        ),
        Misconception(
            "inverse at 1 - x",
            lambda x, cdf_x, p_x, inverse_cdf_z, p_z: -p_x(x) / p_z(inverse_cdf_z(1 - x)),
            "`inverse_cdf_z` takes a probability, and you hand it `1 - x`. Which step comes before it?",
        ),
    ),
    properties=(
        ("a decreasing map has a negative slope", lambda fn: np.all(fn(*between(X, GUMBEL, LOGISTIC)) < 0)),
        (
            "if both densities are the same and symmetric about 0, the map mirrors the line and has slope -1",
            lambda fn: np.allclose(fn(*between(X, LOGISTIC, LOGISTIC)), -1),
        ),
    ),
    hints=(
        "`f` goes in two steps: `u = 1 - cdf_x(x)`, then `z = inverse_cdf_z(u)`. What is the slope of each?",
        "Or start from the formula of the lesson, `p_x(x) = p_z(f(x)) |f'(x)|`, and solve for the slope.",
        "Compute `z` first. Then divide the density of the data, at `x`, by that of the latent, at `z`. The "
        "sign?",
    ),
    why="The slope of `1 - F_x` is `-p_x`, and that of the inverse of `F_z` is one over `p_z`. The mass to "
    "the left of `x` has become the mass to the right of `z`.",
)
