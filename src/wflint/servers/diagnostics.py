"""Findings and places as the language server protocol has them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lsprotocol import types
from pygls.uris import from_fs_path
from pygls.workspace import PositionCodec, ServerTextPosition, ServerTextRange

from wflint.audit import Audit
from wflint.model.finding import Finding, Level
from wflint.model.span import Span
from wflint.model.text import Texts
from wflint.writers.escape import printable
from wflint.writers.links import rule_page
from wflint.writers.summary import is_listed

_SEVERITIES = {
    Level.ERROR: types.DiagnosticSeverity.Error,
    Level.WARNING: types.DiagnosticSeverity.Warning,
    Level.NOTE: types.DiagnosticSeverity.Information,
}


class Places:
    """Turns spans into locations: lines and columns from 0, in the units that the client counts in."""

    def __init__(self, root: Path, texts: Texts, codec: PositionCodec) -> None:
        self._root = root
        self._texts = texts
        self._codec = codec
        self._lines: dict[str, list[str]] = {}

    def uri(self, path: str) -> str:
        """The address of a file."""
        return from_fs_path(str(self._root / path)) or ""

    def range(self, span: Span) -> types.Range:
        """A stretch of the file, of a notebook too."""
        text = self._texts(span.path)
        if span.path not in self._lines:
            self._lines[span.path] = text.file.splitlines(keepends=True)
        there = text.in_file(span)
        start = ServerTextPosition(there.line - 1, there.column - 1)
        end = ServerTextPosition(there.end_line - 1, there.end_column - 1)
        return self._codec.range_to_client_units(self._lines[span.path], ServerTextRange(start, end))

    def end(self, path: str, line: int, column: int) -> types.Position:
        """A place in a file."""
        return self.range(Span(path, line, column, line, column)).end

    def location(self, span: Span) -> types.Location:
        """A stretch with its file."""
        return types.Location(self.uri(span.path), self.range(span))


def diagnostics_of(found: Audit, places: Places) -> Iterator[tuple[str, types.Diagnostic]]:
    """Each finding and each notice, with its path; labels of edges are for hovers."""
    for finding in found.findings:
        if is_listed(finding):
            yield finding.span.path, diagnostic(finding, places)
    for notice in found.survey.program.notices:
        severity = types.DiagnosticSeverity.Information
        message = printable(notice.message)
        yield notice.span.path, types.Diagnostic(places.range(notice.span), message, severity, source="wflint")


def diagnostic(finding: Finding, places: Places) -> types.Diagnostic:
    """A finding as an editor shows it."""
    seen = finding.observation
    related = [
        types.DiagnosticRelatedInformation(places.location(item.span), printable(item.phrase))
        for item in (*seen.path, *seen.related)
    ]
    return types.Diagnostic(
        range=places.range(finding.span),
        message=printable(finding.message),
        severity=_SEVERITIES[finding.level],
        code=finding.code,
        code_description=types.CodeDescription(rule_page(finding.code, finding.name)),
        source="wflint",
        related_information=related or None,
    )
