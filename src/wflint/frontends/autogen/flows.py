"""Teams that follow a graph."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.assembly.contracts.effects import certainty
from wflint.assembly.contracts.parts import parts_of_input
from wflint.assembly.draft import edge_kind
from wflint.assembly.function_summary import summarize
from wflint.assembly.sequences import elements, may_be_set
from wflint.assembly.unmodelled import open_unmodelled
from wflint.evaluate.events import ApiCall
from wflint.evaluate.values import (
    NONE,
    UNBOUND,
    Arguments,
    Const,
    Location,
    Mapping,
    Object,
    Value,
    alternatives,
    text_of,
)
from wflint.frontends.autogen.coming_again import Rounds, counted_twice
from wflint.frontends.autogen.heard import AwaitedWords, words_heard
from wflint.frontends.autogen.participants import name_of
from wflint.frontends.autogen.refusals import refused_graph
from wflint.frontends.autogen.table import BUILT, GRAPH
from wflint.frontends.autogen.team_draft import TeamDraft
from wflint.frontends.autogen.ways import Graph, Way
from wflint.model.loss import Loss, LossKind
from wflint.model.workflow import START, Aspect, Edge, EdgeKind, FaultKind, Join


def fold_flow(flow: TeamDraft) -> None:
    """The edges of the graph between the participants, from the entry on."""
    graph = _graph(flow)
    if graph is None:
        flow.draft.open("the graph is not known statically", flow.span, Aspect.EDGES)
        return
    choices: dict[str, int] = {}
    for way in graph.ways:
        if way.conditional and way.source not in choices:  # several of its conditions, or none, may hold
            targets = [(w.target, w.span) for w in graph.ways if w.source == way.source and w.conditional]
            choices[way.source] = flow.choose(way.source, "condition", targets, ends=True)
    joins = _joins(flow, graph)
    fans = {way.source for way in graph.ways if len({w.target for w in graph.ways if w.source == way.source}) > 1}
    for way in graph.ways:
        join = joins.get((way.target, way.group or way.target)) if not way.any else None
        kind = edge_kind(conditional=way.conditional, joined=join is not None, fans_out=way.source in fans)
        choice = choices.get(way.source) if way.conditional else None
        sure = certainty(way.certain)
        edge = Edge(
            way.source, way.target, kind, way.span, sure, way.keyword, choice, None if way.conditional else join
        )
        flow.draft.add_edge(edge, "edge target")
        if way.words:
            flow.branching.append((way.source, AwaitedWords(way.words, anywhere=way.words), way.span))
    _enter(flow, graph)


def _joins(flow: TeamDraft, graph: Graph) -> dict[tuple[str, str], int]:
    """What waits for several others, by target and group; a condition that holds counts like any other edge."""
    groups: dict[tuple[str, str], list[Way]] = {}
    for way in graph.ways:
        if not way.any:
            groups.setdefault((way.target, way.group or way.target), []).append(way)
    several = {key: ways for key, ways in groups.items() if len({way.source for way in ways}) > 1}
    flow.draft.losses += (loss for key, ways in groups.items() if key not in several for loss in _doubled(ways))
    rounds = Rounds(graph.ways)
    for key, ways in list(several.items()):
        again = next((way for way in ways if rounds.comes_again(way)), None)
        if again is not None:
            del several[key]
            flow.draft.losses += [counted_twice(ways, again)] if _is_sure(ways) else []
    found = {key: len(flow.draft.joins) + number for number, key in enumerate(several)}
    for (target, _), ways in several.items():
        flow.draft.joins.append(Join(tuple(dict.fromkeys(way.source for way in ways)), target, ways[0].span))
    return found


def _is_sure(ways: list[Way]) -> bool:
    """Whether the conditions of edges are known, so that it is known which of them hold together."""
    return all(way.certain and (not way.conditional or way.keyword is not None) for way in ways)


def _doubled(ways: list[Way]) -> Iterator[Loss]:
    """Edges from one node to another whose conditions all have to hold in the end, as each edge is waited for."""
    words = {way.keyword for way in ways if way.conditional and way.certain and way.keyword is not None}
    if len(words) > 1 and len(words) == len(ways):
        first = ways[0]
        said = " and ".join(f'"{word}"' for word in sorted(words))
        yield Loss(
            LossKind.JOIN,
            f'step "{first.target}"',
            first.span,
            f'waits for each of its edges from "{first.source}": it runs once both {said} were said',
            'give the edges activation groups of their own, or `activation_condition="any"`',
            ways[-1].span,
            first.source,
            in_some=True,
        )


def _enter(flow: TeamDraft, graph: Graph) -> None:
    """The named entry, else every node that nothing leads to."""
    if graph.entry_open:
        flow.draft.open("the entry of the graph is not known statically", flow.span, Aspect.EDGES, START)
        return
    targets = {way.target for way in graph.ways}
    roots = [graph.entry] if graph.entry is not None else [name for name in graph.nodes if name not in targets]
    for name in roots:
        flow.draft.add_edge(Edge(START, name, EdgeKind.DIRECT, graph.entry_span or flow.span), "entry")
    if not roots and graph.nodes and not flow.draft.unresolved:
        flow.draft.fault(FaultKind.NO_ENTRY, flow.draft.name, flow.span)
    elif (fault := refused_graph(flow, graph)) is not None:
        flow.draft.faults.append(fault)


# ------------------------------------------------------------------------------------------------------ reading


def _graph(flow: TeamDraft) -> Graph | None:
    given = flow.argument("graph", 1)
    for option in alternatives(given):
        if isinstance(option, Object) and option.path == BUILT:
            return _built(flow)
        if isinstance(option, Object) and option.path == GRAPH:
            return _written(flow, option)
    return None


def _built(flow: TeamDraft) -> Graph:
    graph = Graph({}, [])
    for api_call in flow.graph:
        match api_call.method:
            case "add_node":
                _add_node(flow, graph, api_call)
            case "add_edge":
                _add_edges(flow, graph, api_call, api_call.get("target", 1), api_call.get("condition", 2))
            case "add_conditional_edges":
                _add_conditional(flow, graph, api_call)
            case "set_entry_point":
                names = _named(graph, api_call, "name", 0)
                graph.entry, graph.entry_span = (names[0], api_call.span) if names else (None, None)
                graph.entry_open = not names
            case _:
                pass
    open_unmodelled(flow.draft, flow.graph, flow.interp.library_model)
    return graph


def _add_node(flow: TeamDraft, graph: Graph, api_call: ApiCall) -> None:
    names = _names(api_call.get("agent", 0))
    for name in names:
        graph.nodes.setdefault(name, api_call.span)
    if not names:
        flow.draft.open("a node's name is not known statically", api_call.span, Aspect.EDGES)


def _add_edges(flow: TeamDraft, graph: Graph, api_call: ApiCall, target: Value | None, condition: Value | None) -> None:
    sources, targets = _named(graph, api_call, "source", 0), _added(graph, _names(target), api_call)
    for source in sources:
        _take(flow, source, condition, api_call.location)
        for name in targets:
            sure = api_call.certain and len(sources) == len(targets) == 1
            graph.ways.append(
                _way(flow, (source, name), api_call.location, api_call.arguments, condition, certain=sure)
            )
    if not sources or not targets:
        flow.draft.open("an end of an edge is not known statically", api_call.span, Aspect.EDGES, *sources)


def _take(flow: TeamDraft, source: str, condition: Value | None, at: Location) -> None:
    """Note what the code of a condition reads of what a member says."""
    step = flow.draft.steps.get(source)
    if step is None or step.result is None or condition is None or text_of(condition) is not None:
        return
    summary = summarize(flow.interp, condition, None, at)
    if summary is not None:
        flow.draft.steps[source] = replace(step, taken=(*step.taken, *parts_of_input(summary, CONTENT)))


CONTENT = "content"
"""Where a message has what was said."""


def _add_conditional(flow: TeamDraft, graph: Graph, api_call: ApiCall) -> None:
    given = api_call.get("condition_to_target", 1)
    if not isinstance(given, Mapping) or not given.closed:
        sources = _names(api_call.get("source", 0))
        flow.draft.open("the targets of an edge are not known statically", api_call.span, Aspect.EDGES, *sources)
    for keyword, target in given.known() if isinstance(given, Mapping) else ():
        _add_edges(flow, graph, api_call, target, Const(keyword))


def _way(
    flow: TeamDraft, ends: tuple[str, str], at: Location, options: Arguments, condition: Value | None, *, certain: bool
) -> Way:
    keyword = text_of(condition)
    heard = words_heard(flow.interp, condition, at) if keyword is None else AwaitedWords((keyword,))
    return Way(
        *ends, at.span, certain, may_be_set(condition), keyword,
        text_of(options.get("activation_group")), text_of(options.get("activation_condition")) == "any",
        words=heard.words if heard is not None else (),
    )  # fmt: skip


def _named(graph: Graph, api_call: ApiCall, name: str, position: int) -> list[str]:
    """The names that an argument may stand for."""
    return _added(graph, _names(api_call.get(name, position)), api_call)


def _added(graph: Graph, names: list[str], api_call: ApiCall) -> list[str]:
    """The names, of which those count that are not there yet."""
    if len(names) == 1 and api_call.certain:
        graph.early += [(name, api_call.span) for name in names if name not in graph.nodes]
    return names


def _names(value: Value | None) -> list[str]:
    """The names that an end of an edge may have; none where that is not known."""
    names = [name_of(option) for option in alternatives(value) if option is not UNBOUND]
    return [name for name in names if name is not None] if None not in names else []


def _written(flow: TeamDraft, made: Object) -> Graph:
    """`DiGraph(nodes={...})`, written out."""
    graph = Graph({}, [])
    nodes = made.arguments.get("nodes")
    start = made.arguments.get("default_start_node")
    if start is not None and start != NONE:
        graph.entry, graph.entry_open = text_of(start), text_of(start) is None
    if not isinstance(nodes, Mapping) or not nodes.closed:
        flow.draft.open("the nodes of the graph are not known statically", flow.span, Aspect.EDGES)
    for key, node in nodes.known() if isinstance(nodes, Mapping) else ():
        if not isinstance(node, Object) or not isinstance(key, str):
            continue
        graph.nodes[key] = node.site.span
        graph.ways += _ways_of(flow, key, node)
    return graph


def _ways_of(flow: TeamDraft, source: str, node: Object) -> Iterator[Way]:
    for entry in elements(node.arguments.get("edges")):
        edge = entry.value
        target = text_of(edge.arguments.get("target")) if isinstance(edge, Object) else None
        if target is None or not isinstance(edge, Object):
            flow.draft.open("the target of an edge is not known statically", flow.span, Aspect.EDGES, source)
            continue
        condition = edge.arguments.get("condition")
        yield _way(flow, (source, target), edge.site, edge.arguments, condition, certain=entry.certain)
