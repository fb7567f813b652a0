"""Steps that make nothing of an event when nothing else is under way: the run waits for its time-out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wflint.evaluate.values import NONE
from wflint.frontends.llamaindex.events import ANSWERING, ASKING, START_EVENT, EventType
from wflint.frontends.llamaindex.steps import FlowStep, gives_all_shown
from wflint.model.contract import Certainty
from wflint.model.loss import Loss, LossKind


def dead_ends(steps: Sequence[FlowStep]) -> Iterator[Loss]:
    """The first place of each such step; none where several events may be under way, or may come from outside."""
    if not _is_single_file(steps):
        return
    for step in steps:
        for site in step.summary.returns if step.summary is not None else ():
            if site.value == NONE and site.location is not None:
                yield Loss(
                    LossKind.SILENCE,
                    f'step "{step.name}"',
                    step.span,
                    "makes no event here, and no other step is at work that could: the run waits for its time-out",
                    "return an event of its own for this, or a `StopEvent`",
                    site.location.span,
                    step.name,
                    Certainty.POSSIBLE if _begins(step) else Certainty.CERTAIN,  # it may mind what callers left out
                )
                break


def _begins(step: FlowStep) -> bool:
    """Whether a step takes what the run begins with."""
    return any(START_EVENT in event.kinds() for event in step.accepts.events)


def _is_single_file(steps: Sequence[FlowStep]) -> bool:
    """Whether there is one event at a time: each has one taker, each step returns one at most and sends none."""
    given = {way.event for step in steps for way in step.given} | {e for step in steps for e in step.returns.events}
    takers: dict[EventType, int] = {}
    for step in steps:
        events = step.accepts.events
        kinds = {kind for event in (*events, *step.returns.events) for kind in event.kinds()}
        waits = step.summary is not None and any(call.method == "wait_for_event" for call in step.summary.calls)
        many = step.collecting or step.gathers or step.catches or step.subclasses or step.outside or waits
        sends = any(way.sent or way.listed for way in step.given) or step.returns.several
        if many or sends or step.accepts.open or not gives_all_shown(step) or {ASKING, ANSWERING} & kinds:
            return False
        for event in events:
            takers[event] = takers.get(event, 0) + 1
            if event not in given and START_EVENT not in event.kinds():
                return False
    started = sum(count for event, count in takers.items() if START_EVENT in event.kinds())
    return started == 1 and all(count == 1 for count in takers.values())
