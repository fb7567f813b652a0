"""Findings that are said once: those of one cause, and what two workflows of one helper have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from wflint.model.finding import Cause, Finding, Related
from wflint.model.span import Span


def by_cause(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, of those with one cause the one that tells it best; the places of the others are related ones."""
    groups: dict[object, list[Finding]] = {}
    for number, finding in enumerate(findings):
        cause = finding.observation.cause
        groups.setdefault((finding.workflow, cause) if cause and cause.names else number, []).append(finding)
    for group in groups.values():
        yield _one_of(group)


def by_maker(findings: Iterable[Finding], makers: frozenset[Span]) -> Iterator[Finding]:
    """The findings without those about the place that makes a workflow which another one of that place has, too."""
    first: dict[tuple[str, Span, str], str | None] = {}
    for finding in findings:
        cause = finding.observation.cause
        kind = (finding.code, finding.span, cause.kind if cause is not None else "")
        if finding.span not in makers or first.setdefault(kind, finding.workflow) == finding.workflow:
            yield finding


def _one_of(group: list[Finding]) -> Finding:
    first, *others = sorted(group, key=_rank)
    if not others:
        return first
    known = {first.span, *(place.span for place in first.observation.related)}
    more = {other.span: Related(other.span, other.message) for other in others if other.span not in known}
    worst = max((other for other in group if other.persona is first.persona), key=lambda one: one.level.rank)
    seen = replace(first.observation, related=(*first.observation.related, *more.values()))
    return replace(first, level=worst.level, observation=seen)


def _rank(finding: Finding) -> tuple[int, bool, int]:
    """The loudest first, of those the one at the mistake itself, of those the worst."""
    return finding.persona.rank, not _is_at(finding.observation.cause, finding.span), -finding.level.rank


def _is_at(cause: Cause | None, span: Span) -> bool:
    return cause is not None and cause.span == span
