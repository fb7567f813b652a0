"""What steps and runs hand to fields that add lists up, and that no list can be added to (langgraph 1.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, Const, ExternalName, Object, Text, Value
from wflint.evaluate.values import Mapping as Dict
from wflint.frontends.langgraph.graph_draft import GraphDraft
from wflint.frontends.langgraph.reducers import merged_fields
from wflint.frontends.langgraph.table import RUNNING
from wflint.model.contract import Field, Schema
from wflint.model.workflow import Fault, FaultKind

SUM = frozenset({"operator.add", "operator.concat", "_operator.add", "_operator.concat"})
"""Reducers that add one list to another, as `+` does."""


def summed(interp: Interpreter, schemas: Iterable[Value | None]) -> frozenset[str]:
    """The fields of some schemas that add up what they are given."""
    merged = merged_fields(interp, schemas)
    return frozenset(each.name for each in merged if not each.hidden and _is_sum(each.metadata[-1]))


def _is_sum(reducer: Value) -> bool:
    return isinstance(reducer, ExternalName) and reducer.path in SUM


def unfit_additions(graph: GraphDraft, state: Schema) -> Iterator[Fault]:
    """Single things, and None, that a step returns for a list which takes further lists."""
    for name, step in graph.read.items():
        for site in step.summary.returns if step.summary is not None else ():
            given = site.value.known() if isinstance(site.value, Dict) else ()
            for key, value in given:
                field = state.field(key) if isinstance(key, str) else None
                if field is not None and _adds_lists(graph, field) and (what := _single(value)) is not None:
                    where = site.location.span if site.location is not None else step.step.span
                    subject = f'step "{name}" returns {what} for "{field.name}", to which `{field.reducer}` adds lists'
                    instead = "return a list of it" if value != NONE else "return an empty list, or leave it out"
                    yield Fault(FaultKind.FAILING, subject, where, field.span, instead, may_be=not site.certain)


def unfit_inputs(graph: GraphDraft, state: Schema, runs: Sequence[ApiCall]) -> Iterator[Fault]:
    """Runs that are given None for a list which takes further lists."""
    for run in runs:
        given = run.get("input", 0) if run.method in RUNNING else None
        for key, value in given.known() if isinstance(given, Dict) else ():
            field = state.field(key) if isinstance(key, str) else None
            if field is not None and _adds_lists(graph, field) and value == NONE:
                subject = f'a run is given None for "{field.name}", to which `{field.reducer}` adds lists'
                yield Fault(FaultKind.FAILING, subject, run.span, field.span, "give an empty list, or leave it out")


def _adds_lists(graph: GraphDraft, field: Field) -> bool:
    declared = (field.type or "").lower()
    return field.name in graph.summed and (declared == "list" or declared.startswith("list["))


def _single(value: Value) -> str | None:
    """How people call something that certainly is no list."""
    match value:
        case Const(value=None):
            return "None"
        case Text() | Const(value=str()):
            return "a text"
        case Const(value=bool() | int() | float()):
            return "a number"
        case Dict():
            return "a dict"
        case Object(path=str(path), cls=None) if path.rpartition(".")[2] in MESSAGES:
            return "one message"
        case _:
            return None


MESSAGES = frozenset({"AIMessage", "HumanMessage", "SystemMessage", "ToolMessage"})
"""Objects that no list can be added to."""
