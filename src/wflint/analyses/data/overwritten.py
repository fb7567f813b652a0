"""Lists of messages that nothing merges, so that each step's update replaces what the steps before it said."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wflint.analyses.flow.reachability import Reachability
from wflint.model.contract import Field, Offer
from wflint.model.patterns import pattern
from wflint.model.workflow import Aspect, Exchange, Invocation, Step, Workflow

TALK = pattern(r"(?i)(?:^|_)(?:messages?|conversation|dialog(?:ue)?|(?:chat|message|conversation)_(?:history|log))$")
"""Names of fields that hold what was said."""
LISTS = pattern(r"^(?:list|List|Sequence|typing\.\w+|tuple)\b")
KEPT_SHORT = pattern(r"(?i)summar|trim|compress|condens|prune")
"""Names of steps that make a conversation shorter."""
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
    if workflow.state is None or not _may_merge(workflow):
        return ()
    fields = [field for field in workflow.state.fields if _holds_talk(field)]
    found = (next(_losses(workflow, reachability, field), None) for field in fields)
    return tuple(loss for loss in found if loss is not None)


class Forgotten(Struct, frozen=True):
    """A field that each run of a kept thread begins with the messages of its call: the `reader` gets no others."""

    field: Field
    reader: Step
    writer: Step
    offer: Offer
    call: Invocation


def forgotten(workflow: Workflow, reachability: Reachability) -> tuple[Forgotten, ...]:
    """Such fields of a conversation that is kept for the sake of its memory, and not of its pauses."""
    pauses = workflow.halts_at is not None or any(step.interrupts for step in workflow.steps)
    if not workflow.persisted or pauses or workflow.open_to(Aspect.STEPS) or not _may_merge(workflow):
        return ()
    fields = [field for field in workflow.state.fields if _holds_talk(field)] if workflow.state is not None else []
    found = (next(_begun_anew(workflow, reachability, field), None) for field in fields)
    return tuple(loss for loss in found if loss is not None)


def _begun_anew(workflow: Workflow, reachability: Reachability, field: Field) -> Iterator[Forgotten]:
    calls = [call for call in workflow.invocations if field.name in call.begun_anew]
    writers = [(step, offer) for step, offer in workflow.index.writers(field.name) if step.id in reachability.reached]
    if len(calls) < len(workflow.invocations) or not all(offer.fresh for _, offer in writers):
        return  # some code may hand over the whole conversation
    for step in workflow.steps:
        if step.id in reachability.reached and any(told.name == field.name for told in step.conduct.told_whole):
            yield from (Forgotten(field, step, writer, offer, call) for writer, offer in writers for call in calls)


def _may_merge(workflow: Workflow) -> bool:
    """Whether the framework merges what steps write where a field says how."""
    return workflow.exchange is Exchange.STATE and workflow.idioms.annotated_reducers


def _holds_talk(field: Field) -> bool:
    return field.reducer is None and bool(TALK.search(field.name)) and bool(LISTS.search(field.type or ""))


def _losses(workflow: Workflow, reachability: Reachability, field: Field) -> Iterator[Overwritten]:
    """Steps of which one follows the other, each with new messages only, where a later step reads the field.

    Where some step keeps the conversation short, the steps hand on what they want to keep.
    """
    if any(
        KEPT_SHORT.search(step.id) and step.id in reachability.reached and _reads(step, field)
        for step, _ in workflow.index.writers(field.name)
    ):
        return
    writers = [
        (step, offer)
        for step, offer in workflow.index.writers(field.name)
        if offer.fresh and step.id in reachability.reached and step.workflow is None and not MEANT.search(step.id)
    ]
    for earlier, first in writers:
        for later, second in writers:
            readers = _readers(workflow, reachability, field, later) or _asked_by_caller(workflow, field, later)
            if earlier.id != later.id and reachability.precedes(earlier.id, later.id) and readers:
                yield Overwritten(field, earlier, first, later, second, readers)


def _readers(workflow: Workflow, reachability: Reachability, field: Field, later: Step) -> tuple[Step, ...]:
    """The steps that read the field after the later write."""
    return tuple(step for step in workflow.steps if _reads(step, field) and reachability.leads(later.id, step.id))


def _asked_by_caller(workflow: Workflow, field: Field, later: Step) -> tuple[Step, ...]:
    """The later step itself, where its model is told the whole list and every call begins it with its own messages."""
    told = any(each.name == field.name for each in later.conduct.told_whole)
    begun = bool(workflow.invocations) and all(field.name in call.keys for call in workflow.invocations)
    return (later,) if told and begun else ()


def _reads(step: Step, field: Field) -> bool:
    return any(need.name == field.name for need in step.needs)
