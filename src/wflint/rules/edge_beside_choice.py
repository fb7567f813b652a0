"""WF405: an edge that always fires, beside a choice that seems to decide the same."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.flow.wiring import always_fires, targets_of
from wflint.analyses.wording import step_named
from wflint.model.finding import Level, Observation, Related
from wflint.model.workflow import END, Choice, Edge, EdgeKind, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every edge that fires beside a choice of the same step; one to the end changes nothing."""
    if workflow.is_imperative:
        return  # no edge starts anybody there
    for edge in workflow.edges:
        plain = always_fires(edge) and edge.kind is EdgeKind.DIRECT and edge.target != END
        if plain and edge.source in facts.reachability.reached:
            beside = [c for c in workflow.choices if c.source == edge.source and not c.on_error]
            if beside:
                yield _observation(workflow, edge, beside)


def _observation(workflow: Workflow, edge: Edge, beside: list[Choice]) -> Observation:
    same = [choice for choice in beside if edge.target in _targets(workflow, choice)]
    choice = (same or beside)[0]
    way = "goto" if choice.is_goto else f'router "{choice.name}"'
    effect = "choosing it has no effect" if same else "both targets run"
    return Observation(
        message=f"the edge from {step_named(edge.source)} to {step_named(edge.target)} always fires in "
        f"addition to the {way}, so {effect}; remove the edge or rely on the {way}",
        span=edge.span,
        key=(edge.source, edge.target, choice.name),
        related=(Related(choice.span, f"the {way} decides here"),),
        level=None if same else Level.NOTE,
        step=edge.source,
        edge=(edge.source, edge.target),
    )


def _targets(workflow: Workflow, choice: Choice) -> frozenset[str]:
    """What a choice leads to, copies of a fan-out apart."""
    index = workflow.choices.index(choice)
    edges = [edge for edge in workflow.edges if edge.choice == index]
    sent = {edge.target for edge in edges if edge.kind is EdgeKind.FAN_OUT}
    return (targets_of(choice) | {edge.target for edge in edges}) - sent
