"""Exercise 10.9: what a flow finds more likely than digits."""

from ..choice import Prediction

EXERCISE = Prediction(
    id="10.9",
    title="More likely than a digit",
    minutes=1,
    question="Which of these sets does the flow find more likely than real test digits, in the median?",
    choices={
        "a": (
            "None: it was trained on digits, so digits are what it finds most likely.",
            "Training makes digits likely as a whole. It says nothing about single images of other kinds, "
            "and some of these are easier to describe than any digit.",
        ),
        "b": (
            "Mirrored digits: pixels and strokes are the same, only the order differs.",
            "The flow knows left from right: most mirrored digits are shapes that nobody writes, and they "
            "score worse. But not so badly that one could always tell.",
        ),
        "c": (
            "Digits with half of the ink: less ink is nearer to white, the commonest level.",
            "The white pixels stay as they are, and the black ones become grey where the flow expects black. "
            "That is unusual, and costs bits.",
        ),
        "d": (
            "The blank page: all pixels white.",
            "White is the commonest level of nearly every pixel, so an image of nothing else is easy to "
            "describe. High density does not make it typical: there are next to no such images.",
        ),
    },
    answer="d",
)
