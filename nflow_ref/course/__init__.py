"""What serves the lessons only: exercises, figures, claims, and what was trained beforehand.

    from nflow_ref.course import claim, exercise, progress, refute

A learner needs no other import from here. `plotting`, its colours, and nb01 ..., the figures of the lessons,
come with matplotlib when they are first asked for.
"""

import re
from importlib import import_module

from ..claims import claim, explore, refute, together
from ..verify import check_bijection
from .beforehand import fit
from .exercises import exercise, progress
from .trained import results, trained

COLOURS = ("DATA", "GREY", "INK", "LATENT", "RIGHT", "RIGHT_INK", "WRONG", "WRONG_INK")
__all__ = [
    "check_bijection",
    "claim",
    "exercise",
    "explore",
    "fit",
    "progress",
    "refute",
    "results",
    "together",
    "trained",
]


def __getattr__(name):
    if name == "plotting":
        return import_module(".plotting", __name__)
    if name in COLOURS:
        return getattr(import_module(".plotting", __name__), name)
    if re.fullmatch(r"nb\d\d", name):
        return import_module(f".plotting.{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
