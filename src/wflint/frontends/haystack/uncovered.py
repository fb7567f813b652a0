"""Values for which no route of a conditional router is taken: the run fails there."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from wflint.assembly.contracts.literals import Plain, listed_values
from wflint.evaluate.values import Mapping, Object, Sequence, Value, last_of, text_of
from wflint.frontends.haystack.pipeline import Connection, PipelineDraft
from wflint.model.patterns import pattern
from wflint.model.workflow import Fault, FaultKind

OUTPUT = pattern(r"\s*\{\{(?P<code>.*)\}\}\s*")
"""A condition that is one expression."""


def uncovered(pipeline: PipelineDraft) -> Iterator[Fault]:
    """The values that a component hands to a router whose conditions, about nothing else, hold for none of them."""
    for connection in pipeline.connections:
        made, span = pipeline.added.get(connection.receiver.component, (None, connection.span))
        name = connection.receiver.socket
        conditions = _conditions(made) if connection.certain and made is not None and name is not None else None
        for value in _values(pipeline, connection) if conditions else ():
            if name is not None and all(_holds(condition, name, value) is False for condition in conditions or ()):
                router = connection.receiver.component
                why = f'no condition holds for it, and "{connection.sender.component}" may give it: no route is taken'
                yield Fault(FaultKind.REFUSED, f'{name} = "{value}" at "{router}"', span, connection.span, why)


def _conditions(made: Value) -> list[ast.expr] | None:
    """What the routes of a conditional router ask; None where that is not known of all."""
    routes = made.arguments.get("routes", 0) if isinstance(made, Object) else None
    if not isinstance(made, Object) or last_of(made.path) != "ConditionalRouter" or not isinstance(routes, Sequence):
        return None
    given = [route.content.get("condition") for route in routes.content if isinstance(route, Mapping)]
    texts = [text_of(condition) for condition in given if condition is not None]
    found = [_parsed(text) for text in texts if text is not None]
    known = [condition for condition in found if condition is not None]
    return known if routes.closed and len(known) == len(routes.content) else None


def _parsed(text: str) -> ast.expr | None:
    whole = OUTPUT.fullmatch(text)
    try:
        return ast.parse(whole["code"].strip(), mode="eval").body if whole is not None else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _values(pipeline: PipelineDraft, connection: Connection) -> tuple[Plain, ...]:
    """All that the sender may give, where that is known: what its code returns, else what its type lists."""
    component = pipeline.components.get(connection.sender.component)
    sockets = component.outputs if component is not None and not component.outputs_open else ()
    return next((one.values or listed_values(one.type) for one in sockets if one.name == connection.sender.socket), ())


def _holds(node: ast.expr, name: str, value: Plain) -> bool | None:
    """Whether a condition holds for a value; None where it asks for anything else."""
    match node:
        case ast.Constant(value=bool(plain)):
            return plain
        case ast.Name(id=found) if found == name:
            return bool(value)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            held = _holds(inner, name, value)
            return None if held is None else not held
        case ast.BoolOp(op=op, values=parts):
            return _together([_holds(part, name, value) for part in parts], all_of=isinstance(op, ast.And))
        case ast.Compare(left=ast.Name(id=found), ops=[op], comparators=[other]) if found == name:
            return _compared(op, value, other)
        case _:
            return None


def _together(held: list[bool | None], *, all_of: bool) -> bool | None:
    if (not all_of) in held:
        return not all_of
    return None if None in held else all_of


def _compared(op: ast.cmpop, value: Plain, other: ast.expr) -> bool | None:
    try:
        against = ast.literal_eval(other)
    except ValueError:
        return None
    match op, against:
        case ast.Eq(), str() | int():
            return bool(value == against)
        case ast.NotEq(), str() | int():
            return bool(value != against)
        case ast.In(), list() | tuple() | set():
            return value in against
        case ast.NotIn(), list() | tuple() | set():
            return value not in against
        case _:
            return None
