"""The workflows of a run, together: final ids, and who holds whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from wflint.model.workflow import Workflow


def linked(workflows: Iterable[Workflow]) -> tuple[Workflow, ...]:
    """The workflows in order of place, with ids `path::name` that are unique, and with their parents.

    What an agent runs through its tools begins where the agent does, which may be a workflow itself: steps that refer
    to that place mean the agent, which is there first.
    """
    ordered = sorted(workflows, key=lambda workflow: (workflow.span, workflow.name, workflow.framework, workflow.id))
    taken: set[str] = set()
    ids = [_free(f"{workflow.span.path}::{workflow.name}", taken) for workflow in ordered]
    meant: dict[str, str] = {}
    for workflow, final in zip(ordered, ids, strict=True):
        meant.setdefault(workflow.id, final)
    parents: dict[str, set[str]] = {}
    for workflow, final in zip(ordered, ids, strict=True):
        for step in workflow.steps:
            if step.workflow is not None and step.workflow in meant:
                parents.setdefault(meant[step.workflow], set()).add(final)
    return tuple(
        _finished(workflow, final, meant, sorted(parents.get(final, ())))
        for workflow, final in zip(ordered, ids, strict=True)
    )


def _finished(workflow: Workflow, final: str, meant: Mapping[str, str], parents: Sequence[str]) -> Workflow:
    steps = tuple(
        step if step.workflow is None else replace(step, workflow=meant.get(step.workflow)) for step in workflow.steps
    )
    return replace(workflow, id=final, steps=steps, parents=tuple(parents), parent=parents[0] if parents else None)


def _free(wanted: str, taken: set[str]) -> str:
    candidate, number = wanted, 2
    while candidate in taken:
        candidate, number = f"{wanted}#{number}", number + 1
    taken.add(candidate)
    return candidate
