"""Edges that always fire beside a choice of the same step, which seems to decide the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from wflint.analyses.flow.reachability import Reachability
from wflint.analyses.flow.wiring import always_fires, targets_of
from wflint.model.finding import Cause
from wflint.model.workflow import END, Choice, Edge, EdgeKind, Workflow


class Stray(Struct, frozen=True):
    """Such an edge with the choice that it makes idle, or that it runs beside.

    `targets` are what the choice leads to, copies of a fan-out apart.
    """

    edge: Edge
    choice: Choice
    targets: frozenset[str]

    @property
    def is_chosen_too(self) -> bool:
        """Whether the choice may lead along the edge itself, so that it decides nothing."""
        return self.edge.target in self.targets

    @property
    def is_said_twice(self) -> bool:
        """Whether the choice leads along the edge and nowhere else, so that nothing goes wrong."""
        return self.choice.closed and self.targets == {self.edge.target}

    @property
    def cause(self) -> Cause:
        """The edge as the cause of what comes of it."""
        return Cause("edge beside a choice", (self.edge.source, self.edge.target), self.edge.span)


def strays_of(workflow: Workflow, reached: frozenset[str]) -> Iterator[Stray]:
    """Every such edge that a run gets to; one to the end changes nothing."""
    if workflow.is_imperative:
        return  # no edge starts anybody there
    for edge in workflow.edges:
        plain = always_fires(edge) and edge.kind is EdgeKind.DIRECT and edge.target != END
        if plain and edge.source in reached:
            beside = [choice for choice in workflow.choices if choice.source == edge.source and not choice.on_error]
            found = [Stray(edge, each, _targets(workflow, each)) for each in beside if not _reckons_with(each, edge)]
            if found:
                yield next((stray for stray in found if stray.is_chosen_too), found[0])


def _reckons_with(choice: Choice, edge: Edge) -> bool:
    """Whether all that the choice may pick at once has the edge's target among it: it decides about the others."""
    return bool(choice.together) and all(edge.target in labels for labels in choice.together or ())


def behind(strays: Sequence[Stray], reachability: Reachability, one: str, other: str) -> Stray | None:
    """The stray edge that has two steps run at the same time: one on its way, the other on a way that is chosen."""
    for stray in strays:
        chosen = stray.targets - {stray.edge.target}
        for mine, theirs in ((one, other), (other, one)):
            if _leads(reachability, stray.edge.target, mine) and any(_leads(reachability, c, theirs) for c in chosen):
                return stray
    return None


def _leads(reachability: Reachability, earlier: str, later: str) -> bool:
    return earlier == later or reachability.leads(earlier, later)


def _targets(workflow: Workflow, choice: Choice) -> frozenset[str]:
    index = workflow.choices.index(choice)
    edges = [edge for edge in workflow.edges if edge.choice == index]
    sent = {edge.target for edge in edges if edge.kind is EdgeKind.FAN_OUT}
    return (targets_of(choice) | {edge.target for edge in edges}) - sent
