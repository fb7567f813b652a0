"""WF506: a step changes the state in place and does not return the change."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.reads import reads_of
from wflint.model.conduct import Mutation
from wflint.model.finding import Level, Observation
from wflint.model.workflow import Exchange, Step, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every field that a reachable step changes in place and leaves out of what it returns."""
    if workflow.exchange is not Exchange.STATE:
        return
    for step in workflow.steps:
        if step.forwards_state or step.offers_open or step.id not in facts.reachability.reached:
            continue
        returned = {offer.name for offer in step.offers}
        missing = [item for item in reversed(step.mutations) if item.field not in returned]
        lost = {item.field: item for item in missing if _read_by_others(workflow, step, item.field)}
        for mutation in sorted(lost.values(), key=lambda item: item.span):
            yield _observation(step, mutation)


def _read_by_others(workflow: Workflow, step: Step, field: str) -> bool:
    """Whether anybody else looks at the field; a step may well use the state it was given as its own scratch paper."""
    return any(
        read.need.name == field and (read.step != step.id or read.choice is not None) for read in reads_of(workflow)
    )


def _observation(step: Step, mutation: Mutation) -> Observation:
    effect = "others may see it or not" if mutation.nested else "the change is lost"
    place = f'a value inside "{mutation.field}"' if mutation.nested else f'"{mutation.field}"'
    return Observation(
        message=f'step "{step.id}" changes {place} in place and does not return it, so {effect}; return '
        f'"{mutation.field}" with its new value',
        span=mutation.span,
        key=(step.id, mutation.field),
        level=Level.NOTE if mutation.nested else None,
        step=step.id,
    )
