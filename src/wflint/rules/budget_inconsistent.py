"""WF704: the limit of a run ends it before the rounds that its loop allows are used up."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.flow.budgets import rounds_of, way_round
from wflint.model.conduct import OwnRounds
from wflint.model.finding import Observation, Related
from wflint.model.limits import RunLimit
from wflint.model.workflow import END, START, Exchange, Step, Workflow

FEWEST_ROUNDS = 2
"""A run of a single turn is one that people go on with; one that may take none at all is meant to fail."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every limit that is below the steps, or the runs of one step, that the counted rounds take at least."""
    yield from _too_few_runs(workflow, facts)
    yield from _too_few_turns(workflow, facts)
    yield from _never_their_turn(workflow, facts)
    yield from _too_little_time(workflow, facts)
    if workflow.exchange is not Exchange.STATE or workflow.is_imperative:
        return
    yield from _too_few_steps(workflow)
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


def _too_few_steps(workflow: Workflow) -> Iterator[Observation]:
    """The runs that may take fewer steps than the shortest way through the workflow has."""
    limited = [call for call in workflow.invocations if call.recursion_limit is not None]
    halts = workflow.halts_at is not None or any(step.interrupts for step in workflow.steps)
    needed = _shortest(workflow) if limited and not halts and not workflow.unresolved else None
    for call in limited if needed is not None else ():
        if call.recursion_limit is not None and FEWEST_ROUNDS <= call.recursion_limit < (needed or 0):
            yield Observation(
                message=f"this call is limited to {call.recursion_limit} steps, but every way through the workflow has "
                f"{needed} at least: the run fails; raise the limit",
                span=call.span,
                key=("steps",),
            )


def _shortest(workflow: Workflow) -> int | None:
    """How many steps follow each other at least until a run is at its end; None where it does not get there."""
    edges_from = workflow.index.edges_from
    reached, front, count = {START}, {START}, 0
    while front:
        if END in front or (count and not all(map(edges_from, front))):
            return count - 1 if END in front else count
        front = {edge.target for name in front for edge in edges_from(name)} - reached
        reached |= front
        count += 1
    return None


def _too_few_turns(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """The runs that may take fewer turns than the step that they begin with takes until it answers."""
    begun = workflow.entries if workflow.exchange is Exchange.MESSAGES and len(workflow.entries) == 1 else ()
    for step in workflow.steps:
        needed = step.conduct.fewest_turns
        known = needed >= FEWEST_ROUNDS and step.id in begun and step.id in facts.reachability.reached
        for call in workflow.invocations if known else ():
            if call.recursion_limit is not None and call.recursion_limit < needed:
                yield Observation(
                    message=f'this call is limited to {call.recursion_limit} turns, but step "{step.id}" takes '
                    f"{needed} at least, as it has to call a tool before it answers: the run fails; raise the limit",
                    span=call.span,
                    key=(step.id, "turns"),
                    related=(Related(step.span, "the step is made here"),),
                    step=step.id,
                )


def _never_their_turn(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """The steps of a conversation in turns that its limit ends before they come."""
    limit = workflow.limit
    if limit is None or not limit.in_all or limit.most < FEWEST_ROUNDS or workflow.open_sources:
        return
    turn, current = 1, set(workflow.entries)
    seen: set[str] = set()
    while current - seen:
        late = sorted(current - seen) if turn > limit.most else ()
        for name in late:
            step = workflow.step(name)
            if step is not None and name in facts.reachability.reached:
                yield Observation(
                    message=f'step "{name}" comes in turn {turn} at the earliest, but {limit.name} ends the run after '
                    f"{limit.most}: it never says a word; raise the limit",
                    span=workflow.span,
                    key=(name, limit.name),
                    related=(Related(step.span, f'"{name}" is made here'),),
                    step=name,
                )
        seen |= current
        current = {edge.target for name in current for edge in workflow.index.edges_from(name)} - seen
        turn += 1


def _too_few_runs(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """The steps of loops that count their own runs further than the workflow lets any step run."""
    limit = workflow.limit
    if limit is None or not limit.given:
        return
    for step in (one for one in workflow.steps if one.conduct.own_rounds and one.id in facts.reachability.reached):
        around = (loop for loop in facts.loops if step.id in loop.steps)
        way = min((len(way_round(loop, step.id)) if limit.in_supersteps else 1 for loop in around), default=0)
        for count in step.conduct.own_rounds:
            if way and limit.most < count.runs * way:
                yield _runs_out(step, count, limit, way, workflow)


def _too_little_time(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """The waits of steps that are longer than a run may take."""
    limit = workflow.time_limit
    reached = (step for step in workflow.steps if limit is not None and step.id in facts.reachability.reached)
    for step, wait in ((each, wait) for each in reached for wait in each.conduct.waits):
        if limit is not None and wait.seconds >= limit.seconds:
            yield Observation(
                message=f'step "{step.id}" allows for {wait.what}, but a run of "{workflow.name}" is ended after '
                f"{limit.seconds:g} seconds: it fails before that; give the run more time, or allow for less",
                span=wait.span,
                key=(step.id, "time"),
                related=(Related(limit.span, "the run is given its time here"),),
                step=step.id,
            )


def _runs_out(step: Step, count: OwnRounds, limit: RunLimit, way: int, workflow: Workflow) -> Observation:
    lets = f"lets no step run more than {limit.most} times"
    if limit.in_supersteps:
        lets = f"ends the run after {limit.most} supersteps, and each round of the loop takes {way}"
    return Observation(
        message=f'"{count.name}" of step "{step.id}" ends its loop in run {count.runs} at last, but '
        f"{limit.name} {lets}: the run fails before the loop ends by itself; raise the limit or allow fewer rounds",
        span=count.span,
        key=(step.id, count.name),
        related=(Related(workflow.span, "the runs are limited here"),),
        step=step.id,
    )
