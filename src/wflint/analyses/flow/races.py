"""Work that is lost because something else is done first: the run ends, or a step takes one value of several."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wflint.analyses.flow.concurrency import Concurrency
from wflint.analyses.flow.reachability import Reachability
from wflint.analyses.flow.wiring import always_fires
from wflint.model.contract import Certainty
from wflint.model.workflow import END, Aspect, Edge, EdgeKind, Workflow


class Race(Struct, frozen=True):
    """Steps that run side by side, one of which makes the work of the others vain.

    `edge` is the way of the first one to the end, or into `taker`, the step that takes one value; None at the end.
    Where all of them are runs of one step, that is the only one of `losers`; `starters` are the steps that start one
    run of it each, empty where it is run for each of many items.
    """

    edge: Edge
    losers: tuple[str, ...]
    taker: str | None = None
    starters: tuple[str, ...] = ()


def races(workflow: Workflow, concurrency: Concurrency, reachability: Reachability) -> Iterator[Race]:
    """Every race of a workflow."""
    if workflow.ends_on_first:
        yield from _ends(workflow, concurrency)
        yield from _crowds(workflow)
        yield from _meetings(workflow, reachability)
    for step in workflow.steps:
        if step.takes_one:
            yield from _takers(workflow, step.id, reachability)


def _ends(workflow: Workflow, concurrency: Concurrency) -> Iterator[Race]:
    told: set[frozenset[str]] = set()
    copies = {worker.first for worker in concurrency.workers}
    for edge in workflow.index.edges_into(END):
        beside = [step.id for step in workflow.steps if concurrency.are_together(edge.source, step.id)]
        losers = tuple(name for name in beside if name not in copies and _goes_on(workflow, concurrency, edge, name))
        losers = losers if not _may_decline(workflow, edge.source) else _taking_all(workflow, losers)
        if losers and edge.source not in copies and frozenset({edge.source, *losers}) not in told:
            told.add(frozenset({edge.source, *losers}))
            yield Race(edge, losers)


def _crowds(workflow: Workflow) -> Iterator[Race]:
    """Steps that are run for each of many items, where the first run to be done always ends all of them."""
    for edge in workflow.index.edges_into(END):
        ways, on = workflow.index.edges_into(edge.source), workflow.index.edges_from(edge.source)
        many = bool(ways) and all(way.fan_out and way.certainty is Certainty.CERTAIN for way in ways)
        if many and len(on) == 1 and _always_ends(workflow, edge):
            yield Race(edge, (edge.source,))


def _meetings(workflow: Workflow, reachability: Reachability) -> Iterator[Race]:
    """Steps that each of several branches starts by itself, where the first of these runs always ends all of them."""
    for edge in workflow.index.edges_into(END):
        ways = _bringing(workflow, edge.source, reachability)
        if len(ways) > 1 and len(workflow.index.edges_from(edge.source)) == 1 and _always_ends(workflow, edge):
            yield Race(edge, (edge.source,), starters=tuple(way.source for way in ways))


def _always_ends(workflow: Workflow, edge: Edge) -> bool:
    """Whether each run of the last step ends the run of all, without waiting for another one."""
    step = workflow.step(edge.source)
    waits = step is None or step.deferred or step.conduct.may_decline
    return not waits and always_fires(edge) and not edge.fan_out and not workflow.open_to(Aspect.EDGES)


def _goes_on(workflow: Workflow, concurrency: Concurrency, edge: Edge, name: str) -> bool:
    """Whether a step runs beside another one whatever is decided, and has more to do than to listen."""
    return concurrency.are_beside(edge.source, name) and bool(workflow.index.edges_from(name))


def _may_decline(workflow: Workflow, name: str) -> bool:
    step = workflow.step(name)
    return step is not None and step.conduct.may_decline


def _taking_all(workflow: Workflow, names: tuple[str, ...]) -> tuple[str, ...]:
    """The steps that leave nothing to others: of two that do, each may take what the other one leaves."""
    return tuple(name for name in names if not _may_decline(workflow, name))


def _takers(workflow: Workflow, taker: str, reachability: Reachability) -> Iterator[Race]:
    """Two senders that both run, and both send, whatever is decided."""
    edges = _bringing(workflow, taker, reachability)
    if len(edges) > 1:
        yield Race(edges[0], tuple(edge.source for edge in edges[1:]), taker)


def _bringing(workflow: Workflow, taker: str, reachability: Reachability) -> list[Edge]:
    """The ways to a step that are all taken, whatever is decided; one that comes after it is a loop back."""
    return [
        edge
        for edge in workflow.index.edges_into(taker)
        if edge.certainty is Certainty.CERTAIN
        and not reachability.leads(taker, edge.source)
        and _always_runs(workflow, edge)
    ]


def _always_runs(workflow: Workflow, edge: Edge) -> bool:
    """Whether nothing decides, from the beginning on, if the edge is taken."""
    seen: set[str] = set()
    pending = [edge]
    while pending:
        one = pending.pop()
        if one.kind not in (EdgeKind.DIRECT, EdgeKind.FAN_IN, EdgeKind.FAN_OUT) or one.choice is not None:
            return False
        if one.source not in seen:
            seen.add(one.source)
            pending += workflow.index.edges_into(one.source)
    return True
