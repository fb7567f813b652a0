"""Checks written in code that look at something and let everything through, whatever they see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.values import Location, Object, Value
from wflint.model.conduct import PassingGuard
from wflint.source import code
from wflint.source.walking import nodes_in

Passing = Callable[[Sequence[code.ExprT], code.FunctionDef], bool]
"""Whether all that a check may return lets what it looked at through."""


def passing_guard(guard: Value, passing: Passing) -> PassingGuard | None:
    """The check, where it asks or tests something, and no way through it stops anything."""
    wrapped = next(iter(guard.arguments), guard) if isinstance(guard, Object) and guard.cls is None else guard
    function = function_of(wrapped)
    if function is None or not isinstance(function.node, code.FunctionDef) or function.module.stub:
        return None
    inside = list(nodes_in(function.node.body))
    if any(isinstance(node, code.FunctionDef | code.Lambda | code.Raise) or _keeps(node) for node in inside):
        return None
    if _reports(inside):
        return None
    if not any(isinstance(node, code.Await | code.If | code.IfExp) for node in inside):
        return None
    returned = tuple(_returned(inside))
    passes = bool(returned) and passing(returned, function.node)
    return PassingGuard(function.name, Location(function.module, returned[-1].at).span) if passes else None


def _keeps(node: code.Node) -> bool:
    """Whether a statement keeps what the check found for others, who may stop what it let through."""
    match node:
        case code.GlobalOrNonlocal():
            return True
        case code.Assign(targets=targets):
            return any(isinstance(target, code.Attribute | code.Subscript) for target in targets)
        case _:
            return False


def _reports(inside: Sequence[code.Node]) -> bool:
    """Whether a finding has it call somebody outside, a log or an alarm: it is there to watch, not to stop."""
    own = {target.id for node in inside if isinstance(node, code.Assign) for target in _names(node)}
    branches = [statement for node in inside if isinstance(node, code.If) for statement in (*node.body, *node.orelse)]
    calls = [statement.value for statement in branches if isinstance(statement, code.ExprStmt)]
    return any(isinstance(call, code.Call) and _root(call.func) not in own for call in map(_awaited, calls))


def _names(node: code.Assign) -> Iterator[code.Name]:
    return (target for target in node.targets if isinstance(target, code.Name))


def _awaited(value: code.ExprT) -> code.ExprT:
    return value.value if isinstance(value, code.Await) else value


def _root(func: code.ExprT) -> str | None:
    """The name that a call is made on: `log` of `log.error(...)`."""
    while isinstance(func, code.Attribute):
        func = func.value
    return func.id if isinstance(func, code.Name) else None


def _returned(inside: Sequence[code.Node]) -> Iterator[code.ExprT]:
    """What a function returns; a name stands for what it is set to, if that happens once."""
    assigned = [node for node in inside if isinstance(node, code.Assign)]
    for node in sorted((node for node in inside if isinstance(node, code.Return)), key=lambda node: node.at):
        if node.value is not None:
            named = node.value.id if isinstance(node.value, code.Name) else None
            held = [each.value for each in assigned for target in each.targets if _is_name(target, named)]
            yield held[0] if len(held) == 1 else node.value


def _is_name(target: code.ExprT, name: str | None) -> bool:
    return isinstance(target, code.Name) and target.id == name
