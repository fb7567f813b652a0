"""Haystack: pipelines of components that are connected socket by socket."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.assembly.draft import Draft
from wflint.assembly.frontend import FrontEnd
from wflint.assembly.groups import Group, assembled, by_site, by_subject, itself
from wflint.assembly.releases import limit_at
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Const, Object, Value
from wflint.frontends.haystack.agents import agent_steps
from wflint.frontends.haystack.alternatives import PipelineAlternatives
from wflint.frontends.haystack.beginning import begins_with
from wflint.frontends.haystack.demands import DEMANDS
from wflint.frontends.haystack.empty_variables import empty_variables
from wflint.frontends.haystack.hidden_routes import hidden_routes
from wflint.frontends.haystack.invocations import Call, calls_of, of_finished
from wflint.frontends.haystack.losses import never_given, unrendered
from wflint.frontends.haystack.never_together import awaited_in, never_together
from wflint.frontends.haystack.parameters import PARAMETERS
from wflint.frontends.haystack.pipeline import PipelineDraft, fold
from wflint.frontends.haystack.refusals import (
    Owners,
    merged_outputs,
    refused_inputs,
    refused_parts,
    shared_parts,
    starved,
    strangers,
    unfed,
)
from wflint.frontends.haystack.refused_components import refused_parts as refused_outside
from wflint.frontends.haystack.releases import CHANGED, LIMITS, PACKAGE
from wflint.frontends.haystack.repeated import repeated
from wflint.frontends.haystack.results import not_always_there, read_results
from wflint.frontends.haystack.table import CONSTRUCTORS, PIPELINES, RUNNING, table
from wflint.frontends.haystack.template_parts import letters, unknown_parts
from wflint.frontends.haystack.uncovered import uncovered
from wflint.frontends.haystack.unembedded import unembedded
from wflint.frontends.haystack.written import LOADED
from wflint.frontends.haystack.written import PIPELINES as DOCUMENTS
from wflint.model.prompt import TemplateGap
from wflint.model.workflow import Exchange, Workflow


def _workflows(interp: Interpreter, framework: str) -> Iterator[Workflow]:
    """Every pipeline with components."""
    api_calls = by_subject(interp)
    owners: Owners = {}
    alternatives = PipelineAlternatives.of(api_calls)
    sites = by_site(made for made in interp.objects if made.path in PIPELINES and made in api_calls)
    yield from assembled(
        interp,
        sites,
        itself,
        lambda made: _folded(interp, made, api_calls[made], framework, owners),
        lambda group: _workflow(group, api_calls, alternatives),
    )


def _folded(
    interp: Interpreter, made: Object, api_calls: list[ApiCall], framework: str, owners: Owners
) -> PipelineDraft:
    checked = made.arguments.get("connection_type_validation", 2)
    lenient = checked not in (None, Const(value=True)) or made.arguments.open
    pipeline = PipelineDraft(interp, Draft.of(made, framework, "pipeline"), lenient=lenient)
    fold(pipeline, api_calls)
    pipeline.draft.faults += (*refused_parts(pipeline), *shared_parts(pipeline, made, owners), *uncovered(pipeline))
    pipeline.draft.faults += merged_outputs(pipeline, made)
    pipeline.awaited = awaited_in(pipeline)
    pipeline.draft.losses += (
        *never_given(pipeline),
        *unrendered(pipeline),
        *never_together(pipeline),
        *hidden_routes(pipeline),
    )
    for name, gap in (*unknown_parts(pipeline), *letters(pipeline)):
        _gap(pipeline, name, gap)
    return pipeline


def _gap(pipeline: PipelineDraft, name: str, gap: TemplateGap) -> None:
    step = pipeline.draft.steps[name]
    pipeline.draft.steps[name] = replace(step, template_gaps=(*step.template_gaps, gap))


def _workflow(
    group: Group[Object, PipelineDraft], api_calls: dict[Value, list[ApiCall]], others: PipelineAlternatives
) -> Workflow | None:
    """The workflow of the pipeline that most was done to."""
    chosen, pipeline = max(group.folded, key=lambda pair: len(api_calls[pair[0]]))
    if not pipeline.draft.steps:
        return None
    done = [api_call for made in group.whole for api_call in api_calls[made]]
    pipeline.draft.constructed_at += [api_call.span for api_call in done if api_call.method == LOADED]
    runs = [api_call for api_call in done if api_call.method in RUNNING]
    calls = calls_of(runs, frozenset(pipeline.components))
    finished = of_finished(calls, done)
    _check_calls(pipeline, finished, chosen, others)
    if not pipeline.draft.unresolved:
        read_results(pipeline, finished)
        pipeline.draft.losses += not_always_there(pipeline, finished)
        pipeline.draft.losses += unembedded(pipeline)
    invocations = tuple(dict.fromkeys(call.invocation() for call in calls))
    workflow = pipeline.draft.finish(None, None, None, invocations, Exchange.MESSAGES)
    given = group.folded[0][0].arguments.get("max_runs_per_component", 1)
    limit = limit_at(pipeline.interp, workflow.span, LIMITS, given)
    entries = begins_with(pipeline, calls)
    return replace(workflow, externally_callable=not invocations, limit=limit, entries=entries)


def _check_calls(pipeline: PipelineDraft, calls: tuple[Call, ...], made: Object, others: PipelineAlternatives) -> None:
    """What no visible run could do without; silent where connections or components are not all known."""
    if not calls or pipeline.draft.unresolved:
        return
    strange = [fault for call in calls for fault in strangers(call, others.names(made, call.api_call))]
    pipeline.draft.faults += strange
    if any(call.strangers for call in calls) or not all(call.closed for call in calls):
        return
    pipeline.draft.losses += repeated(pipeline, calls)
    for name, gap in empty_variables(pipeline, calls):
        _gap(pipeline, name, gap)
    lacking = [set(unfed(pipeline, call.passed)) or set(starved(pipeline, call.passed)) for call in calls]
    common = set.intersection(*lacking)
    for call in (call for call in calls if not others.has_others(call.api_call)):
        pipeline.draft.faults += refused_inputs(pipeline, call.passed, call.api_call.location.span)
    pipeline.draft.faults += sorted(common, key=lambda fault: (fault.span, fault.subject))


HAYSTACK = FrontEnd(
    "haystack",
    modules=("haystack",),
    constructors=CONSTRUCTORS,
    package=PACKAGE,
    changed=CHANGED,
    demands=DEMANDS,
    refused=refused_outside,
    parameters=PARAMETERS,
    library=table,
    workflows=_workflows,
    agents=agent_steps,
    documents=(DOCUMENTS,),
)
