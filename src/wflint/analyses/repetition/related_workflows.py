"""Which workflows belong together: code that shares code, or a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from wflint.model.program import Program
from wflint.model.workflow import Workflow


class RelatedWorkflows(Struct, frozen=True):
    """For each file with workflows those that reach it by imports or nest what it holds (`users`, itself among them).

    `imported` is all that each imports, itself or through others.
    """

    users: dict[str, frozenset[str]]
    imported: dict[str, frozenset[str]]

    def are_linked(self, one: Workflow, other: Workflow) -> bool:
        """Whether some code uses both workflows, or one of them the other's file; what both use says nothing."""
        return not self.users[one.span.path].isdisjoint(self.users[other.span.path])

    def may_share(self, one: Workflow, other: Workflow) -> bool:
        """Whether the files of both have code in common: one file, or one that both import."""
        mine, theirs = ({flow.span.path} | self.imported[flow.span.path] for flow in (one, other))
        return not mine.isdisjoint(theirs)

    def used_together(self, workflows: Sequence[Workflow]) -> tuple[tuple[int, ...], ...]:
        """The numbers of workflows that are used together, each circle once, in order."""
        used: dict[str, list[int]] = defaultdict(list)
        for number, flow in enumerate(workflows):
            for user in self.users[flow.span.path]:
                used[user].append(number)
        return tuple(sorted({tuple(numbers) for numbers in used.values() if len(numbers) > 1}))


def related_workflows(program: Program) -> RelatedWorkflows:
    """How the files of a program's workflows go together."""
    paths = {workflow.id: workflow.span.path for workflow in program.workflows}
    imports: dict[str, list[str]] = defaultdict(list)
    users: dict[str, list[str]] = defaultdict(list)
    for importer, imported in program.imports:
        imports[importer].append(imported)
        users[imported].append(importer)
    for flow in program.workflows:
        users[flow.span.path] += [paths[parent] for parent in flow.parents if parent in paths]
    files = set(paths.values())
    return RelatedWorkflows(
        {path: _reached(path, users) | {path} for path in files}, {path: _reached(path, imports) for path in files}
    )


def _reached(path: str, links: Mapping[str, Iterable[str]]) -> frozenset[str]:
    found: set[str] = set()
    pending = [path]
    while pending:
        new = set(links.get(pending.pop(), ())) - found
        found |= new
        pending.extend(new)
    return frozenset(found)
