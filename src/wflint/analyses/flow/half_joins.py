"""Joins of which one decision starts some sources and leaves out others: then what waits for all of them never runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from wflint.analyses.flow.reachability import Reachability
from wflint.analyses.flow.wiring import edges_taken
from wflint.model.choice import Choice
from wflint.model.workflow import EdgeKind, Join, Workflow

MOST_SETS: Final = 64
"""So many sets of labels that may be picked at once are compared."""


class HalfJoin(Struct, frozen=True):
    """A join (`index` is its number), the decision that may start only `started`, and what it leaves out then."""

    index: int
    join: Join
    choice: Choice
    started: tuple[str, ...]
    left_out: tuple[str, ...]


def half_joins(workflow: Workflow, reachability: Reachability) -> Iterator[HalfJoin]:
    """Every such join, where nothing else starts what is left out or what waits, in the same run or a later round."""
    for index, join in enumerate(workflow.joins):
        others = (edge for edge in workflow.index.edges_into(join.target) if edge.join != index)
        if join.target in reachability.reached and not any(others):
            yield from _of_join(workflow, reachability, index)


def _of_join(workflow: Workflow, reachability: Reachability, index: int) -> Iterator[HalfJoin]:
    join = workflow.joins[index]
    into = {source: workflow.index.edges_into(source) for source in join.sources}
    numbers = {edge.choice for edges in into.values() for edge in edges if edge.choice is not None}
    for number in sorted(numbers):
        choice = workflow.choices[number]
        own = [edge for edge in workflow.index.edges_from(choice.source) if edge.choice == number]
        if (
            choice.exclusive
            or not choice.together
            or len(choice.together) > MOST_SETS
            or any(edge.kind is EdgeKind.FAN_OUT for edge in own)
        ):
            continue
        alone = {source for source, edges in into.items() if edges and all(edge.choice == number for edge in edges)}
        if any(reachability.leads(name, choice.source) for name in (join.target, *join.sources)):
            continue
        for labels in _sure(choice.together):
            taken = {edge.target for edge in edges_taken(own, choice, labels)}
            started = tuple(source for source in join.sources if source in taken)
            left_out = tuple(source for source in join.sources if source in alone - taken)
            later = any(reachability.leads(name, source) for name in taken for source in left_out)
            if started and left_out and not later:
                yield HalfJoin(index, join, choice, started, left_out)
                break


def _sure(sets: tuple[tuple[str, ...], ...]) -> Iterator[tuple[str, ...]]:
    """The sets that code certainly picks: beside a list of which only parts may be there, its parts are sets, too."""
    for labels in sets:
        longer = (other for other in sets if len(other) > 1 and set(labels) < set(other))
        if not any(all((label,) in sets for label in other) for other in longer):
            yield labels
