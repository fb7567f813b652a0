"""WF704: the limit of a run ends it before the rounds that its loop allows are used up."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.flow.budgets import rounds_of, way_round
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Exchange, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every call whose limit is below the steps that the counted rounds take at least."""
    if workflow.exchange is not Exchange.STATE or workflow.is_imperative:
        return
    for budget in facts.budgets:
        rounds, length = rounds_of(workflow, budget), len(way_round(budget.loop, budget.choice.source))
        if rounds is None or not length:
            continue
        for call in workflow.invocations:
            needed = rounds * length
            if call.recursion_limit is not None and call.recursion_limit < needed:
                yield Observation(
                    message=f"this call is limited to {call.recursion_limit} steps, but {rounds} rounds of "
                    f'"{budget.counter}" take {needed} at least: the run fails before the loop ends by itself; raise '
                    "the limit or allow fewer rounds",
                    span=call.span,
                    key=(budget.choice.source, budget.counter),
                    related=(Related(budget.threshold.span, "the rounds are counted here"),),
                    step=budget.choice.source,
                )
