"""WF407: a router or listener that the framework hides behind another one."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.model.finding import Observation
from wflint.model.loss import LossKind
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every one at a step that is reached."""
    for loss in workflow.losses:
        if loss.kind is LossKind.ROUTE and loss.is_at(facts.reachability.reached):
            yield loss.observation
