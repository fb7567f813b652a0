"""The nodes of what JSON holds."""

from __future__ import annotations

from collections.abc import Iterator

Place = tuple[dict[str, object], str] | tuple[list[object], int]
"""Where a node of a document is: in what, and under which key."""


def places_of(node: object) -> Iterator[Place]:
    """Every entry of a document, with what holds it."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield node, key
            yield from places_of(value)
    if isinstance(node, list):
        for number, value in enumerate(node):
            yield node, number
            yield from places_of(value)


def value_at(place: Place) -> object:
    """What is there."""
    match place:
        case (dict() as table, str() as key):
            return table[key]
        case (list() as items, int() as number):
            return items[number]


def put(place: Place, value: object, *, gone: bool) -> None:
    """Put something else there, or nothing."""
    match place:
        case (dict() as table, str() as key) if gone:
            del table[key]
        case (dict() as table, str() as key):
            table[key] = value
        case (list() as items, int() as number):
            items[number] = value
