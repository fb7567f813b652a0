"""Lists of parts as front ends read them: participants, hand-offs, tools."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Sequence as TypedSequence
from typing import TypeVar

from msgspec import Struct

from wflint.evaluate.values import NONE, UNBOUND, Const, RepeatedElement, Sequence, Text, Unknown, Value, alternatives


class Element(Struct, frozen=True):
    """One thing that may be in a list; `certain` where it always is.

    `seat` is its place: the list that it is in, where a value may be one of several, and its number there. Elements of
    one seat are there instead of each other; `filled` is true where one of them always is.
    """

    value: Value
    certain: bool
    seat: tuple[int, int]
    filled: bool


def elements(value: Value | None) -> Iterator[Element]:
    """What a list holds, in order: every alternative of every item; nothing for what is not there or no list."""
    options = [option for option in alternatives(value) if option not in (NONE, UNBOUND)] if value is not None else []
    for row, option in enumerate(options):
        for number, item in enumerate(option.content if isinstance(option, Sequence) else ()):
            read = _item(item)
            certain = len(options) == 1 and len(read.values) == 1 and read.filled
            yield from (Element(each, certain, (row, number), read.filled) for each in read.values)


Seated = TypeVar("Seated")


def followers(
    row: TypedSequence[Seated], after: Element | None, element_of: Callable[[Seated], Element]
) -> Iterator[tuple[Seated, bool]]:
    """Who may come right after an element of a row, or first in it, each with whether that is certain.

    They are the elements of the next seat that is always filled, and those of the seats before it.
    """
    rows: dict[int, dict[int, list[Seated]]] = {}
    for one in row:
        number, place = element_of(one).seat
        if after is None or (number == after.seat[0] and place > after.seat[1]):
            rows.setdefault(number, {}).setdefault(place, []).append(one)
    for seats in rows.values():
        for passed, seat in enumerate(seats.values()):
            sure = not passed and (after is None or after.certain)
            yield from ((one, sure and element_of(one).certain) for one in seat)
            if element_of(seat[0]).filled:
                break


class Item(Struct, frozen=True):
    """One item of a list: what it may be, one of these at a time; `filled` where there always is one."""

    values: tuple[Value, ...]
    filled: bool


def alternative_lists(value: Value | None) -> Iterator[tuple[Item, ...]]:
    """Each list that a value may be, item by item."""
    for option in alternatives(value):
        if isinstance(option, Sequence):
            yield tuple(_item(item) for item in option.content)


def _item(item: Value) -> Item:
    found = alternatives(item.value if isinstance(item, RepeatedElement) else item)
    values = tuple(value for value in found if value is not UNBOUND)
    return Item(values, len(values) == len(found) and not isinstance(item, RepeatedElement))


def is_known(value: Value | None) -> bool:
    """Whether the list is a list of the source, none at all, or one of several such."""
    return value is None or all(isinstance(option, Sequence) or option == NONE for option in alternatives(value))


def possibly_incomplete(value: Value | None) -> bool:
    """Whether a list may hold something that cannot be told."""
    return not is_known(value) or unknown_in(value)


def known_text(value: Value | None) -> str:
    """A text as far as it is known, an ellipsis for each part that is not; empty for everything else."""
    match value:
        case Const(value=str(text)):
            return text
        case Text(parts=parts):
            return "".join(known_text(part) or "…" for part in parts)
        case _:
            return ""


def is_unset(value: Value | None) -> bool:
    """Whether an argument was not given, or given as None."""
    return value is None or value == NONE


def is_empty(value: Value | None) -> bool:
    """Whether it is a list that certainly holds nothing."""
    return isinstance(value, Sequence) and value.closed and not value.content


def may_be_set(value: Value | None) -> bool:
    """Whether an argument is something else than None, for all that is known."""
    return value is not None and any(option != NONE for option in alternatives(value))


def is_surely_set(value: Value | None) -> bool:
    """Whether an argument is certainly given, and certainly something else than None."""
    unsure = (option == NONE or option is UNBOUND or isinstance(option, Unknown) for option in alternatives(value))
    return value is not None and not any(unsure)


def unknown_in(value: Value | None) -> bool:
    """Whether a list holds something of which nothing is known."""
    return any(isinstance(entry.value, Unknown) for entry in elements(value))
