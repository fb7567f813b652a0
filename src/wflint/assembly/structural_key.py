"""What a callable and its inputs are made of, so that what was seen of one need not be looked for in its like."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable

from msgspec import Struct, field

from wflint.evaluate.values import (
    Arguments,
    Bound,
    ExternalAttribute,
    Function,
    Generic,
    HeapObject,
    Mapping,
    Object,
    Partial,
    RepeatedElement,
    Sequence,
    Text,
    Union,
    Value,
)

LARGEST = 2_000
"""So many lists, dicts and objects are looked into; what has more of them is like nothing else."""


class _TooLarge(Exception):
    """There is more than is worth comparing."""


def structural_key(*values: Value | None, by_identity: Container[str | None] = ()) -> Hashable:
    """A key that other values have too where they are built alike; None where they are too large to tell.

    Functions are alike where they are the same code in the same scope, objects where their class and all that is in
    them is alike, those of the library classes `apart` only themselves. Who refers to whom within the values counts.
    """
    drawing = _KeyBuilder(by_identity)
    try:
        return tuple(drawing.of(value) for value in values)
    except _TooLarge:
        return None


class _KeyBuilder(Struct):
    """A picture of values; what was `visited` before is drawn as a number."""

    by_identity: Container[str | None]
    visited: dict[HeapObject, int] = field(default_factory=dict)

    def of(self, value: Value | None) -> Hashable:
        """What a value is made of."""
        match value:
            case Function(module=module, node=node, scope=scope):
                return module.path, node.at, scope
            case Bound(function=function, receiver=receiver):
                return Bound, self.of(function), self.of(receiver)
            case Partial(function=function, arguments=arguments):
                return Partial, self.of(function), self._arguments(arguments)
            case Union(options=parts) | Text(parts=parts):
                return type(value), self._each(parts)
            case Generic(base=base, arguments=parts):
                return Generic, self.of(base), self._each(parts)
            case RepeatedElement(value=inner):
                return RepeatedElement, self.of(inner)
            case ExternalAttribute(receiver=receiver, name=name):
                return ExternalAttribute, self.of(receiver), name
            case Object(path=path) if path in self.by_identity:
                return value
            case Object() | Sequence() | Mapping():
                return self._box(value)
            case _:
                return value

    def _box(self, value: Object | Sequence | Mapping) -> Hashable:
        if value in self.visited:
            return self.visited[value]
        if len(self.visited) >= LARGEST:
            raise _TooLarge
        self.visited[value] = len(self.visited)
        match value:
            case Object(path=path, cls=cls, arguments=arguments, content=content, receiver=receiver):
                return path, cls, self._arguments(arguments), self.of(receiver), self._entries(content)
            case Mapping(default_factory=maker, content=content):
                return Mapping, self.of(maker), self._entries(content)
            case Sequence(kind=kind, content=items):
                return kind, self._each(items)

    def _arguments(self, given: Arguments) -> Hashable:
        hidden = given.open, self.of(given.tail), self.of(given.rest)
        return self._each(given.positional), tuple((name, self.of(value)) for name, value in given.keywords), hidden

    def _entries(self, content: dict[Hashable, Value]) -> Hashable:
        return tuple((key, self.of(value)) for key, value in content.items())

    def _each(self, values: Iterable[Value]) -> Hashable:
        return tuple(self.of(value) for value in values)
