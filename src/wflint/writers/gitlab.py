"""Findings as a GitLab code quality report: a part of the Code Climate format.

GitLab keeps the first issue of a fingerprint; ours are unique within a run.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from wflint.model.finding import Finding, Level
from wflint.model.text import Texts
from wflint.writers.links import rule_page
from wflint.writers.ranking import listed

SEVERITIES = {Level.ERROR: "critical", Level.WARNING: "major", Level.NOTE: "info"}


def write(findings: Iterable[Finding], texts: Texts) -> str:
    """The report as text."""
    issues = [_issue(finding, texts) for finding in listed(findings)]
    return json.dumps(issues, indent=2, ensure_ascii=False) + "\n"


def _issue(finding: Finding, texts: Texts) -> dict[str, object]:
    span = texts(finding.span.path).in_file(finding.span)
    return {
        "type": "issue",
        "description": f"{finding.code} {finding.message}",
        "check_name": finding.name,
        "fingerprint": finding.fingerprint,
        "severity": SEVERITIES[finding.level],
        "categories": ["Bug Risk"],
        "content": {"body": f"See {rule_page(finding.code, finding.name)}"},
        "location": {"path": span.path, "lines": {"begin": span.line, "end": span.end_line}},
    }
