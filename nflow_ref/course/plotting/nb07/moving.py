"""The figures of notebook 07 that move: a neighbour, and a step of log s."""

import numpy as np

from ...slider import Panel, Slider, area, dots, line
from .. import DATA, LATENT, RIGHT, WRONG


def neighbour(with_sixth, stops, layers, start):
    """The sixth example of a batch moved: where all six come out, and the log-density of the first.

    Args:
        with_sixth: function from the value of the sixth example to the batch, (6, 1).
        stops: its values; start is the number of the one shown first.
        layers: name -> function from a batch to (z, log p), (6,) each.
    """
    rows = np.arange(6) + 1

    def row_of(values, colour):
        return [dots(values[:5], rows[:5], colour, size=45), dots(values[5], 6, WRONG, size=60)]

    def picture(value):
        batch = with_sixth(value)
        return [row_of(batch[:, 0], DATA), *(row_of(layer(batch)[0], LATENT) for layer in layers.values())]

    def says(value):
        log_p = (f"{name} {layer(with_sixth(value))[1][0]:.2f}" for name, layer in layers.items())
        return f"x₆ = {value:g}. log p of x₁ in nats: {', '.join(log_p)}"

    size = {"y": (0, 7), "height": 0.7}
    panels = [
        Panel("the batch", (stops[0], stops[-1]), names=("x", "example"), **size),
        *(Panel(f"behind {name}", (-4, 8), names=("z", ""), **size) for name in layers),
    ]
    alt = (
        "Three panels with six dots one above the other, for six examples, of which the uppermost is moved. "
        "Left, the batch: the other five stand still. Middle, behind ActNorm: they stand still, too, and "
        "only the uppermost one moves. Right, behind batch normalization: as it goes away, the other five "
        "are driven together, and it never gets further than about 2.2."
    )
    return Slider("example x₆", stops, picture, panels, says, alt, start, seconds=6)


def one_step(offsets, log_ps, lost, rate):
    """The offset of the data moved: a flow's density before and after one step of log s, in two forms.

    Args:
        offsets: the stops, means of data of standard deviation 1.
        log_ps: form -> function (offset, x, step) -> log p of x, (n, 1), when log s has taken the step.
        lost: function (log_p, offset, rate) -> nats that the step loses, in the mean over the data.
    """
    e = np.linspace(-6, 6, 61)

    def before_and_after(log_p, offset):
        return [log_p(offset, offset + e[:, None], step) for step in (0, rate)]

    def picture(offset):
        panels = []
        for log_p, colour in zip(log_ps.values(), (WRONG, RIGHT), strict=True):
            before, after = np.exp(before_and_after(log_p, offset))
            panels.append([area(e, before, DATA), line(e, after, colour)])
        return panels

    def says(offset):
        nats = (f"{form} {lost(log_p, offset, rate):.2f}" for form, log_p in log_ps.items())
        return f"offset {offset:,}. A step of {rate:g} loses, in nats: {', '.join(nats)}"

    return Slider(
        "offset of the data",
        offsets,
        picture,
        [Panel(form, (-6, 6), (0, 0.45), ("x − offset", "density"), 0.6) for form in log_ps],
        says,
        alt="Two panels, each with the density of the data, an orange bell that stands still, and the "
        "flow's density after one step, a line. Left, in Glow's form, the line leaves the bell as the "
        "offset grows, and at 5,000 hardly touches it. Right, where m is subtracted first, it stays on "
        "the bell.",
        start=0,
        seconds=5,
    )
