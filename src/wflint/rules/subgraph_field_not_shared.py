"""WF106: a nested workflow and the one around it do not share the fields they exchange."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.inputs import channels, declared
from wflint.analyses.wording import listed
from wflint.model.finding import Level, Observation, Related
from wflint.model.workflow import Step, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every nested workflow whose results cannot come back, or that shares nothing at all."""
    outer = channels(workflow)
    for step in workflow.steps:
        inner = facts.program.workflow(step.workflow) if step.workflow is not None else None
        if inner is None or outer.everything or workflow.state is None:
            continue
        fields = channels(inner)
        if fields.everything:
            continue
        if not fields.names & outer.names:
            yield _observation(step, inner, workflow, Level.ERROR)
        elif _results(inner) and not _results(inner) & outer.names:
            yield _observation(step, inner, workflow, Level.WARNING)


def _results(inner: Workflow) -> frozenset[str]:
    """What a nested workflow produces and may hand back; nothing where that is not known."""
    if any(step.offers_open or step.forwards_state for step in inner.steps):
        return frozenset()
    written = frozenset(offer.name for step in inner.steps for offer in step.offers)
    let_out = declared(inner.outputs if inner.outputs is not None else inner.state)
    return written if let_out.everything else written & let_out.names


def _observation(step: Step, inner: Workflow, workflow: Workflow, level: Level) -> Observation:
    state = workflow.state.name if workflow.state is not None else "the state"
    if level is Level.ERROR:
        problem = f"shares no field with {state}, so nothing gets in or out"
    else:
        problem = f"hands back {listed(sorted(_results(inner)))}, none of which {state} declares, so it is dropped"
    return Observation(
        message=f'the nested workflow of step "{step.id}" {problem}; declare the field in both, or call the nested '
        "workflow inside a step that translates",
        span=step.span,
        key=(step.id, inner.name),
        related=(Related(inner.span, "the nested workflow"),),
        level=level,
        step=step.id,
    )
