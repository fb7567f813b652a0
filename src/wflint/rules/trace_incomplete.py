"""WF902: recorded runs that lack a part of a complete trace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.wording import step_named
from wflint.model.finding import Observation
from wflint.model.recorded import MissingPart, Recording
from wflint.model.workflow import Workflow

_SHOWN = 5


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """One observation for each part that a step, or the workflow as a whole, lacks in some run."""
    recording = facts.recording
    if recording is None or not any(step.workflow == workflow.id for step in recording.steps):
        return
    grouped: dict[tuple[str | None, str], list[MissingPart]] = defaultdict(list)
    for one in recording.missing:
        if one.workflow == workflow.id or (one.step is None and _is_outermost(workflow, recording)):
            grouped[one.step, one.part].append(one)
    for (name, part), missing in grouped.items():
        step = workflow.step(name) if name is not None else None
        if name is None or step is not None:
            subject = step_named(name) if name is not None else f'workflow "{workflow.name}"'
            yield Observation(
                message=f"recorded runs of {subject} lack {part}{_runs(missing, recording)}: {missing[0].reason}; "
                "record that part, for nobody can tell without it what happened",
                span=step.span if step is not None else workflow.span,
                key=(name or "", part),
                step=name,
            )


def _is_outermost(workflow: Workflow, recording: Recording) -> bool:
    """Whether runs as a whole are runs of this workflow, as far as the recording tells."""
    recorded = {step.workflow for step in recording.steps}
    return not recorded & {*workflow.parents, workflow.parent}


def _runs(missing: list[MissingPart], recording: Recording) -> str:
    runs = sorted({one.run for one in missing if one.run is not None})
    if not runs:
        return ""
    shown = ", ".join(str(run) for run in runs[:_SHOWN]) + (", ..." if len(runs) > _SHOWN else "")
    return f" in {len(runs)} of {len(recording.runs)} runs ({shown})"
