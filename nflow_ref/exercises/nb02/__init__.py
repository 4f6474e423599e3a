"""Exercises of notebook 02: distribution functions, followed through a map."""

from . import branches, either_way, empirical, quantile, transport

EXERCISES = (
    empirical.EXERCISE,
    either_way.EXERCISE,
    branches.EXERCISE,
    quantile.EXERCISE,
    transport.EXERCISE,
)
