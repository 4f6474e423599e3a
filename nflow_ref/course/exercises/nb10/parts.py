"""Exercise 10.8: which part of the flow is missed most."""

from ..choice import Prediction

EXERCISE = Prediction(
    id="10.8",
    title="The part that is missed most",
    minutes=1,
    question="Without which of these parts does the flow lose most, in validation bits?",
    choices={
        "a": (
            "The learned 1×1 convolution: it is what Glow is known for.",
            "Channels must be mixed, and a reversal mixes them as well. With 4 and 8 channels a learned "
            "matrix has little to add. Without any mixing it would be another matter.",
        ),
        "b": (
            "The split: it is what makes the flow multi-scale.",
            "Without it all numbers go through both levels, so the flow can do as much as before, "
            "and more. A "
            "split saves time and memory, which count for large images.",
        ),
        "c": (
            "The logit: without it the flow must keep inside the cube by itself.",
            "Half of the pixels are exactly white: the data pile up at the walls of the cube, and a flow "
            "that starts from a normal density must learn to end its mass sharply there.",
        ),
        "d": (
            "ActNorm: without it the scale drifts from layer to layer.",
            "That ruins deep flows. This one starts with all its couplings as the identity, so nothing "
            "drifts at first, and the couplings can learn scales themselves.",
        ),
    },
    answer="c",
)
