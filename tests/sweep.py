"""Systematic mutants: each operator, sign, constant, slice, ... of a module changed, one at a time."""

import ast

BINARY = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.Pow: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv,
}  # fmt: skip
COMPARED = {
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
PAIRS = "sum mean, max min, argmax argmin, tril triu, zeros ones, zeros_like ones_like, sqrt square, any all"
RENAMED = {a: b for pair in PAIRS.split(", ") for a, b in (pair.split(), reversed(pair.split()))}
# Calls that only check what comes in, or only show how far it is: what they are told is no formula.
DOORS = {"positive", "as_batch", "check_params", "tqdm", "_bar", "set_postfix_str", "errstate"}
DOORS |= {"_in_chunks", "validate", "_say", "_absurd", "diverged"}  # when to stop, what to say
GUARDS = {"dtype", "rounding", "condition", "good", "square", "depth"}
SILENT = (ast.Raise, ast.JoinedStr)
ARBITRARY = {"CHUNK", "ABANDONED"}  # how much is done at a time, how old is too old: no number is wrong
COMMUTATIVE = {"max", "min", "maximum", "minimum"}  # exchanging what they take is no mistake
IDENTITY = {"abs", "exp", "log", "tanh", "sqrt", "square", "reversed", "sum_event", "sorted"}


def changes(node):
    """Sources that could stand in the place of a node, each with one thing wrong."""
    match node:
        case ast.BinOp(left, op, right):
            if type(op) in BINARY and not is_sign(right):
                yield ast.BinOp(left, BINARY[type(op)](), right)
        case ast.AugAssign(target, op, value) if type(op) in BINARY:
            yield ast.AugAssign(target, BINARY[type(op)](), value)
        case ast.UnaryOp(ast.USub() | ast.Not(), operand):
            yield operand
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value) | float(value)):
            yield ast.Constant(value + 1)
        case ast.Compare(left, [op], [right]):
            yield ast.Compare(left, [COMPARED[type(op)]()], [right])
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.And() if isinstance(op, ast.Or) else ast.Or(), values)
        case ast.IfExp(test, body, orelse):
            yield ast.IfExp(test, orelse, body)
        case ast.Slice(lower, upper, step):
            bounds = {"lower": lower, "upper": upper, "step": step}
            yield from (ast.Slice(**bounds | {name: None}) for name, bound in bounds.items() if bound)
        case ast.Attribute(value, "T"):
            yield value
        case ast.Call(function, arguments, keywords):
            name = getattr(function, "attr", getattr(function, "id", ""))
            if name in RENAMED and isinstance(function, ast.Attribute):
                yield ast.Call(ast.Attribute(function.value, RENAMED[name]), arguments, keywords)
            if name in IDENTITY and len(arguments) == 1:
                yield arguments[0]
            exchangeable = len(arguments) == 2 and not keywords and name not in COMMUTATIVE
            if exchangeable and not any(map(is_name, arguments)):
                yield ast.Call(function, arguments[::-1], [])  # the order of a product, of a composition
            for k, keyword in enumerate(keywords):
                if keyword.arg != "strict":
                    yield ast.Call(function, arguments, keywords[:k] + keywords[k + 1 :])


def is_sign(node):
    """Whether it is 1 or -1: to divide by it is to multiply by it."""
    match node:
        case ast.BinOp(left, ast.Mult() | ast.Div(), right):
            return is_sign(left) and is_sign(right)
        case ast.Call(ast.Attribute(_, "sign")) | ast.Attribute(_, "signs"):
            return True
    return False


def is_name(argument):
    """Whether it is the name of a thing, for a message: in no order could a formula be mistaken about it."""
    return isinstance(argument, ast.Constant | ast.JoinedStr | ast.Starred) or ast.unparse(argument) == "name"


def formulas(tree, place="", guarded=False, modulo_2=False):
    """(node, name of its function, guarded) of all that is computed: no docstrings, annotations, messages.

    Nor `strict`, which only asserts that what is zipped is of one length, nor the -1 of a reshape, for which
    NumPy takes any negative number. What only decides whether an error is raised, what a progress bar shows,
    which dtype a result has, how much is computed at a time, or what is taken where nothing is given, is
    guarded: it is no formula, and no notebook owns it. Modulo 2, plus and minus are the same.
    """
    if isinstance(tree, ast.ClassDef | ast.FunctionDef):
        place = f"{place}.{tree.name}".strip(".")
    for field, value in ast.iter_fields(tree):
        for k, node in enumerate(value if isinstance(value, list) else [value]):
            silent = field in ("annotation", "returns", "decorator_list") or isinstance(node, SILENT)
            if silent or not isinstance(node, ast.AST) or getattr(node, "arg", "") == "strict":
                continue
            if (ast.unparse(node) == "-1" and is_length(tree)) or is_arbitrary(node):
                continue
            inside = guarded or is_guard(tree, field, k) or isinstance(node, ast.ExceptHandler)
            parity = is_sum(node) and (modulo_2 or (field == "left" and is_modulo_2(tree)))
            if not parity:
                yield node, place, inside or is_door(node)
            yield from formulas(node, place, inside, parity)


def is_guard(parent, field, k):
    """Whether the part of a node, the k-th of its field, is no formula."""
    match parent:
        case ast.arguments():  # default values
            return True
        case ast.AnnAssign(ast.Name()):  # those of the fields of a dataclass
            return True
        case ast.Assign([ast.Name(name)]) if name in GUARDS:
            return True
        case ast.If(body=body) | ast.For(body=body):
            return any(isinstance(line, ast.Raise) for line in body)
        case ast.FunctionDef(name):
            return name in DOORS
        case ast.Expr(ast.Call(ast.Name("require"))):
            return True
        case ast.Call():
            return is_door(parent) and not (field == "args" and k == 0)
    return False


def is_sum(node):
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)


def is_modulo_2(node):
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and ast.unparse(node.right) == "2"


def is_arbitrary(node):
    targets = node.targets if isinstance(node, ast.Assign) else []
    return any(getattr(target, "id", "") in ARBITRARY for target in targets)


def is_length(parent):
    """Whether a -1 in there is the length that a reshape finds: in its call, or in the tuple of a shape."""
    function = getattr(parent, "func", None)
    return isinstance(parent, ast.Tuple) or getattr(function, "attr", "") == "reshape"


def drops_dtype(node, changed):
    """Whether one is a call that says a dtype and the other the same call without it."""
    said = [
        any(keyword.arg == "dtype" for keyword in getattr(call, "keywords", [])) for call in (node, changed)
    ]
    return said == [True, False]


def is_door(node):
    function = getattr(node, "func", None)
    return getattr(function, "attr", getattr(function, "id", "")) in DOORS


def mutants(source, changes=changes):
    """(function: the changed line, the changed source, guarded) for each mutant of a module's source."""
    data, seen = source.encode(), {ast.dump(ast.parse(source))}
    starts = [0]
    for line in data.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node, place, guarded in formulas(ast.parse(source)):
        for changed in changes(node):
            begin, end = (
                starts[node.lineno - 1] + node.col_offset,
                starts[node.end_lineno - 1] + node.end_col_offset,
            )
            new = ast.unparse(ast.fix_missing_locations(changed))
            new = new if isinstance(changed, ast.stmt | ast.Slice) else f"({new})"
            text = (data[:begin] + new.encode() + data[end:]).decode()
            if (tree := ast.dump(ast.parse(text))) not in seen:
                seen.add(tree)
                line = text.splitlines()[node.lineno - 1].strip()
                yield f"{place}: {line}", text, guarded or drops_dtype(node, changed)
