"""Exercise 7.6: what a flow learns when its log-det forgets H·W."""

from ..choice import Prediction

EXERCISE = Prediction(
    id="7.6",
    title="The factor forgotten",
    minutes=2,
    question="Images of 4 x 16 pixels, one ActNorm, a standard normal base density. The code of the log-det "
    "forgets the factor `H*W`, which is 64. We train until nothing changes. How wide are the latents then?",
    choices={
        "a": (
            "Their standard deviation is 1, as always: the log-det has no part in computing z.",
            "It has none in computing z, but it has in the loss, and the loss chooses the scale. The "
            "log-det is the only part of it that rewards larger scales.",
        ),
        "b": (
            "Their standard deviation is 8: too wide.",
            "The size of the factor is right. Which way? The log-det rewards large scales, the base density "
            "small latents, and it is the reward that is counted too few times here.",
        ),
        "c": (
            "Their standard deviation is 1/8: too narrow.",
            "The base density counts 64 squares for each channel, the log-det one log-scale instead of "
            "64. They balance where the mean square of the latents is 1/64, and its root is 1/8.",
        ),
        "d": (
            "Their standard deviation is 1/64: too narrow.",
            "They are too narrow, and 1/64 is the right number for their variance: the base density has "
            "squares in it. The standard deviation is its root.",
        ),
    },
    answer="c",
)
