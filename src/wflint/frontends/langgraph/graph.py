"""A `StateGraph` and the calls made on it, folded into a draft of a workflow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from wflint.assembly.contracts import certainty, needs_of, needs_open
from wflint.assembly.draft import Draft
from wflint.evaluate.events import Event
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.iteration import elements, listed
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Const,
    Mapping,
    Object,
    Place,
    Rest,
    Sequence,
    Value,
    options_of,
    present,
    text_of,
)
from wflint.frontends.langgraph.routing import Routes, Target, collect, label_of, routes_of
from wflint.frontends.langgraph.steps import ReadStep, node_name, read_step
from wflint.model.contract import Certainty
from wflint.model.span import Span
from wflint.model.workflow import (
    END,
    START,
    Aspect,
    Choice,
    Edge,
    EdgeKind,
    Fault,
    FaultKind,
    Join,
    Mapped,
    Route,
)


@dataclass(slots=True)
class GraphDraft:
    """One builder on its way to a workflow; `read` are its steps as they were read, by name."""

    interp: Interpreter
    builder: Object
    draft: Draft
    state: Value | None
    read: dict[str, ReadStep] = field(default_factory=dict)
    added: dict[str, tuple[Value, Place, bool]] = field(default_factory=dict)


def fold(graph: GraphDraft, events: list[Event]) -> None:
    """Take the builder's calls in order."""
    for event in events:
        handler = HANDLERS.get(event.path.rpartition(".")[2])
        if handler is not None:
            handler(graph, event)
    for name, step in graph.read.items():
        _gotos(graph, name, step)


# ------------------------------------------------------------------------------------------------------- steps


def _add_node(graph: GraphDraft, event: Event) -> None:
    first, second = event.arguments.get("node", 0), event.arguments.get("action", 1)
    if first is None:
        graph.draft.open("a step whose name and code are not in the source", event.place.span, Aspect.STEPS)
        return
    for option in graph.interp.possibilities(first):
        name = text_of(option)
        action = second
        if name is None and (second is None or second == NONE):
            name, action = node_name(option), option
        if name is None:
            graph.draft.open("a step whose name cannot be told", event.place.span, Aspect.STEPS)
            continue
        _add_step(graph, name, action if action is not None else first, event, sure=option is first or _one(first))


def _one(value: Value) -> bool:
    return len(options_of(value)) == 1


def _add_step(graph: GraphDraft, name: str, action: Value, event: Event, *, sure: bool) -> None:
    old = graph.added.get(name)
    certain = event.certain and sure
    if old is not None:
        _again(graph, name, old, event, certain=certain)
        return
    graph.added[name] = (action, event.place, certain)
    step = read_step(graph.interp, name, action, event.place, event.arguments, graph.state)
    graph.read[name] = step
    graph.draft.steps[name] = step.step
    if step.step.offers_open and step.graph is None and step.reading is None and not step.ready_made:
        graph.draft.open(f'the code of step "{name}" is not in the source', event.place.span, Aspect.CONTRACT, name)
    destinations = event.arguments.get("destinations")
    if destinations is not None and destinations != NONE:
        _destinations(graph, name, destinations, event)


def _again(graph: GraphDraft, name: str, old: tuple[Value, Place, bool], event: Event, *, certain: bool) -> None:
    """A second step of a name: the framework refuses it when both are certainly added."""
    if certain and old[2] and old[1].span != event.place.span:
        fault = Fault(FaultKind.DUPLICATE_STEP, name, event.place.span, old[1].span)
        graph.draft.faults.append(fault)


def _destinations(graph: GraphDraft, name: str, value: Value, event: Event) -> None:
    routes = Routes()
    for item in elements(graph.interp, value).content:
        inner = item.value if isinstance(item, Rest) else present(item)
        if inner is not None:
            collect(graph.interp, routes, inner, event.place, certain=True)
    graph.read[name].gotos.declared = tuple(routes.labels()) or None


def _add_sequence(graph: GraphDraft, event: Event) -> None:
    items = listed(event.arguments.get("nodes", 0))
    if items is None:
        graph.draft.open("a sequence of steps that is not all known", event.place.span, Aspect.STEPS)
        return
    previous: str | None = None
    for item in items:
        pair = listed(item) if isinstance(item, Sequence) else None
        name = text_of(pair[0]) if pair else node_name(item)
        if name is None:
            graph.draft.open("a step whose name cannot be told", event.place.span, Aspect.STEPS)
            previous = None
            continue
        plain = Event(event.subject, event.path, Arguments(), event.place, event.certain)
        _add_step(graph, name, pair[1] if pair and len(pair) > 1 else item, plain, sure=True)
        if previous is not None:
            _direct(graph, previous, name, event)
        previous = name


# ------------------------------------------------------------------------------------------------------- edges


def _direct(graph: GraphDraft, source: str, target: str, event: Event, kind: EdgeKind = EdgeKind.DIRECT) -> None:
    span = event.place.span
    if source == END:
        graph.draft.faults.append(Fault(FaultKind.EDGE_FROM_END, target, span))
        return
    if target == START:
        graph.draft.faults.append(Fault(FaultKind.EDGE_INTO_START, source, span))
        return
    join = len(graph.draft.joins) if kind is EdgeKind.FAN_IN else None
    graph.draft.add_edge(Edge(source, target, kind, span, certainty(event.certain), join=join), "edge target")


def _add_edge(graph: GraphDraft, event: Event) -> None:
    start, end = event.arguments.get("start_key", 0), event.arguments.get("end_key", 1)
    if start is None or end is None:
        graph.draft.open("an edge whose ends are not in the source", event.place.span, Aspect.EDGES)
        return
    targets = _names(graph, end, event, "the target of an edge")
    if isinstance(start, Sequence):
        _join(graph, start, targets, event)
        return
    sources = _names(graph, start, event, "the source of an edge")
    sure = len(sources) == 1 and len(targets) == 1
    plain = event if sure else Event(event.subject, event.path, event.arguments, event.place, certain=False)
    for source in sources:
        for target in targets:
            _direct(graph, source, target, plain)


def _join(graph: GraphDraft, start: Sequence, targets: list[str], event: Event) -> None:
    sources = [name for item in start.content for name in _names(graph, _item(item), event, "the source of a join")]
    for target in targets:
        kind = EdgeKind.FAN_IN if len(sources) > 1 else EdgeKind.DIRECT
        for source in sources:
            _direct(graph, source, target, event, kind)
        if len(sources) > 1 and start.closed:
            graph.draft.joins.append(Join(tuple(sources), target, event.place.span))


def _item(item: Value) -> Value:
    return item.value if isinstance(item, Rest) else present(item) or item


def _names(graph: GraphDraft, value: Value, event: Event, what: str) -> list[str]:
    """The step names that a value may be; what cannot be told is noted as open."""
    names: list[str] = []
    options = graph.interp.possibilities(value)
    for option in options:
        name = text_of(option)
        if name is None:
            name = node_name(option)
        if name is None:
            graph.draft.open(f"{what} cannot be told", event.place.span, Aspect.EDGES)
        else:
            names.append(name)
    return names


def _entry(graph: GraphDraft, event: Event) -> None:
    for name in _names(graph, event.arguments.get("key", 0) or NONE, event, "the entry point"):
        _direct(graph, START, name, event)


def _finish(graph: GraphDraft, event: Event) -> None:
    for name in _names(graph, event.arguments.get("key", 0) or NONE, event, "the finish point"):
        _direct(graph, name, END, event)


# ------------------------------------------------------------------------------------------------------- choices


def _conditional(graph: GraphDraft, event: Event) -> None:
    source = event.arguments.get("source", 0)
    for name in _names(graph, source or NONE, event, "the source of a conditional edge"):
        _choose(graph, name, event, shift=1)


def _conditional_entry(graph: GraphDraft, event: Event) -> None:
    _choose(graph, START, event, shift=0)


def _choose(graph: GraphDraft, source: str, event: Event, *, shift: int) -> None:
    path = event.arguments.get("path", shift)
    path_map = event.arguments.get("path_map", shift + 1)
    if path_map is None:
        path_map = event.arguments.get("conditional_edge_mapping")
    routes, reading = routes_of(graph.interp, path, graph.state) if path is not None else (Routes(), None)
    if path is not None and reading is None:
        routes.unknown.append(event.place)
    mapping = _mapping(graph, path_map, event)
    span = event.place.span
    number = len(graph.draft.choices)
    graph.draft.choices.append(
        Choice(
            source=source,
            name=node_name(path) or "a router" if path is not None else "a router",
            span=span,
            decider=reading.function.place.span if reading else None,
            routes=_routes(routes),
            closed=not routes.unknown,
            declared=routes.declared,
            mapping=mapping,
            falls_through=routes.none.span if routes.none else None,
            exclusive=not routes.several,
            needs=needs_of(reading, graph.interp) if reading else (),
            needs_open=needs_open(reading) if reading else True,
        )
    )
    ways = _ways(graph, source, routes, mapping, event)
    for target, label, way in ways:
        _branch(graph, source, target, label, way, event, number)
    _then(graph, event, [target for target, _, _ in ways], shift)


def _routes(routes: Routes) -> tuple[Route, ...]:
    return tuple(Route(t.label, t.place.span, certainty(t.certain)) for t in routes.targets if not t.sends)


def _mapping(graph: GraphDraft, value: Value | None, event: Event) -> tuple[Mapped, ...] | None:
    """A path map as labels and names; None where there is none."""
    if value is None or value == NONE:
        return None
    mapped: list[Mapped] = []
    for option in options_of(value):
        if isinstance(option, Mapping):
            for key, target in option.known():
                place = option.places.get(key, event.place)
                for name in _names(graph, present(target) or target, event, "the target of a path map"):
                    mapped.append(Mapped(label_of(Const(key)) or str(key), name, graph.interp.visible(place).span))
        elif isinstance(option, Sequence):
            for item in option.content:
                for name in _names(graph, _item(item), event, "the target of a path map"):
                    mapped.append(Mapped(name, name, event.place.span))
        else:
            graph.draft.open("a path map that cannot be read", event.place.span, Aspect.EDGES)
    return tuple(mapped)


Way = tuple[str, str, Target | None]


def _ways(
    graph: GraphDraft, source: str, routes: Routes, mapping: tuple[Mapped, ...] | None, event: Event
) -> list[Way]:
    """The targets of a choice, each with its label and the route that leads there, if one is known."""
    by_label: dict[str, Target] = {}
    for target in routes.targets:
        by_label.setdefault(target.label, target)
    sent = [(t.label, t.label, t) for t in routes.targets if t.sends]
    if mapping is not None:
        if not _readable(graph, event):
            graph.draft.open(
                f'the targets of the choice after "{source}" are not all known', event.place.span, Aspect.EDGES, source
            )
        return [*((m.target, m.label, by_label.get(m.label)) for m in mapping), *sent]
    if routes.declared is not None:
        return [*((label, label, by_label.get(label)) for label in routes.declared), *sent]
    if routes.unknown:
        where = routes.unknown[0]
        graph.draft.open(f'where the choice after "{source}" leads cannot be told', where.span, Aspect.EDGES, source)
    return [(t.label, t.label, t) for t in routes.targets]


def _readable(graph: GraphDraft, event: Event) -> bool:
    return not any(u.span == event.place.span and u.aspect is Aspect.EDGES for u in graph.draft.unresolved)


def _branch(
    graph: GraphDraft, source: str, target: str, label: str, way: Target | None, event: Event, number: int
) -> None:
    span = event.place.span
    sends = way is not None and way.sends
    kind = EdgeKind.FAN_OUT if sends else EdgeKind.CONDITIONAL
    graph.draft.add_edge(
        Edge(
            source,
            target,
            kind,
            span if way is None or not sends else way.place.span,
            certainty(event.certain),
            label=label,
            choice=number,
            assumes=way.assumes if way is not None else (),
            payload=way.payload if way is not None else None,
        ),
        "route",
    )


def _then(graph: GraphDraft, event: Event, targets: list[str], shift: int) -> None:
    """The old `then=`: all chosen steps lead on to one."""
    then = event.arguments.get("then", shift + 2)
    if then is None or then == NONE:
        return
    for name in _names(graph, then, event, "the step after a choice"):
        for target in targets:
            if target != END:
                _direct(graph, target, name, event)


def _gotos(graph: GraphDraft, name: str, step: ReadStep) -> None:
    """The ways that a step's own code takes with `Command(goto=...)`."""
    routes = step.gotos
    if not routes.targets and not routes.unknown and routes.declared is None:
        return
    where = step.reading.function.place if step.reading else graph.added[name][1]
    number = len(graph.draft.choices)
    graph.draft.choices.append(
        Choice(
            source=name,
            name=node_name(graph.added[name][0]) or name,
            span=where.span,
            decider=where.span,
            routes=_routes(routes),
            closed=not routes.unknown,
            declared=routes.declared,
            exclusive=not routes.several,
            within_step=True,
        )
    )
    by_label = {target.label: target for target in reversed(routes.targets)}
    labels = routes.declared if routes.declared is not None else tuple(routes.labels())
    if routes.unknown and routes.declared is None:
        span = routes.unknown[0].span
        graph.draft.open(f'where step "{name}" sends control cannot be told', span, Aspect.EDGES, name)
    for label in labels:
        way = by_label.get(label)
        span = way.place.span if way is not None else where.span
        sends = way is not None and way.sends
        graph.draft.add_edge(
            Edge(
                name,
                label,
                EdgeKind.FAN_OUT if sends else EdgeKind.CONDITIONAL,
                span,
                Certainty.CERTAIN,
                label=label,
                choice=number,
                payload=way.payload if way is not None else None,
            ),
            "goto",
        )


HANDLERS: dict[str, Callable[[GraphDraft, Event], None]] = {
    "add_node": _add_node,
    "add_sequence": _add_sequence,
    "add_edge": _add_edge,
    "set_entry_point": _entry,
    "set_finish_point": _finish,
    "add_conditional_edges": _conditional,
    "set_conditional_entry_point": _conditional_entry,
}


def span_of(builder: Object) -> Span:
    """Where the builder is constructed."""
    assert builder.place is not None
    return builder.place.span
