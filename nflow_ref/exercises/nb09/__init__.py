"""Exercises of notebook 09: squeeze, split and the multi-scale architecture."""

from . import count, density, levels, restore, sample, squeeze

EXERCISES = (
    squeeze.EXERCISE,
    restore.EXERCISE,
    density.EXERCISE,
    levels.EXERCISE,
    sample.EXERCISE,
    count.EXERCISE,
)
