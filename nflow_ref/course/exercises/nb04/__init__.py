"""Exercises of notebook 04: maximum likelihood."""

from . import affine_loss, best_affine, differences, divergence, goal, monotone, predictions

EXERCISES = (
    affine_loss.EXERCISE,
    divergence.EXERCISE,
    best_affine.EXERCISE,
    differences.EXERCISE,
    monotone.EXERCISE,
    predictions.ONE_TERM,
    predictions.UNIT,
    goal.EXERCISE,
)
