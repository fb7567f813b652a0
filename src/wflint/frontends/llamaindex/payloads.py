"""What events carry, and what steps that take one of several events read of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from wflint.assembly.contracts.shapes import LibraryBase, shape_of
from wflint.assembly.contracts.typed_inputs import typed_input
from wflint.evaluate.interpreter import Interpreter
from wflint.frontends.llamaindex.events import START_EVENT, EventType
from wflint.frontends.llamaindex.steps import FlowStep
from wflint.model.contract import Shape, TypedInput

EVENT_BASE = LibraryBase(
    "Event",
    frozenset({"get", "items", "keys", "values", "to_dict", "custom_model_dump", "__getitem__", "__contains__"}),
    holds_data=True,
)
"""Events keep whatever they are made with, under any name."""


def events_with_parts(interp: Interpreter, steps: list[FlowStep], step: FlowStep) -> tuple[TypedInput, ...]:
    """What a step reads of an event that the others of which it may get one have; a run fails when that one comes.

    What none of them has, nobody sends: that is a read like any other.
    """
    carried = {event: _carried(interp, steps, event) for event, _ in step.readings}
    return tuple(_read_of(interp, step, carried))


def _read_of(interp: Interpreter, step: FlowStep, carried: dict[EventType, Shape | None]) -> Iterator[TypedInput]:
    for event, summary in step.readings:
        shape = carried[event]
        found = typed_input(interp, summary, summary.root, EVENT_BASE)
        elsewhere = [carried.get(other) for other in step.accepts.events if other != event]
        parts = (part for part in found.parts if any(_may_have(other, part.name) for other in elsewhere))
        if shape is not None:
            yield replace(found, name=step.parameter, shape=shape, parts=tuple(parts))


def _may_have(shape: Shape | None, name: str) -> bool:
    return shape is None or not shape.closed or name in shape.parts


def _carried(interp: Interpreter, steps: Iterable[FlowStep], event: EventType) -> Shape | None:
    """What events of a class carry: what it declares, and what those who make one set beside."""
    ways = [given for step in steps for given in step.given if given.event == event]
    shape = shape_of(event.cls, interp, EVENT_BASE)
    known = all(given.made is not None and not given.made.arguments.open for given in ways)
    if shape is None or not ways or not known or START_EVENT in event.kinds():
        return None
    beside = (name for given in ways if given.made is not None for name, _ in given.made.arguments.keywords)
    return replace(shape, parts=tuple(dict.fromkeys((*shape.parts, *beside))))
