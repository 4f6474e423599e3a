"""Exercises of notebook 00: which way f goes, what stretching does, a density, and a coupling undone."""

from . import coupling, density, direction, stretched

EXERCISES = (direction.EXERCISE, stretched.EXERCISE, density.EXERCISE, coupling.EXERCISE)
