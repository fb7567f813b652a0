"""Answers in a declared form that code writes out as dicts: their fields, as far as the form says all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from wflint.evaluate.answers import is_formed
from wflint.evaluate.class_values import Class
from wflint.evaluate.types import part_type
from wflint.evaluate.values import (
    Arguments,
    ExternalName,
    Function,
    Generic,
    Location,
    Mapping,
    Object,
    TrackedValue,
    Value,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

MODELS: Final = frozenset({"BaseModel", "ABC", "Generic", "Protocol", "object"})
"""Library classes by which a model has no fields but those that are written in the source."""
HARMLESS: Final = frozenset({"mode", "warnings", "round_trip"})
"""Settings that leave all fields in."""
KEEPING: Final = ("model_config", "Config", "model_dump", "dict")
"""Members by which a model may be written out in another way."""
ADDING: Final = frozenset({"computed_field", "model_serializer", "field_serializer", "serializer"})
"""Decorators of members by which a model is written out in another way."""
MOST_NESTED: Final = 3


def written_out(
    interp: Interpreter, receiver: TrackedValue, arguments: Arguments, location: Location
) -> Mapping | None:
    """The dict that `answer.model_dump()` makes; None where it is no answer, or its form does not say all fields."""
    plain = not arguments.open and not arguments.positional and {n for n, _ in arguments.keywords} <= HARMLESS
    if not plain or not is_formed(receiver) or not _says_all(receiver.type):
        return None
    interp.record_access(receiver, "escape", location)
    return _written(interp, receiver, location, MOST_NESTED)


def _says_all(type_: Value | None) -> bool:
    """Whether a type is a model all of whose fields are in the source."""
    if not isinstance(type_, Class) or not type_.declared() or type_.keywords or type_.unmodelled_decorators:
        return False
    known = all(isinstance(base, Class | ExternalName | Generic) for each in type_.lineage() for base in each.bases)
    bases = {path.rpartition(".")[2] for path in type_.libraries()}
    computed = any(type_.find(name) is not None for name in KEEPING) or any(map(_computes, type_.lineage()))
    return known and "BaseModel" in bases <= MODELS and not computed


def _computes(cls: Class) -> bool:
    """Whether a class has members that say how it is written out, or that add fields to that."""
    marks = (mark for member in cls.content.values() if isinstance(member, Function) for mark in _marks(member))
    return any(mark is None or mark.rpartition(".")[2] in ADDING for mark in marks)


def _marks(member: Function) -> Iterator[str | None]:
    """The names of the decorators of a method; None for one that is not known."""
    for mark in member.unmodelled_decorators:
        yield mark.path if isinstance(mark, ExternalName | Object) else None


def _written(interp: Interpreter, whole: TrackedValue, location: Location, depth: int) -> Mapping:
    made = interp.dict_of(location)
    for name in whole.type.declared() if isinstance(whole.type, Class) else ():
        type_ = part_type(interp, whole.type, name)
        part = TrackedValue(whole.root, (*whole.access_path, name), type_)
        made.content[name] = _value(interp, part, location, depth - 1)
    return made


def _value(interp: Interpreter, part: TrackedValue, location: Location, depth: int) -> Value:
    """A field of a dict that was written out: models in it are dicts too."""
    if depth and _says_all(part.type):
        return _written(interp, part, location, depth)
    return TrackedValue(part.root, part.access_path, part.type if _is_plain(part.type) else None)


def _is_plain(type_: Value | None) -> bool:
    """Whether a type is the same in an object and in the dict that it is written out as."""
    match type_:
        case ExternalName():
            return True
        case Generic(base=base, arguments=arguments):
            return _is_plain(base) and all(_is_plain(each) for each in arguments)
        case Class():
            return False
        case _:
            return True
