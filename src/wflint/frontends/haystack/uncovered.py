"""Values for which no route of a conditional router is taken: the run fails there."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Table
from typing import Final

from wflint.assembly.contracts.literals import Plain, listed_values
from wflint.evaluate.values import Object, Sequence, Value
from wflint.frontends.haystack.conditions import conditions_of
from wflint.frontends.haystack.pipeline import Connection, PipelineDraft
from wflint.frontends.haystack.sockets import Socket
from wflint.model.span import Span
from wflint.model.workflow import Fault, FaultKind


def uncovered(pipeline: PipelineDraft) -> Iterator[Fault]:
    """The values that a component hands to a router whose conditions, about nothing else, hold for none of them."""
    for connection in pipeline.connections:
        made, span = pipeline.added.get(connection.receiver.component, (None, connection.span))
        name = connection.receiver.socket
        conditions = conditions_of(made) if connection.certain and made is not None and name is not None else None
        socket = _socket(pipeline, connection) if conditions else None
        if socket is None or name is None or conditions is None:
            continue
        listed = socket.values or listed_values(socket.type)
        for value in listed or _between(conditions, socket.type):
            if all(holds(condition, name, value) is False for condition in conditions):
                shown = f'"{value}"' if isinstance(value, str) else value
                subject = f'{name} = {shown} at "{connection.receiver.component}"'
                why = f'no condition holds for it, and "{connection.sender.component}" may give it: no route is taken'
                yield Fault(FaultKind.REFUSED, subject, _routes(made, span), connection.span, why, may_be=not listed)
                break


def _routes(made: Value | None, added: Span) -> Span:
    """Where the routes of a router are written, else where it is added."""
    routes = made.arguments.get("routes", 0) if isinstance(made, Object) else None
    return routes.location.span if isinstance(routes, Sequence) and routes.location is not None else added


Given = Plain | float


def _socket(pipeline: PipelineDraft, connection: Connection) -> Socket | None:
    """What a value comes out of, where all outputs of its component are known."""
    component = pipeline.components.get(connection.sender.component)
    sockets = component.outputs if component is not None and not component.outputs_open else ()
    return next((one for one in sockets if one.name == connection.sender.socket), None)


def _between(conditions: list[ast.expr], type_: str | None) -> Iterator[Given]:
    """Of a number, those about which the conditions may differ: the bounds that they name, and one between each two.

    Beyond them may be what nobody gives. Conditions that ask for certain numbers may name all that there are.
    """
    if type_ not in ("int", "float"):
        return
    whole = type_ == "int"
    nodes = [node for condition in conditions for node in ast.walk(condition)]
    ordering = all(type(op) in ORDERING for node in nodes if isinstance(node, ast.Compare) for op in node.ops)
    named = {node.value for node in nodes if isinstance(node, ast.Constant)}
    bounds = sorted(one for one in named if isinstance(one, int | float)) if ordering else []
    for below, bound in zip((None, *bounds), bounds, strict=False):
        middle = (below + bound) / 2 if below is not None else bound
        if below is not None and (not whole or below < int(middle)):
            yield int(middle) if whole else round(middle, 6)
        yield bound


def holds(node: ast.expr, name: str, value: Given) -> bool | None:
    """Whether a condition holds for a value; None where it asks for anything else."""
    match node:
        case ast.Constant(value=bool(plain)):
            return plain
        case ast.Name(id=found) if found == name:
            return bool(value)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            held = holds(inner, name, value)
            return None if held is None else not held
        case ast.BoolOp(op=op, values=parts):
            return _together([holds(part, name, value) for part in parts], all_of=isinstance(op, ast.And))
        case ast.Compare(left=left, ops=ops, comparators=others):
            sides = [left, *others]
            pairs = zip(sides, ops, others, strict=False)
            return _together([_compared(op, one, other, name, value) for one, op, other in pairs], all_of=True)
        case _:
            return None


def _together(held: list[bool | None], *, all_of: bool) -> bool | None:
    if (not all_of) in held:
        return not all_of
    return None if None in held else all_of


ORDERING: Final[Table[type[ast.cmpop], Callable[[float, float], bool]]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def _compared(op: ast.cmpop, left: ast.expr, right: ast.expr, name: str, value: Given) -> bool | None:
    """What a comparison comes to that has the value on one side and a literal on the other."""
    asked = any(isinstance(one, ast.Name) and one.id == name for one in (left, right))
    match op, _side(left, name, value), _side(right, name, value):
        case _ if not asked:
            return None
        case ((ast.Eq() | ast.NotEq()), str() | int() | float() as one, str() | int() | float() as other):
            return (one == other) is isinstance(op, ast.Eq)
        case ((ast.In() | ast.NotIn()), one, list() | tuple() | set() as several) if one is not None:
            return (one in several) is isinstance(op, ast.In)
        case _, int() | float() as one, int() | float() as other if type(op) in ORDERING:
            return ORDERING[type(op)](one, other)
        case _:
            return None


def _side(node: ast.expr, name: str, value: Given) -> object:
    """The value, or a literal; None for all else."""
    if isinstance(node, ast.Name):
        return value if node.id == name else None
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None
