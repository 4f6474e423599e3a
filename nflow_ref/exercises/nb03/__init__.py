"""Exercises of notebook 03: volumes, Jacobian matrices and their determinants."""

from . import affine, area, matrix, samples, triangular

EXERCISES = (
    area.EXERCISE,
    matrix.EXERCISE,
    affine.EXERCISE,
    samples.EXERCISE,
    triangular.EXERCISE,
)
