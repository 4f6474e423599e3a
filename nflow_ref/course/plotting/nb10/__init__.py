"""The figures of notebook 10."""

from .moving import between, on_the_way, redrawn, temperature, training
from .still import (
    ablation,
    bars,
    blocks,
    cheat,
    latent_lengths,
    learning,
    likelihoods,
    neighbours,
    rows,
)

__all__ = [
    "ablation",
    "bars",
    "between",
    "blocks",
    "cheat",
    "latent_lengths",
    "learning",
    "likelihoods",
    "neighbours",
    "on_the_way",
    "redrawn",
    "rows",
    "temperature",
    "training",
]
