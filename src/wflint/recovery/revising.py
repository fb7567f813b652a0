"""A record of files as they were before an edit, where that changed nothing that the evaluation has looked into.

The evaluation goes by what it reads. An edit that leaves all of that as it was would have it do the same again; what it
came to only moves with the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath

from msgspec import Struct
from msgspec.structs import replace

from wflint.recovery.moving import Moving
from wflint.recovery.noticing import may_be_noticed
from wflint.recovery.records import Record
from wflint.recovery.units import Unit
from wflint.source.forms import SUFFIXES
from wflint.source.import_prefilter import ImportPrefilter
from wflint.source.repository import Repository
from wflint.source.versions import Versions


class Revision(Struct, frozen=True):
    """A record as the files are now, what it was `before`, and the `versions` of those that were edited.

    `is_even` says that nothing in it takes more lines or fewer than before.
    """

    record: Record
    before: Record
    versions: Mapping[str, Versions]
    is_even: bool


def revised(record: Record, unit: Unit, changed: Iterable[str], repository: Repository) -> Revision | None:
    """The record of a unit as its files are now; None where it may be another one."""
    files = dict(record.files)
    versions: dict[str, Versions] = {}
    for path in changed:
        found = _versions(record, path, files[path], repository)
        if found is None:
            return None
        versions[path] = found
    if any(may_be_noticed(one, path, record, repository) for path, one in versions.items()):
        return None
    if _are_called(unit, files, record.called, repository):
        return None
    moving = Moving({path: (one,) for path, one in versions.items()})
    moved = moving.moved(replace(record, files=(), ignores={}))
    if moved is None:
        return None
    ignores = {path: one.newer.ignores for path, one in versions.items()}
    moved = replace(
        moved,
        files=tuple((path, repository.digest(path)) for path in files),
        ignores={path: each for path, each in sorted((record.ignores | ignores).items()) if each},
    )
    return Revision(moved, record, versions, moving.is_even)


def _versions(record: Record, path: str, digest: str, repository: Repository) -> Versions | None:
    older = repository.lowered_before(path, digest) if PurePath(path).suffix in SUFFIXES else None
    newer = repository.lowered(path) if older is not None else None
    if older is None or newer is None:
        return None
    starts = ((span.line, span.column) for span in record.entered if span.path == path)
    entered = frozenset(older.lines[line - 1] + column - 1 for line, column in starts)
    return Versions.of(older, newer, entered)


def _are_called(unit: Unit, files: Mapping[str, str], names: tuple[str, ...], repository: Repository) -> bool:
    """Whether a file that was left aside, since it imports none of these modules, may import one by now."""
    aside = [path for path in unit.calling if path not in files]
    needles = ImportPrefilter(tuple(name.encode() for name in names))
    return any(repository.holds(path, needles) for path in aside)
