"""An audit, from the paths to the findings: the one place where all parts meet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from wflint import engine, plugins
from wflint.engine.kept_observations import Kept, KeptObservations
from wflint.engine.settings import Settings, settle
from wflint.engine.written_comments import comments_of
from wflint.matching.encoders import DEFAULT
from wflint.model.finding import Finding
from wflint.model.text import Texts
from wflint.recovery.recovered import Edit
from wflint.request import Request
from wflint.rulebook import Rule, Rulebook
from wflint.source.cache import Cache, NoCache
from wflint.survey import Survey, labelled, news, opened, read, within


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


def audit(request: Request) -> Audit:
    """Read, recover, judge: everything but printing."""
    rules = plugins.rules(request.effective.plugins, request.written_in)
    pages = rules.pages
    settings = settings_of(request, pages)
    with opened(request) as cache:
        surveyed, kept = _observed(read(request, cache), settings, pages, rules.further, cache)
    recovered = surveyed.recovered
    contained = surveyed.contained
    comments = comments_of(recovered.ignores, recovered.program, recovered.texts)
    outcome = engine.settled(kept.seen, recovered.program, pages, settings, comments)
    told = replace(recovered.program, notices=(*recovered.program.notices, *news(recovered.program, contained)))
    asked = tuple(finding for finding in outcome.findings if request.asks_for(finding.span.path))
    return Audit(
        survey=replace(surveyed, program=within(told, request)),
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
    keeping = partial(KeptObservations.of, cache, rules=settings.active, settings=besides)
    kept = keeping(program=found.recovered.program)
    can_keep = (
        not further
        and lazy.matching.encoder == DEFAULT
        and not found.contained.errors
        and not isinstance(cache, NoCache)
    )
    known = kept.read() if can_keep else None
    if known is not None:
        return found, known
    moved = _moved(found.recovered.edit, keeping) if can_keep else None
    if moved is not None:
        kept.write(moved)
        return found, moved
    from wflint.rules import RULES

    judged = labelled(found)
    active = [rule for rule in (*RULES, *further) if rule.name in settings.active]
    seen = engine.observed(judged.recovered.program, active, pages, judged.facts, judged.contained)
    made = Kept(len(active), seen)
    if can_keep and not judged.contained.errors:
        kept.write(made)
    return judged, made


def _moved(edit: Edit | None, keeping: Callable[..., KeptObservations]) -> Kept | None:
    """What the rules saw before an edit that moved things about and did nothing else, where it stands now."""
    if edit is None:
        return None
    before = keeping(program=edit.before).read()
    return edit.moving.moved(before) if before is not None else None


def settings_of(request: Request, pages: Rulebook) -> Settings:
    """The settings in force; the configuration file is checked on its own first, so that an error can name it."""
    settle(request.settings.config, pages, request.written_in)
    return settle(request.effective, pages, source=None)
