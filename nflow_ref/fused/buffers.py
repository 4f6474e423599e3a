"""Where a pass keeps its numbers: parameters as views of a flat vector, activations in arrays made once."""

import numpy as np


def views(params, vector):
    """The tree of params whose arrays are the flat vector's parts: writing to one writes to the other.

    In a dictionary b comes before W: the two lie one behind the other, as one matrix [b; W].
    """
    start = 0

    def place(tree):
        nonlocal start
        if isinstance(tree, dict):
            placed = {key: place(tree[key]) for key in sorted(tree, key=lambda k: str(k).lower())}
            return {key: placed[key] for key in tree}
        if isinstance(tree, tuple | list):
            return type(tree)(map(place, tree))
        start += np.size(tree)
        return vector[start - np.size(tree) : start].reshape(np.shape(tree))

    return place(params)


def flat(tree):
    """(arrays, keys): the arrays of a tree in some order, and what fixes the order and the structure."""
    arrays, keys, rest = [], [], [tree]
    while rest:
        node = rest.pop()
        if isinstance(node, dict):
            keys.append(tuple(node))
            rest += node.values()
        elif isinstance(node, (tuple, list)):
            keys.append((type(node), len(node)))
            rest += node
        else:
            arrays.append(node)
    return arrays, keys


class Buffers:
    """The arrays of one pass, zero when new. Rows are channels, columns are pixels times examples.

    A pass that goes back keeps what its layers put out (`keep`). One that only goes forward lets all
    layers use the same few arrays in turn, which stay in the cache.
    """

    def __init__(self, dtype, keep, examples):
        self.dtype, self.keep, self.examples = dtype, keep, examples
        self.shared, self.turns, self.largest = {}, {}, 0

    def kept(self, name, *shape):
        """An array that the way back reads."""
        return np.zeros(shape, self.dtype) if self.keep else self.scratch(name, *shape)

    def scratch(self, name, *shape, dtype=None):
        """An array whose content matters within one call only: all layers get the same."""
        if (name, shape) not in self.shared:
            self.shared[name, shape] = np.zeros(shape, dtype or self.dtype)
            self.largest = max(self.largest, self.shared[name, shape].nbytes)
        return self.shared[name, shape]

    def with_ones(self, name, rows, columns):
        """A kept array with a row of ones first: what is multiplied by it is a bias."""
        array = self.kept(name, 1 + rows, columns)
        array[0] = 1
        return array

    def state(self, channels, columns):
        """A layer's output, with a row of ones."""
        return self.with_ones(self._in_turn("state", channels, columns), channels, columns)

    def bar(self, channels, columns):
        """The derivative with respect to a state, without a row of ones."""
        return self.scratch(self._in_turn("bar", channels, columns), channels, columns)

    def _in_turn(self, *key):
        """Two names in turn, so that no layer writes over what it reads."""
        self.turns[key] = 1 - self.turns.get(key, 1)
        return f"{key[0]} {self.turns[key]}"
