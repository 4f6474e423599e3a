"""From the committed notebooks to pages: what JupyterLab understands, in Sphinx's words, and what a page can
do that a notebook cannot. The files of the notebooks stay as they are."""

import importlib
import itertools
import json
import os
import re
import shutil
from html import escape
from pathlib import Path

from citations import LESSONS, NUMBER, place, places
from myst_nb.sphinx_ import HideCodeCellNode

from nflow_ref.course.exercises import exercise

HERE = Path(__file__).parent
PARTS = {
    "lite": HERE / "_build" / "lite",
    "playground": HERE / "playground",
}  # what is built beside the pages
REPOSITORY, BRANCH = os.environ.get("GITHUB_REPOSITORY"), os.environ.get("GITHUB_REF_NAME", "main")
HUB = f"https://github.com/{REPOSITORY}"
ASKED = re.compile(r'exercise\("(\d+\.\d+)"\)')
JUDGED = re.compile(r"^ex\.(check|choose|predict|use)\(", re.MULTILINE)
COUNT = itertools.count()
LINKED = re.compile(r"\[(\(\d+\.\d+\))\]\([^)]*#cell-id=[^)]*\)")


def prepare(app, docname, source):
    """A page's source, just read: a notebook, or the front page."""
    if docname == "index":
        for name, text in front_page().items():
            source[0] = source[0].replace(f"<!-- {name} -->", text)
    if not docname.startswith("notebooks/"):
        return
    notebook, seen = json.loads(source[0]), set()
    lesson = Path(docname).name
    cells = []
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            cells.append(markdown(f"(cell-{cell['id']})=\n{words(text)}"))
        elif text == "progress()":
            cells.append(markdown(progress(lesson[:2], notebook["cells"])))
        elif (found := ASKED.search(text)) and JUDGED.search(text) and found[1] not in seen:
            seen.add(found[1])
            cells += asked(exercise(found[1]), cell)
        else:
            cells.append(code(cell))
    cells.insert(1, markdown(bar(lesson, "(in depth)" in source[0])))
    title, _, rest = cells[0]["source"].partition("\n\n")
    cells[0]["source"] = title
    cells.insert(2, markdown(rest))
    source[0] = json.dumps({**notebook, "cells": cells})


def markdown(text):
    return {"cell_type": "markdown", "id": f"md-{next(COUNT)}", "metadata": {}, "source": text}


def code(cell):
    """The label of a folded cell is its first line; what the notebook says of its picture is its alt text."""
    first = "".join(cell["source"]).partition("\n")[0].lstrip("# ")
    settings = {"code_prompt_show": first}
    if alt := cell["metadata"].get("alt"):
        settings["image"] = {"alt": alt}
    return {**cell, "metadata": {**cell["metadata"], "mystnb": settings}}


def words(text):
    """Links to cells, in Sphinx's words. Those that have an equation's number lead to the equation."""
    text = LINKED.sub(r"\1", text)
    text = text.replace(".ipynb#cell-id=", ".ipynb#cell-")
    target = f"{HUB}/blob/{BRANCH}/" if REPOSITORY else ""
    text = re.sub(r"\[([^]]*)\]\(\.\./(\w[^)]*)\)", rf"[\1]({target}\2)" if target else r"\1", text)
    return text


def bar(lesson, two_speeds):
    """Below a lesson's title: where else it can be read, and two boxes to tick."""
    links = "".join(
        f'<a href="{escape(url)}">{text}</a>' for text, url in launchers(lesson, REPOSITORY, BRANCH)
    )
    short = '<label hidden><input type="checkbox" id="short-way"> short way only</label>' * two_speeds
    return (
        f'<div class="lesson-bar">{links}{short}'
        f'<label hidden><input type="checkbox" data-done="{lesson[:2]}"> I have read it</label></div>'
    )


def anchors(links):
    return "".join(f'<a href="{escape(url)}">{text}</a>' for text, url in links)


def launchers(lesson, repository, branch, parts=None):
    """(text, address) of the ways to run a lesson, as far as they are known when the site is built."""
    if "lite" in (built() if parts is None else parts):
        yield "Run in the browser", f"../lite/notebooks/index.html?path={lesson}.ipynb"
    if repository:
        path = f"notebooks/{lesson}.ipynb"
        yield "Colab", f"https://colab.research.google.com/github/{repository}/blob/colab/{path}"
        yield "Binder", f"https://mybinder.org/v2/gh/{repository}/{branch}?urlpath=lab/tree/{path}"
        yield "Edit", f"https://github.com/{repository}/edit/{branch}/{path}"


def built():
    return {name: folder for name, folder in PARTS.items() if (folder / "index.html").exists()}


def asked(ex, cell):
    """An exercise: its cell, hints and solution, folded; or a question with its choices."""
    done = f'<label class="done" hidden><input type="checkbox" data-done="{ex.id}"> done</label>'
    if hasattr(ex, "choices"):
        yield markdown(question(ex))
    else:
        yield code({**cell, "outputs": [o for o in cell["outputs"] if not is_card(o)]})
    parts = [fold(f"Hint {k}", as_words(hint)) for k, hint in enumerate(getattr(ex, "hints", ()), start=1)]
    card = ex.solution()
    answer = as_words(card.text) + (f"\n\n```python\n{card.code}\n```" if card.code else "")
    yield markdown("\n\n".join(["<div class='exercise'>", *parts, fold("Solution", answer), done, "</div>"]))


def is_card(output):
    """Whether it says that nothing was tried yet, which a page does not know."""
    return "".join(output.get("data", {}).get("text/plain", "")).startswith("[not attempted]")


def fold(label, text):
    return f"<details class='fold'><summary>{label}</summary>\n\n{text}\n\n</details>"


def as_words(text):
    """The text of a card as Markdown: each line a paragraph, what stands between backticks is code."""
    parts = re.split("(`.*?`)", text)
    parts[::2] = (re.sub(r"([\\*_$<\[|~])", r"\\\1", part).replace("\n", "\n\n") for part in parts[::2])
    return "".join(parts)


def question(ex):
    """The question with radio buttons. course.js shows what belongs to the one that is chosen."""
    html = importlib.import_module("nflow_ref.course.exercises.cards").marked_up
    choices = "".join(
        f'<label><input type="radio" name="{ex.id}" value="{letter}"> <span>{html(text)}</span></label>'
        f'<p data-for="{letter}" hidden>{cited(html(reason))}</p>'
        for letter, (text, reason) in ex.choices.items()
    )
    return (
        f'<form class="question" data-exercise="{ex.id}" data-answer="{ex.answer}"><fieldset>'
        f"<legend>{cited(html(ex.question))}</legend>{choices}</fieldset>"
        '<div role="status" aria-live="polite"></div></form>'
    )


def cited(html):
    """Equations that the words of a card cite, as links."""

    def link(found):
        target = place("eq", found[1])
        page = Path(places().get(target, "")).name
        return f'<a class="cites" href="{page}.html#{target}">{found[0]}</a>' if page else found[0]

    return re.sub(rf"\(({NUMBER})\)(?![^<]*</code>)", link, html)


def progress(lessons, cells):
    """The place where course.js says how much of these lessons and their exercises is done."""
    ids = " ".join(dict.fromkeys(ASKED.findall("".join("".join(cell["source"]) for cell in cells))))
    return f'<p class="progress" data-lessons="{lessons}" data-exercises="{ids}" hidden></p>'


def front_page():
    buttons = [("Read the first lesson", f"notebooks/{LESSONS[0].stem}.html")]
    if "lite" in built():
        buttons.append(("Run it in the browser", f"lite/notebooks/index.html?path={LESSONS[0].name}"))
    buttons.append(("Run it on your computer", "#start"))
    if "playground" in built():
        buttons.append(("Playground", "playground/index.html"))
    cells = [cell for path in LESSONS for cell in json.loads(path.read_text())["cells"]]
    everything = progress(" ".join(path.name[:2] for path in LESSONS), cells)
    clone = f"```\ngit clone {HUB}\n```" if REPOSITORY else ""
    return {"buttons": f'<p class="buttons">{anchors(buttons)}</p>', "progress": everything, "clone": clone}


def fold_open(self, node):
    self.body.append(f'<details class="fold"><summary>{escape(node["prompt_show"])}</summary>\n')


def fold_close(self, node):
    self.body.append("</details>\n")


def beside_the_pages(app, error):
    """MathJax's files, JupyterLite and the playground."""
    if error:
        return
    mathjax = Path(importlib.import_module("sphinx-mathjax-offline").__file__).parent / "static" / "mathjax"
    fonts = "output/chtml/fonts/woff-v2"
    target = Path(app.outdir, "_static", "mathjax")
    shutil.copytree(mathjax / fonts, target / fonts, dirs_exist_ok=True)
    shutil.copy2(mathjax / "tex-chtml.js", target)
    for name, folder in built().items():
        shutil.rmtree(Path(app.outdir, name), ignore_errors=True)
        shutil.copytree(folder, Path(app.outdir, name))


def setup(app):
    app.connect("source-read", prepare)
    app.connect("build-finished", beside_the_pages)
    app.add_node(HideCodeCellNode, override=True, html=(fold_open, fold_close))
