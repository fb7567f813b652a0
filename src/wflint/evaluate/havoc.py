"""What code that was cut short may have done after that: what it could reach is not known any more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from wflint.evaluate.budget import Cut
from wflint.evaluate.python.entries import put_somewhere
from wflint.evaluate.recording import escape
from wflint.evaluate.statements.bindings import bound_names
from wflint.evaluate.values import (
    Arguments,
    Function,
    Location,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    Unknown,
    Value,
    alternatives,
    join,
)
from wflint.source.code import For, Name, While
from wflint.source.walking import nodes_in

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope
    from wflint.source.code import FunctionDef, Lambda

CUT_SHORT = "changed by code that was cut short"
MOST_REACHED = 200
"""How many lists, dicts and objects are made unknown."""


def cut_call(
    interp: Interpreter, function: Function, arguments: Arguments, location: Location | None, steps: int
) -> None:
    """A call has used up its budget."""
    at = location or function.location
    escape(interp, arguments, at)
    reached = _havoc(interp, (*arguments, *_free(function.node, function.scope)), CUT_SHORT, at)
    interp.budget.record_cut(Cut(f'"{function.name}"', function.location, steps, function.node, reached))


def leave_out_call(interp: Interpreter, function: Function, arguments: Arguments, location: Location | None) -> None:
    """A call is not followed that may change what it reaches."""
    at = location or function.location
    _havoc(interp, (*arguments, *_free(function.node, function.scope)), "changed by a call not followed", at)


def cut_loop(interp: Interpreter, node: For | While, scope: Scope, steps: int) -> None:
    """A loop has used up its budget: it would have gone on, and set its names again."""
    at = interp.location(node.at)
    reached = _havoc(interp, _free(node, scope), CUT_SHORT, at)
    for name in bound_names((node,)):
        holder = scope.target(name)
        interp.heap.snapshot_before_write(holder)
        unknown = Unknown("set in a loop that was cut short", at)
        holder.content[name] = join(holder.content[name], unknown) if name in holder.content else unknown
    interp.budget.record_cut(Cut("this loop", at, steps, (node,), reached))


def _free(node: FunctionDef | Lambda | For | While, scope: Scope) -> Iterable[Value]:
    """What the names in a piece of code stand for, as far as they have a value already."""
    for name in dict.fromkeys(each.id for each in nodes_in([node]) if isinstance(each, Name)):
        holder = scope.holder(name)
        if holder is not None:
            yield holder.content[name]


def _havoc(interp: Interpreter, values: Iterable[Value], reason: str, location: Location) -> bool:
    """Make what is reachable from the values unknown; whether a front end follows any of it."""
    seen: set[Value] = set()
    queue = [option for value in values for option in alternatives(value)]
    unknown = Unknown(reason, location)
    followed = False
    while queue and len(seen) < MOST_REACHED:
        value = queue.pop()
        if value in seen or not isinstance(value, Sequence | Mapping | Object):
            continue
        seen.add(value)
        if isinstance(value, Object) and value.path in interp.library_model.calls:
            followed = True
            interp.escaped_objects.append(value)
            continue
        inner = value.content if isinstance(value, Sequence) else value.content.values()
        queue += [option for each in inner for option in alternatives(_held(each))]
        interp.heap.snapshot_before_write(value)
        match value:
            case Sequence(kind="list" | "set", content=[*_, last]) if _is_unknown(_held(last), reason):
                pass
            case Sequence(kind="list" | "set", content=items):
                items.append(RepeatedElement(unknown))
            case Mapping():
                put_somewhere(value, unknown)
            case Object(content=content) if value.cls is not None:
                known = [(key, held) for key, held in content.items() if not _is_unknown(held, reason)]
                content.update({key: join(held, unknown) for key, held in known})
            case _:
                pass
    return followed


def _is_unknown(value: Value, reason: str) -> bool:
    """Whether a value may be anything already, for the same reason: to say so once more tells nothing new."""
    return any(isinstance(option, Unknown) and option.reason == reason for option in alternatives(value))


def _held(item: Value) -> Value:
    return item.value if isinstance(item, RepeatedElement) else item
