"""What a pass is made of: parameters as parts of a flat vector, arrays made once, and steps that use them."""

from collections import namedtuple

import numpy as np

from ..parameters import keys, tree_map


def nothing():
    pass


# What a layer does to arrays that it knows: functions without arguments that read and write them. forward
# writes z and adds to log_det, backward writes x̄ and the parameters' bars, inverse writes x.
Step = namedtuple("Step", "forward backward inverse", defaults=[nothing, nothing])
# A tree, its arrays in the order of `views`, and its structure: keys, lengths and shapes.
Flat = namedtuple("Flat", "tree arrays structure")


def views(params, vector):
    """The tree of params whose arrays are the flat vector's parts: writing to one writes to the other.

    The first lies at the end. So b, whose key comes behind W, lies before it: one matrix [b; W].
    """
    start = len(vector)

    def place(p):
        nonlocal start
        start -= np.size(p)
        return vector[start : start + np.size(p)].reshape(np.shape(p))

    return tree_map(place, params)


def flat(tree):
    """The Flat of a tree of arrays."""
    arrays, structure, rest = [], [], [tree]
    while rest:
        node = rest.pop()
        if isinstance(node, dict):
            structure.append(tuple(keys(node)))
            rest += map(node.get, structure[-1])
        elif isinstance(node, (tuple, list)):
            structure.append(len(node))
            rest += node
        else:
            structure.append(getattr(node, "shape", ()))
            arrays.append(node)
    return Flat(tree, arrays, tuple(structure))


class Buffers:
    """The arrays of one pass, zero when new; their last axis has one entry for each example: `columns`.

    A pass that goes back keeps what its layers put out (`keep`). One that only goes forward lets all
    layers use the same few arrays in turn, which stay in the cache.
    """

    def __init__(self, dtype, columns, keep):
        self.dtype, self.columns, self.keep = dtype, columns, keep
        self.log_det, self.g = np.zeros((2, columns), dtype)
        self.shared, self.turns = {}, {}

    def kept(self, name, *shape):
        """An array that the way back reads."""
        return np.zeros(shape, self.dtype) if self.keep else self.scratch(name, *shape)

    def scratch(self, name, *shape):
        """An array whose content matters within one step only: all layers get the same."""
        return self.shared.setdefault((name, shape), np.zeros(shape, self.dtype))

    def state(self, name, *shape):
        """(x, x̄): what one step puts out for the next, with a row of ones first, and its bar, without.

        Two of a name are used in turn, so that no step writes over what it reads.
        """
        self.turns[name, shape] = turn = 1 - self.turns.get((name, shape), 1)
        x = self.kept(f"{name} {turn}", 1 + shape[0], *shape[1:])
        x[0] = 1
        return x, self.scratch(f"bar of {name} {turn}", *shape)


def channels(state):
    """(x, x̄) without x's row of ones."""
    return state[0][1:], state[1]


def rows(array):
    """(C, H, W, N) as a matrix, (C, H·W·N)."""
    return array.reshape(len(array), -1)
