"""Which edges of loops lead back: where a round ends and the next one begins."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from wflint.analyses.flow.loops import Loop
from wflint.model.workflow import START, Edge, Workflow


def back_edges(workflow: Workflow, loops: Iterable[Loop]) -> frozenset[Edge]:
    """The edges of loops that lead to a step which runs get to no later than to the step that they leave."""
    depth = _depths(workflow)
    inside = (edge for loop in loops for edge in loop.edges)
    return frozenset(edge for edge in inside if depth.get(edge.target, 0) <= depth.get(edge.source, 0))


def _depths(workflow: Workflow) -> Mapping[str, int]:
    """How many edges there are on the shortest way to each step from where runs begin.

    Where they may begin with any of several, and where nothing is seen to lead, the first in the source counts that
    leads to the others: a step in the middle of a loop is no beginning.
    """
    begun = [START] if workflow.index.edges_from(START) else [*workflow.entries]
    depth: dict[str, int] = {}
    for name in (*begun, *(step.id for step in workflow.steps)):
        if name not in depth:
            _count_from(name, depth, workflow)
    return depth


def _count_from(first: str, depth: dict[str, int], workflow: Workflow) -> None:
    """Add the steps that a step leads to and that have not been met."""
    waiting = deque([first])
    depth[first] = 0
    while waiting:
        name = waiting.popleft()
        for edge in workflow.index.edges_from(name):
            if edge.target not in depth:
                depth[edge.target] = depth[name] + 1
                waiting.append(edge.target)
