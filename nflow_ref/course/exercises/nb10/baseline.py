"""Exercise 10.4: a baseline of whole numbers, designed by the learner, and measured."""

from dataclasses import dataclass
from types import SimpleNamespace

import autograd.numpy as np

from ....datasets import DIGITS_LEVELS, digits
from ..answers import parameters_if_unfit, traceback_line
from ..goal import Goal, Measure


def log_probability(train, x, levels):
    """log P(x), (M,), in nats, of images x (M, D) of whole numbers, by a model made from train (N, D)."""
    log_P = np.zeros(len(x))
    for d in range(train.shape[1]):
        # a table of counts for each state of the pixel before: white, grey or black
        before, of_x = (np.digitize(rows[:, d - 1], [1, levels - 1]) * (d > 0) for rows in (train, x))
        counts = np.eye(3)[before].T @ np.eye(levels)[train[:, d]] + 0.3
        log_P = log_P + np.log(counts / np.sum(counts, axis=1, keepdims=True))[of_x, x[:, d]]
    return log_P


def parts():
    """The rows for training and for validation, as whole numbers (N, 64)."""
    rows = digits().images[:1350].reshape(1350, -1).astype(int)
    return rows[:1200], rows[1200:]


def missing_from_one(model, _):
    """How far the probabilities of all images of two pixels are from a sum of 1."""
    two = np.stack(np.meshgrid(range(DIGITS_LEVELS), range(DIGITS_LEVELS)), axis=-1).reshape(-1, 2)
    train = parts()[0][:, [27, 28]]
    return abs(np.sum(np.exp(model.log_prob(train, two, DIGITS_LEVELS))) - 1)


def alone(model, _):
    """How much it matters to an image which others are scored with it, in nats."""
    train, valid = parts()
    together = model.log_prob(train, valid[:4], DIGITS_LEVELS)
    single = [model.log_prob(train, valid[k : k + 1], DIGITS_LEVELS) for k in range(4)]
    return np.max(np.abs(np.concatenate(single) - together))


def validation_bits(model, _):
    train, valid = parts()
    return -np.mean(model.log_prob(train, valid, DIGITS_LEVELS)) / valid.shape[1] / np.log(2)


@dataclass(eq=False, repr=False)
class Contest(Goal):
    """A goal whose answer is a model of whole numbers: a function (train, x, levels) -> log P(x), (M,)."""

    def _judge(self, fn):
        train, valid = parts()
        if not callable(fn) or parameters_if_unfit(fn, (train, valid, DIGITS_LEVELS)) is not None:
            return (
                "not yet",
                "`check` takes a function `log_probability(train, x, levels)`, as it stands above.",
            )
        try:
            first = fn(train, valid[:3], DIGITS_LEVELS)
        except Exception as error:
            return "error", "It stops at this line.", traceback_line(error)
        if first is None or first is ...:
            return "not attempted", "The function returns nothing yet. It ends with `return`."
        if np.shape(first) != (3,):
            return "not yet", f"For 3 images it should return 3 numbers, got the shape {np.shape(first)}."
        return super()._judge(lambda: (SimpleNamespace(log_prob=fn), None))


EXERCISE = Contest(
    id="10.4",
    title="Design a baseline",
    difficulty=2,
    minutes=10,
    key=log_probability,
    probes=(),
    misconceptions=(),
    hints=(
        "Start with a table of counts for each pixel, with a little added to every count: Eq. (10.16).",
        "What does a pixel tell about the next one? Let the table depend on it: one for white, one for grey, "
        "one for black. With 17 of them each would have too few images.",
        "Any P(x) that is a product of P(pixel, given pixels before it) sums to 1, if each factor sums to 1 "
        "over its levels.",
    ),
    why="Each factor sums to 1 over the levels of its pixel, whatever stands before it, so the product sums "
    "to 1 over all images. One neighbour saves more than a tenth of a bit: a flow that is compared with "
    "independent pixels has an easy rival.",
    measures=(
        Measure(
            "distance of the sum of all P from 1, images of two pixels",
            missing_from_one,
            1e-6,
            "Does each factor sum to 1 over the levels? And are these logs natural ones, of probabilities?",
        ),
        Measure(
            "what the other images in `x` change, in nats",
            alone,
            1e-6,
            "An image has another probability alone than among others: the model must be made from `train` "
            "only.",
        ),
        Measure(
            "validation, bits per dimension",
            validation_bits,
            2.35,
            "It is a model. What does it not know yet about digits? `ex.hint()` has ideas.",
        ),
    ),
)
