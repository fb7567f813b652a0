"""WF607: a check that is never made where it stands, or that stops nothing."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.model.conduct import PassingGuard
from wflint.model.finding import Observation
from wflint.model.loss import LossKind
from wflint.model.workflow import Step, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every one at a step that is reached."""
    for step in workflow.steps:
        if step.id in facts.reachability.reached:
            yield from (_passes(step, guard) for guard in step.conduct.passing_guards)
    for loss in workflow.losses:
        if loss.kind is LossKind.GUARD and loss.is_at(facts.reachability.reached):
            yield loss.observation


def _passes(step: Step, guard: PassingGuard) -> Observation:
    return Observation(
        message=f'the check "{guard.name}" of step "{step.id}" stops nothing: whatever it sees, it says that all is '
        "well; hand back what it found",
        span=guard.span,
        key=(step.id, guard.name),
        step=step.id,
    )
