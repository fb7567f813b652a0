"""WF305: a step with an edge on, whose code never sends anything along it."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.model.finding import Observation
from wflint.model.loss import LossKind
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every one at a step that is reached."""
    for loss in workflow.losses:
        if loss.kind is LossKind.SILENCE and loss.is_at(facts.reachability.reached):
            yield loss.observation
