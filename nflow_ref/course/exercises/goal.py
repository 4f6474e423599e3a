"""Exercises that set a goal: build a flow and train it, and it is measured."""

from collections.abc import Callable
from dataclasses import dataclass

from .answers import parameters_if_unfit, traceback_line
from .engine import Exercise


@dataclass(frozen=True)
class Measure:
    """A number of a trained flow that must not be above `most`, and a hint for those who are above it.

    Args:
        name: of the number, with its unit.
        take: the function (flow, params) -> number.
    """

    name: str
    take: Callable
    most: float
    hint: str


@dataclass(eq=False, repr=False)
class Goal(Exercise):
    """An exercise whose answer is a function without arguments that builds and trains: (flow, params).

    Training takes its time, so there is no limit: the stop button ends a check. The goal is reached if all
    measures are; the first that is not is what a learner reads.
    """

    measures: tuple = ()

    def _judge(self, fn):
        name = self.key.__name__
        if not callable(fn) or parameters_if_unfit(fn, ()) is not None:
            return "not yet", f"`check` takes a function without arguments: `ex.check({name})`."
        try:
            result = fn()
        except Exception as error:
            return "error", "It stops at this line.", traceback_line(error)
        if result is None or result is ...:
            return "not attempted", "The function returns nothing yet. It ends with `return flow, params`."
        if not (isinstance(result, tuple) and len(result) == 2 and hasattr(result[0], "log_prob")):
            return "not yet", f"It should return a pair, `flow, params`, got {type(result).__name__}."
        reached = []
        for measure in self.measures:
            try:
                value = float(measure.take(*result))
            except Exception as error:
                return "error", f"{measure.name}: it cannot be measured. {type(error).__name__}: {error}"
            if not value <= measure.most:
                missed = f"{measure.name}: {value:.3g}. The goal is {measure.most:g}."
                return "not yet", "\n".join([*reached, missed, measure.hint])
            reached.append(f"{measure.name}: {value:.3g}, the goal was {measure.most:g}.")
        return "correct", "\n".join([*reached, self.why])
