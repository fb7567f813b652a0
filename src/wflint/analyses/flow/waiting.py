"""Runs that stop until somebody answers, where nothing keeps them until then."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wflint.analyses.flow.reachability import Reachability
from wflint.model.program import Program
from wflint.model.span import Span
from wflint.model.workflow import Workflow

DEEPEST = 4
"""So many workflows within each other are looked at."""


class Waiting(Struct, frozen=True):
    """A workflow that forgets its runs, with the steps that wait in it and where they do."""

    forgets_at: Span
    steps: tuple[str, ...]
    places: tuple[Span, ...]


def waiting(workflow: Workflow, program: Program, reachability: Reachability) -> Waiting | None:
    """What waits in a workflow that forgets; a workflow inside another one is kept by that."""
    if workflow.forgets_at is None or workflow.parent is not None or workflow.parents:
        return None
    found = {
        step.id: places
        for step in workflow.steps
        if step.id in reachability.reached and (places := tuple(_places(workflow, step.id, program, DEEPEST)))
    }
    places = tuple(dict.fromkeys(place for each in found.values() for place in each))
    if workflow.halts_at is not None:
        places = (*places, workflow.halts_at)
    return Waiting(workflow.forgets_at, tuple(found), places) if places else None


def _places(workflow: Workflow, name: str, program: Program, depth: int) -> Iterator[Span]:
    """Where a step waits, or the steps of the workflow that it runs; one that keeps its own runs does not count."""
    step = workflow.step(name)
    if step is None or not depth:
        return
    yield from (pause.span for pause in step.pauses)
    inner = program.workflow(step.workflow) if step.workflow is not None else None
    if inner is not None and not inner.persisted and not step.maps_fields:
        for each in inner.steps:
            yield from _places(inner, each.id, program, depth - 1)
