"""The figures of notebook 05."""

from ..nb03.still import growth, outline
from .moving import flatter, on_the_way
from .still import along_a_chain, costs, depth, patterns, residual, running_points, two_orders

__all__ = [
    "along_a_chain",
    "costs",
    "depth",
    "flatter",
    "growth",
    "on_the_way",
    "outline",
    "patterns",
    "residual",
    "running_points",
    "two_orders",
]
