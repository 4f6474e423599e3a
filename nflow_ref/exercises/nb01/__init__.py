"""Exercises of notebook 01: the change of variables for numbers, z = f(x) from data to latent."""

from . import affine, exponential, general, logit, stretch

EXERCISES = (
    stretch.EXERCISE,
    affine.EXERCISE,
    exponential.EXERCISE,
    logit.EXERCISE,
    general.EXERCISE,
)
