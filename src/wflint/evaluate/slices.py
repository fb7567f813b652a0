"""`value[lower:upper:step]`: reading, setting and deleting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.iteration import elements
from wflint.evaluate.types import element_type
from wflint.evaluate.values import (
    ABSENT,
    NONE,
    Const,
    Place,
    Rest,
    Sequence,
    Symbol,
    Unknown,
    Value,
    may_be_absent,
    options_of,
    sources_of,
    text_of,
    unite,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope
    from wflint.source import code


def bounds_of(interp: Interpreter, node: code.Slice, scope: Scope) -> slice | None:
    """The slice that is written; None where it is not known."""
    known: list[int | None] = []
    for bound in (node.lower, node.upper, node.step):
        value = interp.evaluate(bound, scope) if bound is not None else NONE
        if isinstance(value, Const) and (value.value is None or isinstance(value.value, int)):
            known.append(value.value)
    return slice(*known) if len(known) == len(("lower", "upper", "step")) and known[-1] != 0 else None


def sliced(interp: Interpreter, value: Value, cut: slice | None, place: Place) -> Value:
    """`value[cut]`."""
    return unite(*(_one_sliced(interp, option, cut, place) for option in options_of(value)))


def _one_sliced(interp: Interpreter, value: Value, cut: slice | None, place: Place) -> Value:
    text = text_of(value)
    if isinstance(value, Sequence):
        if cut is not None and (known := _known_part(value, cut)) is not None:
            return interp.list_of(known, value.kind)
        return interp.list_of([_loose(item) for item in value.content], value.kind)
    if text is not None and cut is not None:
        return Const(text[cut])
    if isinstance(value, Symbol) and element_type(value.type) is not None:
        return interp.list_of([*elements(interp, value).content])
    return Unknown("a slice", place, sources_of(value))


def _known_part(value: Sequence, cut: slice) -> list[Value] | None:
    """The items of the part; None where they are not known, for want of knowing how many stand before them."""
    items = value.content
    if value.closed:
        return items[cut]
    unsure = [number for number, item in enumerate(items) if isinstance(item, Rest) or may_be_absent(item)]
    start, end = cut.start or 0, cut.stop
    if (cut.step or 1) != 1:
        return None
    if start >= 0 and end is not None and 0 <= end <= unsure[0]:
        return items[start:end]
    if 0 <= start <= unsure[0] and (end is None or (end < 0 and len(items) + end > unsure[-1])):
        return items[start:end]
    if start < 0 and len(items) + start > unsure[-1] and (end is None or end < 0):
        return items[start:end]
    return None


def _loose(item: Value) -> Value:
    return item if isinstance(item, Rest) else unite(item, ABSENT)


def set_slice(interp: Interpreter, value: Value, cut: slice | None, new: Value) -> None:
    """`value[cut] = new`; an empty `new` deletes."""
    options = options_of(value)
    given = elements(interp, new).content
    for option in options:
        if not isinstance(option, Sequence):
            continue
        interp.heap.touch(option)
        if cut is not None and option.closed and len(options) == 1 and _replaces(option, cut, given):
            option.content[cut] = given
        else:
            loosened = [_loose(item) for item in option.content]
            option.content[:] = interp.bounded([*loosened, *(Rest(_inner(item)) for item in given), *loosened])


def _replaces(value: Sequence, cut: slice, given: list[Value]) -> bool:
    """Whether the part can be exchanged as it stands: one with a step wants as many items as it has."""
    return (cut.step or 1) == 1 or len(value.content[cut]) == len(given)


def _inner(item: Value) -> Value:
    return item.value if isinstance(item, Rest) else item


def delete_slice(interp: Interpreter, value: Value, cut: slice | None) -> None:
    """`del value[cut]`."""
    options = options_of(value)
    for option in options:
        if not isinstance(option, Sequence):
            continue
        interp.heap.touch(option)
        if cut is not None and option.closed and len(options) == 1:
            del option.content[cut]
        else:
            option.content[:] = [_loose(item) for item in option.content]
