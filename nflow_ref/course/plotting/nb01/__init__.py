"""The figures of notebook 01 that take more than a few lines."""

from .moving import interval, steepness
from .still import mass_through_a_map

__all__ = ["interval", "mass_through_a_map", "steepness"]
