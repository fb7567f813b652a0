"""From a repository's files to its workflows: read, link, evaluate, fold.

Only files that import a framework are read at first, then what they import as far as it is used, then the files that
import a workflow and may run it, or that ask models by themselves, and documents that a framework runs as they are. The
outcome of a whole run is cached by the contents of everything it has read.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

import msgspec

from wflint.assembly.census.constructors import Vocabulary
from wflint.assembly.census.counting import constructions, explained
from wflint.assembly.census.reporting import matched
from wflint.assembly.chains.actors import Actors
from wflint.assembly.chains.assembling import code_workflows
from wflint.assembly.chains.output_uses import expectations_of, listening
from wflint.assembly.chains.runs import runs_of
from wflint.assembly.delegation import alone, delegating, look_into_tools
from wflint.assembly.frontend import DocumentKind
from wflint.assembly.linking import linked
from wflint.assembly.nesting import Nesting
from wflint.assembly.recording import recorded
from wflint.evaluate.drive import Driver
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import merge
from wflint.evaluate.modules import Linker
from wflint.evaluate.python.documents import explore_document
from wflint.frontends import DOCUMENTS, FRONT_ENDS
from wflint.model.containment import Containment
from wflint.model.contract import Schema
from wflint.model.packing import Packing, unpacked
from wflint.model.program import Notice, Program
from wflint.model.site import Site
from wflint.model.span import Span
from wflint.model.workflow import Aspect, Unresolved, Workflow
from wflint.source.cache import Cache, NoCache, key_of
from wflint.source.code import Ignore
from wflint.source.repository import Repository

_KIND: Final = "program-33"
"""The number goes up when the same sources come to another program."""

_DEEPEST: Final = 20_000
"""Python frames; the budget bounds what the audited code can use of them."""

_MOST_PASSES: Final = 5
"""As deep as workflows that are built inside steps of others are looked for."""

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
    sites: tuple[Site, ...]
    unresolved: tuple[Unresolved, ...]
    schemas: tuple[Schema, ...] = ()
    """Where it is stored, what the workflows' steps declare, each once."""

    def packed(self) -> Record:
        """The record as it is stored."""
        packing = Packing()
        workflows = tuple(map(packing.packed, self.workflows))
        return msgspec.structs.replace(self, workflows=workflows, schemas=packing.schemas)

    def unpacked(self) -> Record:
        """The record of which this one is stored."""
        return msgspec.structs.replace(self, workflows=unpacked(self.workflows, self.schemas), schemas=())

    def program(self, unwalked: tuple[Notice, ...]) -> Program:
        """The program, with notices of what could not be looked into."""
        return Program(self.workflows, (*unwalked, *self.notices), self.imports, self.sites, self.unresolved)


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
        known = frozenset(building)
        return cls(building, tuple(path for path in found if path not in known) if building else ())


def recover(repository: Repository, cache: Cache, wanted: Wanted, contained: Containment) -> Recovery:
    """The workflows in the wanted files of a repository, from the cache of a run over the same that had no fault."""
    roots = _Roots.of(repository, wanted)
    described = tuple((kind, path) for kind in DOCUMENTS for path in repository.describing(kind.marks, wanted))
    key = key_of(_KIND, _fingerprint(repository, (*roots.all, *(path for _, path in described))))
    record = _kept(repository, cache.read(key))
    if record is None:
        with _at_full_speed(), repository.lowered_ahead(roots.all):
            record = _made(repository, roots, described, wanted, contained)
        if not contained.errors and not isinstance(cache, NoCache):
            cache.write(key, msgspec.json.encode(record.packed()))
    return Recovery(record.program(repository.unwalked), tuple(path for path, _ in record.files), record.ignores)


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
    if any(repository.digest(path) != digest for path, digest in record.files):
        return None
    return record.unpacked()


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


def _record(interp: Interpreter, start: Span) -> tuple[Workflow, ...]:
    """What the frameworks would run, once a further pass of every front end brings up nothing new for any of them.

    A step of one framework may build and run workflows of another, so what the passes before came to does not count.
    """
    built: list[Workflow] = []
    for _ in range(_MOST_PASSES):
        before = recorded(interp)
        built = []
        for end in FRONT_ENDS:
            with interp.contained.contain(f"the front end {end.name}", start, "more of its workflows may be missing"):
                built.extend(end.assemble(interp))
        if recorded(interp) == before:
            break
    return tuple(built)


def _workflows(interp: Interpreter, start: Span) -> Iterator[Workflow]:
    """What the frameworks would run, then what plain code runs; faults that concern no one place are told at `start`.

    What a fault may have left unfinished says so.
    """
    built = _record(interp, start)
    found: Iterable[Workflow] = built
    with interp.contained.contain("workflows of plain code", start, "they are not shown"):
        found = list(_with_chains(interp, built))
    yield from (_cautious(workflow) if workflow.span.path in interp.damaged else workflow for workflow in found)


def _cautious(workflow: Workflow) -> Workflow:
    """A workflow of a file in which the evaluation failed somewhere: there may be more of everything."""
    reason = "an internal error left a part of this file unread"
    open_parts = tuple(Unresolved(reason, workflow.span, aspect) for aspect in Aspect)
    return replace(workflow, unresolved=(*workflow.unresolved, *open_parts))


def _with_chains(interp: Interpreter, built: Sequence[Workflow]) -> Iterator[Workflow]:
    """What the frameworks would run, then what plain code runs one after the other, with what runs within steps."""
    known = Actors(interp, FRONT_ENDS, built)
    look_into_tools(interp, known)
    runs = list(runs_of(interp))
    built = list(delegating(interp, runs, known, built))
    actors = Actors(interp, FRONT_ENDS, built)
    heard = expectations_of(interp)
    chained = list(code_workflows(interp, runs, actors, heard))
    nesting = Nesting.of(runs, chained, actors)
    listened = (listening(workflow, runs, actors, heard) for workflow in built) if heard else built
    found = [nesting.nested(workflow) for workflow in (*listened, *(chain.workflow for chain in chained))]
    yield from (*found, *alone(interp, FRONT_ENDS, runs, actors, found))


def _made(
    repository: Repository, roots: _Roots, described: Described, wanted: Wanted, contained: Containment
) -> Record:
    table = merge(tuple(end.table for end in FRONT_ENDS))
    linker = Linker(repository, table.roots, table.shadowable_roots)
    interp = Interpreter(linker, table)
    interp.contained = contained
    explorer = Driver(interp)
    explorer.load(linker.module(path) for path in roots.building)
    callers = repository.mentioning(tuple(sorted(name.encode() for name in explorer.workflow_modules())), wanted)
    explorer.load(linker.module(path) for path in callers)
    explorer.analyze_uncalled()
    explorer.analyze_model_callers(linker.module(path) for path in roots.asking)
    for kind, path in described:
        with interp.contained.contain("reading this document", Span(path, 1, 1, 1, 1), "it was not analysed"):
            explore_document(interp, path, kind.load)
    start = Span(next(iter((*roots.all, *(path for _, path in described))), "."), 1, 1, 1, 1)
    workflows = linked(_workflows(interp, start))
    vocabulary = Vocabulary(tuple((end.name, each) for end in FRONT_ENDS for each in end.constructors))
    counted = constructions(
        repository, Linker(repository, table.roots, table.shadowable_roots), vocabulary, roots.building, wanted
    )
    unfinished = [Notice(cut.message, cut.location.span) for cut in explorer.telling_cuts()]
    notices = (*repository.unread, *interp.misread, *unfinished, *interp.contained.notices)
    sites, lost = matched(counted, workflows, notices, explained(interp))
    read = repository.summaries
    unread = [notice.span.path for notice in repository.unread]
    known = {*read, *unread} & {*repository.paths} | repository.consulted
    return Record(
        files=tuple((path, repository.digest(path)) for path in sorted(known)),
        workflows=workflows,
        notices=notices,
        ignores={path: lowered.ignores for path, lowered in read.items() if lowered.ignores},
        imports=tuple(sorted(linker.imports)),
        sites=sites,
        unresolved=lost,
    )
