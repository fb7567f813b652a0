"""What `wflint check` prints: the findings of an audit in the format that was asked for."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from wflint.audit import Audit
from wflint.cli import output
from wflint.config import OutputFormat
from wflint.writers import text
from wflint.writers.summary import statistics, summary
from wflint.writers.wire import EdgeResults


@dataclass(frozen=True, slots=True)
class Presentation:
    """How the user wants to see the findings."""

    file: Path | None
    color: str
    sarif_edges: EdgeResults
    quiet: bool
    statistics: bool

    @property
    def on_terminal(self) -> bool:
        return self.file is None and sys.stdout.isatty()

    @property
    def is_colored(self) -> bool:
        """`--color` first, then NO_COLOR and FORCE_COLOR as is the custom, then whether a terminal is there."""
        if self.color != "auto":
            return self.color == "always"
        if os.environ.get("NO_COLOR"):
            return False
        return bool(os.environ.get("FORCE_COLOR")) or self.on_terminal


def render(found: Audit, how: Presentation) -> str:
    """The findings as text; writers are imported when they are needed."""
    surveyed = found.survey
    shape = surveyed.request.effective.output_format or (OutputFormat.FULL if how.on_terminal else OutputFormat.CONCISE)
    findings, program, texts = found.findings, surveyed.program, surveyed.recovered.texts
    match shape:
        case OutputFormat.JSON:
            from wflint.writers import check_json

            return check_json.write(findings, program, texts)
        case OutputFormat.JSONL:
            from wflint.writers import jsonl

            return jsonl.write(findings, program, texts)
        case OutputFormat.SARIF:
            from wflint.revisions.provenance import provenance_of
            from wflint.writers import sarif

            version = provenance_of(surveyed.request.root)
            return sarif.write(findings, program, found.pages, surveyed.labels, texts, how.sarif_edges, version)
        case OutputFormat.GITHUB:
            from wflint.writers import github

            return github.write(findings, texts)
        case OutputFormat.GITLAB:
            from wflint.writers import gitlab

            return gitlab.write(findings, texts)
        case OutputFormat.JUNIT:
            from wflint.writers import junit

            return junit.write(findings, program, texts)
        case OutputFormat.RDJSON:
            from wflint.writers import rdjson

            return rdjson.write(findings, texts)
        case OutputFormat.MARKDOWN:
            from wflint.writers import check_markdown

            return check_markdown.write(findings, program, surveyed.labels, texts, found.rules)
        case OutputFormat.FULL | OutputFormat.CONCISE:
            return _text(found, how, shape)


def _text(found: Audit, how: Presentation, shape: OutputFormat) -> str:
    shown = output.make_shown(found.survey.request.root)
    texts = found.survey.recovered.texts
    if how.statistics:
        listed = statistics(found.findings)
    elif shape is OutputFormat.FULL:
        listed = text.full(found.findings, texts, shown)
    else:
        listed = text.concise(found.findings, texts, shown)
    below = "" if how.quiet else summary(found.findings, found.survey.program, found.rules)
    return text.paint(listed + below) if how.is_colored else listed + below
