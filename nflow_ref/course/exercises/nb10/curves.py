"""Exercise 10.6: to read training curves."""

from ..choice import Choice

EXERCISE = Choice(
    id="10.6",
    title="Read the training curves",
    minutes=2,
    question="The dots of the validation lie below the curve of the training batches, from the first to the "
    "last. Why?",
    choices={
        "a": (
            "The validation images are easier digits than those of the training.",
            "Then training images, as they are, would need more bits than validation images. They need "
            "fewer: the next section has the numbers.",
        ),
        "b": (
            "The training batches are moved and bent, the validation images are as they were written.",
            "Moved and bent digits come in more shapes, so each of them is less likely, whatever the model. "
            "Two curves can be compared only if they are of images of the same kind.",
        ),
        "c": (
            "The flow underfits: it has not yet learned the training images.",
            "Underfitting makes both of them need many bits. It does not put one below the other.",
        ),
        "d": (
            "The strong curve is a mean over 25 steps, and so it lags behind.",
            "It lags by a dozen steps. At the end, where the curve is nearly flat, that is nothing, and the "
            "distance is still there.",
        ),
    },
    answer="b",
)
