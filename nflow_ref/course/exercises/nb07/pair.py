"""Exercise 7.1: what batch normalization makes of two examples."""

from ..choice import Prediction

EXERCISE = Prediction(
    id="7.1",
    title="A batch of two",
    minutes=2,
    question="One channel and a batch of two examples, 3 and 1000. What does batch normalization make "
    "of them?",
    choices={
        "a": (
            "A small number and a large one: the scale is shared, and one of them is far out.",
            "Far from what? The two are all that the mean and the standard deviation know of: the mean lies "
            "halfway between them, and each is as far from it as the other.",
        ),
        "b": (
            "-1 and 1, and any other two numbers would come out as -1 and 1, too.",
            "The mean lies halfway between them, and the standard deviation is half of their distance. So "
            "each is one standard deviation away from the mean, whatever they are. All else about them is "
            "lost.",
        ),
        "c": (
            "-1 and 1. Two numbers of another ratio would come out differently.",
            "The ratio has no part in it: move both by 7, and the ratio is another one, while their "
            "deviations from the mean, and the standard deviation, stay.",
        ),
        "d": (
            "Two numbers between 0 and 1.",
            "That would be a scaling by the smallest and the largest value. Here the mean of the batch is "
            "subtracted, so one of the results is negative.",
        ),
    },
    answer="b",
)
