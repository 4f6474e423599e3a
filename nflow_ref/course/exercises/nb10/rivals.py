"""Exercise 10.3: which simple rival needs the fewest bits."""

from ..choice import Prediction

EXERCISE = Prediction(
    id="10.3",
    title="Three rivals",
    minutes=1,
    question="Which of the three needs the fewest bits per dimension for test digits?",
    choices={
        "a": (
            "The table of counts. It is the only one of them that was made for 17 levels.",
            "About half of all pixels are exactly white. A table says so at no cost. A Gaussian cannot: it "
            "has no peak at one end of the range. And a compressor must find it out on the way.",
        ),
        "b": (
            "The Gaussian, since it knows all correlations and the table knows none.",
            "It knows how pixels go together. But half of them are exactly white, and a normal density has "
            "no peak at one end of the range, and mass beyond it. That costs more than correlations save.",
        ),
        "c": (
            "lzma, since a compressor finds every pattern in a file.",
            "It finds what repeats, and the same strokes never repeat exactly. This file is small, too: it "
            "ends before the compressor has learned what a digit is.",
        ),
        "d": (
            "They need about as many: a good density and a good compressor come to the same.",
            "An ideal code for a model needs the bits of that model. But these three know different things, "
            "and the largest difference is above half a bit for each pixel.",
        ),
    },
    answer="a",
)
