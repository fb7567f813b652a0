"""WF107: a step returns something that is no update of the state."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.model.contract import Certainty
from wflint.model.finding import Level, Observation
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every return of a reachable step that its framework refuses; a state without fields may be any value."""
    if workflow.state is None:
        return
    for step in workflow.steps:
        if step.id not in facts.reachability.reached:
            continue
        for bad in step.bad_returns:
            yield Observation(
                message=f'step "{step.id}" returns {bad.shape}, not a state update: the run fails; '
                "return the changed fields by name",
                span=bad.span,
                key=(step.id, bad.shape),
                level=Level.ERROR if bad.certainty is Certainty.CERTAIN else Level.WARNING,
                step=step.id,
            )
