"""What the learner sees of an exercise: cards, as plain text in a terminal, as HTML in JupyterLab."""

import re
import textwrap
from dataclasses import dataclass
from html import escape

# Okabe-Ito colours. They only repeat what the label says in words.
COLOURS = {
    "correct": "#009E73",
    "not yet": "#E69F00",
    "error": "#D55E00",
    "not attempted": "#56B4E9",
    "solution": "#CC79A7",
}
OTHER_COLOUR = "#0072B2"

# On light and on dark paper; and JupyterLab strips `var(...)` from what was not run on this machine.
CARD = (
    "border: 1px solid #8888; border-left: 5px solid {}; border-radius: 3px; "
    "padding: 0.4em 0.9em; margin: 0.3em 0; max-width: 50em"
)
LINE = "margin: 0.2em 0"
CODE = "margin: 0.5em 0 0.2em; padding: 0.5em 0.7em; overflow-x: auto; background: #8882"
CELL = "text-align: left; padding: 0.1em 1.2em 0.1em 0"


@dataclass(frozen=True)
class Card:
    """A label, a title, and below them text, code, or the rows of a table.

    Each line of the text is a paragraph. What stands between backticks is code in HTML. Both forms
    depend on nothing but the card, so stored notebooks can be compared with a new run.
    """

    label: str
    title: str
    text: str = ""
    code: str = ""
    rows: tuple = ()

    def __repr__(self):
        widths = [max(map(len, column)) for column in zip(*self.rows, strict=True)]
        table = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in self.rows)
        code = ["", self.code] if self.code else []
        body = "\n".join([*map(_fill, self.text.splitlines()), *table, *code])
        return f"[{self.label}] {self.title}\n{textwrap.indent(body, '    ')}".rstrip()

    def _repr_html_(self):
        parts = [f"<div><strong>{escape(self.label)}</strong> · {escape(self.title)}</div>"]
        parts += (f'<div style="{LINE}">{marked_up(line)}</div>' for line in self.text.splitlines())
        if self.rows:
            parts.append(f"<table>{''.join(map(_html_row, self.rows))}</table>")
        if self.code:
            parts.append(f'<pre style="{CODE}">{escape(self.code)}</pre>')
        style = CARD.format(COLOURS.get(self.label, OTHER_COLOUR))
        return f'<div style="{style}">{"".join(parts)}</div>'


class Outcome(Card):
    """The card of a check. Its label is its status."""

    @property
    def status(self):
        """ "correct", "not yet", "not attempted" or "error"."""
        return self.label


def _fill(line):
    # A formula between backticks stays on one line: for textwrap, no-break spaces are no spaces.
    line = re.sub("`.*?`", lambda code: code[0].replace(" ", "\xa0"), line)
    filled = textwrap.fill(line, 88, break_long_words=False, break_on_hyphens=False)
    return filled.replace("\xa0", " ")


def marked_up(line):
    """A line of a card in HTML: what stands between backticks is code."""
    return re.sub("`(.*?)`", r"<code>\1</code>", escape(line))


def _html_row(row):
    cells = (f'<td style="{CELL}">{escape(cell)}</td>' for cell in row)
    return f"<tr>{''.join(cells)}</tr>"
