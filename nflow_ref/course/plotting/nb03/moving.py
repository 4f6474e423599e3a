"""The figures of notebook 03 that move: a square that shrinks, and what moves a parallelogram."""

import numpy as np

from ...slider import Panel, Slider, area, dots, line
from .. import DATA, GREY, INK, LATENT
from .still import LETTER, growth, outline

SQUARE = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]])
SMALL_LETTER = 0.6 * LETTER + [0.26, 0.08]  # in the unit square


def shrinking(f, jacobian, centre, half_sides):
    """The half side of a square moved: the square, and its image, magnified, over what the Jacobian makes."""
    J, z = jacobian(centre[None])[0], f(centre[None])[0]
    square, t = outline(np.zeros(2), 1, n=100), np.append(np.linspace(-1, 1, 21), np.nan)
    level = [np.stack([t, u + 0 * t], axis=1) for u in np.linspace(-1, 1, 5)]
    grid = np.concatenate([*level, *(each[:, ::-1] for each in level)])
    fitted = SQUARE * 2 - 1

    def image(points, h):
        return (f(centre + h * points) - z) / h

    def picture(h):
        return [
            [area(*(centre + h * fitted).T, DATA), line(*(centre + h * fitted).T, DATA)],
            [
                area(*image(square[::5], h).T, LATENT),
                line(*image(grid, h).T, LATENT),
                line(*(fitted @ J.T).T, INK, dashed=True),
            ],
        ]

    def says(h):
        factor, det = growth(image(square, h), 1), abs(np.linalg.det(J))
        return f"half side {h:.3g}: area × {factor:.2f}, and |det J| = {det:.2f}"

    reach = max(half_sides) * 1.2
    sides = [(m - reach, m + reach) for m in centre]
    panels = [
        Panel("a square around the point", *sides, ("x₁", "x₂"), height=1),
        Panel("its image, magnified", (-3.2, 3.2), (-3.2, 3.2), ("z₁", "z₂"), height=1, ticks=False),
    ]
    alt = (
        "Left, an orange square around a point, which shrinks. Right, its image in blue with a grid on it, "
        "as much magnified as the square is small, over the dashed parallelogram of the Jacobian. The image "
        "of the large square is bent. As the square shrinks, its image straightens and settles on the "
        "parallelogram."
    )
    return Slider("half side", half_sides, picture, panels, says, alt, seconds=5)


def sliding(A, shifts):
    """The upper side of a parallelogram moved along itself, a₂ + t a₁: its area stays."""
    a1, a2 = A.T
    n = np.array([-a1[1], a1[0]]) / np.linalg.norm(a1)
    height, (left, right) = (a2 @ n) * n, (-2.2, 5.4)
    rail = a2 + (np.array([[left], [right]]) - a2[0]) / a1[0] * a1

    def moved(t):
        return np.stack([a1, a2 + t * a1], axis=1)

    def picture(t):
        image = SQUARE @ moved(t).T
        return [
            [
                line(*rail.T, GREY, dashed=True),
                area(*image.T, LATENT),
                line(*image.T, LATENT),
                line(*np.stack([0.6 * a1, 0.6 * a1 + height]).T, INK, dashed=True),
            ]
        ]

    def says(t):
        (a, b), (c, d) = moved(t)
        size = f"area {growth(SQUARE @ moved(t).T, 0.5):.1f}"
        ad, bc = np.round([a * d, b * c], 1) + 0
        product = f"ad − bc = {ad} − {bc if bc >= 0 else f'({bc})'} = {ad - bc:.1f}"
        return f"t = {np.round(t, 1) + 0:g}: {size}, {product}"

    names = {"names": ("z₁", "z₂"), "height": 3.2 / (right - left)}
    return Slider(
        "shift t",
        shifts,
        picture,
        [Panel("the sides a₁ and a₂ + t a₁", (left, right), (-0.5, 2.7), **names)],
        says,
        alt="A blue parallelogram with a fixed lower side. Its upper side slides along a dashed grey line "
        "that is parallel to the lower one, so the parallelogram leans to the left or to the right. The "
        "dashed height between the two lines stays, and so does the area.",
        start=len(shifts) // 2,
        seconds=5,
    )


def one_entry(A, entries, signed_area):
    """The lower right entry d of A moved: the image of the unit square with a letter, its area and det A."""

    def matrix(d):
        return np.array([A[0], [A[1, 0], d]])

    def det(d):
        return signed_area(SQUARE @ matrix(d).T)

    ends = np.array([entries[0], entries[-1]])
    zero = A[0, 1] * A[1, 0] / A[0, 0]  # there det A is 0
    kink = np.array([ends[0], zero, ends[1]])

    def picture(d):
        marks = [[], []]
        for panel, M, colour in (marks[0], np.eye(2), DATA), (marks[1], matrix(d), LATENT):
            image, letter = SQUARE @ M.T, SMALL_LETTER @ M.T
            panel.extend([area(*image.T, colour), line(*image.T, colour), area(*letter.T, colour)])
        curves = [
            line(kink, [abs(det(d)) for d in kink], LATENT),
            line(ends, [det(d) for d in ends], INK, dashed=True),
            dots(d, abs(det(d)), LATENT, size=48),
            dots(d, det(d), INK, size=48),
        ]
        return [*marks, curves]

    def says(d):
        value = np.round(det(d), 2) + 0
        fate = "flat" if value == 0 else "turned over" if value < 0 else "not turned over"
        return f"d = {np.round(d, 3) + 0:g}: det A = {value:g}, area {abs(value):g}, {fate}"

    frame = {"x": (-0.4, 3.0), "y": (-1.3, 2.1), "height": 1}
    panels = [
        Panel("unit square", names=("x₁", "x₂"), **frame),
        Panel("its image", names=("z₁", "z₂"), **frame),
        Panel("area; dashed: det A", tuple(ends), (-2.7, 2.7), ("entry d", ""), height=1),
    ]
    alt = (
        "Left, the unit square in orange with a letter F. Middle, its blue image, a parallelogram with the "
        "letter. As d falls, its upper corners sink, at 0.15 it is a piece of a line, and below it hangs "
        "down, with the letter mirrored. Right, against d: det A is a straight dashed line that falls below "
        "0; the area, a line with a kink, goes up again there."
    )
    return Slider("entry d", entries, picture, panels, says, alt, start=len(entries) - 1, seconds=6)
