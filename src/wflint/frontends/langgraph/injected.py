"""What tools are handed of the state of the graph that runs them, against the fields that the state has."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wflint.assembly.coded_step import parameter_type
from wflint.assembly.contracts.typed_inputs import typed_input
from wflint.assembly.function_summary import summarize
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import name_of
from wflint.evaluate.values import (
    Arguments,
    Function,
    Generic,
    Object,
    Sequence,
    TrackedValue,
    Value,
    last_of,
    text_of,
)
from wflint.frontends.langgraph.graph_draft import GraphDraft
from wflint.frontends.langgraph.ready_made import TOOL_NODES
from wflint.model.contract import Certainty, Part, Schema
from wflint.model.loss import Loss, LossKind
from wflint.model.span import Span
from wflint.source.code import Parameter

INJECTED = "InjectedState"
RUNTIME = "ToolRuntime"
HELD = "state"
"""Where a tool's runtime holds the state."""


def absent_fields(graph: GraphDraft, state: Schema) -> Iterator[Loss]:
    """Fields that a tool certainly takes of the state, and that the state does not declare."""
    for step, (node, _, sure) in graph.added.items() if state.closed else ():
        held = node.content.get("tools") if isinstance(node, Object) and node.path in TOOL_NODES else None
        for tool in held.content if isinstance(held, Sequence) and sure else ():
            if isinstance(tool, Function) and not tool.module.stub:
                for name, span in _taken(graph.interp, tool):
                    if name not in state.names:
                        yield Loss(
                            LossKind.ABSENT,
                            f'tool "{tool.name}"',
                            span,
                            f'takes "{name}" of the state, and the state of this graph has no such field: it fails',
                            "take a field that the state has, or declare it",
                            state.span,
                            step,
                        )


def _taken(interp: Interpreter, tool: Function) -> Iterator[tuple[str, Span]]:
    """The fields that a tool is injected by name, and those that its code reads of the state that it is handed."""
    for parameter in tool.node.parameters:
        given = parameter_type(interp, tool, parameter)
        mark = _mark(given)
        named = text_of(mark.arguments.get("field", 0)) if isinstance(mark, Object) else None
        if named is not None:
            yield named, tool.location.span
        elif mark is not None or last_of(name_of(given.base if isinstance(given, Generic) else given)) == RUNTIME:
            yield from ((part.name, part.span) for part in _read(interp, tool, parameter, whole=mark is not None))


def _mark(type_: Value | None) -> Value | None:
    """The `InjectedState` in the annotation of a parameter."""
    if not isinstance(type_, Generic) or name_of(type_.base) != "Annotated":
        return None
    return next((item for item in type_.arguments[1:] if last_of(path_of(item)) == INJECTED), None)


def _read(interp: Interpreter, tool: Function, parameter: Parameter, *, whole: bool) -> Iterator[Part]:
    made = None if whole else partial(_runtime, interp, tool)
    summary = summarize(interp, tool, None, tool.location, presented=made, taking=parameter.name)
    if summary is not None and summary.complete:
        parts = typed_input(interp, summary, summary.root).parts
        yield from (part for part in parts if part.certainty is Certainty.CERTAIN and not part.path)


def _runtime(interp: Interpreter, tool: Function, state: TrackedValue) -> Object:
    made = interp.object_of(f"langchain.{RUNTIME}", Arguments(), tool.location)
    made.content[HELD] = state
    return made
