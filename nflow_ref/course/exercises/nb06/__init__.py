"""Exercises of notebook 06: coupling layers."""

from . import board, bound, density, hunt, predictions, undo

EXERCISES = (
    predictions.SHIFTS,
    density.EXERCISE,
    hunt.EXERCISE,
    bound.EXERCISE,
    predictions.TURNS,
    undo.EXERCISE,
    board.EXERCISE,
)
