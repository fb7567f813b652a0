"""Which steps lead to which."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from msgspec import Struct

from wflint.analyses.flow.closure import Closure, closure
from wflint.analyses.flow.dominance import Dominance, dominance
from wflint.analyses.flow.supersteps import entries
from wflint.model.strong_parts import strong_parts
from wflint.model.workflow import END, START, Workflow


class Region(Struct, frozen=True):
    """Unreachable steps that hang together: `head` in declared order leads to `followers`, which nothing else does."""

    head: str
    followers: tuple[str, ...]


class Reachability(Struct, frozen=True):
    """Reachability over all edges, whatever decides them."""

    entries: tuple[str, ...]
    names: tuple[str, ...]
    successors: Mapping[str, tuple[str, ...]]
    reached: frozenset[str]
    closure: Closure
    dominance: Dominance
    origin: Mapping[str, str | None]
    """For each step that is reached, the one before it on a shortest way; None for entries."""

    def leads(self, earlier: str, later: str) -> bool:
        """Whether `later` can follow `earlier`."""
        return self.closure.leads(earlier, later)

    def beyond(self, sources: Iterable[str], avoiding: frozenset[str] = frozenset()) -> frozenset[str]:
        """The steps that can follow `sources`, on ways that do not lead through `avoiding`."""
        return beyond(self.successors, sources, avoiding)

    def precedes(self, earlier: str, later: str) -> bool:
        """Whether `earlier` can run before `later` runs for the first time."""
        if earlier == later or earlier not in self.reached or not self.leads(earlier, later):
            return False
        return later in self.entries or not self.dominance.dominates(later, earlier)

    def way(self, target: str, avoiding: frozenset[str]) -> tuple[str, ...]:
        """A shortest way from an entry to `target` around `avoiding`; empty where there is none.

        Leaving steps out only makes others come up later, so the way through all of them serves where it avoids them.
        """
        plain = _walk_back(self.origin, target)
        if avoiding.isdisjoint(plain[1:-1]):
            return plain
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
        order = {name: index for index, name in enumerate(lost)}
        for head in _heads(order, self.successors):
            behind = self._behind(head, covered) & order.keys()
            covered |= behind | {head}
            regions.append(Region(head, tuple(sorted(behind, key=order.__getitem__))))
        return tuple(regions)

    def _behind(self, head: str, covered: set[str]) -> set[str]:
        """The unreached steps that can follow `head` and are not covered yet."""
        found: set[str] = set()
        pending = [head]
        while pending:
            for target in self.successors.get(pending.pop(), ()):
                if target != head and not (target in found or target in covered or target in self.reached):
                    found.add(target)
                    pending.append(target)
        return found


def reachability(workflow: Workflow) -> Reachability:
    """Reachability of the workflow's steps."""
    successors = {
        source: tuple(dict.fromkeys(edge.target for edge in edges)) for source, edges in workflow.index.outgoing.items()
    }
    names, first = tuple(step.id for step in workflow.steps), entries(workflow)
    origin = _origins(successors, first)
    known, gates = closure(names, successors), dominance(first, successors)
    return Reachability(first, names, successors, frozenset(origin), known, gates, origin)


def _origins(successors: Mapping[str, tuple[str, ...]], first: tuple[str, ...]) -> Mapping[str, str | None]:
    origin: dict[str, str | None] = dict.fromkeys(first)
    pending = deque(first)
    while pending:
        step = pending.popleft()
        for following in successors.get(step, ()):
            if following not in origin:
                origin[following] = step
                pending.append(following)
    return origin


def beyond(
    successors: Mapping[str, tuple[str, ...]], sources: Iterable[str], avoiding: frozenset[str] = frozenset()
) -> frozenset[str]:
    """The steps that can follow `sources`, on ways that do not lead through `avoiding`."""
    found: set[str] = set()
    pending = deque(sources)
    while pending:
        for target in successors.get(pending.popleft(), ()):
            if target not in found and target not in avoiding:
                found.add(target)
                pending.append(target)
    return frozenset(found)


def _heads(order: Mapping[str, int], successors: Mapping[str, tuple[str, ...]]) -> list[str]:
    """One step for each part of the lost steps that no other lost part leads to, in declared order."""
    pairs = [(source, target) for source in order for target in successors.get(source, ()) if target in order]
    parts = strong_parts(order, pairs)
    number = {name: index for index, part in enumerate(parts) for name in part}
    entered = {number[target] for source, target in pairs if number[source] != number[target]}
    roots = (part for index, part in enumerate(parts) if index not in entered)
    return sorted((min(part, key=order.__getitem__) for part in roots), key=order.__getitem__)


def _walk_back(origin: Mapping[str, str | None], target: str) -> tuple[str, ...]:
    steps: list[str] = []
    current: str | None = target if target in origin else None
    while current is not None:
        steps.append(current)
        current = origin[current]
    return tuple(reversed(steps))
