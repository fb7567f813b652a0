"""WF504: a step returns a whole list to a field whose reducer appends it to itself."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.model.contract import Field
from wflint.model.finding import Observation, Related
from wflint.model.span import Span
from wflint.model.workflow import Exchange, Step, Workflow

APPENDING = frozenset({"add", "iadd", "concat", "iconcat"})
"""Names of `operator`'s functions that put two lists together."""
LISTS = ("list", "List", "tuple", "Sequence")


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every field that a reachable step hands back whole."""
    if workflow.state is None or workflow.exchange is not Exchange.STATE:
        return
    fields = [field for field in workflow.state.fields if field.reducer in APPENDING and _is_list(field)]
    for step in workflow.steps:
        if step.id in facts.reachability.reached:
            for field in fields:
                span = _handed_back(step, field)
                if span is not None:
                    yield _observation(step, field, span)


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


def _observation(step: Step, field: Field, span: Span) -> Observation:
    return Observation(
        message=f'step "{step.id}" returns all of "{field.name}", and its reducer appends that to what is there: '
        "entries are doubled; return only the new ones",
        span=span,
        key=(step.id, field.name),
        related=(Related(field.span, f'the reducer of "{field.name}"'),),
        step=step.id,
    )
