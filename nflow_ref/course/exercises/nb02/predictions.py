"""The predictions of notebook 02: numbers put into their own cdf, and the mass of the formula for |x|."""

from ..choice import Prediction

OWN_CDF = Prediction(
    id="2.6",
    title="Numbers put into their own cdf",
    minutes=2,
    question="20,000 numbers with two peaks are put into their own cdf, u = F_x(x). What does a histogram "
    "of the u look like?",
    choices={
        "a": (
            "two peaks again, now between 0 and 1",
            "The cdf moves the points. Where they are dense it is steep, and a steep map pulls them apart. "
            "How far exactly?",
        ),
        "b": (
            "an S, like the cdf itself",
            "The S is the curve that moves the points, not where they end up. Which fraction of the u is "
            "below 0.5, and which below 0.25?",
        ),
        "c": (
            "flat: as many in each interval as in any other of this length",
            "u is the mass to the left of x. A tenth of all x has less than a tenth of the mass on its left, "
            "two tenths have less than two tenths, and so on.",
        ),
        "d": (
            "crowded at 0 and at 1, with few between",
            "The cdf is flat far out, and squeezes what is there. But hardly any x is there.",
        ),
    },
    answer="c",
)

ABSOLUTE = Prediction(
    id="2.7",
    title="The mass of the formula for |x|",
    minutes=2,
    question="The latent is standard normal, and `f(x) = |x|`. What is the mass of `p_z(f(x)) |f'(x)|`?",
    choices={
        "a": (
            "2, since two `x` lead to each latent",
            "To each positive latent, yes. How many lead to a negative one, and how likely are those?",
        ),
        "b": (
            "1",
            "Half of the latents come from two places, the other half from none. The mean is 1. And the "
            "formula is wrong all the same: |X| is never below 0.",
        ),
        "c": (
            "1/2, since half of the latents are never reached",
            "The latents that are missed cost half of the mass. But those that are reached are counted more "
            "than once.",
        ),
        "d": (
            "0, since the slopes -1 and 1 cancel",
            "The formula takes the size of the slope. Nothing in it is negative, so nothing can cancel.",
        ),
    },
    answer="b",
)
