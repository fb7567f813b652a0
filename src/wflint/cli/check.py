"""`wflint check`: the linter."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from wflint.analyses.coverage import coverage_of
from wflint.audit import Audit, Request, audit, survey
from wflint.cli import options, output
from wflint.cli.options import Sources
from wflint.config import OutputFormat
from wflint.engine import worst
from wflint.errors import ExitCode
from wflint.model.finding import Level, Persona
from wflint.writers import text
from wflint.writers.summary import statistics, summary
from wflint.writers.wire import EdgeResults


@dataclass(frozen=True, slots=True)
class Presentation:
    """How the user wants to see the findings."""

    file: Path | None
    color: str
    sarif_edges: str
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


@click.command()
@options.source_options
@click.option("--select", multiple=True, metavar="CODES", help="Run these rules only: codes, prefixes or names.")
@click.option("--extend-select", multiple=True, metavar="CODES", help="Run these rules too.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Leave these rules out.")
@click.option("--per-file-ignores", multiple=True, metavar="GLOB:CODES", help="Leave rules out in some files.")
@click.option("--persona", type=options.choice(Persona), help="Which findings to report.")
@click.option("--fail-on", type=options.choice(Level), help="Lowest level that gives exit code 1.")
@click.option(
    "--min-coverage",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Lowest share of recovered construction sites; less gives exit code 1.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option("--output-format", type=options.choice(OutputFormat), help="`full` at a terminal, else `concise`.")
@options.traces_option
@click.option("--sarif-edges", type=options.choice(EdgeResults), default="all", help="Labels in SARIF.")
@click.option("--statistics", "count", is_flag=True, help="Count findings by rule in place of listing them.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colours.")
@click.option("--show-files", is_flag=True, help="List the files that would be read, and stop.")
@click.option("--show-settings", is_flag=True, help="Print the settings in force, and stop.")
def check(  # noqa: PLR0913 (click hands over one argument an option)
    *,
    sources: Sources,
    select: tuple[str, ...],
    extend_select: tuple[str, ...],
    ignore: tuple[str, ...],
    per_file_ignores: tuple[str, ...],
    persona: str | None,
    fail_on: str | None,
    min_coverage: float | None,
    exit_zero: bool,
    output_format: str | None,
    traces: tuple[Path, ...],
    sarif_edges: str,
    count: bool,
    color: str,
    show_files: bool,
    show_settings: bool,
) -> int:
    """Find what is wrong with the workflows in PATHS (default: here)."""
    request = sources.request(
        traces,
        select=options.split_codes(select),
        extend_select=options.split_codes(extend_select),
        ignore=options.split_codes(ignore),
        per_file_ignores=options.split_per_file(per_file_ignores),
        persona=persona,
        fail_on=fail_on,
        output_format=output_format,
        min_coverage=min_coverage,
    )
    how = Presentation(sources.output_file, color, sarif_edges, quiet=sources.quiet, statistics=count)
    if show_settings:
        output.emit(_settings(request), sources.output_file)
        return ExitCode.CLEAN
    if show_files:
        output.emit("".join(f"{path}\n" for path in survey(request).files), sources.output_file)
        return ExitCode.CLEAN
    found = audit(request)
    if sources.verbose:
        _tell(found)
    if not sources.quiet:
        output.show_notices(found.survey.program.notices, found.survey.recovered.texts, request.root)
    if sources.verbose:
        output.show_tracebacks(found.survey.contained)
    output.emit(_render(found, how), sources.output_file)
    if not sources.quiet:
        _tell_shortfall(found)
    if found.survey.tells_nothing:
        return ExitCode.INTERNAL
    return ExitCode.CLEAN if exit_zero else _verdict(found)


def _verdict(found: Audit) -> ExitCode:
    level = worst(found.findings)
    fails = level is not None and level.rank >= found.survey.request.effective.fail_on.rank
    return ExitCode.FINDINGS if fails or _shortfall(found) is not None else ExitCode.CLEAN


def _shortfall(found: Audit) -> float | None:
    """The coverage in percent, where it is below what the settings ask for."""
    wanted, percent = found.survey.request.effective.min_coverage, coverage_of(found.survey.program).percent
    return percent if wanted is not None and percent < wanted else None


def _tell_shortfall(found: Audit) -> None:
    percent = _shortfall(found)
    if percent is not None:
        wanted = found.survey.request.effective.min_coverage
        click.echo(f"wflint: coverage {percent:.1f}% is below the minimum of {wanted:g}%", err=True)


def _render(found: Audit, how: Presentation) -> str:
    surveyed = found.survey
    shape = surveyed.request.effective.output_format or (OutputFormat.FULL if how.on_terminal else OutputFormat.CONCISE)
    texts = surveyed.recovered.texts
    match shape:
        case OutputFormat.JSON:
            from wflint.writers import check_json

            return check_json.write(found.findings, surveyed.program, texts)
        case OutputFormat.SARIF:
            from wflint.writers import sarif

            edges = EdgeResults(how.sarif_edges)
            return sarif.write(found.findings, surveyed.program, found.pages, surveyed.labels, texts, edges)
        case OutputFormat.FULL | OutputFormat.CONCISE:
            return _render_text(found, how, shape)


def _render_text(found: Audit, how: Presentation, shape: OutputFormat) -> str:
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


def _tell(found: Audit) -> None:
    request = found.survey.request
    click.echo(f"wflint: root {request.root}", err=True)
    click.echo(f"wflint: configuration {request.settings.path or '(none)'}", err=True)
    click.echo(f"wflint: {len(found.survey.files)} files read, {len(found.silenced)} findings ignored inline", err=True)


def _settings(request: Request) -> str:
    """The settings in force as a table that could stand in the configuration file."""
    import json

    values = request.effective.model_dump(mode="json", by_alias=True)
    lines = [f"# {request.settings.path or 'no configuration file'}"]
    lines += [f"{key} = {json.dumps(value)}" for key, value in values.items() if isinstance(value, str | list | float)]
    for key, value in values.items():
        if isinstance(value, dict):
            lines += ["", f"[{key}]", *(f"{json.dumps(name)} = {json.dumps(item)}" for name, item in value.items())]
    return "\n".join(lines) + "\n"
