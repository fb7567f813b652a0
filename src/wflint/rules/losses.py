"""What frameworks leave out, as observations."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.model.contract import Certainty
from wflint.model.finding import Level, Observation, Related
from wflint.model.loss import LossKind
from wflint.model.workflow import Workflow


def observed(workflow: Workflow, facts: Facts, kind: LossKind) -> Iterator[Observation]:
    """Each loss of a kind; one that depends on something unknown is a note."""
    for loss in workflow.losses:
        if loss.kind is not kind or (loss.step is not None and loss.step not in facts.reachability.reached):
            continue
        yield Observation(
            message=f"{loss.subject} {loss.reason}; {loss.advice}",
            span=loss.span,
            key=(loss.kind.value, loss.subject),
            related=(Related(loss.other, "because of this"),) if loss.other is not None else (),
            level=None if loss.certainty is Certainty.CERTAIN else Level.NOTE,
            step=loss.step,
        )
