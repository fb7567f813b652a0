"""WF504: a reducer that does not merge, or that appends a whole list to itself."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.wording import listed
from wflint.model.contract import Field
from wflint.model.finding import Observation, Related
from wflint.model.loss import LossKind
from wflint.model.span import Span
from wflint.model.workflow import Exchange, Step, Workflow

APPENDING = frozenset({"add", "iadd", "concat", "iconcat"})
"""Names of `operator`'s functions that put two lists together."""
LISTS = ("list", "List", "tuple", "Sequence")


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every reducer that is not in effect, and every field that a reachable step hands back whole."""
    for loss in workflow.losses:
        if loss.kind is LossKind.REDUCER and loss.is_at(facts.reachability.reached):
            yield loss.observation
    if workflow.state is None or workflow.exchange is not Exchange.STATE:
        return
    fields = [field for field in workflow.state.fields if field.reducer in APPENDING and _is_list(field)]
    for step in workflow.steps:
        if step.id in facts.reachability.reached:
            found = [(field, span) for field in fields if (span := _handed_back(step, field)) is not None]
            if found:
                yield _observation(step, found)


def _is_list(field: Field) -> bool:
    return (field.type or "").startswith(LISTS)


def _handed_back(step: Step, field: Field) -> Span | None:
    """Where a step returns all that it found in the field; one that returns its whole input does so for each."""
    own = next((offer for offer in step.offers if offer.name == field.name), None)
    if own is not None and own.repeats:
        return own.span
    replaced = own is not None and all(mutation.field != field.name for mutation in step.mutations)
    if not step.forwards_state or replaced:
        return None
    changed = next((mutation.span for mutation in step.mutations if mutation.field == field.name), None)
    return changed or step.definition or step.span


def _observation(step: Step, found: list[tuple[Field, Span]]) -> Observation:
    """One for each step, at the most telling place: where it changes a field."""
    names = [field.name for field, _ in found]
    whole = step.definition or step.span
    spans = [span for _, span in found if span != whole]
    return Observation(
        message=f'step "{step.id}" returns all of {listed(names)}, and the reducer appends that to what is there: '
        "entries are doubled; return only the new ones",
        span=min(spans, default=whole),
        key=(step.id, *names),
        related=tuple(Related(field.span, f'the reducer of "{field.name}"') for field, _ in found),
        step=step.id,
    )
