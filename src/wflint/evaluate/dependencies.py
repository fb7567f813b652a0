"""What went into a value: tracked inputs and, beside them, what libraries gave."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final, Self

from wflint.evaluate.values import (
    Arguments,
    Const,
    ExternalAttribute,
    ExternalName,
    Function,
    Location,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    Text,
    TrackedValue,
    Unbound,
    Union,
    Unknown,
    Value,
)

DEEPEST_INPUT = 3
MOST_UNTRACKED = 12
"""So many things beside tracked inputs are remembered."""


class Dependencies(frozenset[TrackedValue]):
    """Tracked inputs, with the objects that went in beside them: two are equal where the inputs are."""

    untracked: frozenset[Value]

    def __new__(cls, tracked: Iterable[TrackedValue], untracked: Iterable[Value]) -> Self:
        made = super().__new__(cls, tracked)
        made.untracked = frozenset(untracked)
        return made


def untracked_in(sources: frozenset[TrackedValue]) -> frozenset[Value]:
    """What went in beside tracked inputs."""
    return sources.untracked if isinstance(sources, Dependencies) else frozenset()


RAISED: Final = ExternalName("builtins.BaseException")
"""What a handler is given, as far as it is known; it stands beside the inputs that go into a value."""


def raised(location: Location) -> Unknown:
    """The exception that a handler is given."""
    return Unknown("an exception", location, Dependencies((), (RAISED,)))


def is_of_exception(value: Value) -> bool:
    """Whether an exception that was caught went into a value."""
    return RAISED in untracked_in(depends_on(value))


UNSEEN: Final = ExternalName("?")
"""Code that is not shown; it stands beside the inputs that go into what it gives."""


def and_unseen(sources: frozenset[TrackedValue]) -> Dependencies:
    """The same, with code that is not shown beside them."""
    return Dependencies(sources, (UNSEEN, *islice(untracked_in(sources) - {UNSEEN}, MOST_UNTRACKED - 1)))


NOTHING: frozenset[TrackedValue] = frozenset()


def depends_on(*values: Value) -> frozenset[TrackedValue]:
    """The tracked inputs in `values`, three containers deep (an object counts as two), each looked into once.

    The objects in them stand beside the inputs, as they are.
    """
    first = [value for value in values if type(value) not in _HOLDING_NOTHING]
    if not first:
        return NOTHING
    if len(first) == 1 and isinstance(first[0], Unknown):
        return first[0].depends_on
    return _looked_into(first)


def _looked_into(first: list[Value]) -> frozenset[TrackedValue]:
    """The inputs in `first`; a value met again lies no less deep, so that once is enough."""
    found: set[TrackedValue] = set()
    beside: dict[Value, None] = {}
    seen: set[int] = set()
    levels: list[list[Value]] = [first, *([] for _ in range(DEEPEST_INPUT + 2))]
    for depth, level in enumerate(levels[: DEEPEST_INPUT + 1]):
        for value in level:
            if id(value) in seen:
                continue
            seen.add(id(value))
            match value:
                case Unknown(depends_on=sources):
                    if sources:
                        found |= sources
                    if len(beside) < MOST_UNTRACKED and type(sources) is Dependencies:
                        beside.update(dict.fromkeys(sources.untracked))
                case TrackedValue():
                    found.add(value)
                case Text(parts=inner) | Union(options=inner):
                    level += [each for each in inner if type(each) not in _HOLDING_NOTHING]
                case ExternalAttribute() if (whole := _made_by_library(value)) is not None:
                    found |= whole.depends_on
                    beside[value] = None
                case RepeatedElement(value=held) | ExternalAttribute(receiver=held):
                    level.append(held)
                case Object(depends_on=sources, cls=cls, content=content):
                    found |= sources
                    beside[value] = None
                    if content and cls is not None and cls.declared():
                        levels[depth + 2] += content.values()
                case Sequence(content=items) | Mapping(content=items):
                    levels[depth + 1] += items.values() if isinstance(items, dict) else items
                case _:
                    pass
    return Dependencies(found, islice(beside, MOST_UNTRACKED)) if beside else frozenset(found)


def of_call(path: str, receiver: Value | None, arguments: Arguments, location: Location) -> frozenset[TrackedValue]:
    """What goes into the result of a call that is known by its name alone, with the call beside it."""
    made = Object(0, path, None, arguments, location)
    made.receiver = receiver
    made.depends_on = depends_on(*arguments, *([receiver] if receiver is not None else []))
    return depends_on(made)


def _made_by_library(value: Value) -> Object | None:
    """The object of a library that something is an attribute of."""
    while isinstance(value, ExternalAttribute):
        value = value.receiver
    return value if isinstance(value, Object) and value.cls is None else None


_HOLDING_NOTHING = frozenset({Const, ExternalName, Function, Unbound})
"""What no tracked input is in, and what there is most of."""
