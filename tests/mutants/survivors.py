"""Why a mutant of the sweep survives."""

REASONS = {}
