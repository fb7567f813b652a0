"""How many events of a class a run can bring at most, as far as its code shows each one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from wflint.frontends.llamaindex.events import ANSWERING, START_EVENT, EventType
from wflint.frontends.llamaindex.steps import Collecting, FlowStep, gives_all_shown


def too_few(steps: list[FlowStep], collecting: Collecting) -> Iterator[tuple[EventType, int, int]]:
    """The events of which a step waits for more than any run brings: each with how many it wants, and how many come."""
    for event, wanted in Counter(collecting.all).items() if not collecting.open else ():
        most = _most(steps, event, frozenset())
        if most is not None and 0 < most < wanted:
            yield event, wanted, most


def _most(steps: list[FlowStep], event: EventType, within: frozenset[EventType]) -> int | None:
    """So many events of a class at most; None where a loop makes more of them, or not all is seen."""
    if event in within or ANSWERING in event.kinds():
        return None
    if START_EVENT in event.kinds():
        return 1
    found = 0
    for step in steps:
        if not gives_all_shown(step):
            return None
        each = _given(step, event)
        if each == 0:
            continue
        runs = _runs(steps, step, within | {event})
        if each is None or runs is None:
            return None
        found += each * runs
    return found


def _given(step: FlowStep, event: EventType) -> int | None:
    """So many events of a class come of one run of a step at most: those that it sends, and one that it returns."""
    ways = [given for given in step.given if given.event == event or given.event.descends_from(event)]
    sent = [given for given in ways if given.sent]
    if any(given.listed for given in ways) or not all(given.certain for given in sent):
        return None
    return len(sent) + any(not given.sent for given in ways)


def _runs(steps: list[FlowStep], step: FlowStep, within: frozenset[EventType]) -> int | None:
    """So often a step is run at most."""
    if step.collecting or step.gathers or step.accepts.open or step.subclasses or step.catches:
        return None
    found = [_most(steps, event, within) for event in step.accepts.events]
    return sum(each for each in found if each is not None) if None not in found else None
