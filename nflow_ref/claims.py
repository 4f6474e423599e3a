"""The instrument of the course: statements about numbers, printed with what was measured, or an error.

    OK  density has mass 1                              3e-16 ≤ 1e-10
    NO  without the Jacobian                            0.69 ≥ 0.5

Digits that differ between machines are no part of the proof; the bound is. nbval compares bounds always, and
what was measured where it is neither at the level of rounding, a bound of 1e-9 or less, nor behind a ≈.
"""

import math
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import escape

import numpy as np

from .inputs import positive, require

__all__ = ["ClaimError", "claim", "explore", "refute", "together"]
WIDTH = 58  # of a statement, in letters
TEXT = "margin: 0; line-height: 1.4; white-space: pre-wrap; word-break: normal; padding-left: 3.5em"

_open = []  # the cases of the `together` blocks that are running, the innermost last
_exploring = [False]


class ClaimError(AssertionError):
    """A claim does not hold, or a refutation does not."""


@dataclass(frozen=True)
class Case:
    """One statement: what was measured must not be above (OK) or below (NO) its bound, limit · of."""

    sign: str
    statement: str
    what: str
    measured: float
    limit: float
    of: float
    varies: bool

    @property
    def holds(self):
        bound = self.limit * self.of
        return bool(self.measured <= bound if self.sign == "OK" else self.measured >= bound)

    @property
    def used(self):
        """How much of what is allowed is used up; 1 is all of it."""
        a, b = self.measured, self.limit * self.of
        a, b = (a, b) if self.sign == "OK" else (b, a)
        return a / b if b else math.inf if a else 0.0

    def numbers(self, word=""):
        """'3e-16 ≤ 1e-10'."""
        limit = f"{self.limit:.4g}" + (f" · {self.of:.3g}" if self.of != 1 else "")
        if not self.limit:
            return "exact" if self.holds else f"{self.measured:.3g} instead of 0"
        fitting = (_short(self.measured, digits) for digits in range(_digits(self.limit), 17))
        shown = next((s for s in fitting if self._is_true(float(s))), str(self.measured))
        relation = "≤≥"[self.sign == "NO"] if self.holds else "><"[self.sign == "NO"]
        if math.isnan(self.measured):
            relation = "against"
        words = [
            word,
            "" if self.what == "error" else self.what,
            "≈" * bool(self.varies),
            shown,
            relation,
            limit,
        ]
        return " ".join(filter(None, words))

    def _is_true(self, shown):
        """Whether the relation that is printed is true of the number that is printed."""
        bound = self.limit * self.of
        return (shown <= bound if self.sign == "OK" else shown >= bound) == self.holds

    def line(self):
        return _line(self.sign if self.holds else "NOT SO", self.statement, self.numbers())


class Shown:
    """A line, and the cases that it joins. In a notebook it breaks at spaces only, and they are folded."""

    def __init__(self, line, cases=()):
        self.line, self.cases = line, [case.line() for case in cases]

    def __repr__(self):
        return "\n".join([self.line, *(f"    {case}" for case in self.cases)])

    def _repr_html_(self):
        line, cases = escape(self.line), escape("\n".join(self.cases))
        if not cases:
            return f'<pre style="{TEXT}; text-indent: -2.4em">{line}</pre>'
        summary = f'<summary style="{TEXT}; text-indent: -3.5em; font-family: monospace">{line}</summary>'
        return f'<details style="margin: 0">{summary}<pre style="{TEXT}">{cases}</pre></details>'


def claim(statement, error, tol, what="error", of=1, varies=False):
    """Print 'OK  statement   |error| ≤ tol', or raise if any |error| is larger than tol or not a number.

    Args:
        error: what was measured, a number or an array, of which the largest counts.
        tol: what is allowed. 0 asks for equality, and the line then says 'exact'.
        what: the name of the number that is judged.
        of: the size of the numbers that it is an error of; allowed is tol * of.
        varies: the number's digits differ between machines: it was trained, or is a time, or float32.

    Raises:
        ClaimError: it is not so.
        ValueError, TypeError: tol is not finite or < 0, there is no number to judge, or no words.
    """
    tol, of = positive(tol, "claim: tol", zero=True), positive(of, "claim: of")
    _judge(Case("OK", statement, what, _extreme("claim", statement, error), tol, of, varies))


def refute(statement, error, by, varies=False):
    """A negative control: print 'NO  statement   |error| ≥ by', or raise if the largest |error| is smaller.

    The wrong formula must fail the test that the right one has passed. If it does not, the test is blind.

    Raises:
        ClaimError: it is not refuted.
        ValueError, TypeError: `by` is not finite or not > 0, there is no number to judge, or no words.
    """
    by = positive(by, "refute: by")
    _judge(Case("NO", statement, "error", _extreme("refute", statement, error), by, 1, varies))


@contextmanager
def together(statement):
    """Cases of one statement, in one line: `with together("Eq. (6.3), D = 2, 3"): claim("D = 2", ...) ...`.

        OK  Eq. (6.3), D = 2, 3                             worst 2e-16 ≤ 1e-13

    All cases are tried. If one does not hold, all are printed, and the error comes at the end. Refutations
    have a line of their own, with the least that one of them is off.

    Raises:
        ClaimError: some do not hold.
        ValueError, TypeError: nothing was claimed, or there are no words.
    """
    require(isinstance(statement, str), "together: statement", "a string", statement)
    cases = []
    _open.append(cases)
    try:
        yield
    finally:
        _open.pop()
        named = [replace(case, statement=f"{statement}: {case.statement}") for case in cases]
        if _open:  # they belong to the line of the block around this one
            _open[-1].extend(named)
        elif not all(case.holds for case in cases):
            for case in named:
                _show(case.line())
        else:
            right, wrong = ([case for case in cases if case.sign == sign] for sign in ("OK", "NO"))
            _join(statement, right, "worst")
            _join(f"{statement}, wrong versions" if right else statement, wrong, "least")
    require(cases, f"together: {statement}", "at least one claim or refutation", "none", ValueError)
    if not _open:
        _fail([case for case in named if not case.holds])


def explore(on=True):
    """From here on, a claim that does not hold says NOT SO and lets the rest run; `explore(False)` ends it.

    For your own experiments, with another seed or number: what was claimed of the old ones may not hold.
    """
    _exploring[0] = bool(on)


def _judge(case):
    if _open:
        _open[-1].append(case)
    elif case.holds:
        _show(case.line())
    else:
        _fail([case])


def _show(line, cases=()):
    shown = Shown(line, cases)
    if _in_notebook():
        from IPython.display import display

        display(shown)
    else:
        print(shown)


def _join(statement, cases, word):
    if len(cases) == 1:
        word = ""
    if not cases:
        return
    limits = sorted({case.limit for case in cases})
    worst = [max((c for c in cases if c.limit == limit), key=lambda case: case.used) for limit in limits]
    varies = any(case.varies for case in cases)
    if len(limits) < 3:
        worst = [replace(case, varies=varies) for case in worst]
        numbers = ", ".join(case.numbers(word * (case is worst[0])) for case in worst)
    elif word == "worst":
        numbers = f"≈ {_short(100 * max(case.used for case in worst), 2)} % of its bound, or less"
    else:
        numbers = f"≈ {_short(1 / max(case.used for case in worst), 2)} times its bound, or more"
    _show(_line(cases[0].sign, statement, numbers), cases)


def _fail(failed):
    """Raise, or say it loudly while exploring."""
    if not failed:
        return
    if _exploring[0]:
        print("\n".join(case.line() for case in failed), file=sys.stderr)
        return
    words = {"OK": "not so", "NO": "not refuted"}
    message = "\n".join(f"{words[case.sign]}: {case.statement}: {case.numbers()}" for case in failed)
    advice = "\nIf you changed something on purpose: explore(), and the rest runs."
    raise ClaimError(message + advice * _in_notebook())


def _line(sign, statement, numbers):
    return f"{sign:<2}  {statement:<{WIDTH}}  {numbers}"


def _extreme(name, statement, error):
    require(isinstance(statement, str), f"{name}: statement", "a string", statement)
    error = np.abs(np.asarray(error, dtype=float))
    require(error.size, f"{name}: error", "at least one number", error, ValueError)
    return float(np.max(error))


def _short(value, digits):
    value *= 1 + 1e-9  # what lies between two, such as 0.125, is rounded up on every machine
    return f"{value:.0f}" if 100 <= value < 1e5 else f"{value:.{digits}g}"


def _digits(limit):
    """How many digits of a measured number are shown: of rounding errors only the size is of interest."""
    return 1 if limit <= 1e-9 else 2


def _in_notebook():
    ipython = sys.modules.get("IPython")
    return hasattr(ipython and ipython.get_ipython(), "kernel")
