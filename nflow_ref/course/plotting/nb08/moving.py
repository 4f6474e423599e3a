"""The figure of notebook 08 that moves: one entry of a 2 × 2 matrix."""

import numpy as np

from ....linear import lu
from ...slider import Panel, Slider, area, dots, line, words
from .. import DATA, INK, LATENT, RIGHT_INK, WRONG

SQUARE = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])
LOWEST = -2  # of the logarithms that are drawn


def one_entry(matrix, entries, start):
    """An entry of a 2 × 2 matrix moved: the image of the unit square, log|det W|, and W = P L (U + diag(s)).

    Args:
        matrix: function from the entry to W, (2, 2).
        entries: the stops; start is the number of the first one shown.
    """
    curve = np.linspace(entries[0], entries[-1], 201)
    nats = np.array([log_abs_det(matrix(w)) for w in curve])
    curve = np.where(nats > LOWEST, curve, np.nan)

    def picture(w):
        W = matrix(w)
        image, height = SQUARE @ W.T, log_abs_det(W)
        return [
            [area(*SQUARE.T, DATA), area(*image.T, LATENT), line(*image.T, LATENT)],
            [line(curve, nats, INK), dots(w, height, WRONG if height == LOWEST else LATENT, size=45)],
            tables(W, factors(W)),
        ]

    def says(w):
        if not (found := factors(matrix(w))):
            return f"w₁₁ = {number(w)}: det W = 0, and W has no inverse"
        P, _, U = found
        product = " · ".join(map(number, (np.linalg.det(P), *np.diag(U))))
        return f"w₁₁ = {number(w)}: det W = sign(P) s₁ s₂ = {product} = {number(np.linalg.det(P @ U))}"

    panels = [
        Panel("the unit square and its image", (-6.5, 5.5), (-2, 4), ("channel 1", "channel 2"), 0.6),
        Panel("log|det W|, for one pixel", (entries[0], entries[-1]), (LOWEST, 2.5), ("w₁₁", "nats"), 0.6),
        Panel("W = P L (U + diag(s))", (0, 10), (0, 6), height=0.6, ticks=False),
    ]
    alt = (
        "Left, the unit square in orange and its image under W in blue, a parallelogram whose upper side "
        "moves with w₁₁. At minus 3 it has collapsed to a piece of a line, and beyond it is turned over. "
        "Middle, the logarithm of its area: two branches that fall without end towards minus 3, and a dot "
        "on them. Right, the numbers of W and of its factors P, L and U plus diag(s). Between minus 3 and 3 "
        "P is the swap, else the identity."
    )
    return Slider("entry w₁₁", entries, picture, panels, says, alt, start, seconds=6)


def log_abs_det(W):
    return max(np.linalg.slogdet(W)[1], LOWEST)


def factors(W):
    """(P, L, U + diag(s)), or nothing where W is singular."""
    try:
        permutation, L, U = lu(W)
    except ValueError:
        return ()
    return np.eye(2)[list(permutation)], L, U


def tables(W, found):
    """The numbers of W and, below it, of its three factors; s in green."""
    named = zip(("P", "L", "U + diag(s)"), found or [np.full((2, 2), np.nan)] * 3, strict=True)
    marks = []
    for k, (name, M) in enumerate([("W", W), *named]):
        left, top = (3.6, 5.4) if k == 0 else (3.4 * k - 3.2, 2.3)
        marks.append(words(left, top, name))
        for (i, j), value in np.ndenumerate(M):
            colour = RIGHT_INK if k == 3 and i == j else "currentColor"
            marks.append(words(left + 1.5 * j, top - 0.8 * (i + 1), number(value), colour))
    return marks


def number(value):
    return "–" if np.isnan(value) else f"{np.round(value, 2) + 0:g}".replace("-", "−")
