"""Whose value a reader finds: the steps whose write of a field can still be there when it is read."""

from __future__ import annotations

from wflint.analyses.reachability import Reachability
from wflint.analyses.reads import Read
from wflint.model.contract import Certainty, Offer
from wflint.model.workflow import Step, Workflow


def producers(workflow: Workflow, reachability: Reachability, read: Read) -> tuple[tuple[Step, Offer], ...]:
    """The steps whose write of the field can get to the reader without being overwritten on the way, with the write."""
    writers = [(step, offer) for step in workflow.steps for offer in step.offers if offer.name == read.need.name]
    sure = {step.id for step, offer in writers if offer.certainty is Certainty.CERTAIN and not step.offers_open}
    return tuple((step, offer) for step, offer in writers if _arrives(step, read, sure, reachability))


def _arrives(step: Step, read: Read, sure: set[str], reachability: Reachability) -> bool:
    if step.id not in reachability.reached:
        return False
    if read.choice is not None and (step.id == read.step or read.step in sure):
        return step.id == read.step
    return read.step in reachability.beyond([step.id], frozenset(sure) - {step.id, read.step})
