"""What one execution of a step costs: recorded where runs are, else a range told from the source."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from wflint.analyses.labels.effort import effort_of, is_human, is_model
from wflint.analyses.runs.estimate import HIGH, LOW
from wflint.model.program import Program
from wflint.model.recorded import RecordedStep, Recording
from wflint.model.workflow import Step, Workflow

DEEPEST = 20
"""So many workflows within each other are added up."""


class StepCost(Struct, frozen=True):
    """Effective tokens of one execution; all three are one number where they are recorded."""

    low: float = 0.0
    typical: float = 0.0
    high: float = 0.0
    is_recorded: bool = False


FREE = StepCost()
"""What costs no tokens: plain code, people, the ends of a run."""


def total(costs: tuple[StepCost, ...]) -> StepCost:
    """The sum of several costs; recorded only where all of those are that cost anything."""
    paid = [cost for cost in costs if cost.high]
    return StepCost(
        sum(cost.low for cost in paid),
        sum(cost.typical for cost in paid),
        sum(cost.high for cost in paid),
        bool(paid) and all(cost.is_recorded for cost in paid),
    )


def step_costs(workflow: Workflow, program: Program, recording: Recording | None) -> Mapping[str, StepCost]:
    """The cost of each step of a workflow."""
    recorded = {(one.workflow, one.step): one for one in recording.steps} if recording is not None else {}
    return {step.id: _cost(step, workflow, program, recorded, frozenset({workflow.id})) for step in workflow.steps}


def _cost(
    step: Step,
    workflow: Workflow,
    program: Program,
    recorded: Mapping[tuple[str, str], RecordedStep],
    around: frozenset[str],
) -> StepCost:
    known = _recorded(recorded.get((workflow.id, step.id)))
    if known is not None:
        return known
    inner = program.workflow(step.workflow) if step.workflow is not None else None
    if inner is not None and inner.id not in around and len(around) < DEEPEST:
        within = around | {inner.id}
        return total(tuple(_cost(one, inner, program, recorded, within) for one in inner.steps))
    if is_human(step) or not is_model(step):
        return FREE
    effort = effort_of(step, workflow)
    return StepCost(round(effort * LOW), effort, round(effort * HIGH))


def _recorded(found: RecordedStep | None) -> StepCost | None:
    """The mean of the recorded executions, that of the workflow within included."""
    if found is None or not found.executions or (found.et is None and found.inner_et is None):
        return None
    mean = ((found.et or 0.0) + (found.inner_et or 0.0)) / found.executions
    return StepCost(mean, mean, mean, is_recorded=True)
