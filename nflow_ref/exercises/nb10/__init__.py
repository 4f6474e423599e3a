"""Exercises of notebook 10: discrete images, bits per dimension, latents."""

from . import arc, bits, bound, dequantization, temperature

EXERCISES = (
    dequantization.EXERCISE,
    bound.EXERCISE,
    bits.EXERCISE,
    temperature.EXERCISE,
    arc.EXERCISE,
)
