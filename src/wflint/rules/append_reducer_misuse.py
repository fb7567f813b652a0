"""WF504: a reducer that does not merge, or that adds a whole list, or a whole sum, to itself."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.wording import listed
from wflint.model.contract import APPENDING, Field
from wflint.model.finding import Cause, Observation, Related
from wflint.model.loss import LossKind
from wflint.model.span import Span
from wflint.model.workflow import Exchange, Invocation, Step, Workflow

NUMBERS = ("int", "float")
LISTS = ("list", "List", "tuple", "Sequence")


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every reducer that is not in effect, and every field that a reachable step hands back whole."""
    for loss in workflow.losses:
        if loss.kind is LossKind.REDUCER and loss.is_at(facts.reachability.reached):
            yield loss.observation
    if workflow.state is None or workflow.exchange is not Exchange.STATE:
        return
    merged = [field for field in workflow.state.fields if field.reducer in APPENDING]
    yield from _counted_on(workflow, facts, [field for field in merged if field.type in NUMBERS])
    fields = [field for field in merged if _is_list(field)]
    for step in workflow.steps:
        if step.id in facts.reachability.reached:
            whole = [(field, span) for field in fields if (span := _handed_back(step, field)) is not None]
            found = [(field, span) for field, span in whole if _may_hold(workflow, facts, step, field.name)]
            if found:
                yield _observation(step, found)


def _counted_on(workflow: Workflow, facts: Facts, fields: list[Field]) -> Iterator[Observation]:
    """Sums to which a step adds the sum itself."""
    for step in workflow.steps:
        for field in fields if step.id in facts.reachability.reached else ():
            offer = next((o for o in step.offers if o.name == field.name and field.name in o.derived_from), None)
            if offer is not None and field.name in step.conduct.counted:
                yield Observation(
                    message=f'step "{step.id}" returns "{field.name}" with one added, and the reducer adds that to '
                    "what is there: the count doubles each time; return only what is to be added",
                    span=offer.span,
                    key=(step.id, field.name, "counted"),
                    related=(Related(field.span, f'the reducer of "{field.name}"'),),
                    step=step.id,
                )


def _is_list(field: Field) -> bool:
    return (field.type or "").startswith(LISTS)


def _handed_back(step: Step, field: Field) -> Span | None:
    """Where a step returns all that it found in the field; one that returns its whole input does so for each."""
    own = next((offer for offer in step.offers if offer.name == field.name), None)
    if own is not None and own.repeats:
        return own.span
    changed = next((mutation for mutation in step.mutations if mutation.field == field.name), None)
    replaced = own is not None if changed is None else changed.renewed
    if not step.forwards_state or replaced:
        return None
    return changed.span if changed is not None else step.definition or step.span


def _may_hold(workflow: Workflow, facts: Facts, step: Step, field: str) -> bool:
    """Whether anything can be in the field when the step returns it: an empty list that is appended doubles nothing.

    A workflow within this one adds to what it was given, which is nothing where callers pass an empty list.
    """
    own = {offer.name for offer in step.offers} | {need.name for need in step.needs}
    nested = step.workflow is not None and not step.maps_fields
    if (field in own and not nested) or any(mutation.field == field for mutation in step.mutations):
        return True
    inputs = facts.inputs
    passed = not nested and (
        inputs.unknown or field in inputs.inherited or any(_passes(call, field) for call in inputs.calls)
    )
    return passed or any(
        facts.reachability.leads(other.id, step.id) and (_offers(other, field) if nested else _fills(other, field))
        for other in workflow.steps
        if other.id in facts.reachability.reached
    )


def _passes(call: Invocation, field: str) -> bool:
    return not call.closed or field in call.keys


def _fills(step: Step, field: str) -> bool:
    changed = step.forwards_state and any(mutation.field == field for mutation in step.mutations)
    return step.offers_open or changed or _offers(step, field)


def _offers(step: Step, field: str) -> bool:
    return any(offer.name == field for offer in step.offers)


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
        cause=Cause("appended whole", tuple(names)),
    )
