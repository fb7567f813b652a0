"""From a workflow class to its graph: who hands which events to whom."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.contracts.effects import certainty
from wflint.assembly.contracts.lacking_fields import lacking_fields
from wflint.assembly.contracts.swallowed_pauses import swallowed_pauses
from wflint.assembly.draft import Draft
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Function
from wflint.frontends.llamaindex.contracts import RAISED, WAITING, as_step, message_of
from wflint.frontends.llamaindex.counting import left_over, silent_worker, too_few
from wflint.frontends.llamaindex.dead_ends import dead_ends
from wflint.frontends.llamaindex.events import ANSWERING, ASKING, FAILED, KINDS, START_EVENT, STOP_EVENT, EventType
from wflint.frontends.llamaindex.failures import failing, is_for_unknown
from wflint.frontends.llamaindex.payloads import events_with_parts
from wflint.frontends.llamaindex.releases import WAITS
from wflint.frontends.llamaindex.shared_answers import shared_answers
from wflint.frontends.llamaindex.steps import SUBCLASSES, FlowStep, additions, gives_all_shown
from wflint.frontends.llamaindex.stores import dropped_states, kept_values
from wflint.frontends.llamaindex.table import mark_of
from wflint.model.contract import Certainty
from wflint.model.loss import Loss, LossKind
from wflint.model.span import Span
from wflint.model.workflow import (
    END,
    START,
    Aspect,
    Choice,
    Edge,
    EdgeKind,
    FaultKind,
    Join,
    MappedRoute,
    Route,
    Step,
    StepKind,
)

HUMAN = "__human__"


class Flow(Struct):
    """A workflow class on its way to a workflow; `extended` where only classes that are made from it are run."""

    interp: Interpreter
    cls: Class
    draft: Draft
    steps: list[FlowStep]
    extended: bool = False
    producers: dict[EventType, list[str]] = field(default_factory=dict)
    handed_to: dict[EventType, list[FlowStep]] = field(default_factory=dict)

    def takers(self, event: EventType) -> list[FlowStep]:
        """The steps that an event is handed to, looked for once."""
        if event not in self.handed_to:
            self.handed_to[event] = [step for step in self.steps if step.takes(event)]
        return self.handed_to[event]


def fold(flow: Flow) -> None:
    """Steps, edges, choices, joins and faults of a workflow class."""
    kept = dict(kept_values(flow.interp, flow.cls, flow.steps, extended=flow.extended))
    for step in flow.steps:
        known, read = as_step(flow.interp, step), events_with_parts(flow.interp, flow.steps, step)
        typed_inputs = (*known.typed_inputs, *read)
        flow.draft.steps[step.name] = replace(known, typed_inputs=typed_inputs, kept_values=kept[step.name])
    for api_call in additions(flow.interp, flow.cls):
        function = api_call.get("func", 0)
        if not isinstance(function, Function) or mark_of(function) is None:
            flow.draft.open("a step is not known statically", api_call.span, Aspect.STEPS)
    if any(_kinds(step) & {ASKING, ANSWERING} for step in flow.steps):
        place = flow.cls.location.span
        flow.draft.steps[HUMAN] = Step(HUMAN, StepKind.HUMAN, place, interrupts=True, offers_open=True, needs_open=True)
    for step in flow.steps:
        _arrivals(flow, step)
        _departures(flow, step)
        _not_known(flow, step)
    for step, handler in failing(flow.steps):
        _fail(flow, step, handler)
    for step in flow.steps:
        _joins(flow, step)
        flow.draft.losses += (
            *_too_few(flow, step),
            *_too_few_perhaps(flow, step),
            *_too_many(flow, step),
            *_unsent(flow, step),
        )
        if WAITS.is_in_force(flow.interp, step.span.path):
            flow.draft.losses += swallowed_pauses(step.name, step.summary, WAITING, RAISED)
            flow.draft.losses += shared_answers(step)
        flow.draft.losses += dropped_states(flow.interp, step)
        flow.draft.losses += lacking_fields(step.name, (given.made for given in step.given), KINDS)
    flow.draft.losses += dead_ends(flow.steps) if not flow.draft.unresolved else ()
    _faults(flow)


def _kinds(step: FlowStep) -> frozenset[str]:
    """The framework's kinds of the events that a step takes or gives."""
    events = (*step.accepts.events, *step.returns.events)
    return frozenset(kind for event in events for kind in event.kinds())


def _arrivals(flow: Flow, step: FlowStep) -> None:
    """The ways into a step from outside: the start, and people who answer."""
    for event in step.accepts.events:
        kinds = event.kinds()
        if START_EVENT in kinds:
            flow.draft.add_edge(Edge(START, step.name, EdgeKind.DIRECT, step.span, label=event.name))
        if ANSWERING in kinds:
            flow.draft.add_edge(Edge(HUMAN, step.name, EdgeKind.CONDITIONAL, step.span, label=event.name))


def _departures(flow: Flow, step: FlowStep) -> None:
    """The ways on from a step, by the events that it declares and those that it gives all the same."""
    events = step.returns.events
    choice = _choice(flow, step) if len(events) > 1 else None
    for event in events:
        way = next((given for given in step.given if given.event == event), None)
        span = way.location.span if way is not None else step.span
        addressed = any(given.addressed for given in step.given if given.event == event)
        _hand_on(flow, step, event, span, choice, possible=addressed)
    for given in step.undeclared:
        _hand_on(flow, step, given.event, given.location.span, None, possible=True)


def _hand_on(
    flow: Flow, step: FlowStep, event: EventType, span: Span, choice: int | None, *, possible: bool = False
) -> None:
    flow.producers.setdefault(event, []).append(step.name)
    kinds = event.kinds()
    targets = [taker.name for taker in flow.takers(event) if STOP_EVENT not in kinds]
    targets += [END] if STOP_EVENT in kinds else []
    targets += [HUMAN] if ASKING in kinds and not possible else []
    sure, several = certainty(not possible), step.repeats(event)
    message = message_of(flow.interp, step, event)
    for target in targets:
        decided = choice is not None or target == HUMAN or possible
        kind = EdgeKind.CONDITIONAL if decided else EdgeKind.DIRECT
        edge = Edge(step.name, target, kind, span, sure, event.name, choice, fan_out=several, limited=several)
        edge = replace(edge, message=message)
        flow.draft.add_edge(edge)


def _fail(flow: Flow, step: FlowStep, handler: FlowStep) -> None:
    """The way of a step's failures, which is taken in place of all others."""
    mapped = MappedRoute(FAILED, handler.name, handler.span)
    number = flow.draft.choose(
        Choice(
            source=step.name,
            name=handler.name,
            span=handler.span,
            decider=handler.span,
            routes=(Route(FAILED, handler.span, Certainty.POSSIBLE),),
            closed=True,
            mapping=(mapped,),
            on_error=True,
        )
    )
    edge = Edge(step.name, handler.name, EdgeKind.CONDITIONAL, handler.span, label=FAILED, choice=number)
    flow.draft.add_edge(edge)


def _choice(flow: Flow, step: FlowStep) -> int:
    """The decision of a step about which of its events it hands on; its index."""
    routes = [
        Route(given.event.name, given.location.span, certainty(given.certain))
        for given in step.given
        if given.event in step.returns.events
    ]
    unseen = {event.name for event in step.returns.events} - {route.label for route in routes}
    mapping = [
        MappedRoute(event.name, target, step.span) for event in step.returns.events for target in _names(flow, event)
    ]
    several = step.returns.several or any(given.sent for given in step.given)
    return flow.draft.choose(
        Choice(
            source=step.name,
            name=step.name,
            span=step.span,
            decider=step.span,
            routes=tuple(routes),
            closed=not unseen and step.summary is not None and step.summary.complete,
            declared=tuple(event.name for event in step.returns.events),
            mapping=tuple(mapping),
            mapping_open=flow.extended,
            may_return_none_at=step.span if step.returns.optional else None,
            exclusive=not several,
            is_goto=True,
        )
    )


def _names(flow: Flow, event: EventType) -> list[str]:
    """Where an event leads, by name."""
    if STOP_EVENT in event.kinds():
        return [END]
    return [taker.name for taker in flow.takers(event)] or ([HUMAN] if ASKING in event.kinds() else [])


def _not_known(flow: Flow, step: FlowStep) -> None:
    if step.accepts.open:
        flow.draft.open(f'the events that step "{step.name}" takes are not known statically', step.span, Aspect.EDGES)
    if step.returns.open or any(event.name == "Event" and event.cls is None for event in step.returns.events):
        reason = f'the events that step "{step.name}" returns are not known statically'
        flow.draft.open(reason, step.span, Aspect.EDGES, step.name)
    if step.catches and is_for_unknown(step):
        flow.draft.open(f'failures are sent to step "{step.name}"', step.span, Aspect.EDGES)


# ------------------------------------------------------------------------------------------------------- joins


def _joins(flow: Flow, step: FlowStep) -> None:
    """A step that collects events waits for their producers, as far as each event has one producer of its own."""
    for call in step.collecting:
        _uncollectable(flow, step, call.events, call.span)
        sources = [flow.producers.get(event, []) for event in call.events]
        for name in dict.fromkeys(name for names in sources for name in names):
            _into_join(flow, name, step.name)
        single = [names[0] for names in sources if len(set(names)) == 1]
        if len(call.events) > 1 and not call.open and len(set(single)) == len(call.events):
            _join(flow, tuple(single), step.name, call.span)


def _into_join(flow: Flow, source: str, target: str) -> None:
    edge = flow.draft.edges.get((source, target))
    if edge is not None and edge.kind is EdgeKind.DIRECT:
        flow.draft.edges[source, target] = _as(edge, EdgeKind.FAN_IN, None)


def _join(flow: Flow, sources: tuple[str, ...], target: str, span: Span) -> None:
    """An all-of join; only where every way into it is always taken, since a decision may send several events."""
    edges = [flow.draft.edges.get((source, target)) for source in sources]
    if all(edge is not None and edge.kind is EdgeKind.FAN_IN for edge in edges):
        number = len(flow.draft.joins)
        flow.draft.joins.append(Join(sources, target, span))
        for edge in edges:
            if edge is not None:
                flow.draft.edges[edge.source, edge.target] = _as(edge, EdgeKind.FAN_IN, number)


def _as(edge: Edge, kind: EdgeKind, join: int | None) -> Edge:
    return replace(edge, kind=kind, join=join)


def _uncollectable(flow: Flow, step: FlowStep, events: tuple[EventType, ...], span: Span) -> None:
    """Events that a step collects although they are never handed to it."""
    for event in events:
        if not step.takes(event) and not step.accepts.open:
            detail = f'step "{step.name}" collects it but does not accept it, so it waits forever'
            flow.draft.fault(FaultKind.MISSING_PART, event.name, span, step.span, detail)


def _too_few(flow: Flow, step: FlowStep) -> Iterator[Loss]:
    """Events of which a step collects more than a run brings."""
    for call in step.collecting if not flow.extended else ():
        for event, wanted, most in too_few(flow.steps, call):
            yield Loss(
                LossKind.JOIN,
                f'step "{step.name}"',
                call.span,
                f"waits for {wanted} events {event.name}, but a run brings {most} at most, so it never goes on",
                "wait for as many as are sent",
                next((way.location.span for each in flow.steps for way in each.given if way.event == event), None),
                step.name,
            )


def _too_few_perhaps(flow: Flow, step: FlowStep) -> Iterator[Loss]:
    """What a step waits for although the step that makes one of each item may make none."""
    for call in step.collecting if not flow.extended else ():
        found = silent_worker(flow.steps, step, call)
        if found is not None:
            worker, place = found
            yield Loss(
                LossKind.JOIN,
                f'step "{worker.name}"',
                place.span,
                f'may return nothing for one of the events that it is sent, and "{step.name}" waits for one '
                f"{call.events[0].name} of each, so it never goes on then",
                "return an event that says so, and count it",
                call.span,
                worker.name,
                Certainty.POSSIBLE,
            )


def _too_many(flow: Flow, step: FlowStep) -> Iterator[Loss]:
    """Events of which a step collects fewer than every run brings, and then ends the run."""
    ends = any(STOP_EVENT in given.event.kinds() for given in step.given)
    for call in step.collecting if ends and not flow.extended else ():
        for event, wanted, sure in left_over(flow.steps, call):
            yield Loss(
                LossKind.BRANCH,
                f'step "{step.name}"',
                call.span,
                f"goes on with {wanted} of the {sure} events {event.name} that every run brings and ends it: what the "
                "others hold is lost",
                "wait for as many as are sent",
                next((way.location.span for each in flow.steps for way in each.given if way.event == event), None),
                step.name,
            )


def _unsent(flow: Flow, step: FlowStep) -> Iterator[Loss]:
    """The events that a step says it gives, that only it could, and that its code never makes."""
    if not gives_all_shown(step):
        return
    given = {way.event for way in step.given}
    for event in step.returns.events:
        takers = [taker.name for taker in flow.takers(event)]
        alone = flow.producers.get(event) == [step.name]
        handed = any(event == way or any(taker.takes(way) for taker in flow.takers(event)) for way in given)
        handed |= any(way.event == event for other in flow.steps if other is not step for way in other.given)
        if takers and alone and not handed:
            kind = next((way.name for way in given if way.descends_from(event)), None)
            instead = f", only {kind}, which is another class" if kind is not None else ""
            advice = f"; a step takes subclasses with `{SUBCLASSES}=True`" if kind is not None else ""
            yield Loss(
                LossKind.SILENCE,
                f'step "{step.name}"',
                step.span,
                f"never returns or sends {event.name}{instead}, so {' and '.join(takers)} never runs",
                f"return one, or take it out of the annotation{advice}",
                next(taker.span for taker in flow.takers(event)),
                step.name,
                for_auditors=True,
            )


# ------------------------------------------------------------------------------------------------------ faults


def _faults(flow: Flow) -> None:
    """What the framework finds wrong with the graph when a run begins."""
    if flow.draft.unresolved or not flow.steps:
        return
    taken = [event for step in flow.steps for event in step.accepts.events]
    if not any(START_EVENT in event.kinds() or event.undisclosed for event in taken):
        flow.draft.fault(FaultKind.NO_ENTRY, flow.draft.name, flow.draft.span)
    if not any(STOP_EVENT in event.kinds() or event.undisclosed for event in flow.producers):
        detail = "no step returns a StopEvent"
        flow.draft.fault(FaultKind.NO_EXIT, flow.draft.name, flow.draft.span, detail=detail)
    for step in flow.steps:
        _strays(flow, step)


def _strays(flow: Flow, step: FlowStep) -> None:
    """The one event of a step that nobody takes; of several, the choice tells."""
    for event in step.returns.events if len(step.returns.events) == 1 else ():
        if not flow.takers(event) and not event.undisclosed and not event.kinds() & {STOP_EVENT, ASKING}:
            detail = f'step "{step.name}" returns it'
            part = f"a step that takes {event.name}"
            flow.draft.fault(FaultKind.MISSING_PART, part, step.span, None, detail)
