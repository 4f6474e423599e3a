"""Exercises of notebook 11: vector-Jacobian products of the layers."""

from . import actnorm, convolution, coupling, dense, gather, hunt, predictions

EXERCISES = (
    dense.EXERCISE,
    gather.EXERCISE,
    actnorm.EXERCISE,
    convolution.EXERCISE,
    coupling.EXERCISE,
    hunt.EXERCISE,
    predictions.WITHOUT_G,
    predictions.ONE_EXAMPLE,
)
