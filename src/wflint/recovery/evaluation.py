"""The evaluation of one unit: link, evaluate, fold, count."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.broken_demands import refusals
from wflint.assembly.census.counting import constructions, examined, unexamined
from wflint.assembly.chains.actors import Actors
from wflint.assembly.chains.asked_again import with_repeated_runs
from wflint.assembly.chains.assembling import code_workflows
from wflint.assembly.chains.code_loops import looped, runs_by_workflow, whole
from wflint.assembly.chains.output_uses import expectations_of, listening
from wflint.assembly.chains.runs import runs_of
from wflint.assembly.changes import Changed, lacking_names
from wflint.assembly.delegation import alone, delegating, look_into_tools
from wflint.assembly.expected_failures import ExpectedFailures
from wflint.assembly.frontend import FrontEnd
from wflint.assembly.nesting import Nesting
from wflint.assembly.own_classes import unfinished
from wflint.assembly.parameters import stray_arguments
from wflint.assembly.recording import recorded
from wflint.assembly.results import misused_results
from wflint.evaluate.budget import CUTS
from wflint.evaluate.drive import Driver
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Linker
from wflint.evaluate.python.documents import explore_document
from wflint.model.containment import Containment
from wflint.model.fault import Fault
from wflint.model.program import Notice
from wflint.model.span import Span
from wflint.model.workflow import Aspect, Unresolved, Workflow
from wflint.recovery.front_ends import FrontEnds
from wflint.recovery.records import Borrowed, Record
from wflint.recovery.units import Unit
from wflint.source.code import FunctionDef
from wflint.source.code.entered import ENTERED
from wflint.source.import_prefilter import ImportPrefilter
from wflint.source.module_index import ModuleIndex
from wflint.source.repository import Repository
from wflint.source.requirements.requirements import Requirements, TrackedRequirements
from wflint.source.tracked_repository import TrackedRepository
from wflint.source.walking import glimpsed_in

_DEEPEST: Final = 20_000
"""Python frames; the budget bounds what the audited code can use of them."""

_MOST_PASSES: Final = 5
"""As deep as workflows that are built inside steps of others are looked for."""


@contextmanager
def at_full_speed() -> Iterator[None]:
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


def _record(interp: Interpreter, ends: Sequence[FrontEnd], start: Span) -> tuple[Workflow, ...]:
    """What the frameworks would run, once a further pass of every front end brings up nothing new for any of them.

    A step of one framework may build and run workflows of another, so what the passes before came to does not count.
    """
    built: list[Workflow] = []
    for _ in range(_MOST_PASSES):
        before = recorded(interp)
        built = []
        for end in ends:
            with interp.contained.contain(f"the front end {end.name}", start, "more of its workflows may be missing"):
                built.extend(end.assemble(interp))
        if recorded(interp) == before:
            break
    return tuple(built)


def _workflows(interp: Interpreter, ends: Sequence[FrontEnd], start: Span) -> Iterator[Workflow]:
    """What the frameworks would run, then what plain code runs; faults that concern no one place are told at `start`.

    What a fault may have left unfinished says so.
    """
    built = _record(interp, ends, start)
    found: Iterable[Workflow] = built
    with interp.contained.contain("workflows of plain code", start, "they are not shown"):
        found = list(_with_chains(interp, ends, built))
    expected = ExpectedFailures(interp)
    for workflow in found:
        known = expected.without(workflow)
        yield _cautious(known) if known.span.path in interp.damaged else known


def _cautious(workflow: Workflow) -> Workflow:
    """A workflow of a file in which the evaluation failed somewhere: there may be more of everything."""
    reason = "an internal error left a part of this file unread"
    open_parts = tuple(Unresolved(reason, workflow.span, aspect) for aspect in Aspect)
    return replace(workflow, unresolved=(*workflow.unresolved, *open_parts))


def _with_chains(interp: Interpreter, ends: Sequence[FrontEnd], built: Sequence[Workflow]) -> Iterator[Workflow]:
    """What the frameworks would run, then what plain code runs one after the other, with what runs within steps."""
    known = Actors(interp, ends, built)
    look_into_tools(interp, known)
    runs = list(runs_of(interp))
    built = list(delegating(interp, runs, known, built))
    actors = Actors(interp, ends, built)
    heard = expectations_of(interp)
    chained = list(code_workflows(interp, runs, actors, heard))
    nesting = Nesting.of(runs, chained, actors)
    own = runs_by_workflow(runs, actors)
    listened = (looped(listening(one, own[whole(one)], heard), own[whole(one)]) for one in built)
    found = [nesting.nested(workflow) for workflow in (*listened, *(chain.workflow for chain in chained))]
    every = (*found, *alone(interp, ends, runs, actors, found, heard))
    yield from with_repeated_runs(every, runs, actors)


def _names_of(entered: set[int], linker: Linker) -> Iterator[Span]:
    """Where the names of these functions stand."""
    for path in sorted(linker.modules):
        module = linker.modules[path]
        functions = (node for node in glimpsed_in(module.body) if isinstance(node, FunctionDef) and id(node) in entered)
        yield from sorted(module.span(node.name_at) for node in functions)


class Evaluator(Struct, frozen=True):
    """Evaluates units of a repository, each by itself; `paths` are those of all its sources."""

    repository: Repository
    contained: Containment
    paths: tuple[str, ...]
    requirements: Requirements
    front_ends: FrontEnds
    index: ModuleIndex

    @classmethod
    def of(
        cls,
        repository: Repository,
        contained: Containment,
        requirements: Requirements,
        front_ends: FrontEnds,
        index: ModuleIndex,
    ) -> Evaluator:
        """The evaluator of a repository."""
        return cls(repository, contained, repository.paths, requirements, front_ends, index)

    def record(self, unit: Unit) -> Record:
        """What the evaluation of a unit comes to."""
        sources = TrackedRepository(self.repository, self.paths)
        interp = Interpreter(self._linker(sources), self.front_ends.table)
        interp.contained = self.contained
        interp.requirements = requirements = TrackedRequirements(self.requirements)
        with ENTERED.noted() as entered:
            driver = self._driven(unit, interp)
            workflows = tuple(_workflows(interp, self.front_ends.all, Span(unit.first, 1, 1, 1, 1)))
            refused = self._refusals(interp, workflows)
            strays = stray_arguments(interp, (end.parameters for end in self.front_ends.all), self._changes)
        read = frozenset((*unit.building, *sources.lowered_paths))
        counting = self._linker(sources)
        counted = constructions(counting, sources.lowered, self.front_ends.vocabulary, read, read)
        asked = interp.linker.asked | counting.asked
        return Record(
            files=sources.files,
            workflows=workflows,
            unread=sources.unread,
            misread=tuple(interp.misread),
            unfinished=tuple(Notice(cut.message, cut.location.span, CUTS) for cut in driver.telling_cuts()),
            ignores={path: lowered.ignores for path, lowered in sources.summaries.items() if lowered.ignores},
            imports=tuple(sorted(interp.linker.imports)),
            counted=tuple(examined(counted.constructions, interp)),
            re_exporting=counted.re_exporting,
            asked=requirements.asked,
            modules=tuple((name, self.index.digest(name)) for name in sorted(asked)),
            stray_arguments=strays,
            refusals=refused,
            entered=tuple(_names_of(entered, interp.linker)),
            relevant=driver.relevance.words()
            | self.front_ends.vocabulary.names
            | {one.subject for one in counted.constructions},
            called=tuple(sorted(driver.workflow_modules())),
        )

    def _refusals(self, interp: Interpreter, workflows: Iterable[Workflow]) -> tuple[Fault, ...]:
        """What parts refuse and no workflow says already."""
        ends = self.front_ends.all
        said = {fault for workflow in workflows for fault in workflow.faults}
        codes = (
            *(end.refused for end in ends),
            lambda interp: lacking_names(interp, self._changes),
            lambda interp: misused_results(interp, (end.results for end in ends)),
            lambda interp: unfinished(interp, tuple(row for end in ends for row in end.inherited)),
        )
        found = refusals(interp, (end.demands for end in ends), codes)
        return tuple(fault for fault in found if fault not in said)

    @property
    def _changes(self) -> tuple[Changed, ...]:
        return tuple(end.changed for end in self.front_ends.all if end.changed is not None)

    def borrowed(self, borrowing: Iterable[str], read: frozenset[str]) -> Borrowed:
        """The census of files that take constructors from others, which are among those `read`."""
        sources = TrackedRepository(self.repository, self.paths)
        paths = frozenset(borrowing)
        counted = constructions(
            self._linker(sources), self.repository.lowered, self.front_ends.vocabulary, paths, paths | read
        )
        for path in sorted(paths):
            sources.lowered(path)
        return Borrowed(
            files=sources.files,
            unread=sources.unread,
            ignores={path: lowered.ignores for path, lowered in sources.summaries.items() if lowered.ignores},
            counted=tuple(unexamined(counted.constructions)),
        )

    def _linker(self, sources: TrackedRepository) -> Linker:
        table = self.front_ends.table
        return Linker(sources, table.roots, table.shadowable_roots, self.index)

    def _driven(self, unit: Unit, interp: Interpreter) -> Driver:
        """Run what a unit begins with, in an order of its own: builders, callers, uncalled code, askers, documents."""
        linker, driver = interp.linker, Driver(interp)
        driver.load(linker.module(path) for path in unit.building)
        names = ImportPrefilter(tuple(sorted(name.encode() for name in driver.workflow_modules())))
        driver.load(linker.module(path) for path in unit.calling if self.repository.holds(path, names))
        driver.analyze_uncalled()
        driver.analyze_model_callers(linker.module(path) for path in unit.asking)
        for number, path in unit.documents:
            with interp.contained.contain("reading this document", Span(path, 1, 1, 1, 1), "it was not analysed"):
                explore_document(interp, path, self.front_ends.documents[number].load)
        return driver
