"""Exercises 1.6 to 1.8: a figure to read, and two predictions."""

from ..choice import Choice, Prediction

READ = Choice(
    id="1.6",
    title="Read the figure",
    minutes=2,
    question="In both panels the dashed line, `p_z(f(x))` alone, lies below the solid one, everywhere. What "
    "does that say about the two maps?",
    choices={
        "a": (
            "Both squeeze everywhere: every interval of x becomes shorter.",
            "What is squeezed gets denser on the way to z. Then z would be denser than x, and the dashed "
            "line the higher one.",
        ),
        "b": (
            "Both stretch everywhere: every interval of x becomes longer.",
            "Right. Black is dashed times `|f'|`, so `|f'|` is above 1 at every point that the figure shows. "
            "By hand: `f'` is at least 1.5, and `|g'|` at least 6.",
        ),
        "c": (
            "Both are increasing.",
            "The right one is decreasing. Which way a map runs cannot be seen in a density: that is what the "
            "bars are for.",
        ),
        "d": (
            "Nothing: the dashed line only needs to be scaled until its area is 1.",
            "Try it on the left: the dashed line is as wide as the solid one but of another form. `|f'|` is "
            "another number at each x, and no single factor replaces it.",
        ),
    },
    answer="b",
)

MASS = Prediction(
    id="1.7",
    title="Mass 1",
    minutes=2,
    question="Five wrong versions of the density, for the decreasing map. Which of them have mass 1?",
    choices={
        "a": (
            "None: a wrong density has the wrong mass.",
            "The mirror image has the same area as the right density. A mass of 1 says nothing about where "
            "the mass is.",
        ),
        "b": (
            "Only the one without a Jacobian: `p_z` has mass 1.",
            "`p_z` has mass 1 as a function of z. As a function of x, `p_z(g(x))`, it is squeezed into an "
            "interval of length 1, and nothing makes up for it.",
        ),
        "c": (
            "Only the mirror image.",
            "Right. It is wrong nearly everywhere, and no test of the mass would ever find it.",
        ),
        "d": (
            "The mirror image, and the one without absolute value.",
            "The map is decreasing, so without bars its slope counts as negative, and so does the mass.",
        ),
    },
    answer="c",
)

HIGH = Prediction(
    id="1.8",
    title="How high?",
    minutes=1,
    question="The standard normal density is 0.4 at its peak. Let `z = 20 x - 5` be standard normal. How "
    "high is the density of x at its peak?",
    choices={
        "a": (
            "About 8.",
            "Right: 20 times as high. A density is mass per length. It may have any height, if the length is "
            "small enough.",
        ),
        "b": (
            "1 at most, as every probability.",
            "A density is no probability. Multiply it by a length to get one: 8 times a length of 0.05 is "
            "0.4.",
        ),
        "c": (
            "About 0.02, a twentieth.",
            "That would be `x = 20 z`, which spreads the points out. Here a long interval of z is squeezed "
            "into a short one of x.",
        ),
    },
    answer="a",
)
