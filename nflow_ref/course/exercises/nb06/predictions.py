"""The predictions of notebook 06: what shifts alone can reach, and how many layers must take turns."""

from ..choice import Prediction

SHIFTS = Prediction(
    id="6.1",
    title="What shifts alone can reach",
    minutes=2,
    question="Six additive couplings in a row, each with log-det 0; the base density is the standard normal "
    "in the plane. The networks may be as large, and the training as long, as you like. Which negative "
    "log-likelihood can such a flow reach on new points of the moons?",
    choices={
        "a": (
            "1.01 nats: the networks can learn any function, so the flow any density",
            "The networks may be anything, and the log-det stays 0. So `p_x(x) = p_z(f(x))`: no point gets a "
            "density above the peak of the normal, and most of the moons lie higher than that.",
        ),
        "b": (
            "not less than 1.84 nats, the logarithm of 2 pi",
            "With log-det 0 the density of a point is that of the normal at another one, at most `1/(2 pi)`. "
            "So each point costs at least the logarithm of 2 pi, whatever the networks do.",
        ),
        "c": (
            "2.84 nats, the entropy of the normal: what preserves volume preserves the entropy",
            "The flow's own samples keep this entropy. But its score on data is an expectation over the "
            "data: it falls as the high places of the density are moved to where the data are.",
        ),
    },
    answer="b",
)

TURNS = Prediction(
    id="6.5",
    title="How many layers?",
    minutes=2,
    question="After how many layers does every output depend on every input?",
    choices={
        "a": (
            "2: by then each half has been changed once, by a network that saw the other",
            "After two, the half that was changed first has seen the other half, and of its own three "
            "coordinates each has seen only itself: a scale and a shift mix nothing within a half.",
        ),
        "b": (
            "3: back and forth, and back again",
            "The first layer carries one half into the other, the second carries that back, and now each "
            "output of the half that stayed at first has seen everything. The third hands this on.",
        ),
        "c": (
            "6: one for each coordinate",
            "A network reads all three coordinates of its half at once, and each output of it depends on "
            "all three. So it takes fewer.",
        ),
        "d": (
            "never: the Jacobian of each layer is triangular, and so is their product",
            "A product of triangular matrices is triangular if all of them have their zeros in the same "
            "corner. Here the corner changes with each layer.",
        ),
    },
    answer="b",
)
