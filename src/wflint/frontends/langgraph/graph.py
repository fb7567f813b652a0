"""A `StateGraph` and the calls made on it, folded into a draft of a workflow."""

from __future__ import annotations

from collections.abc import Callable

from wflint.assembly.routes import Chosen, Routes
from wflint.assembly.unmodelled import open_unmodelled
from wflint.evaluate.contents import item_if_there
from wflint.evaluate.events import ApiCall
from wflint.evaluate.expressions.iteration import elements, listed
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Location,
    Sequence,
    Value,
    alternatives,
    text_of,
)
from wflint.frontends.langgraph.choices import conditional, conditional_entry
from wflint.frontends.langgraph.graph_draft import GraphDraft, connect, inner_of, names_in
from wflint.frontends.langgraph.left_out import added_late, not_compiled
from wflint.frontends.langgraph.naming import node_name
from wflint.frontends.langgraph.refusals import (
    check_compiled,
    check_default_timeout,
    check_early,
    check_join,
    check_name,
    check_sequence,
    check_timeout,
)
from wflint.frontends.langgraph.routing import SENDING
from wflint.frontends.langgraph.steps import read_step
from wflint.frontends.langgraph.tools import hidden, unanswered
from wflint.model.workflow import END, START, Aspect, EdgeKind, FaultKind, Join


def fold(graph: GraphDraft, api_calls: list[ApiCall]) -> None:
    """Take the builder's calls in order; where steps send control themselves is left for later."""
    open_unmodelled(graph.draft, api_calls, graph.interp.library_model)
    late = added_late(api_calls)
    graph.draft.losses += map(not_compiled, late)
    for api_call in api_calls:
        if api_call in late:
            continue
        handler = HANDLERS.get(api_call.method)
        if handler is not None:
            handler(graph, api_call)
    check_early(graph)
    check_default_timeout(graph, api_calls)


# ------------------------------------------------------------------------------------------------------- steps


def _add_node(graph: GraphDraft, api_call: ApiCall) -> None:
    first, second = api_call.get("node", 0), api_call.get("action", 1)
    if first is None:
        graph.draft.open("the name and code of a step are not known statically", api_call.span, Aspect.STEPS)
        return
    for option in graph.interp.possibilities(first):
        name = text_of(option)
        action = second
        if name is None and (second is None or second == NONE):
            name, action = node_name(option), option
        if name is None:
            graph.draft.open("a step's name is not known statically", api_call.span, Aspect.STEPS)
            continue
        _add_step(
            graph,
            name,
            action if action is not None else first,
            api_call,
            sure=option is first or len(alternatives(first)) == 1,
        )


def _add_step(graph: GraphDraft, name: str, action: Value, api_call: ApiCall, *, sure: bool) -> None:
    old = graph.added.get(name)
    certain = api_call.certain and sure
    if old is not None:
        _again(graph, name, old, api_call, certain=certain, same=old[0] is action)
        return
    graph.added[name] = (action, api_call.location, certain)
    check_name(graph, name, api_call)
    check_timeout(graph, name, action, api_call)
    step = read_step(graph.interp, name, action, api_call.location, api_call.arguments, graph.state)
    graph.read[name] = step
    graph.draft.losses += hidden(action)
    graph.draft.faults += unanswered(graph.interp, action, api_call.location)
    graph.draft.steps[name] = step.step
    if step.step.offers_open and step.graph is None and step.summary is None and not step.ready_made:
        graph.draft.open(f'the code of step "{name}" is not known statically', api_call.span, Aspect.CONTRACT, name)
    destinations = api_call.get("destinations")
    if destinations is not None and destinations != NONE:
        _destinations(graph, name, destinations, api_call)


def _again(
    graph: GraphDraft, name: str, old: tuple[Value, Location, bool], api_call: ApiCall, *, certain: bool, same: bool
) -> None:
    """A second step of a name: the framework refuses it when both are certainly added.

    One call adds both where it stands in a loop that goes over known steps, one by one.
    """
    apart = old[1].span != api_call.span
    if certain and old[2] and (apart or not (same or api_call.in_reiterated_loop)):
        graph.draft.fault(FaultKind.DUPLICATE_STEP, name, api_call.span, old[1].span if apart else None)


def _destinations(graph: GraphDraft, name: str, value: Value, api_call: ApiCall) -> None:
    routes = Routes(SENDING)
    for item in elements(graph.interp, value).content:
        inner = item_if_there(item)
        if inner is not None:
            routes.collect(graph.interp, Chosen(inner, api_call.location, certain=True))
    graph.read[name].gotos.declared = tuple(routes.labels()) or None


def _add_sequence(graph: GraphDraft, api_call: ApiCall) -> None:
    items = listed(api_call.get("nodes", 0))
    if items is None:
        graph.draft.open("the sequence of steps is only partly known", api_call.span, Aspect.STEPS)
        return
    check_sequence(graph, api_call, items)
    previous: str | None = None
    names: set[str] = set()
    for item in items:
        pair = listed(item) if isinstance(item, Sequence) else None
        name = text_of(pair[0]) if pair else node_name(item)
        if name is None:
            graph.draft.open("a step's name is not known statically", api_call.span, Aspect.STEPS)
            previous = None
            continue
        if name in names and api_call.certain:
            graph.draft.fault(FaultKind.DUPLICATE_STEP, name, api_call.span)
            continue
        names.add(name)
        plain = ApiCall(api_call.subject, api_call.path, Arguments(), api_call.location, api_call.certain)
        _add_step(graph, name, pair[1] if pair and len(pair) > 1 else item, plain, sure=True)
        if previous is not None:
            connect(graph, previous, name, api_call)
        previous = name


# ------------------------------------------------------------------------------------------------------- edges


def _add_edge(graph: GraphDraft, api_call: ApiCall) -> None:
    start, end = api_call.get("start_key", 0), api_call.get("end_key", 1)
    if start is None or end is None:
        graph.draft.open("the ends of an edge are not known statically", api_call.span, Aspect.EDGES)
        return
    targets = names_in(graph, end, api_call, "the target of an edge")
    if isinstance(start, Sequence):
        _join(graph, start, targets, api_call)
        return
    sources = names_in(graph, start, api_call, "the source of an edge")
    sure = len(sources) == 1 and len(targets) == 1
    plain = api_call if sure else _perhaps(api_call)
    for source in sources:
        for target in targets:
            connect(graph, source, target, plain)


def _join(graph: GraphDraft, start: Sequence, targets: list[str], api_call: ApiCall) -> None:
    sources = [
        name for item in start.content for name in names_in(graph, inner_of(item), api_call, "the source of a join")
    ]
    for target in targets:
        kind = EdgeKind.FAN_IN if len(sources) > 1 else EdgeKind.DIRECT
        for source in sources:
            connect(graph, source, target, api_call, kind)
        if len(sources) > 1 and start.closed:
            graph.draft.joins.append(Join(tuple(sources), target, api_call.span))
            check_join(graph, graph.draft.joins[-1], api_call)


def _entry(graph: GraphDraft, api_call: ApiCall) -> None:
    names = names_in(graph, api_call.get("key", 0) or NONE, api_call, "the entry point")
    for name in names:
        connect(graph, START, name, api_call if len(names) == 1 else _perhaps(api_call))


def _finish(graph: GraphDraft, api_call: ApiCall) -> None:
    names = names_in(graph, api_call.get("key", 0) or NONE, api_call, "the finish point")
    for name in names:
        connect(graph, name, END, api_call if len(names) == 1 else _perhaps(api_call))


def _perhaps(api_call: ApiCall) -> ApiCall:
    """The same call where only one of several names is meant."""
    return ApiCall(api_call.subject, api_call.path, api_call.arguments, api_call.location, certain=False)


HANDLERS: dict[str, Callable[[GraphDraft, ApiCall], None]] = {
    "add_node": _add_node,
    "add_sequence": _add_sequence,
    "add_edge": _add_edge,
    "set_entry_point": _entry,
    "set_finish_point": _finish,
    "add_conditional_edges": conditional,
    "set_conditional_entry_point": conditional_entry,
    "compile": check_compiled,
}
