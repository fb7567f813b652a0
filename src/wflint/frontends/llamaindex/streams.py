"""Which events belong to one stream: a step that returns a list opens one, a step that gathers a list closes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wflint.frontends.llamaindex.events import ANSWERING, START_EVENT, EventType
from wflint.frontends.llamaindex.steps import FlowStep
from wflint.model.span import Span
from wflint.model.workflow import Fault, FaultKind

Level = frozenset[EventType]


def refused_streams(steps: list[FlowStep]) -> Iterator[Fault]:
    """Steps that gather what no step returns as a list, and those that wait for events of different streams."""
    streams = [_level(steps, step.returns.events, frozenset({step.name})) for step in steps if step.returns.several]
    for step in steps:
        if step.gathers and not step.subclasses:
            missing = [event for event in step.accepts.events if not any(event in stream for stream in streams)]
            if missing:
                why = f"no step returns a list of {missing[0].name}" if streams else "no step returns a list"
                yield _refused(f'step "{step.name}", which takes a list of events', step.span, why)
    begun = [event for step in steps for event in step.accepts.events if event.kinds() & {START_EVENT, ANSWERING}]
    levels = (_level(steps, begun, frozenset()), *streams)
    for step in steps:
        slots = frozenset(step.accepts.events)
        waits = len(step.taken_in) > 1 and not step.gathers and not step.subclasses
        if waits and streams and not any(slots <= level for level in levels) and _are_made(slots, levels):
            names = " and ".join(event.name for event in step.accepts.events)
            yield _refused(f'step "{step.name}", which waits for {names}', step.span, "they are of different streams")


def _are_made(slots: Level, levels: Iterable[Level]) -> bool:
    """Whether each event is on some level: one that nobody makes is told as such."""
    known = frozenset(event for level in levels for event in level)
    return slots <= known


def _level(steps: list[FlowStep], seeds: Iterable[EventType], within: frozenset[str]) -> Level:
    """The events that come of others without leaving their stream; `within` are the steps whose lists are open."""
    found: set[EventType] = set()
    waiting = list(seeds)
    while waiting:
        event = waiting.pop()
        if event in found:
            continue
        found.add(event)
        for step in steps:
            if step.gathers or not step.takes(event):
                continue
            if not step.returns.several:
                waiting += step.returns.events
            elif step.name not in within:
                waiting += _closed(steps, step, within)
    return frozenset(found)


def _closed(steps: list[FlowStep], opening: FlowStep, within: frozenset[str]) -> list[EventType]:
    """What comes back of the stream that a step opens: the events of the steps that gather it."""
    stream = _level(steps, opening.returns.events, within | {opening.name})
    found: list[EventType] = []
    for step in steps:
        if not step.gathers or not any(step.takes(event) for event in stream):
            continue
        if not step.returns.several:
            found += step.returns.events
        elif step.name not in within:
            found += _closed(steps, step, within | {step.name})
    return found


def _refused(subject: str, span: Span, why: str) -> Fault:
    return Fault(FaultKind.REFUSED, subject, span, detail=why)
