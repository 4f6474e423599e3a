"""Parameters: nested dictionaries, tuples and lists of arrays, the first argument of all that uses them."""

import os
import tempfile
from functools import lru_cache
from pathlib import Path

import numpy as np

from .inputs import as_float, kind

__all__ = ["check_params", "leaves", "load_params", "save_params", "tree_map"]


def tree_map(function, tree, *others):
    """The tree of the same structure whose leaves are function(leaf, *other_leaves).

    Raises:
        ValueError, TypeError: one of the others has another structure.
    """
    if isinstance(tree, dict):
        if any(o.keys() != tree.keys() for o in others):
            raise ValueError(f"tree_map: expected the keys {list(tree)}, got {[list(o) for o in others]}")
        return {k: tree_map(function, tree[k], *(o[k] for o in others)) for k in keys(tree)}
    if isinstance(tree, (tuple, list)):
        return type(tree)(tree_map(function, *leaves) for leaves in zip(tree, *others, strict=True))
    return function(tree, *others)


def keys(tree):
    """The keys of a dictionary in the one order in which all of the package goes through them."""
    return sorted(tree, key=str)


def leaves(tree, path="params"):
    """Pairs (path, array) of a parameter tree, such as ("params[0]['W']", array), in a fixed order."""
    if isinstance(tree, dict):
        return [pair for k in keys(tree) for pair in leaves(tree[k], f"{path}[{k!r}]")]
    if isinstance(tree, (tuple, list)):
        return [pair for k, v in enumerate(tree) for pair in leaves(v, f"{path}[{k}]")]
    return [(path, tree)]


def save_params(path, flow, params):
    """Write params to the .npz file `path`, together with the flow's description.

    The file appears whole or not at all: it is written beside `path` under another name first, so a
    failure never destroys an older file. Nothing is pickled.

    Raises:
        TypeError, ValueError: params are not those of this flow, or not finite.
    """
    arrays = {name: as_float(array, f"save_params: {name}") for name, array in leaves(params)}
    path = Path(path)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, flow=np.array(_description(flow)), **arrays)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def load_params(path, flow):
    """Read the parameters that `save_params` wrote for the same flow.

    The description of the flow, permutations and frozen signs included, must be the one in the file.

    Raises:
        ValueError: the file is of another flow, incomplete, or holds an array of another shape.
    """
    with np.load(path, allow_pickle=False) as file:
        arrays = dict(file)
    saved = str(arrays.pop("flow", "no flow: the file was not written by save_params"))
    if saved != _description(flow):
        raise ValueError(f"load_params: {path} was saved for\n  {saved}\nand not for\n  {_description(flow)}")
    expected = template(flow)
    names = [name for name, _ in leaves(expected)]
    if set(names) != set(arrays):
        differing = sorted(set(names) ^ set(arrays))
        raise ValueError(f"load_params: {path} lacks or has in excess {', '.join(differing)}")
    remaining = iter(names)
    params = tree_map(lambda _: arrays[next(remaining)], expected)
    _compare(expected, params, "params")
    for name, array in leaves(params):
        as_float(array, f"load_params: {name}")
    return params


def _description(flow):
    """The repr of the flow; what is fused in it has the parameters of what is not."""
    flow = getattr(flow, "plain", flow)
    bijection = getattr(flow, "bijection", None)
    return repr(type(flow)(flow.base, bijection.plain) if hasattr(bijection, "plain") else flow)
