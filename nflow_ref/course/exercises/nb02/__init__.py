"""Exercises of notebook 02: distribution functions, followed through a map."""

from . import branches, either_way, empirical, hunt, predictions, quantile, transport

EXERCISES = (
    empirical.EXERCISE,
    either_way.EXERCISE,
    branches.EXERCISE,
    quantile.EXERCISE,
    transport.EXERCISE,
    predictions.OWN_CDF,
    predictions.ABSOLUTE,
    hunt.EXERCISE,
)
