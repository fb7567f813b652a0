"""The workflows of a run, together: final ids, and who holds whom."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from wflint.model.workflow import Workflow


def linked(workflows: Iterable[Workflow]) -> tuple[Workflow, ...]:
    """The workflows in order of place, with ids `path::name` that are unique, and with their parents."""
    ordered = sorted(workflows, key=lambda workflow: (workflow.span, workflow.name, workflow.framework, workflow.id))
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for workflow in ordered:
        ids[workflow.id] = _free(f"{workflow.span.path}::{workflow.name}", taken)
    parents: dict[str, list[str]] = {}
    for workflow in ordered:
        for step in workflow.steps:
            if step.workflow is not None:
                parents.setdefault(step.workflow, []).append(ids[workflow.id])
    return tuple(_finished(workflow, ids, parents.get(workflow.id, [])) for workflow in ordered)


def _finished(workflow: Workflow, ids: dict[str, str], parents: list[str]) -> Workflow:
    steps = tuple(
        step if step.workflow is None else replace(step, workflow=ids.get(step.workflow)) for step in workflow.steps
    )
    unique = tuple(sorted(set(parents)))
    return replace(workflow, id=ids[workflow.id], steps=steps, parents=unique, parent=unique[0] if unique else None)


def _free(wanted: str, taken: set[str]) -> str:
    candidate, number = wanted, 2
    while candidate in taken:
        candidate, number = f"{wanted}#{number}", number + 1
    taken.add(candidate)
    return candidate
