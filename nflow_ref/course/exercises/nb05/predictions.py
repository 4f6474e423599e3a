"""Predictions 5.6 and 5.7, and a figure to read, 5.8: what tests see, what depth buys, what zeros tell."""

from ..choice import Choice, Prediction

IDENTITY = Prediction(
    id="5.6",
    title="Five mistakes, tested at the identity",
    minutes=1,
    question="`check_bijection` at `a = 1, b = 0, c = 0`. How many of the five mistakes does it find?",
    choices={
        "a": (
            "All five: a wrong formula is wrong everywhere.",
            "It is wrong as a formula, and may still give the right number. What is the log of 1, and what "
            "is a shift by 0?",
        ),
        "b": (
            "The two in the log-det.",
            "With these numbers the log-det is 0 for each point, and so are the parts that were dropped or "
            "taken at the wrong place.",
        ),
        "c": (
            "One, the mean over the batch: that has nothing to do with the parameters.",
            "All examples have the log-det 0 here, and then their mean is 0 as well.",
        ),
        "d": (
            "None.",
            "The map is the identity. Logs of 1, shifts by 0 and the mean of equal numbers hide all of them.",
        ),
    },
    answer="d",
)

ALONE = Prediction(
    id="5.7",
    title="Eight layers of one kind",
    minutes=2,
    question="Chains of eight layers or fewer learn the two moons. Which comes nearest to them?",
    choices={
        "a": (
            "Eight matrices, each with a scale and a shift: they mix all coordinates.",
            "They do, and a product of matrices is a matrix. With a normal base the density is an oval, "
            "after eight layers as after one.",
        ),
        "b": (
            "Eight bends: only they are nonlinear.",
            "Each coordinate is bent on its own, so the two stay independent. The height of a moon depends "
            "on where along it one is.",
        ),
        "c": (
            "Two matrices and two bends in turn.",
            "A matrix brings new directions to the axes, and the next bend bends along these. Four layers "
            "of two kinds do more than eight of one.",
        ),
        "d": (
            "All the same: a composition of poor maps is poor.",
            "That is so for maps of one kind. Ask what a bend can do *after* a matrix that it could not "
            "do alone.",
        ),
    },
    answer="c",
)

PATTERN = Choice(
    id="5.8",
    title="Which chain has these zeros?",
    minutes=3,
    question="Only the lower right block of the seventh pattern is diagonal; nothing else is 0. Which "
    "chain can it be?",
    choices={
        "a": (
            "One coupling whose network is larger.",
            "No network of a coupling reaches the upper rows: they are those of the identity, whatever it "
            "has learned.",
        ),
        "b": (
            "Two couplings that both leave the same half as it is.",
            "Multiply two Jacobians of the form (identity and 0) over (full and diagonal): the upper rows "
            "are those of the identity again.",
        ),
        "c": (
            "Two couplings, the second with the halves exchanged.",
            "The first has changed the second half with the help of the first; the second changes the first "
            "half with the help of that. Only the second half's numbers do not yet depend on each other.",
        ),
        "d": (
            "Two triangular maps, one after the other.",
            "The product of two lower triangular matrices is lower triangular. Here the upper right block is "
            "full.",
        ),
    },
    answer="c",
    difficulty=2,
)
