import os

import numpy as np
import pytest
from table import away

import nflow_ref.parameters
from nflow_ref import (
    ActNorm,
    Chain,
    Flow,
    StandardNormal,
    fuse,
    glow,
    load_params,
    real_nvp,
    save_params,
    tree_map,
)
from nflow_ref.parameters import check_params, leaves

rng = np.random.default_rng(0)
x = rng.standard_normal((20, 3))
flow = real_nvp(3, couplings=2, hidden=(4,))
params = away(rng, flow.init(rng, x))


def test_tree_map_keeps_the_structure():
    tree = {"a": (np.ones(2), [np.zeros(1)]), "b": ()}
    doubled = tree_map(lambda a, b: a + b, tree, tree)
    assert doubled["a"][0].tolist() == [2, 2] and isinstance(doubled["a"], tuple)
    assert isinstance(doubled["a"][1], list) and doubled["b"] == ()
    with pytest.raises(ValueError):
        tree_map(np.add, (np.ones(1),), (np.ones(1), np.ones(1)))


def test_leaves_have_readable_names():
    names = [name for name, _ in leaves({"a": (np.ones(2), [np.zeros(1)])})]
    assert names == ["params['a'][0]", "params['a'][1][0]"]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_saved_is_loaded_bit_for_bit(tmp_path, dtype):
    image_flow = glow(rng, (4, 4, 1), 2, 1, 4)
    p = away(rng, image_flow.init(rng, rng.standard_normal((10, 4, 4, 1)).astype(dtype)))
    save_params(tmp_path / "glow.npz", image_flow, p)
    loaded = load_params(tmp_path / "glow.npz", image_flow)
    for (name, a), (other, b) in zip(leaves(p), leaves(loaded), strict=True):
        assert name == other and a.dtype == b.dtype == dtype and (a == b).all()
    y = rng.standard_normal((3, 4, 4, 1)).astype(dtype)
    assert (image_flow.log_prob(p, y) == image_flow.log_prob(loaded, y)).all()
    assert os.listdir(tmp_path) == ["glow.npz"]


def test_actnorm_is_not_initialised_again_after_loading(tmp_path):
    save_params(tmp_path / "p.npz", flow, params)
    loaded = load_params(tmp_path / "p.npz", flow)
    first = flow.log_prob(loaded, 100 * x)
    assert (first == flow.log_prob(params, 100 * x)).all() and (first == flow.log_prob(loaded, 100 * x)).all()


def test_a_failure_keeps_the_older_file(tmp_path, monkeypatch):
    path = tmp_path / "p.npz"
    save_params(path, flow, params)
    before = path.read_bytes()

    def fails_half_way(file, **arrays):
        file.write(b"half of it")
        raise OSError("no space left on device")

    monkeypatch.setattr(nflow_ref.parameters.np, "savez", fails_half_way)
    with pytest.raises(OSError, match="no space left"):
        save_params(path, flow, params)
    assert path.read_bytes() == before and os.listdir(tmp_path) == ["p.npz"]


def test_another_flow_is_refused(tmp_path):
    """Frozen permutations and signs belong to the flow: with others, the same arrays mean another map."""
    one, other = (glow(np.random.default_rng(seed), (4, 4, 1), 1, 2, 4) for seed in (1, 2))
    save_params(tmp_path / "p.npz", one, one.init(rng, rng.standard_normal((10, 4, 4, 1))))
    with pytest.raises(ValueError, match=r"was saved for\n  Flow.*\nand not for\n  Flow"):
        load_params(tmp_path / "p.npz", other)


def test_spoiled_files_are_refused(tmp_path):
    save_params(tmp_path / "p.npz", flow, params)
    arrays = dict(np.load(tmp_path / "p.npz"))
    name = "params[1][0]['W']"

    def load(changed):
        np.savez(tmp_path / "q.npz", **changed)
        load_params(tmp_path / "q.npz", flow)

    with pytest.raises(ValueError, match=r"expected shape \(1, 4\), got \(4, 1\)"):
        load(arrays | {name: arrays[name].T})
    with pytest.raises(ValueError, match=r"lacks or has in excess params\[1\]\[0\]\['W'\]"):
        load({k: v for k, v in arrays.items() if k != name})
    with pytest.raises(ValueError, match="lacks or has in excess more"):
        load(arrays | {"more": np.ones(1)})
    with pytest.raises(ValueError, match="not finite"):
        load(arrays | {name: arrays[name] * np.nan})
    with pytest.raises(ValueError, match="not written by save_params"):
        load({name: arrays[name]})
    with pytest.raises(ValueError, match=r"allow_pickle|Object arrays"):
        load(arrays | {name: np.array([None], dtype=object)})


def test_parameters_of_the_wrong_structure_are_neither_saved_nor_used(tmp_path):
    for bad, error, words in [
        (
            params[:-1],
            ValueError,
            r"params: expected the entries \[0, 1, 2, 3, 4, 5\], got \[0, 1, 2, 3, 4\]",
        ),
        (list(params), TypeError, "params: expected a tuple, got an object of type list"),
        (({"log_s": np.ones(3)}, *params[1:]), ValueError, r"params\[0\]: expected the entries"),
        (tree_map(lambda p: p[:1], params), ValueError, r"expected shape \(3,\), got \(1,\)"),
    ]:
        with pytest.raises(error, match=words):
            save_params(tmp_path / "p.npz", flow, bad)
        with pytest.raises(error, match=words):
            check_params(flow, bad)
    with pytest.raises(
        ValueError, match=r"save_params: params\[0\]\['log_s'\]: 3 of 3 numbers are not finite"
    ):
        save_params(tmp_path / "p.npz", flow, tree_map(lambda p: p * np.nan, params))
    assert os.listdir(tmp_path) == []


def test_a_flow_without_parameters(tmp_path):
    empty = Flow(StandardNormal((2,)), Chain())
    save_params(tmp_path / "p.npz", empty, ())
    assert load_params(tmp_path / "p.npz", empty) == ()
    one = Flow(StandardNormal((2,)), ActNorm())
    with pytest.raises(ValueError, match="was saved for"):
        load_params(tmp_path / "p.npz", one)


def test_temporary_file_stands_beside_the_file(tmp_path, monkeypatch):
    """Elsewhere it might be on another disk, from where no file is moved in one piece."""
    seen = []
    monkeypatch.setattr(os, "replace", lambda old, new: seen.append((os.path.split(old), new)))
    save_params(tmp_path / "good.npz", flow, params)
    (((folder, name), new),) = seen
    assert (
        folder == str(tmp_path) == str(new.parent) and name.startswith("good.npz") and name.endswith(".part")
    )


def test_file_of_a_flow_with_a_fused_part_is_one_of_the_plain_flow(tmp_path):
    partly = Flow(flow.base, fuse(flow.bijection))
    save_params(tmp_path / "partly.npz", partly, params)
    assert leaves(load_params(tmp_path / "partly.npz", flow))[0][0] == leaves(params)[0][0]
