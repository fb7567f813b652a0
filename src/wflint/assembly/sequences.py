"""Lists of parts as front ends read them: participants, hand-offs, tools."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wflint.evaluate.values import NONE, UNBOUND, Const, RepeatedElement, Sequence, Text, Unknown, Value, alternatives


class Element(Struct, frozen=True):
    """One thing that may be in a list; `certain` where it always is."""

    value: Value
    certain: bool


def elements(value: Value | None) -> Iterator[Element]:
    """What a list holds, in order: every alternative of every item; nothing for what is not there or no list."""
    options = [option for option in alternatives(value) if option not in (NONE, UNBOUND)] if value is not None else []
    for option in options:
        for item in option.content if isinstance(option, Sequence) else ():
            inner = item.value if isinstance(item, RepeatedElement) else item
            found = alternatives(inner)
            certain = len(options) == 1 and len(found) == 1 and not isinstance(item, RepeatedElement)
            yield from (Element(alternative, certain) for alternative in found if alternative is not UNBOUND)


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


def may_be_set(value: Value | None) -> bool:
    """Whether an argument is something else than None, for all that is known."""
    return value is not None and any(option != NONE for option in alternatives(value))


def unknown_in(value: Value | None) -> bool:
    """Whether a list holds something of which nothing is known."""
    return any(isinstance(entry.value, Unknown) for entry in elements(value))
