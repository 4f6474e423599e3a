"""Every exercise of every notebook: its key, its misconceptions, its properties, its cards."""

import inspect
import itertools
import re
from dataclasses import replace
from xml.etree import ElementTree

import autograd.numpy
import key_mutants
import numpy as np
import pytest
from learners import LEARNERS, OTHER_WAY
from learners.equivalent import EQUIVALENT

from nflow_ref.course import exercises
from nflow_ref.course.exercises import answers
from nflow_ref.course.exercises.answers import run, same
from nflow_ref.course.exercises.choice import Choice
from nflow_ref.course.exercises.engine import Exercise, is_true
from nflow_ref.course.exercises.goal import Goal
from nflow_ref.course.exercises.hunt import Hunt
from nflow_ref.multiscale import squeeze, unsqueeze

NOTEBOOKS = {name: exercises._exercises(name) for name in exercises._notebooks()}
REGISTERED = [replace(ex) for notebook in NOTEBOOKS.values() for ex in notebook]  # without a history
CHOICES = [ex for ex in REGISTERED if isinstance(ex, Choice)]
GOALS = [ex for ex in REGISTERED if isinstance(ex, Goal)]
ALL = [ex for ex in REGISTERED if isinstance(ex, Exercise) and ex not in GOALS]

each_exercise = pytest.mark.parametrize("ex", ALL, ids=lambda ex: ex.id)
each_mistake = pytest.mark.parametrize(
    "ex, mistake", [pytest.param(ex, m, id=f"{ex.id} {m.name}") for ex in ALL for m in ex.misconceptions]
)


def answers_of(ex, fn):
    return [run(fn, args)[0] for args in ex.probes]


def unknown_mistakes(ex):
    """Wrong functions that are no misconception of ex."""
    if isinstance(ex, Hunt):
        yield lambda *args: not ex.key(*args)
        yield lambda *args: np.array([ex.key(*args)])
        return
    yield lambda *args: ex.key(*args) * 1.03
    yield lambda *args: ex.key(*args) + 0.07
    yield lambda *args: ex.key(*args)[:-1]
    yield lambda *args: ex.key(*args)[::-1] - 0.2
    yield lambda *args: _with_some_of_the_input(ex.key(*args), args)


def _with_some_of_the_input(result, args):
    """result, changed by the first array among args, repeated or cut to its shape."""
    return result + 0.05 * np.resize(next(a for a in args if np.ndim(a)), np.shape(result))


def test_every_notebook_has_its_own_ids_in_order():
    for name, notebook in NOTEBOOKS.items():
        assert [ex.id for ex in notebook] == [f"{int(name[2:])}.{n + 1}" for n in range(len(notebook))]


@each_exercise
def test_description_is_complete(ex):
    texts = [*ex.hints, *(m.hint for m in ex.misconceptions), ex.why, *(p[0] for p in ex.properties)]
    assert len(ex.misconceptions) >= 3 and len(ex.hints) >= 2 and len(ex.properties) >= 1
    assert all(len(text) > 15 for text in texts) and len(set(texts)) == len(texts)
    assert len({m.name for m in ex.misconceptions}) == len(ex.misconceptions)
    assert all(text.count("`") % 2 == 0 for text in texts)
    assert ex.difficulty in (1, 2, 3) and 1 <= ex.minutes <= 60
    assert f"Exercise {ex.id}: {ex.title}" in repr(ex) and f"about {ex.minutes} min" in repr(ex)


@each_exercise
def test_key_is_correct(ex):
    outcome = ex.check(ex.key)
    assert (outcome.status, outcome.text) == ("correct", ex.why)
    assert all(holds(ex.key) for _, holds in ex.properties)
    assert all(np.isfinite(result).all() for result in answers_of(ex, ex.key))


@each_exercise
@pytest.mark.parametrize("nothing", [None, ...])
def test_stub_is_not_attempted(ex, nothing):
    assert ex.check(lambda *args: nothing).status == "not attempted"


@each_mistake
def test_misconception_gets_its_own_hint(ex, mistake):
    outcome = ex.check(mistake.wrong)
    assert (outcome.status, outcome.text) == ("not yet", mistake.hint)
    assert list(inspect.signature(mistake.wrong).parameters) == list(inspect.signature(ex.key).parameters)


@each_exercise
def test_mistakes_as_learners_write_them_get_the_right_hints(ex):
    hints = []
    for phrase, fn in LEARNERS[ex.id].items():
        hints.append(ex.check(fn).text)
        assert phrase in hints[-1]
    assert sorted(hints) == sorted(m.hint for m in ex.misconceptions)


@each_exercise
def test_key_agrees_with_another_way_to_the_same_numbers(ex):
    for args in ex.probes:
        answer, other = ex.key(*args), OTHER_WAY[ex.id](*args)
        assert np.shape(answer) == np.shape(other)
        np.testing.assert_allclose(answer, other, rtol=1e-7)


@each_exercise
def test_probes_tell_all_answers_apart(ex):
    functions = {"key": ex.key} | {m.name: m.wrong for m in ex.misconceptions}
    answers = {name: answers_of(ex, fn) for name, fn in functions.items()}
    for a, b in itertools.combinations(answers, 2):
        assert not same(answers[a], answers[b], 1e-3, 1e-3), f"{ex.id}: {a} and {b} look alike"


@each_exercise
def test_every_property_can_fail(ex):
    wrong = [m.wrong for m in ex.misconceptions] + list(unknown_mistakes(ex))
    for statement, holds in ex.properties:
        assert not all(is_true(holds, fn) for fn in wrong), statement


@each_exercise
def test_outcomes_tell_no_expected_value_and_no_address(ex):
    expected = np.concatenate([np.ravel(result) for result in answers_of(ex, ex.key)])
    wrong = [m.wrong for m in ex.misconceptions]
    for fn in [None, lambda *args: None, *wrong, *unknown_mistakes(ex)]:
        outcome = replace(ex).check(fn)
        html = outcome._repr_html_()
        for text in (outcome.text, " ".join(ElementTree.fromstring(html).itertext())):
            text = text.replace(outcome.title, "").replace(outcome.code, "")
            assert outcome.code in ("", *map(ex._show, ex.probes))
            for number in re.findall(r"-?\d*\.\d+", text):
                assert not np.isclose(expected, float(number), rtol=0.02, atol=0.005).any(), text
        assert "0x" not in repr(outcome) + html and "/nflow_ref" not in repr(outcome) + html
        if fn is not None and fn not in wrong and "returns nothing" not in outcome.text:
            assert outcome.status == "not yet" and not any(m.hint in outcome.text for m in ex.misconceptions)


@each_exercise
def test_keys_with_one_thing_wrong_are_not_accepted(ex, monkeypatch):
    """A wrong operator, name, constant, axis or size: no probe may have sizes that coincide, say."""
    monkeypatch.setattr(answers, "SECONDS", 0.5)
    monkeypatch.setattr(answers, "NOT_THEIRS", ())
    expected = answers_of(ex, ex.key)
    accepted = {line for line, fn in key_mutants.mutants(ex.key) if is_accepted(ex, fn, expected)}
    assert accepted == EQUIVALENT.get(ex.id, {}).keys()
    assert all(len(reason) > 15 for reason in EQUIVALENT.get(ex.id, {}).values())


def is_accepted(ex, fn, expected):
    try:
        return all(
            same(run(fn, args)[0], answer, ex.rtol, ex.atol)
            for args, answer in zip(ex.probes, expected, strict=True)
        )
    except (Exception, answers.TooLong):
        return False


@each_exercise
def test_solution_can_be_copied(ex):
    """It runs with what its notebook has at hand, and has a docstring of plain words."""
    scope = {"np": autograd.numpy, "squeeze": squeeze, "unsqueeze": unsqueeze}
    exec(ex.solution().code, scope)
    assert ex.check(scope[ex.key.__name__]).status == "correct"
    assert not set(ex.key.__doc__) & set('"\\')


@each_exercise
def test_all_cards_are_well_formed_and_repeatable(ex):
    def cards():
        mine = replace(ex)
        hints = [mine.hint() for _ in range(len(ex.hints) + 1)]
        wrong = [mine.check(fn) for fn in [*unknown_mistakes(ex), ex.misconceptions[0].wrong, None, ex.key]]
        return [mine, *hints, *wrong, mine.solution()]

    for card, again in zip(cards(), cards(), strict=True):
        assert repr(card) == repr(again) and card._repr_html_() == again._repr_html_()
        page = ElementTree.fromstring(card._repr_html_())
        assert f"Exercise {ex.id}" in "".join(page.itertext()) and "border-left" in page.get("style")
        assert "var(" not in card._repr_html_()  # JupyterLab strips it from what it does not trust
        status = getattr(card, "label", "exercise")
        assert page.find(".//strong").text == status and repr(card).startswith(f"[{status}]")
