"""The figures of notebook 04."""

from .moving import descent
from .still import floor, ink, landscape, limits, overfitting, trained, tug_of_war, two_directions

__all__ = [
    "descent",
    "floor",
    "ink",
    "landscape",
    "limits",
    "overfitting",
    "trained",
    "tug_of_war",
    "two_directions",
]
