"""How many events of a class a run can bring, as far as its code shows each one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from wflint.evaluate.values import NONE, Location
from wflint.frontends.llamaindex.events import ANSWERING, START_EVENT, EventType
from wflint.frontends.llamaindex.steps import Collecting, FlowStep, gives_all_shown
from wflint.source import code
from wflint.source.walking import body_of, nodes_in


def too_few(steps: list[FlowStep], collecting: Collecting) -> Iterator[tuple[EventType, int, int]]:
    """The events of which a step waits for more than any run brings: each with how many it wants, and how many come."""
    for event, wanted in Counter(collecting.all).items() if not collecting.open else ():
        most = _most(steps, event, {})
        if most is not None and 0 < most < wanted:
            yield event, wanted, most


def left_over(steps: list[FlowStep], collecting: Collecting) -> Iterator[tuple[EventType, int, int]]:
    """The events of which a step waits for fewer than every run brings: how many it wants, and how many come."""
    for event, wanted in Counter(collecting.all).items() if not collecting.open else ():
        sure = _surely(steps, event, {})
        if 1 < wanted < sure and sure == _most(steps, event, {}):
            yield event, wanted, sure


def silent_worker(steps: list[FlowStep], taker: FlowStep, collecting: Collecting) -> tuple[FlowStep, Location] | None:
    """The step that is run for each of many events, and may make nothing of one, and where.

    All that is collected comes of it, and it leaves no word anywhere that one is missing.
    """
    if len(collecting.events) != 1 or not (collecting.counts or len(collecting.all) > 1):
        return None
    (event,) = collecting.events
    giving = [step for step in steps if step.returns.open or any(way.event == event for way in step.given)]
    if len(giving) != 1 or taker.accepts.events != (event,) or not _works_for_each(steps, giving[0]):
        return None
    worker = giving[0]
    nothing = [site.location for site in worker.summary.returns if site.value == NONE] if worker.summary else []
    return next(((worker, place) for place in nothing if place is not None), None)


def _works_for_each(steps: list[FlowStep], worker: FlowStep) -> bool:
    """Whether a step alone is run for each of many events, and does nothing but to return what it makes of it."""
    if len(worker.accepts.events) != 1 or worker.collecting or worker.gathers or not gives_all_shown(worker):
        return False
    (event,) = worker.accepts.events
    alone = [step for step in steps if step.takes(event) or step.accepts.open] == [worker]
    sent = any(step.repeats(event) for step in steps)
    return alone and sent and not any(way.sent for way in worker.given) and not _leaves_word(worker)


def _leaves_word(worker: FlowStep) -> bool:
    """Whether the code of a step uses its context, or changes what others see."""
    function = worker.function.node
    others = {parameter.name for parameter in function.parameters[1:]} - {worker.parameter}
    for node in nodes_in(body_of(function)):
        match node:
            case code.Name(id=name) if name in others:
                return True
            case code.Assign(targets=targets) if any(not isinstance(each, code.Name) for each in targets):
                return True
            case code.AugAssign(target=code.Attribute() | code.Subscript()):
                return True
            case code.Call(func=code.Attribute(value=code.Attribute(), name="append" | "add" | "put" | "put_nowait")):
                return True
            case _:
                pass
    return False


def _most(steps: list[FlowStep], event: EventType, known: dict[EventType, int | None]) -> int | None:
    """So many events of a class at most; None where a loop makes more of them, or not all is seen.

    `known` are those that were counted, and None for those that are being counted.
    """
    if event in known or ANSWERING in event.kinds():
        return known.get(event)
    if START_EVENT in event.kinds():
        return 1
    known[event] = None
    found = 0
    for step in steps:
        if not gives_all_shown(step):
            return None
        each = _given(step, event)
        if each == 0:
            continue
        runs = _runs(steps, step, known)
        if each is None or runs is None:
            return None
        found += each * runs
    known[event] = found
    return found


def _given(step: FlowStep, event: EventType) -> int | None:
    """So many events of a class come of one run of a step at most: those that it sends, and one that it returns."""
    ways = [given for given in step.given if given.event == event or given.event.descends_from(event)]
    sent = [given for given in ways if given.sent]
    if any(given.listed for given in ways) or not all(given.certain for given in sent):
        return None
    return len(sent) + any(not given.sent for given in ways)


def _surely(steps: list[FlowStep], event: EventType, known: dict[EventType, int]) -> int:
    """So many events of a class come in every run, where each step that gives them is run for certain.

    `known` are those that were counted; of one that is being counted, a loop brings none for certain.
    """
    if START_EVENT in event.kinds():
        return 1
    if event not in known:
        known[event] = 0
        runs = ((_given_surely(step, event), step.accepts.events) for step in steps)
        known[event] = sum(each * sum(_surely(steps, one, known) for one in taken) for each, taken in runs if each)
    return known[event]


def _given_surely(step: FlowStep, event: EventType) -> int:
    """So many events of a class come of every run of a step: those that it sends, and one that it always returns."""
    sent = sum(given.event == event and given.sent and given.certain for given in step.given)
    back = [given.event for given in step.given if not given.sent]
    sites = step.summary.returns if step.summary is not None and not step.summary.falls_through else ()
    always = bool(sites) and len(back) == len(sites) and set(back) == {event}
    return sent + always


def _runs(steps: list[FlowStep], step: FlowStep, known: dict[EventType, int | None]) -> int | None:
    """So often a step is run at most."""
    if step.collecting or step.gathers or step.accepts.open or step.subclasses or step.catches:
        return None
    found = [_most(steps, event, known) for event in step.accepts.events]
    return sum(each for each in found if each is not None) if None not in found else None
