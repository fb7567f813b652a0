"""Which releases of a package the file at a path runs with, as far as the repository says."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final, Protocol

from msgspec import Struct

from wflint.errors import UnreadableSource
from wflint.model.program import Notice
from wflint.model.releases import Releases
from wflint.model.span import Span
from wflint.source.discover import SourceFile
from wflint.source.requirements.names import LOCKS

Said = tuple[tuple[str, Releases], ...]
"""Packages with their releases, as one file has them."""
LARGEST: Final = 20_000_000
"""Bytes; a lock of a thousand packages has two million."""


class Asked(Struct, frozen=True, array_like=True):
    """A question that was put to the requirements of a repository, and the answer."""

    packages: tuple[str, ...]
    path: str
    releases: Releases | None


class Requirements(Protocol):
    """Answers which releases of one of some packages are installed; None where nothing says."""

    def of(self, packages: tuple[str, ...], path: str) -> Releases | None: ...


class _Folder(Struct):
    """What the files of one folder say: the releases that locks name, and those that others ask for."""

    locked: dict[str, Releases]
    wanted: dict[str, Releases]

    def of(self, packages: tuple[str, ...]) -> Releases | None:
        """Its word on the first of the packages that it speaks of; a lock goes before everything else."""
        said = (each[name] for each in (self.locked, self.wanted) for name in packages if name in each)
        return next(said, None)


class WrittenRequirements:
    """The requirements that a repository's files write down, each for its folder and all below it.

    A folder within goes before the one around it, except that a lock there may say exactly what is only asked for
    here. `pins` are what the configuration says of packages, which goes before all files. Files are read when somebody
    asks, and parsed by `said`; what is wrong with them is told in `notices`.
    """

    def __init__(
        self,
        files: Sequence[SourceFile] = (),
        pins: Mapping[str, Releases] | None = None,
        said: Callable[[str, bytes], Said] | None = None,
    ) -> None:
        self._said = said or parsed
        self._pins = dict(pins or {})
        self._notices: dict[Notice, None] = {}
        self._files: dict[str, list[SourceFile]] = {}
        self._read: dict[str, _Folder] = {}
        for file in files:
            for folder in _governed(PurePosixPath(file.path)):
                self._files.setdefault(folder, []).append(file)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What could not be read of the files that were needed so far."""
        return tuple(sorted(self._notices, key=lambda notice: (notice.span, notice.message)))

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that have requirements of their own, in order."""
        return tuple(sorted(self._files))

    def of(self, packages: tuple[str, ...], path: str) -> Releases | None:
        """The releases of one of these packages that the file at `path` runs with."""
        pinned = next((self._pins[name] for name in packages if name in self._pins), None)
        if pinned is not None:
            return pinned
        found: Releases | None = None
        for folder in map(str, PurePosixPath(path).parents):
            said = self._folder(folder).of(packages)
            if said is not None and (found is None or (said.is_one and said.within(found) == said)):
                found = said
        return found

    def _folder(self, folder: str) -> _Folder:
        if folder not in self._read:
            read = self._read[folder] = _Folder({}, {})
            for file in self._files.get(folder, ()):
                self._take(file, read)
        return self._read[folder]

    def _take(self, file: SourceFile, into: _Folder) -> None:
        known = into.locked if PurePosixPath(file.path).name in LOCKS else into.wanted
        for name, releases in self._found(file):
            known[name] = known[name].joined(releases) if name in known else releases

    def _found(self, file: SourceFile) -> Said:
        try:
            with file.place.open("rb") as stream:
                data = stream.read(LARGEST + 1)
            if len(data) > LARGEST:
                raise ValueError(f"larger than {LARGEST // 1_000_000} MB, so it was not read")  # noqa: TRY301
            return self._said(file.path, data)
        except (OSError, ValueError, UnreadableSource) as error:
            self._notices[Notice(_told(error), Span(file.path, 1, 1, 1, 1))] = None
            return ()


def parsed(path: str, data: bytes) -> Said:
    """What the file at `path` says, which holds `data`; raises `ValueError` or `UnreadableSource` where it is none.

    A file that begins with the mark of UTF-16 is read as that, as pip does: a shell of Windows writes such files.
    """
    from wflint.source.requirements.formats import reader_of

    marked = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    return tuple(reader_of(path)(data.decode("utf-16" if marked else "utf-8-sig")))


def _told(error: Exception) -> str:
    reason = error.reason if isinstance(error, UnreadableSource) else str(error)
    if isinstance(error, UnicodeDecodeError):
        reason = "not UTF-8"
    return f"cannot be read for the releases that it names: {reason}"


def _governed(path: PurePosixPath) -> Iterable[str]:
    """The folder that a file speaks for: its own; a folder of requirements speaks for the one around it."""
    inner = path.parent
    return (str(inner.parent if inner.name in ("requirements", "constraints") else inner),)


class TrackedRequirements:
    """The requirements of a repository as one evaluation sees them: what was asked is known."""

    def __init__(self, behind: Requirements) -> None:
        self._behind = behind
        self._asked: dict[tuple[tuple[str, ...], str], Releases | None] = {}

    def of(self, packages: tuple[str, ...], path: str) -> Releases | None:
        """The releases of one of these packages that the file at `path` runs with."""
        key = packages, path
        if key not in self._asked:
            self._asked[key] = self._behind.of(packages, path)
        return self._asked[key]

    @property
    def asked(self) -> tuple[Asked, ...]:
        """All questions so far with their answers, in order."""
        return tuple(Asked(*key, releases) for key, releases in sorted(self._asked.items(), key=lambda pair: pair[0]))
