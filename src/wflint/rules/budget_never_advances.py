"""WF703: a loop is bounded by a count that nothing in it increases."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.data.gaps import GapKind
from wflint.analyses.facts import Facts
from wflint.analyses.flow.budgets import Budget, advances, carriers, is_input, way_round
from wflint.analyses.wording import listed
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every bound of a reachable loop whose count stays what it is; one for each loop and field."""
    seen: set[tuple[str, ...]] = set()
    for budget in facts.budgets:
        key = (*budget.loop.steps, budget.counter)
        if key in seen or not facts.reachability.reached.issuperset(budget.loop.steps):
            continue
        if _fails_before(facts, budget.counter):
            continue
        if not advances(workflow, budget) and not is_input(workflow, budget):
            seen.add(key)
            yield _observation(workflow, budget, key)


def _fails_before(facts: Facts, field: str) -> bool:
    """Whether the read of the field finds nothing, which is a finding of its own."""
    for gap in facts.gaps:
        certain = gap.kind is GapKind.NEVER and gap.read.need.required
        if gap.read.need.name == field and (certain or gap.kind is GapKind.UNDECLARED):
            return True
    return False


def _observation(workflow: Workflow, budget: Budget, key: tuple[str, ...]) -> Observation:
    carried = carriers(workflow, budget)
    back = " and ".join(f'step "{name}"' for name in dict.fromkeys(step.id for step, _ in carried))
    written = f"{back} only writes back what it holds" if carried else "no step in it writes the field"
    round_ = set(way_round(budget.loop, budget.choice.source))
    cycle = [edge for edge in budget.loop.edges if (edge.source, edge.target) in round_]
    return Observation(
        message=f'"{budget.counter}" bounds the loop of {listed(budget.loop.steps)}, but {written}: '
        f'"{budget.choice.name}" compares the same value in every round; increase it in one of these steps',
        span=budget.threshold.span,
        key=key,
        path=tuple(Related(edge.span, f'"{edge.source}" leads to "{edge.target}"') for edge in cycle),
        related=(
            Related(budget.choice.span, "the loop is decided here"),
            *(Related(offer.span, f'step "{step.id}" writes what the field holds') for step, offer in carried),
        ),
        step=budget.choice.source,
    )
