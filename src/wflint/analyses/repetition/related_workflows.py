"""Which workflows belong together: code that shares code, or a run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wflint.model.program import Program
from wflint.model.workflow import Workflow


@dataclass(frozen=True, slots=True)
class RelatedWorkflows:
    """Numbers of the rings that files are in, linked by imports and nesting."""

    linked: dict[str, int]

    def are_linked(self, one: Workflow, other: Workflow) -> bool:
        """Whether some code uses both workflows, or one of them the other's file."""
        return self.linked[one.span.path] == self.linked[other.span.path]

    def rings(self, workflows: Iterable[Workflow]) -> tuple[int, ...]:
        """For each workflow the circle of those that are linked to it, counted from the first."""
        numbers: dict[int, int] = {}
        return tuple(numbers.setdefault(self.linked[flow.span.path], len(numbers)) for flow in workflows)


def related_workflows(program: Program) -> RelatedWorkflows:
    """The rings of a program's files."""
    paths = {workflow.id: workflow.span.path for workflow in program.workflows}
    nested = [
        (flow.span.path, paths[parent]) for flow in program.workflows for parent in flow.parents if parent in paths
    ]
    return RelatedWorkflows(_parts(paths.values(), [*program.imports, *nested]))


def _parts(names: Iterable[str], links: Iterable[tuple[str, str]]) -> dict[str, int]:
    """The number of the connected part that each name is in."""
    import rustworkx

    graph: rustworkx.PyGraph[str, None] = rustworkx.PyGraph()
    index: dict[str, int] = {}
    for name in (*names, *(end for link in links for end in link)):
        if name not in index:
            index[name] = graph.add_node(name)
    graph.add_edges_from_no_data([(index[one], index[other]) for one, other in links])
    parts = enumerate(rustworkx.connected_components(graph))
    return {graph[node]: number for number, part in parts for node in part}
