"""`value[lower:upper:step]`: reading, setting and deleting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.expressions.iteration import elements, inner
from wflint.evaluate.types import element_type
from wflint.evaluate.values import (
    NONE,
    UNBOUND,
    Const,
    Location,
    RepeatedElement,
    Sequence,
    TrackedValue,
    Unknown,
    Value,
    alternatives,
    join,
    possibly_unbound,
    text_of,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope
    from wflint.source import code


class Cut(Struct, frozen=True):
    """A slice as far as it is known: whole, or at least which way it goes."""

    known: slice | None
    forwards: bool | None


def cut_of(interp: Interpreter, node: code.Slice, scope: Scope) -> Cut:
    """The slice that is written."""
    bounds = [interp.evaluate(b, scope) if b is not None else NONE for b in (node.lower, node.upper, node.step)]
    step = bounds[-1].value if isinstance(bounds[-1], Const) else 0
    forwards = step > 0 if isinstance(step, int) and step else None
    if not all(isinstance(bound, Const) and isinstance(bound.value, int | None) for bound in bounds) or step == 0:
        return Cut(None, forwards if step is not None else True)
    return Cut(slice(*(bound.value for bound in bounds if isinstance(bound, Const))), forwards is not False)


def sliced(interp: Interpreter, value: Value, cut: Cut, location: Location) -> Value:
    """`value[cut]`."""
    return join(*(_one_sliced(interp, option, cut, location) for option in alternatives(value)))


def _one_sliced(interp: Interpreter, value: Value, cut: Cut, location: Location) -> Value:
    text = text_of(value)
    if isinstance(value, Sequence):
        return interp.list_of(_part(value, cut), value.kind)
    if text is not None and cut.known is not None:
        return Const(text[cut.known])
    if isinstance(value, TrackedValue) and element_type(value.type) is not None:
        return interp.list_of([*elements(interp, value).content])
    return Unknown("a slice", location, depends_on(value))


def _part(value: Sequence, cut: Cut) -> list[Value]:
    """The items of the part; any of them in their order where it is not known which."""
    known = _known_part(value, cut.known) if cut.known is not None else None
    if known is not None:
        return known
    if cut.forwards is None:
        return [RepeatedElement(join(*map(inner, value.content)))] if value.content else []
    loose = [_loose(item) for item in value.content]
    return loose if cut.forwards else loose[::-1]


def _known_part(value: Sequence, cut: slice) -> list[Value] | None:
    """The items of the part; None where they are not known, for want of knowing how many stand before them."""
    items = value.content
    if value.closed:
        return items[cut]
    unsure = [
        number for number, item in enumerate(items) if isinstance(item, RepeatedElement) or possibly_unbound(item)
    ]
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
    return item if isinstance(item, RepeatedElement) else join(item, UNBOUND)


def set_slice(interp: Interpreter, value: Value, cut: Cut, new: Value) -> None:
    """`value[cut] = new`; an empty `new` deletes."""
    options = alternatives(value)
    given = elements(interp, new).content
    for option in options:
        if not isinstance(option, Sequence):
            continue
        interp.heap.snapshot_before_write(option)
        if cut.known is not None and option.closed and len(options) == 1 and _replaces(option, cut.known, given):
            option.content[cut.known] = given
        else:
            loosened = [_loose(item) for item in option.content]
            option.content[:] = interp.bounded(
                [*loosened, *(RepeatedElement(inner(item)) for item in given), *loosened]
            )


def _replaces(value: Sequence, cut: slice, given: list[Value]) -> bool:
    """Whether the part can be exchanged as it stands: one with a step wants as many items as it has."""
    return (cut.step or 1) == 1 or len(value.content[cut]) == len(given)


def delete_slice(interp: Interpreter, value: Value, cut: Cut) -> None:
    """`del value[cut]`."""
    options = alternatives(value)
    for option in options:
        if not isinstance(option, Sequence):
            continue
        interp.heap.snapshot_before_write(option)
        if cut.known is not None and option.closed and len(options) == 1:
            del option.content[cut.known]
        else:
            option.content[:] = [_loose(item) for item in option.content]
