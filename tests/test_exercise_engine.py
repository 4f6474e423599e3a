"""The exercise engine: what a learner can hand in, and what comes back."""

import linecache
import math
import re
import subprocess
import sys
import warnings
from xml.etree import ElementTree

import numpy as np
import pytest

from nflow_ref.course import exercises
from nflow_ref.course.exercises import answers, exercise, progress
from nflow_ref.course.exercises.engine import Exercise, Misconception


@pytest.fixture(autouse=True)
def new_session(monkeypatch):
    monkeypatch.setattr(exercises, "_used", {})
    for ex in (ex for name in exercises._notebooks() for ex in exercises._exercises(name)):
        monkeypatch.setattr(ex, "status", "not attempted")
        monkeypatch.setattr(ex, "hints_shown", 0, raising=False)
        monkeypatch.setattr(ex, "failures", 0, raising=False)


@pytest.fixture
def affine():
    return exercise("1.2")


def cell(source, name):
    """The function `name` of a notebook cell with this source."""
    file = f"cell of {name}"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    namespace = {"np": np, "math": math}
    exec(compile(source, file, "exec"), namespace)
    return namespace[name]


@pytest.mark.parametrize(
    "wrong, problem",
    [
        (None, "`check` takes the function itself, not its result: write `ex.check(log_density)`"),
        (3.0, "`check` takes the function itself"),
        (lambda x, a: x, "called as `log_density(x, a, b)`, but the parameters of yours are `(x, a)`"),
        (lambda x, a, b, c: x, "`(x, a, b, c)`"),
        (lambda x, a, b: x[:1], "The shape of the result is (1,), expected (2,)."),
        (lambda x, a, b: a * 0.5, "The shape of the result is () (one number), expected (2,)."),
        (lambda x, a, b: x[:, None] * x, "The shape of the result is (2, 2), expected (2,)."),
        (lambda x, a, b: (x, a), "The result is a tuple of 2 things"),
        (lambda x, a, b: "x", "The result is of type str"),
        (lambda x, a, b: [1, [2]], "The result is of type list"),
        (lambda x, a, b: np.exp, "The result is of type ufunc"),
        (lambda x, a, b: x + 0j, "The result is an array of dtype complex128, expected real numbers"),
        (lambda x, a, b: x if a > 0 else None, "For some inputs the result is `None`"),
        (lambda x, a, b: x / 0.0, "The result contains NaN or infinity"),
        (lambda x, a, b: -x * a - 9, "The result does not depend on `b`."),
        (lambda x, a, b: -x * b - 9, "The result does not depend on `a`."),
        (lambda x, a, b: a + b + np.zeros(len(x)), "The result does not depend on `x`."),
        (
            lambda x, a, b: -((a * x + b) ** 2),
            "and is not: the density, `exp` of your result, integrates to 1",
        ),
        (lambda x, a, b: exercise("1.2").key(x, a, b) + (a > 0), "Right for 2 of 3 test inputs"),
    ],
)
def test_unknown_mistake_is_described(affine, wrong, problem):
    outcome = affine.check(wrong)
    assert outcome.status == "not yet" and problem in outcome.text


@pytest.mark.parametrize("change, status", [(1 + 1e-9, "correct"), (1 + 1e-4, "not yet")])
def test_numbers_are_compared_with_a_tolerance(affine, change, status):
    assert affine.check(lambda x, a, b: list(affine.key(x, a, b) * change)).status == status


def test_argument_changed_in_place(affine):
    def log_density(x, a, b):
        z = x
        z *= a
        z += b
        return -(z**2) / 2 - np.log(2 * np.pi) / 2 + np.log(np.abs(a))

    before = [args[0].copy() for args in affine.probes]
    assert "writes into its argument `x`" in affine.check(log_density).text
    assert all(np.array_equal(a, args[0]) for a, args in zip(before, affine.probes, strict=True))


@pytest.mark.parametrize(
    "source, line, advice",
    [
        (
            "def log_density(x, a, b):\n    z = a * x + b\n    return z.logarithm()\n",
            "line 3: return z.log",
            "",
        ),
        (
            "def log_density(x, a, b):\n    return math.exp(x)\n",
            "line 2: return math.exp(x)\nTypeError",
            "`np.exp`",
        ),
        ("def log_density(x, a, b):\n    return np.where(1 if x > 0 else 0)\n", "ValueError", "`np.where`"),
        (
            "def log_density(x, a, b):\n    return x * math.log(a)\n",
            "line 2: return x * math.log(a)",
            "A log",
        ),
        (
            "def g(x):\n    1 / 0\ndef log_density(x, a, b):\n    return g(x)",
            "line 2: 1 / 0\nZeroDivision",
            "",
        ),
        (
            "def log_density(x, a, b):\n    raise ValueError(np.sin)",
            "raise ValueError(np.sin)\nValueError",
            "",
        ),
        (
            "def log_density(x, a, b):\n    raise ValueError(log_density)",
            "ValueError: <function log_density>",
            "",
        ),
    ],
)
def test_error_shows_the_learners_line(affine, source, line, advice):
    outcome = affine.check(cell(source, "log_density"))
    assert outcome.status == "error" and line in outcome.code and advice in outcome.text
    assert outcome.text.startswith("It stops at the input below.") and "engine" not in repr(outcome)
    assert re.search(r"\n\nx = np.array\(\[-?[-0-9.,\s]*\]\)\na = -?[0-9.]+\nb = [0-9.]+$", outcome.code)
    assert "".join(ElementTree.fromstring(outcome._repr_html_()).itertext()).endswith(outcome.code)


def test_error_inside_a_probe_or_a_library_still_shows_the_learners_line():
    source = "def stretch(f, x, h):\n    return f('one')\n"
    assert exercise("1.1").check(cell(source, "stretch")).code.startswith("line 2: return f('one')\n")
    assert exercise("0.1").check(np.linalg.inv).code.startswith("LinAlgError: ")


class Unprintable(Exception):
    def __str__(self):
        raise ValueError


def interrupts(*args):
    raise KeyboardInterrupt


def leaves(*args):
    sys.exit(0)


def fails_silently(*args):
    raise Unprintable


def never_ends(*args):
    k = 1
    while True:
        try:
            k += 1
        except Exception:
            k = 0


@pytest.mark.parametrize(
    "fn, advice",
    [
        (interrupts, "It was interrupted."),
        (leaves, "A function ends with `return`."),
        (fails_silently, "It stops at the input below."),
        (never_ends, "Is there a loop that never stops?"),
    ],
)
def test_nothing_escapes(affine, fn, advice, monkeypatch, capsys):
    monkeypatch.setattr(answers, "SECONDS", 0.2)
    outcome = affine.check(fn)
    assert outcome.status == "error" and advice in outcome.text
    assert affine.use(fn) is affine.key and "raises an error" in capsys.readouterr().out
    (first, a, _), *_ = affine.probes
    partly = affine.check(lambda x, *rest: x if len(x) == len(first) and rest[0] == a else fn())
    assert partly.status == "error" and advice in partly.text


@pytest.mark.parametrize("fn", [interrupts, leaves, fails_silently, never_ends])
def test_nothing_escapes_when_properties_are_tried(affine, fn, monkeypatch):
    """The function is right where it is asked at the probes' numbers only."""
    monkeypatch.setattr(answers, "SECONDS", 0.2)
    probes = [args[0] for args in affine.probes]

    def wrong(x, a, b):
        return affine.key(x, a, b) + 1 if any(np.array_equal(x, y) for y in probes) else fn()

    assert affine.check(wrong).status == ("error" if fn is interrupts else "not yet")


def test_a_slow_function_is_no_endless_one(affine):
    def slow(x, a, b):
        for _ in range(20_000):
            pass
        return affine.key(x, a, b)

    before = sys.gettrace()
    assert affine.check(slow).status == "correct" and sys.gettrace() is before


def test_a_debugger_keeps_its_place(affine):
    def debugger(frame, event, arg):
        return None

    sys.settrace(debugger)
    try:
        assert affine.check(affine.key).status == "correct" and sys.gettrace() is debugger
    finally:
        sys.settrace(None)


def test_the_input_is_shown_and_from_the_second_failure_on_what_it_should_give(affine):
    """The smallest input that fails."""

    def wrong(x, a, b):
        return np.where(x > 1, 5, affine.key(x, a, b))

    first, second = affine.check(wrong), affine.check(wrong)
    assert first.code == "x = np.array([ 1.1, -0.5])\na = -0.4\nb = -0.8"
    right = affine.key(np.array([1.1]), -0.4, -0.8)[0]
    assert second.code == f"{first.code}\n# log_density(x, a, b)[0] is 5, expected {right:.6g}"
    assert "the input below fails." in first.text
    close = affine.check(lambda x, a, b: affine.key(x, a, b) * (1 + 2e-6))
    assert close.code.endswith(f"[0] is {right * (1 + 2e-6):.7g}, expected {right:.7g}")


def test_the_first_failure_may_be_of_any_kind(affine):
    affine.check(lambda x, a, b: None)
    assert "expected" not in affine.check(lambda x, a, b: x + 9).code
    assert "expected" in affine.check(lambda x, a, b: x + 9).code
    other = exercise("1.3")
    other.check(lambda x: x.y)
    assert "density_of_exp(x)[0] is nan, expected 0.4" in other.check(lambda x: np.log(-x)).code


def test_inputs_of_every_kind_are_shown():
    name = "x"
    assert answers.show(name, np.array([[0.5, -1], [2, 1 / 3]])) == (
        "x = np.array([[ 0.5     , -1.      ],\n              [ 2.      ,  0.333333]])"
    )
    assert answers.show(name, np.array([2, 0, 1])) == "x = np.array([2, 0, 1])"
    assert answers.show(name, np.zeros((5, 13))) == "# x is an array of shape (5, 13)"
    assert answers.show(name, 3) == "x = 3"
    assert answers.show(name, np.tanh) == "# x is tanh"


@pytest.mark.parametrize("total", [np.sum, np.mean, np.max, lambda s: np.sum(s**2), lambda s: s[0]])
def test_what_depends_on_an_argument_is_not_said_not_to(total):
    """A sum does not change when its terms are turned round."""
    ex = Exercise(
        id="99.1",
        title="Log-det",
        difficulty=1,
        minutes=1,
        key=lambda s: np.sum(np.log(s), axis=(1, 2)),
        probes=((np.arange(1, 25.0).reshape(4, 2, 3),), (np.arange(2, 14.0).reshape(2, 3, 2),)),
        misconceptions=(),
        hints=(),
        why="",
    )
    for fn in (lambda s: total(s) * np.ones(len(s)) + 7, lambda s: total(s[:, 0]) + np.arange(len(s))):
        assert "does not depend" not in ex.check(fn).text
    assert "The result does not depend on `s`." in ex.check(lambda s: np.arange(float(len(s)))).text


def test_prints_of_the_learner_are_not_repeated(affine, capsys):
    affine.check(lambda x, a, b: print("here") or -x * a)
    assert capsys.readouterr().out == "here\n" * len(affine.probes)


def test_warnings_of_the_learner_do_not_matter(affine):
    assert (
        affine.check(lambda x, a, b: warnings.warn("old", stacklevel=1) or affine.key(x, a, b)).status
        == "correct"
    )


def test_results_that_are_tuples():
    def forward(x, s):
        return s * x, np.log(np.abs(s)) + 0 * x

    no_abs = Misconception("no abs", lambda x, s: (s * x, np.log(s) + 0 * x), "`s < 0` is & stays possible")

    def too_large(x, s):
        return s * x, 2 + np.log(np.abs(s)) + 0 * x

    x = np.array([0.3, -1.0, 2.0])
    ex = Exercise("9.1", "Scale", 1, 1, forward, ((x, 2.0), (x, -3.0)), (no_abs,), ("hint",), "why")
    assert ex.check(forward).status == "correct"
    assert ex.check(no_abs.wrong).text == no_abs.hint
    assert "<code>s &lt; 0</code> is &amp; stays possible" in ex.check(no_abs.wrong)._repr_html_()
    scalar = ex.check(lambda x, s: (s * x, np.log(np.abs(s)))).text
    assert scalar.startswith("In part 1 of the result, the shape of the result is () (one number), expected")
    assert "forward(x, s)[1][0] is 2.69315, expected 0.693147" in ex.check(too_large).code
    assert ex.check(lambda x, s: s * x).text.startswith(
        "The result is an array of dtype float64, expected a tuple"
    )
    assert ex.check(lambda x, s: [s * x, s * x]).status == "not yet"


def test_hints_come_one_after_another_and_then_all_again(affine):
    seen = [affine.hint() for _ in affine.hints]
    assert all(hint in card.text for hint, card in zip(affine.hints, seen, strict=True))
    assert "Hint 1 of 3. 2 more." in repr(seen[0]) and "This was the last" in repr(seen[-1])
    assert all(hint in affine.hint().text for hint in affine.hints)


def test_solution_is_the_source_of_the_key(affine):
    solution = affine.solution()
    assert solution.code.startswith("def log_density(x, a, b):\n") and solution.text == affine.why
    namespace = {"np": np}
    exec(solution.code, namespace)
    assert affine.check(namespace["log_density"]).status == "correct"


def test_use_gives_the_learners_function_only_if_it_is_right(affine, capsys):
    def right(x, a, b):
        return [-((a * u + b) ** 2) / 2 - math.log(2 * math.pi) / 2 + math.log(abs(a)) for u in x]

    wrong = (lambda x, a, b: x), (lambda x, a, b: None), (lambda x, a, b: x.y), None
    assert affine.use(right) is right
    assert [affine.use(fn) for fn in wrong] == [affine.key] * 4
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Exercise 1.2: from here on, log_density is yours: it is correct."
    reasons = "is not right yet", "is not attempted yet", "raises an error", "is not right yet"
    for line, reason in zip(lines[1:], reasons, strict=True):
        assert line == f"Exercise 1.2: from here on, log_density is the answer key: yours {reason}."


def test_progress_of_the_notebooks_in_use(affine):
    first = exercises._exercises("nb01")
    assert [row[:2] for row in progress().rows] == [(ex.id, "not attempted") for ex in first]
    affine.check(affine.key)
    affine.check(None)  # what was done stays done
    exercise("1.1").check(lambda f, x, h: x / "h")
    exercise("1.3").check(lambda x: x)
    exercise("0.1").check(lambda z: None)
    statuses = {row[0]: row[1] for row in progress().rows}
    used = [ex.id for name in ("nb00", "nb01") for ex in exercises._exercises(name)]
    assert list(statuses) == used
    assert [statuses[id] for id in ("1.1", "1.2", "1.3", "0.1")] == [
        "not yet",
        "done",
        "not yet",
        "not attempted",
    ]
    assert f"1 of {len(used)} exercises done" in repr(progress())
    table = ElementTree.fromstring(progress()._repr_html_()).findall(".//tr")
    assert [row[1].text for row in table] == list(statuses.values())
    assert all(id in repr(progress()) and status in repr(progress()) for id, status in statuses.items())


def test_progress_before_any_exercise():
    assert "No exercise has been used" in repr(progress())


@pytest.mark.parametrize("unknown", ["1.99", "99.1", "", "1", "01.1", "engine.1"])
def test_unknown_id_names_the_existing_ones(unknown):
    with pytest.raises(ValueError, match=rf"no exercise '{re.escape(unknown)}'.* 0\.1, 0\.2, .*1\.1, 1\.2"):
        exercise(unknown)
    assert not progress().rows


def test_id_must_be_a_string():
    with pytest.raises(TypeError, match=r'string such as "1\.2", got 1\.2'):
        exercise(1.2)


def test_exercises_are_imported_only_when_asked_for():
    code = (
        "import sys, nflow_ref\n"
        "start = 'nflow_ref.course.exercises.nb'\n"
        "loaded = lambda: {m for m in sys.modules if m.startswith(start)}\n"
        "assert not loaded()\n"
        "from nflow_ref.course.exercises import exercise\n"
        "assert not loaded()\n"
        "exercise('1.1')\n"
        "assert {m.removeprefix(start)[:2] for m in loaded()} == {'01'}\n"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stderr == ""
