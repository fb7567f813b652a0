"""WF306: tools that a model is given and nobody runs."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.wording import listed
from wflint.model.finding import Observation, Related
from wflint.model.loss import LossKind
from wflint.model.workflow import StepKind, Workflow

RUNNERS = (StepKind.TOOL, StepKind.SUBWORKFLOW)
"""Kinds of steps that run the tools of others."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every reached step with such tools, where no other step may run them, or where those that run tools lack some."""
    for loss in workflow.losses:
        if loss.kind is LossKind.TOOL and loss.is_at(facts.reachability.reached):
            yield loss.observation
    if workflow.parents or any(step.kind in RUNNERS for step in workflow.steps):
        return
    if any(step.offers_open and step.definition is None for step in workflow.steps):
        return
    for step in workflow.steps:
        idle = step.idle_tools
        if idle is not None and step.id in facts.reachability.reached:
            it = "it" if len(idle.names) == 1 else "them"
            yield Observation(
                message=f'the model of step "{step.id}" is given {listed(idle.names)}, and no step runs {it}: when it '
                f"calls one, its answer is an empty text; add a step that runs the tools, or do not bind {it}",
                span=idle.span,
                key=(step.id, *idle.names),
                related=(Related(step.span, "the step is added here"),) if step.span != idle.span else (),
                step=step.id,
            )
