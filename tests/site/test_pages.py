"""The built site holds what the notebooks and docstrings hold, and its links lead somewhere."""

import functools
import html
import json
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from nflow_ref.course.exercises import exercise

ROOT = Path(__file__).parents[2]
SITE = ROOT / "docs" / "_build" / "site"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NUMBER = r"\d{1,2}\.\d{1,2}"
sys.path.insert(0, str(ROOT / "docs"))

import links  # noqa: E402


@pytest.fixture(scope="module", autouse=True)
def built():
    if not (SITE / "index.html").exists():
        pytest.fail(f"there is no site in {SITE}: `make site` builds it", pytrace=False)


@functools.cache
def page(name):
    return (SITE / f"{name}.html").read_text(encoding="utf-8")


@functools.cache
def ids(name):
    return set(re.findall(r'\bid="([^"]+)"', page(name)))


def lesson(path):
    return page(f"notebooks/{path.stem}")


def cells(path, kind):
    return [c for c in json.loads(path.read_text(encoding="utf-8"))["cells"] if c["cell_type"] == kind]


def prose(path):
    return "\n\n".join("".join(cell["source"]) for cell in cells(path, "markdown"))


def place(kind, number):
    return f"{kind}-{number.replace('.', '-')}"


@functools.cache
def equations():
    return {n: path.stem for path in NOTEBOOKS for n in re.findall(rf"\\tag\{{({NUMBER})\}}", prose(path))}


def outside_of_code_and_math(text):
    """The page's own words: no code, no formulas, no outputs, no headings, no attributes, no links."""
    text = text[text.index("<article") : text.index("</article>")]
    for tag in ("pre", "code", "script", "h1", "h2", "h3", "a", "summary", "label"):
        text = re.sub(rf"<{tag}\b.*?</{tag}>", "", text, flags=re.DOTALL)
    text = re.sub(r'<(div|span) class="math.*?</\1>', "", text, flags=re.DOTALL)
    text = re.sub(r'<div class="output text_html">.*?</div>', "", text, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "", text))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem[:2])
class TestLesson:
    def test_each_equation_has_its_anchor_once(self, path):
        numbers = re.findall(rf"\\tag\{{({NUMBER})\}}", prose(path))
        for n in numbers:
            assert len(re.findall(rf'id="{place("eq", n)}"', lesson(path))) == 1, n
        assert len(numbers) == len(set(re.findall(r'id="(eq-\d+-\d+)"', lesson(path))))

    def test_no_citation_is_left_as_text(self, path):
        text = outside_of_code_and_math(lesson(path))
        cited = set(re.findall(rf"\(({NUMBER})\)", text)) & equations().keys()
        assert not cited

    def test_each_citation_of_the_notebook_is_a_link(self, path):
        text = re.sub(
            r"\$\$.*?\$\$|```.*?```|\$[^$]*\$|`[^`]*`|^#.*?$", "", prose(path), flags=re.DOTALL | re.M
        )
        for n in set(re.findall(rf"\(({NUMBER})\)", text)) & equations().keys():
            there = f"{equations()[n]}.html" if equations()[n] != path.stem else ""
            assert f'href="{there}#{place("eq", n)}"' in lesson(path), n

    def test_each_figure_has_its_anchor_and_its_words(self, path):
        for n in re.findall(rf"^\*Figure ({NUMBER})\.", prose(path), re.M):
            assert place("fig", n) in ids(f"notebooks/{path.stem}"), n
        text = html.unescape(lesson(path))
        for cell in cells(path, "code"):
            if alt := cell["metadata"].get("alt"):
                assert f'alt="{alt}"' in text

    def test_each_picture_has_an_alternative_text(self, path):
        for picture in re.findall(r"<img [^>]*>", lesson(path)):
            if "_images" in picture:
                assert re.search(r'alt="[^"]{20,}"', picture), picture

    def test_each_cell_of_text_can_be_linked_to(self, path):
        missing = {f"cell-{cell['id']}" for cell in cells(path, "markdown")} - ids(f"notebooks/{path.stem}")
        assert not missing

    def test_each_link_to_a_cell_leads_there(self, path):
        for name, cell in re.findall(r"\]\((\d\d_\w+)\.ipynb#cell-id=([^)]+)\)", prose(path)):
            assert f"cell-{cell}" in ids(f"notebooks/{name}"), cell

    def test_marked_sections_have_their_badges(self, path):
        for mark, kind in (("short way", "short"), ("in depth", "depth")):
            marked = re.findall(rf"^##+ .*\({mark}\)$", prose(path), re.M)
            assert len(re.findall(rf'<section class="{kind}"', lesson(path))) == len(marked)
            assert len(re.findall(rf'<span class="badge">{mark}</span>', lesson(path))) >= len(marked)

    def test_each_exercise_has_its_hints_and_its_solution(self, path):
        code = "\n".join("".join(cell["source"]) for cell in cells(path, "code"))
        asked = set(re.findall(rf'^ex = exercise\("({NUMBER})"\)', code, re.M))
        for ex in map(exercise, asked):
            assert place("ex", ex.id) in ids(f"notebooks/{path.stem}")
            assert f'data-done="{ex.id}"' in lesson(path)
        choices = [ex for ex in map(exercise, asked) if hasattr(ex, "choices")]
        assert lesson(path).count('<form class="question"') == len(choices)
        radios = re.findall(r'type="radio" name="([^"]+)" value="(\w)"', lesson(path))
        assert sorted(radios) == sorted((ex.id, letter) for ex in choices for letter in ex.choices)
        hints = sum(len(getattr(exercise(n), "hints", ())) for n in asked)
        assert len(re.findall(r"<summary>Hint \d", lesson(path))) == hints
        assert lesson(path).count("<summary>Solution") == len(asked)

    def test_folded_code_is_named_by_its_first_line(self, path):
        for cell in cells(path, "code"):
            first = "".join(cell["source"]).partition("\n")[0]
            if "hide-input" in cell["metadata"].get("tags", ()):
                assert f"<summary>{html.escape(first.lstrip('# '))}</summary>" in lesson(path)

    def test_nothing_is_lost_from_the_formula_sheet(self, path):
        rows = re.findall(rf"^\| .*\[\({NUMBER}\)\].*\|$", prose(path), re.M)
        found = lesson(path)
        for row in rows:
            for formula in re.findall(r"\| \$([^$|]+)\$ \|", row):
                assert html.escape(formula, quote=False) in found or formula in html.unescape(found), formula
        assert not re.search(r'<th class="head[^>]*>\s*(<p>\s*</p>)?\s*</th>', found)


def docstring_citations():
    """{number of an equation: names of the API page's objects whose text cites it}, read off the page."""
    found = {}
    for name, _, text in objects():
        for n in re.findall(r'<a class="cites[^"]*" href="notebooks/\w+\.html#eq-(\d+-\d+)"', text):
            found.setdefault(n.replace("-", "."), set()).add(name)
    return found


def objects():
    """(name, signature, own text) of what the API page documents."""
    parts = re.split(r'<dt class="sig sig-object py" id="([^"]+)">', page("api"))
    for name, rest in zip(parts[1::2], parts[2::2], strict=True):
        yield name, *rest.partition("</dt>")[::2]


def test_the_api_page_documents_what_is_public():
    import nflow_ref

    names = {name.rpartition(".")[2] for name, *_ in objects()}
    assert set(nflow_ref.__all__) - names == set()


def test_every_public_module_is_in_the_reference():
    listed = set(re.findall(r"automodule:: nflow_ref\.(\S+)", (ROOT / "docs" / "api.md").read_text()))
    for file in sorted((ROOT / "nflow_ref").glob("*.py")):
        if "\n__all__ = " in file.read_text(encoding="utf-8") and file.stem != "__init__":
            assert file.stem in listed, f"{file.stem} is not in docs/api.md"


def test_docstrings_and_equations_link_to_each_other():
    cited = docstring_citations()
    assert len(cited) >= 40
    for n, names in cited.items():
        text = page(f"notebooks/{equations()[n]}")
        below = (
            text.partition(f'id="{place("eq", n)}"')[2]
            .partition('<p class="in-code">')[2]
            .partition("</p>")[0]
        )
        for name in names - {"nflow_ref.claims.together"}:  # whose equations are examples
            assert f'href="../api.html#{name}"' in below, (n, name)


def test_every_citation_of_a_docstring_is_a_link():
    for name, _, text in objects():
        words = re.sub(r"<a .*?</a>|<code .*?</code>", "", text, flags=re.DOTALL)
        assert not set(re.findall(rf"\(({NUMBER})\)", words)) & equations().keys(), name


def test_aligned_formulas_of_docstrings_stay_aligned():
    text = html.unescape(re.sub(r"<[^>]*>", "", page("api")))
    for line in (
        "    forward          z_a = x_a,  z_b = s(x_a) ⊙ x_b + t(x_a),   log s = c tanh(ŝ(x_a))",
        "    of the inverse   -Σ log s(z_a)",
        "forward      h = Wᵀ a: Eq. (11.1), where W and a are [b; W] and [1; a]\nbackward     W̄ = a h̄ᵀ",
    ):
        assert "\n".join(part.strip() for part in line.splitlines()) in text


def test_the_front_page_leads_to_all_lessons():
    for path in NOTEBOOKS:
        assert f'href="notebooks/{path.stem}.html"' in page("index")
    assert "<title>Normalizing flows from the basics" in page("index")


def test_ways_to_run_a_lesson_are_shown_only_where_they_exist():
    from course_site import launchers

    assert list(launchers("06_coupling_layers", None, "main", {})) == []
    offline = dict(launchers("06_coupling_layers", None, "main", {"lite": Path("lite")}))
    assert list(offline.values()) == ["../lite/notebooks/index.html?path=06_coupling_layers.ipynb"]
    online = dict(launchers("06_coupling_layers", "ada/flows", "trunk", {}))
    assert online["Colab"].endswith("/github/ada/flows/blob/colab/notebooks/06_coupling_layers.ipynb")
    assert "/gh/ada/flows/trunk?" in online["Binder"]


def test_every_link_leads_somewhere_and_nothing_is_loaded_from_outside():
    assert list(links.problems(SITE)) == []


SPOILS = [  # from lesson 01 on, one page each: what stands there, what takes its place, what links.py says
    ('href="#eq-1-4"', 'href="#eq-1-99"', "#eq-1-99 has no such anchor"),
    ('href="01_change_of_variables.html', 'href="01_gone.html', "01_gone.html does not exist"),
    ('href="../index.html', 'href="../../index.html', "leaves the site"),
    ("</head>", '<script src="https://x.org/a.js"></script></head>', "a.js is loaded from outside"),
    ("</head>", '<link rel="stylesheet" href="//x.org/a.css"></head>', "a.css is loaded from outside"),
    ("</head>", '<link rel="preload" as="font" href="https://x.org/a.woff2"></head>', "a.woff2 is loaded"),
    ("</head>", '<img src="../_images/gone.png"></head>', "gone.png does not exist"),
    ("<p>", '<p style="background: url(https://x.org/a.png)">', "a.png is loaded from outside"),
]


def test_spoiled_pages_are_noticed(tmp_path):
    shutil.copytree(SITE, tmp_path / "site", copy_function=os.link)
    expected = []
    for path, (there, instead, says) in zip(NOTEBOOKS[1:], SPOILS, strict=False):
        file = tmp_path / "site" / "notebooks" / f"{path.stem}.html"
        text = file.read_text(encoding="utf-8")
        assert there in text
        file.unlink()  # a hard link: the page itself is not touched
        file.write_text(text.replace(there, instead, 1), encoding="utf-8")
        expected.append((f"notebooks/{file.name}: ", says))
    sheet = tmp_path / "site" / "_static" / "course.css"
    text = sheet.read_text(encoding="utf-8")
    sheet.unlink()
    sheet.write_text(f"@import url(https://x.org/font.css);{text}", encoding="utf-8")
    expected.append(("_static/course.css: ", "font.css is loaded from outside"))
    found = list(links.problems(tmp_path / "site"))
    for name, says in expected:
        assert any(problem.startswith(name) and says in problem for problem in found), (name, says)
    assert len(found) == len(expected), found
