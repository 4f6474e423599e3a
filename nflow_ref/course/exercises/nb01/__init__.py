"""Exercises of notebook 01: the change of variables for numbers, z = f(x) from data to latent."""

from . import affine, choices, exponential, logit, other_side, stretch

EXERCISES = (
    stretch.EXERCISE,
    affine.EXERCISE,
    exponential.EXERCISE,
    logit.EXERCISE,
    other_side.EXERCISE,
    choices.READ,
    choices.MASS,
    choices.HIGH,
)
