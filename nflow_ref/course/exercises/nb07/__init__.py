"""Exercises of notebook 07: activation normalization."""

from . import first, hunt, in_turn, log_det, missing_factor, neighbours, pair, step

EXERCISES = (
    pair.EXERCISE,
    neighbours.EXERCISE,
    first.EXERCISE,
    log_det.EXERCISE,
    hunt.EXERCISE,
    missing_factor.EXERCISE,
    in_turn.EXERCISE,
    step.EXERCISE,
)
