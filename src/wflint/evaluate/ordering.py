"""Numbers, and the order of things."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from wflint.evaluate import conditions
from wflint.evaluate.iteration import elements
from wflint.evaluate.values import NONE, Arguments, Const, Place, Rest, Unknown, Value, present, sources_of

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


def ordered(interp: Interpreter, items: list[Value], arguments: Arguments, place: Place) -> list[Value]:
    """The items as `sorted` has them.

    An order that cannot be told is left as it was: who is in a list matters more than where.
    """
    key, reverse = arguments.get("key"), arguments.get("reverse")
    backwards = conditions.truth(interp, reverse) if reverse is not None else False
    there = [present(item) for item in items]
    known = [item for item in there if item is not None and not isinstance(item, Rest)]
    if backwards is None or len(known) < len(items):
        return list(items)
    ranked = key is not None and key != NONE
    ranks = [interp.call(key, Arguments((item,)), place) for item in known] if ranked and key is not None else known
    plain = _comparable(ranks)
    if plain is None:
        return list(items)
    positions = sorted(range(len(items)), key=plain.__getitem__, reverse=backwards)
    return [items[position] for position in positions]


def _comparable(values: list[Value]) -> list[str] | list[float] | None:
    """The constants behind the values if they are all texts or all numbers."""
    plain = [value.value for value in values if isinstance(value, Const)]
    texts = [value for value in plain if isinstance(value, str)]
    numbers: list[float] = [value for value in plain if isinstance(value, int | float)]
    if len(texts) == len(values):
        return texts
    return numbers if len(numbers) == len(values) else None


def sorted_(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`sorted(...)`."""
    listed = elements(interp, arguments.positional[0]) if arguments.positional else interp.list_of([])
    return interp.list_of(ordered(interp, listed.content, arguments, place))


def reversed_(interp: Interpreter, arguments: Arguments, _place: Place) -> Value:
    """`reversed(...)`."""
    listed = elements(interp, arguments.positional[0]) if arguments.positional else interp.list_of([])
    return interp.list_of(list(reversed(listed.content)))


def _computed(place: Place, *values: Value) -> Value:
    return Unknown("computed", place, sources_of(*values))


def _folded(choose: Callable[..., str | float]) -> Callable[[Interpreter, Arguments, Place], Value]:
    """`max`, `min` or `sum` of constants."""

    def fold(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
        given = arguments.positional
        listed = elements(interp, given[0]).content if len(given) == 1 else list(given)
        plain = _comparable(listed)
        if not plain or arguments.keywords or arguments.open or (choose is sum and len(given) != 1):
            return _computed(place, *arguments)
        try:
            return Const(choose(plain))
        except (TypeError, ValueError, ArithmeticError):
            return _computed(place, *arguments)

    return fold


largest = _folded(max)
"""`max(...)`."""

smallest = _folded(min)
"""`min(...)`."""

total = _folded(sum)
"""`sum(...)`."""


def absolute(_interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`abs(...)`."""
    match arguments.positional:
        case (Const(value=int() | float() as number),):
            return Const(abs(number))
        case _:
            return _computed(place, *arguments)


def whole(_interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`int(...)`."""
    match arguments.positional:
        case (Const(value=int() | float() as number),) if abs(number) < LARGEST:
            return Const(int(number))
        case (Const(value=str(text)),) if len(text) < LONGEST and not arguments.keywords:
            return _parsed(int, text, place)
        case _:
            return _computed(place, *arguments)


def fraction(_interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`float(...)`."""
    match arguments.positional:
        case (Const(value=int() | float() as number),) if abs(number) < LARGEST:
            return Const(float(number))
        case (Const(value=str(text)),) if len(text) < LONGEST:
            return _parsed(float, text, place)
        case _:
            return _computed(place, *arguments)


LARGEST = 2**53
LONGEST = 16


def _parsed(parse: Callable[[str], float], text: str, place: Place) -> Value:
    try:
        return Const(parse(text))
    except ValueError:
        return _computed(place)
