"""What a reader is shown of the state: all of it, or what it declares for itself."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.data.reads import Read
from wflint.analyses.flow.wiring import replaces_state
from wflint.model.contract import Need, Schema
from wflint.model.workflow import Step, StepKind, Workflow


def shown_to(workflow: Workflow, read: Read) -> Schema | None:
    """The schema whose fields a reader finds, in the way that it says; None where that is not known.

    A worker that is also sent payloads may read of these.
    """
    shown = _schema_for(workflow, read)
    return shown if shown is not None and shown.precise else None


def _schema_for(workflow: Workflow, read: Read) -> Schema | None:
    """What a reader declares for itself, else the state; None for a worker that is sent payloads."""
    if any(map(replaces_state, workflow.index.edges_into(read.step))) and read.choice is None:
        return None
    step = workflow.step(read.step)
    own = read.choice.own_schema if read.choice is not None else step.own_schema if step is not None else None
    return own if own is not None else workflow.state


DICT = frozenset(dir(dict))
"""The attributes that a dict has."""


def dict_read_as_object(workflow: Workflow, read: Read) -> Schema | None:
    """The schema of which a reader reads an attribute, although it is shown a dict; None where it does not."""
    shown = _schema_for(workflow, read)
    fails = read.need.by_attribute is not None and read.need.name not in DICT
    return shown if fails and shown is not None and shown.mapping and shown.closed and shown.fields else None


def is_outside(workflow: Workflow, read: Read) -> bool:
    """Whether a reader is not shown what it reads, whoever writes it."""
    shown = shown_to(workflow, read)
    if shown is None or read.need.whole or shown.field(read.need.name) is not None:
        return False
    step = workflow.step(read.step)
    told = read.choice is not None and read.choice.sees_update and step is not None
    return not (told and step is not None and (step.offers_open or _offers(step, read.need.name)))


def _offers(step: Step, name: str) -> bool:
    return any(offer.name == name for offer in step.offers)


def demanded(workflow: Workflow) -> Iterator[Read]:
    """The fields that have to be set for a step to run, where its state is made anew for it from what is set."""
    if not workflow.rebuilds_state:
        return
    for step in workflow.steps:
        read = Read(step.id, Need("", step.span))
        shown = shown_to(workflow, read) if step.kind in CODE else None
        if shown is not None and not shown.mapping:
            known = {need.name for need in step.needs if need.required}
            for field in shown.fields:
                if not field.preset and field.name not in known:
                    yield Read(step.id, Need(field.name, step.span), demanded_by=shown.name)


CODE = frozenset({StepKind.FUNCTION, StepKind.AGENT, StepKind.HUMAN, StepKind.ROUTER})
