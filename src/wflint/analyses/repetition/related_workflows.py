"""Which workflows belong together: code that shares code, or a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from wflint.model.program import Program
from wflint.model.workflow import Workflow


class RelatedWorkflows(Struct, frozen=True):
    """Numbers of the rings that files are in, linked by imports and nesting; `imported` is all that each imports."""

    linked: dict[str, int]
    imported: dict[str, frozenset[str]]

    def are_linked(self, one: Workflow, other: Workflow) -> bool:
        """Whether some code uses both workflows, or one of them the other's file."""
        return self.linked[one.span.path] == self.linked[other.span.path]

    def may_share(self, one: Workflow, other: Workflow) -> bool:
        """Whether the files of both have code in common: one file, or one that both import."""
        mine, theirs = ({flow.span.path} | self.imported[flow.span.path] for flow in (one, other))
        return not mine.isdisjoint(theirs)

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
    imports: dict[str, list[str]] = defaultdict(list)
    for importer, imported in program.imports:
        imports[importer].append(imported)
    reached = {path: _reached(path, imports) for path in set(paths.values())}
    return RelatedWorkflows(_parts(paths.values(), [*program.imports, *nested]), reached)


def _reached(path: str, imports: Mapping[str, Iterable[str]]) -> frozenset[str]:
    found: set[str] = set()
    pending = [path]
    while pending:
        new = set(imports.get(pending.pop(), ())) - found
        found |= new
        pending.extend(new)
    return frozenset(found)


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
