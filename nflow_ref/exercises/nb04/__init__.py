"""Exercises of notebook 04: maximum likelihood."""

from . import affine_loss, best_affine, differences, divergence, monotone

EXERCISES = (
    affine_loss.EXERCISE,
    divergence.EXERCISE,
    best_affine.EXERCISE,
    differences.EXERCISE,
    monotone.EXERCISE,
)
