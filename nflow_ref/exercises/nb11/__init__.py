"""Exercises of notebook 11: vector-Jacobian products of the layers."""

from . import actnorm, convolution, coupling, dense, gather

EXERCISES = (
    dense.EXERCISE,
    gather.EXERCISE,
    actnorm.EXERCISE,
    convolution.EXERCISE,
    coupling.EXERCISE,
)
