"""Inline ignores: which findings a comment silences, and which comments silence nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from wflint.model.finding import Finding, Observation
from wflint.model.span import Span
from wflint.rulebook import Rulebook

UNUSED_IGNORE = "unused-ignore"
"""The rule that this module speaks for."""


class Comment(Struct, frozen=True):
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


class Suppressions(Struct, frozen=True):
    """Findings, parted by whether a comment silences them; `used` are the (comment, code) pairs that did."""

    reported: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    used: frozenset[tuple[Comment, str | None]]


def suppress(findings: Iterable[Finding], comments: Mapping[str, tuple[Comment, ...]], pages: Rulebook) -> Suppressions:
    """Part the findings; every comment that covers a finding counts as used, not just the first."""
    reported: list[Finding] = []
    suppressed: list[Finding] = []
    used: set[tuple[Comment, str | None]] = set()
    placed = {path: _Placed(group, pages) for path, group in comments.items()}
    for finding in findings:
        hits = placed[finding.span.path].hits(finding, used) if finding.span.path in placed else 0
        (suppressed if hits else reported).append(finding)
    return Suppressions(tuple(reported), tuple(suppressed), frozenset(used))


class _Placed:
    """The comments of a file by line, and those that speak for the whole file, whatever the line."""

    def __init__(self, comments: Iterable[Comment], pages: Rulebook) -> None:
        self._pages = pages
        self._everywhere: list[Comment] = []
        self._lines: dict[int, list[Comment]] = defaultdict(list)
        self._known: dict[str, int] = {}
        """How many comments of the whole file silence findings of a name."""
        for comment in comments:
            (self._everywhere if comment.file_wide else self._lines[comment.span.line]).append(comment)

    def hits(self, finding: Finding, used: set[tuple[Comment, str | None]]) -> int:
        """How often comments silence the finding; those that do are `used`."""
        if finding.name not in self._known:
            found = tuple(_hits(finding.name, self._everywhere, self._pages))
            used.update(found)
            self._known[finding.name] = len(found)
        here = (comment for comment in self._near(finding.span) if comment.touches(finding.span))
        found = tuple(_hits(finding.name, here, self._pages))
        used.update(found)
        return self._known[finding.name] + len(found)

    def _near(self, span: Span) -> Iterator[Comment]:
        """The comments on the lines of a span, and on the line before it."""
        first, last = span.line - 1, span.end_line
        lines = range(first, last + 1) if last - first < len(self._lines) else self._lines
        for line in lines:
            yield from self._lines.get(line, ()) if first <= line <= last else ()


def _hits(name: str, comments: Iterable[Comment], pages: Rulebook) -> Iterator[tuple[Comment, str | None]]:
    for comment in comments:
        # A bare ignore must not silence the report that it is unused.
        if not comment.codes and name != UNUSED_IGNORE:
            yield comment, None
        yield from ((comment, code) for code in comment.codes if name in pages.matching(code))


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
