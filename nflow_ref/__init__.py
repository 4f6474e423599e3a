"""Normalizing flows from the basics: the reference implementation of the course, in NumPy and autograd.

Every map here goes from data to latent, z = f(x), and log-densities are in nats.
The files follow the order of the notebooks; start with change_of_variables.py.
"""

__version__ = "0.1.0"

from importlib import import_module

from .actnorm import ActNorm
from .bijections import Bijection, Chain
from .checkerboard import CheckerboardCoupling
from .claims import claim, refute, together
from .coupling import AdditiveCoupling, AffineCoupling
from .densities import StandardLogistic, StandardNormal
from .domains import Log, Logit, Standardize
from .flow import Flow
from .images import bits_per_dim, dequantize, random_shift
from .linear import Conv1x1, Conv1x1LU, Permutation
from .models import glow, real_nvp
from .multiscale import Split, Squeezed
from .networks import MLP, ConvNet
from .parameters import tree_map
from .training import Adam, TrainingDiverged, fit, mean_nll
from .verify import check_bijection

__all__ = [
    "MLP",
    "ActNorm",
    "Adam",
    "AdditiveCoupling",
    "AffineCoupling",
    "Bijection",
    "Chain",
    "CheckerboardCoupling",
    "Conv1x1",
    "Conv1x1LU",
    "ConvNet",
    "Flow",
    "Log",
    "Logit",
    "Permutation",
    "Split",
    "Squeezed",
    "StandardLogistic",
    "StandardNormal",
    "Standardize",
    "TrainingDiverged",
    "bits_per_dim",
    "check_bijection",
    "claim",
    "dequantize",
    "fit",
    "fuse",
    "glow",
    "load",
    "mean_nll",
    "random_shift",
    "real_nvp",
    "refute",
    "save",
    "together",
    "tree_map",
]


def __getattr__(name):
    """What is imported when it is first asked for: who does without it need not wait for it."""
    modules = {"fuse": "fused", "load": "files", "save": "files"}
    if name in modules:
        return getattr(import_module(f".{modules[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
