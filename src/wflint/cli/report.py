"""`wflint report`: the health of everything, on one page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wflint.audit import audit
from wflint.cli import options, output, progress
from wflint.cli.choices import OneOf
from wflint.cli.options import Sources
from wflint.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from wflint.writers.report.document import EarlierReport, ReportDocument


@click.command()
@options.source_options
@click.option("--format", "shape", type=OneOf(["markdown", "json", "html"]), default="markdown", help="How to print.")
@click.option("--compare", type=options.PLACE, metavar="FILE", help="An earlier report in JSON: says what has changed.")
@options.traces_option
def report(*, sources: Sources, shape: str, compare: Path | None, traces: tuple[Path, ...]) -> int:
    """Report the health of the workflows in PATHS (default: here): what to do first, and everything behind it."""
    from wflint.writers.ranking import listed
    from wflint.writers.report.assembling import assemble
    from wflint.writers.report.sheet import ReportSheet

    earlier = _earlier(compare) if compare is not None else None
    with progress.shown("checking", quiet=sources.quiet):
        found = audit(sources.request(traces))
        survey = found.survey
        sheet = ReportSheet(
            findings=listed(found.findings),
            program=survey.program,
            facts=survey.facts,
            texts=survey.recovered.texts,
            recording=survey.lazy_facts.recording,
            earlier=earlier,
            weights=survey.request.effective.cost_settings,
            files=len(survey.files),
        )
        text = _render(assemble(sheet), shape)
    sources.tell(survey)
    output.emit(text, sources.output_file)
    return ExitCode.INTERNAL if survey.tells_nothing else ExitCode.CLEAN


def _render(document: ReportDocument, shape: str) -> str:
    if shape == "json":
        from wflint.writers.report.document import write

        return write(document)
    if shape == "html":
        from wflint.writers.report.html import page

        return page.write(document)
    from wflint.writers.report import markdown

    return markdown.write(document)


def _earlier(path: Path) -> EarlierReport:
    """What an earlier report says."""
    from pydantic import ValidationError

    from wflint.writers.report.document import EarlierReport

    try:
        return EarlierReport.model_validate_json(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    except ValidationError as error:
        raise UsageError(f"{path}: no report in JSON that this wflint can read") from error
