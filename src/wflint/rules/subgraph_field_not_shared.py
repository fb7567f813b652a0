"""WF106: a nested workflow and the one around it do not share the fields they exchange."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.data.inputs import channels, declared
from wflint.analyses.facts import Facts
from wflint.analyses.flow.wiring import replaces_state
from wflint.analyses.wording import listed
from wflint.model.contract import Schema
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Step, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every nested workflow whose results cannot come back, or that shares nothing at all."""
    for step in workflow.steps:
        named = step.workflow if not step.maps_fields else None
        inner = facts.program.workflow(named) if named is not None else None
        if inner is not None and workflow.state is not None:
            problem = _problem(workflow, workflow.state, step, inner)
            if problem is not None:
                yield _observation(step, inner, problem)


def _problem(workflow: Workflow, state: Schema, step: Step, inner: Workflow) -> str | None:
    """What is wrong between the two, if anything is; a step that is sent payloads need not share what it is given."""
    fields, outer, results = channels(inner), channels(workflow), _results(inner)
    if fields.everything or outer.everything:
        return None
    sent = any(edge.target == step.id and replaces_state(edge) for edge in workflow.edges)
    if not sent and not fields.names & outer.names:
        return f"shares no field with {state.name}, so nothing is exchanged"
    if results and not results & outer.names:
        return f"returns only {listed(sorted(results))}, not declared in {state.name}, so the result is dropped"
    return None


def _results(inner: Workflow) -> frozenset[str]:
    """What a nested workflow produces and may hand back; nothing where that is not known."""
    if any(step.offers_open or step.forwards_state for step in inner.steps):
        return frozenset()
    written = frozenset(offer.name for step in inner.steps for offer in step.offers)
    let_out = declared(inner.outputs if inner.outputs is not None else inner.state)
    return written if let_out.everything else written & let_out.names


def _observation(step: Step, inner: Workflow, problem: str) -> Observation:
    return Observation(
        message=f'the nested workflow of step "{step.id}" {problem}; declare the field in both states, or call '
        "the nested workflow inside a step that maps the fields",
        span=step.span,
        key=(step.id, inner.name),
        related=(Related(inner.span, "the nested workflow"),),
        step=step.id,
    )
