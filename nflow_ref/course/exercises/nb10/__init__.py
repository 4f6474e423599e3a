"""Exercises of notebook 10: bounds in bits, baselines, fair comparisons, and what a likelihood says."""

from . import baseline, bits, comparisons, curves, likelihood, parts, rivals, spikes, weighted

EXERCISES = (
    spikes.EXERCISE,
    bits.EXERCISE,
    rivals.EXERCISE,
    baseline.EXERCISE,
    weighted.EXERCISE,
    curves.EXERCISE,
    comparisons.EXERCISE,
    parts.EXERCISE,
    likelihood.EXERCISE,
)
