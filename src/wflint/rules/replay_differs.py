"""WF904: code that is run again after a pause makes a value anew that somebody was given before."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.model.conduct import ReplayedValue
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every such value of a reachable step, or of the code around the steps."""
    yield from (_observation(value, workflow.name, None) for value in workflow.replayed)
    for step in workflow.steps:
        if step.id in facts.reachability.reached:
            yield from (_observation(value, step.id, step.id) for value in step.conduct.replayed)


def _observation(value: ReplayedValue, name: str, step: str | None) -> Observation:
    return Observation(
        message=f'"{name}" runs again from its top after the pause, and {value.callee} gives another value then: what '
        "was handed out before is not what is used after; make it in an earlier step, or derive it from the input",
        span=value.span,
        key=(name, value.callee),
        path=(
            Related(value.shown, "handed out here, with the first value"),
            Related(value.paused, "the code stops here and is run again from its top"),
            Related(value.used, "used here, with the second value"),
        ),
        related=(Related(value.shown, "handed out here"), Related(value.used, "used here after the pause")),
        step=step,
    )
