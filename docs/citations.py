"""Equations, figures and exercises as places: who cites one by its number links to it, and equations back.

All of it follows from the notebooks and the docstrings, and is known before the first page is made.
"""

import inspect
import json
import re
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

HERE = Path(__file__).parent
LESSONS = sorted((HERE.parent / "notebooks").glob("*.ipynb"))
NUMBER = r"\d{1,2}\.\d{1,2}"
TAG = re.compile(rf"\\tag\{{({NUMBER})\}}")
CAPTION = re.compile(rf"Figure ({NUMBER})\.")
EXERCISE = re.compile(rf"(?:Exercise|Predict) ({NUMBER})\b")
CITED = re.compile(rf"\(({NUMBER})\)|\b(Figure|[Ee]xercise) ({NUMBER})\b")
MODULE = re.compile(r"automodule:: (\S+)")
NO_TEXT = nodes.math, nodes.math_block, nodes.literal, nodes.reference, nodes.raw, nodes.title
IN_WORDS = "<summary>The figure in words"
FORMULAS = "formulas"  # the class of the aligned lines of a docstring


@lru_cache
def places():
    """{"eq-6-3": the page that has equation (6.3)}, and likewise fig-6-2 and ex-6-1."""
    found = {}
    for path in LESSONS:
        for cell in json.loads(path.read_text())["cells"]:
            if cell["cell_type"] == "markdown":
                text = "".join(cell["source"])
                numbered = {"eq": TAG, "fig": re.compile(rf"^\*{CAPTION.pattern}", re.M)}
                numbered["ex"] = re.compile(rf"^### {EXERCISE.pattern}", re.M)
                for kind, pattern in numbered.items():
                    found |= {place(kind, n): f"notebooks/{path.stem}" for n in pattern.findall(text)}
    return found


def place(kind, number):
    return f"{kind}-{number.replace('.', '-')}"


def documented():
    """(name, docstring) of all that the API page shows."""
    for name in MODULE.findall((HERE / "api.md").read_text()):
        module = import_module(name)
        for key in getattr(module, "__all__", vars(module)):
            member = getattr(module, key)
            ours = getattr(member, "__module__", "").startswith("nflow_ref")
            if key.startswith("_") or not ours or not inspect.getdoc(member):
                continue
            if hasattr(module, "__all__") or member.__module__ == name:
                yield f"{name}.{key}", inspect.getdoc(member)
                for own, value in vars(member).items() if inspect.isclass(member) else ():
                    if not own.startswith("_") and getattr(value, "__doc__", None):
                        yield f"{name}.{key}.{own}", value.__doc__


@lru_cache
def citing():
    """{"eq-6-3": the names of what cites equation (6.3)}. What stands between backticks is an example."""
    found = {}
    for name, text in documented():
        text = re.sub(r"`[^`]*`|^ +OK .*", "", text, flags=re.MULTILINE)
        for number in dict.fromkeys(re.findall(rf"\(({NUMBER})\)", text)):
            found.setdefault(place("eq", number), []).append(name)
    return found


def link(app, docname, target, text):
    """A reference to a place, a literal one if it is code."""
    page = places().get(target, "api")
    uri = "" if page == docname else app.builder.get_relative_uri(docname, page)
    shown = nodes.literal("", text) if page == "api" else nodes.Text(text)
    return nodes.reference("", "", shown, refuri=f"{uri}#{target}", internal=True, classes=["cites"])


class Places(SphinxTransform):
    """Numbered equations, captions and exercises get their anchors, marked headings their badges."""

    default_priority = 700

    def apply(self):
        for node in list(self.document.findall(nodes.math_block)):
            self.equation(node)
        for node in self.document.findall(nodes.paragraph):
            if isinstance(node.next_node(), nodes.emphasis) and (found := CAPTION.match(node.astext())):
                self.caption(node, place("fig", found[1]))
        for node in self.document.findall(nodes.section):
            self.section(node)
        for node in self.document.findall(nodes.table):
            if node.next_node(nodes.entry).astext() == "equation":
                node["classes"].append("sheet")

    def caption(self, node, name):
        """The anchor of a figure is at the picture above; its words follow the caption."""
        node["classes"].append("caption")
        siblings, k = node.parent, node.parent.index(node)
        self.anchor(siblings[k - 1] if "cell" in siblings[k - 1].get("classes", ()) else node, name)
        for other in siblings[k + 1 :]:
            if isinstance(other, nodes.raw) and IN_WORDS in other.astext():
                siblings.remove(other)
                siblings.insert(k + 1, other)
                break
            if isinstance(other, nodes.section) or "cell" in other.get("classes", ()):
                break

    def anchor(self, node, name):
        node["ids"].append(name)
        self.document.ids[name] = node

    def equation(self, node):
        text = node.astext()  # Sphinx would put an equation with \\ into split, where no \tag may stand
        node["no-wrap"] = True
        node.clear()
        node += nodes.Text(rf"\[{text}\]")
        names = []
        for number in TAG.findall(text):
            self.anchor(node, place("eq", number))
            names += citing().get(place("eq", number), [])
        if names:
            line = nodes.paragraph("", "in code: ", classes=["in-code"])
            for name in dict.fromkeys(names):
                last = name.split(".")[-2:] if name.split(".")[-2][0].isupper() else name.split(".")[-1:]
                line += [nodes.Text(" "), link(self.app, self.env.docname, name, ".".join(last))]
            node.parent.insert(node.parent.index(node) + 1, line)

    def section(self, node):
        title = node[0]
        if found := EXERCISE.match(title.astext()):
            self.anchor(node, place("ex", found[1]))
        for mark, kind in (("short way", "short"), ("in depth", "depth")):
            if title.astext().endswith(f"({mark})"):
                node["classes"].append(kind)
                title[-1].parent.replace(title[-1], nodes.Text(title[-1].astext().removesuffix(f" ({mark})")))
                title += [nodes.Text(" "), nodes.inline("", mark, classes=["badge"])]


class Citations(SphinxPostTransform):
    """(6.3), Figure 6.2 and exercise 6.1 are links, wherever they stand in text."""

    default_priority = 5

    def run(self):
        for text in list(self.document.findall(nodes.Text)):
            if self.is_text(text):
                parts = list(self.linked(text.astext()))
                if len(parts) > 1 or not isinstance(parts[0], nodes.Text):
                    text.parent.rawsource = ""  # where it differs from the text, nothing is highlighted
                    text.parent.replace(text, parts)

    def is_text(self, node):
        while node := node.parent:
            if isinstance(node, NO_TEXT):
                return False
            if isinstance(node, nodes.literal_block) and FORMULAS not in node["classes"]:
                return False
        return True

    def linked(self, text):
        end = 0
        for found in CITED.finditer(text):
            kind = {"Figure": "fig", None: "eq"}.get(found[2], "ex")
            target = place(kind, found[1] or found[3])
            if target in places() and not (kind == "fig" and CAPTION.match(text[found.start() :])):
                if found.start() > end:
                    yield nodes.Text(text[end : found.start()])
                yield link(self.app, self.env.docname, target, found[0])
                end = found.end()
        if end < len(text) or not text:
            yield nodes.Text(text[end:])


def as_rst(app, what, name, obj, options, lines):
    """A docstring is plain text: aligned lines stay aligned, `names` are code, |x| and x* mean themselves."""
    text = "\n".join(lines)
    if re.match(r"\w+ {2,}\S", text):  # formulas from the first line on, which has lost its three quotes
        text = "\n".join(f"    {line}" for line in re.sub(r"^(\w+)", r"\1   ", text).splitlines())
    rst, block, section = [], False, False
    for line in text.splitlines():
        indented, above = line.startswith(" "), rst[-1].strip() if rst else ""
        section = (section or bool(re.fullmatch(r"[A-Z]\w+:", above))) and (indented or not line.strip())
        if indented and not block and not section and not above:
            margin = line[: len(line) - len(line.lstrip())]
            rst += ["", ".. code-block:: text", f"{margin}:class: {FORMULAS}", ""]
            block = True
        if line.strip() and not indented:
            rst += [""] * (block or bool(re.match(r"[A-Z]\w+: ", line)))
            block = False
        rst.append(line if block else escaped(line))
    lines[:] = [*rst, ""]


def escaped(line):
    parts = re.split(r"(`[^`]+`)", line)
    parts[1::2] = (f"`{code}`" for code in parts[1::2])
    parts[::2] = (re.sub(r"([\\|*`]|_(?=\W|$))", r"\\\1", text) for text in parts[::2])
    return "".join(parts)


def setup(app):
    app.connect("autodoc-process-docstring", as_rst, priority=1)
    app.add_transform(Places)
    app.add_post_transform(Citations)
