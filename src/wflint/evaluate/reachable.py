"""What can be reached from values: all that code which is given them may read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wflint.evaluate.class_values import Class, Super
from wflint.evaluate.values import (
    Arguments,
    Bound,
    EnumMember,
    ExternalAttribute,
    Function,
    HeapObject,
    Mapping,
    ModuleValue,
    Object,
    Partial,
    RepeatedElement,
    Sequence,
    Text,
    Union,
    Value,
)


def reached(values: Iterable[Value], most: int) -> list[HeapObject] | None:
    """The lists, dicts, objects and classes that values lead to; None where there are more than `most`."""
    found: dict[Value, None] = {}
    queue = list(values)
    while queue:
        value = queue.pop()
        if value in found:
            continue
        if isinstance(value, HeapObject | Function):
            found[value] = None
            if len(found) > most:
                return None
        queue += _inner(value)
    return [each for each in found if isinstance(each, HeapObject)]


def _inner(value: Value) -> Iterator[Value]:
    match value:
        case Union(options=parts) | Text(parts=parts) | Sequence(content=parts):
            yield from parts
        case Mapping(content=content):
            yield from content.values()
            yield from _given(value.default_factory)
        case Object():
            yield from (*value.content.values(), *value.arguments, *_given(value.cls, value.receiver))
        case Class():
            yield from (value.scope, *value.content.values(), *value.bases)
        case Function():
            yield from (*value.defaults.values(), *_given(value.memo, value.attributes, value.owner, value.setter))
        case Bound(function=function, receiver=receiver):
            yield from (function, receiver)
        case Partial(function=function, arguments=Arguments() as arguments):
            yield from (function, *arguments)
        case RepeatedElement(value=held) | ExternalAttribute(receiver=held):
            yield held
        case EnumMember(cls=cls, value=held):
            yield from (cls, held)
        case ModuleValue(module=module):
            yield module.scope
        case Super(cls=cls, receiver=receiver):
            yield from (cls, receiver)
        case _:
            pass


def _given(*values: Value | None) -> Iterator[Value]:
    yield from (value for value in values if value is not None)
