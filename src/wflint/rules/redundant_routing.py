"""WF308: a decision with one outcome."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.wording import step_named
from wflint.model.finding import Observation
from wflint.model.workflow import Choice, Edge, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every router of a reached step that can only choose one target, and names no target that is missing."""
    dangling = {item.source for item in workflow.unresolved_names}
    for number, choice in enumerate(workflow.choices):
        edges = [edge for edge in workflow.edges if edge.choice == number]
        known = choice.source in facts.reachability.reached and choice.source not in dangling
        if edges and known and _decides_nothing(choice, edges):
            yield _observation(choice, edges[0])


def _decides_nothing(choice: Choice, edges: list[Edge]) -> bool:
    """Whether all that a router can return, which is all known, leads to one step and nothing else is handed over."""
    plain = choice.closed and choice.exclusive and not (choice.is_goto or choice.on_error or choice.unheard)
    mapped = choice.mapping or ()
    targets = {edge.target for edge in edges} | {one.target for one in mapped}
    known = choice.may_return_none_at is None and not choice.mapping_open and bool(choice.routes)
    labels = {one.label for one in mapped}
    known = known and (choice.mapping is None or all(route.label in labels for route in choice.routes))
    return plain and known and len(targets) == 1 and not any(edge.payload or edge.fan_out for edge in edges)


def _observation(choice: Choice, edge: Edge) -> Observation:
    return Observation(
        message=f'router "{choice.name}" after {step_named(choice.source)} always leads to {step_named(edge.target)}; '
        "a plain edge does the same",
        span=choice.span,
        key=(choice.source, choice.name, edge.target),
        step=choice.source,
        edge=(choice.source, edge.target),
    )
