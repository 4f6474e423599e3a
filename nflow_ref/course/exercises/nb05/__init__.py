"""Exercises of notebook 05: composition, and what each map of a flow must offer."""

from . import fixed_point, loop, planar, predictions, two_maps, undo

EXERCISES = (
    undo.EXERCISE,
    two_maps.EXERCISE,
    loop.EXERCISE,
    planar.EXERCISE,
    fixed_point.EXERCISE,
    predictions.IDENTITY,
    predictions.ALONE,
    predictions.PATTERN,
)
