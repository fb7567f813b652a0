"""Steps that more than one thing gets to in a run, where a framework runs a step once for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import combinations
from operator import and_, or_

from msgspec import Struct

from wflint.analyses.flow.closure import positions
from wflint.analyses.flow.reachability import Reachability
from wflint.model.workflow import Edge, EdgeKind, Workflow


class Arrivals(Struct, frozen=True):
    """The steps that each item of something gets to, and those that branches get to one by one."""

    of_items: frozenset[str] = frozenset()
    of_branches: frozenset[str] = frozenset()


def arrivals(workflow: Workflow, reachability: Reachability) -> Arrivals:
    """What gets to which steps several times; a step that gathers things runs once, and so does what follows it."""
    if not workflow.runs_per_arrival:
        return Arrivals()
    gathering = frozenset(step.id for step in workflow.steps if step.deferred or step.takes_one)
    gathering |= {edge.target for edge in workflow.edges if edge.join is not None or edge.kind is EdgeKind.FAN_IN}

    def with_following(first: frozenset[str]) -> frozenset[str]:
        return first | reachability.beyond(first, gathering)

    items = frozenset(edge.target for edge in workflow.edges if edge.fan_out) - gathering
    met = frozenset(_meeting_points(workflow, reachability)) - gathering
    return Arrivals(with_following(items), with_following(met))


def _meeting_points(workflow: Workflow, reachability: Reachability) -> Iterator[str]:
    """The steps where branches meet that nobody chose between."""
    entered = {step.id: workflow.index.edges_into(step.id) for step in workflow.steps}
    several = {name: edges for name, edges in entered.items() if len(edges) > 1}
    for leaving in workflow.index.outgoing.values():
        if len(leaving) > 1:
            for name in _near(leaving, reachability) & several.keys():
                if _meet(several[name], leaving, reachability, workflow):
                    del several[name]
                    yield name


def _near(leaving: tuple[Edge, ...], reachability: Reachability) -> set[str]:
    """The steps right behind those that some branches come to and others do not."""
    known = reachability.closure
    led = [known.after.get(edge.target, 0) | known.bits((edge.target,)) for edge in leaving]
    found = {edge.target for edge in leaving}
    for position in positions(reduce(or_, led) & ~reduce(and_, led)):
        found.update(reachability.successors.get(known.names[position], ()))
    return found


def _meet(entering: Iterable[Edge], leaving: tuple[Edge, ...], reachability: Reachability, workflow: Workflow) -> bool:
    """Whether two edges into a step are come to by branches of which neither comes to the other's."""
    bits = [_led(edge, leaving, reachability) for edge in entering]
    return any(
        not _exclude(leaving[one], leaving[other], workflow)
        for first, second in combinations(bits, 2)
        for one in positions(first & ~second)
        for other in positions(second & ~first)
    )


def _led(entering: Edge, leaving: tuple[Edge, ...], reachability: Reachability) -> int:
    """The bits of the edges out of a step that lead to another edge; it comes to itself only."""
    if entering in leaving:
        return 1 << leaving.index(entering)
    found = 0
    for bit, edge in enumerate(leaving):
        if edge.target == entering.source or reachability.leads(edge.target, entering.source):
            found |= 1 << bit
    return found


def _exclude(one: Edge, other: Edge, workflow: Workflow) -> bool:
    """Whether one choice takes one of two edges out of a step or the other."""
    return one.choice is not None and one.choice == other.choice and workflow.choices[one.choice].exclusive
