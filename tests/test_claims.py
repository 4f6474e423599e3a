import re
import sys
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest

from nflow_ref.claims import ClaimError, claim, explore, refute, together
from nflow_ref.course.pytest_plugin import masked


@pytest.fixture
def said(capsys):
    """What was printed since the last call, with single spaces."""
    return lambda: re.sub(" {2,}", " ", capsys.readouterr().out)


def test_claim_prints_what_was_measured_and_what_is_allowed(capsys):
    claim("mass is 1", [1e-13, -3e-13], tol=1e-12)
    assert capsys.readouterr().out == f"OK  {'mass is 1':<58}  3e-13 ≤ 1e-12\n"


@pytest.mark.parametrize(
    ("error", "tol", "shown"),
    [
        (0.0331, 0.05, "0.033 ≤ 0.05"),
        (0.125, 0.2, "0.13 ≤ 0.2"),  # a tie, on every machine
        (0.125 - 1e-13, 0.2, "0.13 ≤ 0.2"),
        (0.0499999, 0.05, "0.05 ≤ 0.05"),
        (0.02004, 0.02005, "0.02 ≤ 0.02005"),
        (1234, 2000, "1234 ≤ 2000"),
        (100, 200, "100 ≤ 200"),
        (1e5, 2e5, "1e+05 ≤ 2e+05"),
        (123456.0, 2e5, "1.2e+05 ≤ 2e+05"),
        (2.345e-10, 1e-9, "2e-10 ≤ 1e-09"),
        (2.345e-10, 1e-8, "2.3e-10 ≤ 1e-08"),
        (0, 0.5, "0 ≤ 0.5"),
        (True, 1, "1 ≤ 1"),
    ],
)
def test_digits(error, tol, shown, said):
    claim("a", error, tol)
    assert said() == f"OK a {shown}\n"


@pytest.mark.parametrize("by", [0.5, 0.502, 0.5039])
def test_what_is_printed_is_true(by, said):
    """A rounded number must not be on the other side of the bound."""
    refute("a", 0.504, by)
    shown, bound = map(float, re.findall(r"[\d.]+", said()))
    assert shown >= bound
    with pytest.raises(ClaimError) as error:
        claim("a", 0.504, by)
    shown, bound = map(float, re.findall(r"[\d.]+", str(error.value)))
    assert shown > bound


def test_claim_names_what_it_judges(said):
    claim("the flow", 2.41, tol=2.65, what="bits/dim")
    claim("the flow", 2.41, tol=2.65, what="bits/dim", varies=np.bool_(True))
    assert said() == "OK the flow bits/dim 2.4 ≤ 2.65\nOK the flow bits/dim ≈ 2.4 ≤ 2.65\n"
    with pytest.raises(ClaimError, match="^not so: the flow: bits/dim 2.7 > 2.65$"):
        claim("the flow", 2.7, tol=2.65, what="bits/dim")


def test_a_tolerance_of_zero_asks_for_equality(said):
    claim("equal", 0.0, tol=0)
    assert said() == "OK equal exact\n"
    with pytest.raises(ClaimError, match="equal: 4.94e-324 instead of 0"):
        claim("equal", 5e-324, tol=0)


@pytest.mark.parametrize("error", [2e-12, -2e-12, [0.0, 1.0], np.nan, [0.0, np.nan], np.inf])
def test_claim_raises(error, capsys):
    with pytest.raises(ClaimError, match="not so: mass is 1: .* > 1e-12|nan against 1e-12"):
        claim("mass is 1", error, tol=1e-12)
    assert capsys.readouterr().out == ""


def test_refute_prints_and_raises(said):
    refute("no Jacobian", [0.0, -0.5], by=0.3)
    refute("no Jacobian", np.inf, by=0.3)
    assert said() == "NO no Jacobian 0.5 ≥ 0.3\nNO no Jacobian inf ≥ 0.3\n"
    for error, shown in ([0.1, 0.2], "0.2 < 0.3"), (np.nan, "nan against 0.3"):
        with pytest.raises(ClaimError, match=f"^not refuted: no Jacobian: {shown}$"):
            refute("no Jacobian", error, by=0.3)


def test_an_error_is_judged_by_the_size_of_the_numbers(said):
    claim("far out", 3e-9, tol=1e-12, of=1e4)
    assert said() == "OK far out 3e-09 ≤ 1e-12 · 1e+04\n"
    claim("far out", 1.9612345, tol=0.01, of=197)
    assert said() == "OK far out 1.96 ≤ 0.01 · 197\n"
    with pytest.raises(ClaimError, match=r"not so: far out: 3e-08 > 1e-12 · 1e\+04"):
        claim("far out", 3e-8, tol=1e-12, of=1e4)


def test_nothing_to_judge_is_no_proof():
    for judge in (lambda e: claim("a", e, 1.0), lambda e: refute("a", e, 1.0)):
        with pytest.raises(ValueError, match="at least one number"):
            judge([])


@pytest.mark.parametrize("bad", [np.inf, np.nan, -1e-12, None, "1e-12", True, [1.0]])
def test_a_judge_without_a_measure(bad, capsys):
    """With an infinite tolerance, or a control that 0 passes, everything would be so."""
    for call, name in (
        (lambda: claim("a", 0.5, tol=bad), "claim: tol must be a finite number >= 0"),
        (lambda: claim("a", 0.5, tol=1, of=bad), "claim: of must be a finite number > 0"),
        (lambda: refute("a", 0.5, by=bad), "refute: by must be a finite number > 0"),
        (lambda: refute("a", 0.5, by=0), "refute: by must be a finite number > 0"),
    ):
        with pytest.raises((ValueError, TypeError), match=f"{name}, got"):
            call()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("judge", [claim, refute, lambda words, error, tol: together(words).__enter__()])
def test_a_judge_without_words(judge):
    for bad in (None, 3, b"mass", ["mass"]):
        with pytest.raises(TypeError, match=r"(claim|refute|together): statement must be a string, got"):
            judge(bad, 0.5, 1.0)


def test_cases_of_one_statement_are_one_line(said):
    with together("Eq. (6.11), D = 2, 3"):
        claim("D = 2", 2e-16, 1e-13)
        claim("D = 3", 4e-16, 1e-13)
        refute("without s", 0.3, by=0.1)
        refute("without t", 0.2, by=0.1)
        assert said() == ""
    assert said().splitlines() == [
        "OK Eq. (6.11), D = 2, 3 worst 4e-16 ≤ 1e-13",
        " OK D = 2 2e-16 ≤ 1e-13",
        " OK D = 3 4e-16 ≤ 1e-13",
        "NO Eq. (6.11), D = 2, 3, wrong versions least 0.2 ≥ 0.1",
        " NO without s 0.3 ≥ 0.1",
        " NO without t 0.2 ≥ 0.1",
    ]


@pytest.mark.parametrize(
    ("cases", "shown"),
    [
        ([(2e-16, 1e-13), (3e-15, 1e-12)], "OK a worst 2e-16 ≤ 1e-13, 3e-15 ≤ 1e-12"),
        ([(2e-16, 1e-13), (3e-15, 1e-12), (0.1, 0.4)], "OK a ≈ 25 % of its bound, or less"),
        ([(0, 0), (0, 0)], "OK a exact"),
        ([(0, 0), (0.1, 0.2), (0.1, 0.4)], "OK a ≈ 50 % of its bound, or less"),
        ([(4, 8), (0.5, 1)], "OK a worst 0.5 ≤ 1, 4 ≤ 8"),
        ([(0.1, 0.2)], "OK a 0.1 ≤ 0.2"),
        ([(0.1, 0.2), (0.15, 0.2)], "OK a worst 0.15 ≤ 0.2"),
    ],
)
def test_the_line_of_several_claims(cases, shown, said):
    with together("a"):
        for error, tol in cases:
            claim("b", error, tol)
    assert said().splitlines()[0] == shown


def test_the_worst_is_that_nearest_to_its_bound(said):
    with together("a"):
        claim("b", 5, tol=0.1, of=100)
        claim("c", 0.08, tol=0.1)
    assert said().splitlines()[0] == "OK a worst 0.08 ≤ 0.1"


def test_the_line_of_several_refutations(said):
    with together("a"):
        for by in (0.1, 0.2, 0.25):
            refute("b", 0.5, by)
    assert said().splitlines()[0] == "NO a ≈ 2 times its bound, or more"


def test_what_varies_in_one_case_varies_in_the_line(said):
    with together("a"):
        claim("b", 0.1, 0.2, varies=True)
        claim("c", 0.15, 0.2)
    assert said().splitlines() == ["OK a worst ≈ 0.15 ≤ 0.2", " OK b ≈ 0.1 ≤ 0.2", " OK c 0.15 ≤ 0.2"]


def test_blocks_in_blocks_are_one_line(said):
    with together("all"):
        with together("left"):
            claim("b", 0.1, 0.2)
        claim("c", 0.15, 0.2)
    assert said().splitlines() == ["OK all worst 0.15 ≤ 0.2", " OK left: b 0.1 ≤ 0.2", " OK c 0.15 ≤ 0.2"]


def test_all_cases_are_shown_where_one_fails(said):
    with pytest.raises(ClaimError, match="^not so: a: c: 3 > 2\nnot refuted: a: d: 1 < 2$"), together("a"):
        claim("b", 1, 2)
        claim("c", 3, 2)
        refute("d", 1, 2)
        claim("e", 1, 2)
    assert said() == "OK a: b 1 ≤ 2\nNOT SO a: c 3 > 2\nNOT SO a: d 1 < 2\nOK a: e 1 ≤ 2\n"
    claim("and after it all is as before", 1, 2)
    assert said().startswith("OK and")


def test_another_error_is_not_hidden(said):
    with pytest.raises(ZeroDivisionError), together("a"):
        claim("b", 1, 2)
        print(1 / 0)
    assert said() == "OK a 1 ≤ 2\n OK b 1 ≤ 2\n"
    with pytest.raises(ZeroDivisionError), together("a"):
        print(1 / 0)


def test_an_empty_block_proves_nothing():
    with pytest.raises(ValueError, match="together: a must be at least one claim or ref"), together("a"):
        pass


@pytest.fixture
def exploring():
    explore()
    yield
    explore(False)


def test_who_explores_sees_the_rest(exploring, capsys):
    claim("a", 3, 2)
    with together("b"):
        claim("c", 3, 2)
        claim("d", 1, 2)
    claim("e", 1, 2)
    out, loud = capsys.readouterr()
    assert re.findall("^NOT SO  (.*?)  ", loud, re.MULTILINE) == ["a", "b: c"]
    assert re.findall("^(OK|NOT SO)  (.*?)  ", out, re.MULTILINE) == [
        ("NOT SO", "b: c"),
        ("OK", "b: d"),
        ("OK", "e"),
    ]
    explore(False)
    with pytest.raises(ClaimError):
        claim("a", 3, 2)


@pytest.fixture
def displayed(capsys, monkeypatch):
    """What a notebook displays; nothing is printed there."""
    shown, shell = [], SimpleNamespace(kernel=None)
    display = SimpleNamespace(display=shown.append)
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell, display=display))
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    yield shown
    assert capsys.readouterr().out == ""


def test_in_a_notebook_the_cases_are_behind_a_fold(displayed):
    with together("a <b>"):
        claim("c & d", 1, 2)
        claim("e", 1, 2)
    (joined,) = displayed
    assert repr(joined).splitlines()[0] == f"OK  {'a <b>':<58}  worst 1 ≤ 2"
    fold = ElementTree.fromstring(joined._repr_html_())
    assert fold.tag == "details" and fold.find("summary").text == repr(joined).splitlines()[0]
    assert fold.find("pre").text == "\n".join(line.strip() for line in repr(joined).splitlines()[1:])
    with pytest.raises(ClaimError, match=r"on purpose: explore\(\)"):
        claim("c", 3, 2)


def test_in_a_notebook_a_line_is_text_and_html(displayed):
    """The text is what is printed elsewhere; the lines of a block that fails are no other."""
    claim("c & d", 1, 2)
    refute("e", 2, 1)
    with pytest.raises(ClaimError), together("f"):
        claim("g", 3, 2)
    lines = [f"OK  {'c & d':<58}  1 ≤ 2", f"NO  {'e':<58}  2 ≥ 1", f"NOT SO  {'f: g':<58}  3 > 2"]
    assert list(map(repr, displayed)) == lines
    for shown, line in zip(displayed, lines, strict=True):
        page = ElementTree.fromstring(shown._repr_html_())
        assert (page.tag, page.text, len(page)) == ("pre", line, 0)
        assert {"margin: 0", "white-space: pre-wrap", "word-break: normal"} <= set(
            page.get("style").split("; ")
        )


@pytest.mark.parametrize(
    ("one", "another", "same"),
    [
        ("OK  a  3e-16 ≤ 1e-10", "OK  a  0 ≤ 1e-10", True),
        ("OK  a  3e-16 ≤ 1e-10", "OK  a  3e-16 ≤ 1e-09", False),
        ("OK  a  0.33 ≤ 0.5", "OK  a  0.34 ≤ 0.5", False),
        ("OK  a  ≈ 0.33 ≤ 0.5", "OK  a  ≈ 0.34 ≤ 0.5", True),
        ("OK  a  ≈ 0.33 ≤ 0.5", "OK  a  ≈ 0.33 ≤ 0.6", False),
        ("OK  a  ≈ 0.33 ≤ 0.5", "OK  a  0.33 ≤ 0.5", False),
        ("OK  a  ≈ 0.33 ≤ 0.5", "OK  b  ≈ 0.33 ≤ 0.5", False),
        ("OK  a  worst 3e-10 ≤ 1e-06", "OK  a  worst 0 ≤ 1e-06", True),
        ("OK  a  worst 3e-08 ≤ 1e-06", "OK  a  worst 4e-08 ≤ 1e-06", False),
        ("OK  a  1e-16 ≤ 1e-12 · 1e+04", "OK  a  2e-16 ≤ 1e-12 · 1e+03", True),
        ("OK  a  worst 1e-16 ≤ 1e-12, 3e-16 ≤ 1e-11", "OK  a  worst 0 ≤ 1e-12, 2e-15 ≤ 1e-11", True),
        ("OK  a  ≈ 3 % of its bound, or less", "OK  a  ≈ 40 % of its bound, or less", True),
        ("about ≈ 3 % of the images", "about ≈ 4 % of the images", False),
        ("NO  a  0.69 ≥ 0.5", "NO  a  0.7 ≥ 0.5", False),
        ("NO  a  ≈ 0.69 ≥ 0.5", "NO  a  ≈ 1.7e+03 ≥ 0.5", True),
        ("x  10 ≤ 20", "x  20 ≤ 20", False),
    ],
)
def test_what_nbval_compares(one, another, same):
    """The bounds always, and of what was measured only digits that are the same on all machines."""
    assert (masked(one) == masked(another)) == same
