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
    """How many edges there are on the shortest way to each step from where runs begin."""
    begun = [START] if workflow.index.edges_from(START) else [*workflow.entries]
    waiting = deque(begun or [step.id for step in workflow.steps[:1]])
    depth = dict.fromkeys(waiting, 0)
    while waiting:
        name = waiting.popleft()
        for edge in workflow.index.edges_from(name):
            if edge.target not in depth:
                depth[edge.target] = depth[name] + 1
                waiting.append(edge.target)
    return depth
