"""The order of a first pass through a workflow: edges that close a cycle left out, steps in stages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from wflint.model.workflow import END, START


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
    """A walk in depth: steps as they are finished, and the edges that lead back to a step that is not."""

    def __init__(self, entries: Iterable[str], successors: Mapping[str, tuple[str, ...]]) -> None:
        self.finished: list[str] = []
        self.closing: set[tuple[str, str]] = set()
        self._successors = successors
        self._open: dict[str, bool] = {}
        for entry in reversed(tuple(entries)):
            if entry not in self._open:
                self._walk(entry)

    def _walk(self, entry: str) -> None:
        pending: list[tuple[str, Iterator[str]]] = []
        self._enter(entry, pending)
        while pending:
            name, targets = pending[-1]
            target = next(targets, None)
            if target is None:
                self._open[name] = False
                self.finished.append(name)
                pending.pop()
            elif target not in self._open:
                self._enter(target, pending)
            elif self._open[target]:
                self.closing.add((name, target))

    def _enter(self, name: str, pending: list[tuple[str, Iterator[str]]]) -> None:
        """Later targets first, so that the reversed order of finishing has them as declared."""
        self._open[name] = True
        pending.append((name, reversed(tuple(dict.fromkeys(self._successors.get(name, ()))))))
