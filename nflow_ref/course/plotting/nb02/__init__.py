"""The figures of notebook 02 that take more than a few lines."""

from .moving import Map, mass_to_the_left
from .still import (
    area_and_height,
    into_its_own_cdf,
    joined_quantiles,
    same_mass,
    sliding_chords,
    three_assumptions,
    two_branches,
    which_side,
)

__all__ = [
    "Map",
    "area_and_height",
    "into_its_own_cdf",
    "joined_quantiles",
    "mass_to_the_left",
    "same_mass",
    "sliding_chords",
    "three_assumptions",
    "two_branches",
    "which_side",
]
