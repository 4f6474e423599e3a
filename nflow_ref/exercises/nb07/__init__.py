"""Exercises of notebook 07: activation normalization."""

from . import batch_norm, first, in_turn, inverse, log_det, step, wrong_factor

EXERCISES = (
    batch_norm.EXERCISE,
    first.EXERCISE,
    inverse.EXERCISE,
    log_det.EXERCISE,
    wrong_factor.EXERCISE,
    in_turn.EXERCISE,
    step.EXERCISE,
)
