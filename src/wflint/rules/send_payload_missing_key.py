"""WF105: a fan-out hands its worker less than the worker reads."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.wording import listed
from wflint.model.contract import Certainty, Need, Payload
from wflint.model.finding import Level, Observation, Related
from wflint.model.workflow import Edge, Step, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every key that a worker requires and a closed payload lacks."""
    for edge in workflow.edges:
        target = workflow.step(edge.target)
        if (
            edge.payload is not None
            and edge.payload.closed
            and target is not None
            and edge.source in facts.reachability.reached
        ):
            for need in _missing(edge.payload, target):
                yield _observation(edge, edge.payload, need)


def _missing(payload: Payload, worker: Step) -> tuple[Need, ...]:
    known = set(payload.keys)
    if worker.own_schema is not None:
        known |= {field.name for field in worker.own_schema.fields if field.preset}
    wanted = {need.name: need for need in reversed(worker.needs) if need.required and need.name not in known}
    return tuple(wanted[name] for name in sorted(wanted))


def _observation(edge: Edge, payload: Payload, need: Need) -> Observation:
    passed = f"only {listed(payload.keys)}" if payload.keys else "nothing"
    return Observation(
        message=f'the payload for step "{edge.target}" passes {passed}, but the step reads "{need.name}": a fan-out '
        f'worker sees only its payload, not the shared state; add "{need.name}" to the payload',
        span=payload.span,
        key=(edge.source, edge.target, need.name),
        related=(Related(need.span, f'"{edge.target}" reads "{need.name}" here'),),
        level=Level.ERROR if need.certainty is Certainty.CERTAIN else Level.WARNING,
        step=edge.target,
        edge=(edge.source, edge.target),
    )
