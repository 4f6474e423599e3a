"""The figures of notebook 00, in the order of its topics."""

from .architecture import architecture, digits_and_bits, river
from .layers import (
    before_and_after,
    bent_step_by_step,
    cost,
    three_channels,
    who_reaches_whom,
    wires_and_corner,
)
from .mass import becoming, climbing, square_and_image, staircases, under_the_finger
from .moving import layer_by_layer, slope, temperature
from .pixels import squeezed, strips

__all__ = [
    "architecture",
    "becoming",
    "before_and_after",
    "bent_step_by_step",
    "climbing",
    "cost",
    "digits_and_bits",
    "layer_by_layer",
    "river",
    "slope",
    "square_and_image",
    "squeezed",
    "staircases",
    "strips",
    "temperature",
    "three_channels",
    "under_the_finger",
    "who_reaches_whom",
    "wires_and_corner",
]
