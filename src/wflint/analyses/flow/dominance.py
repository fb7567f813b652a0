"""Which steps every way from the entries leads through."""

from __future__ import annotations

from collections.abc import Mapping

import rustworkx
from msgspec import Struct


class Dominance(Struct, frozen=True):
    """The dominator tree of the reached steps: for each the first and the last moment of a walk through the tree."""

    spans: Mapping[str, tuple[int, int]]

    def dominates(self, gate: str, step: str) -> bool:
        """Whether every way to `step` leads through `gate`, as every way to a step leads through itself."""
        if gate not in self.spans or step not in self.spans:
            return False
        first, last = self.spans[gate]
        return first <= self.spans[step][0] <= last


def dominance(entries: tuple[str, ...], successors: Mapping[str, tuple[str, ...]]) -> Dominance:
    """The dominators of what the entries lead to."""
    graph: rustworkx.PyDiGraph[str | None, None] = rustworkx.PyDiGraph()
    root = graph.add_node(None)
    index: dict[str, int] = {}
    for source, targets in ((None, entries), *successors.items()):
        for name in (*(() if source is None else (source,)), *targets):
            if name not in index:
                index[name] = graph.add_node(name)
    graph.add_edges_from_no_data([(root, index[name]) for name in entries])
    graph.add_edges_from_no_data([(index[s], index[target]) for s, targets in successors.items() for target in targets])
    return Dominance(_spans(graph, root, rustworkx.immediate_dominators(graph, root)))


def _spans(
    graph: rustworkx.PyDiGraph[str | None, None], root: int, parents: Mapping[int, int]
) -> Mapping[str, tuple[int, int]]:
    children: dict[int, list[int]] = {}
    for node, parent in parents.items():
        if node != root:
            children.setdefault(parent, []).append(node)
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    pending = [root]
    while pending:
        node = pending[-1]
        if node not in first:
            first[node] = len(first)
            pending.extend(children.get(node, ()))
        else:
            pending.pop()
            last.setdefault(node, len(first) - 1)
    return {name: (first[node], last[node]) for node in first if (name := graph[node]) is not None}
