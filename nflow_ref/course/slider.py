"""Figures that move: a number, a slider for it, and the picture at each of its values.

    def picture(a):                                          # for each panel, its marks
        return [[line(x, bell(x / a) / a, DATA)]]

    Slider("scale a", np.linspace(0.5, 2, 16), picture, [Panel("density of a·z", (-4, 4), (0, 0.9))],
           says=lambda a: f"a = {a:.1f}, height {0.4 / a:.2f}", alt="A bell. Wider is lower.")

All pictures are computed beforehand, by the functions of the lesson, and stored as text: a saved notebook
and a web page need no kernel to move them, and nbval compares them.
"""

import json
import re
from dataclasses import dataclass
from html import escape
from importlib.resources import files

import numpy as np

from ..inputs import require

__all__ = ["VIRIDIS", "Panel", "Slider", "area", "dots", "image", "line", "words"]

UNITS = 1000  # across a panel
PAPER = [f"{255 - 17 * level:02x}" * 3 for level in range(16)]  # as the digits: ink on white
VIRIDIS = [  # for densities
    *("440154", "481a6c", "472f7d", "414487", "39568c", "31688e", "2a788e", "23888e"),
    *("1f988b", "22a884", "35b779", "54c568", "7ad151", "a5db36", "d2e21b", "fde725"),
]
LINES = files(__package__).joinpath("slider.js").read_text(encoding="utf-8").splitlines()
SCRIPT = "\n".join(line.strip() for line in LINES)


@dataclass(frozen=True)
class Mark:
    """Something in a panel, at points (n, 2) in the numbers of its axes."""

    kind: str
    colour: object
    xy: np.ndarray
    more: object


def line(x, y, colour, dashed=False):
    """A line through the points (x, y); NaN breaks it."""
    return Mark("line", colour, _points("line", x, y), dashed)


def area(x, y, colour):
    """The area within the points (x, y), filled."""
    return Mark("area", colour, _points("area", x, y), None)


def dots(x, y, colour, size=18):
    """A dot at each point (x, y), `size` in thousandths of a panel. 300 are enough for a cloud."""
    return Mark("dots", colour, _points("dots", x, y), size)


def words(x, y, text, colour="currentColor"):
    """Words that begin at the point (x, y)."""
    return Mark("words", colour, _points("words", x, y), text)


def image(values, box, palette=PAPER, top=1.0):
    """An array (H, W), from 0 to `top`, in the rectangle box = ((left, right), (low, high)), in 16 shades.

    Its first row is on top.
    """
    values = np.asarray(values, dtype=float)
    require(values.ndim == 2, "image: values", "an array (H, W)", values.shape, ValueError)
    require(np.isfinite(values).all(), "image: values", "finite", values, ValueError)
    shades = "".join(f"{level:x}" for level in np.clip(_whole(15 * values / top), 0, 15).ravel())
    return Mark("image", palette, _points("image", *box), [values.shape[1], shades])


@dataclass(frozen=True)
class Panel:
    """Axes: a title, the ends of x and of y, their names. The height is in widths.

    Without ticks there is only the picture.
    """

    title: str
    x: tuple
    y: tuple
    names: tuple = ("", "")
    height: float = 0.7
    ticks: bool = True

    def units(self, xy):
        """Points as whole numbers, from the upper left corner."""
        (a, b), (c, d) = self.x, self.y
        return _whole((xy - [a, d]) / [b - a, c - d] * [UNITS, UNITS * self.height])

    def drawn(self):
        """What the script needs to know of it."""
        ticks = [self._ticks(self.x, 0), self._ticks(self.y, 1)] if self.ticks else [[], []]
        return {"title": self.title, "height": int(UNITS * self.height), "names": self.names, "ticks": ticks}

    def _ticks(self, ends, axis):
        third = (ends[1] - ends[0]) / 3
        size = 10.0 ** np.floor(np.log10(third))
        step = size * max(k for k in (1, 2, 5) if k * size <= third)
        values = step * np.arange(np.ceil(ends[0] / step - 1e-9), ends[1] / step + 1e-9)
        places = self.units(np.stack([values, values], axis=1))[:, axis]
        return [[int(u), _minus(f"{v + 0:.4g}")] for u, v in zip(places, values, strict=True)]


class Slider:
    """A figure with a slider. Where no script may run, and for those who hear it, it is its alt text.

    Args:
        name: what is moved, with its symbol, as "slope a".
        values: the stops of the slider.
        picture: function from a value to a list that has, for each panel, the list of its marks. All
            values have the same marks in the same order.
        panels: list of Panel.
        says: function from a value to a sentence with its numbers, shown below and read aloud.
        alt: in words, what one sees and what changes.
        start: the number of the stop that is shown first.
        seconds: how long the play button takes from end to end.
        varies: the points differ between machines, as those of a flow just trained: nbval does not compare.

    Raises:
        ValueError: the panels or marks of two values differ, or a point is not finite.
    """

    def __init__(self, name, values, picture, panels, says, alt, start=0, seconds=4, varies=False):
        frames = [picture(value) for value in values]
        kinds = [[[mark.kind for mark in marks] for marks in frame] for frame in frames]
        for kind in kinds:
            same = kind == kinds[0] and len(kind) == len(panels)
            expected = f"a function to the same marks at each value, in {len(panels)} panels"
            require(same, "Slider: picture", expected, kind, ValueError)
        self.name, self.alt, self.varies = name, alt, varies
        self.figure = {
            "name": name,
            "alt": alt,
            "start": start,
            "seconds": seconds,
            "says": [_minus(says(value)) for value in values],
            "panels": [
                panel.drawn() | {"marks": [_moving(panel, marks) for marks in zip(*column, strict=True)]}
                for panel, column in zip(panels, zip(*frames, strict=True), strict=True)
            ],
        }

    def __repr__(self):
        first, last = self.figure["says"][0], self.figure["says"][-1]
        return f"[slider] {self.name}. {self.alt}" + f" First: {first}. Last: {last}." * (not self.varies)

    def _repr_html_(self):
        data = escape(json.dumps(self.figure, separators=(",", ":"), ensure_ascii=False))
        still = f"<p><em>A figure that moves, once this cell is run. {escape(self.alt)}</em></p>"
        start = f'<div class="slider"{" data-varies" * self.varies} data-figure="{data}">'
        return f"{start}{still}<script>{SCRIPT}</script></div>"


def _moving(panel, marks):
    """A mark at all values; what does not move is said once."""
    at = {
        "colour": [mark.colour for mark in marks],
        "at": [_written(mark.kind, panel.units(mark.xy), np.isnan(mark.xy).any(axis=1)) for mark in marks],
        "more": [mark.more for mark in marks],
    }
    return {"kind": marks[0].kind} | {k: v if any(w != v[0] for w in v) else v[:1] for k, v in at.items()}


def _written(kind, units, breaks):
    """Points as SVG's path has them: lines by differences, "M12 34l5-6 7 8"; all else one after the other."""
    if kind not in ("line", "area"):
        return " ".join(map(str, units.ravel()))
    path, at = "", None
    for point, broken in zip(units, breaks, strict=True):
        if not broken:
            path += "M{} {}l".format(*point) if at is None else "{} {} ".format(*(point - at))
        at = None if broken else point
    return path.replace(" -", "-").replace(" M", "M").replace("lM", "M").rstrip(" l")


def _points(kind, x, y):
    xy = np.stack(np.broadcast_arrays(*(np.atleast_1d(np.asarray(v, dtype=float)) for v in (x, y))), axis=1)
    good = np.isfinite(xy) | (np.isnan(xy) & (kind == "line"))
    require(
        xy.ndim == 2 and len(xy) and good.all(),
        f"{kind}: x, y",
        "finite numbers, one or more",
        xy,
        ValueError,
    )
    return xy


def _minus(text):
    """Numbers with a minus in place of a hyphen."""
    return re.sub(r"(?<![\w.])-(?=[\d.])", "−", text)


def _whole(numbers):
    """Rounded, but not at the half: what lies there by symmetry is rounded the same way on every machine."""
    return np.floor(np.nan_to_num(numbers) + 0.4931).astype(int)
