"""Predictions 11.7 and 11.8: training without the log-det's bar, and the time that one example takes."""

from ..choice import Prediction

WITHOUT_G = Prediction(
    id="11.7",
    title="The log-det forgotten on the way back",
    minutes=2,
    question="Two flows are trained on moons by backward passes written by hand. The second forgets `g` in "
    "its couplings; forward it is right, log-det included. What becomes of its latents `z`?",
    choices={
        "a": (
            "They spread as a standard normal; training only takes longer.",
            "A slower way would still lead there. But what pulls the latents apart is the log-det's part of "
            "the gradient, and that is gone for good.",
        ),
        "b": (
            "Nothing moves: without `g` all bars are 0.",
            "The bars of `z` start at the base density, whose `g` is there. They flow back through `z` as "
            "before.",
        ),
        "c": (
            "They crowd together near 0.",
            "All that is left of the gradient says: make `log p_z(z)` large. The base density is highest at "
            "0, and the price for shrinking, the log-det, is not felt.",
        ),
        "d": (
            "They fly apart: the log-det grows without limit.",
            "That would happen with the log-det's part alone. Here it is the other part that is left, the "
            "base density's.",
        ),
    },
    answer="c",
)

ONE_EXAMPLE = Prediction(
    id="11.8",
    title="A single example",
    minutes=2,
    question="By plain autograd, a gradient of the RealNVP above takes some time for a batch of 512. How "
    "much of it does a batch of one example take?",
    choices={
        "a": (
            "More than a tenth.",
            "Nearly all arithmetic is gone, and the tape is as long as before: each of its entries costs "
            "Python calls, whatever stands in its arrays.",
        ),
        "b": (
            "About a hundredth.",
            "That allows for some fixed cost. But count: the tape has hundreds of entries, each with several "
            "Python calls, for one example as for 512.",
        ),
        "c": (
            "About 1/512.",
            "So it would be if time went into arithmetic alone. How long is the tape for one example?",
        ),
    },
    answer="a",
)
