"""The exercises that ask for no formula: a letter, a test that finds a bug, a flow that reaches a goal."""

from dataclasses import replace
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest

from nflow_ref.course import exercises
from nflow_ref.course.exercises.choice import Choice, Prediction
from nflow_ref.course.exercises.engine import Misconception
from nflow_ref.course.exercises.goal import Goal, Measure
from nflow_ref.course.exercises.hunt import Hunt
from nflow_ref.course.exercises.probes import named

REGISTERED = [replace(ex) for name in exercises._notebooks() for ex in exercises._exercises(name)]
CHOICES = [ex for ex in REGISTERED if isinstance(ex, Choice)]
GOALS = [ex for ex in REGISTERED if isinstance(ex, Goal)]
SUM = {"a": ("3", "It is not the product."), "b": ("5", "You add, once."), "c": ("7", "You add twice.")}


@pytest.fixture
def sum_of_two():
    return Prediction("9.1", "A sum", 2, "What is `2 + 3`?", SUM, "b")


def test_what_is_not_chosen_shows_the_question(sum_of_two):
    for nothing in (..., None):
        outcome = sum_of_two.predict(nothing)
        assert outcome.status == sum_of_two.status == "not attempted"
        lines = ["What is `2 + 3`?", "`a` 3", "`b` 5", "`c` 7", "Put a letter in place of the three dots"]
        assert all(line in " ".join(outcome.text.split()) for line in lines)
    assert '`ex.predict("a")`' in outcome.text and '`ex.predict("a")`' in repr(sum_of_two)


def test_a_choice_is_judged(sum_of_two):
    outcome = sum_of_two.predict("c")
    assert (outcome.status, outcome.text) == ("not yet", "You say: 7\nYou add twice.")
    assert sum_of_two.status == "not yet"
    outcome = sum_of_two.predict(" B ")
    assert (outcome.status, outcome.text) == ("correct", "You say: 5\nYou add, once.")
    sum_of_two.predict("a")
    assert sum_of_two.status == "correct"  # what is done stays done


@pytest.mark.parametrize("bad", ["d", "", 5, True, ["b"], "ab"])
def test_what_is_no_choice_is_said(bad, sum_of_two):
    outcome = sum_of_two.predict(bad)
    assert outcome.status == "not yet" and 'one of the letters "a", "b", "c", got' in outcome.text


def test_a_choice_has_no_hint(sum_of_two):
    assert "no hint: choose what you believe" in sum_of_two.hint().text
    assert sum_of_two.status == "not attempted"


def test_the_solution_of_a_choice(sum_of_two):
    assert sum_of_two.solution().text == "b: 5\nYou add, once."
    assert "why it is right" not in repr(sum_of_two) and "You add" not in repr(sum_of_two)


@pytest.mark.parametrize("ex", CHOICES, ids=lambda ex: ex.id)
def test_registered_choices(ex):
    """Each has a reason for each choice, gives nothing away beforehand, and looks as it should."""
    assert list(ex.choices) == list("abcde"[: len(ex.choices)]) and 3 <= len(ex.choices) <= 5
    assert ex.answer in ex.choices and 1 <= ex.minutes <= 15
    reasons = [reason for _, reason in ex.choices.values()]
    texts = [text for text, _ in ex.choices.values()]
    assert len(set(reasons)) == len(reasons) and len(set(texts)) == len(texts)
    assert all(len(reason) > 30 for reason in reasons) and len(ex.question) > 20
    assert all(text.count("`") % 2 == 0 for text in (ex.question, *texts, *reasons))
    card = repr(ex.choose(...))
    assert not any(reason in card.replace("\n    ", " ") for reason in reasons)
    for letter in (..., *ex.choices):
        outcome = replace(ex).choose(letter)
        assert outcome.status == {...: "not attempted", ex.answer: "correct"}.get(letter, "not yet")
        assert f"Exercise {ex.id}" in "".join(ElementTree.fromstring(outcome._repr_html_()).itertext())


def test_the_right_letter_is_not_always_the_same():
    """Protects predictions from being guessed."""
    answers = [ex.answer for ex in CHOICES]
    assert max(map(answers.count, "abc")) <= len(answers) / 2


def doubles(f):
    """Whether f doubles."""
    return bool(np.allclose([f(1.0), f(-3.0)], [2.0, -6.0]))


RIGHT = named("version 1", lambda x: x + x)
WRONG = [named("version 2", lambda x: x + 2), named("version 3", lambda x: 2 * abs(x))]


@pytest.fixture
def hunt():
    return Hunt(
        id="9.2",
        title="Doubling",
        difficulty=1,
        minutes=5,
        key=doubles,
        probes=((RIGHT,), *((f,) for f in WRONG)),
        misconceptions=(
            Misconception("one point", lambda f: f(1.0) == 2, "You try one point. What of another?"),
        ),
        hints=("Try more than one number.",),
        why="A negative number tells.",
        properties=(("no map that adds passes", lambda fn: not fn(WRONG[0])),),
    )


def test_a_hunt_knows_blind_tests(hunt):
    assert hunt.check(lambda f: ...).status == "not attempted"
    assert hunt.check(lambda f: f(1.0) == 2).text == "You try one point. What of another?"
    assert hunt.check(lambda f: f(1.0) == 2 and f(-1.0) == -2).status == "correct"


def test_a_hunt_says_what_passes(hunt):
    outcome = hunt.check(lambda f: True)
    assert "A wrong one passes your test. This should be true, and is not: no map that adds" in outcome.text
    assert "Right for 1 of 3." in outcome.text and "version 2" in outcome.code
    outcome = hunt.check(lambda f: f(1.0) == 3)
    assert "finds a mistake where there is none" in outcome.text and "version 1" in outcome.code
    outcome = hunt.check(lambda f: np.array([f(1.0) == 2]))
    assert "A test returns `True` or `False`." in outcome.text


def build():
    """A flow that needs 3 numbers."""
    return SimpleNamespace(log_prob=None), np.zeros(3)


@pytest.fixture
def goal():
    def size(flow, params):
        return len(params)

    return Goal(
        id="9.3",
        title="Small",
        difficulty=2,
        minutes=9,
        key=build,
        probes=((),),
        misconceptions=(),
        hints=("Fewer.", "Still fewer."),
        why="Three are enough.",
        measures=(
            Measure("numbers", size, 4, "Leave some out."),
            Measure("the largest", lambda flow, params: np.max(params), 1.5, "Smaller ones."),
        ),
    )


def flow_with(params):
    return lambda: (SimpleNamespace(log_prob=None), params)


def test_a_goal_is_measured(goal):
    assert goal.check(lambda: None).status == "not attempted"
    outcome = goal.check(flow_with(np.zeros(9)))
    assert (outcome.status, outcome.text) == ("not yet", "numbers: 9. The goal is 4.\nLeave some out.")
    outcome = goal.check(flow_with(np.full(3, 2.0)))
    assert outcome.text == "numbers: 3, the goal was 4.\nthe largest: 2. The goal is 1.5.\nSmaller ones."
    outcome = goal.check(build)
    assert outcome.status == goal.status == "correct" and outcome.text.endswith("Three are enough.")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (build(), "`check` takes a function without arguments: `ex.check(build)`"),
        (lambda rng: build(), "`check` takes a function without arguments"),
        (lambda: build()[1], "It should return a pair, `flow, params`, got ndarray."),
        (lambda: (1, 2), "It should return a pair, `flow, params`, got tuple."),
        (flow_with(None), "numbers: it cannot be measured. TypeError"),
        (flow_with(np.full(3, np.nan)), "the largest: nan. The goal is 1.5."),
    ],
)
def test_what_a_goal_cannot_measure(wrong, said, goal):
    outcome = goal.check(wrong)
    assert outcome.status in ("not yet", "error") and said in outcome.text


def test_an_error_shows_the_line(goal):
    def build():
        return 1 / 0

    outcome = goal.check(build)
    assert outcome.status == "error" and "return 1 / 0\nZeroDivisionError" in outcome.code


def test_the_stop_button_ends_a_goal(goal):
    def build():
        raise KeyboardInterrupt

    assert goal.check(build).text == "The check was interrupted."


@pytest.mark.parametrize("ex", GOALS, ids=lambda ex: ex.id)
def test_registered_goals(ex):
    """Its description is complete; that the key reaches it is seen in its notebook, solved."""
    assert len(ex.measures) >= 1 and len(ex.hints) >= 2 and len(ex.why) > 15
    assert all(len(measure.hint) > 15 for measure in ex.measures)
    assert ex.check(lambda *args: ...).status == "not attempted"
