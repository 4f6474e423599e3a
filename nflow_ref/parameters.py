"""Parameters: nested dictionaries, tuples and lists of arrays, the first argument of all that uses them."""

__all__ = ["leaves", "tree_map"]


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
