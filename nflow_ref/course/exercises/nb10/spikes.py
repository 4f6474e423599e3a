"""Exercise 10.1: what a density with spikes saves when the data are dequantized."""

from ..choice import Prediction

EXERCISE = Prediction(
    id="10.1",
    title="Spikes, with noise",
    minutes=1,
    question="The density keeps its spikes of width v, which hold half of the mass of each cell. The "
    "data are "
    "dequantized. As v goes to 0, what do the reported bits do?",
    choices={
        "a": (
            "They still fall without end, since the density on the spikes is huge.",
            "A noisy pixel hits the spike with probability v only. There it gains about log2 of 1/v, and v "
            "times that goes to 0. Everywhere else it loses.",
        ),
        "b": (
            "They stay what they are without spikes, since each level keeps its probability.",
            "The probabilities are the same. But the mean of the log-density says less than they do when the "
            "density is uneven inside a cell, and that is what is reported.",
        ),
        "c": (
            "They rise, by one bit for each pixel at most.",
            "Outside of the spike the density is half of what an even spread would give, which costs one "
            "bit. The narrower the spike, the more pixels lie outside, until all do.",
        ),
        "d": (
            "They rise without end, as they fell without end before.",
            "Outside of the spike the density has fallen to a half, not to 0. What does half of the density "
            "cost, in bits?",
        ),
    },
    answer="c",
)
