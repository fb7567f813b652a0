"""Why there is nothing to do about an edge: a sentence that is true of this edge."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.labels.edge_context import Arrival, EdgeContext
from wflint.analyses.labels.effort import has_code, is_human, is_model, is_shaped
from wflint.analyses.labels.material import material_of
from wflint.analyses.plan.concerns import named
from wflint.model.contract import CheckKind, Origin
from wflint.model.workflow import END, START, Edge, Exchange, Step, StepKind


def why_nothing(edge: Edge, around: EdgeContext) -> str:
    """The first reason that holds."""
    return next(_reasons(edge, around))


def _reasons(edge: Edge, around: EdgeContext) -> Iterator[str]:
    source, target = around.workflow.step(edge.source), around.workflow.step(edge.target)
    if edge.target == END or target is None or target.kind is StepKind.END:
        yield "the run ends here"
    if source is None or target is None or edge.source == START or source.kind is StepKind.START:
        yield "what the caller passes is between the caller and the workflow: no step comes before"
        return
    yield from _of_tools(edge, source, target)
    if edge.calls and is_model(target):
        yield f"`{edge.target}` is a model that is told what to do in words, in any form"
    given = any(one.sent for one in target.typed_inputs)
    if given and not around.reads_into(edge.target) and has_code(target):
        yield f"`{edge.target}` takes what it is made with as declared, and is not known to depend on its form"
    if not (around.reads_into(edge.target) or target.needs or target.needs_open or given):
        if is_model(target) and not has_code(target) and not around.workflow.is_imperative:
            yield f"`{edge.target}` is a model that reads what was said before, in any form"
        yield f"`{edge.target}` is not seen to read anything of the workflow: the edge only says who goes next"
    yield from _of_arrivals(edge, around, target)
    yield from _of_talk(edge, around, source, target)
    if target.needs_open or source.offers_open:
        open_ = edge.target if target.needs_open else edge.source
        yield f"the source does not show all that `{open_}` reads or writes, so there is no condition to name"
    yield f"nothing of what `{edge.source}` writes can arrive in a form that `{edge.target}` does not take"


def _of_arrivals(edge: Edge, around: EdgeContext, target: Step) -> Iterator[str]:
    arrivals = [one for one in around.arriving_on(edge) if one.read is not None]
    if not arrivals:
        if around.workflow.exchange is Exchange.STATE and edge.payload is None and not target.needs_open:
            yield f"`{edge.target}` reads nothing that a step before is seen to write on this way"
        return
    names = named(one.offer.name for one in arrivals)
    held = around.checks_on(edge, CheckKind.ANSWER)
    if held and all(check.enforced for check in held):
        yield f"an answer that is no `{held[0].name}` is refused before it gets to `{edge.target}`"
    if around.validated(edge):
        yield f"what `{edge.target}` is given is validated against `{around.validated(edge)}`"
    if all(_is_made_by_code(one, around) for one in arrivals):
        yield f"plain code writes {names}, in the same form on every run"
    if all(one.read is not None and not one.read.need.required for one in arrivals):
        yield f"the code of `{edge.target}` copes without {names}"
    if is_model(target) and not any(_is_used_in_parts(one) for one in arrivals):
        yield f"the prompt of `{edge.target}` takes {names} in any form"
    types = [around.type_of(one.offer) for one in arrivals]
    if all(map(is_shaped, types)):
        yield f"`{edge.target}` takes {names} as declared ({named(name for name in types if name)})"
    yield f"what `{edge.target}` does with {names} is not known to depend on its form"


def _of_tools(edge: Edge, source: Step, target: Step) -> Iterator[str]:
    if is_model(target) and source.kind is StepKind.TOOL:
        yield f"`{edge.target}` is shown the answers of the tools, errors among them, and deals with both"
    if is_model(source) and target.kind is StepKind.TOOL:
        yield "the tools themselves refuse arguments that do not fit, and the model is told"


def _of_talk(edge: Edge, around: EdgeContext, source: Step, target: Step) -> Iterator[str]:
    """Where a whole message or conversation is handed on."""
    typed = around.checks_on(edge, CheckKind.MESSAGE)
    if typed:
        yield f"only a `{typed[0].name}` starts `{edge.target}`, and it is refused where its fields do not fit"
    if edge.field_map and all(one.fits for one in edge.field_map):
        yield f"every input of `{edge.target}` that is connected here declares what it takes"
    if edge.payload is not None:
        yield f"the payload has every field that `{edge.target}` reads"
    if is_model(target) and (is_model(source) or is_human(source)) and not around.workflow.is_imperative:
        yield f"`{edge.target}` is a model that reads what was said before, in any form"
    if is_human(target):
        yield f"a person reads what `{edge.source}` hands over"


def _is_used_in_parts(arrival: Arrival) -> bool:
    return arrival.read is not None and bool(arrival.read.need.parts or arrival.read.need.expectations)


def _is_made_by_code(arrival: Arrival, around: EdgeContext) -> bool:
    writer = arrival.writer
    varies = is_human(writer) or is_model(writer) or writer.kind in (StepKind.TOOL, StepKind.SUBWORKFLOW)
    made = set(arrival.offer.origins) <= {Origin.CODE}
    free = varies or arrival.offer.from_model or writer.offers_open
    return made and not free and not material_of(writer, arrival.offer, around)
