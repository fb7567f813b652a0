"""Whose value a reader finds: the steps whose write of a field can still be there when it is read."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.data.reads import Read
from wflint.analyses.flow.reachability import Reachability
from wflint.model.contract import Certainty, Offer
from wflint.model.workflow import Edge, Exchange, Step, Workflow


def reaching_definitions(workflow: Workflow, reachability: Reachability, read: Read) -> tuple[tuple[Step, Offer], ...]:
    """The steps whose write of the field can get to the reader without being overwritten on the way, with the write.

    A message gets no further than its edge; who decides after a step sees what that step itself has written.
    """
    if workflow.exchange is Exchange.MESSAGES:
        return tuple(_senders(workflow, reachability, read))
    writers = [(step, offer) for step in workflow.steps for offer in step.offers if offer.name == read.need.name]
    sure = {step.id for step, offer in writers if offer.certainty is Certainty.CERTAIN and not step.offers_open}
    return tuple((step, offer) for step, offer in writers if _arrives(step, read, sure, reachability))


def _arrives(step: Step, read: Read, sure: set[str], reachability: Reachability) -> bool:
    if step.id not in reachability.reached:
        return False
    if read.choice is not None and (step.id == read.step or read.step in sure):
        return step.id == read.step
    return read.step in reachability.beyond([step.id], frozenset(sure) - {step.id, read.step})


def serves(edge: Edge, offer: Offer, need: str) -> bool:
    """Whether an edge brings an offer of its source as what its target needs."""
    if edge.field_map:
        return any(carried.offer == offer.name and carried.need == need for carried in edge.field_map)
    return offer.name == need


def _senders(workflow: Workflow, reachability: Reachability, read: Read) -> Iterator[tuple[Step, Offer]]:
    ways = [edge for edge in workflow.edges if edge.target == read.step]
    for step in workflow.steps:
        for offer in step.offers if step.id in reachability.reached else ():
            if read.choice is not None:
                arrives = step.id == read.step and offer.name == read.need.name
            else:
                arrives = any(edge.source == step.id and serves(edge, offer, read.need.name) for edge in ways)
            if arrives:
                yield step, offer
