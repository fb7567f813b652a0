"""Inline ignores: which findings a comment silences, and which comments silence nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wflint.model.finding import Finding, Observation
from wflint.model.span import Span
from wflint.rulebook import Rulebook

UNUSED_IGNORE = "unused-ignore"
"""The rule that this module speaks for."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A `# wflint: ignore[codes]` comment and its place.

    No codes means every rule. `own_line` is true where nothing else stands on the line, `file_wide` where the comment
    speaks for the whole file.
    """

    span: Span
    codes: tuple[str, ...]
    own_line: bool = False
    file_wide: bool = False

    def touches(self, span: Span) -> bool:
        """Whether the comment stands where it speaks for a finding at `span`."""
        if self.file_wide or span.covers(self.span.line):
            return True
        return self.own_line and self.span.line == span.line - 1


@dataclass(frozen=True, slots=True)
class Suppressions:
    """Findings, parted by whether a comment silences them; `used` are the (comment, code) pairs that did."""

    reported: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    used: frozenset[tuple[Comment, str | None]]


def suppress(findings: Iterable[Finding], comments: Mapping[str, tuple[Comment, ...]], pages: Rulebook) -> Suppressions:
    """Part the findings; every comment that covers a finding counts as used, not just the first."""
    reported: list[Finding] = []
    suppressed: list[Finding] = []
    used: set[tuple[Comment, str | None]] = set()
    for finding in findings:
        hits = tuple(_hits(finding, comments.get(finding.span.path, ()), pages))
        used.update(hits)
        (suppressed if hits else reported).append(finding)
    return Suppressions(tuple(reported), tuple(suppressed), frozenset(used))


def _hits(finding: Finding, comments: Iterable[Comment], pages: Rulebook) -> Iterator[tuple[Comment, str | None]]:
    for comment in comments:
        if not comment.touches(finding.span):
            continue
        # A bare ignore must not silence the report that it is unused.
        if not comment.codes and finding.name != UNUSED_IGNORE:
            yield comment, None
        yield from ((comment, code) for code in comment.codes if finding.name in pages.matching(code))


def unused(
    comments: Mapping[str, tuple[Comment, ...]],
    used: frozenset[tuple[Comment, str | None]],
    active: frozenset[str],
    pages: Rulebook,
) -> Iterator[Observation]:
    """One observation for each comment of which some part silences nothing.

    Only rules that ran count: a comment for a rule that is switched off may well be needed when it is on.
    """
    for _, group in sorted(comments.items()):
        for comment in group:
            yield from _unused_part(comment, used, active, pages)


def _unused_part(
    comment: Comment, used: frozenset[tuple[Comment, str | None]], active: frozenset[str], pages: Rulebook
) -> Iterator[Observation]:
    if not comment.codes:
        ran_all = active >= pages.names - {UNUSED_IGNORE}
        if ran_all and (comment, None) not in used:
            yield Observation("unused ignore: no finding here; remove the comment", comment.span, key=("all",))
        return
    unknown = tuple(code for code in comment.codes if not pages.matching(code))
    idle = tuple(code for code in comment.codes if _idle(pages.matching(code), active) and (comment, code) not in used)
    if unknown:
        hints = "".join(pages.suggestion(code) for code in unknown[:1])
        yield Observation(f"unknown rule {', '.join(unknown)}{hints}", comment.span, key=("unknown", *unknown))
    if idle:
        message = f"unused ignore {', '.join(idle)}: no such finding here"
        yield Observation(message, comment.span, key=("idle", *idle))


def _idle(names: frozenset[str], active: frozenset[str]) -> bool:
    return bool(names) and names <= active and UNUSED_IGNORE not in names
