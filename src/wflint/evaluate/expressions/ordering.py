"""Numbers, and the order of things."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from wflint.evaluate.class_values import Class, is_ordered
from wflint.evaluate.dependencies import depends_on, of_call
from wflint.evaluate.expressions import conditions
from wflint.evaluate.expressions.iteration import elements, firm, inner
from wflint.evaluate.keys import Key, key_of
from wflint.evaluate.statements.branches import for_item
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Const,
    EnumMember,
    Location,
    Object,
    RepeatedElement,
    Sequence,
    Unknown,
    Value,
    bound_part,
    join,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


def ordered(interp: Interpreter, items: list[Value], arguments: Arguments, location: Location) -> list[Value]:
    """The items as `sorted` has them.

    An order that cannot be told is left as it was: who is in a list matters more than where.
    """
    key, reverse = arguments.get("key"), arguments.get("reverse")
    backwards = conditions.truth(interp, reverse) if reverse is not None else False
    there = [bound_part(item) for item in items]
    known = [item for item in there if item is not None and not isinstance(item, RepeatedElement)]
    if backwards is None or len(known) < len(items):
        ask_for_keys(interp, items, key, location)
        return list(items)
    order = _order(interp, known, key, location)
    if order is None:
        return list(items)
    positions = sorted(range(len(items)), key=order.__getitem__, reverse=backwards)
    return [items[position] for position in positions]


def ask_for_keys(interp: Interpreter, items: list[Value], key: Value | None, location: Location) -> None:
    """What a key function does with items of which not all are known: it is called with each of them all the same."""
    if key is None or key == NONE:
        return
    for item in items[: interp.budget.max_iterations]:
        for_item(interp, item, partial(interp.call, key, Arguments((inner(item),)), location))


Rank = str | float | tuple["Rank", ...]
"""Something that Python can put in order as the code would."""

MOST_LEVELS: Final = 4
"""So many lists in lists are compared; one may hold itself."""


def _order(interp: Interpreter, items: list[Value], key: Value | None, location: Location) -> list[Any] | None:
    """The rank of every item; None where they cannot all be compared."""
    by = items if key is None or key == NONE else [interp.call(key, Arguments((item,)), location) for item in items]
    ranks = [rank for rank in map(_rank, by) if rank is not None]
    if len(ranks) < len(items):
        return None
    try:
        sorted(ranks)  # texts among numbers have no order
    except TypeError:
        return None
    return ranks


def _rank(value: Value, levels: int = MOST_LEVELS) -> Rank | None:
    if not levels:
        return None
    match value:
        case Const(value=str() | int() | float() as plain):
            return plain
        case EnumMember(value=Const() as inner) if key_of(value) != Key(value):
            return _rank(inner, levels)
        case Sequence(kind="list" | "tuple", content=items) if value.closed:
            return _ranks(items, levels - 1)
        case Object(cls=Class() as cls) if is_ordered(cls):
            return _ranks([value.content.get(name, NONE) for name in cls.declared()], levels - 1)
        case _:
            return None


def _ranks(items: list[Value], levels: int) -> tuple[Rank, ...] | None:
    found: list[Rank] = []
    for item in items:
        rank = _rank(item, levels)
        if rank is None:
            return None
        found.append(rank)
    return tuple(found)


def sorted_(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`sorted(...)`."""
    listed = elements(interp, arguments.positional[0]) if arguments.positional else interp.list_of([])
    return interp.list_of(ordered(interp, listed.content, arguments, location))


def reversed_(interp: Interpreter, arguments: Arguments, _place: Location) -> Value:
    """`reversed(...)`."""
    listed = elements(interp, arguments.positional[0]) if arguments.positional else interp.list_of([])
    return interp.list_of(list(reversed(listed.content)))


def _computed(location: Location, *values: Value) -> Value:
    return Unknown("computed", location, depends_on(*values))


def _extreme(choose: Callable[..., int]) -> Callable[[Interpreter, Arguments, Location], Value]:
    """`max` or `min`: the item if it can be told, else any of them."""

    def extreme(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
        given, default = arguments.positional, arguments.get("default")
        listed = elements(interp, given[0]) if len(given) == 1 else interp.list_of(list(given))
        if arguments.open or not given:
            return _computed(location, *arguments)
        if not listed.content:
            return default if default is not None else _computed(location, *arguments)
        key = arguments.get("key")
        order = _order(interp, listed.content, key, location) if listed.closed else None
        if not listed.closed:
            ask_for_keys(interp, listed.content, key, location)
        if order is not None:
            return listed.content[choose(range(len(order)), key=order.__getitem__)]
        empty = [default] if default is not None and not firm(listed) else []
        return join(*(inner(item) for item in listed.content), *empty)

    return extreme


largest = _extreme(max)
"""`max(...)`."""

smallest = _extreme(min)
"""`min(...)`."""


def total(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`sum(...)`, of lists too."""
    from wflint.evaluate.expressions.operators import binary

    given, start = arguments.get("iterable", 0), arguments.get("start", 1)
    listed = elements(interp, given) if given is not None else None
    if listed is None or not listed.closed or arguments.open or len(listed.content) > interp.budget.max_iterations:
        return _computed(location, *arguments)
    result = start if start is not None else Const(0)
    for item in listed.content:
        result = binary(interp, "+", result, item, location)
    return result


def absolute(_interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`abs(...)`."""
    match arguments.positional:
        case (Const(value=int() | float() as number),):
            return Const(abs(number))
        case _:
            return _computed(location, *arguments)


def _converted(path: str, arguments: Arguments, location: Location) -> Value:
    """A number that is not known, which says what it is made of."""
    return Unknown("computed", location, of_call(path, None, arguments, location))


def whole(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`int(...)`."""
    interp.record_library_call("builtins.int", None, arguments, location)
    match arguments.positional:
        case (Const(value=int() | float() as number),) if abs(number) < LARGEST:
            return Const(int(number))
        case (Const(value=str(text)),) if len(text) < LONGEST and not arguments.keywords:
            return _parsed(int, text, location)
        case _:
            return _converted("builtins.int", arguments, location)


def fraction(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`float(...)`."""
    interp.record_library_call("builtins.float", None, arguments, location)
    match arguments.positional:
        case (Const(value=int() | float() as number),) if abs(number) < LARGEST:
            return Const(float(number))
        case (Const(value=str(text)),) if len(text) < LONGEST:
            return _parsed(float, text, location)
        case _:
            return _converted("builtins.float", arguments, location)


LARGEST = 2**53
LONGEST = 16


def _parsed(parse: Callable[[str], float], text: str, location: Location) -> Value:
    try:
        return Const(parse(text))
    except ValueError:
        return _computed(location)
