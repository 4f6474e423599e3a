"""Find the bug: exercises that are answered with a test."""

from dataclasses import dataclass

from .answers import misfit
from .engine import Exercise, is_true


@dataclass(eq=False, repr=False)
class Hunt(Exercise):
    """Find the bug: the answer is a test, a function of an implementation that is True if that is right.

    The probes are implementations, right ones and wrong ones, of which the learner has seen one at most. The
    misconceptions are tests that are blind. Their names, `named`, are what learners read.
    """

    def _explained(self, fn, results, expected):
        agree = list(map(self._same, results, expected))
        first = agree.index(False)
        problem = misfit(results[first], expected[first])
        if problem:
            text = f"{problem[0].upper()}{problem[1:]}. A test returns `True` or `False`."
        elif expected[first]:
            text = "Your test finds a mistake where there is none."
        else:
            text = f"A wrong one passes your test. {self._failing_property(fn)}".strip()
        return f"{text}\nRight for {sum(agree)} of {len(agree)}.", self._show(self.probes[first])

    def _failing_property(self, fn):
        failed = (statement for statement, holds in self.properties if not is_true(holds, fn))
        return next((f"This should be true, and is not: {statement}." for statement in failed), "")
