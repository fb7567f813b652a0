"""One builder on its way to a workflow, and what folding its calls has in common."""

from __future__ import annotations

from msgspec import Struct, field

from wflint.assembly.contracts.effects import certainty
from wflint.assembly.draft import Draft
from wflint.evaluate.contents import item_if_there
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Location, Object, Value, text_of
from wflint.frontends.langgraph.naming import node_name
from wflint.frontends.langgraph.steps import ReadStep
from wflint.model.contract import Schema
from wflint.model.workflow import END, START, Aspect, Edge, EdgeKind, FaultKind


class GraphDraft(Struct):
    """One builder on its way to a workflow.

    `read` are its steps as they were read, by name; `schemas` what its routers declare for their inputs. `routers` are
    the places of routers by source and name, `early` the steps that a join names before they are added, `summed` the
    fields that add up what they are given.
    """

    interp: Interpreter
    builder: Object
    draft: Draft
    state: Value | None
    read: dict[str, ReadStep] = field(default_factory=dict)
    added: dict[str, tuple[Value, Location, bool]] = field(default_factory=dict)
    schemas: list[Schema] = field(default_factory=list)
    routers: dict[tuple[str, str], Location] = field(default_factory=dict)
    early: list[tuple[str, Location]] = field(default_factory=list)
    summed: frozenset[str] = frozenset()


def connect(graph: GraphDraft, source: str, target: str, api_call: ApiCall, kind: EdgeKind = EdgeKind.DIRECT) -> None:
    """Add an edge that is always taken; the framework refuses some."""
    span = api_call.span
    if source == END:
        graph.draft.fault(FaultKind.EDGE_FROM_END, target, span)
        return
    if target == START:
        graph.draft.fault(FaultKind.EDGE_INTO_START, source, span)
        return
    join = len(graph.draft.joins) if kind is EdgeKind.FAN_IN else None
    graph.draft.add_edge(Edge(source, target, kind, span, certainty(api_call.certain), join=join), "edge target")


def inner_of(item: Value) -> Value:
    """An item of a list, be it certain, possible or one of many."""
    return item_if_there(item) or item


def names_in(graph: GraphDraft, value: Value, api_call: ApiCall, what: str) -> list[str]:
    """The step names that a value may be; what cannot be told is noted as open."""
    names: list[str] = []
    options = graph.interp.possibilities(value)
    for option in options:
        name = text_of(option)
        if name is None:
            name = node_name(option)
        if name is None:
            graph.draft.open(f"{what} is not known statically", api_call.span, Aspect.EDGES)
        else:
            names.append(name)
    return names
