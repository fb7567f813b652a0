"""WF705: the exit of an inner loop ends the loop around it as well."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every such exit of a step that is reached."""
    for signal in workflow.exit_signals:
        if not signal.also_ends or signal.step not in facts.reachability.reached:
            continue
        yield Observation(
            message=f'"{signal.tool}" of step "{signal.step}" ends the loop "{signal.loop}" and the loop '
            f'"{signal.also_ends}" around it, after its first round; call the inner loop as a tool, or let a step of '
            "the outer loop decide by a field of the state",
            span=signal.span,
            key=(signal.step, signal.tool, signal.also_ends),
            related=(Related(signal.other, "this loop ends as well"),) if signal.other is not None else (),
            step=signal.step,
        )
