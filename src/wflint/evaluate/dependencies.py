"""Which tracked inputs went into a value."""

from __future__ import annotations

from wflint.evaluate.values import (
    ExternalAttribute,
    HeapObject,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    Text,
    TrackedValue,
    Union,
    Unknown,
    Value,
)

DEEPEST_INPUT = 3


NOTHING: frozenset[TrackedValue] = frozenset()


def depends_on(*values: Value) -> frozenset[TrackedValue]:
    """The tracked inputs in `values`, three containers deep (an object counts as two), each looked into once."""
    first: list[Value] = [value for value in values if isinstance(value, _HOLDING)]
    if not first:
        return NOTHING
    if len(first) == 1 and isinstance(first[0], Unknown):
        return first[0].depends_on
    return _looked_into(first)


def _looked_into(first: list[Value]) -> frozenset[TrackedValue]:
    found: set[TrackedValue] = set()
    seen: set[HeapObject] = set()
    levels: list[list[Value]] = [first, *([] for _ in range(DEEPEST_INPUT + 2))]
    for depth, level in enumerate(levels[: DEEPEST_INPUT + 1]):
        for value in level:
            match value:
                case Unknown(depends_on=sources):
                    found |= sources
                case TrackedValue():
                    found.add(value)
                case Text(parts=inner) | Union(options=inner):
                    level.extend(each for each in inner if isinstance(each, _HOLDING))
                case RepeatedElement(value=held) | ExternalAttribute(receiver=held):
                    level.append(held)
                case Object(depends_on=sources, cls=cls, content=content):
                    found |= sources
                    if content and cls is not None and value not in seen and cls.declared():
                        seen.add(value)
                        levels[depth + 2] += content.values()
                case Sequence(content=items) | Mapping(content=items) if value not in seen:
                    seen.add(value)
                    levels[depth + 1] += items.values() if isinstance(items, dict) else items
                case _:
                    pass
    return frozenset(found)


_HOLDING = (
    Unknown, TrackedValue, Object, Union, Text, Sequence, Mapping, ExternalAttribute, RepeatedElement,
)  # fmt: skip
"""What a tracked input may be in; all other values hold none."""
