"""Graphs of node classes: `Graph(nodes=[...])`."""

from __future__ import annotations

from wflint.assembly.contracts.effects import certainty
from wflint.assembly.draft import Draft
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Function, Location, Object, Value, last_of
from wflint.frontends.pydantic_graph.carried_counts import with_carried_counts
from wflint.frontends.pydantic_graph.contexts import failing_code
from wflint.frontends.pydantic_graph.fields import with_expectations
from wflint.frontends.pydantic_graph.nodes import ReadNode, Way, id_of, is_node, names_base, read_node, ways_of
from wflint.model.span import Span
from wflint.model.workflow import END, Aspect, Choice, Edge, EdgeKind, FaultKind, Route


def fold_nodes(interp: Interpreter, draft: Draft, classes: list[Class], location: Location) -> None:
    """The steps and edges of a graph of node classes."""
    known: dict[str, Class] = {}
    read: dict[str, ReadNode] = {}
    for cls in classes:
        name = id_of(interp, cls)
        if name in known and known[name] is not cls:
            draft.fault(FaultKind.DUPLICATE_STEP, name, location.span, known[name].location.span)
            continue
        known[name] = cls
        read[name] = read_node(interp, name, cls, cls.location)
        draft.steps[name] = read[name].step
        draft.losses += failing_code(interp, name, read[name])
    nodes = {known[name]: node for name, node in read.items()}
    for name, cls in known.items():
        _edges(interp, draft, name, cls, read[name])
        draft.steps[name] = with_expectations(interp, draft.steps[name], read[name], nodes)
    with_carried_counts(interp, draft.steps, read, nodes)


def _edges(interp: Interpreter, draft: Draft, name: str, cls: Class, read: ReadNode) -> None:
    run = cls.find("run")
    function = run if isinstance(run, Function) else None
    span = function.location.span if function is not None else cls.location.span
    ways = ways_of(interp, function, cls)
    known = ways is not None
    returned, all_known = _ways_in_code(read)
    if ways is None and names_base(interp, function):
        ways, known = returned, all_known
    elif ways is not None:  # the run goes on with what is returned, declared or not
        declared = {way.target for way in ways}
        ways = (*ways, *(way for way in returned if way.target not in declared))
    if not known:
        draft.open(f'the targets of node "{name}" are not known statically', span, Aspect.EDGES, name)
    targets = {way: END if way.target is None else _target(interp, way) for way in ways or ()}
    choice = choice_of(interp, draft, name, targets, span, read) if len(targets) > 1 or not known else None
    for way, target in targets.items():
        kind = EdgeKind.CONDITIONAL if choice is not None else EdgeKind.DIRECT
        draft.add_edge(Edge(name, target, kind, span, label=way.label, choice=choice), "returned node")


def _ways_in_code(read: ReadNode) -> tuple[tuple[Way, ...], bool]:
    """Where a node leads by its code, and whether that is all."""
    summary = read.summary
    if summary is None:
        return (), False
    returned = [site.value for site in summary.returns]
    ways = [_way_to(value) for value in returned]
    return tuple(dict.fromkeys(way for way in ways if way is not None)), summary.complete and None not in ways


def _way_to(value: Value) -> Way | None:
    match value:
        case Object(cls=Class() as cls) if is_node(cls):
            return Way(cls)
        case Object(path=str(path)) if last_of(path) == "End":
            return Way(None)
        case _:
            return None


def _target(interp: Interpreter, way: Way) -> str:
    return id_of(interp, way.target) if isinstance(way.target, Class) else "?"


def choice_of(interp: Interpreter, draft: Draft, name: str, targets: dict[Way, str], span: Span, read: ReadNode) -> int:
    """The decision of a node about which node is next."""
    routes: list[Route] = []
    closed = read.summary is not None and read.summary.complete
    for site in read.summary.returns if read.summary is not None else ():
        label = _returned(interp, site.value)
        closed = closed and label is not None
        if label is not None:
            routes.append(Route(label, (site.location.span if site.location else span), certainty(site.certain)))
    labels = tuple(dict.fromkeys(targets.values()))
    return draft.choose(Choice(name, name, span, span, tuple(routes), closed=closed, declared=labels, is_goto=True))


def _returned(interp: Interpreter, value: Value) -> str | None:
    way = _way_to(value)
    return None if way is None else END if way.target is None else _target(interp, way)
