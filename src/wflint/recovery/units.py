"""Units of evaluation: files to begin with that can reach each other, and that nothing else reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from wflint.recovery.records import Record
from wflint.source.discover import FOLDERS


class Unit(Struct, frozen=True):
    """Files that are evaluated together, sorted.

    `building` import a framework, `calling` may run what those build, `asking` import models only; `documents` describe
    workflows, each with the number of its kind.
    """

    building: tuple[str, ...] = ()
    calling: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    documents: tuple[tuple[int, str], ...] = ()

    @property
    def members(self) -> tuple[str, ...]:
        """All of its files, sorted."""
        documents = (path for _, path in self.documents)
        return tuple(sorted({*self.building, *self.calling, *self.asking, *documents}))

    @property
    def first(self) -> str:
        """The file that stands for it."""
        return next(iter((*self.building, *self.asking, *(path for _, path in self.documents))), ".")

    def within(self, paths: frozenset[str]) -> Unit:
        """The part of it that is among `paths`."""
        return Unit(
            tuple(path for path in self.building if path in paths),
            tuple(path for path in self.calling if path in paths),
            tuple(path for path in self.asking if path in paths),
            tuple(each for each in self.documents if each[1] in paths),
        )


def partition(whole: Unit, imports: Mapping[str, tuple[str, ...]]) -> tuple[Unit, ...]:
    """The units that a whole falls into; `imports` are the files that each file imports, where that is known."""
    groups = _Groups()
    roots = frozenset((*whole.building, *whole.asking))
    for path in dict.fromkeys((*whole.building, *whole.asking, *whole.calling)):
        reached = _reached(path, roots, imports)
        if path in roots or reached:
            groups.tie(path, *reached)
    for _, path in whole.documents:
        groups.tie(path, f"{_project(path)}/")
    return _parts(whole, groups)


def merged(whole: Unit, records: Mapping[Unit, Record]) -> tuple[Unit, ...]:
    """The units again, those as one that read members of each other, or that come to a workflow at the same place."""
    groups = _Groups()
    members = {path: unit for unit in records for path in unit.members}
    built: dict[str, str] = {}
    for unit, record in records.items():
        groups.tie(*unit.members)
        groups.tie(unit.first, *(path for path, _ in record.files if path in members))
        for workflow in record.workflows:
            groups.tie(unit.first, built.setdefault(str(workflow.span), unit.first))
    return _parts(whole, groups)


def _parts(whole: Unit, groups: _Groups) -> tuple[Unit, ...]:
    return tuple(unit for group in groups.all() if (unit := whole.within(group)).members)


def _reached(path: str, roots: frozenset[str], imports: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The first roots on every way along the imports of a file."""
    seen, pending = {path}, [path]
    found: dict[str, None] = {}
    while pending:
        for imported in imports.get(pending.pop(), ()):
            if imported in seen:
                continue
            seen.add(imported)
            if imported in roots:
                found[imported] = None
            else:
                pending.append(imported)
    return tuple(found)


def _project(document: str) -> str:
    """The folder of a document and of those that it may name."""
    folder = document.rpartition("/")[0]
    outer, _, name = folder.rpartition("/")
    return outer if name in FOLDERS else folder


class _Groups:
    """Names that hang together (union-find)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def tie(self, first: str, *others: str) -> None:
        """From now on, these are in one group."""
        top = self._top(first)
        for other in others:
            self._above[self._top(other)] = top

    def all(self) -> tuple[frozenset[str], ...]:
        """The groups, in the order of their first names."""
        found: dict[str, list[str]] = {}
        for name in sorted(self._above):
            found.setdefault(self._top(name), []).append(name)
        return tuple(map(frozenset, found.values()))

    def _top(self, name: str) -> str:
        above = self._above.setdefault(name, name)
        while above != name:
            self._above[name] = self._above[above]
            name, above = above, self._above[above]
        return name


def first_paths(units: Iterable[Unit]) -> tuple[str, ...]:
    """What will be read first of some units, in order."""
    return tuple(path for unit in units for path in (*unit.building, *unit.asking))
