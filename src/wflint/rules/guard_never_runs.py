"""WF607: a check that is never made where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.model.finding import Observation
from wflint.model.loss import LossKind
from wflint.model.workflow import Workflow
from wflint.rules.losses import observed


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every one at a step that is reached."""
    return observed(workflow, facts, LossKind.GUARD)
