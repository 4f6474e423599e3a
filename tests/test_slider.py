"""nflow_ref.course.slider: the text that a browser turns into a figure that moves."""

import json
import re
from html import unescape

import numpy as np
import pytest

from nflow_ref.course.pytest_plugin import masked
from nflow_ref.course.slider import PAPER, VIRIDIS, Panel, Slider, area, dots, image, line, words

PANEL = Panel("a title", (-1, 1), (0, 2), ("x", "y"), height=0.5)


def made(picture, values=(1, 2, 3), panels=(PANEL,), **options):
    says = options.pop("says", lambda a: f"a = {a}")
    return Slider("slope a", list(values), picture, list(panels), says, "An <alt> text.", **options)


def figure(slider):
    """What the script will read."""
    return json.loads(unescape(re.search('data-figure="([^"]*)"', slider._repr_html_())[1]))


def mark(picture, **options):
    return figure(made(picture, **options))["panels"][0]["marks"][0]


def test_each_stop_has_its_sentence_and_the_panel_its_axes():
    data = figure(made(lambda a: [[line([-1, 1], [0, a], "#123456")]], start=1, seconds=2))
    assert data["says"] == ["a = 1", "a = 2", "a = 3"]
    assert (data["name"], data["alt"], data["start"], data["seconds"]) == ("slope a", "An <alt> text.", 1, 2)
    (panel,) = data["panels"]
    assert (panel["title"], panel["names"], panel["height"]) == ("a title", ["x", "y"], 500)
    assert panel["ticks"] == [
        [[0, "−1"], [250, "−0.5"], [500, "0"], [750, "0.5"], [1000, "1"]],
        [[500, "0"], [375, "0.5"], [250, "1"], [125, "1.5"], [0, "2"]],
    ]


def test_a_line_is_written_by_differences_and_y_goes_up():
    marks = mark(lambda a: [[line([-1, 0, 1], [0, 1, a], "#123456")]])
    assert marks == {
        "kind": "line",
        "colour": ["#123456"],
        "at": ["M0 500l500-250 500 0", "M0 500l500-250 500-250", "M0 500l500-250 500-500"],
        "more": [False],
    }


def test_what_does_not_move_is_said_once():
    moving = mark(lambda a: [[line([0, 1], [0, 1], "red" if a == 2 else "blue")]])
    assert moving["at"] == ["M500 500l500-250"]
    assert moving["colour"] == ["blue", "red", "blue"]


def test_a_line_breaks_at_nan_and_an_area_does_not_move():
    broken = mark(lambda a: [[line([-1, 0, np.nan, 0, 1], [0, 0, 0, 1, 1], "red")]])
    assert broken["at"] == ["M0 500l500 0M500 250l500 0"]
    assert mark(lambda a: [[area([-1, 0, 0], [0, 0, 2], "red")]])["at"] == ["M0 500l500 0 0-500"]
    alone = mark(lambda a: [[line([-1, np.nan, 0, np.nan], [0, 0, 0, 1], "red")]])
    assert alone["at"] == ["M0 500M500 500"]


def test_dots_and_words_are_points():
    assert mark(lambda a: [[dots([-1, 1], [2, 0], "red", size=4)]]) == {
        "kind": "dots",
        "colour": ["red"],
        "at": ["0 0 1000 500"],
        "more": [4],
    }
    said = mark(lambda a: [[words(0, 1, f"det {a}")]])
    assert (said["at"], said["more"]) == (["500 250"], ["det 1", "det 2", "det 3"])


def test_an_image_has_sixteen_shades_and_its_first_row_is_on_top():
    values = np.array([[0, 1], [2, 4], [8, 16]])
    shown = mark(lambda a: [[image(values, ((-1, 1), (0, 2)), top=16)]])
    assert shown["more"] == [[2, "01247f"]]
    assert shown["at"] == ["0 500 1000 0"]
    assert shown["colour"] == [list(PAPER)]
    assert (PAPER[0], PAPER[15], len(VIRIDIS)) == ("ffffff", "000000", 16)
    assert mark(lambda a: [[image([[-1.0, 99.0]], ((0, 1), (0, 1)))]])["more"] == [[2, "0f"]]


def test_rounding_does_not_hang_on_the_last_digit():
    """Symmetric figures have points exactly between two units: there 1e-12 must change nothing."""
    half = np.array([-0.999, 0.001, 0.501])
    for shift in (-1e-12, 0, 1e-12):
        assert PANEL.units(np.stack([half + shift, half], axis=1))[:, 0].tolist() == [0, 500, 750]


def test_html_is_the_same_twice_and_cannot_be_broken_out_of():
    slider = made(lambda a: [[words(0, 0, '"><script>alert(1)</script>')]])
    html = slider._repr_html_()
    assert html == slider._repr_html_()
    assert "alert(1)" not in html.partition("data-figure=")[2].partition("</p>")[0].replace(
        "&lt;script&gt;alert", ""
    )
    assert html.count("<script>") == 1
    assert "An &lt;alt&gt; text." in html


def test_nbval_compares_the_points_unless_they_vary():
    def of(a, **options):
        return masked(made(lambda v: [[line([0, 1], [0, a * v], "red")]], **options)._repr_html_())

    assert of(0.1) != of(0.2)
    assert of(0.1, varies=True) == of(0.2, varies=True)


def test_the_text_says_what_is_seen():
    def picture(a):
        return [[line([0, 1], [0, 1], "red")]]

    assert repr(made(picture)) == "[slider] slope a. An <alt> text. First: a = 1. Last: a = 3."
    assert repr(made(picture, varies=True)) == "[slider] slope a. An <alt> text."


@pytest.mark.parametrize(
    "picture, panels",
    [
        (lambda a: [[line([0, 1], [0, 1], "red")] * a], [PANEL]),
        (lambda a: [[line([0], [0], "red") if a == 1 else dots([0], [0], "red")]], [PANEL]),
        (lambda a: [[line([0], [0], "red")]], [PANEL, PANEL]),
    ],
)
def test_other_marks_at_other_values_are_refused(picture, panels):
    with pytest.raises(
        ValueError, match="picture must be a function to the same marks at each value, in . panels"
    ):
        made(picture, panels=panels)


@pytest.mark.parametrize(
    "bad, message",
    [
        (lambda: image([1, 2], ((0, 1), (0, 1))), r"image: values must be an array \(H, W\), got \(2,\)"),
        (lambda: image([[1, np.nan]], ((0, 1), (0, 1))), "image: values must be finite"),
        (lambda: line([], [], "red"), "line: x, y must be finite numbers, one or more"),
        (lambda: line([1], [np.inf], "red"), "line: x, y must be finite numbers, one or more"),
        (lambda: dots([1, np.nan], [1, 1], "red"), "dots: x, y must be finite numbers, one or more"),
    ],
)
def test_bad_marks_are_refused(bad, message):
    with pytest.raises(ValueError, match=message):
        bad()


def test_numbers_have_a_minus():
    """And words their hyphen: the sentences are read, and read aloud."""
    says = ["log-det -0.5", "(-.5), 1 − -2", "1e-06 half-way, x-1"]
    slider = made(lambda a: [[line([0, 1], [0, 1], "red")]], says=lambda a: says[a - 1])
    assert figure(slider)["says"] == ["log-det −0.5", "(−.5), 1 − −2", "1e-06 half-way, x-1"]
