"""The labels that a step sets fields to."""

from __future__ import annotations

from collections.abc import Mapping

from wflint.model.contract import Certainty
from wflint.model.workflow import Workflow


def labels_handed_on(workflow: Workflow, source: str) -> Mapping[str, frozenset[str]]:
    """Those that a field may be once the step has run, by field, where it always sets the field to one of them.

    A part of a field goes by both names, with a dot between them.
    """
    step = workflow.step(source)
    offers = step.offers if step is not None and not step.offers_open else ()
    sure = [
        offer
        for offer in offers
        if offer.certainty is Certainty.CERTAIN and sum(o.name == offer.name for o in offers) == 1
    ]
    whole = {offer.name: frozenset(offer.labels) for offer in sure if offer.labels}
    return whole | {f"{offer.name}.{part}": frozenset(labels) for offer in sure for part, labels in offer.part_labels}
