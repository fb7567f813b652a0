"""WF704: the limit of a run ends it before the rounds that its loop allows are used up."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.flow.budgets import rounds_of, way_round
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Exchange, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every limit that is below the steps, or the runs of one step, that the counted rounds take at least."""
    yield from _too_few_runs(workflow, facts)
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


def _too_few_runs(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """The steps of loops that count their own runs further than the workflow lets any step run."""
    limit, looped = workflow.limit, {name for loop in facts.loops for name in loop.steps}
    if limit is None or not limit.given:
        return
    for step in workflow.steps:
        for count in step.conduct.own_rounds if step.id in looped & facts.reachability.reached else ():
            if limit.most < count.runs:
                yield Observation(
                    message=f'"{count.name}" of step "{step.id}" ends its loop in run {count.runs} at last, but '
                    f"{limit.name} lets no step run more than {limit.most} times: the run fails before the loop ends "
                    "by itself; raise the limit or allow fewer rounds",
                    span=count.span,
                    key=(step.id, count.name),
                    related=(Related(workflow.span, "the runs are limited here"),),
                    step=step.id,
                )
