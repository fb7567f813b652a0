"""Lists of messages that nothing merges, so that each step's update replaces what the steps before it said."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wflint.analyses.flow.reachability import Reachability
from wflint.model.contract import Field, Offer
from wflint.model.patterns import pattern
from wflint.model.workflow import Exchange, Step, Workflow

TALK = pattern(r"(?i)(?:^|_)(?:messages?|conversation|dialog(?:ue)?|(?:chat|message|conversation)_(?:history|log))$")
"""Names of fields that hold what was said."""
LISTS = pattern(r"^(?:list|List|Sequence|typing\.\w+|tuple)\b")
MEANT = pattern(r"(?i)summar|trim|compress|condens|prune|reset|clear|restart|replace|rewrite|filter|forget|init|setup")
"""Names of steps that replace a conversation on purpose."""


class Overwritten(Struct, frozen=True):
    """A field that an earlier step's new messages are lost from when a later step writes its own."""

    field: Field
    earlier: Step
    earlier_offer: Offer
    later: Step
    later_offer: Offer
    readers: tuple[Step, ...]


def overwritten(workflow: Workflow, reachability: Reachability) -> tuple[Overwritten, ...]:
    """The first loss of each such field, where the framework could merge writes and is not told to."""
    if workflow.state is None or workflow.exchange is not Exchange.STATE or not workflow.idioms.annotated_reducers:
        return ()
    fields = [field for field in workflow.state.fields if _holds_talk(field)]
    found = (next(_losses(workflow, reachability, field), None) for field in fields)
    return tuple(loss for loss in found if loss is not None)


def _holds_talk(field: Field) -> bool:
    return field.reducer is None and bool(TALK.search(field.name)) and bool(LISTS.search(field.type or ""))


def _losses(workflow: Workflow, reachability: Reachability, field: Field) -> Iterator[Overwritten]:
    """Steps of which one follows the other, each with new messages only, where a later step reads the field."""
    writers = [
        (step, offer)
        for step, offer in workflow.index.writers(field.name)
        if offer.fresh and step.id in reachability.reached and step.workflow is None and not MEANT.search(step.id)
    ]
    for earlier, first in writers:
        for later, second in writers:
            readers = _readers(workflow, reachability, field, later)
            if earlier.id != later.id and reachability.precedes(earlier.id, later.id) and readers:
                yield Overwritten(field, earlier, first, later, second, readers)


def _readers(workflow: Workflow, reachability: Reachability, field: Field, later: Step) -> tuple[Step, ...]:
    """The steps that read the field after the later write."""
    reading = [step for step in workflow.steps if any(need.name == field.name for need in step.needs)]
    return tuple(step for step in reading if reachability.leads(later.id, step.id))
