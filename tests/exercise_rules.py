"""What an exercise in a notebook must satisfy: its stub, its check and its key belong together."""

import ast
import importlib
import importlib.util
import inspect


def registered(number):
    """The exercises that nflow_ref has for the notebook of this number."""
    module = f"nflow_ref.course.exercises.nb{number:02d}"
    return importlib.import_module(module).EXERCISES if importlib.util.find_spec(module) else ()


def code_cells(notebook):
    """(position, cell) of the code cells, where the first cell of the notebook has position 1."""
    return [(i, cell) for i, cell in enumerate(notebook.cells, start=1) if cell.cell_type == "code"]


def parsed(cell):
    """The syntax tree of a code cell; an empty one where `plain_python` complains."""
    try:
        return ast.parse(cell.source)
    except SyntaxError:
        return ast.Module([], [])


def is_stub(function):
    """Whether the function's body ends with three dots, for the learner to replace."""
    last = function.body[-1]
    return isinstance(last, ast.Expr) and isinstance(last.value, ast.Constant) and last.value.value is ...


def functions(cell):
    return [node for node in parsed(cell).body if isinstance(node, ast.FunctionDef)]


def checked(notebook):
    """(position of the cell, exercise id, name of the function) for each `exercise(id).check(function)`."""
    ids = {}
    for i, cell in code_cells(notebook):
        for statement in parsed(cell).body:
            calls = [node for node in ast.walk(statement) if isinstance(node, ast.Call)]
            for call in calls:
                match call:
                    case ast.Call(ast.Attribute(owner, "check" | "use"), [ast.Name(function)]):
                        id = ids.get(ast.unparse(owner)) or _exercise_id(owner)
                        if id:
                            yield i, id, function
            if isinstance(statement, ast.Assign) and (id := _exercise_id(statement.value)):
                ids[ast.unparse(statement.targets[0])] = id


def _exercise_id(node):
    match node:
        case ast.Call(ast.Name("exercise"), [ast.Constant(id)]):
            return id


def choices(notebook):
    """(position of the cell, exercise id, its method, the letter or ...) of each choice that is asked for."""
    ids = {}
    for i, cell in code_cells(notebook):
        for statement in parsed(cell).body:
            for call in [node for node in ast.walk(statement) if isinstance(node, ast.Call)]:
                match call:
                    case ast.Call(ast.Attribute(owner, "predict" | "choose" as verb), [ast.Constant(letter)]):
                        id = ids.get(ast.unparse(owner)) or _exercise_id(owner)
                        if id:
                            yield i, id, verb, letter
            if isinstance(statement, ast.Assign) and (id := _exercise_id(statement.value)):
                ids[ast.unparse(statement.targets[0])] = id


def signature_of_stub(function):
    """`name(x, a=1)` of a function in a syntax tree, without annotations."""
    for node in ast.walk(function.args):
        if isinstance(node, ast.arg):
            node.annotation = None
    return f"{function.name}({ast.unparse(function.args)})"


def signature_of_key(key):
    """`name(x, a=1)` of a function, without annotations."""
    signature = inspect.signature(key)
    bare = [p.replace(annotation=p.empty) for p in signature.parameters.values()]
    return f"{key.__name__}{signature.replace(parameters=bare, return_annotation=signature.empty)}"


def stubs(notebook, exercises):
    """Protects the learner: each exercise is there, unsolved, and its key fits the stub that is checked."""
    expected = {ex.id: signature_of_key(ex.key) for ex in exercises if hasattr(ex, "key")}
    asked = {ex.id: ex.verb for ex in exercises if hasattr(ex, "choices")}
    seen = set()
    for i, id, verb, letter in choices(notebook):
        seen.add(id)
        if asked.get(id) != verb:
            yield f"cell {i}: exercise {id} has no `{verb}`"
        if letter is not ...:
            yield f"cell {i}: exercise {id} is answered already, with {letter!r}"
    yield from (f"exercise {id} is not in the notebook" for id in asked.keys() - seen)
    defined = [function for _, cell in code_cells(notebook) for function in functions(cell)]
    found = {signature_of_stub(function) for function in filter(is_stub, defined)}
    names = {}
    for i, id, function in checked(notebook):
        if id not in expected:
            yield f"cell {i}: there is no exercise {id} for this notebook"
        names.setdefault(id, set()).add(function)
    for id, key in expected.items():
        name = key.partition("(")[0]
        if id not in names:
            yield f"exercise {id} is not in the notebook"
        elif key not in found:
            yield f"exercise {id}: no stub is {key}, the stubs are {', '.join(sorted(found)) or 'none'}"
        elif name not in names[id]:
            yield f"exercise {id}: {name} is never checked, but {', '.join(sorted(names[id]))}"
