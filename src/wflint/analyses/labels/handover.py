"""Who hands over to whom: what it says of an edge that code, a model, a tool is at either end."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from wflint.analyses.labels.edge_context import EdgeContext
from wflint.analyses.labels.effort import has_code, is_human, is_model
from wflint.analyses.labels.weights import Feature
from wflint.model.contract import Certainty, CheckKind, Format, Origin
from wflint.model.workflow import Edge, EdgeKind, Step, StepKind

WRITTEN = frozenset({Origin.MODEL_TEXT, Origin.MODEL_FORM, Origin.PARSED_TEXT})
"""Kinds of work of which a model is a part."""
FOUND = frozenset({Origin.LOOKUP, Origin.OUTSIDE})
"""Kinds of work that come from outside."""


def handovers(
    edge: Edge, around: EdgeContext, writers: tuple[Step, ...], own: AbstractSet[Origin]
) -> Iterator[tuple[Feature, str]]:
    """What follows from the ends of an edge; `own` are the kinds of the source's own work that is handed on."""
    source, target = around.workflow.step(edge.source), around.workflow.step(edge.target)
    if source is None or target is None:
        return
    if writers and source not in writers and not any(given.sent for given in target.typed_inputs):
        yield Feature.FORWARDED, "the source leaves alone what the target reads"
    if source in writers and works_with_tools(source) and not is_decided_by_model(edge, around):
        yield Feature.WITH_TOOLS, f'the model of "{source.id}" works with tools'
    yield from _inside(source, target)
    if around.workflow.is_imperative:
        yield Feature.HANDED_BY_CODE, _by_code(edge)
    yield from _of_tools(edge, around, own, source, target)
    yield from _read_by_code(edge, own, target, around)
    yield from _silent(edge, around, source, target)
    caught = [call.callee for call in source.conduct.remote_calls if call.handled]
    if caught:
        yield Feature.FAILURE_CAUGHT, f'"{source.id}" catches what `{caught[0]}` raises'


def _by_code(edge: Edge) -> str:
    if edge.message is None:
        return f'code hands on the result of "{edge.source}", or what it makes of that'
    return f'code gives "{edge.source}" and "{edge.target}" the same conversation, or something else to share'


def _of_tools(
    edge: Edge, around: EdgeContext, own: AbstractSet[Origin], source: Step, target: Step
) -> Iterator[tuple[Feature, str]]:
    """Who hears what tools and searches say."""
    if _asks_tools(edge, around, source, target):
        yield Feature.TOOL_CALL, f'the model of "{source.id}" asks tools for something, and hears what they say'
    elif _answers_model(edge, around, source, target) or _answers_calls(edge, around, own, target):
        yield Feature.TOOL_LOOP, "what tools say goes back to the model that asked for them"
    elif Origin.LOOKUP in own and is_model(target) and not _is_coped_with(edge, around):
        yield Feature.UNCHECKED_FINDS, f'the model of "{target.id}" is given what was found, be it nothing'


def _is_coped_with(edge: Edge, around: EdgeContext) -> bool:
    """Whether code looks at what was found before a model is given it, or goes on where there is nothing."""
    source = around.workflow.step(edge.source)
    reads = [one.read.need for one in around.passed_on(edge) if one.writer is source and one.read is not None]
    copes = [not need.required and need.certainty is Certainty.CERTAIN for need in reads]
    return bool(around.checks_on(edge, CheckKind.CODE)) or (bool(copes) and all(copes))


def _read_by_code(
    edge: Edge, own: AbstractSet[Origin], target: Step, around: EdgeContext
) -> Iterator[tuple[Feature, str]]:
    """What code goes on with that code did not make; code all of whose work gets to models only passes it on.

    A component of a framework is made for what a model writes, but not for what code has taken out of that; a router of
    one tests what the team says.
    """
    made_for = target.definition is None and target.kind is StepKind.FUNCTION and Origin.PARSED_TEXT not in own
    if not is_code(target) or made_for:
        return
    if own & WRITTEN:
        yield Feature.CODE_READS_MODEL, f"code goes on with what a model wrote{_parsed(edge, around)}"
    elif own & FOUND and not _serves_models(target, around):
        yield Feature.CODE_READS_FINDS, "code goes on with what was found"


def _parsed(edge: Edge, around: EdgeContext) -> str:
    """Which text of a model the target parses, and as what, without a way to cope where it cannot."""
    for one in around.passed_on(edge):
        forms = [each.format for each in one.read.need.expectations] if one.read is not None else []
        named = [_FORMS[form] for form in forms if form in _FORMS]
        if named and Origin.MODEL_TEXT in one.offer.origins:
            return f', and parses "{one.offer.name}" as {named[0]}'
    return ""


_FORMS = {Format.JSON: "JSON", Format.NUMBER: "a number"}


def _serves_models(step: Step, around: EdgeContext) -> bool:
    """Whether all ways on from a step lead to models, as from one that fills a prompt."""
    after = [around.workflow.step(edge.target) for edge in around.workflow.index.edges_from(step.id)]
    return bool(after) and all(one is not None and is_model(one) for one in after)


def _inside(source: Step, target: Step) -> Iterator[tuple[Feature, str]]:
    """What goes on inside the steps at the ends, between their contracts."""
    if source.kind is StepKind.ROUTER and is_model(source):
        yield Feature.TURN_BY_TURN, f'the model of "{source.id}" picks anew after every turn'
    inner = next((step for step in (source, target) if step.kind is StepKind.SUBWORKFLOW), None)
    if inner is not None:
        yield Feature.SUB_WORKFLOW, f'a workflow of its own does the work of "{inner.id}"'


def is_code(step: Step) -> bool:
    """Whether plain code does the work of a step, and no model a part of it.

    A selector of the framework's own that shows neither code nor what it looks at asks a model, be it unknown which.
    """
    selects = step.kind is StepKind.ROUTER and step.definition is None and step.needs_open
    return step.kind in (StepKind.FUNCTION, StepKind.ROUTER) and not (is_model(step) or is_human(step) or selects)


def works_with_tools(step: Step) -> bool:
    """Whether a model does the work of a step, and has tools for it."""
    return is_model(step) and bool(step.tools or step.tools_open)


def is_decided_by_model(edge: Edge, around: EdgeContext) -> bool:
    """Whether a model picks the target: by a handoff, a call, a goto of its step, or an answer that a router reads."""
    source = around.workflow.step(edge.source)
    if edge.calls:
        return True
    if edge.kind is EdgeKind.HANDOFF or _is_called(edge, source):
        return source is None or not is_code(source)
    if edge.choice is None or source is None or not is_model(source):
        return False
    choice = around.workflow.choices[edge.choice]
    if choice.counts:
        return False
    read = {need.name for need in choice.needs}
    looked_at = (offer for offer in source.offers if offer.name in read)
    written = any(offer.from_model or offer.check is not None or WRITTEN & {*offer.origins} for offer in looked_at)
    return choice.is_goto or choice.decider is None or written


def _is_called(edge: Edge, source: Step | None) -> bool:
    """Whether the target is a tool of the model at the source: an agent that it asks and that answers it."""
    return source is not None and is_model(source) and edge.target in source.tools and edge.target != edge.source


def decided_by(edge: Edge, around: EdgeContext) -> str:
    """Who decides whether an edge is taken that a model has a part in."""
    choice = around.workflow.choices[edge.choice] if edge.choice is not None else None
    if edge.kind is EdgeKind.HANDOFF or choice is None:
        return f'the model of "{edge.source}" decides whether the edge is taken'
    if choice.is_goto and has_code(around.workflow.step(edge.source)):
        return f'the code of "{edge.source}", which asks a model, decides whether the edge is taken'
    return "what a model says decides whether the edge is taken"


def is_coded(edge: Edge, around: EdgeContext) -> bool:
    """Whether code reads a model's answer to pick the way, where the model itself could name any step at all.

    Code that hands the answer on as the name of the next step picks nothing.
    """
    if edge.kind is EdgeKind.HANDOFF or edge.choice is None:
        return False
    choice = around.workflow.choices[edge.choice]
    return not (choice.is_goto or (choice.mapping and not choice.routes and not choice.closed))


def _asks_tools(edge: Edge, around: EdgeContext, source: Step, target: Step) -> bool:
    asks = is_model(source) and source.kind is not StepKind.ROUTER  # who picks the next speaker asks for no tool
    return edge in around.looping and asks and target.kind is StepKind.TOOL


def _answers_model(edge: Edge, around: EdgeContext, source: Step, target: Step) -> bool:
    return edge in around.looping and source.kind is StepKind.TOOL and is_model(target)


def _answers_calls(edge: Edge, around: EdgeContext, own: AbstractSet[Origin], target: Step) -> bool:
    """Whether code that a model's step leads to brings it something from outside: a tool node written by hand."""
    back = any(other.target == edge.source for other in around.workflow.index.edges_from(edge.target))
    return back and own == {Origin.OUTSIDE} and is_model(target)


def _silent(edge: Edge, around: EdgeContext, source: Step, target: Step) -> Iterator[tuple[Feature, str]]:
    """What the source writes and the target can do without; code that has a default for all of it was written so.

    What the state has a value for from the beginning is never missing, and what only one of several handlers needs may
    well be needed there.
    """
    passed = around.passed_on(edge)
    reads = [one.read.need for one in passed if one.read is not None]
    if is_code(target) and not any(need.required for need in reads):
        return
    for one in passed:
        need = one.read.need if one.read is not None else None
        copes = need is not None and not need.required and need.certainty is Certainty.CERTAIN
        if one.writer is source and copes and not around.is_backed(edge, one.offer):
            yield Feature.SILENT_DEFAULT, f'the target reads "{one.offer.name}" with a default, or tests for it'
