"""WF605: a model or service is called for all items at the same time, however many there are."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.execution.fan_outs import FanOut, StepFanOut, fan_outs_in_steps, unbounded_fan_outs
from wflint.analyses.facts import Facts
from wflint.model.conduct import StartedTogether
from wflint.model.finding import Level, Observation, Related
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every such fan-out, between steps, in one or of whole runs; as a note where the items may not be from outside."""
    for found in unbounded_fan_outs(workflow):
        if found.edge.source in facts.reachability.reached:
            yield _between(workflow, found)
    for inside in fan_outs_in_steps(workflow):
        if inside.step.id in facts.reachability.reached:
            yield _within(inside)
    for started in workflow.started_together:
        yield _around(workflow, started)


def _between(workflow: Workflow, found: FanOut) -> Observation:
    edge = found.edge
    calls = [call.span for call in workflow.invocations if not call.limits_concurrency]
    return Observation(
        message=f'step "{edge.source}" starts "{edge.target}" for all items at the same time, and nothing bounds '
        "how many: a long list runs into rate limits; bound the concurrency, or work in batches",
        span=edge.span,
        key=(edge.source, edge.target),
        related=tuple(Related(span, "this call sets no bound") for span in calls[:1]),
        level=None if found.of_data else Level.NOTE,
        edge=(edge.source, edge.target),
    )


def _within(found: StepFanOut) -> Observation:
    name, callee = found.step.id, found.call.callee
    return Observation(
        message=f'step "{name}" calls {callee} for all items at the same time, and nothing bounds how many: a long '
        "list runs into rate limits; let a semaphore admit a few at a time, or work in batches",
        span=found.started.span,
        key=(name, callee),
        related=(Related(found.call.span, f"{callee} is called here"),),
        level=None if found.of_data else Level.NOTE,
        step=name,
    )


def _around(workflow: Workflow, started: StartedTogether) -> Observation:
    return Observation(
        message=f'"{workflow.name}" is run for all of "{started.items}" at the same time, and nothing bounds how many: '
        "a long list runs into rate limits; let a semaphore admit a few at a time, or work in batches",
        span=started.span,
        key=(workflow.name, started.items),
        level=Level.NOTE,
    )
