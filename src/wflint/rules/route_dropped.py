"""WF407: a router or listener that the framework hides behind another one."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.prose.handed_on_twice import HandedOnTwice, handed_on_twice
from wflint.model.finding import Observation, Related
from wflint.model.loss import LossKind
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every one at a step that is reached, and every hand-off that is to follow another one."""
    for found in handed_on_twice(workflow, facts.reachability):
        if found.step.id in facts.reachability.reached:
            yield _second_handoff(found)
    for loss in workflow.losses:
        if loss.kind is LossKind.ROUTE and loss.is_at(facts.reachability.reached):
            yield loss.observation


def _second_handoff(found: HandedOnTwice) -> Observation:
    step, first, second = found.step.id, found.first.target, found.second.target
    return Observation(
        message=f'step "{step}" is told to hand over to "{first}" and then to "{second}", but a hand-off gives the run '
        f'away, and nothing leads from "{first}" back to "{step}" or on to "{second}": it never gets there; let '
        f'"{first}" hand over in its turn, or use both as tools',
        span=found.step.span,
        key=(step, first, second),
        related=(
            Related(found.text.span, "it is told so here"),
            Related(found.second.span, f'it may hand over to "{second}" here'),
        ),
        step=step,
        edge=(step, second),
    )
