"""Evaluates the units of a repository that are not stored as they are now, and joins all of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from wflint.model.containment import Containment
from wflint.recovery.front_ends import FrontEnds
from wflint.recovery.joining import joined
from wflint.recovery.records import KIND, Borrowed, Record
from wflint.recovery.recovered import Recovery
from wflint.recovery.repository_map import RepositoryMap, Wanted
from wflint.recovery.units import Unit, first_paths, merged, partition
from wflint.source.cache import Cache, NoCache, key_of
from wflint.source.module_index import ModuleIndex
from wflint.source.repository import Repository
from wflint.source.requirements.requirements import WrittenRequirements

if TYPE_CHECKING:
    from wflint.recovery.evaluation import Evaluator


def recover(
    repository: Repository,
    cache: Cache,
    wanted: Wanted,
    contained: Containment,
    requirements: WrittenRequirements,
    front_ends: FrontEnds,
) -> Recovery:
    """The workflows in the wanted files of a repository, each unit from the cache of a run over the same files."""
    known = RepositoryMap(repository, cache, wanted, front_ends)
    whole = known.whole()
    units = partition(whole, known.imports((*whole.building, *whole.asking, *whole.calling)))
    work = _Work(repository, cache, contained, known, requirements, front_ends)
    records = dict(zip(units, work.records(units), strict=True))
    while (larger := merged(whole, records)) != tuple(records):
        records = dict(zip(larger, work.records(larger), strict=True))
    ordered = tuple(records.values())
    lending = [path for record in ordered for path in record.re_exporting if wanted(path)]
    borrowed = work.borrowed(known.borrowers(lending), ordered) if lending else Borrowed()
    known.store()
    return joined(repository, ordered, borrowed, (*contained.notices, *requirements.notices), wanted)


class _Work:
    """The records of units: read, or made and stored."""

    def __init__(
        self,
        repository: Repository,
        cache: Cache,
        contained: Containment,
        known: RepositoryMap,
        requirements: WrittenRequirements,
        front_ends: FrontEnds,
    ) -> None:
        self._repository = repository
        self._cache = cache
        self._contained = contained
        self._map = known
        self._requirements = requirements
        self._front_ends = front_ends
        self._known: dict[Unit, Record] = {}

    def records(self, units: Sequence[Unit]) -> list[Record]:
        """A record for each of the units."""
        missing = [unit for unit in units if unit not in self._known and not self._is_stored(unit)]
        if missing:
            self._make(missing)
        return [self._known[unit] for unit in units]

    def borrowed(self, borrowing: frozenset[str], records: Sequence[Record]) -> Borrowed:
        """The census of the borrowing files that no unit has read."""
        read = frozenset(path for record in records for path, _ in record.files)
        fresh = tuple(sorted(borrowing - read))
        if not fresh:
            return Borrowed()
        key = self._key("borrowed", self._map.paths_key, (*fresh, "", *sorted(read)))
        found = Borrowed.decoded(self._cache.read(key))
        if found is None:
            found = self._evaluator.borrowed(fresh, read)
            self._write(key, found.encoded())
        return found

    def _is_stored(self, unit: Unit) -> bool:
        stored = self._cache.read(self._key_of(unit))
        record = Record.decoded(stored, self._repository.digest, self._index.digest, self._requirements)
        if record is not None:
            self._known[unit] = record
        return record is not None

    def _make(self, units: Sequence[Unit]) -> None:
        from wflint.recovery.evaluation import at_full_speed

        with at_full_speed(), self._repository.lowered_ahead(first_paths(units)):
            for unit in units:
                errors = len(self._contained.errors)
                record = self._known[unit] = self._evaluator.record(unit)
                if len(self._contained.errors) == errors:
                    self._write(self._key_of(unit), record.encoded())

    @cached_property
    def _index(self) -> ModuleIndex:
        return ModuleIndex(self._repository.paths)

    @cached_property
    def _evaluator(self) -> Evaluator:
        from wflint.recovery.evaluation import Evaluator

        return Evaluator.of(self._repository, self._contained, self._requirements, self._front_ends, self._index)

    def _write(self, key: bytes, value: bytes) -> None:
        if not isinstance(self._cache, NoCache):
            self._cache.write(key, value)

    def _key_of(self, unit: Unit) -> bytes:
        kinds = (f"{kind}\0{path}" for kind, path in unit.documents)
        names = (*unit.building, "", *unit.calling, "", *unit.asking, "", *kinds)
        return self._key("", self._map.documents_key, names, unit.members)

    def _key(self, kind: str, whole: bytes, names: Sequence[str], read: Sequence[str] = ()) -> bytes:
        """A key of everything that is known before any file is evaluated; `whole` is one of the repository's."""
        lines = [*names, *(f"{path}\0{self._repository.digest(path)}" for path in (read or names))]
        return key_of(KIND + kind, whole + "\n".join(lines).encode("utf-8", "surrogateescape"))
