"""Graphs of the builder: what was added to it, as steps and edges."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, count
from operator import attrgetter

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.coded_step import returned_type
from wflint.assembly.contracts.effects import certainty
from wflint.assembly.contracts.parts import parts_of_input
from wflint.assembly.contracts.shapes import returned_shape
from wflint.assembly.draft import Draft, edge_kind
from wflint.assembly.function_summary import summarize
from wflint.assembly.unmodelled import open_unmodelled
from wflint.evaluate.class_values import Class
from wflint.evaluate.contents import item_if_there
from wflint.evaluate.events import ApiCall
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare
from wflint.evaluate.values import (
    ExternalName,
    Function,
    Location,
    Object,
    Sequence,
    Value,
    last_of,
)
from wflint.frontends.pydantic_graph.carried_counts import with_carried_counts
from wflint.frontends.pydantic_graph.classes import choice_of
from wflint.frontends.pydantic_graph.contexts import failing_code
from wflint.frontends.pydantic_graph.decisions import hidden_branches, is_empty_decision, unmatchable, unmatched
from wflint.frontends.pydantic_graph.fields import with_expectations
from wflint.frontends.pydantic_graph.maps import MappingEdge, beyond_the_end, empty_maps, unmappable
from wflint.frontends.pydantic_graph.nodes import (
    ReadNode,
    id_of,
    is_node,
    messages_of,
    plain,
    read_function,
    read_node,
    ways_of,
)
from wflint.frontends.pydantic_graph.paths import Arrival, arrivals, end_of, sources_of_path
from wflint.frontends.pydantic_graph.reducers import cancelled_writes, overwritten_keys, shared_start, unreducible
from wflint.frontends.pydantic_graph.table import JOIN, STEP, named
from wflint.model.contract import Certainty, Outcome, Shape
from wflint.model.grouping import grouped
from wflint.model.span import Span
from wflint.model.workflow import (
    END,
    START,
    Aspect,
    Choice,
    Edge,
    FaultKind,
    FieldMapping,
    MappedRoute,
    Route,
    Step,
    StepKind,
)
from wflint.source.code import FunctionDef


class Building(Struct):
    """A builder on its way to a workflow.

    `known` are its nodes by id, `joins` the ids of those that join, `registered` those that were added by themselves or
    begin an edge: only of these the framework reads the return annotation. `maps` are the edges that map a list, and do
    not say which join waits for its items.
    """

    interp: Interpreter
    draft: Draft
    stateful: bool
    known: dict[str, Value] = field(default_factory=dict)
    joins: set[str] = field(default_factory=set)
    registered: set[str] = field(default_factory=set)
    read: dict[str, ReadNode] = field(default_factory=dict)
    maps: list[MappingEdge] = field(default_factory=list)


def fold(building: Building, api_calls: list[ApiCall]) -> None:
    """Everything that was added to a builder."""
    open_unmodelled(building.draft, api_calls, building.interp.library_model)
    for api_call in api_calls:
        match api_call.method:
            case "add":
                _add(building, api_call)
            case "add_edge" | "add_mapping_edge" as method:
                _add_edge(building, api_call, spread=method == "add_mapping_edge")
            case _:
                pass
    steps = building.draft.steps
    into = grouped(building.draft.edges.values(), attrgetter("target"))
    for name in building.joins:
        steps[name] = replace(steps[name], deferred=True)
        _gather(building, name, into)
    building.draft.losses += empty_maps(building.maps, building.draft.edges, building.joins, building.read)
    nodes = {cls: building.read[name] for name, cls in building.known.items() if isinstance(cls, Class)}
    for name, read in building.read.items():
        steps[name] = with_expectations(building.interp, steps[name], read, nodes)
    with_carried_counts(building.interp, steps, building.read, nodes)


def _gather(building: Building, name: str, into: Mapping[str, list[Edge]]) -> None:
    """Look at what the steps right before a join give it; `into` are all edges by their targets."""
    join, draft = building.known[name], building.draft
    plain = [edge for edge in into.get(name, ()) if not (edge.reworked or edge.fan_out)]
    direct = [edge.source for edge in plain if edge.choice is None and edge.certainty is Certainty.CERTAIN]
    many = {each for each in direct if any(edge.fan_out for edge in into.get(each, ()))}
    if isinstance(join, Object):
        given = {each: returned_by(building, building.known[each]) for each in direct if each in building.known}
        draft.faults += unreducible(join, given, name)
        draft.losses += overwritten_keys(join, name, (draft.steps[each] for each in direct if each in many))
        alone = [each for each in dict.fromkeys(direct) if each not in many]
        draft.losses += cancelled_writes(draft, join, name, alone)


def _add(building: Building, api_call: ApiCall) -> None:
    items = list(api_call.arguments.positional)
    if api_call.arguments.open:
        building.draft.open("an edge is not known statically", api_call.span, Aspect.EDGES)
    while items:
        item = items.pop(0)
        if isinstance(item, Sequence):
            items[:0] = item.content
            continue
        inner = item_if_there(item)
        if isinstance(inner, Object) and last_of(inner.path) == "node":
            given = inner.arguments.get("node_type", 0)
            cls = plain(given) if given is not None else None
            if isinstance(cls, Class):
                name = _name(building, cls, api_call.location)
                building.registered |= {name} if name is not None else set()
            else:
                building.draft.open("a node is not known statically", api_call.span, Aspect.STEPS)
        elif isinstance(inner, Object) and (sources := sources_of_path(inner)) is not None:
            found = list(arrivals(building.interp, inner))
            if _cannot_be_added(building, inner, sources, found, api_call):
                continue
            building.draft.losses += hidden_branches(inner)
            building.draft.faults += (*unmatchable(inner), *unmappable(building.interp, inner, sources))
            for source in sources:
                _lead(building, source, found, api_call, inner)
            if not found:
                building.draft.open("an end of an edge is not known statically", api_call.span, Aspect.EDGES)
        else:
            building.draft.open("an edge is not known statically", api_call.span, Aspect.EDGES)


def _cannot_be_added(
    building: Building, path: Object, sources: tuple[Value, ...], found: list[Arrival], api_call: ApiCall
) -> bool:
    """Say what is refused: a map of several sources at once, a way to a decision that leads nowhere (not drawn)."""
    mapped = len(sources) > 1 and any(arrival.many and not arrival.decided for arrival in found)
    text = "a map of what several steps give" if mapped else "a decision without a branch"
    if not mapped and not is_empty_decision(path):
        return False
    detail = "give each of them an edge of its own" if mapped else "the graph does not build"
    building.draft.fault(FaultKind.REFUSED, text, api_call.span, detail=detail)
    return not mapped


def _add_edge(building: Building, api_call: ApiCall, *, spread: bool) -> None:
    source = api_call.get("source", 0)
    target = api_call.get("map_to" if spread else "destination", 1)
    if source is None or target is None:
        building.draft.open("the ends of an edge are not known statically", api_call.span, Aspect.EDGES)
        return
    label = named(api_call.get("label"))
    awaited = api_call.get("downstream_join_id") is not None
    found = Arrival(plain(target), api_call.span, label, spread=spread, many=spread, awaited=awaited)
    _lead(building, plain(source), [found], api_call)


def _lead(
    building: Building, source: Value, found: list[Arrival], api_call: ApiCall, path: Object | None = None
) -> None:
    """Edges from a node to where its path arrives; several that are decided are a choice."""
    start = _name(building, source, api_call.location)
    targets = [(arrival, _name(building, arrival.node, api_call.location)) for arrival in found]
    if start is None or any(name is None for _, name in targets):
        affects = (start,) if start is not None else ()
        building.draft.open("the ends of an edge are not known statically", api_call.span, Aspect.EDGES, *affects)
    if start is None:
        return
    if start == END:
        building.draft.losses.append(beyond_the_end(api_call.span))
        return
    building.registered.add(start)
    _take(building, start, found, api_call.location)
    decided = [(arrival, name) for arrival, name in targets if arrival.decided and name is not None]
    lacking = unmatched(path, returned_by(building, source)) if path is not None else ()
    choice = _choose(building, start, decided, api_call, lacking) if decided else None
    for arrival, name in targets:
        if name is not None and arrival.many and not arrival.awaited:
            building.maps.append(MappingEdge(start, name, arrival.span))
        if name is not None:
            building.draft.add_edge(_edge(building, start, name, arrival, choice, api_call))


def returned_by(building: Building, node: Value) -> Value | None:
    """What the function of a step says that it returns."""
    function = node.content.get("function") if isinstance(node, Object) and node.path == STEP else None
    found = function_of(function) if isinstance(function, Object | Function) else None
    return bare(returned_type(building.interp, found)) if found is not None else None


def _choose(
    building: Building,
    start: str,
    decided: list[tuple[Arrival, str]],
    api_call: ApiCall,
    lacking: tuple[str, ...],
) -> int:
    """The decision after a node; what its annotation lists and no branch takes fails the run, if it ever comes."""
    known = building.draft.steps.get(start)
    place = (known.definition or known.span) if known is not None else api_call.span
    routes = [*(arrival.label or name for arrival, name in decided), *lacking] if lacking else ()
    mapping = tuple(MappedRoute(arrival.label or name, name, arrival.span) for arrival, name in decided)
    spread = any(arrival.spread for arrival, _ in decided)
    return building.draft.choose(
        Choice(
            start,
            "decision",
            decided[0][0].span,
            routes=tuple(Route(label, place, Certainty.POSSIBLE) for label in dict.fromkeys(routes)),
            mapping=mapping,
            exclusive=not spread,
            on_unmapped_label=Outcome.FAILS,
            needs_open=True,
        )
    )


def _edge(
    building: Building, source: str, target: str, arrival: Arrival, choice: int | None, api_call: ApiCall
) -> Edge:
    kind = edge_kind(conditional=arrival.decided, joined=target in building.joins, fans_out=arrival.spread)
    carried = () if building.stateful or source == START or target == END else (FieldMapping("output", "inputs"),)
    return Edge(
        source,
        target,
        kind,
        arrival.span,
        certainty(api_call.certain),
        arrival.label,
        choice if arrival.decided else None,
        fan_out=arrival.many,
        field_map=carried,
        reworked=bool(arrival.transforms),
        passed_on=_passed_on(building, arrival, api_call.location),
    )


def _passed_on(building: Building, arrival: Arrival, at: Location) -> Shape | None:
    """What the last function on the way makes of what is handed over; of many items nobody knows which."""
    last = arrival.transforms[0] if arrival.transforms and not arrival.many else None
    summary = summarize(building.interp, last, None, at) if last is not None else None
    return returned_shape(building.interp, summary) if summary is not None else None


def _take(building: Building, start: str, found: list[Arrival], at: Location) -> None:
    """Note what the first function on the way reads of what a step returns, where that is not parted before."""
    step = building.draft.steps.get(start)
    plain = [each for each in found if each.transforms and not each.decided and not each.many]
    for function in dict.fromkeys(each.transforms[-1] for each in plain) if step is not None else ():
        summary = summarize(building.interp, function, None, at)
        if summary is not None and step is not None:
            step = replace(step, taken=(*step.taken, *parts_of_input(summary, "inputs")))
    if step is not None:
        building.draft.steps[start] = step


# ------------------------------------------------------------------------------------------------------- nodes


def _name(building: Building, node: Value, location: Location) -> str | None:
    """The id of a node, which becomes a step where it is new."""
    end = end_of(node)
    if end is not None:
        return START if end == "start" else END
    name = _id(building, node)
    if name is None:
        return None
    old = building.known.get(name)
    if old is None:
        building.known[name] = node
        _read(building, name, node, location)
    elif old is not node and not (
        isinstance(old, Object) and isinstance(node, Object) and old.location == node.location
    ):
        building.draft.fault(FaultKind.DUPLICATE_STEP, name, location.span, _where(old))
    return name


def _where(node: Value) -> Span | None:
    return node.location.span if isinstance(node, Object | Class) and node.location is not None else None


def step_name(made: Object) -> str | None:
    """The id of what `@builder.step` makes."""
    given = named(made.arguments.get("node_id"))
    function = made.content.get("function")
    found = function_of(function) if isinstance(function, Object | Function) else None
    return given or (found.name if found is not None else None)


def _id(building: Building, node: Value) -> str | None:
    match node:
        case Object(path=path) if path == STEP:
            return step_name(node)
        case Object(path=path) if path == JOIN:
            return named(node.arguments.get("node_id")) or _join_id(building, node)
        case Class() if is_node(node):
            return id_of(building.interp, node)
        case _:
            return None


def _join_id(building: Building, node: Object) -> str | None:
    """A join without an id is called like its reducer, with a number from the second on."""
    base = _called(node.arguments.get("reducer", 0))
    if base is None:
        return None
    candidates = chain([base], (f"{base}_{number}" for number in count(2)))
    return next(name for name in candidates if building.known.get(name, node) is node)


def _called(reducer: Value | None) -> str | None:
    match reducer:
        case Function(name=name):
            return name
        case ExternalName(path=path) | Object(path=str(path)):
            return last_of(path)
        case _:
            return None


def _read(building: Building, name: str, node: Value, location: Location) -> None:
    draft = building.draft
    if isinstance(node, Class):
        building.read[name] = read_node(building.interp, name, node, location)
        draft.steps[name] = building.read[name].step
        draft.losses += failing_code(building.interp, name, building.read[name])
        run = node.find("run")
        _annotated(building, node, run if isinstance(run, Function) else None, node)
        return
    assert isinstance(node, Object)
    span = node.site.span
    if node.path != STEP:
        building.joins.add(name)
        draft.losses += shared_start(name, node)
        draft.steps[name] = Step(name, StepKind.FUNCTION, span, offers_open=True, needs_open=True)
        return
    function = node.content.get("function")
    assert isinstance(function, Value)
    found = building.read[name] = read_function(building.interp, name, function, node.site)
    step = found.step
    draft.losses += failing_code(building.interp, name, found)
    if not building.stateful:
        offers, needs = messages_of(building.interp, function, span, found.summary)
        step = replace(step, offers=offers, needs=needs)
    draft.steps[name] = step
    _annotated(building, node, function_of(function), None)


def _annotated(building: Building, node: Value, function: Function | None, owner: Class | None) -> None:
    """The edges that follow from a return annotation that names nodes."""
    ways = ways_of(building.interp, function, owner)
    name = _id(building, node)
    if name is None or function is None:
        return
    if ways is None:
        if owner is not None and isinstance(function.node, FunctionDef) and function.node.returns is None:
            text = f'node "{name}", whose `run` has no return type'
            building.draft.fault(FaultKind.REFUSED, text, function.location.span, detail="edges are read from it")
        if owner is not None:
            reason = f'the targets of node "{name}" are not known statically'
            building.draft.open(reason, function.location.span, Aspect.EDGES, name)
        return
    span, read = function.location.span, building.read.get(name)
    known = {way: END if way.target is None else _name(building, way.target, function.location) for way in ways}
    targets = {way: target for way, target in known.items() if target is not None}
    choice = None
    if owner is not None and read is not None and len(targets) > 1:
        choice = choice_of(building.interp, building.draft, name, targets, span, read)
    for way, target in targets.items():
        kind = edge_kind(conditional=len(ways) > 1, joined=target in building.joins)
        building.draft.add_edge(Edge(name, target, kind, span, label=way.label, choice=choice))
