"""An audit beside what was known before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from wflint.audit import Audit, audit, settings_of
from wflint.engine.identity import moved
from wflint.engine.known import Known, compare, would_be_found
from wflint.model.finding import Finding, Standing
from wflint.writers.summary import is_listed


class Review(Struct, frozen=True):
    """An audit whose findings have their standing; `against` says what they were compared with, None for nothing.

    `fixed` are findings that were known and are gone.
    """

    audit: Audit
    against: str | None = None
    fixed: tuple[Known, ...] = ()

    @property
    def fresh(self) -> tuple[Finding, ...]:
        """What there is to say: the findings that were not known; all of them where nothing was compared."""
        return tuple(finding for finding in self.audit.findings if finding.standing is not Standing.EXISTING)


def since_baseline(found: Audit, path: Path) -> Review:
    """The audit against a baseline."""
    from wflint.engine import baseline  # reads strictly, with what that takes to load

    return _review(found, baseline.read(path), path.name)


def since_revision(found: Audit, revision: str) -> Review:
    """The audit against the last version that a revision and the working tree have in common."""
    from wflint.history.earlier import at_commit, history_of

    request = found.survey.request
    history = history_of(request)
    commit = history.fork(revision)
    with at_commit(request, history, commit) as earlier:
        before = audit(earlier) if earlier.paths else None
    known = () if before is None else remembered(moved(before.findings, history.renames(commit)))
    unheard = frozenset() if before is None else before.unheard
    return _review(found, known, f"{revision} ({commit[:12]})", unheard)


def remembered(findings: Iterable[Finding]) -> tuple[Known, ...]:
    """What is worth remembering: all that people are shown, and not that each edge has a label."""
    return tuple(Known.of(finding) for finding in findings if is_listed(finding))


def _review(found: Audit, known: tuple[Known, ...], against: str, unheard: frozenset[str] = frozenset()) -> Review:
    compared = compare((finding for finding in found.findings if is_listed(finding)), known, unheard)
    marked = iter(compared.findings)
    findings = tuple(next(marked) if is_listed(finding) else finding for finding in found.findings)
    return Review(replace(found, findings=findings), against, tuple(_gone(found, compared.fixed)))


def _gone(found: Audit, missing: Iterable[Known]) -> Iterator[Known]:
    """What is known and really gone: not what is still there and kept quiet, or what this run was not asked about."""
    request = found.survey.request
    settings = settings_of(request, found.pages)
    quiet = found.unheard | {finding.fingerprint for finding in found.silenced}
    for known in missing:
        if known.fingerprint not in quiet and request.asks_for(known.path) and would_be_found(known, settings):
            yield known
