"""Exercises 9.6 and 9.9: figures to read."""

from ..choice import Choice

COSTS = Choice(
    id="9.6",
    title="Why less than half?",
    minutes=3,
    question="With splits, the bar of level 2 in the left panel of Figure 9.9 has 43 % of the height of that "
    "of level 1. Why less than half?",
    choices={
        "a": (
            "Half of the numbers have left, so half of the work is left, and a little is saved on top.",
            "Look at the grey bars: there nothing has left, and the bar of level 2 is lower as well. The "
            "number of entries alone does not say what they cost.",
        ),
        "b": (
            "A quarter of the pixels, twice the channels: the 3×3 convolutions cost half. The middle one "
            "sees only hidden channels, and costs a quarter.",
            "That is (9.14): the first term is halved with each level, the second is quartered. The bar "
            "falls to something between a quarter and a half.",
        ),
        "c": (
            "A quarter of the pixels, so a quarter of the work. The rest is noise of the measurement.",
            "The left panel is counted, not measured. And the channels have doubled: what does that do to "
            "the first and the last convolution?",
        ),
        "d": (
            "The networks of level 2 have fewer weights.",
            "All have the same hidden channels, and more channels go in and out on level 2: they have more "
            "weights, at fewer pixels.",
        ),
    },
    answer="b",
)

SHAPES = Choice(
    id="9.9",
    title="Another image in the figure",
    minutes=3,
    question="An image of shape (16, 32, 3) goes through a Glow of three levels, built as the two of "
    "Figure 9.1. What is the shape of `z_2`?",
    choices={
        "a": (
            "(4, 8, 12)",
            "Level 1 squeezes to 12 channels and passes 6 of them on; level 2 squeezes to 24 and sends 12 "
            "away. Count: 768 + 384 + 384 = 1,536 numbers, all that the image has.",
        ),
        "b": (
            "(4, 8, 24)",
            "This is the image of level 2 before its split. In Figure 9.1 all of that became the latent, "
            "because level 2 was the last. Here a third one follows.",
        ),
        "c": (
            "(8, 16, 6)",
            "This leaves at level 1. What goes on has the same shape, and is squeezed once more.",
        ),
        "d": (
            "(4, 8, 48)",
            "You let two squeezes make 16 times the channels. Between them stands a split, which takes half "
            "away.",
        ),
    },
    answer="a",
)
