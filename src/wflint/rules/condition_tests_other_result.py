"""WF406: a condition that is given another step's result than the one that it means."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.model.finding import Observation
from wflint.model.loss import LossKind
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every one of a step that is reached."""
    for loss in workflow.losses:
        if loss.kind is LossKind.CONDITION and loss.is_at(facts.reachability.reached):
            yield loss.observation
