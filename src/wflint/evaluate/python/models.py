"""Dataclasses, models and named tuples of the source: what they can do without saying so; and copies of anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.python.dicts import same_dict
from wflint.evaluate.python.entries import spread_into
from wflint.evaluate.tracked import copied, of_input
from wflint.evaluate.values import (
    OTHER_KEYS,
    Arguments,
    Location,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    TrackedValue,
    Union,
    Unknown,
    Value,
    join,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

DUMPS = frozenset({"model_dump", "dict", "_asdict"})
COPIES = frozenset({"model_copy", "copy", "_replace"})


def of_model(
    interp: Interpreter, receiver: Object, name: str, arguments: Arguments, location: Location
) -> Value | None:
    """The result of a method that dataclasses, models and named tuples have by themselves; None for others."""
    if name in DUMPS and not arguments.positional and not arguments.keywords:
        return _fields_of(interp, receiver, location, MOST_NESTED if name != "_asdict" else 1)
    if name not in COPIES:
        return None
    changes = interp.dict_of(location)
    update = arguments.get("update")
    if update is not None:
        spread_into(changes, update, location)
    if name == "_replace":
        changes.content.update(arguments.keywords)
    return _replaced(interp, receiver, changes, location)


def _fields_of(interp: Interpreter, receiver: Object, location: Location, depth: int) -> Mapping:
    """The fields of a model as a dict, `depth` models deep."""
    made = interp.dict_of(location)
    for name in receiver.cls.declared() if receiver.cls is not None else ():
        if name in receiver.content:
            made.content[name] = _dumped(interp, receiver.content[name], location, depth - 1)
    return made


def _dumped(interp: Interpreter, value: Value, location: Location, depth: int) -> Value:
    match value:
        case _ if not depth:
            return value
        case Object() if value.cls is not None and value.cls.declared():
            return _fields_of(interp, value, location, depth)
        case Sequence(kind=kind, content=items):
            return interp.list_of([_dumped(interp, item, location, depth - 1) for item in items], kind)
        case Mapping():
            made = same_dict(interp, value)
            made.content.update({k: _dumped(interp, v, location, depth - 1) for k, v in value.content.items()})
            return made
        case RepeatedElement(value=inner):
            return RepeatedElement(_dumped(interp, inner, location, depth))
        case Union(options=options):
            return join(*(_dumped(interp, option, location, depth) for option in options))
        case _:
            return value


MOST_NESTED = 6


def _replaced(interp: Interpreter, receiver: Object, changes: Mapping, location: Location) -> Object:
    """A copy of an object with some attributes changed."""
    made = interp.object_of(receiver.path, receiver.arguments, location, receiver.cls)
    made.content.update(receiver.content)
    made.content.update({key: value for key, value in changes.content.items() if key != OTHER_KEYS})
    if not changes.closed:
        unknown = Unknown("computed", location, depends_on(changes))
        made.content.update({key: join(value, unknown) for key, value in made.content.items()})
    return made


# ---------------------------------------------------------------------------------------------------------- copies

Copy = Callable[["Interpreter", Arguments, Location], Value]


def replace(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`dataclasses.replace(...)`."""
    target = arguments.positional[0] if arguments.positional else None
    changes = interp.dict_of(location)
    changes.content.update(arguments.keywords)
    if arguments.open:
        spread_into(changes, arguments.rest or Unknown("unknown keyword arguments", location), location)
    if isinstance(target, TrackedValue) and not target.access_path:
        return of_input(interp, target, "model_copy", Arguments((), (("update", changes),)), location) or target
    if not isinstance(target, Object) or target.cls is None:
        return Unknown("computed", location, depends_on(*arguments))
    return _replaced(interp, target, changes, location)


def as_dict(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`dataclasses.asdict(...)`."""
    target = arguments.positional[0] if arguments.positional else None
    if isinstance(target, TrackedValue) and not target.access_path:
        return copied(target, interp, location)
    if isinstance(target, Object) and target.cls is not None:
        return _fields_of(interp, target, location, MOST_NESTED)
    return Unknown("computed", location, depends_on(*arguments))


def copying(depth: int) -> Copy:
    """`copy.copy` and `copy.deepcopy`: containers that are copied `depth` deep."""

    def copy(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
        if not arguments.positional:
            return Unknown("computed", location)
        return _copy(interp, arguments.positional[0], location, depth)

    return copy


def _copy(interp: Interpreter, value: Value, location: Location, depth: int) -> Value:
    match value:
        case _ if not depth:
            return value
        case TrackedValue(access_path=()):
            return copied(value, interp, location)
        case Sequence():
            return interp.list_of([_copy(interp, item, location, depth - 1) for item in value.content], value.kind)
        case Mapping():
            made = same_dict(interp, value)
            made.content.update({key: _copy(interp, v, location, depth - 1) for key, v in value.content.items()})
            return made
        case Union(options=options):
            return join(*(_copy(interp, option, location, depth) for option in options))
        case RepeatedElement(value=inner):
            return RepeatedElement(_copy(interp, inner, location, depth))
        case _:
            return value
