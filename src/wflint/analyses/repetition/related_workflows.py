"""Which workflows belong together: code that shares code, or a run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from msgspec import Struct

from wflint.model.program import Program
from wflint.model.workflow import Workflow


class RelatedWorkflows(Struct, frozen=True):
    """Numbers of the rings that files are in: `linked` by imports and nesting, `near` by a common folder as well."""

    linked: dict[str, int]
    near: dict[str, int]

    def are_linked(self, one: Workflow, other: Workflow) -> bool:
        """Whether some code uses both workflows, or one of them the other's file."""
        return self.linked[one.span.path] == self.linked[other.span.path]

    def rings(self, workflows: Iterable[Workflow]) -> tuple[int, ...]:
        """For each workflow the circle of those that are linked to it, counted from the first."""
        numbers: dict[int, int] = {}
        return tuple(numbers.setdefault(self.linked[flow.span.path], len(numbers)) for flow in workflows)

    def gathered(self, workflows: Iterable[Workflow]) -> tuple[tuple[Workflow, ...], ...]:
        """The workflows that may belong together, in order."""
        found: dict[int, list[Workflow]] = {}
        for workflow in workflows:
            found.setdefault(self.near[workflow.span.path], []).append(workflow)
        return tuple(tuple(group) for group in found.values())


def related_workflows(program: Program) -> RelatedWorkflows:
    """The rings of a program's files."""
    paths = {workflow.id: workflow.span.path for workflow in program.workflows}
    nested = [
        (flow.span.path, paths[parent]) for flow in program.workflows for parent in flow.parents if parent in paths
    ]
    links = [*program.imports, *nested]
    folders = [(path, f"{PurePosixPath(path).parent}/") for path in set(paths.values())]
    return RelatedWorkflows(_parts(paths.values(), links), _parts(paths.values(), [*links, *folders]))


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
