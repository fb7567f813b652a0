"""Findings that are known already: kept in a baseline, or found in an earlier version of the sources."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from wflint.engine.settings import Settings
from wflint.model.finding import Finding, Level, Persona, Standing


class Known(Struct, frozen=True):
    """A finding as it is remembered."""

    fingerprint: str
    code: str
    name: str
    level: Level
    persona: Persona
    path: str
    workflow: str | None
    message: str

    @classmethod
    def of(cls, finding: Finding) -> Known:
        """What is remembered of a finding: enough to recognise it, and to tell people what it was."""
        return cls(
            fingerprint=finding.fingerprint,
            code=finding.code,
            name=finding.name,
            level=finding.level,
            persona=finding.persona,
            path=finding.span.path,
            workflow=finding.workflow,
            message=finding.message,
        )


class Comparison(Struct, frozen=True):
    """Findings with their standing, and those that were known and are gone."""

    findings: tuple[Finding, ...]
    fixed: tuple[Known, ...]


def compare(findings: Iterable[Finding], known: Iterable[Known], unheard: frozenset[str]) -> Comparison:
    """What is new, what is still there and what is gone; `unheard` were there before and nobody was told."""
    remembered = tuple(known)
    before = unheard | {each.fingerprint for each in remembered}
    marked = tuple(replace(finding, standing=_standing(finding, before)) for finding in findings)
    found = {finding.fingerprint for finding in marked}
    return Comparison(marked, tuple(each for each in remembered if each.fingerprint not in found))


def would_be_found(known: Known, settings: Settings) -> bool:
    """Whether a run under these settings would find it again: its rule runs and somebody listens."""
    heard = known.persona.rank <= settings.persona.rank and not settings.silent_in(known.name, known.path)
    return heard and known.name in settings.active


def _standing(finding: Finding, before: frozenset[str]) -> Standing:
    return Standing.EXISTING if finding.fingerprint in before else Standing.INTRODUCED
