"""WF506: a step changes the state in place and does not return the change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from wflint.analyses.data.reads import reads_of
from wflint.analyses.facts import Facts
from wflint.analyses.wording import listed, step_named
from wflint.model.conduct import Mutation
from wflint.model.finding import Level, Observation
from wflint.model.loss import LossKind
from wflint.model.span import Span
from wflint.model.workflow import Exchange, Step, Workflow

Remade = Mapping[tuple[str, Span], AbstractSet[str]]
"""Which steps make a change of a field themselves before they look at it, by the place of the code that makes it."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every change in place that is missing in what reachable steps return; told once where steps share the code."""
    yield from (loss.observation for loss in workflow.losses if loss.kind is LossKind.UPDATE)
    if workflow.exchange is not Exchange.STATE:
        return
    lost: dict[Mutation, list[str]] = {}
    remade: dict[tuple[str, Span], set[str]] = defaultdict(set)
    for step in workflow.steps:
        for mutation in step.mutations:
            if mutation.anew and mutation.used:
                remade[mutation.field, mutation.span].add(step.id)
    for step in workflow.steps:
        if not step.forwards_state and not step.offers_open and step.id in facts.reachability.reached:
            for mutation in _lost(workflow, step, facts, remade):
                lost.setdefault(mutation, []).append(step.id)
    for mutation in sorted(lost, key=lambda item: item.span):
        yield _observation(lost[mutation], mutation)


def _lost(workflow: Workflow, step: Step, facts: Facts, remade: Remade) -> Iterator[Mutation]:
    """The changes of a step that it does not return, of each field the first one, where others look at the field."""
    returned = {offer.name for offer in step.offers}
    missing = {item.field: item for item in reversed(step.mutations) if item.field not in returned}
    return (item for item in missing.values() if _read_by_others(workflow, step, item, facts, remade))


def _read_by_others(workflow: Workflow, step: Step, mutation: Mutation, facts: Facts, remade: Remade) -> bool:
    """Whether anybody else looks at the field; a step may well use the state it was given as its own scratch paper.

    Where its own code goes on to read the field, only those count that come later, in this run or the next. Who runs
    the same code before it looks at the field, code that makes nothing of what was there, misses nothing.
    """
    afresh = remade.get((mutation.field, mutation.span), frozenset())
    others = {
        read.step
        for read in reads_of(workflow)
        if read.need.name == mutation.field
        and (read.choice is not None or (read.step != step.id and read.step not in afresh))
    }
    taken = any(mutation.field in call.takes for call in workflow.invocations)
    if not mutation.used or workflow.persisted or taken:
        return bool(others)
    return any(other == step.id or facts.reachability.leads(step.id, other) for other in others)


def _observation(steps: list[str], mutation: Mutation) -> Observation:
    effect = "other steps may not see it" if mutation.nested else "the change is lost"
    place = f'a value inside "{mutation.field}"' if mutation.nested else f'"{mutation.field}"'
    who = f"{step_named(steps[0])} mutates" if len(steps) == 1 else f"steps {listed(steps)} mutate"
    leave = "does not return it" if len(steps) == 1 else "do not return it"
    return Observation(
        message=f'{who} {place} in place but {leave}, so {effect}; return "{mutation.field}" with its new value',
        span=mutation.span,
        key=(*steps, mutation.field),
        level=Level.NOTE if mutation.nested else None,
        step=steps[0],
    )
