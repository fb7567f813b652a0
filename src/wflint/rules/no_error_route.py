"""WF606: a step on the critical path whose failure ends the run."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.execution.safeguards import without_handler
from wflint.analyses.facts import Facts
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every such step that calls a model or a service."""
    path = facts.execution.critical_path
    for step, call in without_handler(workflow, facts.reachability):
        if step.id in path:
            yield Observation(
                message=f'step "{step.id}" is on the critical path, and nothing handles a failure of {call.callee}: no '
                "handler, no fallback, no way to a person; add one of them",
                span=call.span,
                key=(step.id,),
                related=(Related(step.span, "the step is added here"),),
                step=step.id,
            )
