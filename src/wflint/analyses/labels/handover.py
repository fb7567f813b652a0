"""Who hands over to whom: what it says of an edge that code, a model, a tool is at either end."""

from __future__ import annotations

from collections.abc import Iterator, Set as AbstractSet

from wflint.analyses.labels.edge_context import Arrival, EdgeContext
from wflint.analyses.labels.effort import is_human, is_model
from wflint.analyses.labels.weights import Feature
from wflint.model.contract import CheckKind, Origin
from wflint.model.workflow import Edge, Step, StepKind

WRITTEN = frozenset({Origin.MODEL_TEXT, Origin.MODEL_FORM, Origin.PARSED_TEXT})
"""Kinds of work of which a model is a part."""
FOUND = frozenset({Origin.LOOKUP, Origin.OUTSIDE})
"""Kinds of work that may find nothing."""


def handovers(
    edge: Edge, around: EdgeContext, writers: tuple[Step, ...], own: AbstractSet[Origin]
) -> Iterator[tuple[Feature, str]]:
    """What follows from the ends of an edge; `own` are the kinds of the source's own work that is handed on."""
    source, target = around.workflow.step(edge.source), around.workflow.step(edge.target)
    if source is None or target is None:
        return
    if writers and source not in writers:
        yield Feature.FORWARDED, "the source leaves alone what the target reads"
    if source in writers and is_model(source) and (source.tools or source.tools_open):
        yield Feature.WITH_TOOLS, f'the model of "{source.id}" works with tools'
    if _runs_tools(edge, around, source, target):
        yield Feature.TOOL_LOOP, "the framework gives what tools say back to the model that asked for them"
    elif own & FOUND and is_model(target) and not around.checks_on(edge, CheckKind.CODE):
        yield Feature.UNCHECKED_FINDS, f'the model of "{target.id}" is given what was found, be it nothing'
    if own & WRITTEN and is_code(target):
        yield Feature.CODE_READS_MODEL, "code goes on with what a model wrote"
    yield from _silent(around.passed_on(edge), source)


def is_code(step: Step) -> bool:
    """Whether plain code does the work of a step, and no model a part of it."""
    return step.kind in (StepKind.FUNCTION, StepKind.ROUTER) and not is_model(step) and not is_human(step)


def _runs_tools(edge: Edge, around: EdgeContext, source: Step, target: Step) -> bool:
    return edge in around.looping and StepKind.TOOL in (source.kind, target.kind)


def _silent(passed: tuple[Arrival, ...], source: Step) -> Iterator[tuple[Feature, str]]:
    """What the source writes and the target can do without."""
    for one in passed:
        if one.writer is source and one.read is not None and not one.read.need.required:
            yield Feature.SILENT_DEFAULT, f'the target goes on without "{one.offer.name}" where it is missing'
