"""Which tracked inputs went into a value."""

from __future__ import annotations

from wflint.evaluate.values import (
    Const,
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


def depends_on(*values: Value) -> frozenset[TrackedValue]:
    """The tracked inputs in `values`, three containers deep (an object counts as two), each looked into once."""
    first = [value for value in values if not isinstance(value, Const)]
    if not first:
        return frozenset()
    found: set[TrackedValue] = set()
    seen: set[HeapObject] = set()
    levels: list[list[Value]] = [first, *([] for _ in range(DEEPEST_INPUT + 2))]
    for depth, level in enumerate(levels[: DEEPEST_INPUT + 1]):
        for value in level:
            match value:
                case Const():
                    pass
                case TrackedValue():
                    found.add(value)
                case Unknown(depends_on=sources):
                    found |= sources
                case Text(parts=parts) | Union(options=parts):
                    level.extend(parts)
                case RepeatedElement(value=inner) | ExternalAttribute(receiver=inner):
                    level.append(inner)
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
