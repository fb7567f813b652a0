"""WF405: an edge that always fires, beside a choice that seems to decide the same."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.flow.strays import Stray
from wflint.analyses.wording import step_named
from wflint.model.finding import Level, Observation, Related
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every edge that fires beside a choice of the same step."""
    del workflow
    return (_observation(stray) for stray in facts.strays)


def _observation(stray: Stray) -> Observation:
    edge, choice = stray.edge, stray.choice
    way = f"choice that {step_named(edge.source)} makes itself" if choice.is_goto else f'router "{choice.name}"'
    chooser = "step" if choice.is_goto else "router"
    return Observation(
        message=f"the edge from {step_named(edge.source)} to {step_named(edge.target)} always fires in "
        f"addition to the {way}, {_effect(stray)}; remove the edge, or leave it to the {chooser}",
        span=edge.span,
        key=(edge.source, edge.target, choice.name),
        related=(Related(choice.span, f"the {chooser} decides here"),),
        level=None if stray.is_chosen_too and not stray.is_said_twice else Level.NOTE,
        step=edge.source,
        edge=(edge.source, edge.target),
        cause=stray.cause,
    )


def _effect(stray: Stray) -> str:
    if stray.is_said_twice:
        return "which leads to the same step"
    return "so choosing it has no effect" if stray.is_chosen_too else "so both targets run"
