"""Exercise 0.2: what stretching does to a density."""

from ..choice import Prediction

EXERCISE = Prediction(
    id="0.2",
    title="Stretched",
    minutes=2,
    question="At some place `f` stretches: a small interval of x becomes an interval of z that is three "
    "times as long. How high is the density of x there, compared with that of z where it lands?",
    choices={
        "a": (
            "A third as high: what is stretched gets thinner.",
            "What gets thinner is what is longer, and that is the interval of z. On which of the two "
            "intervals do the same points stand closer together?",
        ),
        "b": (
            "Equally high: the same points lie in both.",
            "The mass is equal, for just that reason. A density is mass per length, and the lengths differ.",
        ),
        "c": (
            "Three times as high.",
            "The same mass stands on a third of the length. Where `f` stretches, the data are the denser.",
        ),
        "d": (
            "That depends on how high the normal density is there.",
            "How high each of the two is does depend on it. How they compare does not: both have the "
            "same mass, and only the lengths differ.",
        ),
    },
    answer="c",
)
