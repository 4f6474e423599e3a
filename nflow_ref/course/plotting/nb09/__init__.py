"""The figures of notebook 09."""

from .architecture import architecture
from .cells import groups, latents_by_level, leaving, permutation_matrix, squeezed_numbers
from .images import checkerboard, costs, squeezed_digits, thrown_away
from .moving import follow

__all__ = [
    "architecture",
    "checkerboard",
    "costs",
    "follow",
    "groups",
    "latents_by_level",
    "leaving",
    "permutation_matrix",
    "squeezed_digits",
    "squeezed_numbers",
    "thrown_away",
]
