"""Choices: conditional edges, and the gotos in the code of steps."""

from __future__ import annotations

from collections.abc import Hashable
from operator import or_

from msgspec.structs import replace

from wflint.assembly.contracts.effects import certainty, needs_open, read_set
from wflint.assembly.contracts.label_tests import label_tests
from wflint.assembly.contracts.thresholds import thresholds_of
from wflint.assembly.contracts.written_labels import unreturned_labels
from wflint.assembly.function_summary import FunctionSummary
from wflint.assembly.routes import Routes, Target, label_of
from wflint.evaluate.events import ApiCall
from wflint.evaluate.keys import value_of
from wflint.evaluate.values import (
    NONE,
    OTHER_KEYS,
    Const,
    EnumMember,
    Mapping,
    Sequence,
    Value,
    alternatives,
    bound_part,
    text_of,
)
from wflint.frontends.langgraph.asked_again import asked_again
from wflint.frontends.langgraph.graph_draft import GraphDraft, connect, inner_of, names_in
from wflint.frontends.langgraph.left_out import ignored_commands
from wflint.frontends.langgraph.naming import node_name
from wflint.frontends.langgraph.obliged import always_calls_tools, ends_with_calls
from wflint.frontends.langgraph.refusals import check_route, check_router
from wflint.frontends.langgraph.routing import routes_of
from wflint.frontends.langgraph.settled_labels import settled_labels
from wflint.frontends.langgraph.steps import ReadStep, own_schema
from wflint.model.contract import Outcome
from wflint.model.span import Span
from wflint.model.workflow import END, START, Aspect, Choice, Edge, EdgeKind, MappedRoute
from wflint.source.code import FunctionDef


def conditional(graph: GraphDraft, api_call: ApiCall) -> None:
    """`add_conditional_edges(source, path, path_map)`."""
    source = api_call.get("source", 0)
    for name in names_in(graph, source or NONE, api_call, "the source of a conditional edge"):
        _choose(graph, name, api_call, shift=1)


def conditional_entry(graph: GraphDraft, api_call: ApiCall) -> None:
    """`set_conditional_entry_point(path, path_map)`."""
    _choose(graph, START, api_call, shift=0)


def _choose(graph: GraphDraft, source: str, api_call: ApiCall, *, shift: int) -> None:
    path = api_call.get("path", shift)
    path_map = api_call.get("path_map", shift + 1)
    if path_map is None:
        path_map = api_call.get("conditional_edge_mapping")
    routes, summary = (
        routes_of(graph.interp, path, graph.state, api_call.location) if path is not None else (Routes(), None)
    )
    if path is not None and summary is None:
        routes.unknown.append(api_call.location)
    if path is not None:
        check_router(graph, source, path, api_call)
        graph.draft.losses += ignored_commands(source, summary)
        graph.draft.losses += asked_again(graph.read.get(source), summary)
    schema = own_schema(graph.interp, None, summary) if summary is not None else None
    if schema is not None:
        graph.schemas.append(schema)
    mapping = _mapping(graph, path_map, api_call)
    span = api_call.span
    needs = read_set(summary, graph.interp) if summary else ()
    looks_at_more = needs_open(summary) if summary else True
    before = graph.draft.steps.get(source) if not looks_at_more else None
    number = graph.draft.choose(
        Choice(
            source=source,
            name=node_name(path) or "a router" if path is not None else "a router",
            span=span,
            decider=summary.location.span if summary else None,
            routes=routes.routes(),
            closed=not routes.unknown,
            declared=routes.declared,
            sticks_to_declared=routes.sticks_to_declared,
            mapping=mapping,
            mapping_open=mapping is not None and not _readable(graph, api_call),
            may_return_none_at=routes.none.span if routes.none and not _is_settled(graph, source, summary) else None,
            exclusive=not routes.several,
            together=routes.together(),
            on_unmapped_label=Outcome.FAILS,
            needs=needs,
            needs_open=looks_at_more,
            unreturned=unreturned_labels(summary, routes.labels()),
            settled=settled_labels(graph.interp, path, needs, before, api_call.location),
            sees_update=schema is None,
            own_schema=schema,
            thresholds=thresholds_of(summary),
            label_tests=label_tests(summary),
        )
    )
    ways = _ways(graph, source, routes, mapping, api_call)
    for target, label, way in ways:
        sends = way is not None and way.sends
        place = way.location.span if way is not None and sends else span
        at = way.location if way is not None else api_call.location
        if api_call.certain and check_route(graph, source, target, at, sends=sends):
            continue
        assumes = way.assumes if way is not None else ()
        edge = _edge((source, target), label, way, place, number)
        graph.draft.add_edge(replace(edge, certainty=certainty(api_call.certain), assumes=assumes), "route")
    _then(graph, api_call, [target for target, _, _ in ways], shift)


def _is_settled(graph: GraphDraft, source: str, router: FunctionSummary | None) -> bool:
    """Whether a router gives a label wherever a tool is called, and the model before it always calls one."""
    read = graph.read.get(source)
    node = router.function.node if router is not None else None
    asked = read is not None and always_calls_tools(read.summary)
    return asked and isinstance(node, FunctionDef) and ends_with_calls(node.body)


def _mapping(graph: GraphDraft, value: Value | None, api_call: ApiCall) -> tuple[MappedRoute, ...] | None:
    """A path map as labels and names; None where there is none.

    A text is none either: LangGraph passes over what is no dict and no list. It goes by the labels where a dict is
    empty.
    """
    plain = [option == NONE or text_of(option) is not None for option in alternatives(value)]
    empty = [isinstance(option, Mapping) and not option.content for option in alternatives(value)]
    if all(map(or_, plain, empty)):
        return None
    mapped: list[MappedRoute] = []
    for option in alternatives(value):
        if isinstance(option, Mapping):
            for key, target in option.content.items():
                label = _label_of_key(graph, key) if key != OTHER_KEYS else None
                if label is None:
                    continue
                span = graph.interp.visible(option.locations.get(key, api_call.location)).span
                names = names_in(graph, bound_part(target) or target, api_call, "the target of a path map")
                mapped.extend(MappedRoute(label, name, span) for name in names)
            if not option.closed and _readable(graph, api_call):
                graph.draft.open("the path map is only partly known", api_call.span, Aspect.EDGES)
        elif isinstance(option, Sequence):
            for item in option.content:
                names = names_in(graph, inner_of(item), api_call, "the target of a path map")
                mapped.extend(MappedRoute(name, name, api_call.span) for name in names)
        else:
            graph.draft.open("the path map is not known statically", api_call.span, Aspect.EDGES)
    return tuple(mapped)


def _label_of_key(graph: GraphDraft, key: Hashable) -> str | None:
    """What a key of a path map stands for: members of an enumeration are labels, be they no texts."""
    made = value_of(graph.interp, key)
    match made:
        case EnumMember(cls=cls, name=name) if text_of(made) is None:
            return f"{cls.name}.{name}"
        case Const(value=plain):
            return label_of(made) or str(plain)
        case _:
            return label_of(made)


Way = tuple[str, str, Target | None]


def _ways(
    graph: GraphDraft, source: str, routes: Routes, mapping: tuple[MappedRoute, ...] | None, api_call: ApiCall
) -> list[Way]:
    """The targets of a choice, each with its label and the route that leads there, if one is known."""
    by_label: dict[str, Target] = {}
    for target in routes.targets:
        by_label.setdefault(target.label, target)
    sent = [(t.label, t.label, t) for t in routes.targets if t.sends]
    if mapping is not None:
        if not _readable(graph, api_call):
            graph.draft.open(
                f'the targets of the choice after "{source}" are only partly known', api_call.span, Aspect.EDGES, source
            )
        return [*((m.target, m.label, by_label.get(m.label)) for m in mapping), *sent]
    if routes.declared is not None:
        others = [] if routes.sticks_to_declared else [t for t in routes.targets if t.label not in routes.declared]
        return [*((label, label, by_label.get(label)) for label in routes.declared), *sent, *_named(others)]
    if routes.unknown:
        where = routes.unknown[0]
        graph.draft.open(
            f'the targets of the choice after "{source}" are not known statically', where.span, Aspect.EDGES, source
        )
    return _named(routes.targets)


def _named(targets: list[Target]) -> list[Way]:
    return [(target.label, target.label, target) for target in targets]


def _readable(graph: GraphDraft, api_call: ApiCall) -> bool:
    return not any(u.span == api_call.span and u.aspect is Aspect.EDGES for u in graph.draft.unresolved)


def _edge(pair: tuple[str, str], label: str, way: Target | None, span: Span, choice: int) -> Edge:
    """The edge of a route; one that is sent something takes that along in place of the state."""
    sends, many = (way.sends, way.many) if way is not None else (False, False)
    kind = EdgeKind.FAN_OUT if sends else EdgeKind.CONDITIONAL
    payload = way.payload if way is not None else None
    return Edge(*pair, kind, span, label=label, choice=choice, payload=payload, fan_out=many)


def _then(graph: GraphDraft, api_call: ApiCall, targets: list[str], shift: int) -> None:
    """The old `then=`: all chosen steps lead on to one."""
    then = api_call.get("then", shift + 2)
    if then is None or then == NONE:
        return
    for name in names_in(graph, then, api_call, "the step after a choice"):
        for target in targets:
            if target != END:
                connect(graph, target, name, api_call)


def _decider(graph: GraphDraft, name: str, step: ReadStep) -> str:
    """What people call the code that decides."""
    if step.summary is not None and step.summary.function.name:
        return step.summary.function.name
    return name if step.graph is not None else node_name(graph.added[name][0]) or name


def gotos(graph: GraphDraft, name: str, step: ReadStep) -> None:
    """The ways that a step's own code takes with `Command(goto=...)`, and those of its error handler instead."""
    _gotos(graph, name, step, instead=False)
    if step.handler is not None:
        _gotos(graph, name, step.handler, instead=True)


def _gotos(graph: GraphDraft, name: str, step: ReadStep, *, instead: bool) -> None:
    """Those of one piece of code; tools and sub-graphs send control on some runs only."""
    here = [target for target in step.gotos.targets if not target.either or target.label in (*graph.draft.steps, END)]
    routes = replace(step.gotos, targets=here)
    if not routes.targets and not routes.unknown and routes.declared is None:
        return
    where = step.summary.location if step.summary else graph.added[name][1]
    silent = routes.none or (where if step.ready_made or step.graph is not None else None)
    number = graph.draft.choose(
        Choice(
            source=name,
            name=_decider(graph, name, step),
            span=where.span,
            decider=where.span,
            routes=routes.routes(),
            closed=not routes.unknown,
            declared=routes.declared,
            may_return_none_at=silent.span if silent is not None else None,
            exclusive=not routes.several,
            together=routes.together(),
            is_goto=True,
            on_error=instead,
        )
    )
    by_label = {target.label: target for target in reversed(routes.targets)}
    labels = dict.fromkeys((*(routes.declared or ()), *routes.labels()))
    if routes.unknown and routes.declared is None:
        span = routes.unknown[0].span
        graph.draft.open(f'the goto targets of step "{name}" are not known statically', span, Aspect.EDGES, name)
    for label in labels:
        way = by_label.get(label)
        span = way.location.span if way is not None else where.span
        graph.draft.add_edge(_edge((name, label), label, way, span, number), "goto")
