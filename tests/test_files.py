"""What is saved comes back to the bit, or is refused in a sentence; and no older file is ever lost."""

import errno
import json
import os
import pickle
import signal
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import pytest
from table import LAYERS, away, case

from nflow_ref import (
    MLP,
    ActNorm,
    AdditiveCoupling,
    AffineCoupling,
    Chain,
    Conv1x1,
    Flow,
    Log,
    Permutation,
    Split,
    StandardLogistic,
    StandardNormal,
    files,
    fuse,
    glow,
    load,
    real_nvp,
    save,
    tree_map,
)
from nflow_ref.parameters import leaves

rng = np.random.default_rng(0)
x = rng.standard_normal((20, 3))
flow = real_nvp(3, couplings=2, hidden=(4,))
params = away(rng, flow.init(rng, x))
posix = pytest.mark.skipif(os.name == "nt", reason="files have no such modes, signals or links here")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "flow.npz"


def same(a, b):
    """Whether two trees of parameters are equal in structure, types, shapes, dtypes and to the bit."""
    if isinstance(a, dict | tuple | list):
        keys = a.keys() if isinstance(a, dict) else range(len(a))
        return type(a) is type(b) and len(a) == len(b) and all(same(a[k], b[k]) for k in keys)
    return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()


# What comes back


def test_parameters_of_any_size_can_be_written(path):
    """2 GiB and more need zip's 64-bit form, 4.5, and how long an array is, is not known when it begins."""
    one = real_nvp(2, 2, (4,))
    save(path, one, one.init(np.random.default_rng(0), np.eye(2) + 1))
    with zipfile.ZipFile(path) as archive:
        assert all(info.extract_version == 45 for info in archive.infolist() if info.filename.endswith("npy"))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", LAYERS)
def test_every_layer_comes_back(path, name, dtype):
    event = LAYERS[name][1][-1]
    layer, p, x = case(name, event, 7, dtype)
    for base in (StandardNormal(event), StandardLogistic(event)):
        one = Flow(base, layer)
        save(path, one, p)
        again, q = load(path)
        assert again == one and repr(again) == repr(one) and same(q, p)
        assert (again.log_prob(q, x) == one.log_prob(p, x)).all()


def test_fields_come_back_as_they_were(path):
    """Floats to the last digit; what NumPy made of whole numbers is a whole number again."""
    third = Flow(
        StandardNormal((3,)), Chain(AffineCoupling(MLP((np.int64(8), 4)), bound=1 / 3 + 1e-16), Chain())
    )
    p = third.init(rng, x)
    save(path, third, p)
    again, _ = load(path)
    assert again == third and again.bijection.layers[0].bound == third.bijection.layers[0].bound
    assert [type(n) for n in again.bijection.layers[0].conditioner.hidden] == [int, int]
    assert again.bijection.layers[1] == Chain()


def test_a_flow_without_parameters(path):
    save(path, Flow(StandardNormal((2,)), Chain()), ())
    assert load(path) == (Flow(StandardNormal((2,)), Chain()), ())


def test_the_first_batch_after_loading_initialises_nothing(path):
    save(path, flow, params)
    again, p = load(path)
    first = again.log_prob(p, 100 * x)
    assert (first == flow.log_prob(params, 100 * x)).all() and (first == again.log_prob(p, 100 * x)).all()


def test_a_fused_flow_is_saved_as_the_flow_itself(path):
    for one in (fuse(flow), Flow(flow.base, fuse(flow.bijection))):
        save(path, one, params)
        again, p = load(path)
        assert type(again) is Flow and again == flow and same(p, params)
    fused = fuse(flow)
    assert load(path, like=fused)[0] is fused


def test_the_same_flow_gives_the_same_bytes_that_others_can_read(path, tmp_path):
    """A .npz for NumPy, a zip with JSON for everybody else."""
    save(path, flow, params)
    save(tmp_path / "second", flow, params)
    assert path.read_bytes() == (tmp_path / "second").read_bytes()
    assert sorted(os.listdir(tmp_path)) == ["flow.npz", "second"]
    with np.load(path, allow_pickle=False) as opened:
        assert set(opened.files) == {"flow.json", *(name for name, _ in leaves(params))}
        assert (opened["params[1][0]['W']"] == params[1][0]["W"]).all()
        assert json.loads(opened["flow.json"])["flow"]["base"] == {
            "class": "nflow_ref.StandardNormal",
            "shape": [3],
        }


# Classes of one's own


@dataclass(frozen=True)
class Gain:
    """z = g x, with parameters in every kind of nest, and a field of every kind."""

    gain: float
    words: str = "two\nlines, äöü"
    nothing: None = None
    yes: bool = True
    numbers: tuple = (1, 2.5, (np.float32(0.1), np.int64(7)))
    more: list = field(default_factory=lambda: [1, [2]])
    table: dict = field(default_factory=lambda: {"a": (1, 2), 3: "b", (4, 5): None})
    mask: np.ndarray = field(default_factory=lambda: np.array([[True, False]]), compare=False)
    inner: object = Permutation((1, 0))
    made: int = field(default=0, init=False)

    def init(self, rng, x):
        return {"b": [np.ones(2, x.dtype), (), {}], 7: (np.float32(3),), "a": {"W": np.zeros((0, 2))}}

    def forward(self, params, x):
        return self.gain * x, np.full(len(x), x.shape[1] * np.log(self.gain), x.dtype)

    def inverse(self, params, z):
        if params["b"][0].shape != (2,):
            raise ValueError("Gain: params['b'][0] must have shape (2,)")
        return z / self.gain


def test_a_layer_of_one_s_own(path):
    own = Flow(StandardNormal((2,)), Chain(Gain(0.1)))
    p = own.init(rng, x[:, :2])
    save(path, own, p)
    again, q = load(path, layers=[Gain])
    found, expected = again.bijection.layers[0], own.bijection.layers[0]
    assert again == own and type(found) is Gain and type(found.more) is list and type(found.table) is dict
    assert found.table == expected.table and found.numbers[2] == (float(np.float32(0.1)), 7)
    assert found.mask.dtype == bool and (found.mask == expected.mask).all()
    assert type(q) is tuple and same(q[0]["b"], p[0]["b"]) and q[0]["a"]["W"].shape == (0, 2)
    assert q[0][7][0].dtype == np.float32 and q[0][7][0] == 3 and q[0].keys() == p[0].keys()
    again, _ = load(path, like=own)  # then nothing need be handed over
    assert again is own
    with pytest.raises(
        ValueError, match=r"flow.bijection.layers\[0\] is of the class Gain, to be handed over: load\(p"
    ):
        load(path)
    for layers in ([Gain(1.0)], Gain, flow, ["Gain"], [object]):
        with pytest.raises(
            TypeError, match=r"load: layers must be a list of your own dataclasses .*like=flow\), got "
        ):
            load(path, layers)


@dataclass(frozen=True)
class Constant:
    """A conditioner."""

    value: float = 0.25

    def init(self, rng, channels_in, channels_out, dtype):
        return {"t": np.full(channels_out, self.value, dtype)}

    def apply(self, params, a, channels_out):
        return params["t"] + 0 * a[..., :1]


@dataclass(frozen=True)
class Wide(StandardNormal):
    """A density."""

    width: float = 3.0

    def log_prob(self, z):
        return super().log_prob(z / self.width) - self.shape[0] * np.log(self.width)


class Both(Chain):
    """Layers as arguments, as Chain takes them."""


def test_other_classes_of_one_s_own(path):
    own = Flow(Wide((3,), 2.0), Both(AdditiveCoupling(Constant(0.5)), ActNorm()))
    p = own.init(rng, x)
    save(path, own, p)
    again, q = load(path, layers=(Wide, Constant, Both))
    assert again == own and type(again.bijection) is Both and same(p, q)
    assert (again.log_prob(q, x) == own.log_prob(p, x)).all()
    with pytest.raises(ValueError, match=r"flow.base is of the class Wide, to be handed over"):
        load(path, [Both, Constant])


def test_a_class_of_the_same_name_is_not_taken_for_the_package_s(path):
    class Other(ActNorm):
        def forward(self, params, x):
            z, log_det = super().forward(params, x)
            return -z, log_det

    Other.__name__ = "ActNorm"
    own = Flow(StandardNormal((3,)), Chain(Other()))
    p = own.init(rng, x)
    save(path, own, p)
    with pytest.raises(ValueError, match=r"layers\[0\] is of the class ActNorm, to be handed over"):
        load(path)
    assert type(load(path, layers=[Other])[0].bijection.layers[0]) is Other
    another = type("ActNorm", (ActNorm,), {})
    with pytest.raises(TypeError, match=r"save: flow.bijection.layers\[1\] is of another class ActNorm than"):
        save(path, Flow(own.base, Chain(Other(), another())), p * 2)


class Plain(Gain):
    """No fields of its own, and a constructor with other arguments."""

    def __init__(self, factor):
        super().__init__(2 * factor)


@dataclass(frozen=True)
class Doubling(Gain):
    def __post_init__(self):
        object.__setattr__(self, "gain", 2 * self.gain)


class Undeclared:
    init, forward, inverse = Gain.init, Gain.forward, Gain.inverse
    gain = 2.0


@pytest.mark.parametrize(
    "layer, error, words",
    [
        (Undeclared(), TypeError, r"^save: flow.bijection.layers\[0\] is an object of type Undeclared; num"),
        (Gain(1.0, words=np.tanh), TypeError, r"bijection.layers\[0\].words is an object of type ufunc;"),
        (Gain(1.0, numbers=(1, {2})), TypeError, r"layers\[0\].numbers\[1\] is an object of type set;"),
        (Gain(1.0, table={"a": 1j}), TypeError, r"layers\[0\].table\['a'\] is an object of type complex;"),
        (Gain(1.0, mask=np.array([None])), TypeError, r"layers\[0\].mask is an object of type ndarray;"),
        (Gain(1.0, inner=Gain), TypeError, r"layers\[0\].inner is an object of type type;"),
        (Plain(1.0), ValueError, r"layers\[0\]: Plain cannot be made from its fields \['gain', "),
        (Doubling(1.0), TypeError, r"what its fields say, but .*layers\[0\].gain is 2.0 here, 4.0 made anew"),
    ],
)  # fmt: skip
def test_what_cannot_be_made_again_is_named_and_not_saved(tmp_path, layer, error, words):
    with pytest.raises(error, match=words):
        save(tmp_path / "flow.npz", Flow(StandardNormal((2,)), Chain(layer)), (layer.init(rng, x[:, :2]),))
    assert os.listdir(tmp_path) == []


# Checked against a flow that one has


def with_layer_4(layer):
    return Flow(flow.base, Chain(*flow.bijection.layers[:4], layer, flow.bijection.layers[5]))


def test_like_is_compared_by_value(path):
    one = Flow(StandardNormal((3,)), Chain(AffineCoupling(MLP((8,)), bound=1)))
    p = one.init(rng, x)
    save(path, one, p)
    like = Flow(StandardNormal((3,)), Chain(AffineCoupling(MLP((np.int64(8),)), bound=1.0)))
    again, q = load(path, like=like)
    assert again is like and same(p, q)


@pytest.mark.parametrize(
    "like, words",
    [
        (with_layer_4(AffineCoupling(MLP((4,)), 1.5)), r".layers\[4\].bound is 2.0 in the file, 1.5"),
        (with_layer_4(ActNorm()), r".layers\[4\] is nflow_ref.AffineCoupling in the file, nflow_re"),
        (real_nvp(3, 3, (4,)), r".layers is of length 6 in the file, of length 9 in like"),
        (real_nvp(3, 2, (4, 4)), r".layers\[1\].conditioner.hidden is of length 1 in the file, of l"),
        (Flow(StandardLogistic((3,)), flow.bijection), r".base is nflow_ref.StandardNormal in the file, n"),
        (Flow(StandardNormal((4,)), flow.bijection), r".base.shape\[0\] is 3 in the file, 4 in like"),
        ("flow", r" is nflow_ref.Flow in the file, 'flow' in like"),
        (params, r" is nflow_ref.Flow in the file, of length 6 in like"),
    ],
)  # fmt: skip
def test_the_first_difference_is_named(path, like, words):
    save(path, flow, params)
    with pytest.raises(ValueError, match=rf"load: .*flow.npz holds another flow: flow.*{words}") as caught:
        load(path, like=like)
    assert len(str(caught.value)) < len(str(path)) + 150


def test_a_glow_of_another_generator_is_told_in_a_short_sentence(path):
    one, other = (glow(np.random.default_rng(seed), (8, 8, 3), 2, 4, 4) for seed in (1, 2))
    save(path, one, one.init(rng, rng.standard_normal((10, 8, 8, 3))))
    assert load(path)[0] == one
    with pytest.raises(
        ValueError, match=r"flow.bijection.inner.layers\[1\].permutation\[\d+\] is \d+ in the file,"
    ):
        load(path, like=other)


def test_arrays_and_lists_in_fields_are_compared(path):
    own = [
        Flow(StandardNormal((2,)), Gain(1.0, more=[1, k], mask=np.array([0.5, k]), table={"a": k}))
        for k in (1, 2)
    ]
    save(path, own[0], own[0].init(rng, x[:, :2]))
    with pytest.raises(ValueError, match=r"flow.bijection.more\[1\] is 1 in the file, 2 in like"):
        load(path, like=own[1])
    like = Flow(StandardNormal((2,)), Gain(1.0, more=[1, 1], mask=np.array([0.5, 2]), table={"a": 1}))
    with pytest.raises(ValueError, match=r"flow.bijection.mask\S* is 1.0 in the file, 2.0 in like"):
        load(path, like=like)
    like = Flow(StandardNormal((2,)), Gain(1.0, more=(1, 1)))
    with pytest.raises(
        ValueError, match=r"flow.bijection.more is a list, dict or array in the file, of length 2 in"
    ):
        load(path, like=like)


# What is refused


def test_arguments_exchanged(path):
    for arguments, wrong in [
        ((path, params, flow), "flow must be a Flow"),
        ((path, flow.bijection, params), "flow must be a Flow"),
        ((path, flow.log_prob, params), "flow must be a Flow"),
        ((flow, path, params), "path must be a file name"),
        ((params, flow, path), "path must be a file name"),
        ((3, flow, params), "path must be a file name, got <class 'int'>"),
    ]:
        with pytest.raises(TypeError, match=rf"^save\(path, flow, params\): {wrong}") as caught:
            save(*arguments)
        assert len(str(caught.value)) < 200
    for wrong in (None, 0, True, params, b"flow.npz"):
        with pytest.raises(TypeError, match="^load: path must be a file name, got"):
            load(wrong)
    assert not path.exists()


def test_parameters_that_do_not_fit_are_not_saved(tmp_path):
    """The layers say what they miss, in their words."""
    for bad, error, words in [
        (params[:-1], ValueError, r"Chain.inverse: params must hold 6 parameter trees, got 5"),
        (({"log_s": np.ones(3)}, *params[1:]), ValueError, r"ActNorm.inverse: params must have the keys"),
        ((*params[:3], {**params[3], "more": np.ones(1)}, *params[4:]), ValueError, "must have the keys"),
        (tree_map(lambda p: p[:1], params), ValueError, r"must have shape \(4,\), got \(1,\)"),
        (
            tree_map(lambda p: p * np.nan, params),
            ValueError,
            r"save: params\[0\]\['\w+'\]: 3 of 3 .* not finite",
        ),
        (tree_map(str, params), TypeError, r"save: params\[0\]\['\w+'\]: expected real numbers"),
        ({}, TypeError, r"Chain.inverse: params must be a tuple"),
        (None, TypeError, r"save: params: expected real numbers"),
    ]:
        with pytest.raises(error, match=words):
            save(tmp_path / "flow.npz", flow, bad)
    assert os.listdir(tmp_path) == []
    positive = Flow(StandardNormal((3,)), Chain(Log()))
    save(tmp_path / "log.npz", positive, ((),))  # zeros would not be data of this flow; nobody asks for data


def test_a_flow_without_an_inverse_is_saved(path):
    @dataclass(frozen=True)
    class OneWay(Gain):
        def inverse(self, params, z):
            raise NotImplementedError

    own = Flow(StandardNormal((2,)), OneWay(2.0))
    save(path, own, own.init(rng, x[:, :2]))
    assert load(path, layers=[OneWay])[0] == own


def rewritten(path, new, **members):
    """A copy of the file with other members: bytes, or None for one that is left out."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(new, "w") as archive:
        for name in {**dict.fromkeys(old.namelist()), **members}:
            content = members.get(name, old.read(name) if name in old.namelist() else None)
            if content is not None:
                archive.writestr(name, content)
    return new


class Trap:
    """What it would do if anyone unpickled it."""

    def __reduce__(self):
        return pytest.fail, ("it was unpickled",)


def test_files_that_are_none_or_damaged(path, tmp_path):
    save(path, flow, params)
    whole, bad = path.read_bytes(), tmp_path / "bad.npz"
    (at,) = (whole.index(array.tobytes()) for name, array in leaves(params) if name == "params[1][0]['W']")
    flipped = bytearray(whole)
    flipped[at] ^= 1
    text = json.loads(np.load(path)["flow.json"])
    pickled = tmp_path / "pickled.npz"
    np.savez(pickled, **{"flow.json": np.array([flow], object)})
    np.save(tmp_path / "array.npy", params[1][0]["W"])
    np.savez(tmp_path / "other.npz", a=np.ones(3))
    np.save(tmp_path / "object.npy", np.array([Trap()], object))
    contents = [
        b"",
        b"x1,x2\n0.5,0.25\n",
        b"not a flow, but a text that is long enough\n" * 100,
        (tmp_path / "array.npy").read_bytes(),
        (tmp_path / "other.npz").read_bytes(),
        pickled.read_bytes(),
        pickle.dumps(params),
        bytes(flipped),
        *(whole[:n] for n in (10, 1000, len(whole) // 2, len(whole) - 1)),
        *(
            rewritten(path, bad, **{"flow.json": content}).read_bytes()
            for content in [
                b"",
                b"\xff",
                b"{}",
                b"[1]",
                b"[" * 100_000,
                json.dumps(text | {"format": "?"}).encode(),
            ]
        ),
        rewritten(path, bad, **{"params[1][0]['W'].npy": None}).read_bytes(),
        rewritten(
            path, bad, **{"params[1][0]['W'].npy": (tmp_path / "object.npy").read_bytes()}
        ).read_bytes(),
        rewritten(path, bad, **{"params[1][0]['W'].npy": b"\x93NUMPY\x01\x00\xff"}).read_bytes(),
    ]
    for content in contents:
        bad.write_bytes(content)
        with pytest.raises(
            ValueError, match=r"^load: .*bad.npz is damaged or no file of nflow_ref.save: "
        ) as caught:
            load(bad)
        assert "unsafely" not in str(caught.value)
    with pytest.raises(FileNotFoundError, match="nowhere"):
        load(tmp_path / "nowhere.npz")
    with pytest.raises(OSError):
        load(tmp_path)


def test_a_whole_file_with_something_wrong_in_it(path, tmp_path):
    save(path, flow, params)
    name = "params[1][0]['W']"
    text = json.loads(np.load(path)["flow.json"])

    def changed(**entries):
        return rewritten(path, tmp_path / "bad.npz", **{"flow.json": json.dumps(text | entries)})

    with pytest.raises(ValueError, match=r"it has format 2, and this nflow_ref reads up to 1"):
        load(changed(format=2))
    with pytest.raises(
        ValueError, match=r"bad.npz: flow is of the class nflow_ref.Spline, which this version lacks"
    ):
        load(changed(flow={"class": "nflow_ref.Spline", "knots": 8}))
    with pytest.raises(
        ValueError, match=r"flow: nflow_ref.StandardNormal cannot be made from its fields \['form'\]"
    ):
        load(changed(flow={"class": "nflow_ref.StandardNormal", "form": [3]}))
    with pytest.raises(ValueError, match=r"flow is of the class nflow_ref.save, which"):
        load(changed(flow={"class": "nflow_ref.save", "path": "x"}))  # nothing but dataclasses is ever called
    for array, words in [
        (params[1][0]["W"].T, "must have shape"),
        (params[1][0]["W"] * np.nan, "are not finite"),
    ]:
        np.save(tmp_path / "array.npy", array)
        with pytest.raises(ValueError, match=words):
            load(
                rewritten(
                    path, tmp_path / "bad.npz", **{f"{name}.npy": (tmp_path / "array.npy").read_bytes()}
                )
            )


def test_files_of_save_params_are_refused_in_a_sentence(path):
    arrays = dict(leaves(params))
    np.savez(path, flow=np.array(repr(flow)), **arrays)
    with pytest.raises(
        ValueError, match="it is of the older save_params, without a flow; numpy.load reads its arrays"
    ):
        load(path)
    with np.load(path) as opened:
        assert all((opened[name] == array).all() for name, array in leaves(params))


# Never half a file, never the older one lost


def others(folder):
    return sorted(set(os.listdir(folder)) - {"flow.npz"})


def test_a_full_disk_leaves_the_older_file(path, monkeypatch):
    save(path, flow, params)
    before, write = path.read_bytes(), np.lib.format.write_array
    calls = []

    def full(member, array, **options):
        if calls:
            raise OSError(errno.ENOSPC, "No space left on device")
        calls.append(write(member, array, **options))

    monkeypatch.setattr(np.lib.format, "write_array", full)
    with pytest.raises(OSError, match="No space left"):
        save(path, flow, tree_map(lambda p: p + 1, params))
    assert path.read_bytes() == before and others(path.parent) == []


def test_an_interrupt_leaves_the_older_file(path, monkeypatch):
    save(path, flow, params)
    before = path.read_bytes()

    def interrupted(*_):
        raise KeyboardInterrupt

    for name in ("fsync", "replace"):
        with monkeypatch.context() as patch:
            patch.setattr(os, name, interrupted)
            with pytest.raises(KeyboardInterrupt):
                save(path, flow, tree_map(lambda p: p + 1, params))
        assert path.read_bytes() == before and others(path.parent) == []
    replace = os.replace
    monkeypatch.setattr(os, "replace", lambda *names: interrupted(replace(*names)))  # a moment too late
    with pytest.raises(KeyboardInterrupt):
        save(path, flow, tree_map(lambda p: p + 1, params))
    assert same(load(path)[1], tree_map(lambda p: p + 1, params)) and others(path.parent) == []


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only(path):
    save(path, flow, params)
    before = path.read_bytes()
    path.parent.chmod(0o555)
    try:
        with pytest.raises(PermissionError):
            save(path, flow, tree_map(lambda p: p + 1, params))
    finally:
        path.parent.chmod(0o755)
    assert path.read_bytes() == before and others(path.parent) == []


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError):
        save(tmp_path / "no" / "flow.npz", flow, params)


@posix
def test_killed_while_it_writes(path):
    """The older file stays whole; what is left beside it goes with a later save, once it is old."""
    save(path, flow, params)
    before = path.read_bytes()
    code = (
        "import os, sys, time; from nflow_ref import load, save, tree_map; flow, params = load(sys.argv[1]); "
        "os.fsync = lambda _: (print('writing', flush=True), time.sleep(60)); "
        "save(sys.argv[1], flow, tree_map(lambda p: p + 1, params))"
    )
    for _ in range(2):
        child = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE)
        assert child.stdout.readline() == b"writing\n"
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
    assert path.read_bytes() == before
    first, second = (path.with_name(name) for name in others(path.parent))
    unlike = [path.with_name(f"other.npz.{'0' * 16}.part"), path.with_name("flow.npz.part")]
    for file in unlike:
        file.write_bytes(b"of somebody else")
    hour = time.time() - 3600
    for file in (first, *unlike):
        os.utime(file, (hour, hour))
    save(path, flow, params)
    assert others(path.parent) == sorted(file.name for file in (second, *unlike))


@posix
@pytest.mark.parametrize("umask, mode", [(0o022, 0o644), (0o002, 0o664), (0o077, 0o600)])
def test_the_mode_is_what_the_umask_says(path, umask, mode):
    before = os.umask(umask)
    try:
        save(path, flow, params)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == mode


@posix
def test_a_link_stays_and_its_target_is_written(tmp_path):
    (tmp_path / "data").mkdir()
    target, link = tmp_path / "data" / "flow.npz", tmp_path / "link.npz"
    link.symlink_to(os.path.join("data", "flow.npz"))
    for _ in range(2):  # there is no target at first, then an older one
        save(link, flow, params)
        assert link.is_symlink() and not target.is_symlink() and load(target)[0] == flow
    assert os.listdir(tmp_path / "data") == ["flow.npz"] and sorted(os.listdir(tmp_path)) == [
        "data",
        "link.npz",
    ]


def test_a_name_without_a_folder_and_without_an_ending(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("flow", "flow.v1", "[a] *?.npz" if os.name != "nt" else "[a].npz"):
        save(name, flow, params)
        assert os.path.isfile(name) and load(name)[0] == flow
    assert len(os.listdir()) == 3


@posix
def test_two_savers_at_once(path):
    """A reader finds the flow of one or of the other, whole."""
    flows = [(one, one.init(rng, x)) for one in (flow, Flow(StandardNormal((3,)), Chain(Split(Conv1x1()))))]
    save(path, *flows[0])

    def saver(one):
        for _ in range(30):
            save(path, *one)

    with ThreadPoolExecutor() as pool:
        savers = [pool.submit(saver, one) for one in flows]
        seen = []
        while not all(one.done() for one in savers):
            again, p = load(path)
            (known,) = (q for one, q in flows if one == again)
            assert same(p, known)
            seen.append(again)
        for one in savers:
            one.result()
    assert seen and others(path.parent) == []


def test_saving_is_imported_when_it_is_asked_for():
    code = (
        "import sys, nflow_ref; assert 'nflow_ref.files' not in sys.modules; nflow_ref.save, nflow_ref.load"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert save is files.save and load is files.load
