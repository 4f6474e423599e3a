"""The figures of notebook 03."""

from .moving import one_entry, shrinking, sliding
from .still import (
    LETTER,
    cost_against_dimension,
    histogram_and_formula,
    orientation,
    outline,
    square_to_parallelogram,
    under_the_microscope,
    warped_grid,
)

__all__ = [
    "LETTER",
    "cost_against_dimension",
    "histogram_and_formula",
    "one_entry",
    "orientation",
    "outline",
    "shrinking",
    "sliding",
    "square_to_parallelogram",
    "under_the_microscope",
    "warped_grid",
]
