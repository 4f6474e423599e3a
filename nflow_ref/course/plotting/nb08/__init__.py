"""The figures of notebook 08."""

from .moving import one_entry
from .still import costs, factors, one_pixel, strip, two_orders, wall, wires

__all__ = ["costs", "factors", "one_entry", "one_pixel", "strip", "two_orders", "wall", "wires"]
