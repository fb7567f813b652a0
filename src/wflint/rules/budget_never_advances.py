"""WF703: a loop is bounded by a count that nothing in it increases."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.data.gaps import GapKind
from wflint.analyses.data.kept_values import stuck
from wflint.analyses.facts import Facts
from wflint.analyses.flow.budgets import (
    BOUNDING,
    COUNTING,
    Budget,
    advances,
    carriers,
    is_input,
    restart,
    way_round,
)
from wflint.analyses.flow.lasting_counts import lasting_counts
from wflint.analyses.flow.loops import Loop
from wflint.analyses.wording import listed
from wflint.model.code_runs import StuckLoop
from wflint.model.conduct import StuckCount
from wflint.model.contract import Offer
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Invocation, Step, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every bound of a reachable loop whose count stays what it is; one for each loop and field."""
    yield from _stuck(workflow, facts)
    yield from map(_never_counts, workflow.stuck_loops)
    yield from _never_kept(workflow, facts)
    for budget, run in lasting_counts(workflow, facts.budgets):
        if facts.reachability.reached.issuperset(budget.loop.steps):
            yield _lasts(budget, run)
    seen: set[tuple[str, ...]] = set()
    for budget in facts.budgets:
        key = (*budget.loop.steps, budget.counter)
        if key in seen or not facts.reachability.reached.issuperset(budget.loop.steps):
            continue
        if _fails_before(facts, budget.counter):
            continue
        back = restart(workflow, budget)
        if back is not None:
            seen.add(key)
            yield _set_back(budget, key, *back)
        elif not advances(workflow, budget) and not is_input(workflow, budget):
            seen.add(key)
            yield _observation(workflow, budget, key)


def _lasts(budget: Budget, run: Invocation) -> Observation:
    """A count that the next run of the same conversation begins with."""
    steps = listed(budget.loop.steps)
    return Observation(
        message=f'"{budget.counter}" bounds the loop of {steps}, but it is kept from run to run and nothing sets it '
        "back: each run of one conversation has fewer rounds than the one before, until "
        f'"{budget.choice.name}" lets none through; set it back where a run begins, or pass it to the run',
        span=budget.threshold.span,
        key=(*budget.loop.steps, budget.counter, "lasting"),
        path=_cycle(budget),
        related=(Related(run.span, "the same conversation goes on here"),),
        step=budget.choice.source,
    )


def _stuck(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Bounds that compare a count which objects keep and nothing changes; one for each step and count."""
    seen: set[tuple[str, str]] = set()
    for loop in facts.loops:
        for step in filter(None, map(workflow.step, loop.steps)):
            for count in step.conduct.stuck_counts if step.id in facts.reachability.reached else ():
                counts = COUNTING.fullmatch(count.name) and not BOUNDING.fullmatch(count.name)
                if counts and (step.id, count.name) not in seen:
                    seen.add((step.id, count.name))
                    yield _never_changes(step.id, count, loop)


def _never_kept(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Bounds that compare a count which is kept for the run, and that no step of the loop sets anew; one for each."""
    seen: set[tuple[str, str]] = set()
    for found in stuck(workflow, facts.loops):
        name, compared = found.asked.key or "", found.asked.compared
        counts = COUNTING.fullmatch(name) and not BOUNDING.fullmatch(name)
        if counts and compared and found.step in facts.reachability.reached and (found.step, name) not in seen:
            seen.add((found.step, name))
            yield Observation(
                message=f'"{name}" bounds the loop of {listed(found.loop.steps)}, but no step in it sets it to '
                "anything new: the same value is compared in every round; set what was counted",
                span=found.asked.span,
                key=(found.step, name),
                path=_round(found.loop, found.step),
                related=(Related(compared, "the count is compared here"),),
                step=found.step,
            )


def _never_changes(step: str, count: StuckCount, loop: Loop) -> Observation:
    if count.handed_on:
        why = (
            "every message hands it on as it is: the same value is compared in every round; increase it in one of them"
        )
    else:
        why = "nothing changes it once the step is made: the same value is compared in every round; "
        why += "increase it in the step"
    return Observation(
        message=f'"{count.name}" of step "{step}" bounds the loop of {listed(loop.steps)}, but {why}',
        span=count.span,
        key=(step, count.name),
        path=_round(loop, step),
        step=step,
    )


def _never_counts(found: StuckLoop) -> Observation:
    return Observation(
        message=f'"{found.count}" bounds the loop around {listed(found.steps)}, but nothing in it changes the count: '
        "the same value is compared in every round; increase it in the loop",
        span=found.span,
        key=(*found.steps, found.count),
        related=(Related(found.loop, "the loop begins here"),),
        step=found.steps[-1],
    )


def _fails_before(facts: Facts, field: str) -> bool:
    """Whether the read of the field finds nothing, which is a finding of its own."""
    for gap in facts.gaps:
        certain = gap.kind is GapKind.NEVER and gap.read.need.required
        if gap.read.need.name == field and (certain or gap.kind is GapKind.UNDECLARED):
            return True
    return False


def _set_back(budget: Budget, key: tuple[str, ...], step: Step, offer: Offer) -> Observation:
    return Observation(
        message=f'"{budget.counter}" bounds the loop of {listed(budget.loop.steps)}, but step "{step.id}" sets it to '
        f'{offer.fixed} in each round: "{budget.choice.name}" never sees it get there; set it before the loop',
        span=offer.span,
        key=key,
        path=_cycle(budget),
        related=(
            Related(budget.choice.span, "the loop is decided here"),
            Related(budget.threshold.span, "the count is compared here"),
        ),
        step=step.id,
    )


def _cycle(budget: Budget) -> tuple[Related, ...]:
    """The way round the loop, from its test and back."""
    return _round(budget.loop, budget.choice.source)


def _round(loop: Loop, step: str) -> tuple[Related, ...]:
    round_ = set(way_round(loop, step))
    cycle = [edge for edge in loop.edges if (edge.source, edge.target) in round_]
    return tuple(Related(edge.span, f'"{edge.source}" leads to "{edge.target}"') for edge in cycle)


def _written(carried: tuple[tuple[Step, Offer], ...]) -> str:
    """What the steps do with the count that hand it on, or begin it anew."""
    anew = {step.id: offer.fixed is not None for step, offer in carried}
    back, begun = (" and ".join(f'step "{name}"' for name in anew if anew[name] is which) for which in (False, True))
    written = [f"{back} only writes back what it holds"] * bool(back) + [f"{begun} begins it anew"] * bool(begun)
    return " and ".join(written) or "no step in it writes the field"


def _observation(workflow: Workflow, budget: Budget, key: tuple[str, ...]) -> Observation:
    carried = carriers(workflow, budget)
    return Observation(
        message=f'"{budget.counter}" bounds the loop of {listed(budget.loop.steps)}, but {_written(carried)}: '
        f'"{budget.choice.name}" compares the same value in every round; increase it in one of these steps',
        span=budget.threshold.span,
        key=key,
        path=_cycle(budget),
        related=(
            Related(budget.choice.span, "the loop is decided here"),
            *(Related(offer.span, f'step "{step.id}" writes what the field holds') for step, offer in carried),
        ),
        step=budget.choice.source,
    )
