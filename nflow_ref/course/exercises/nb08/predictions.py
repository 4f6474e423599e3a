"""Predictions 8.7 and 8.8: how far wires reach, and what a test does not see."""

from ..choice import Prediction

WIRES = Prediction(
    id="8.7",
    title="How many layers?",
    minutes=2,
    question="The mixing is a reversal of the four channels. After how many layers do all of them depend on "
    "`x_3`?",
    choices={
        "a": (
            "One: the reversal takes `x_3` into the half that decides.",
            "It does, but behind the coupling. In the first layer `x_3` has decided nothing, and a reversal "
            "moves numbers without mixing them: after one layer `x_3` has reached a single channel.",
        ),
        "b": (
            "Two: by then each half has been changed once by the other.",
            "Each half has been changed, but not all of it by `x_3`. A coupling lets no channel see its "
            "neighbours in the same half, and the neighbour of `x_3` in the half that decides has not heard "
            "of it yet.",
        ),
        "c": (
            "Three.",
            "The first layer takes `x_3` into the half that decides, the second hands it to the whole other "
            "half, and that one decides in the third.",
        ),
        "d": (
            "No number of layers: a permutation mixes nothing.",
            "The mixing is done by the couplings, and they need other channels in `x_a` each time: that is "
            "what the permutation brings.",
        ),
    },
    answer="c",
)

BLIND = Prediction(
    id="8.8",
    title="A test that sees too little",
    minutes=2,
    question="One image, 3 x 3 pixels, three channels, a `W` that is not symmetric with det W < 0. Which "
    "wrong log-det passes?",
    choices={
        "a": (
            "log|det W|, without the number of pixels.",
            "There are nine pixels, and each stretches volume. This one passes where there is one pixel.",
        ),
        "b": (
            "H·H·log|det W|.",
            "On a square image H·H and H·W are the same number. Test with H ≠ W, and with both above 1.",
        ),
        "c": (
            "H·W·C·log|det W|, with the channels counted.",
            "It is three times too large. The channels are inside the determinant already; this passes with "
            "one channel.",
        ),
        "d": (
            "H·W·log(det W), without bars.",
            "The logarithm of a negative number is `nan`, and that equals nothing. It passes where the "
            "determinant is positive.",
        ),
    },
    answer="b",
    difficulty=2,
)
