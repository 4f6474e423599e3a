"""Flows in files: `save` writes a flow with its parameters, `load` makes both again. Nothing is pickled.

A file is a .npz, which is a zip. Its member flow.json says what the flow is made of, class by class and field
by field, and how the parameters are nested; their arrays are members of their own, as params[0]['log_s'].npy.
"""

import json
import os
import sys
import time
import zipfile
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass
from pathlib import Path
from reprlib import repr as short

import numpy as np

from .bijections import Chain
from .flow import Flow
from .inputs import as_float, kind, require
from .parameters import leaves, tree_map

__all__ = ["load", "save"]
FORMAT = 1
ABANDONED = 600  # seconds after which a file that nobody goes on writing was left by a killed process


def save(path, flow, params):
    """Write a flow and its parameters to one file, from which `load` makes both again.

    The file has exactly the name `path`, with or without .npz, and the mode that the umask says. If path is
    a symbolic link, what it points to is written. The file appears whole or not at all: it is written beside
    its place under another name, so a failure never destroys an older file. (What a killed process leaves
    there ends in .part; saving under the same name removes it once it is ten minutes old.) A fused flow is
    saved as the flow itself. A layer, conditioner or density of your own must be a dataclass, so that it
    can be made again from its fields.

    Raises:
        TypeError: a class that is no dataclass, or a field that cannot be written down; it is named.
        ValueError, TypeError: params that are not finite, or with which the flow cannot make a sample.
        OSError: the file cannot be written. The older one is as it was.
    """
    require(isinstance(path, str | os.PathLike), "save(path, flow, params): path", "a file name", type(path))
    require(isinstance(flow, Flow), "save(path, flow, params): flow", "a Flow", type(flow))
    path = Path(os.path.realpath(path))
    classes = {}
    tree = _describe(flow, "save: flow", classes)
    again = _build(tree, "save: flow", classes)
    if found := _difference(tree, _describe(again, "save: flow", {}), "flow", "here", "made anew"):
        raise TypeError(f"save: a flow must be what its fields say, but {found}")
    arrays = _checked(again, params, "save")
    names = iter(arrays)
    nesting = _describe(tree_map(lambda _: next(names), params), "params", {})
    text = json.dumps({"format": FORMAT, "flow": tree, "params": nesting})
    with _appearing_whole(path) as file, zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo("flow.json"), text)  # without the date: same flow, same bytes
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array(member, array)


def load(path, layers=(), like=None):
    """(flow, params) from a file that `save` has written.

    Args:
        layers: the classes of your own that the flow is made of: `load(path, layers=[MyLayer])`.
        like: a flow that the file must hold. They are compared by value, and the first difference is named.
            It is returned itself, so what is in it need not be handed over; it may be a fused one.

    Raises:
        ValueError: this is no file of `save`, or a damaged one, or one of a newer version, or it holds
            another flow than `like`, or a class that is not known, or params that do not fit.
        OSError: the file cannot be read.
    """
    require(isinstance(path, str | os.PathLike), "load: path", "a file name", type(path))
    good = isinstance(layers, list | tuple) and all(map(_is_class, layers))
    require(
        good, "load: layers", "a list of your own dataclasses (to compare with a flow: like=flow)", layers
    )
    with open(path, "rb") as file:
        try:
            tree, params = _read(file)
        except Exception as error:  # there is nothing that a damaged file cannot raise
            raise ValueError(f"load: {path} is damaged or no file of nflow_ref.save: {error}") from error
    if like is None:
        known = {_name(c): c for c in (*vars(sys.modules[__package__]).values(), *layers) if _is_class(c)}
        flow = _build(tree, f"load: {path}: flow", known)
    elif found := _difference(tree, _describe(like, "load: like", {}), "flow", "in the file", "in like"):
        raise ValueError(f"load: {path} holds another flow: {found}")
    else:
        flow = like
    _checked(flow, params, f"load: {path}")
    return flow, params


def _read(file):
    """(description of the flow, parameters)."""
    with zipfile.ZipFile(file) as archive:
        if "flow.npy" in archive.namelist():
            raise ValueError("it is of the older save_params, without a flow; numpy.load reads its arrays")
        content = json.loads(archive.read("flow.json"))
        if content["format"] > FORMAT:
            raise ValueError(f"it has format {content['format']}, and this nflow_ref reads up to {FORMAT}")

        def array(name):
            with archive.open(f"{name}.npy") as member:
                return np.lib.format.read_array(member, allow_pickle=False)

        return content["flow"], tree_map(array, _build(content["params"], "params", {}))


def _describe(value, where, classes):
    """`value` as JSON can say it. Its classes are added to `classes`, by name.

    A tuple becomes a list, what JSON does not have a dictionary that begins with what it is.
    """

    def at(value, place):
        return _describe(value, where + place, classes)

    if type(value).__module__ == f"{__package__}.fused":
        value = value.plain
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if type(value) is tuple:
        return [at(v, f"[{k}]") for k, v in enumerate(value)]
    if type(value) is list:
        return {"list": at(tuple(value), "")}
    if type(value) is dict:
        return {"dict": [[at(k, ""), at(v, f"[{k!r}]")] for k, v in value.items()]}
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        return {"array": [value.tolist(), value.dtype.name]}
    if not _is_class(type(value)):
        what = "numbers, strings, None, tuples, lists, dicts, arrays and dataclasses can be written down"
        raise TypeError(f"{where} is {kind(value)}; {what}")
    name = _name(type(value))
    if classes.setdefault(name, type(value)) is not type(value):
        raise TypeError(f"{where} is of another class {name} than what comes before it")
    own = {f.name: at(getattr(value, f.name), f".{f.name}") for f in fields(value) if f.init}
    return {"class": name} | own


def _build(tree, where, classes):
    """What `_describe` has described."""

    def at(tree, place=""):
        return _build(tree, where + place, classes)

    if isinstance(tree, list):
        return tuple(at(t, f"[{k}]") for k, t in enumerate(tree))
    if not isinstance(tree, dict):
        return tree
    if "class" not in tree:
        ((what, content),) = tree.items()
        return {"list": list, "dict": dict, "array": lambda pair: np.array(*pair)}[what](at(content))
    own = {f: at(t, f".{f}") for f, t in tree.items()}
    name = own.pop("class")
    if name not in classes:
        newer = name.startswith(f"{__package__}.")
        how = "which this version lacks" if newer else f"to be handed over: load(path, layers=[{name}])"
        raise ValueError(f"{where} is of the class {name}, {how}")
    try:
        return classes[name](*own["layers"]) if issubclass(classes[name], Chain) else classes[name](**own)
    except Exception as error:
        raise ValueError(f"{where}: {name} cannot be made from its fields {list(own)}: {error}") from error


def _difference(a, b, where, name_a, name_b):
    """The first difference of two descriptions as a sentence, or None."""
    pairs = ()
    if type(a) is type(b) is list and len(a) == len(b):
        pairs = ((f"{where}[{k}]", *pair) for k, pair in enumerate(zip(a, b, strict=True)))
    elif type(a) is type(b) is dict and a.keys() == b.keys() and a.get("class") == b.get("class"):
        pairs = ((f"{where}.{k}" if "class" in a else where, a[k], b[k]) for k in a)
    elif a != b:
        return f"{where} is {_label(a)} {name_a}, {_label(b)} {name_b}"
    return next(filter(None, (_difference(x, y, place, name_a, name_b) for place, x, y in pairs)), None)


def _label(tree):
    if isinstance(tree, dict):
        return tree.get("class", "a list, dict or array")
    return f"of length {len(tree)}" if isinstance(tree, list) else short(tree)


def _checked(flow, params, where):
    """The arrays of params by name, all finite, if the flow makes a sample; else its layers say why not."""
    arrays = {name: as_float(array, f"{where}: {name}") for name, array in leaves(params)}
    with suppress(NotImplementedError):  # it has no inverse
        flow.sample(params, np.random.default_rng(0), 1)
    return arrays


@contextmanager
def _appearing_whole(path):
    """A file to write, which becomes `path` in one step when all is written, or goes."""
    temporary = path.with_name(f"{path.name}.{os.urandom(8).hex()}.part")
    try:
        with open(temporary, "xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    with suppress(OSError):
        for part in path.parent.glob(f"*.{'[0-9a-f]' * 16}.part"):
            if part.name.startswith(f"{path.name}.") and time.time() - part.stat().st_mtime > ABANDONED:
                part.unlink()


def _is_class(thing):
    return isinstance(thing, type) and is_dataclass(thing)


def _name(cls):
    """The package's own classes have its name before theirs, so that nobody else's is taken for one."""
    own = vars(sys.modules[__package__]).get(cls.__name__) is cls
    return f"{__package__}.{cls.__name__}" if own else cls.__name__
