"""Lesson 00, the lecture: an hour long, and all 14 topics in it."""

import re

import notebook_rules as rules
import pytest
from execute_notebooks import FOLDER
from exercise_rules import code_cells, registered

from nflow_ref.course.exercises.choice import Prediction

LECTURE = rules.load(next(FOLDER.glob("00_*.ipynb")))
TOPICS = {
    1: "goal",
    2: "one dimension",
    3: "many dimensions",
    4: "maximum likelihood",
    5: "true",
    6: "composition",
    7: "requirements",
    8: "coupling",
    9: "activation normalization",
    10: "permutation",
    11: "1×1 convolution",
    12: "squeeze",
    13: "split",
    14: "whole architecture",
}
MOST_WORDS = 3000
MOST_LINES = 15  # of code in a cell, folded or not
MOST_OPEN_LINES = 6  # of a topic
MOST_CLAIM_LINES = 20
MOST_SHORT_MINUTES, MOST_MINUTES = 56, 75
TOPIC = re.compile(r"^## (?:(\d+) · )?(.*) \((?:short way|in depth)\)$", re.MULTILINE)
TO_A_CELL = re.compile(r"\]\(((?:0[1-9]|1\d)_\w+\.ipynb)#cell-id=[\w-]+\)")


def lines(cell):
    return [line for line in cell.source.splitlines() if line.strip()]


def printed(cell):
    return "\n".join(map(rules.shown, cell.outputs))


def topics():
    """{number: (title, its text, its code cells)}; a cell may end one topic and begin the next."""
    found, number = {}, None
    for cell in LECTURE.cells:
        if cell.cell_type == "code":
            if number:
                found[number][2].append(cell)
            continue
        text = cell.source
        if heading := TOPIC.search(text):
            before, text = text[: heading.start()], text[heading.start() :]
            if number:
                found[number][1] += before
            number = int(heading[1] or 0)
            if number:
                found[number] = [heading[2], "", []]
        if number:
            found[number][1] += f"{text}\n\n"
    return found


each_topic = pytest.mark.parametrize("number", TOPICS, ids=TOPICS.get)


def test_all_topics_are_there_in_order():
    titles = {number: title.lower() for number, (title, *_) in topics().items()}
    assert list(titles) == list(TOPICS)
    assert [number for number, words in TOPICS.items() if words not in titles[number]] == []


@each_topic
def test_topic_has_a_picture_a_link_to_its_proof_and_few_open_lines(number):
    _, text, cells = topics()[number]
    drawn = [cell for cell in cells if any("image/png" in o.get("data", {}) for o in cell.outputs)]
    assert drawn and all(cell.source.startswith("# Figure: ") for cell in drawn)
    assert TO_A_CELL.search(text)
    opened = [cell for cell in cells if not (rules.is_folded(cell) or rules.is_exercise(cell))]
    assert sum(len(lines(cell)) for cell in opened) <= MOST_OPEN_LINES


@each_topic
def test_each_formula_has_one_claim(number):
    """As many claims that hold as displayed formulas, each folded below the code that does it."""
    _, text, cells = topics()[number]
    claims = [cell for cell in cells if rules.CLAIM_LINE.search(printed(cell))]
    held = sum(len(re.findall(r"^OK  ", printed(cell), re.MULTILINE)) for cell in claims)
    assert held == len(rules.EQUATION.findall(text)) >= 1
    assert all(cell.source.startswith("# Test: ") and rules.is_folded(cell) for cell in claims)


def test_formulas_are_numbered_in_their_lessons_only():
    assert rules.numbered(LECTURE) == []


def test_it_is_short():
    """Protects the promise: one sitting of an hour, and a quarter more for the exercises."""
    assert rules.words(rules.markdown(LECTURE)) <= MOST_WORDS
    assert {
        cell.id: len(lines(cell)) for _, cell in code_cells(LECTURE) if len(lines(cell)) > MOST_LINES
    } == {}
    assert (
        sum(len(rules.CLAIM_LINE.findall(printed(cell))) for _, cell in code_cells(LECTURE))
        <= MOST_CLAIM_LINES
    )
    assert rules.short_minutes(LECTURE) <= MOST_SHORT_MINUTES
    assert rules.minutes(LECTURE, registered(0)) <= MOST_MINUTES


def test_exercises_come_along_the_way():
    """Three or four, one of them a prediction; the first within ten minutes; none after the mathematics."""
    exercises = registered(0)
    assert 3 <= len(exercises) <= 4 and sum(isinstance(ex, Prediction) for ex in exercises) == 1
    starts = [i for i, cell in enumerate(LECTURE.cells) if re.match("### (Exercise|Predict) ", cell.source)]
    assert len(starts) == len(exercises)
    first = rules.nbformat.from_dict({**LECTURE, "cells": LECTURE.cells[: starts[0]]})
    assert rules.minutes(first, ()) <= 10
    last = next(i for i, cell in enumerate(LECTURE.cells) if "## 14 · " in cell.source)
    assert max(starts) < last


def test_the_formulas_beside_the_table_of_models_have_sources():
    """Protects the honesty of the comparison: each row and each claim about others names where it is from."""
    (text,) = (cell.source for cell in LECTURE.cells if "## Where flows stand" in cell.source)
    table, sources = text.split("*Sources")
    for number in range(1, 7):
        assert f"{number})" in table and re.search(rf"\({number}\) [^.]*?\*.+?\*, (19|20)\d\d", sources), (
            number
        )
