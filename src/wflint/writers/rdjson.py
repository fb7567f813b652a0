"""Findings as rdjson, reviewdog's own format."""

from __future__ import annotations

import json
from collections.abc import Iterable

from wflint.model.finding import Finding, Level
from wflint.model.text import Texts
from wflint.writers.links import HOME, rule_page
from wflint.writers.ranking import listed

SEVERITIES = {Level.ERROR: "ERROR", Level.WARNING: "WARNING", Level.NOTE: "INFO"}


def write(findings: Iterable[Finding], texts: Texts) -> str:
    """The report as text."""
    report = {
        "source": {"name": "wflint", "url": HOME},
        "diagnostics": [_diagnostic(finding, texts) for finding in listed(findings)],
    }
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def _diagnostic(finding: Finding, texts: Texts) -> dict[str, object]:
    text = texts(finding.span.path)
    span, lines = text.in_file(finding.span), text.file.split("\n")
    return {
        "message": finding.message,
        "location": {
            "path": span.path,
            "range": {
                "start": _position(lines, span.line, span.column),
                "end": _position(lines, span.end_line, span.end_column),
            },
        },
        "severity": SEVERITIES[finding.level],
        "code": {"value": finding.code, "url": rule_page(finding.code, finding.name)},
    }


def _position(lines: list[str], line: int, column: int) -> dict[str, int]:
    """A position; the format counts columns in bytes of UTF-8."""
    before = lines[line - 1][: column - 1] if line <= len(lines) else ""
    wider = len(before.encode("utf-8", "surrogatepass")) - len(before)
    return {"line": line, "column": column + wider}
