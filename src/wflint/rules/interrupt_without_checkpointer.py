"""WF507: a run that waits for an answer and cannot be taken up again."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.analyses.facts import Facts
from wflint.analyses.flow.waiting import Waiting
from wflint.analyses.wording import listed
from wflint.model.conduct import Unapproved
from wflint.model.finding import Level, Observation, Related
from wflint.model.workflow import Step, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """One observation a workflow that forgets: it has to keep its state, whoever waits in it.

    A test may want to see no more than that a run stops.
    """
    if facts.waiting is not None:
        tested = facts.program.is_test(workflow.span.path)
        yield replace(_observation(facts.waiting), level=Level.NOTE if tested else None)
    for step in workflow.steps:
        if step.id in facts.reachability.reached:
            yield from (_unapproved(step, tool) for tool in step.conduct.unapproved)


def _unapproved(step: Step, waiting: Unapproved) -> Observation:
    return Observation(
        message=f'"{waiting.tool}", a tool of step "{step.id}", waits for an approval, but the caller of the run never '
        "looks whether one is asked for: the run stops there without an answer; approve what the result holds, and go "
        "on",
        span=waiting.span,
        key=(step.id, waiting.tool),
        related=(Related(waiting.run, "the run is started here"),),
        step=step.id,
    )


def _observation(waiting: Waiting) -> Observation:
    who = f"step{'s' if len(waiting.steps) > 1 else ''} {listed(waiting.steps)}" if waiting.steps else "the run"
    waits = "wait" if len(waiting.steps) > 1 else "waits"
    return Observation(
        message=f"{who} {waits} for an answer, but the workflow has no checkpointer: a run that stops there cannot be "
        "resumed; compile it with one",
        span=waiting.forgets_at,
        key=waiting.steps,
        related=tuple(Related(place, "the run stops here") for place in waiting.places),
        step=waiting.steps[0] if waiting.steps else None,
    )
