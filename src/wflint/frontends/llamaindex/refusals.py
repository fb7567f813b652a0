"""What the framework's own checks refuse when a run begins (llama-index-workflows 2.26)."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.sequences import elements
from wflint.evaluate.values import Const, Object, text_of
from wflint.frontends.llamaindex.events import ANSWERING, ASKING, FAILED, START_EVENT, STOP_EVENT, EventType
from wflint.frontends.llamaindex.flow import Flow
from wflint.frontends.llamaindex.signatures import refused_addresses, refused_handlers, refused_signatures
from wflint.frontends.llamaindex.steps import FlowStep, argument
from wflint.frontends.llamaindex.streams import refused_streams
from wflint.model.span import Span
from wflint.model.workflow import Fault, FaultKind

GIVEN = frozenset({ANSWERING, ASKING, STOP_EVENT, FAILED})
"""Kinds of events that come from elsewhere."""


def is_checked(steps: list[FlowStep], instances: list[Object]) -> bool:
    """Whether no step, and nobody who makes the workflow, switches the checks off."""
    return not any(map(_is_lenient, instances)) and all(argument(step, "skip_graph_checks") is None for step in steps)


def skips(step: FlowStep, check: str) -> bool:
    """Whether the author of a step has switched a check off for it."""
    skipped = argument(step, "skip_graph_checks")
    return skipped is not None and any(text_of(entry.value) in (check, None) for entry in elements(skipped))


def add_refusals(flow: Flow, instances: list[Object]) -> None:
    """The faults of a workflow all of whose annotations are known."""
    flow.draft.faults += refused_signatures(flow.interp, flow.steps)
    hidden = bool(flow.draft.unresolved)
    flow.draft.faults += refused_addresses(flow.steps) if not hidden else ()
    if hidden or not flow.steps or not is_checked(flow.steps, instances):
        return
    events = [event for step in flow.steps for event in (*step.accepts.events, *step.returns.events)]
    if not any(event.undisclosed for event in events):
        flow.draft.faults += [*_ends(flow), *_events(flow), *refused_streams(flow.steps), *refused_handlers(flow.steps)]


def _is_lenient(made: Object) -> bool:
    given = (made.arguments.get("disable_validation"), made.arguments.get("skip_graph_checks"))
    return made.arguments.open or any(value not in (None, Const(value=False), Const(None)) for value in given)


def _refused(text: str, span: Span, other: Span | None = None, why: str = "") -> Fault:
    return Fault(FaultKind.REFUSED, text, span, other, why)


def _ends(flow: Flow) -> Iterator[Fault]:
    """Several classes of start or stop events, and steps that take what ends the run."""
    for kind, events in ((START_EVENT, _accepted), (STOP_EVENT, _returned)):
        classes = {event: step for step in reversed(flow.steps) for event in events(step) if kind in event.kinds()}
        if len(classes) > 1:
            names = " and ".join(f'"{event.name}"' for event in sorted(classes, key=lambda event: event.name))
            step = max(classes.values(), key=lambda step: step.span)
            yield _refused(f"{names} as {kind}s of one workflow", step.span, why="there may be one class of them")
    for step in flow.steps:
        if any(STOP_EVENT in event.kinds() for event in step.accepts.events):
            yield _refused(f'step "{step.name}", which takes a StopEvent', step.span, why="it ends the run")


def _accepted(step: FlowStep) -> tuple[EventType, ...]:
    return step.accepts.events


def _returned(step: FlowStep) -> tuple[EventType, ...]:
    return step.returns.events


def _events(flow: Flow) -> Iterator[Fault]:
    """Events that a step takes and no annotation returns, and those that are annotated and nobody returns or takes."""
    produced = {event for step in flow.steps for event in step.returns.events}
    for step in flow.steps:
        for event in step.accepts.events:
            if event.kinds() & {START_EVENT, *GIVEN} or any(_takes(step, event, given) for given in produced):
                continue
            given = any(given.event == event for other in flow.steps for given in other.undeclared)
            if not given and len(step.accepts.events) == 1 and not step.subclasses:
                continue  # the step is unreachable, which is said as such
            why = "a step gives it, but no return annotation has it" if given else "no step returns it"
            yield _refused(f'step "{step.name}", which takes {event.name}', step.span, why=why)
        made = {given.event for given in step.given}
        for event in step.returns.events if len(step.returns.events) > 1 else ():
            if event not in made and not flow.takers(event) and not event.kinds() & {STOP_EVENT, ASKING}:
                yield _refused(f'{event.name}, which step "{step.name}" may return', step.span, why="no step takes it")


def _takes(step: FlowStep, wanted: EventType, given: EventType) -> bool:
    return given == wanted or (step.subclasses and given.descends_from(wanted))
