"""Exercise 3.1: the areas of triangles."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def triangle_area(P):
    """Area of each triangle with the corners P[n, 0], P[n, 1], P[n, 2]: (N, 3, 2) -> (N,)."""
    u, v = P[:, 1] - P[:, 0], P[:, 2] - P[:, 0]
    return np.abs(u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]) / 2


# Corners that run either way round, none of them at the origin; products of equal and of opposite signs.
PAIR = np.array([[[0.5, -0.4], [2.1, 0.3], [0.9, 1.7]], [[1.3, 0.8], [-0.9, -0.7], [-0.6, 2.0]]])
ALONE = np.array([[[-1.2, 0.6], [0.4, -0.9], [0.7, 1.1]]])
MORE = np.array(
    [
        [[0.3, 0.2], [1.4, 0.9], [-0.5, 1.6]],
        [[-0.8, -1.1], [0.6, 0.5], [-1.7, 0.4]],
        [[2.0, 0.1], [1.1, 1.9], [0.2, -0.6]],
        [[0.7, -1.5], [-0.4, -0.3], [1.8, 0.6]],
    ]
)


def sides(P):
    return P[:, 1] - P[:, 0], P[:, 2] - P[:, 0]


def mistake(formula):
    """The function of P that applies `formula` to the coordinates of the two sides of each triangle."""

    def wrong(P):
        u, v = sides(P)
        return formula(u[:, 0], u[:, 1], v[:, 0], v[:, 1])

    return lambda P: wrong(P)


def parallelogram(u, v):
    return np.abs(u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0])


EXERCISE = Exercise(
    id="3.1",
    title="The area of a triangle",
    difficulty=1,
    minutes=5,
    key=triangle_area,
    probes=((PAIR,), (ALONE,), (MORE,)),
    misconceptions=(
        Misconception(
            "no absolute value",
            mistake(lambda a, c, b, d: (a * d - b * c) / 2),
            "Half of a determinant, with its sign: for corners that run clockwise it is negative, and an "
            "area never is.",
        ),
        Misconception(
            "a parallelogram",
            mistake(lambda a, c, b, d: np.abs(a * d - b * c)),
            "This is the parallelogram with these two sides. Which part of it is the triangle?",
        ),
        Misconception(
            "corners in place of sides",
            lambda P: parallelogram(P[:, 0], P[:, 1]) / 2,
            "You take the first two corners for the sides. That is a triangle with a corner at the origin. "
            "The sides are differences of corners.",
        ),
        Misconception(
            "one side, one corner",
            lambda P: parallelogram(P[:, 1] - P[:, 0], P[:, 2]) / 2,
            "One of your two vectors is a side, the other leads from the origin to the third corner. Both "
            "must start at the same corner.",
        ),
        Misconception(
            "ad + bc",
            mistake(lambda a, c, b, d: np.abs(a * d + b * c) / 2),
            "Look at the sign between the two products again: the vector `n`, at a right angle to "
            "the first side, has a minus in it.",
        ),
        Misconception(
            "product of the lengths",
            mistake(lambda a, c, b, d: np.sqrt(a * a + c * c) * np.sqrt(b * b + d * d) / 2),
            "Half of side times side is right when the two are at a right angle. Here the height is shorter "
            "than the side.",
        ),
        Misconception(
            "dot product of the sides",
            mistake(lambda a, c, b, d: np.abs(a * b + c * d) / 2),
            "You multiply the two sides with each other. That measures how much they point the same way. "
            "The height is the part of one that points away from the other.",
        ),
        Misconception(
            "signs of the products dropped",
            mistake(lambda a, c, b, d: np.abs(np.abs(a * d) - np.abs(b * c)) / 2),
            "You drop the signs of the two products before you subtract. They matter there: it is the "
            "difference that loses its sign.",
        ),
        Misconception(
            "product of the diagonal",
            mistake(lambda a, c, b, d: np.abs(a * d) / 2),
            "Only one of the two products is there. That is enough for triangular matrices, where a side "
            "lies along an axis.",
        ),
        Misconception(
            "one number for all",
            lambda P: np.sum(parallelogram(*sides(P)) / 2),
            "You have one number for the whole batch: the area of all triangles together.",
        ),
    ),
    properties=(
        ("an area is never negative", lambda fn: np.all(fn(PAIR) >= 0)),
        ("to move a triangle changes nothing", lambda fn: np.allclose(fn(PAIR + 3.0), fn(PAIR))),
        (
            "three corners on a line have no area between them",
            lambda fn: np.allclose(fn(np.array([[[1.0, 2.0], [2.0, 3.0], [4.0, 5.0]]])), 0),
        ),
        (
            "if all coordinates are multiplied by 3, the area is multiplied by 9",
            lambda fn: np.allclose(fn(3 * PAIR), 9 * fn(PAIR)),
        ),
    ),
    hints=(
        "Which two vectors are the sides that meet in the first corner?",
        "`P[:, 1] - P[:, 0]` is one side of each triangle. With the two sides as columns, what is the "
        "area of the parallelogram, and which part of it is the triangle?",
        "With the sides `u` and `v` it is half of the size of `u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]`.",
    ),
    why="The sides that meet in a corner are the columns of a matrix, and the triangle is half of its "
    "parallelogram. The bars make the order of the corners irrelevant.",
)
