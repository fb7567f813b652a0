"""Counts of rounds that outlive a run: the next one begins where they stand, and has so many rounds less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wflint.analyses.flow.budgets import UPWARD, Budget, advances
from wflint.model.workflow import Invocation, Step, Workflow


def lasting_counts(workflow: Workflow, budgets: Sequence[Budget]) -> Iterator[tuple[Budget, Invocation]]:
    """The budgets whose count nothing sets back between runs of a workflow that keeps its state, with such a run."""
    runs = workflow.invocations
    if not workflow.persisted or not runs or workflow.parents or not all(run.closed for run in runs):
        return
    again = next((run for run in runs if run.goes_on), None)
    for budget in budgets if again is not None else ():
        given = any(budget.counter in run.keys for run in runs)
        upward = budget.threshold.operator in UPWARD and advances(workflow, budget)
        if again is not None and upward and not given and _only_counts(workflow, budget):
            yield budget, again


def _only_counts(workflow: Workflow, budget: Budget) -> bool:
    """Whether all that any step writes into the count is one more, and no step may write what is not seen."""
    steps = [step for step in workflow.steps if not _is_plain_router(step)]
    if any(step.offers_open or step.forwards_state or step.interrupts or step.workflow is not None for step in steps):
        return False
    writers = [step for step in steps if any(offer.name == budget.counter for offer in step.offers)]
    return bool(writers) and all(budget.counter in step.conduct.counted for step in writers)


def _is_plain_router(step: Step) -> bool:
    return not step.offers and not step.offers_open
