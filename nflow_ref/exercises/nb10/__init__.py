"""Exercises of notebook 10: discrete images, bits per dimension, latents."""

from . import arc, bits, bound, choose, counts, dequantization, temperature, weighted

EXERCISES = (
    dequantization.EXERCISE,
    bound.EXERCISE,
    bits.EXERCISE,
    temperature.EXERCISE,
    arc.EXERCISE,
    counts.EXERCISE,
    weighted.EXERCISE,
    choose.EXERCISE,
)
