"""Summary files, read one by one: what cannot be read is named, and nothing in a file is ever run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated, Final

import msgspec
from msgspec import Struct

from wflint.errors import UsageError
from wflint.link import sketch
from wflint.link.records import FORMAT, VERSION, Place, RepositorySummary
from wflint.matching.encoders import DEFAULT

LARGEST: Final = 256_000_000
"""Bytes; a summary of a hundred thousand steps is shorter."""
SUFFIX: Final = ".wflint.json"
"""How the file of a summary ends."""


class Unusable(Struct, frozen=True):
    """Something that was left out, and why."""

    name: str
    reason: str


class _Header(Struct, frozen=True):
    """What every version of a summary begins with."""

    format: str
    version: Annotated[int, msgspec.Meta(le=10**6)]
    wflint: str = "of another version"


def summary_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files that are named, and those of summaries below the folders that are; each once, in order.

    What has the name of a summary and is no file, such as a link to one that is gone, is named when it is read.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(sorted(each for each in path.rglob(f"*{SUFFIX}") if not each.is_dir())))
        elif path.exists():
            found[path] = None
        else:
            raise UsageError(f"{path}: no such file or folder")
    return tuple(sorted(found))


def read_bytes(path: Path) -> bytes | Unusable:
    """The bytes of a file; a pipe or a device is not waited for."""
    name = str(path)
    try:
        if not path.is_file():
            return Unusable(name, "no file")
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        return Unusable(name, f"cannot be read: {error.strerror or error}")
    return Unusable(name, f"larger than {LARGEST // 1_000_000} MB") if len(data) > LARGEST else data


def digest_of(data: bytes) -> str:
    """What tells two files apart."""
    return blake2b(data, digest_size=16).hexdigest()


@cache
def _decoder() -> msgspec.json.Decoder[RepositorySummary]:
    return msgspec.json.Decoder(RepositorySummary)


def decode(data: bytes, name: str) -> RepositorySummary | Unusable:
    """The summary in the bytes of the file of that name, or why there is none."""
    try:
        header = msgspec.json.decode(data, type=_Header)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return Unusable(name, "no summary, or one that is cut short")
    if header.format != FORMAT:
        return Unusable(name, "no summary")
    if header.version > VERSION:
        made = f"version {header.version}, written by wflint {header.wflint[:40]}"
        return Unusable(name, f"{made}; this wflint reads up to version {VERSION}: install that one or a newer one")
    try:
        found = _decoder().decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return Unusable(name, f"no summary of version {header.version}: {str(error)[:200]}")
    fault = next(_faults(found), None)
    return found if fault is None else Unusable(name, fault)


def _faults(found: RepositorySummary) -> Iterator[str]:
    """What the types do not keep out."""
    if found.encoder != DEFAULT:
        yield f"its vectors are of the encoder {found.encoder[:40]!r}, which cannot be compared"
    workflows = [workflow.id for workflow in found.workflows]
    if len(set(workflows)) < len(workflows):
        yield "two workflows of one id"
    for workflow in found.workflows:
        names = [step.id for step in workflow.steps]
        if len(set(names)) < len(names):
            yield "two steps of one id"
    for place in _places(found):
        if not _is_within(place.path):
            yield f"a place outside of the repository: {place.path[:80]!r}"
        if (place.end_line, place.end_column) < (place.line, place.column):
            yield f"a place that ends before it begins, in {place.path[:80]!r}"
    yield from _wrong_texts(found)


def _places(found: RepositorySummary) -> Iterator[Place]:
    yield from (flow.location for flow in found.workflows)
    yield from (one.location for one in found.provides)
    yield from (one.location for one in found.calls)
    for workflow in found.workflows:
        for step in workflow.steps:
            yield step.location
            if step.definition is not None:
                yield step.definition


@lru_cache(maxsize=1 << 12)
def _is_within(path: str) -> bool:
    """Whether a path stays inside, on whatever system the report is read."""
    here, there = PurePosixPath(path), PureWindowsPath(path)
    outside = here.root or there.root or ".." in (*here.parts, *there.parts)
    return bool(path) and not outside and "\0" not in path


def _wrong_texts(found: RepositorySummary) -> Iterator[str]:
    for workflow in found.workflows:
        for told in (step.told for step in workflow.steps if step.told is not None):
            try:
                sketch.decoded(told.sketch, sketch.LENGTH)
                sketch.decoded(told.vector, sketch.DIMENSIONS)
            except ValueError as error:
                yield f"a sketch or vector is {error}"
                return


def encode(summary: RepositorySummary) -> bytes:
    """A summary as it is written: a line for the whole."""
    return msgspec.json.encode(summary, order="deterministic") + b"\n"
