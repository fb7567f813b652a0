"""`wflint trace`: what recorded runs say about the workflows of the source."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
from msgspec import Struct

from wflint.analyses.runs.anomalies import anomalies_of
from wflint.analyses.runs.estimate import estimates_of
from wflint.cli import options, output
from wflint.cli.choices import OneOf
from wflint.errors import ExitCode
from wflint.request import CacheChoice
from wflint.survey import survey
from wflint.traces.analysis.audit import audit_traces
from wflint.traces.reading.reading import TraceReading, read
from wflint.writers.escape import printable
from wflint.writers.trace import ReadNotice, TraceReport

_EVERY = 0.5


@click.command()
@click.argument("traces", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="TRACE...")
@click.option(
    "--source",
    "paths",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The source that ran; default: here.",
)
@click.option("--format", "shape", type=OneOf(["text", "json"]), default="text", help="How to print.")
@click.option("--parquet", type=Path, metavar="FILE", help="Write the spans as Parquet, too (needs the extra).")
@options.exclude_option
@options.no_cache_option
@options.cache_dir_option
@options.output_file_option
@options.quiet_option
def trace(  # noqa: PLR0913 (click hands over one argument an option)
    *,
    traces: tuple[Path, ...],
    paths: tuple[Path, ...],
    shape: str,
    parquet: Path | None,
    exclude: tuple[str, ...],
    no_cache: bool,
    cache_dir: Path | None,
    output_file: Path | None,
    quiet: bool,
) -> int:
    """Audit recorded runs against the source.

    TRACE is a file or a folder: OTLP/JSON in any layout, the exports of LangSmith, Langfuse, MLflow, Datadog and
    others, what frameworks write down themselves; packed with gzip or not (docs/traces.md lists them). Says which parts
    of a complete trace are missing, what each step and edge cost, and where what was handed on did not fit.
    """
    overrides = options.make_overrides(exclude=exclude)
    request = options.make_request(paths, overrides, CacheChoice(cache_dir, is_off=no_cache), None)
    found = read(traces, None if quiet else _progress())
    if parquet is not None:
        from wflint.traces.parquet import write_rows

        write_rows(found, parquet)
    workflows = survey(request).program.workflows
    settings = request.effective.cost_settings
    recording = audit_traces(found, workflows, settings)
    measured = {(step.workflow, step.step) for step in recording.steps if step.et is not None}
    estimates = tuple(
        one for workflow in workflows for one in estimates_of(workflow) if (one.workflow, one.step) not in measured
    )
    report = TraceReport(recording, anomalies_of(recording), _notices(found), settings, estimates)
    if not quiet:
        _show(report, found)
    output.emit(_render(report, shape), output_file)
    return ExitCode.CLEAN


def _render(report: TraceReport, shape: str) -> str:
    if shape == "json":
        from wflint.writers import trace_json

        return trace_json.write(report)
    from wflint.writers import trace_text

    return trace_text.write(report)


def _notices(found: TraceReading) -> tuple[ReadNotice, ...]:
    return tuple(ReadNotice(one.file, one.line, one.message) for one in found.notices)


def _show(report: TraceReport, found: TraceReading) -> None:
    """What could not be read, on standard error."""
    for one in report.notices:
        click.echo(f"{printable(one.file)}:{one.line}: notice: {printable(one.message)}", err=True)
    if found.left_out:
        click.echo(f"wflint: {found.left_out} further notices are not shown", err=True)


class _Shown(Struct):
    """When progress was last shown."""

    at: float


def _progress() -> Callable[[int, int], None] | None:
    """A line on standard error that says how far reading is, where somebody may see it."""
    if not sys.stderr.isatty():
        return None
    shown = _Shown(time.monotonic())

    def tell(done: int, size: int) -> None:
        now = time.monotonic()
        if now - shown.at > _EVERY:
            shown.at = now
            click.echo(f"\rwflint: read {done >> 20} of {size >> 20} MB", nl=False, err=True)
        if done >= size > 1 << 26:
            click.echo("\r\x1b[K", nl=False, err=True)

    return tell
