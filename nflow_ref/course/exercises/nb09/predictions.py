"""Predictions 9.7 and 9.8: what a plain reshape joins, and what a latent that left early decides."""

from ..choice import Prediction

RESHAPE = Prediction(
    id="9.7",
    title="A plain reshape",
    minutes=2,
    question="An image has 4 rows, 6 columns and one channel. `x.reshape(1, 2, 3, 4)` has the shape of a "
    "squeezed image. Which four pixels become one?",
    choices={
        "a": (
            "The blocks of 2×2 pixels, as with squeeze: the shape leaves no other choice.",
            "Many arrangements have this shape. A reshape moves nothing in memory, and there one row comes "
            "after the other: the pixel below is 6 places away.",
        ),
        "b": (
            "Four in a row, but some groups begin at the right edge and end at the left one.",
            "A reshape takes the numbers as they lie in memory, four by four, and knows nothing of edges.",
        ),
        "c": (
            "Four neighbours in one row, for each of them.",
            "The first four, yes. But a row has 6 pixels: one group and a half. Where does the second group "
            "end?",
        ),
    },
    answer="b",
)

REDRAWN = Prediction(
    id="9.8",
    title="Half of the latents drawn anew",
    minutes=2,
    question="A flow of two levels has learned digits. The latents `z_1`, half of all numbers, are drawn "
    "anew, and the inverse gives an image. What do you see?",
    choices={
        "a": (
            "Noise: half of the numbers are wrong, and all pixels depend on them.",
            "All pixels do change. But how much? Training has decided what leaves at level 1: by (9.9) it is "
            "scored as noise, so the flow sends there what looks most like it.",
        ),
        "b": (
            "The digit, with noise in every second row: `z_1` stands in the even rows.",
            "A row of the latent is an address only. On the way back, the steps of level 1 mix all channels, "
            "and so all four places of each block.",
        ),
        "c": (
            "Exactly the old image: what left early is not needed on the way back.",
            "By (9.7) the way back puts the latents where the first half was, and then undoes the steps of "
            "level 1, which mix all channels.",
        ),
        "d": (
            "The digit that it was, with other greys and here and there another stroke.",
            "The image does not come back, but its large structure does: it went on to level 2. That was "
            "learned, since what leaves early is scored as noise.",
        ),
    },
    answer="d",
)
