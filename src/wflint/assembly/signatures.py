"""What a framework gives the functions that it calls, compared with what they take."""

from __future__ import annotations

from collections.abc import Container, Sequence

from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.values import Bound, Function, Value
from wflint.source import code
from wflint.source.code import Parameter
from wflint.source.walking import nodes_in


def parameters_of(value: Value | None, known: Container[str] = ()) -> tuple[Parameter, ...] | None:
    """The parameters of a function of the source, without those that are bound already; None where nobody can tell.

    Decorators may change them, but for `known` ones.
    """
    function = value.function if isinstance(value, Bound) else value
    if not isinstance(function, Function) or function.module.stub:
        return None
    if any(path_of(mark) not in known for mark in function.unmodelled_decorators):
        return None
    return function.node.parameters[1 if isinstance(value, Bound) else 0 :]


def required(parameters: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
    """Those without which there is no call."""
    return tuple(each for each in parameters if each.default is None and each.kind not in ("args", "kwargs"))


def accepts(parameters: tuple[Parameter, ...], count: int, *, by_name: bool = False) -> bool:
    """Whether a function can be called with so many arguments, by position or `by_name`."""
    taking = ("either", "keyword", "positional") if by_name else ("either", "positional")
    named = tuple(each for each in parameters if each.kind in taking)
    endless = any(each.kind == "args" or (by_name and each.kind == "kwargs") for each in parameters)
    asked = required(tuple(each for each in parameters if each.kind == "keyword" and not by_name))
    return len(required(named)) <= count and not asked and (endless or count <= len(named))


def shifted_name(parameters: tuple[Parameter, ...], names: Sequence[str]) -> int | None:
    """The place of a parameter that has the name of something else than it is given, where not all names are taken.

    A function with all of the names is called by them, any other one by position.
    """
    placed = [each for each in parameters if each.kind in ("either", "positional")]
    if set(names) <= {each.name for each in parameters} or len(placed) < len(parameters):
        return None
    own = ((at, each.name) for at, each in enumerate(placed[: len(names)]))
    return next((at for at, name in own if name in names and names[at] != name), None)


def gives_nothing(function: Function) -> bool:
    """Whether no way through the code of a function ends with a value, or with an exception."""
    if not isinstance(function.node, code.FunctionDef) or function.node.yields:
        return False
    nodes = list(nodes_in(function.node.body))
    raises = any(isinstance(each, code.Raise) for each in function.node.body)
    return not raises and not any(isinstance(each, code.Return) and each.value is not None for each in nodes)


def gives_only_truths(function: Function) -> bool:
    """Whether all that a function returns is true or false, by its code alone."""
    if not isinstance(function.node, code.FunctionDef) or function.node.yields:
        return False
    given = [each.value for each in nodes_in(function.node.body) if isinstance(each, code.Return)]
    return bool(given) and all(each is not None and _is_truth(each) for each in given)


def _is_truth(value: code.ExprT) -> bool:
    match value:
        case code.Constant(value=bool()) | code.Compare() | code.Unary(operator="not"):
            return True
        case code.Boolean(left=left, right=right):
            return _is_truth(left) and _is_truth(right)
        case code.Call(func=code.Name(id="bool" | "any" | "all" | "isinstance")):
            return True
        case _:
            return False
