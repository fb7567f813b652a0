"""What bounds the rounds of a loop: the numbers that its ways out compare a field with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from wflint.analyses.flow.loops import Loop
from wflint.model.conduct import Threshold
from wflint.model.contract import Certainty, Offer, Origin
from wflint.model.patterns import pattern
from wflint.model.strong_parts import strong_parts
from wflint.model.workflow import Aspect, Choice, Exchange, Step, StepKind, Workflow

COUNTING = pattern(
    r"(?i)(?:.*_)?(?:iterations?|iters?|attempts?|retry|retries|tries|rounds?|loops?|turns?|revisions?|cycles?|passes"
    r"|rewrites?|repairs?|corrections?|refinements?|reflections?|regenerations?|reruns?|restarts?|redos?)"
    r"(?:_(?:count|counter|number|num|no|index|idx|so_far|done|used|made))?|(?:.*_)?counter|count"
)
"""Names of fields that count rounds."""
BOUNDING = pattern(r"(?i)(?:.*_)?(?:max|maximum|min|limit|budget|allowed|total|remaining|left)(?:_.*)?")
"""Names of fields that say how many there may be."""
UPWARD = frozenset({">", ">=", "==", "<", "<="})
"""How a count is compared with the most that it may come to, at the way out or at the way round."""


class Budget(Struct, frozen=True):
    """A test at a way out of a loop that looks at a field which counts the rounds."""

    loop: Loop
    choice: Choice
    counter: str
    threshold: Threshold


def budgets_of(workflow: Workflow, loops: Sequence[Loop]) -> Iterator[Budget]:
    """Every such test, where all steps and edges are known."""
    if workflow.open_to(Aspect.STEPS) or workflow.open_to(Aspect.EDGES):
        return
    for loop in loops:
        numbers = sorted({edge.choice for edge in loop.exits if edge.choice is not None})
        for choice in (workflow.choices[number] for number in numbers):
            for threshold in _thresholds(workflow, choice):
                counter = _counter(workflow, loop, threshold)
                if counter is not None and choice.source in loop.steps:
                    yield Budget(loop, choice, counter, threshold)


def advances(workflow: Workflow, budget: Budget) -> bool:
    """Whether something in the loop may change what the test looks at; whoever is handed a shared state may, too."""
    steps = [workflow.step(name) for name in budget.loop.steps]
    shared = workflow.exchange is Exchange.STATE and not workflow.rebuilds_state
    return any(
        step is None or _may_write(step, budget) or (step.needs_open and shared) for step in steps
    ) or _is_reduced(workflow, budget)


def restart(workflow: Workflow, budget: Budget) -> tuple[Step, Offer] | None:
    """The step that sets the count back in each round, where what is added to it until the test never suffices."""
    steps = [step for step in map(workflow.step, budget.loop.steps) if step is not None]
    writes = [(step, offer) for step in steps for offer in step.offers if offer.name == budget.counter]
    back = next(((step, offer) for step, offer in writes if _sets_back(step, offer, budget)), None)
    others = [step for step, _ in writes if back is not None and step.id != back[0].id]
    adding = all(budget.counter in step.conduct.counted and not step.mutations for step in others)
    opaque = any(_is_opaque(step) or step.forwards_state for step in steps)
    if back is None or not adding or opaque or _is_reduced(workflow, budget):
        return None
    return back if _stays_below(budget, (back[1].fixed or 0) + len(others)) else None


def _sets_back(step: Step, offer: Offer, budget: Budget) -> bool:
    """Whether a step writes the same number in each round, before the test."""
    sets = offer.fixed is not None and offer.certainty is Certainty.CERTAIN and step.id != budget.choice.source
    names = [name for name in budget.loop.steps if name != step.id]
    left = [(edge.source, edge.target) for edge in budget.loop.edges if step.id not in (edge.source, edge.target)]
    return sets and len(strong_parts(names, left)) == len(names) and all(source != target for source, target in left)


def _stays_below(budget: Budget, number: int) -> bool:
    """Whether a number does not get the loop to its end; 0 and 1 never do where the limit is not known."""
    threshold = budget.threshold
    if threshold.at is None:
        return len(threshold.fields) > 1 and threshold.fields[0] == budget.counter and number <= 1
    return number <= threshold.at if threshold.operator in (">", "<=") else number < threshold.at


def carriers(workflow: Workflow, budget: Budget) -> tuple[tuple[Step, Offer], ...]:
    """The steps in the loop that hand the count on as it is, each with where it does."""
    steps = [step for step in map(workflow.step, budget.loop.steps) if step is not None]
    return tuple((step, offer) for step in steps for offer in step.offers if offer.name == budget.counter)


def _is_reduced(workflow: Workflow, budget: Budget) -> bool:
    """Whether a reducer may make more of a count that is handed on as it is."""
    field = workflow.state.field(budget.counter) if workflow.state is not None else None
    return field is not None and field.reducer is not None and bool(carriers(workflow, budget))


def is_input(workflow: Workflow, budget: Budget) -> bool:
    """Whether a step outside the loop works out the field, so that it may be no counter."""
    offers = (offer for step in workflow.steps for offer in step.offers if not offer.unchanged)
    writers = [offer for offer in offers if offer.name == budget.counter]
    return any(offer.derived_from or set(offer.origins) - {Origin.CODE} for offer in writers)


def rounds_of(workflow: Workflow, budget: Budget) -> int | None:
    """How many rounds the test lets through, where one step adds one a round; None where that is not known."""
    threshold = budget.threshold
    if threshold.at is None or threshold.operator not in UPWARD:
        return None
    writers = [s for s in map(workflow.step, budget.loop.steps) if s and any(_counts(s, budget.counter))]
    return int(threshold.at) if len(writers) == 1 else None


def way_round(loop: Loop, start: str) -> tuple[tuple[str, str], ...]:
    """The pairs of steps along the shortest way round a loop that comes back to a step."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while ways:
        longer: list[tuple[str, ...]] = []
        for way in ways:
            for target in dict.fromkeys(edge.target for edge in loop.edges if edge.source == way[-1]):
                if target == start:
                    return tuple(pairwise((*way, start)))
                if target not in seen:
                    seen.add(target)
                    longer.append((*way, target))
        ways = longer
    return ()


def _counts(step: Step, field: str) -> Iterator[bool]:
    return (field in offer.derived_from for offer in step.offers if offer.name == field)


def _thresholds(workflow: Workflow, choice: Choice) -> tuple[Threshold, ...]:
    step = workflow.step(choice.source)
    return (*choice.thresholds, *(step.conduct.thresholds if step is not None and choice.is_goto else ()))


def _counter(workflow: Workflow, loop: Loop, threshold: Threshold) -> str | None:
    """The field that counts, where one does by its name, or because a step of the loop adds one to it."""
    steps = [step for step in map(workflow.step, loop.steps) if step is not None]
    raised = {name for step in steps for name in step.conduct.counted if any(_counts(step, name))}
    named = (
        name
        for name in threshold.fields
        if (COUNTING.fullmatch(name) and not BOUNDING.fullmatch(name)) or name in raised
    )
    return next(named, None)


def _may_write(step: Step, budget: Budget) -> bool:
    """Whether a step may write one of the fields, other than to begin anew."""
    again = [offer for offer in step.offers if offer.name == budget.counter and offer.fixed is not None]
    idle = {offer.name for offer in again if _stays_below(budget, offer.fixed or 0)}
    named = {
        *(offer.name for offer in step.offers if not offer.unchanged and offer.name not in idle),
        *(mutation.field for mutation in step.mutations if mutation.field not in idle),
    }
    return _is_opaque(step) or step.forwards_state or not named.isdisjoint(budget.threshold.fields)


def _is_opaque(step: Step) -> bool:
    """Whether more may be written than is seen; a person may change the fields while the run waits."""
    waits = step.interrupts or step.kind is StepKind.HUMAN
    return step.offers_open or waits or step.workflow is not None
