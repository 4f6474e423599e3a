import numpy as np
import pytest

from nflow_ref import tree_map
from nflow_ref.parameters import leaves


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


def test_keys_are_gone_through_in_one_order_whatever_they_are():
    tree = {"b": np.ones(1), "W": np.ones(2), 1: np.ones(3), (0,): np.ones(4)}
    assert [len(array) for _, array in leaves(tree)] == [4, 3, 2, 1]  # as strings: (0,), 1, W, b
    assert list(tree_map(np.copy, tree)) == [(0,), 1, "W", "b"]
