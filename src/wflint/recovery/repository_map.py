"""What each file of a repository is, kept from run to run: who imports a framework, and who imports whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from wflint.recovery.front_ends import FrontEnds
from wflint.recovery.known_names import KnownNames
from wflint.recovery.units import Unit
from wflint.recovery.unread import UNREAD
from wflint.source.cache import Cache, decoded, key_of
from wflint.source.forms import form_of
from wflint.source.import_prefilter import ImportPrefilter
from wflint.source.import_statements import ImportStatement, lowered_imports, parsed
from wflint.source.module_names import parts_of
from wflint.source.repository import Repository

if TYPE_CHECKING:
    from wflint.recovery.import_targets import ImportTargets

_KIND: Final = "map-4"
"""The number goes up when a file with the same bytes becomes another row: a front end looks for other names."""

Wanted = Callable[[str], bool]
"""Whether a file is one of those to begin with."""


class Row(Struct, frozen=True, array_like=True):
    """A source: `imports` are the files that it may import, None where nobody has asked.

    `unread` are the modules that it imports of frameworks that no front end reads.
    """

    digest: str
    is_building: bool
    is_asking: bool
    imports: tuple[str, ...] | None = None
    unread: tuple[str, ...] = ()


class Mentions(Struct, frozen=True, array_like=True):
    """The files whose imports name one of some modules, of those that were searched, with their digests."""

    names: tuple[str, ...] = ()
    searched: dict[str, str] = {}
    found: frozenset[str] = frozenset()


class _Stored(Struct, frozen=True, array_like=True):
    rows: dict[str, Row] = {}
    documents: dict[str, tuple[str, tuple[int, ...]]] = {}
    calling: Mentions = Mentions()
    borrowers: Mentions = Mentions()


class RepositoryMap:
    """The rows of a repository, made as far as they are asked for and not stored yet."""

    def __init__(self, repository: Repository, cache: Cache, wanted: Wanted, front_ends: FrontEnds) -> None:
        self._repository = repository
        self._cache = cache
        self._front_ends = front_ends
        documents = "\n".join((*repository.documents, "", front_ends.key))
        paths = "\n".join((*repository.paths, "", documents))
        self.documents_key = key_of(f"{_KIND} documents", documents.encode("utf-8", "surrogateescape"))
        self.paths_key = key_of(_KIND, paths.encode("utf-8", "surrogateescape"))
        self._wanted = tuple(filter(wanted, repository.paths))
        self._wanted_documents = tuple(filter(wanted, repository.documents))
        self._before = decoded(cache.read(self.paths_key), msgspec.json.Decoder(_Stored)) or _Stored()
        self._rows = dict(self._before.rows)
        self._documents = dict(self._before.documents)
        self._callers, self._borrowers = self._before.calling, self._before.borrowers

    def whole(self) -> Unit:
        """All that a run begins with; a repository that uses no framework has no files that ask models."""
        rows = {path: self._row(path) for path in self._wanted}
        building = tuple(path for path, row in rows.items() if row.is_building)
        asking = tuple(path for path, row in rows.items() if row.is_asking) if building else ()
        documents = tuple((kind, path) for path in self._wanted_documents for kind in self._kinds(path))
        names = sorted({parts[-1] for path in building if (parts := parts_of(path))})
        self._callers = self._mentioning(tuple(names), self._callers)
        return Unit(building, tuple(sorted(self._callers.found)), asking, tuple(sorted(documents)))

    def imports(self, roots: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """What files import that can be reached from these."""
        found: dict[str, tuple[str, ...]] = {}
        pending = [*roots]
        while pending:
            path = pending.pop()
            if path not in found:
                found[path] = self._imports(path)
                pending += found[path]
        return found

    def borrowers(self, lending: Iterable[str]) -> frozenset[str]:
        """The wanted files whose imports name one of these modules."""
        names = sorted({parts_of(path)[-1] for path in lending})
        self._borrowers = self._mentioning(tuple(names), self._borrowers)
        return self._borrowers.found

    def unread(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The wanted files that import frameworks which no front end reads, with the modules."""
        rows = ((path, self._row(path)) for path in self._wanted)
        return ((path, row.unread) for path, row in rows if row.unread)

    def store(self) -> None:
        """Keep the map for the next run."""
        stored = _Stored(self._rows, self._documents, self._callers, self._borrowers)
        if stored != self._before:
            self._cache.write(self.paths_key, msgspec.json.encode(stored))

    def _row(self, path: str) -> Row:
        digest = self._repository.digest(path)
        row = self._rows.get(path)
        if row is None or row.digest != digest or not digest:
            building = self._repository.holds(path, self._names.building)
            asking = not building and self._repository.holds(path, self._names.asking)
            row = Row(digest, building, asking, unread=self._unread_in(path))
            self._rows[path] = row
        return row

    def _kinds(self, path: str) -> tuple[int, ...]:
        digest = self._repository.digest(path)
        known = self._documents.get(path)
        if known is None or known[0] != digest:
            kinds = self._front_ends.kinds_of(path, self._repository.glimpse(path))
            known = self._documents[path] = (digest, kinds)
        return known[1]

    def _imports(self, path: str) -> tuple[str, ...]:
        row = self._row(path)
        if row.imports is None:
            row = replace(row, imports=self._linked(path))
            self._rows[path] = row
        assert row.imports is not None
        return row.imports

    def _linked(self, path: str) -> tuple[str, ...]:
        found = self._statements(path)
        return self._targets.of(path, found) if found else ()

    def _statements(self, path: str) -> tuple[ImportStatement, ...]:
        """The imports of a file, in no order."""
        data = self._repository.data(path)
        found = parsed(data, form_of(path)) if data is not None else ()
        if found is None:
            lowered = self._repository.lowered(path)
            found = lowered_imports(lowered) if lowered is not None else ()
        return found

    def _unread_in(self, path: str) -> tuple[str, ...]:
        """The modules of frameworks that nobody reads; what the repository itself has under such a name is none."""
        if not self._repository.holds(path, self._unread_names):
            return ()
        absolute = [each for each in self._statements(path) if not each.level]
        homes = {name: each for each in absolute for name in UNREAD if f"{each.home}.".startswith(f"{name}.")}
        found = homes.keys() - self._names.roots
        return tuple(sorted(name for name in found if not self._targets.of(path, (homes[name],))))

    @cached_property
    def _names(self) -> KnownNames:
        return KnownNames.of(self._front_ends, self._cache)

    @cached_property
    def _unread_names(self) -> ImportPrefilter:
        """Made where a file is new: its patterns take time."""
        return ImportPrefilter(tuple(name.encode() for name in UNREAD), leading=True)

    @cached_property
    def _targets(self) -> ImportTargets:
        from wflint.recovery.import_targets import ImportTargets

        return ImportTargets(self._repository, self._names)

    def _mentioning(self, names: tuple[str, ...], before: Mentions) -> Mentions:
        """The wanted files whose imports name one of some modules, searched again as far as they have changed."""
        if not names:
            return Mentions()
        known = before.searched if before.names == names else {}
        needles = ImportPrefilter(tuple(name.encode() for name in names))
        found: set[str] = set()
        for path in self._wanted:
            same = known.get(path) == self._row(path).digest
            if path in before.found if same else self._repository.holds(path, needles):
                found.add(path)
        return Mentions(names, {path: self._row(path).digest for path in self._wanted}, frozenset(found))
