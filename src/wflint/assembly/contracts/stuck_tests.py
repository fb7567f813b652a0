"""Counts that loops of plain code compare with a bound, and that nothing in the function ever changes."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wflint.assembly.contracts.stuck_attributes import Asked
from wflint.assembly.contracts.stuck_counts import begins_count
from wflint.evaluate.statements.bindings import target_names
from wflint.source import code
from wflint.source.code import TextRange
from wflint.source.walking import children, nodes_in

COMPARING = frozenset({"<", "<=", ">", ">=", "=="})


def stuck_tests(function: code.FunctionDef, loop: code.While) -> Iterator[tuple[str, TextRange]]:
    """The names that decide how long a loop goes on, begun at a number before it and set nowhere else; each once."""
    begun = _begun(function, loop)
    found: dict[str, TextRange] = {}
    for test in _tests(loop):
        for name, at in _compared(test) if begun else ():
            if name in begun:
                found.setdefault(name, at)
    yield from found.items()


def compared_attributes(loop: code.While) -> Iterator[Asked]:
    """The attributes of named objects that decide how long a loop goes on, each compared with a setting."""
    for test in _tests(loop):
        match test:
            case code.Compare(
                left=code.Attribute(value=code.Name(id=owner), name=name), operators=(operator,), rights=(bound,), at=at
            ):
                if operator in COMPARING and is_setting(bound):
                    yield owner, name, at
            case _:
                pass


def _tests(loop: code.While) -> Iterator[code.ExprT]:
    """What the loop asks each time, and what its body asks before it leaves it."""
    yield from _parts(loop.test, "and")
    for node in nodes_in(loop.body):
        if isinstance(node, code.If) and node.body and _leaves(node.body[-1]):
            yield from _parts(node.test, "or")


def _leaves(last: code.StmtT) -> bool:
    return isinstance(last, code.Return | code.Raise) or (
        isinstance(last, code.BreakOrContinue) and last.kind == "break"
    )


def _parts(test: code.ExprT, operator: str) -> Iterator[code.ExprT]:
    """The conditions each of which ends the loop by itself."""
    match test:
        case code.Boolean(operator=joined, left=left, right=right) if joined == operator:
            yield from _parts(left, operator)
            yield from _parts(right, operator)
        case _:
            yield test


def _compared(test: code.ExprT) -> Iterator[tuple[str, TextRange]]:
    """A name that is compared with a bound which stays what it is: a number, a name or an attribute of one."""
    match test:
        case code.Compare(left=code.Name(id=name), operators=(operator,), rights=(bound,), at=at):
            if operator in COMPARING and is_setting(bound):
                yield name, at
        case _:
            pass


def is_setting(bound: code.ExprT) -> bool:
    """Whether a bound stays what it is while a loop goes on: a number, a name, or an attribute of one."""
    match bound:
        case code.Constant(value=value):
            return isinstance(value, int) and not isinstance(value, bool) and value > 1
        case code.Name():
            return True
        case code.Attribute(value=inner):
            return is_setting(inner)
        case _:
            return False


def _begun(function: code.FunctionDef, loop: code.While) -> frozenset[str]:
    """The names that are set to a number outside of the loop, and never to anything else in the whole function."""
    inside = {id(node) for node in nodes_in((loop,))}
    numbers: set[str] = set()
    changed = {parameter.name for parameter in function.parameters}
    for node in nodes_in(function.body):
        match node:
            case (
                code.Assign(targets=(code.Name(id=name),), value=value)
                | code.AnnAssign(target=code.Name(id=name), value=value)
            ):
                (numbers if begins_count(value) and id(node) not in inside else changed).add(name)
            case code.Assign(targets=targets):
                changed |= {name for target in targets for name in target_names(target)}
            case code.AugAssign(target=target) | code.For(target=target):
                changed |= set(target_names(target))
            case code.With(items=items):
                changed |= {name for item in items if item.target is not None for name in target_names(item.target)}
            case code.Match(cases=cases):
                changed |= {name for each in cases for name in _captured(each.pattern)}
            case code.NamedExpr(name=name):
                changed.add(name)
            case code.GlobalOrNonlocal(names=names):
                changed |= set(names)
            case _:
                pass
    return frozenset(numbers - changed)


def _captured(pattern: Struct) -> Iterator[str]:
    """The names that a pattern may bind."""
    if isinstance(pattern, code.CapturePattern | code.StarPattern) and pattern.name is not None:
        yield pattern.name
    for inner in children(pattern):
        yield from _captured(inner)
