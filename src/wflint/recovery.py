"""From a repository's files to its workflows: read, link, evaluate, fold.

Only files that import a framework are read at first, then what they import as far as it is used, then the files that
import a workflow and may run it, or that ask models by themselves, and documents that a framework runs as they are. The
outcome of a whole run is cached by the contents of everything it has read.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import msgspec

from wflint.assembly.chains.actors import Actors
from wflint.assembly.chains.assembling import chains
from wflint.assembly.chains.heard import listening, parsings_of
from wflint.assembly.chains.runs import runs_of
from wflint.assembly.frontend import DocumentKind
from wflint.assembly.linking import linked
from wflint.assembly.nesting import Nesting
from wflint.evaluate.explore import Explorer
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import merge
from wflint.evaluate.modules import Linker
from wflint.evaluate.python.documents import explore_document
from wflint.frontends import DOCUMENTS, FRONT_ENDS
from wflint.model.workflow import Notice, Program, Workflow
from wflint.source.cache import Cache, key_of
from wflint.source.code import Ignore
from wflint.source.repository import Repository

_KIND: Final = "program-28"
"""The number goes up when the same sources come to another program."""

_DEEPEST: Final = 20_000
"""Python frames; the budget bounds what the audited code can use of them."""

_UNFINISHED: Final = "evaluation budget exhausted in this module: code after the limit was not analysed"

Wanted = Callable[[str], bool]
"""Whether a file is one of those to begin with."""

Described = tuple[tuple[DocumentKind, str], ...]
"""Documents that describe workflows, each with its kind."""


class Record(msgspec.Struct, frozen=True, array_like=True):
    """What a run came to, with the files it has read and the digests of their contents."""

    files: tuple[tuple[str, str], ...]
    workflows: tuple[Workflow, ...]
    notices: tuple[Notice, ...]
    ignores: dict[str, tuple[Ignore, ...]]
    imports: tuple[tuple[str, str], ...]


class Recovery(msgspec.Struct, frozen=True):
    """A program, the files that were read for it, and the ignore comments in them."""

    program: Program
    files: tuple[str, ...]
    ignores: Mapping[str, tuple[Ignore, ...]]


@dataclass(frozen=True, slots=True)
class _Roots:
    """The files to begin with: those that import a framework, and those beside them that import models only."""

    building: tuple[str, ...]
    asking: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """The roots of both kinds."""
        return (*self.building, *self.asking)

    @classmethod
    def of(cls, repository: Repository, wanted: Wanted) -> _Roots:
        """The roots of a repository; one that uses no framework has none."""
        names = tuple(name.encode() for end in FRONT_ENDS for name in end.modules)
        others = tuple(name.encode() for end in FRONT_ENDS for name in end.asked_alone)
        found = repository.importing((*names, *others), wanted)
        building = repository.importing(names, frozenset(found).__contains__) if found else ()
        return cls(building, tuple(path for path in found if path not in building) if building else ())


def recover(repository: Repository, cache: Cache, wanted: Wanted) -> Recovery:
    """The workflows in the wanted files of a repository, from the cache where nothing has changed."""
    roots = _Roots.of(repository, wanted)
    described = tuple((kind, path) for kind in DOCUMENTS for path in repository.describing(kind.marks, wanted))
    key = key_of(_KIND, _fingerprint(repository, (*roots.all, *(path for _, path in described))))
    record = _kept(repository, cache.read(key))
    if record is None:
        with _at_full_speed(), repository.lowered_ahead(roots.all):
            record = _made(repository, roots, described, wanted)
        cache.write(key, msgspec.json.encode(record))
    program = Program(record.workflows, (*repository.unwalked, *record.notices), record.imports)
    return Recovery(program, tuple(path for path, _ in record.files), record.ignores)


def _fingerprint(repository: Repository, roots: tuple[str, ...]) -> bytes:
    """Which files there are, and what is in those that the run begins with."""
    lines = [*repository.paths, *repository.documents, *(f"{path}\0{repository.digest(path)}" for path in roots)]
    return "\n".join(lines).encode("utf-8", "surrogateescape")


def _kept(repository: Repository, data: bytes | None) -> Record | None:
    """A cached run, if everything that it read is still the same."""
    if data is None:
        return None
    try:
        record = msgspec.json.decode(data, type=Record)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return record if all(repository.digest(path) == digest for path, digest in record.files) else None


@contextmanager
def _at_full_speed() -> Iterator[None]:
    """Allow deep call chains of the audited code, and put garbage collection off: little here lives in cycles."""
    limit, collecting = sys.getrecursionlimit(), gc.isenabled()
    sys.setrecursionlimit(max(limit, _DEEPEST))
    gc.disable()
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)
        if collecting:
            gc.enable()


def _workflows(interp: Interpreter) -> Iterator[Workflow]:
    """What the frameworks would run, then what plain code runs one after the other, with what runs within steps."""
    built = [workflow for end in FRONT_ENDS for workflow in end.assemble(interp)]
    actors = Actors(interp, FRONT_ENDS, built)
    runs = list(runs_of(interp))
    heard = parsings_of(interp)
    chained = list(chains(interp, runs, actors, heard))
    nesting = Nesting.of(runs, chained, actors)
    listened = (listening(workflow, runs, actors, heard) for workflow in built) if heard else built
    yield from map(nesting.nested, (*listened, *(chain.workflow for chain in chained)))


def _made(repository: Repository, roots: _Roots, described: Described, wanted: Wanted) -> Record:
    table = merge(tuple(end.table for end in FRONT_ENDS))
    linker = Linker(repository, table.roots, table.yielding)
    interp = Interpreter(linker, table)
    explorer = Explorer(interp)
    explorer.learn(linker.module(path) for path in roots.building)
    callers = repository.mentioning(tuple(sorted(name.encode() for name in explorer.homes())), wanted)
    explorer.learn(linker.module(path) for path in callers)
    explorer.try_out()
    explorer.ask(linker.module(path) for path in roots.asking)
    for kind, path in described:
        explore_document(interp, path, kind.load)
    workflows = linked(_workflows(interp))
    read = repository.summaries
    unread = [notice.span.path for notice in repository.unread]
    known = {*read, *unread} & {*repository.paths} | repository.consulted
    unfinished = dict.fromkeys(Notice(_UNFINISHED, place.span) for place in interp.exhausted)
    return Record(
        files=tuple((path, repository.digest(path)) for path in sorted(known)),
        workflows=workflows,
        notices=(*repository.unread, *interp.misread, *unfinished),
        ignores={path: summary.ignores for path, summary in read.items() if summary.ignores},
        imports=tuple(sorted(linker.imports)),
    )
