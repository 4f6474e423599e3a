"""Exercise 3.1: the area of the parallelogram to which a matrix takes the unit square."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def area(A):
    """Area of the parallelogram to which each matrix takes the unit square: (N, 2, 2) -> (N,)."""
    return np.abs(A[:, 0, 0] * A[:, 1, 1] - A[:, 0, 1] * A[:, 1, 0])


# Determinants of both signs; two products of equal and of opposite signs.
PAIR = np.array([[[2.0, 0.7], [-0.4, 1.5]], [[0.6, 1.8], [1.3, -0.9]]])
ALONE = np.array([[[1.2, -2.5], [0.8, 0.3]]])
MORE = np.array([[[0.9, 1.4], [1.1, 0.5]], [[-0.8, 0.6], [-1.7, -0.2]], [[1.6, -0.3], [0.7, 1.2]]])


def entries(A):
    return A[:, 0, 0], A[:, 0, 1], A[:, 1, 0], A[:, 1, 1]


def mistake(formula):
    """The function of A that applies `formula` to the entries a, b, c, d of each matrix."""
    return lambda A: formula(*entries(A))


EXERCISE = Exercise(
    id="3.1",
    title="The area of a parallelogram",
    difficulty=1,
    minutes=4,
    key=area,
    probes=((PAIR,), (ALONE,), (MORE,)),
    misconceptions=(
        Misconception(
            "no absolute value",
            mistake(lambda a, b, c, d: a * d - b * c),
            "This is the determinant. For a matrix that turns the plane over it is negative, and an "
            "area never is.",
        ),
        Misconception(
            "ad + bc",
            mistake(lambda a, b, c, d: np.abs(a * d + b * c)),
            "Look at the sign between the two products again: the vector `n`, at a right angle to "
            "the column `(a, c)`, has a minus in it.",
        ),
        Misconception(
            "product of the diagonal",
            mistake(lambda a, b, c, d: np.abs(a * d)),
            "This is right for triangular matrices only. When neither `b` nor `c` is 0, the sides "
            "lean, and the leaning of both changes the area.",
        ),
        Misconception(
            "product of the lengths of the columns",
            mistake(lambda a, b, c, d: np.sqrt(a * a + c * c) * np.sqrt(b * b + d * d)),
            "Side times side is the area of a rectangle. Here the sides need not be at a right "
            "angle: the height is shorter than the side.",
        ),
        Misconception(
            "a triangle",
            mistake(lambda a, b, c, d: np.abs(a * d - b * c) / 2),
            "Half of the area: that is the triangle with these two sides. The image of a square has "
            "four corners.",
        ),
        Misconception(
            "dot product of the columns",
            mistake(lambda a, b, c, d: np.abs(a * b + c * d)),
            "You multiply the two columns with each other. That measures how much they point the "
            "same way. The height is the part of one that points away from the other.",
        ),
        Misconception(
            "square of the determinant",
            mistake(lambda a, b, c, d: (a * d - b * c) ** 2),
            "A square makes the number positive, but it also changes its size. Is there another way "
            "to drop a sign?",
        ),
        Misconception(
            "signs of the products dropped",
            mistake(lambda a, b, c, d: np.abs(a * d) - np.abs(b * c)),
            "You drop the signs of the two products before you subtract. They matter there: it is the "
            "difference that loses its sign.",
        ),
        Misconception(
            "products within the rows",
            mistake(lambda a, b, c, d: np.abs(a * b - c * d)),
            "You multiply the two entries of each row. Each of the two products takes one entry from "
            "every row and from every column.",
        ),
        Misconception(
            "products within the columns",
            mistake(lambda a, b, c, d: np.abs(a * c - b * d)),
            "You multiply the two entries of each column. In the determinant, `a` does not meet `c`: "
            "which entry shares neither its row nor its column?",
        ),
        Misconception(
            "signs dropped before and after",
            mistake(lambda a, b, c, d: np.abs(np.abs(a * d) - np.abs(b * c))),
            "The absolute value of the difference is right, those of the two products are too much: their "
            "signs matter when you subtract.",
        ),
    ),
    properties=(
        ("an area is never negative", lambda fn: np.all(fn(PAIR) >= 0)),
        (
            "a matrix with two equal columns makes the square flat, with area 0",
            lambda fn: np.allclose(fn(np.array([[[2.0, 2.0], [3.0, 3.0]]])), 0),
        ),
        (
            "if all entries are multiplied by 3, the area is multiplied by 9",
            lambda fn: np.allclose(fn(3 * PAIR), 9 * fn(PAIR)),
        ),
    ),
    hints=(
        "`A[:, 0, 0]` is `a` of each matrix, `A[:, 0, 1]` is `b`, `A[:, 1, 0]` is `c`, `A[:, 1, 1]` is `d`.",
        "Base times height, worked out in the text, leaves a difference of two products.",
        "The difference is `a*d - b*c`. It may be negative.",
    ),
    why="Base times height leaves `|ad - bc|`: how far the second column rises above the first, times "
    "the length of the first. The bars keep the area of a mirrored square positive.",
)
