"""Which files there are to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePath
from typing import Final

from msgspec import Struct, field

from wflint.config import glob_matches, relative
from wflint.model.program import Notice
from wflint.model.span import Span
from wflint.source.forms import SUFFIXES, Form, form_of
from wflint.source.read_files import ReadFiles, may_be_read
from wflint.source.requirements.names import says_releases

DOCUMENTS: Final = frozenset({".yaml", ".yml", ".jsonc"})
"""How a document that sources read ends."""

JSON: Final = frozenset({".json", ".jsonc"})

NAMED_DOCUMENTS: Final = frozenset({"langgraph.json", "crew.json", "pyproject.toml"})
"""What such a document is called where its ending says too little."""

FOLDERS: Final = frozenset({"agents"})
"""Folders whose JSON describes something; elsewhere most of it is data."""

LARGEST: Final = {Form.MODULE: 2_000_000, Form.NOTEBOOK: 50_000_000}
"""Bytes; nobody writes a file this long by hand, and notebooks hold pictures."""

_SKIPPED: Final = tuple(
    f"!{name}/"
    for name in (
        "__pycache__",
        "__pypackages__",
        "bower_components",
        "env",
        "node_modules",
        "site-packages",
        "venv",
    )
)
"""Folders whose code is somebody else's, as patterns for the walker; it leaves out what begins with a dot anyway."""

_NOTHING: Final = "nothing to read here, apart from what is hidden or left out by an ignore file or `exclude`"


class SourceFile(Struct, frozen=True):
    """A file to read: `path` as the output names it, `place` where it is."""

    path: str
    place: Path


class Discovery(Struct, frozen=True):
    """The files that were found, in the order of their paths, and what could not be looked into.

    `documents` are no code but what code may read, `requirements` say which releases of packages there are. `others`
    are further files that code may read as text.
    """

    files: tuple[SourceFile, ...]
    notices: tuple[Notice, ...] = ()
    documents: tuple[SourceFile, ...] = ()
    requirements: tuple[SourceFile, ...] = ()
    others: ReadFiles = field(default_factory=lambda: ReadFiles(Path()))


def discover(root: Path, paths: Sequence[Path], exclude: Sequence[str] = ()) -> Discovery:
    """The sources at and below `paths`, named relative to `root`.

    Ignore files are honoured, hidden folders and links left out, and so is what a pattern in `exclude` covers; but a
    file that is named itself is always there, and so is a folder, whatever the ignore files around it say.
    """
    found: dict[str, SourceFile] = {}
    notices: list[Notice] = []
    others: list[Path] = []
    foreign: set[Path] = set()
    for path in paths:
        if path.is_dir():
            seen = _walk(root, path, exclude, found, notices)
            foreign |= seen.foreign
            others += seen.others if path.is_relative_to(root) else ()
        elif may_be_read(path) and not (is_document(path) or says_releases(path)):
            others.append(path)
        else:
            named = SourceFile(relative(path, root), path)
            found[named.path] = named
    ordered = [found[path] for path in sorted(found)]
    return Discovery(
        files=tuple(file for file in ordered if not (is_document(file.place) or says_releases(file.place))),
        notices=tuple(sorted(notices, key=lambda each: each.span)),
        documents=tuple(file for file in ordered if is_document(file.place)),
        requirements=tuple(file for file in ordered if says_releases(file.place)),
        others=ReadFiles(root, others, partial(_is_left_out, exclude=exclude, foreign=foreign)),
    )


def is_document(place: PurePath) -> bool:
    """Whether a file is no source itself but something that sources read."""
    described = place.suffix in JSON and place.parent.name in FOLDERS
    return place.suffix in DOCUMENTS or place.name in NAMED_DOCUMENTS or described


def is_json(path: str) -> bool:
    """Whether a document is written in JSON."""
    return PurePath(path).suffix in JSON


def read(file: SourceFile) -> bytes | Notice:
    """The bytes of a file, or why there are none."""
    largest = LARGEST[form_of(file.path)]
    try:
        with file.place.open("rb") as stream:
            data = stream.read(largest + 1)
    except OSError as error:
        return _notice(file.path, f"cannot be read: {error.strerror or error}")
    if len(data) > largest:
        return _notice(file.path, f"larger than {largest // 1_000_000} MB, so it was not read")
    return data


class _Seen(Struct):
    """What else a walk came by: files that code may read, folders whose code is somebody else's."""

    others: list[Path] = field(default_factory=list)
    foreign: set[Path] = field(default_factory=set)


def _walk(
    root: Path, folder: Path, exclude: Sequence[str], found: dict[str, SourceFile], notices: list[Notice]
) -> _Seen:
    start = relative(folder, root)
    candidates: list[Path] = []
    seen = _Seen()
    for entry in [*_entries(folder)] or _entries(folder, around=False):
        if isinstance(entry, str):
            notices.append(_notice(start, entry))
        elif entry.suffix in SUFFIXES or is_document(entry) or says_releases(entry):
            candidates.append(entry)
        elif entry.name == "pyvenv.cfg" and entry.parent != folder:
            seen.foreign.add(entry.parent)
        elif may_be_read(entry):
            seen.others.append(entry)
    for place in candidates:
        path = relative(place, root) if start.startswith("..") else _below(start, place, folder)
        if not _is_left_out(place, path, exclude, seen.foreign):
            found[path] = SourceFile(path, place)
    if not any(folder in file.place.parents for file in found.values()):
        notices.append(_notice(start, _NOTHING))
    return seen


def _entries(folder: Path, *, around: bool = True) -> Iterator[Path | str]:
    """Every entry below a folder, or what kept the walker from giving it; ignore files `around` it count or do not."""
    import rignore

    odd = next(_odd_ignore_files(folder), None)  # the walker would wait for a pipe for ever
    if odd is not None:
        yield f"{odd.name} is no file, so no ignore file was read"
    walker = rignore.walk(
        folder,
        ignore_hidden=True,
        require_git=False,
        read_ignore_files=odd is None,
        read_git_ignore=odd is None,
        read_parents_ignores=around and odd is None,
        read_global_git_ignore=False,  # what one user ignores everywhere says nothing about the repository
        overrides=list(_SKIPPED),
    )
    while True:
        try:
            entry = next(walker)
        except StopIteration:
            return
        except ValueError:
            yield "a file name is not text, so the file was not read"
            continue
        except OSError as error:
            yield f"cannot be looked into: {error}"
            continue
        if entry is not None and entry != folder:
            yield entry


def _odd_ignore_files(folder: Path) -> Iterator[Path]:
    """What is called like an ignore file, in a folder or around it, and is none."""
    for place in (folder, *folder.absolute().parents):
        for name in (".gitignore", ".ignore"):
            found = place / name
            if found.exists() and not found.is_file():
                yield found


def _below(start: str, place: Path, folder: Path) -> str:
    inner = place.as_posix()[len(folder.as_posix()) :].lstrip("/")
    return inner if start == "." else f"{start}/{inner}"


def _is_left_out(place: Path, path: str, exclude: Sequence[str], foreign: Iterable[Path]) -> bool:
    if any(glob_matches(pattern, path) for pattern in exclude):
        return True
    if any(environment in place.parents for environment in foreign):
        return True
    return place.is_symlink() or not place.is_file()


def _notice(path: str, message: str) -> Notice:
    return Notice(message, Span(path, 1, 1, 1, 1))
