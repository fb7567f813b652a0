"""Steps that run one after the other although the second needs nothing of the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from wflint.analyses.execution.step_cost import StepCost
from wflint.analyses.flow.wiring import always_fires
from wflint.analyses.labels.effort import is_human
from wflint.model.workflow import END, START, Edge, EdgeKind, Exchange, Step, StepKind, Workflow


class Independent(Struct, frozen=True):
    """Two steps, the second right after the first, that could run at the same time; `saved` is the cheaper one's cost.

    `edge` is what puts them in turn.
    """

    first: str
    second: str
    edge: Edge
    saved: StepCost


def independent_steps(workflow: Workflow, costs: Mapping[str, StepCost]) -> Iterator[Independent]:
    """Such pairs, where both contracts are known in full; what costs nothing is left as it is.

    Where messages are exchanged an edge hands something over, except where plain code merely runs one after the other.
    """
    if workflow.is_imperative:
        yield from _in_code(workflow, costs)
    if workflow.exchange is not Exchange.STATE or workflow.is_imperative:
        return
    for edge in workflow.edges:
        first, second = workflow.step(edge.source), workflow.step(edge.target)
        if first is None or second is None or not _is_only_way(edge, workflow):
            continue
        saved = min((costs[first.id], costs[second.id]), key=lambda cost: cost.typical)
        if saved.typical and _are_independent(first, second):
            yield Independent(first.id, second.id, edge, saved)


def _in_code(workflow: Workflow, costs: Mapping[str, StepCost]) -> Iterator[Independent]:
    """Runs in turn that hand nothing on to each other, and whose answers one later run is given together."""
    for edge in workflow.edges:
        first, second = workflow.step(edge.source), workflow.step(edge.target)
        plain = edge.kind is EdgeKind.DIRECT and edge.choice is None and not edge.field_map and not edge.fan_out
        if first is None or second is None or not plain or not (_acts_alone(first) and _acts_alone(second)):
            continue
        saved = min((costs[first.id], costs[second.id]), key=lambda cost: cost.typical)
        if saved.typical and _gathered(workflow, first.id) & _gathered(workflow, second.id):
            yield Independent(first.id, second.id, edge, saved)


def _gathered(workflow: Workflow, name: str) -> set[str]:
    """The runs that wait for this one and others."""
    return {edge.target for edge in workflow.index.edges_from(name) if edge.kind is EdgeKind.FAN_IN and edge.field_map}


def _acts_alone(step: Step) -> bool:
    """Whether a model answers by itself: no tools that may do something, no talk that it listens to."""
    return _is_plain(step) and not step.tools and not step.tools_open and step.workflow is None


def _is_only_way(edge: Edge, workflow: Workflow) -> bool:
    """Whether the edge is all that leaves the first step, and all that starts the second."""
    index = workflow.index
    alone = len(index.edges_from(edge.source)) == 1 and len(index.edges_into(edge.target)) == 1
    apart = edge.source not in (edge.target, START) and edge.target != END
    return alone and apart and always_fires(edge) and not edge.fan_out and edge.payload is None


def _are_independent(first: Step, second: Step) -> bool:
    """Whether neither needs or overwrites what the other writes, as far as both are known in full."""
    writes, reads = {offer.name for offer in first.offers}, {need.name for need in second.needs}
    others = {offer.name for offer in second.offers}
    if not (writes and reads and others) or first.needs_open or second.offers_open:
        return False
    known = all(_is_plain(step) for step in (first, second)) and not (first.offers_open or second.needs_open)
    return known and writes.isdisjoint(reads) and writes.isdisjoint(others)


def _is_plain(step: Step) -> bool:
    """Whether a step does nothing but read and write: no person, no effect outside, no talk that it listens to."""
    quiet = not (step.side_effects or step.mutations or step.hears or step.forwards_state or step.deferred)
    return quiet and not is_human(step) and step.kind in (StepKind.AGENT, StepKind.FUNCTION)
