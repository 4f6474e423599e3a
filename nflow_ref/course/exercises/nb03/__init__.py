"""Exercises of notebook 03: volumes, Jacobian matrices and their determinants."""

from . import affine, area, hunt, matrix, predictions, samples, triangular

EXERCISES = (
    area.EXERCISE,
    matrix.EXERCISE,
    affine.EXERCISE,
    samples.EXERCISE,
    triangular.EXERCISE,
    predictions.PASSES,
    hunt.EXERCISE,
    predictions.UNDERFLOW,
)
