"""The order of a first pass through a workflow: edges that close a cycle left out, steps in stages."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from wflint.model.strong_parts import strong_parts
from wflint.model.workflow import END, START

DEEPEST = 50
"""So many cycles within each other are taken apart one by one."""


class ForwardOrder(Struct, frozen=True):
    """The steps that are reached, each after all that lead to it, with the edges that lead forward.

    `level` is the length of the longest way to a step.
    """

    names: tuple[str, ...]
    before: Mapping[str, tuple[str, ...]]
    level: Mapping[str, int]

    @classmethod
    def of(cls, entries: Iterable[str], successors: Mapping[str, tuple[str, ...]]) -> ForwardOrder:
        """The order of what is reached from `entries`, the last of which is gone on from first."""
        found = _Walk(entries, successors)
        names = tuple(reversed(found.finished))
        before: dict[str, list[str]] = {name: [] for name in names}
        for name in names:
            for target in dict.fromkeys(successors.get(name, ())):
                if (name, target) not in found.closing:
                    before[target].append(name)
        level: dict[str, int] = {}
        for name in names:
            level[name] = 1 + max((level[source] for source in before[name]), default=-1)
        return cls(names, {name: tuple(sources) for name, sources in before.items()}, level)

    def stages(self) -> tuple[tuple[str, ...], ...]:
        """The steps by level, without the ends of the run."""
        found: dict[int, list[str]] = {}
        for name in self.names:
            if name not in (START, END):
                found.setdefault(self.level[name], []).append(name)
        return tuple(tuple(found[number]) for number in sorted(found))


class _Walk:
    """A walk in depth along the edges that close no cycle: steps as they are finished."""

    def __init__(self, entries: Iterable[str], successors: Mapping[str, tuple[str, ...]]) -> None:
        begun = tuple(reversed(tuple(entries)))
        self.finished: list[str] = []
        self.closing = _closing(_nearest_first(begun, successors), successors)
        self._successors = successors
        self._met: set[str] = set()
        for entry in begun:
            if entry not in self._met:
                self._walk(entry)

    def _walk(self, entry: str) -> None:
        pending: list[tuple[str, Iterator[str]]] = []
        self._enter(entry, pending)
        while pending:
            name, targets = pending[-1]
            target = next(targets, None)
            if target is None:
                self.finished.append(name)
                pending.pop()
            elif target not in self._met and (name, target) not in self.closing:
                self._enter(target, pending)

    def _enter(self, name: str, pending: list[tuple[str, Iterator[str]]]) -> None:
        """Later targets first, so that the reversed order of finishing has them as declared."""
        self._met.add(name)
        pending.append((name, reversed(tuple(dict.fromkeys(self._successors.get(name, ()))))))


def _nearest_first(entries: Iterable[str], successors: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Where each step stands when those nearest to the first entry come first, then those that only others lead to."""
    found: dict[str, int] = {}
    for entry in entries:
        waiting = deque((entry,))
        while waiting:
            name = waiting.popleft()
            if name not in found:
                found[name] = len(found)
                waiting.extend(successors.get(name, ()))
    return found


def _closing(rank: Mapping[str, int], successors: Mapping[str, tuple[str, ...]]) -> set[tuple[str, str]]:
    """The edges that lead back to where a cycle begins: at the step, entered from outside, that is nearest the start.

    Without them the cycle falls apart into steps and smaller cycles, and so on; cycles within very many others are
    opened at all edges that lead nearer to the start.
    """
    before: dict[str, list[str]] = {name: [] for name in rank}
    for name in rank:
        for target in successors.get(name, ()):
            before[target].append(name)
    found: set[tuple[str, str]] = set()
    pending = [(tuple(rank), 0)]
    while pending:
        names, depth = pending.pop()
        if depth == DEEPEST:
            inside = frozenset(names)
            back = ((source, name) for name in names for source in before[name] if rank[name] <= rank[source])
            found |= {(source, name) for source, name in back if source in inside}
            continue
        for part in strong_parts(names, ((name, target) for name in names for target in successors.get(name, ()))):
            inside = frozenset(part)
            entered = [name for name in part if not inside.issuperset(before[name])]
            first = min(entered or part, key=rank.__getitem__)
            found |= {(source, first) for source in before[first] if source in inside}
            if len(part) > 1:
                pending.append((tuple(name for name in part if name != first), depth + 1))
    return found
