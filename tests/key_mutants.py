"""Each key of the exercises with one thing wrong: an operator, a name, a constant, an axis, a size."""

import ast
import inspect
import textwrap

import sweep


def changes(node, names):
    """Sources that could stand in the place of a node, beyond those of the sweep."""
    match node:
        case ast.Name(id, ast.Load()) if id in names:
            yield from (ast.Name(other, ast.Load()) for other in names if other != id)
        case ast.Constant(int(value) | float(value)) if not isinstance(value, bool):
            yield ast.Constant(value - 1)
        case ast.Tuple(parts, ast.Load()) if all(isinstance(n, ast.Constant) for n in parts):  # axes
            yield from (ast.Tuple(parts[:k] + parts[k + 1 :], ast.Load()) for k in range(len(parts)))
        case ast.Call(ast.Name("len"), [array]):
            yield ast.Subscript(ast.Attribute(array, "shape"), ast.Constant(-1))
        case ast.Subscript(ast.Attribute(_, "shape") as shape, ast.Constant()):
            yield from (ast.Subscript(shape, ast.Constant(axis)) for axis in range(4))


def mutants(key):
    """(the changed line, the function) for each mutant of a key."""
    source = textwrap.dedent(inspect.getsource(key))
    tree = ast.parse(source)
    bound = [n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)]
    bound += [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    names = list(dict.fromkeys(bound))
    found = sweep.mutants(source, lambda node: [*sweep.changes(node), *changes(node, names)])
    for words, text, _ in found:
        scope = dict(key.__globals__)
        try:
            exec(compile(text, f"mutant of {key.__name__}", "exec"), scope)
        except SyntaxError:  # a part of an assignment
            continue
        yield words.partition(": ")[2], scope[key.__name__]
