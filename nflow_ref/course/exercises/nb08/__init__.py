"""Exercises of notebook 08: permutations and invertible 1×1 convolutions."""

from . import assembly, convolution, hunt, log_det, permutation, predictions, triangular

EXERCISES = (
    permutation.EXERCISE,
    convolution.EXERCISE,
    log_det.EXERCISE,
    hunt.EXERCISE,
    assembly.EXERCISE,
    triangular.EXERCISE,
    predictions.WIRES,
    predictions.BLIND,
)
