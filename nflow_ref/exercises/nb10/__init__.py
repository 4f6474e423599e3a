"""Exercises of notebook 10: discrete images, bits per dimension, temperature."""

from . import bits, bound, dequantization, temperature

EXERCISES = (dequantization.EXERCISE, bound.EXERCISE, bits.EXERCISE, temperature.EXERCISE)
