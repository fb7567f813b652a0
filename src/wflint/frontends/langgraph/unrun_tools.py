"""Tools that a model is given beyond those that the graph's own `ToolNode`s know (langgraph 1.2)."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.contracts.bound_tools import bound_model, bound_names, runs_tools_itself
from wflint.evaluate.events import LibraryCall
from wflint.frontends.langgraph.graph_draft import GraphDraft
from wflint.model.loss import Loss, LossKind
from wflint.model.span import Span
from wflint.model.workflow import Step, StepKind


def unrun_tools(graph: GraphDraft) -> Iterator[Loss]:
    """Every such tool, where all who may run tools are known: a call of it is answered with an error."""
    steps = graph.draft.steps.values()
    runners = [step for step in steps if step.kind is StepKind.TOOL]
    if not runners or graph.draft.unresolved or any(map(_may_run_more, steps)):
        return
    if any(read.summary is not None and runs_tools_itself(read.summary) for read in graph.read.values()):
        return
    run = {name for step in runners for name in step.tools}
    for name, read in graph.read.items():
        for call in read.summary.calls if read.summary is not None else ():
            bound = bound_names(call)
            missing = [tool for tool in bound if tool not in run]
            if missing and run & set(bound):  # else they are for others
                yield Loss(
                    LossKind.TOOL,
                    f'tool "{missing[0]}" of the model in step "{name}"',
                    _place(call),
                    f'is never run: step "{runners[0].id}" knows other tools only, and answers its call with an error',
                    "give both the same tools",
                    runners[0].span,
                    name,
                )
                break


def _place(call: LibraryCall) -> Span:
    """Where the model was given its tools."""
    model = bound_model(call)
    return model.location.span if model is not None and model.location is not None else call.span


def _may_run_more(step: Step) -> bool:
    return step.kind is StepKind.SUBWORKFLOW or (step.kind is StepKind.TOOL and (step.tools_open or not step.tools))
