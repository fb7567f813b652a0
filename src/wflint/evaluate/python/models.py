"""Dataclasses, models and named tuples of the source: what they can do without saying so; and copies of anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from wflint.evaluate.inputs import copied, of_input
from wflint.evaluate.python.dicts import same_dict
from wflint.evaluate.python.entries import spread_into
from wflint.evaluate.sources import sources_of
from wflint.evaluate.values import (
    REST,
    Arguments,
    Mapping,
    Object,
    Place,
    Rest,
    Sequence,
    Symbol,
    Union,
    Unknown,
    Value,
    unite,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

DUMPS = frozenset({"model_dump", "dict", "_asdict"})
COPIES = frozenset({"model_copy", "copy", "_replace"})


def of_model(interp: Interpreter, receiver: Object, name: str, arguments: Arguments, place: Place) -> Value | None:
    """The result of a method that dataclasses, models and named tuples have by themselves; None for others."""
    if name in DUMPS and not arguments.positional and not arguments.keywords:
        return _fields_of(interp, receiver, place, MOST_NESTED if name != "_asdict" else 1)
    if name not in COPIES:
        return None
    changes = interp.dict_of(place)
    update = arguments.get("update")
    if update is not None:
        spread_into(changes, update, place)
    if name == "_replace":
        changes.content.update(arguments.keywords)
    return _replaced(interp, receiver, changes, place)


def _fields_of(interp: Interpreter, receiver: Object, place: Place, depth: int) -> Mapping:
    """The fields of a model as a dict, `depth` models deep."""
    made = interp.dict_of(place)
    for name in receiver.cls.declared() if receiver.cls is not None else ():
        if name in receiver.content:
            made.content[name] = _dumped(interp, receiver.content[name], place, depth - 1)
    return made


def _dumped(interp: Interpreter, value: Value, place: Place, depth: int) -> Value:
    match value:
        case _ if not depth:
            return value
        case Object() if value.cls is not None and value.cls.declared():
            return _fields_of(interp, value, place, depth)
        case Sequence(kind=kind, content=items):
            return interp.list_of([_dumped(interp, item, place, depth - 1) for item in items], kind)
        case Mapping():
            made = same_dict(interp, value)
            made.content.update({k: _dumped(interp, v, place, depth - 1) for k, v in value.content.items()})
            return made
        case Rest(value=inner):
            return Rest(_dumped(interp, inner, place, depth))
        case Union(options=options):
            return unite(*(_dumped(interp, option, place, depth) for option in options))
        case _:
            return value


MOST_NESTED = 6


def _replaced(interp: Interpreter, receiver: Object, changes: Mapping, place: Place) -> Object:
    """A copy of an object with some attributes changed."""
    made = interp.object_of(receiver.path, receiver.arguments, place, receiver.cls)
    made.content.update(receiver.content)
    made.content.update({key: value for key, value in changes.content.items() if key != REST})
    if not changes.closed:
        unknown = Unknown("computed", place, sources_of(changes))
        made.content.update({key: unite(value, unknown) for key, value in made.content.items()})
    return made


# ---------------------------------------------------------------------------------------------------------- copies

Copy = Callable[["Interpreter", Arguments, Place], Value]


def replace(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`dataclasses.replace(...)`."""
    target = arguments.positional[0] if arguments.positional else None
    changes = interp.dict_of(place)
    changes.content.update(arguments.keywords)
    if arguments.open:
        spread_into(changes, arguments.rest or Unknown("unknown keyword arguments", place), place)
    if isinstance(target, Symbol) and not target.path:
        return of_input(interp, target, "model_copy", Arguments((), (("update", changes),)), place) or target
    if not isinstance(target, Object) or target.cls is None:
        return Unknown("computed", place, sources_of(*arguments))
    return _replaced(interp, target, changes, place)


def as_dict(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`dataclasses.asdict(...)`."""
    target = arguments.positional[0] if arguments.positional else None
    if isinstance(target, Symbol) and not target.path:
        return copied(target, interp, place)
    if isinstance(target, Object) and target.cls is not None:
        return _fields_of(interp, target, place, MOST_NESTED)
    return Unknown("computed", place, sources_of(*arguments))


def copying(depth: int) -> Copy:
    """`copy.copy` and `copy.deepcopy`: containers that are copied `depth` deep."""

    def copy(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
        if not arguments.positional:
            return Unknown("computed", place)
        return _copy(interp, arguments.positional[0], place, depth)

    return copy


def _copy(interp: Interpreter, value: Value, place: Place, depth: int) -> Value:
    match value:
        case _ if not depth:
            return value
        case Symbol(path=()):
            return copied(value, interp, place)
        case Sequence():
            return interp.list_of([_copy(interp, item, place, depth - 1) for item in value.content], value.kind)
        case Mapping():
            made = same_dict(interp, value)
            made.content.update({key: _copy(interp, v, place, depth - 1) for key, v in value.content.items()})
            return made
        case Union(options=options):
            return unite(*(_copy(interp, option, place, depth) for option in options))
        case Rest(value=inner):
            return Rest(_copy(interp, inner, place, depth))
        case _:
            return value
