"""Summaries of repositories: from a folder to the file that a link reads, one repository after the other or many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wflint import __version__, atomic
from wflint.config import Config
from wflint.errors import ExitCode, WflintError
from wflint.link.engines.engine import Engine, Failed
from wflint.link.interfaces import interfaces_of
from wflint.link.reading import SUFFIX, Unusable, decode, encode, read_bytes
from wflint.link.records import RepositorySummary
from wflint.link.summarizing import Interfaces, SummarySubject
from wflint.link.summarizing import summarize as summarized
from wflint.model.patterns import pattern
from wflint.request import CacheChoice, Request
from wflint.revisions.provenance import Provenance, provenance_of
from wflint.source.cache import Cache, NoCache, open_cache
from wflint.survey import Survey, survey

_UNSAFE: Final = pattern(r"[^A-Za-z0-9._-]+")
_LONGEST: Final = 150


class Order(Struct, frozen=True):
    """A repository to be summarised, and the file to write; None where the summary is wanted itself."""

    folder: Path
    exclude: tuple[str, ...] = ()
    traces: tuple[Path, ...] = ()
    cache: CacheChoice = CacheChoice()
    target: Path | None = None


class SummaryFile(Struct, frozen=True):
    """The file of a summary, with what could not be read or followed in the repository."""

    file: Path
    notices: int


class Failure(Struct, frozen=True):
    """A repository of which there is no summary, and why."""

    folder: Path
    reason: str


def summary_of(order: Order) -> RepositorySummary:
    """The summary of a repository."""
    request = Request.of(
        order.folder, overrides=Config(exclude=order.exclude, given=frozenset({"exclude"} if order.exclude else ()))
    )
    found = survey(replace(request, cache=order.cache, traces=order.traces))
    provenance = provenance_of(found.request.root)
    return summarized(
        SummarySubject(
            name=_name(found, provenance),
            program=found.program,
            facts=found.facts,
            provenance=provenance,
            recording=found.lazy_facts.recording,
            interfaces=_interfaces(found),
        )
    )


def _interfaces(found: Survey) -> Interfaces:
    choice = found.request.cache
    cache: Cache = NoCache() if choice.is_off else open_cache(choice.folder)
    try:
        return interfaces_of(found.request.root, found.request.effective.exclude, cache)
    finally:
        cache.close()


def _name(found: Survey, provenance: Provenance | None) -> str:
    """What people call a repository: by its address, or by its folder."""
    if provenance is None:
        return found.request.root.name or "repository"
    return "/".join(provenance.repository.rstrip("/").split("/")[-2:])


def write(order: Order) -> SummaryFile | Failure:
    """Summarise a repository into its file; whatever is wrong with it is told, and the next one goes on."""
    assert order.target is not None
    try:
        found = summary_of(order)
        atomic.write(order.target, encode(found))
    except OSError as error:
        return Failure(order.folder, f"{error.filename or order.target}: {error.strerror or error}")
    except WflintError as error:
        return Failure(order.folder, str(error))
    return SummaryFile(order.target, found.notices)


def write_all(orders: Sequence[Order], engine: Engine, *, resume: bool) -> Iterator[SummaryFile | Failure]:
    """All of them, as they are done; with `resume`, those that this wflint has written before are left as they are."""
    wanted = []
    for order in orders:
        if resume and order.target is not None and _is_current(order.target):
            yield SummaryFile(order.target, 0)
        else:
            wanted.append(order)
    for answer in engine.run(write, wanted):
        value = answer.value
        yield Failure(wanted[answer.place].folder, value.reason) if isinstance(value, Failed) else value


def _is_current(file: Path) -> bool:
    data = read_bytes(file)
    found = decode(data, str(file)) if not isinstance(data, Unusable) else data
    return isinstance(found, RepositorySummary) and found.wflint == __version__


def targets(folders: Sequence[Path], into: Path) -> tuple[Path, ...]:
    """A file for each folder, named after it; those of one name are numbered."""
    used: set[str] = set()
    found = []
    for folder in folders:
        stem = _UNSAFE.sub("-", folder.resolve().name)[:_LONGEST].strip("-.") or "repository"
        name = next(name for name in _numbered(stem) if name.casefold() not in used)
        used.add(name.casefold())
        found.append(into / f"{name}{SUFFIX}")
    return tuple(found)


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def exit_code(done: int, failed: int) -> ExitCode:
    """All is well as long as something came of it."""
    return ExitCode.USAGE if failed and not done else ExitCode.CLEAN
