"""The figures of notebook 06."""

from .moving import there_and_back, undoing
from .still import (
    between_centres,
    bounds,
    coupling_both_ways,
    layer_by_layer,
    matrices,
    one_dimensional_maps,
    round_trips,
    same_areas,
    truth_flow_samples,
)

__all__ = [
    "between_centres",
    "bounds",
    "coupling_both_ways",
    "layer_by_layer",
    "matrices",
    "one_dimensional_maps",
    "round_trips",
    "same_areas",
    "there_and_back",
    "truth_flow_samples",
    "undoing",
]
