"""Which steps lead to which."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import rustworkx

from wflint.analyses.flow.supersteps import entries
from wflint.model.workflow import END, START, Edge, Workflow


@dataclass(frozen=True, slots=True)
class Region:
    """Unreachable steps that hang together: `head` in declared order leads to `followers`, which nothing else does."""

    head: str
    followers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reachability:
    """Reachability over all edges, whatever decides them."""

    entries: tuple[str, ...]
    names: tuple[str, ...]
    successors: Mapping[str, tuple[str, ...]]
    reached: frozenset[str]

    def beyond(self, sources: Iterable[str], avoiding: frozenset[str] = frozenset()) -> frozenset[str]:
        """The steps that can follow `sources`, on ways that do not lead through `avoiding`."""
        found: set[str] = set()
        pending = deque(sources)
        while pending:
            for target in self.successors.get(pending.popleft(), ()):
                if target not in found and target not in avoiding:
                    found.add(target)
                    pending.append(target)
        return frozenset(found)

    def precedes(self, earlier: str, later: str) -> bool:
        """Whether `earlier` can run before `later` runs for the first time."""
        first = self.beyond(self.entries, frozenset({later})) | set(self.entries)
        return earlier != later and earlier in first and later in self.beyond([earlier])

    def way(self, target: str, avoiding: frozenset[str]) -> tuple[str, ...]:
        """A shortest way from an entry to `target` around `avoiding`; empty where there is none."""
        origin: dict[str, str | None] = dict.fromkeys(self.entries)
        pending = deque(self.entries)
        while pending and target not in origin:
            step = pending.popleft()
            for following in self.successors.get(step, ()):
                if following not in origin and (following == target or following not in avoiding):
                    origin[following] = step
                    pending.append(following)
        return _walk_back(origin, target)

    def unreachable(self) -> tuple[Region, ...]:
        """The steps that no way from the start leads to, gathered under those where the ways into them are missing."""
        lost = [name for name in self.names if name not in self.reached and name not in (START, END)]
        regions = []
        covered: set[str] = set()
        for head in _heads(lost, self.successors):
            behind = self.beyond([head]) & set(lost) - covered - {head}
            covered |= behind | {head}
            regions.append(Region(head, tuple(name for name in lost if name in behind)))
        return tuple(regions)


def reachability(workflow: Workflow) -> Reachability:
    """Reachability of the workflow's steps."""
    successors: dict[str, list[str]] = defaultdict(list)
    for edge in workflow.edges:
        if edge.target not in successors[edge.source]:
            successors[edge.source].append(edge.target)
    frozen = {source: tuple(targets) for source, targets in successors.items()}
    first = entries(workflow)
    bare = Reachability(first, tuple(step.id for step in workflow.steps), frozen, frozenset())
    return Reachability(first, bare.names, frozen, bare.beyond(first) | set(first))


def strong_parts(names: Iterable[str], edges: Iterable[tuple[str, str]]) -> tuple[frozenset[str], ...]:
    """The strongly connected parts of a graph, those without a predecessor last."""
    graph: rustworkx.PyDiGraph[str, None] = rustworkx.PyDiGraph()
    index = {name: graph.add_node(name) for name in names}
    graph.add_edges_from_no_data(
        [(index[source], index[target]) for source, target in edges if source in index and target in index]
    )
    return tuple(frozenset(graph[node] for node in part) for part in rustworkx.strongly_connected_components(graph))


def cyclic(part: frozenset[str], edges: Iterable[Edge]) -> bool:
    """Whether a strongly connected part holds a cycle: more than one step, or a step that leads to itself."""
    return len(part) > 1 or any(edge.source == edge.target and edge.source in part for edge in edges)


def _heads(lost: list[str], successors: Mapping[str, tuple[str, ...]]) -> list[str]:
    """One step for each part of the lost steps that no other lost part leads to, in declared order."""
    pairs = [(source, target) for source in lost for target in successors.get(source, ())]
    parts = strong_parts(lost, pairs)
    roots = [part for part in parts if not any(b in part and a not in part for a, b in pairs)]
    return sorted((min(part, key=lost.index) for part in roots), key=lost.index)


def _walk_back(origin: Mapping[str, str | None], target: str) -> tuple[str, ...]:
    steps: list[str] = []
    current: str | None = target if target in origin else None
    while current is not None:
        steps.append(current)
        current = origin[current]
    return tuple(reversed(steps))
