"""The exercise engine: a key, the mistakes that learners make, and the numbers that tell them apart.

A misconception is an executable wrong answer with its own hint. `check` runs the learner's function
on probes and compares numbers, so a mistake is recognised however it is written.
"""

import inspect
import io
import textwrap
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass, field

import numpy as np

from .answers import (
    SECONDS,
    STOPS,
    TooLong,
    difference,
    limited,
    misfit,
    parameters_if_unfit,
    quiet,
    run,
    same,
    show,
    traceback_line,
)
from .cards import Card, Outcome

DIFFICULTY = {1: "●○○ easy", 2: "●●○ medium", 3: "●●● hard"}

# What often lies behind an exception: part of its message -> advice.
ADVICE = {
    "arrays can be converted to Python scalars": "The argument is an array of numbers, and `math` "
    "takes one number: `np.exp`, `np.log` and their like take arrays.",
    "truth value of an array": "`if` decides once, but an array has a case for each of its numbers: "
    "`np.where` and `np.abs` decide for each.",
    "math domain error": "A log or a root met a number that it is not defined for.",
    "expected a positive input": "A log met a number that is not positive.",
    "is out of bounds for axis": "This input is smaller than your code expects. The first axis is the "
    "batch, and it may hold one example only.",
    TooLong.__name__: f"It had not ended after {SECONDS} seconds. Is there a loop that never stops?",
    KeyboardInterrupt.__name__: "It was interrupted.",
    SystemExit.__name__: "`exit` ends the whole program. A function ends with `return`.",
}


@dataclass(frozen=True)
class Misconception:
    """A wrong answer that learners give, as a function, and the hint that belongs to it."""

    name: str
    wrong: Callable
    hint: str


@dataclass(eq=False, repr=False)
class Exercise:
    """One exercise. The notebook says what is asked; all that judges the answer is here.

    Args:
        id: "2.3" for the third exercise of notebook 02.
        title: a few words.
        difficulty: 1, 2 or 3.
        minutes: how long it takes, roughly.
        key: the right function. Its name and parameters are those of the notebook's stub.
        probes: tuples of arguments. They tell the key and all misconceptions apart.
        misconceptions: the mistakes to recognise.
        hints: general hints; each says more than the one before.
        why: one sentence or two: why the key is right, and why it matters.
        properties: pairs (statement, predicate of the function), true of every right answer. The
            first that fails is what a learner reads whose mistake is not recognised.
        rtol, atol: results are equal when they differ by at most atol + rtol·|expected|.

    `status`, `failures` and `hints_shown` are the session's memory: `check` and `hint` update them.
    """

    id: str
    title: str
    difficulty: int
    minutes: int
    key: Callable
    probes: tuple
    misconceptions: tuple
    hints: tuple
    why: str
    properties: tuple = ()
    rtol: float = 1e-6
    atol: float = 1e-9
    status: str = field(default="not attempted", init=False)
    failures: int = field(default=0, init=False)
    hints_shown: int = field(default=0, init=False)

    def check(self, fn):
        """Judge the function fn. The status of the outcome is one of

        "not attempted"  fn returns None or ... on all probes, as the stub does;
        "correct"        it agrees with the key on all probes;
        "not yet"        it does not: the hint of the mistake made; or a property that fails and the
                         input, from the second failure on with a number that differs;
        "error"          it raises, or does not end: the learner's own line, and the message.
        """
        try:
            judged = self._judge(fn)
        except KeyboardInterrupt:
            judged = "error", "The check was interrupted."
        outcome = self._card(*judged, kind=Outcome)
        self.failures += outcome.status in ("not yet", "error")
        if self.status != "correct":  # what was done once stays done
            self.status = outcome.status
        return outcome

    def hint(self):
        """The next general hint. After the last one, all of them again."""
        total = len(self.hints)
        if self.hints_shown == total:
            again = (f"{n}. {hint}" for n, hint in enumerate(self.hints, start=1))
            text = "\n".join(["There is no further hint. All of them again:", *again])
            return self._card("hint", f"{text}\n`ex.solution()` shows the answer.")
        self.hints_shown += 1
        left = total - self.hints_shown
        more = f"{left} more." if left else "This was the last: `ex.solution()` shows the answer."
        hint = self.hints[self.hints_shown - 1]
        return self._card("hint", f"{hint}\nHint {self.hints_shown} of {total}. {more}")

    def solution(self):
        """The source code of the key, and why it is right."""
        source = textwrap.dedent(inspect.getsource(self.key)).rstrip()
        return self._card("solution", self.why, source)

    def use(self, fn):
        """fn if it is correct, else the key, so that later cells work either way. Prints which."""
        status = self.check(fn).status
        name = self.key.__name__
        if status == "correct":
            print(f"Exercise {self.id}: from here on, {name} is yours: it is correct.")
            return fn
        reason = {"error": "raises an error", "not yet": "is not right yet"}
        reason = reason.get(status, "is not attempted yet")
        print(f"Exercise {self.id}: from here on, {name} is the answer key: yours {reason}.")
        return self.key

    def __repr__(self):
        return repr(self._overview())

    def _repr_html_(self):
        return self._overview()._repr_html_()

    def _overview(self):
        name = self.key.__name__
        methods = f"`ex.check({name})`, `ex.hint()`, `ex.solution()`, `ex.use({name})`"
        effort = f"{DIFFICULTY[self.difficulty]}, about {self.minutes} min"
        return self._card("exercise", f"{effort}\n{methods}")

    def _card(self, label, text, code="", kind=Card):
        return kind(label, f"Exercise {self.id}: {self.title}", text, code)

    def _judge(self, fn):
        """(status, text), and perhaps code: the learner's line, the input."""
        name = self.key.__name__
        if not callable(fn):
            return "not yet", (
                f"`check` takes the function itself, not its result: write `ex.check({name})`, "
                f"with no parentheses after `{name}`."
            )
        theirs = parameters_if_unfit(fn, self.probes[0])
        if theirs is not None:
            return "not yet", (
                f"The function is called as `{name}({', '.join(self._parameters)})`, "
                f"but the parameters of yours are `({', '.join(theirs)})`."
            )
        results = []
        for args in self.probes:
            try:
                result, changed = run(fn, args)
            except BaseException as error:
                line = traceback_line(error)
                advice = (text for part, text in ADVICE.items() if part in line)
                where = "It stops at the input below."
                return "error", "\n".join([where, *advice]), f"{line}\n\n{self._show(args)}"
            if changed:
                return "not yet", (
                    f"Your function writes into its argument `{self._parameters[changed[0]]}`, and "
                    "so spoils the caller's numbers. Give the result a new name: `+=` and "
                    "`x[...] =` write into the array itself."
                )
            results.append(result)
        if all(result is None or result is ... for result in results):
            return "not attempted", (
                "The function returns nothing yet. Your code goes where the three dots are, and it "
                "ends with `return`."
            )
        expected = self._results(self.key)
        if self._same(results, expected):
            return "correct", self.why
        for misconception in self.misconceptions:
            if self._same(results, self._results(misconception.wrong)):
                return "not yet", misconception.hint
        with redirect_stdout(io.StringIO()):  # what fn prints was seen above, once for each probe
            return "not yet", *self._explained(fn, results, expected)

    def _explained(self, fn, results, expected):
        """What is wrong, in words, when no misconception explains the results, and the input."""
        agree = list(map(self._same, results, expected))
        problems = [not same and misfit(*pair) for same, *pair in zip(agree, results, expected, strict=True)]
        failed = [n for n, same in enumerate(agree) if problems[n] or not (same or any(problems))]
        first = min(failed, key=lambda n: sum(map(np.size, self.probes[n])))  # the smallest
        right = f"Right for {sum(agree)} of {len(agree)} test inputs; t" if any(agree) else "T"
        where, shown = f"{right}he input below fails.", self._show(self.probes[first])
        if problems[first]:
            text = f"{problems[first][0].upper()}{problems[first][1:]}."
        else:
            text = self._failing_property(fn)
        got, numbers = results[first], expected[first]
        if self.failures and (not problems[first] or "NaN" in problems[first]):
            call = f"{self.key.__name__}({', '.join(self._parameters)})"
            shown += f"\n# {call}{difference(got, numbers, self.rtol, self.atol)}"
        return f"{text}\n{where}", shown

    def _failing_property(self, fn):
        for k, name in enumerate(self._parameters):
            if self._depends(self.key, k, if_unknown=False) and not self._depends(fn, k):
                return f"The result does not depend on `{name}`."
        for statement, holds in self.properties:
            if not is_true(holds, fn):
                return f"This should be true, and is not: {statement}."
        return "The numbers are not the right ones."

    def _depends(self, fn, k, if_unknown=True):
        """Whether the result changes when argument k does, in one of several ways.

        An array is turned round, or loses its first part to its last, or shrinks: its shape and its
        domain stay. Anything else is replaced by the same argument of the next probe.
        """
        known = False
        for p, q in zip(self.probes, (*self.probes[1:], self.probes[0]), strict=True):
            for other in _others(p[k]) if np.ndim(p[k]) else [q[k]]:
                try:
                    if not self._same(run(fn, p)[0], run(fn, (*p[:k], other, *p[k + 1 :]))[0]):
                        return True
                    known = True
                except STOPS:  # these arguments do not fit together
                    continue
        return if_unknown and not known

    @property
    def _parameters(self):
        return list(inspect.signature(self.key).parameters)

    def _show(self, args):
        return "\n".join(map(show, self._parameters, args))

    def _results(self, fn):
        return [run(fn, args)[0] for args in self.probes]

    def _same(self, got, expected):
        return same(got, expected, self.rtol, self.atol)


def _others(array):
    yield array[::-1]
    yield np.concatenate([array[-1:], array[1:]])
    if array.dtype.kind == "f":
        yield 0.9 * array


def is_true(predicate, fn):
    try:
        with quiet(), limited():
            return bool(predicate(fn))
    except STOPS:
        return False
