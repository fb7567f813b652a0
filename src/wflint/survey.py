"""What there is: the sources are read, the workflows recovered, the recorded runs joined; nothing is judged yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from wflint import plugins
from wflint.analyses.data.shared_matcher import SharedMatcher
from wflint.analyses.labels.decisions import EdgeName
from wflint.analyses.labels.labelling import Evidence, Labelling
from wflint.config import relative
from wflint.engine.kept_observations import CachedMemory
from wflint.matching.encoders import DEFAULT
from wflint.model.containment import Containment
from wflint.model.finding import EdgeLabel
from wflint.model.program import Notice, Program
from wflint.model.recorded import Recording
from wflint.model.releases import Releases
from wflint.model.span import Span
from wflint.model.text import Texts
from wflint.model.workflow import Edge, Workflow
from wflint.request import Request
from wflint.source.cache import Cache, NoCache, open_cache
from wflint.source.code import Ignore
from wflint.source.discover import discover
from wflint.source.repository import Repository
from wflint.source.requirements.kept import KeptRequirements
from wflint.source.requirements.requirements import WrittenRequirements

if TYPE_CHECKING:
    from wflint.analyses.facts import ProgramFacts
    from wflint.recovery import FrontEnds
    from wflint.recovery.recovered import Edit


class Recovered(Struct, frozen=True):
    """What reading the sources gave: `files` that were read, the workflows in them, ignore comments and texts.

    `edit` is there where nothing but places has changed since the last run.
    """

    program: Program
    ignores: Mapping[str, tuple[Ignore, ...]]
    texts: Texts
    files: tuple[str, ...] = ()
    edit: Edit | None = None


class LazyFacts:
    """The facts of a program; the analyses are only imported when somebody asks."""

    def __init__(
        self,
        program: Program,
        labelling: Labelling,
        matching: SharedMatcher,
        recording: Recording | None = None,
        gates: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.program = program
        self.labelling = labelling
        self.matching = matching
        self.recording = recording
        self.gates = gates

    @cached_property
    def value(self) -> ProgramFacts:
        """The facts themselves."""
        from wflint.analyses.facts import ProgramFacts

        return ProgramFacts(self.program, self.labelling, self.matching, self.recording, self.gates)


class Survey(Struct, frozen=True):
    """What there is: everything that was recovered, with the facts about it.

    `program` and `files` are the part that the user asked about. `misread_traces` says what could not be read of
    recorded runs.
    """

    request: Request
    recovered: Recovered
    lazy_facts: LazyFacts
    program: Program
    files: tuple[str, ...]
    contained: Containment
    misread_traces: tuple[Notice, ...] = ()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What the user should know about what was read, sources and recorded runs."""
        return (*self.program.notices, *self.misread_traces)

    @property
    def facts(self) -> ProgramFacts:
        """The facts about everything that was recovered."""
        return self.lazy_facts.value

    @property
    def tells_nothing(self) -> bool:
        """Whether internal errors are all that came of the run."""
        return bool(self.contained.errors) and not self.program.workflows

    def labels(self, workflow: Workflow) -> Mapping[Edge, EdgeLabel]:
        """The judgement about each edge of a workflow."""
        return self.facts.of(workflow).labels


def recover(request: Request, contained: Containment, cache: Cache) -> Recovered:
    """Read the sources and recover the workflows in them.

    A folder is audited by itself, with what it imports from around it; a file together with the whole repository,
    because what it is a part of may be put together anywhere.
    """
    from wflint.recovery import FrontEnds
    from wflint.recovery import recover as recovered_from

    further = plugins.front_ends(request.effective.plugins, request.written_in)
    front_ends = FrontEnds(further.front_ends, further.key)
    places = tuple(dict.fromkeys((request.root, *request.paths)))  # a folder is not walked twice
    discovery = discover(request.root, places, request.effective.exclude)
    held = (*request.unsaved, *((request.stdin,) if request.stdin else ()))
    overlays = {relative(one.path, request.root): one.data for one in held}
    repository = Repository(discovery, cache, overlays)
    requirements = WrittenRequirements(discovery.requirements, _pins(request, front_ends), KeptRequirements(cache).said)
    whole = request.stdin is not None or not all(path.is_dir() for path in request.paths)

    def wanted(path: str) -> bool:
        return whole or request.asks_for(path)

    found = recovered_from(repository, cache, wanted, contained, requirements, front_ends)
    return Recovered(found.program, found.ignores, repository.written, found.files, found.edit)


def _pins(request: Request, front_ends: FrontEnds) -> Mapping[str, Releases]:
    """The releases that the configuration says the frameworks have, by package."""
    pinned = request.effective.versions
    if not pinned:
        return {}
    from wflint.recovery.packages import pins  # takes as long to load as the front ends

    return pins(pinned, front_ends.all, request.written_in)


@contextmanager
def opened(request: Request) -> Iterator[Cache]:
    """The cache of a run."""
    cache: Cache = NoCache() if request.cache.is_off else open_cache(request.cache.folder)
    try:
        yield cache
    finally:
        cache.close()


def survey(request: Request) -> Survey:
    """Read and recover, without judging."""
    with opened(request) as cache:
        return labelled(read(request, cache))


def read(request: Request, cache: Cache) -> Survey:
    """What there is, before it is known what can be judged."""
    matching, contained = _matching(request, cache), Containment()
    read = recover(request, contained, cache)
    recording, misread = _recording(request, read.program)
    labelling = replace(_labelling(request), evidence=_evidence(recording))
    return Survey(
        request=request,
        recovered=read,
        lazy_facts=LazyFacts(read.program, labelling, matching, recording, request.effective.approval_gates),
        program=within(read.program, request),
        files=tuple(path for path in read.files if request.asks_for(path)),
        contained=contained,
        misread_traces=misread,
    )


def labelled(found: Survey) -> Survey:
    """The same without the workflows that cannot be judged."""
    program = _judgeable(found.recovered.program, found.facts, found.contained)
    recovered = replace(found.recovered, program=program)
    return replace(found, recovered=recovered, program=within(program, found.request))


def _judgeable(program: Program, facts: ProgramFacts, contained: Containment) -> Program:
    """The workflows whose edges can be labelled, which takes most analyses; others are told of and left out."""
    fine: list[Workflow] = []
    for workflow in program.workflows:
        with contained.contain(f'the analysis of "{workflow.name}"', workflow.span, "this workflow is not shown"):
            facts.of(workflow).labels  # noqa: B018 (computed once, here)
            fine.append(workflow)
    cuts = tuple(
        Notice(f'"{flow.name}" is too large: {cut}; findings may be missing', flow.span)
        for flow in fine
        if (cut := facts.of(flow).cut)
    )
    return replace(program, workflows=tuple(fine), notices=(*program.notices, *news(program, contained), *cuts))


def news(program: Program, contained: Containment) -> tuple[Notice, ...]:
    """Notices of internal errors that the program does not carry yet."""
    return tuple(notice for notice in contained.notices if notice not in program.notices)


def _labelling(request: Request) -> Labelling:
    """What labels are made from besides the source: the configuration, and what people have decided."""
    settings = request.effective
    path = settings.decisions_path(request.root)
    if not path.is_file():
        return Labelling(settings.label_settings)
    from wflint.engine import decisions  # reads strictly, with what that takes to load

    return Labelling(settings.label_settings, decisions.read(path))


def _recording(request: Request, program: Program) -> tuple[Recording | None, tuple[Notice, ...]]:
    """What recorded runs say about the program, None where none were named, and what could not be read of them."""
    if not request.traces:
        return None, ()
    from wflint.traces.analysis.audit import audit_traces
    from wflint.traces.reading.reading import read

    found = read(request.traces)
    told = [Notice(one.message, _line_of(one.file, one.line)) for one in found.notices]
    if not told and not found.table.rows:
        told = [Notice("holds no recorded run", _line_of(str(path), 1)) for path in request.traces]
    return audit_traces(found, program.workflows, request.effective.cost_settings), tuple(told)


def _line_of(file: str, line: int) -> Span:
    return Span(file, line, 1, line, 1)


def _evidence(recording: Recording | None) -> Mapping[EdgeName, Evidence]:
    """How often each edge was taken, and how often what came over it did not fit."""
    return {
        EdgeName(edge.workflow, edge.source, edge.target): Evidence(edge.executions, edge.mismatches or 0)
        for edge in (recording.edges if recording is not None else ())
        if edge.executions is not None
    }


def _matching(request: Request, cache: Cache) -> SharedMatcher:
    """The matcher of the run; an encoder that somebody asked for is loaded at once, so that a wrong one is told."""
    encoder = request.effective.encoder or DEFAULT
    if encoder != DEFAULT:
        return SharedMatcher(encoder).loaded()
    return SharedMatcher(memory=None if isinstance(cache, NoCache) else CachedMemory(cache))


def within(program: Program, request: Request) -> Program:
    """The part of the program that the user asked about."""
    workflows = tuple(workflow for workflow in program.workflows if request.asks_for(workflow.span.path))
    notices = tuple(notice for notice in program.notices if request.asks_for(notice.span.path))
    sites = tuple(site for site in program.sites if request.asks_for(site.span.path))
    unresolved = tuple(item for item in program.unresolved if request.asks_for(item.span.path))
    return replace(program, workflows=workflows, notices=notices, sites=sites, unresolved=unresolved)
