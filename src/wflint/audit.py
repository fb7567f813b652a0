"""An audit, from the paths to the findings: the one place where all parts meet."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from wflint import config, engine, plugins, rulebook
from wflint.analyses.data.shared_matcher import SharedMatcher
from wflint.analyses.labels.decisions import EdgeName
from wflint.analyses.labels.labelling import Evidence, Labelling
from wflint.config import Config, relative
from wflint.config.named_paths import common_folder, refuse_unreadable, resolved
from wflint.engine.comments import Comment
from wflint.engine.kept_observations import CachedMemory, Kept, KeptObservations
from wflint.engine.settings import Settings, settle
from wflint.matching.encoders import DEFAULT
from wflint.model.containment import Containment
from wflint.model.finding import EdgeLabel, Finding
from wflint.model.program import Notice, Program
from wflint.model.recorded import Recording
from wflint.model.span import Span
from wflint.model.text import Texts
from wflint.model.workflow import Edge, Workflow
from wflint.rulebook import Rule, Rulebook
from wflint.source.cache import Cache, NoCache, open_cache
from wflint.source.code import Ignore
from wflint.source.discover import discover
from wflint.source.repository import Repository
from wflint.source.yaml_comments import is_yaml, yaml_ignores

if TYPE_CHECKING:
    from wflint.analyses.facts import ProgramFacts


class CacheChoice(Struct, frozen=True):
    """Where summaries are kept: in `folder`, None for the user's own; nowhere where `is_off`."""

    folder: Path | None = None
    is_off: bool = False


class Stdin(Struct, frozen=True):
    """A source that comes through standard input, or from an editor, in place of the file at `path`."""

    path: Path
    data: bytes


class Request(Struct, frozen=True):
    """What to audit and how.

    `paths` are what the user named; findings are about them, facts about everything below `root`. `overrides` are
    settings from outside the configuration file, which they overrule. `traces` are recorded runs of the program.
    `unsaved` are sources as an editor has them.
    """

    root: Path
    paths: tuple[Path, ...]
    settings: config.Located = field(default_factory=lambda: config.Located(Config()))
    overrides: Config = field(default_factory=Config)
    cache: CacheChoice = field(default_factory=CacheChoice)
    stdin: Stdin | None = None
    unsaved: tuple[Stdin, ...] = ()
    traces: tuple[Path, ...] = ()

    @property
    def effective(self) -> Config:
        """The settings in force."""
        return self.settings.config.overridden(self.overrides)

    def asks_for(self, path: str) -> bool:
        """Whether the user named the file at `path` below the root, or a folder around it."""
        return self.root in self.paths or any((self.root / path).is_relative_to(wanted) for wanted in self.paths)

    @classmethod
    def of(cls, *paths: Path, overrides: Config | None = None) -> Request:
        """A request for `paths`, with the root and the configuration found around them."""
        absolute = tuple(resolved(path) for path in paths)
        for path in absolute:
            refuse_unreadable(path)
        root = config.find_root(common_folder(absolute))
        located = config.load(absolute[0], root)
        return cls(root, absolute, located, overrides or Config())


class Recovered(Struct, frozen=True):
    """What reading the sources gave: `files` that were read, the workflows in them, ignore comments and texts."""

    program: Program
    ignores: Mapping[str, tuple[Ignore, ...]]
    texts: Texts
    files: tuple[str, ...] = ()


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

    `program` and `files` are the part that the user asked about.
    """

    request: Request
    recovered: Recovered
    lazy_facts: LazyFacts
    program: Program
    files: tuple[str, ...]
    contained: Containment

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


class Audit(Struct, frozen=True):
    """What the rules say about the requested paths; `silenced` is what inline comments keep quiet.

    `rules` are so many rules that were run, `unheard` the fingerprints of findings that the settings keep quiet.
    """

    survey: Survey
    pages: Rulebook
    findings: tuple[Finding, ...]
    silenced: tuple[Finding, ...]
    rules: int
    unheard: frozenset[str] = frozenset()


def recover(request: Request, contained: Containment, cache: Cache) -> Recovered:
    """Read the sources and recover the workflows in them.

    A folder is audited by itself, with what it imports from around it; a file together with the whole repository,
    because what it is a part of may be put together anywhere.
    """
    from wflint.recovery import recover as recovered_from

    places = tuple(dict.fromkeys((request.root, *request.paths)))  # a folder is not walked twice
    discovery = discover(request.root, places, request.effective.exclude)
    held = (*request.unsaved, *((request.stdin,) if request.stdin else ()))
    overlays = {relative(one.path, request.root): one.data for one in held}
    repository = Repository(discovery, cache, overlays)
    whole = request.stdin is not None or not all(path.is_dir() for path in request.paths)
    found = recovered_from(repository, cache, lambda path: whole or request.asks_for(path), contained)
    return Recovered(found.program, found.ignores, repository.written, found.files)


@contextmanager
def _opened(request: Request) -> Iterator[Cache]:
    """The cache of a run."""
    cache: Cache = NoCache() if request.cache.is_off else open_cache(request.cache.folder)
    try:
        yield cache
    finally:
        cache.close()


def survey(request: Request) -> Survey:
    """Read and recover, without judging."""
    with _opened(request) as cache:
        return _labelled(_read(request, cache))


def _read(request: Request, cache: Cache) -> Survey:
    """What there is, before it is known what can be judged."""
    matching, contained = _matching(request, cache), Containment()
    read = recover(request, contained, cache)
    recording = _recording(request, read.program)
    labelling = replace(_labelling(request), evidence=_evidence(recording))
    return Survey(
        request=request,
        recovered=read,
        lazy_facts=LazyFacts(read.program, labelling, matching, recording, request.effective.approval_gates),
        program=_within(read.program, request),
        files=tuple(path for path in read.files if request.asks_for(path)),
        contained=contained,
    )


def _labelled(found: Survey) -> Survey:
    """The same without the workflows that cannot be judged."""
    program = _judgeable(found.recovered.program, found.facts, found.contained)
    recovered = replace(found.recovered, program=program)
    return replace(found, recovered=recovered, program=_within(program, found.request))


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
    return replace(program, workflows=tuple(fine), notices=(*program.notices, *_news(program, contained), *cuts))


def _news(program: Program, contained: Containment) -> tuple[Notice, ...]:
    """Notices of internal errors that the program does not carry yet."""
    return tuple(notice for notice in contained.notices if notice not in program.notices)


def audit(request: Request) -> Audit:
    """Read, recover, judge: everything but printing."""
    own = rulebook.load()
    further = plugins.load(request.effective.plugins, _source(request), own)
    pages = own.with_pages(further.pages)
    settings = settings_of(request, pages)
    with _opened(request) as cache:
        surveyed, kept = _observed(_read(request, cache), settings, pages, further.rules, cache)
    recovered = surveyed.recovered
    contained = surveyed.contained
    outcome = engine.settled(kept.seen, recovered.program, pages, settings, _comments_of(recovered))
    told = replace(recovered.program, notices=(*recovered.program.notices, *_news(recovered.program, contained)))
    asked = tuple(finding for finding in outcome.findings if request.asks_for(finding.span.path))
    return Audit(
        survey=replace(surveyed, program=_within(told, request)),
        pages=pages,
        findings=_patched(asked, recovered.texts),
        silenced=tuple(finding for finding in outcome.silenced if request.asks_for(finding.span.path)),
        rules=kept.rules,
        unheard=outcome.unheard,
    )


def _patched(findings: tuple[Finding, ...], texts: Texts) -> tuple[Finding, ...]:
    """The same with the fixes worked out."""
    if all(finding.observation.fix is None for finding in findings):
        return findings
    from wflint.source.fixing.changing import Workbench

    bench = Workbench(lambda path: texts(path).module)
    return tuple(
        replace(finding, patch=bench.patch(finding.observation.fix)) if finding.observation.fix is not None else finding
        for finding in findings
    )


def _observed(
    found: Survey, settings: Settings, pages: Rulebook, further: tuple[Rule, ...], cache: Cache
) -> tuple[Survey, Kept]:
    """What the rules see; what they saw in the same program, if that can be told and nothing failed.

    What another encoder says of words may change without its name, and so may other people's rules.
    """
    lazy = found.lazy_facts
    besides = repr((lazy.labelling, lazy.recording, lazy.gates))
    kept = KeptObservations.of(cache, found.recovered.program, settings.active, besides)
    can_keep = (
        not further
        and lazy.matching.encoder == DEFAULT
        and not found.contained.errors
        and not isinstance(cache, NoCache)
    )
    known = kept.read() if can_keep else None
    if known is not None:
        return found, known
    from wflint.rules import RULES

    judged = _labelled(found)
    active = [rule for rule in (*RULES, *further) if rule.name in settings.active]
    seen = engine.observed(judged.recovered.program, active, pages, judged.facts, judged.contained)
    made = Kept(len(active), seen)
    if can_keep and not judged.contained.errors:
        kept.write(made)
    return judged, made


def _labelling(request: Request) -> Labelling:
    """What labels are made from besides the source: the configuration, and what people have decided."""
    settings = request.effective
    path = settings.decisions_path(request.root)
    if not path.is_file():
        return Labelling(settings.label_settings)
    from wflint.engine import decisions  # reads strictly, with what that takes to load

    return Labelling(settings.label_settings, decisions.read(path))


def _recording(request: Request, program: Program) -> Recording | None:
    """What recorded runs say about the program, None where none were named."""
    if not request.traces:
        return None
    from wflint.traces.analysis.audit import audit_traces
    from wflint.traces.reading.reading import read

    return audit_traces(read(request.traces), program.workflows, request.effective.cost_settings)


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


def settings_of(request: Request, pages: Rulebook) -> Settings:
    """The settings in force; the configuration file is checked on its own first, so that an error can name it."""
    settle(request.settings.config, pages, _source(request))
    return settle(request.effective, pages, source=None)


def _source(request: Request) -> str | None:
    """The configuration file, for errors."""
    path = request.settings.path
    return str(path) if path else None


def _comments_of(recovered: Recovered) -> dict[str, tuple[Comment, ...]]:
    """Ignore comments by path, with lines and columns in place of offsets: in code, and in YAML that says of steps."""
    ignores = dict(recovered.ignores)
    for path in sorted({step.span.path for workflow in recovered.program.workflows for step in workflow.steps}):
        if is_yaml(path):
            ignores[path] = yaml_ignores(recovered.texts(path).module)
    return {
        path: tuple(_comments(found, path, recovered.texts(path).module)) for path, found in ignores.items() if found
    }


def _comments(ignores: Iterable[Ignore], path: str, text: str) -> Iterator[Comment]:
    breaks = [-1, *(found.start() for found in re.finditer(r"[\r\n]", text))]
    for ignore in ignores:
        start, end = ignore.at
        before = breaks[bisect_left(breaks, start) - 1]
        span = Span(path, ignore.line, start - before, ignore.line, end - before)
        yield Comment(span, ignore.codes, ignore.alone, ignore.file_wide)


def _within(program: Program, request: Request) -> Program:
    """The part of the program that the user asked about."""
    workflows = tuple(workflow for workflow in program.workflows if request.asks_for(workflow.span.path))
    notices = tuple(notice for notice in program.notices if request.asks_for(notice.span.path))
    sites = tuple(site for site in program.sites if request.asks_for(site.span.path))
    unresolved = tuple(item for item in program.unresolved if request.asks_for(item.span.path))
    return replace(program, workflows=workflows, notices=notices, sites=sites, unresolved=unresolved)
