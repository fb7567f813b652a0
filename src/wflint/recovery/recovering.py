"""Evaluates the units of a repository that are not stored as they are now, and joins all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from wflint.model.containment import Containment
from wflint.recovery.front_ends import FrontEnds
from wflint.recovery.joining import joined
from wflint.recovery.records import KIND, Borrowed, Record
from wflint.recovery.recovered import Edit, Recovery
from wflint.recovery.repository_map import RepositoryMap, Wanted
from wflint.recovery.units import Unit, first_paths, merged, partition
from wflint.recovery.unread import unread_frameworks
from wflint.source.cache import Cache, NoCache, key_of
from wflint.source.module_index import ModuleIndex
from wflint.source.repository import Repository
from wflint.source.requirements.requirements import WrittenRequirements

if TYPE_CHECKING:
    from wflint.recovery.evaluation import Evaluator
    from wflint.recovery.moving import Moving
    from wflint.recovery.revising import Revision
    from wflint.source.versions import Versions


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
    further = (*contained.notices, *requirements.notices, *unread_frameworks(known.unread()))
    known.store()
    found = joined(repository, ordered, borrowed, further, wanted, requirements.folders)
    before = work.before(records)
    if before is None:
        return found
    earlier = joined(repository, before, borrowed, further, wanted, requirements.folders)
    return replace(found, edit=Edit(earlier.program, work.moving()))


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
        self._revisions: dict[Unit, Revision] = {}
        self._is_new = False

    def records(self, units: Sequence[Unit]) -> list[Record]:
        """A record for each of the units."""
        missing = [unit for unit in units if unit not in self._known and not self._is_stored(unit)]
        if missing:
            self._make(missing)
        return [self._known[unit] for unit in units]

    def before(self, records: Mapping[Unit, Record]) -> tuple[Record, ...] | None:
        """The records as they were in the last run, where nothing but places has changed since."""
        revisions = [self._revisions[unit] for unit in records if unit in self._revisions]
        if self._is_new or not revisions or not all(revision.is_even for revision in revisions):
            return None
        return tuple(self._revisions[unit].before if unit in self._revisions else records[unit] for unit in records)

    def moving(self) -> Moving:
        """What moves places of the last run."""
        from wflint.recovery.moving import Moving

        versions: dict[str, list[Versions]] = {}
        for revision in self._revisions.values():
            for path, one in revision.versions.items():
                versions.setdefault(path, []).append(one)
        return Moving(versions)

    def borrowed(self, borrowing: frozenset[str], records: Sequence[Record]) -> Borrowed:
        """The census of the borrowing files that no unit has read."""
        read = frozenset(path for record in records for path, _ in record.files)
        fresh = tuple(sorted(borrowing - read))
        if not fresh:
            return Borrowed()
        names = (*fresh, "", *sorted(read))
        key = self._key("borrowed", self._map.paths_key, names, names)
        found = Borrowed.decoded(self._cache.read(key))
        if found is None:
            found = self._evaluator.borrowed(fresh, read)
            self._write(key, found.encoded())
        return found

    def _is_stored(self, unit: Unit) -> bool:
        record = Record.decoded(self._cache.read(self._key_of(unit)))
        if record is None or self._changed(record):
            record = self._revised(unit)
        if record is not None:
            self._known[unit] = record
        return record is not None

    def _changed(self, record: Record) -> bool:
        outdated = record.is_outdated(self._index.digest, self._requirements)
        return outdated or bool(record.changed(self._repository.digest))

    def _revised(self, unit: Unit) -> Record | None:
        """The last record of a unit, where what was edited since does not matter to it."""
        last = self._cache.read(self._latest(unit))
        record = Record.decoded(self._cache.read(last)) if last is not None else None
        if record is None or record.is_outdated(self._index.digest, self._requirements):
            return None
        from wflint.recovery.revising import revised

        revision = revised(record, unit, record.changed(self._repository.digest), self._repository)
        if revision is None:
            return None
        self._revisions[unit] = revision
        self._store(unit, revision.record)
        return revision.record

    def _make(self, units: Sequence[Unit]) -> None:
        from wflint.recovery.evaluation import at_full_speed

        self._is_new = True
        with at_full_speed(), self._repository.lowered_ahead(first_paths(units)):
            for unit in units:
                errors = len(self._contained.errors)
                record = self._known[unit] = self._evaluator.record(unit)
                if len(self._contained.errors) == errors:
                    self._store(unit, record)

    def _store(self, unit: Unit, record: Record) -> None:
        key = self._key_of(unit)
        self._write(key, record.encoded())
        self._write(self._latest(unit), key)

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

    def _latest(self, unit: Unit) -> bytes:
        """The key of what says under which key the last record of a unit is."""
        return self._key(" latest", self._map.documents_key, _names(unit), ())

    def _key_of(self, unit: Unit) -> bytes:
        return self._key("", self._map.documents_key, _names(unit), unit.members)

    def _key(self, kind: str, whole: bytes, names: Sequence[str], read: Sequence[str]) -> bytes:
        """A key of everything that is known before any file is evaluated; `whole` is one of the repository's."""
        lines = [*names, *(f"{path}\0{self._repository.digest(path)}" for path in read)]
        return key_of(KIND + kind, whole + "\n".join(lines).encode("utf-8", "surrogateescape"))


def _names(unit: Unit) -> tuple[str, ...]:
    kinds = (f"{kind}\0{path}" for kind, path in unit.documents)
    return (*unit.building, "", *unit.calling, "", *unit.asking, "", *kinds)
