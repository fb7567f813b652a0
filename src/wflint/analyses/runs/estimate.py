"""What a step would cost, told from its source alone: a range, wide because nothing was measured."""

from __future__ import annotations

from msgspec import Struct

from wflint.analyses.labels.effort import effort_of, is_human, is_model
from wflint.model.workflow import StepKind, Workflow

LOW, HIGH = 0.03, 4.0
"""Factors on the estimate: steps with short prompts cost a thirtieth of it, with long answers four times as much."""


class Estimate(Struct, frozen=True):
    """Effective tokens of one execution, between `low` and `high`."""

    workflow: str
    step: str
    low: int
    high: int


def estimates_of(workflow: Workflow) -> tuple[Estimate, ...]:
    """The steps that call a model for certain; what plain code costs the source does not tell."""
    found = []
    for step in workflow.steps:
        if is_human(step) or not (is_model(step) or step.kind is StepKind.AGENT):
            continue
        effort = effort_of(step, workflow)
        found.append(Estimate(workflow.id, step.id, round(effort * LOW), round(effort * HIGH)))
    return tuple(found)
