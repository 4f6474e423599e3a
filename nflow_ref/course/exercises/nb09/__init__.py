"""Exercises of notebook 09: squeeze, split and the multi-scale architecture."""

from . import density, figures, hunt, predictions, rows, sample, squeeze

EXERCISES = (
    squeeze.EXERCISE,
    hunt.EXERCISE,
    density.EXERCISE,
    rows.EXERCISE,
    sample.EXERCISE,
    figures.COSTS,
    predictions.RESHAPE,
    predictions.REDRAWN,
    figures.SHAPES,
)
