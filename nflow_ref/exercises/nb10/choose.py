"""Exercise 10.8: which number to report of several models."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def report(valid, test):
    """Two numbers, (2,), in bits per dimension, from the scores valid (M,) and test (M,) of M models.

    What to report, and how much better a choice by the test rows would have looked.
    """
    chosen = np.argmin(valid)
    return np.array([test[chosen], test[chosen] - np.min(test)])


def with_choice(rule):
    """A wrong answer, from a rule (valid, test) for the place of the model that is chosen."""

    def wrong(valid, test):
        chosen = rule(valid, test)
        return np.array([test[chosen], test[chosen] - np.min(test)])

    return wrong


def with_numbers(rule):
    """A wrong answer, from a rule (chosen, valid, test) for both numbers."""

    def wrong(valid, test):
        return np.array(rule(np.argmin(valid), valid, test))

    return wrong


VALID, TEST = np.array([2.31, 2.08, 2.44, 2.17, 2.26]), np.array([2.12, 2.27, 2.52, 2.15, 2.38])
VALID_2, TEST_2 = np.array([3.04, 2.91, 2.95, 3.2]), np.array([2.88, 3.15, 2.97, 3.06])
VALID_1, TEST_1 = np.array([1.62, 1.7, 1.45]), np.array([1.66, 1.83, 1.51])  # one is best on both

EXERCISE = Exercise(
    id="10.8",
    title="Chosen by validation",
    difficulty=1,
    minutes=6,
    key=report,
    probes=((VALID, TEST), (VALID_2, TEST_2), (VALID_1, TEST_1)),
    misconceptions=(
        Misconception(
            "most bits",
            with_choice(lambda valid, test: np.argmax(valid)),
            "You choose the model that needs the most bits. Which is better, more or fewer?",
        ),
        Misconception(
            "validation score reported",
            with_numbers(lambda c, valid, test: [valid[c], test[c] - np.min(test)]),
            "You report the validation score. The model was chosen because this very number was low, so part "
            "of it may be luck.",
        ),
        Misconception(
            "chosen by the test rows",
            with_choice(lambda valid, test: np.argmin(test)),
            "You choose by the test rows and report what they say of their own choice. Which rows are there "
            "to choose by?",
        ),
        Misconception(
            "best test score reported",
            with_numbers(lambda c, valid, test: [np.min(test), test[c] - np.min(test)]),
            "The second number is right. The first is the best test score, and it may belong to a model that "
            "the validation has not chosen.",
        ),
        Misconception(
            "gain with the wrong sign",
            with_numbers(lambda c, valid, test: [test[c], np.min(test) - test[c]]),
            "The second number has the wrong sign. It says how much better, and a choice by the test rows "
            "cannot look worse on the test rows.",
        ),
        Misconception(
            "gap between validation and test",
            with_numbers(lambda c, valid, test: [test[c], test[c] - valid[c]]),
            "Your second number compares two scores of one model. Asked is how two models compare, both on "
            "the test rows.",
        ),
        Misconception(
            "two minima",
            with_numbers(lambda c, valid, test: [test[c], np.min(valid) - np.min(test)]),
            "For the second number you compare the best validation score with the best test score. Other "
            "rows are easier or harder: compare on the same ones.",
        ),
        Misconception(
            "mean of both scores",
            with_numbers(lambda c, valid, test: [(valid[c] + test[c]) / 2, test[c] - np.min(test)]),
            "You report the mean of both scores. Half of it comes from the rows by which the model was "
            "chosen, and these flatter it.",
        ),
        Misconception(
            "mean of the models",
            with_numbers(lambda c, valid, test: [np.mean(test), np.mean(test) - np.min(test)]),
            "You report the mean over the models. Only one of them is chosen, and the report is about that "
            "one.",
        ),
        Misconception(
            "chosen by both",
            with_choice(lambda valid, test: np.argmin(valid + test)),
            "You choose by both scores together. So the test rows have a say in the choice, and are no test "
            "of it any more.",
        ),
        Misconception(
            "compared with the mean",
            with_numbers(lambda c, valid, test: [test[c], np.mean(test) - test[c]]),
            "Your second number compares the chosen model with the mean of all. Which model would the test "
            "rows have chosen?",
        ),
        Misconception(
            "place of the model",
            with_numbers(lambda c, valid, test: [c, test[c] - np.min(test)]),
            "Your first number says at which place the chosen model stands. Asked is a score of it.",
        ),
    ),
    properties=(
        (
            "the first number is one of the test scores",
            lambda fn: np.any(np.isclose(TEST, fn(VALID, TEST)[0])),
        ),
        (
            "if one model is best on both, the second number is 0",
            lambda fn: abs(fn(VALID_1, TEST_1)[1]) < 1e-9,
        ),
        (
            "the second number is not negative",
            lambda fn: fn(VALID, TEST)[1] >= 0 and fn(VALID_2, TEST_2)[1] >= 0,
        ),
        (
            "if all validation scores were higher by the same amount, nothing would change",
            lambda fn: np.allclose(fn(VALID + 0.3, TEST), fn(VALID, TEST)),
        ),
        (
            "the order of the models does not matter",
            lambda fn: np.allclose(fn(VALID[::-1], TEST[::-1]), fn(VALID, TEST)),
        ),
    ),
    hints=(
        "Which model would you keep if you had never seen the test rows? `np.argmin` finds a place in an "
        "array.",
        "A model that was chosen by some rows looks too good on these rows. Which of its two scores had no "
        "part in the choice?",
        "For the second number, imagine somebody who does choose by the test rows. Which score would that "
        "person report?",
    ),
    why="The test rows had no part in the choice, so they say what the chosen model is worth on new images. "
    "The best of many test scores is partly luck, and the more models there are, the more luck.",
)
