"""Findings as annotations: commands that GitHub's runner reads in the log of a step.

GitHub shows ten annotations of each level a step. The worst come first, and what does not fit is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from wflint.model.finding import Finding, Level
from wflint.model.text import Texts
from wflint.writers.escape import command_data, command_property
from wflint.writers.ranking import listed
from wflint.writers.summary import count

MOST = 10
"""Annotations of a level that GitHub keeps of a step."""
COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def write(findings: Iterable[Finding], texts: Texts) -> str:
    """One command a line, for what is shown to people; paths are relative to the repository's root."""
    return "".join(f"{line}\n" for line in _commands(listed(findings), texts))


def _commands(findings: tuple[Finding, ...], texts: Texts) -> Iterator[str]:
    totals = Counter(finding.level for finding in findings)
    # What is left out is told in a notice, which takes the place of one.
    room = {level: MOST - (level is Level.NOTE and any(total > MOST for total in totals.values())) for level in Level}
    shown: Counter[Level] = Counter()
    for finding in findings:
        if shown[finding.level] < room[finding.level]:
            shown[finding.level] += 1
            yield _command(finding, texts)
    left = {level: totals[level] - shown[level] for level in reversed(Level) if totals[level] > shown[level]}
    if left:
        more = ", ".join(count(number, f"more {level}") for level, number in left.items())
        yield f"::notice title=wflint::{more}; the log and the summary of the step have them all"


def _command(finding: Finding, texts: Texts) -> str:
    span = texts(finding.span.path).in_file(finding.span)
    properties = {
        "file": span.path,
        "line": str(span.line),
        "endLine": str(span.end_line),
        "title": f"{finding.code} {finding.name}",
    }
    if span.line == span.end_line:
        properties |= {"col": str(span.column), "endColumn": str(span.end_column)}
    written = ",".join(f"{name}={command_property(value)}" for name, value in properties.items())
    return f"::{COMMANDS[finding.level]} {written}::{command_data(finding.message)}"
