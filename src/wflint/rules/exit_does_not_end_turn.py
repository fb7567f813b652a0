"""WF706: the signal that ends a loop does not end the turn of the agent that gives it."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.model.conduct import ExitSignal
from wflint.model.finding import Level, Observation
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every such signal; as a note where nothing is overwritten by what the model says then, or nothing that counts."""
    for signal in workflow.exit_signals:
        if not signal.asked_again or signal.step not in facts.reachability.reached:
            continue
        lost = f', and its answer overwrites "{signal.overwrites}"' if signal.overwrites else ""
        yield Observation(
            message=f'"{signal.tool}" ends the loop "{signal.loop}" but not the turn of step "{signal.step}": its '
            f"model is asked once more after the loop is over{lost}; end the turn as well",
            span=signal.span,
            key=(signal.step, signal.tool),
            level=None if signal.overwrites and not _is_for_the_loop(workflow, facts, signal) else Level.NOTE,
            step=signal.step,
        )


def _is_for_the_loop(workflow: Workflow, facts: Facts, signal: ExitSignal) -> bool:
    """Whether nobody but steps of the loop reads the field: once it is over, nobody cares."""
    readers = {step.id for step in workflow.steps for need in step.needs if need.name == signal.overwrites}
    around = {name for loop in facts.loops if signal.step in loop.steps for name in loop.steps}
    return bool(readers) and readers <= around
