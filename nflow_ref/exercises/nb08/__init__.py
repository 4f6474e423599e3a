"""Exercises of notebook 08: permutations and invertible 1×1 convolutions."""

from . import assembly, convolution, determinant, log_det, permutation, triangular

EXERCISES = (
    permutation.EXERCISE,
    convolution.EXERCISE,
    log_det.EXERCISE,
    determinant.EXERCISE,
    assembly.EXERCISE,
    triangular.EXERCISE,
)
