"""What `wflint check` prints: the findings of an audit in the format that was asked for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from msgspec import Struct

from wflint.cli import output
from wflint.config import OutputFormat
from wflint.history.review import Review
from wflint.writers import text
from wflint.writers.edge_results import EdgeResults
from wflint.writers.summary import compared, statistics, summary


class Presentation(Struct, frozen=True):
    """How the user wants to see the findings."""

    file: Path | None
    color: str
    sarif_edges: EdgeResults
    quiet: bool
    statistics: bool

    @property
    def on_terminal(self) -> bool:
        return self.file is None and sys.stdout is not None and sys.stdout.isatty()

    @property
    def is_linked(self) -> bool:
        """Whether codes of rules lead to their pages: where a terminal shows colours, or FORCE_HYPERLINK says so."""
        forced = os.environ.get("FORCE_HYPERLINK")
        if forced is not None:
            return forced not in {"", "0"}
        return self.is_colored and self.on_terminal and os.environ.get("TERM") != "dumb"

    @property
    def is_colored(self) -> bool:
        """`--color` first, then NO_COLOR and FORCE_COLOR as is the custom, then whether a terminal is there."""
        if self.color != "auto":
            return self.color == "always"
        if os.environ.get("NO_COLOR"):
            return False
        return bool(os.environ.get("FORCE_COLOR")) or self.on_terminal


def format_of(review: Review, how: Presentation) -> OutputFormat:
    """The format that was asked for, or else the one for where the output goes."""
    asked = review.audit.survey.request.effective.output_format
    return asked or (OutputFormat.FULL if how.on_terminal else OutputFormat.CONCISE)


def render(review: Review, how: Presentation, shape: OutputFormat) -> str:
    """The findings as text: for programs all of them with their standing, for people those that were not known.

    Writers are imported when they are needed.
    """
    found, surveyed = review.audit, review.audit.survey
    findings, program, texts = found.findings, surveyed.program, surveyed.recovered.texts
    match shape:
        case OutputFormat.JSON:
            from wflint.writers import check_json

            return check_json.write(findings, program, texts, review.fixed)
        case OutputFormat.JSONL:
            from wflint.writers import jsonl

            return jsonl.write(findings, program, texts, review.fixed)
        case OutputFormat.SARIF:
            from wflint.revisions.provenance import provenance_of
            from wflint.writers import sarif

            version = provenance_of(surveyed.request.root)
            return sarif.write(findings, program, found.pages, surveyed.labels, texts, how.sarif_edges, version)
        case OutputFormat.GITHUB:
            from wflint.writers import github

            return github.write(review.fresh, texts)
        case OutputFormat.GITLAB:
            from wflint.writers import gitlab

            return gitlab.write(review.fresh, texts)
        case OutputFormat.JUNIT:
            from wflint.writers import junit

            return junit.write(review.fresh, program, texts)
        case OutputFormat.RDJSON:
            from wflint.writers import rdjson

            return rdjson.write(review.fresh, texts)
        case OutputFormat.MARKDOWN:
            from wflint.writers import check_markdown

            counted = "findings" if review.against is None else "new findings"
            return check_markdown.write(review.fresh, program, surveyed.labels, texts, _below(review), counted)
        case OutputFormat.FULL | OutputFormat.CONCISE:
            return _text(review, how, shape)


def _text(review: Review, how: Presentation, shape: OutputFormat) -> str:
    surveyed = review.audit.survey
    shown = output.make_shown(surveyed.request.root)
    texts = surveyed.recovered.texts
    if how.statistics:
        listed = statistics(review.fresh)
    elif shape is OutputFormat.FULL:
        listed = text.full(review.fresh, texts, shown)
    else:
        listed = text.concise(review.fresh, texts, shown)
    below = "" if how.quiet else _below(review)
    painted = text.paint(listed + below) if how.is_colored else listed + below
    return text.link(painted) if how.is_linked else painted


def _below(review: Review) -> str:
    """The lines below the findings."""
    below = summary(review.fresh, review.audit.survey.program, review.audit.rules)
    if review.against is None:
        return below
    return below + compared(review.against, review.audit.findings, len(review.fixed))
