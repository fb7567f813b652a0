"""Methods of lists, tuples and sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.expressions.comparing import contains, equal
from wflint.evaluate.expressions.items import element
from wflint.evaluate.expressions.iteration import bounded, distinct, elements, inner
from wflint.evaluate.expressions.ordering import ordered
from wflint.evaluate.values import (
    NONE,
    UNBOUND,
    Arguments,
    Const,
    Location,
    RepeatedElement,
    Sequence,
    Unknown,
    Value,
    join,
    possibly_unbound,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


def of_list(
    interp: Interpreter, receiver: Sequence, name: str, arguments: Arguments, location: Location
) -> Value | None:
    """The result of a method; None where lists, tuples and sets have none of that name."""
    first = arguments.positional[0] if arguments.positional else None
    match name:
        case "append" | "add" | "appendleft" | "extend" | "extendleft" | "update" | "insert" if first is not None:
            _put(interp, receiver, name, arguments)
            return NONE
        case "pop" | "popleft":
            return _pop(interp, receiver, Const(0) if name == "popleft" else first, location)
        case "remove" | "discard" if first is not None:
            interp.heap.snapshot_before_write(receiver)
            receiver.content[:] = _without(interp, receiver.content, first)
            return NONE
        case "clear" | "reverse" | "sort":
            interp.heap.snapshot_before_write(receiver)
            receiver.content[:] = _rearranged(interp, receiver, name, arguments, location)
            return NONE
        case "copy":
            return interp.list_of(list(receiver.content), receiver.kind)
        case _:
            return _told(interp, receiver, name, arguments, location)


def _rearranged(
    interp: Interpreter, receiver: Sequence, name: str, arguments: Arguments, location: Location
) -> list[Value]:
    if name == "sort":
        return ordered(interp, receiver.content, arguments, location)
    return [] if name == "clear" else receiver.content[::-1]


def _told(interp: Interpreter, receiver: Sequence, name: str, arguments: Arguments, location: Location) -> Value | None:
    """The methods of lists, tuples and sets that only tell something."""
    first = arguments.positional[0] if arguments.positional else None
    match name:
        case "index" | "count" if first is not None and receiver.closed:
            return _found(interp, receiver, name, arguments, location)
        case "union":
            others = [item for other in arguments.positional for item in elements(interp, other).content]
            return interp.list_of(distinct([*receiver.content, *others]), "set")
        case "intersection" | "difference" | "symmetric_difference" if first is not None:
            return _combined(interp, receiver, name, arguments)
        case "issubset" | "issuperset" if first is not None:
            listed = elements(interp, first)
            small, large = (receiver, listed) if name == "issubset" else (listed, receiver)
            return _among(interp, small, large, location)
        case "index" | "count" | "isdisjoint":
            return Unknown("computed", location, depends_on(receiver, *arguments))
        case _:
            return None


def _put(interp: Interpreter, receiver: Sequence, name: str, arguments: Arguments) -> None:
    """The methods that add something."""
    interp.heap.snapshot_before_write(receiver)
    content, (first, *others) = receiver.content, arguments.positional
    match name:
        case "appendleft":
            content.insert(0, first)
        case "insert" if others:
            _insert(receiver, first, others[0])
        case "extend" | "update":
            content.extend([item for given in arguments.positional for item in elements(interp, given).content])
        case "extendleft":
            content[:0] = elements(interp, first).content[::-1]
        case _:
            content.append(first)
    content[:] = bounded(interp, distinct(content) if receiver.kind == "set" else content)


def _insert(receiver: Sequence, where: Value, new: Value) -> None:
    """`insert(where, new)`; in a place that is not known, it may be in any."""
    content = receiver.content
    number = where.value if isinstance(where, Const) and isinstance(where.value, int) else None
    if number is not None and (receiver.closed or number == 0):
        content.insert(number, new)
        return
    maybe = join(new, UNBOUND)
    content[:] = [maybe, *(each for item in content for each in (item, maybe))]


def _without(interp: Interpreter, items: list[Value], unwanted: Value) -> list[Value]:
    """The items after the first that equals `unwanted` is gone; those of which that is not known may be gone."""
    left: list[Value] = []
    doubt = False
    for number, item in enumerate(items):
        same = equal(interp, inner(item), unwanted)
        if same is True and not isinstance(item, RepeatedElement) and not possibly_unbound(item):
            return [*left, *([join(item, UNBOUND)] if doubt else []), *items[number + 1 :]]
        doubt = doubt or same is not False
        left.append(item if isinstance(item, RepeatedElement) or same is False else join(item, UNBOUND))
    return left


def _found(interp: Interpreter, receiver: Sequence, name: str, arguments: Arguments, location: Location) -> Value:
    """`index` and `count` in a list whose items are all there."""
    wanted, *bounds = arguments.positional
    outcomes = [equal(interp, item, wanted) for item in receiver.content]
    unknown = Unknown("computed", location, depends_on(receiver, wanted))
    if bounds:
        return unknown
    if name == "count":
        return Const(outcomes.count(True)) if None not in outcomes else unknown
    known = outcomes[: outcomes.index(True)] if True in outcomes else [None]
    return Const(len(known)) if None not in known else unknown


def _combined(interp: Interpreter, receiver: Sequence, name: str, arguments: Arguments) -> Value:
    if name == "symmetric_difference":
        other = elements(interp, arguments.positional[0])
        mine = _shared(interp, receiver.content, other, wanted=False)
        theirs = _shared(interp, other.content, receiver, wanted=False)
        return interp.list_of(distinct([*mine, *theirs]), "set")
    kept = receiver.content
    for other_value in arguments.positional:
        kept = _shared(interp, kept, other_value, wanted=name == "intersection")
    return interp.list_of(kept, "set")


def _shared(interp: Interpreter, items: list[Value], other: Value, *, wanted: bool) -> list[Value]:
    """The items that the other collection has (`wanted`) or has not; possible where that is not known."""
    listed = elements(interp, other)
    kept: list[Value] = []
    for item in items:
        outcome = contains(interp, listed, inner(item))
        if outcome is None:
            kept.append(item if isinstance(item, RepeatedElement) else join(item, UNBOUND))
        elif outcome is wanted:
            kept.append(item)
    return kept


def _among(interp: Interpreter, small: Sequence, large: Sequence, location: Location) -> Value:
    """Whether all items of one collection are in another."""
    outcomes = [contains(interp, large, inner(item)) for item in small.content]
    sure = [not isinstance(item, RepeatedElement) and not possibly_unbound(item) for item in small.content]
    if any(outcome is False and there for outcome, there in zip(outcomes, sure, strict=True)):
        return Const(False)  # noqa: FBT003 - a value
    if all(outcomes):
        return Const(True)  # noqa: FBT003 - a value
    return Unknown("computed", location, depends_on(small, large))


def _pop(interp: Interpreter, receiver: Sequence, index: Value | None, location: Location) -> Value:
    position = index if index is not None else Const(-1)
    taken = element(receiver, position, location)
    interp.heap.snapshot_before_write(receiver)
    content = receiver.content
    number = position.value if isinstance(position, Const) and isinstance(position.value, int) else None
    if number is not None and receiver.kind != "set" and _is_there(content, number):
        del content[number]
        return taken
    content[:] = [item if isinstance(item, RepeatedElement) else join(item, UNBOUND) for item in content]
    return taken


def _is_there(content: list[Value], number: int) -> bool:
    """Whether it is known which item of a list has this number."""
    nearer = content[: number + 1] if number >= 0 else content[number:]
    in_range = -len(content) <= number < len(content)
    return in_range and not any(isinstance(item, RepeatedElement) or possibly_unbound(item) for item in nearer)
