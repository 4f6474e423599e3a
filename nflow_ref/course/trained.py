"""What was computed beforehand: trained flows with their parameters, and the results of long experiments.

`make digits` and `make mnist` compute them anew, with the code of lesson 10.
"""

import json
from importlib.resources import as_file, files

from ..files import load
from ..inputs import require

__all__ = ["results", "trained"]
NAMES = ("digits", "mnist")


def trained(name):
    """(flow, params) of lesson 10, in float32: for the images of `datasets.digits` or of `datasets.mnist`.

    Raises:
        ValueError: name is neither "digits" nor "mnist".
    """
    with as_file(_place(f"{name}_flow.npz", name, "trained")) as path:
        return load(path)


def results(name):
    """What the experiments on these images have found: a dictionary of numbers by the name of the run.

    Raises:
        ValueError: name is neither "digits" nor "mnist".
    """
    return json.loads(_place(f"{name}.json", name, "results").read_text(encoding="utf-8"))["runs"]


def _place(file, name, function):
    require(name in NAMES, f"{function}: name", '"digits" or "mnist"', name, ValueError)
    return files(__package__.partition(".")[0]).joinpath("data", file)
