"""The figures of notebook 07."""

from .moving import neighbour, one_step
from .still import again, batch_jacobians, channels, far, rounding, training, whole_image, widths

__all__ = [
    "again",
    "batch_jacobians",
    "channels",
    "far",
    "neighbour",
    "one_step",
    "rounding",
    "training",
    "whole_image",
    "widths",
]
