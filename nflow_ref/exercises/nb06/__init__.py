"""Exercises of notebook 06: coupling layers."""

from . import bound, density, inverse, levels, log_det, stride

EXERCISES = (
    levels.EXERCISE,
    inverse.EXERCISE,
    log_det.EXERCISE,
    stride.EXERCISE,
    bound.EXERCISE,
    density.EXERCISE,
)
