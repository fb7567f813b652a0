"""WF105: a fan-out hands its worker less than the worker reads."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.wording import listed
from wflint.model.contract import Certainty, Need, Payload
from wflint.model.finding import Level, Observation, Related
from wflint.model.loss import LossKind
from wflint.model.workflow import Edge, Step, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every key that a worker requires and a closed payload lacks, and payloads of another form or without a part."""
    for loss in workflow.losses:
        if loss.kind is LossKind.PAYLOAD and loss.is_at(facts.reachability.reached):
            yield loss.observation
    for edge in workflow.edges:
        target = workflow.step(edge.target)
        if (
            edge.payload is not None
            and edge.payload.closed
            and target is not None
            and edge.source in facts.reachability.reached
        ):
            raw = _read_as_object(edge.payload, target, workflow)
            if raw is not None:
                yield _raw(edge, edge.payload, raw)
                continue
            for need in _missing(edge.payload, target):
                yield _observation(edge, edge.payload, need)


def _missing(payload: Payload, worker: Step) -> tuple[Need, ...]:
    known = set(payload.keys)
    wanted = {need.name: need for need in reversed(worker.needs) if need.required and need.name not in known}
    return tuple(wanted[name] for name in sorted(wanted))


def _read_as_object(payload: Payload, worker: Step, workflow: Workflow) -> Need | None:
    """What the worker reads as an attribute of a dict, since it declares an object."""
    declared = worker.own_schema or workflow.state
    if not payload.is_dict or declared is None or declared.mapping or not declared.precise:
        return None
    return next((need for need in worker.needs if need.by_attribute is not None), None)


def _raw(edge: Edge, payload: Payload, need: Need) -> Observation:
    return Observation(
        message=f'the payload for step "{edge.target}" is a dict, but the step reads the attribute "{need.name}": a '
        "fan-out worker is handed its payload as it is; read the key, or send an object",
        span=payload.span,
        key=(edge.source, edge.target, "raw"),
        related=(Related(need.by_attribute or need.span, f'"{edge.target}" reads "{need.name}" here'),),
        step=edge.target,
        edge=(edge.source, edge.target),
    )


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
