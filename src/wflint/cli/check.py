"""`wflint check`: the linter."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
from msgspec import to_builtins
from msgspec.structs import replace

from wflint.analyses.coverage import coverage_of
from wflint.audit import Audit, audit
from wflint.cli import options, output, progress
from wflint.cli.choices import OneOf
from wflint.cli.completion import rules
from wflint.cli.options import Sources
from wflint.cli.render import Presentation, format_of, render
from wflint.config import OutputFormat, kebab
from wflint.engine import worst
from wflint.errors import ExitCode, UsageError
from wflint.history.review import Review, since_baseline, since_revision
from wflint.model.finding import Level, Persona
from wflint.request import Request
from wflint.survey import survey
from wflint.writers import summary
from wflint.writers.edge_results import EdgeResults


@click.command()
@options.source_options
@click.option(
    "--select",
    multiple=True,
    metavar="CODES",
    shell_complete=rules,
    help="Run these rules only: codes, prefixes or names.",
)
@click.option("--extend-select", multiple=True, metavar="CODES", shell_complete=rules, help="Run these rules too.")
@click.option("--ignore", multiple=True, metavar="CODES", shell_complete=rules, help="Leave these rules out.")
@click.option("--per-file-ignores", multiple=True, metavar="GLOB:CODES", help="Leave rules out in some files.")
@click.option("--persona", type=options.choice(Persona), help="Which findings to report.")
@click.option("--fail-on", type=options.choice(Level), help="Lowest level that gives exit code 1.")
@click.option(
    "--min-coverage",
    type=options.PERCENT,
    metavar="PERCENT",
    help="Lowest share of recovered construction sites; less gives exit code 1.",
)
@click.option(
    "--baseline", type=options.PLACE, metavar="FILE", help="Report findings that this baseline does not know."
)
@click.option(
    "--new-since", type=options.WORD, metavar="REV", help="Report findings that the branch has introduced since REV."
)
@click.option("--fix", "fixes", is_flag=True, help="Apply safe fixes, and report what is left.")
@click.option(
    "--unsafe-fixes", "unsafe", is_flag=True, help="With --fix or --diff: fixes that may change results, too."
)
@click.option("--diff", "differs", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option("--output-format", type=options.choice(OutputFormat), help="`full` at a terminal, else `concise`.")
@click.option("--also", multiple=True, metavar="FORMAT:FILE", help="Write another report of the same run.")
@options.traces_option
@click.option(
    "--sarif-edges", type=options.choice(EdgeResults), default="all", help="Which edges get a result in SARIF."
)
@click.option("--statistics", "count", is_flag=True, help="Count findings by rule in place of listing them.")
@click.option("--color", type=OneOf(["auto", "always", "never"]), default="auto", help="When to use colours.")
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
    baseline: Path | None,
    new_since: str | None,
    fixes: bool,
    unsafe: bool,
    differs: bool,
    exit_zero: bool,
    output_format: str | None,
    also: tuple[str, ...],
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
        select=options.take_codes(select, "--select"),
        extend_select=options.take_codes(extend_select, "--extend-select"),
        ignore=options.take_codes(ignore, "--ignore"),
        per_file_ignores=options.split_per_file(per_file_ignores),
        persona=persona,
        fail_on=fail_on,
        output_format=output_format,
        min_coverage=min_coverage,
    )
    _check_fixing(request, is_asked=fixes or differs, unsafe=unsafe)
    again = partial(_audited, request, baseline, new_since)
    reports = options.split_reports(also, sources.output_file)
    how = Presentation(sources.output_file, color, EdgeResults(sarif_edges), quiet=sources.quiet, statistics=count)
    if show_settings:
        output.emit(_settings(request), sources.output_file)
        return ExitCode.CLEAN
    if show_files:
        output.emit("".join(f"{path}\n" for path in survey(request).files), sources.output_file)
        return ExitCode.CLEAN
    with progress.shown("checking", quiet=sources.quiet):
        review = again()
    if differs:
        return _show_fixes(review, sources, unsafe=unsafe, exit_zero=exit_zero)
    if fixes:
        review = _fix(review, again, sources, unsafe=unsafe)
    found = review.audit
    _tell_besides(found, sources)
    output.emit(render(review, how, format_of(review, how)), sources.output_file)
    for report in reports:
        output.emit(render(review, replace(how, file=report.file, color="never"), report.format), report.file)
    if not sources.quiet:
        _tell_shortfall(found)
    if found.survey.tells_nothing:
        return ExitCode.INTERNAL
    return ExitCode.CLEAN if exit_zero else _verdict(review)


def _check_fixing(request: Request, *, is_asked: bool, unsafe: bool) -> None:
    if unsafe and not is_asked:
        raise UsageError("--unsafe-fixes goes with --fix or --diff")
    if request.stdin is not None and is_asked:
        raise UsageError("standard input cannot be fixed; name the file")


def _show_fixes(review: Review, sources: Sources, *, unsafe: bool, exit_zero: bool) -> ExitCode:
    from wflint.cli.fixing import changes_of

    changes = changes_of(review, unsafe=unsafe)
    output.emit(changes.diff(), sources.output_file)
    if not sources.quiet:
        more = 0 if unsafe else changes_of(review, unsafe=True).fixes - changes.fixes
        click.echo(f"wflint: would make {summary.count_fixes(changes.fixes)}{_with_unsafe(more)}", err=True)
    return ExitCode.FINDINGS if changes.files and not exit_zero else ExitCode.CLEAN


def _fix(review: Review, again: Callable[[], Review], sources: Sources, *, unsafe: bool) -> Review:
    from wflint.cli.fixing import changes_of, fixed

    left, made = fixed(review, again, unsafe=unsafe)
    if not sources.quiet:
        more = 0 if unsafe else changes_of(left, unsafe=True).fixes
        click.echo(f"wflint: made {summary.count_fixes(made)}{_with_unsafe(more)}", err=True)
    return left


def _with_unsafe(more: int) -> str:
    """What else there is to fix for those who ask for it."""
    return f"; {more} more with --unsafe-fixes" if more else ""


def _audited(request: Request, baseline: Path | None, revision: str | None) -> Review:
    """The audit against what the user, or else the configuration, says is known."""
    if baseline is not None and revision is not None:
        raise UsageError("--baseline and --new-since exclude each other")
    found = audit(request)
    if revision is not None:
        return since_revision(found, revision)
    known = baseline or request.effective.baseline_path(request.root)
    return Review(found) if known is None else since_baseline(found, known)


def _verdict(review: Review) -> ExitCode:
    level = worst(review.fresh)
    fails = level is not None and level.rank >= review.audit.survey.request.effective.fail_on.rank
    return ExitCode.FINDINGS if fails or _shortfall(review.audit) is not None else ExitCode.CLEAN


def _shortfall(found: Audit) -> float | None:
    """The coverage in percent, where it is below what the settings ask for."""
    wanted, percent = found.survey.request.effective.min_coverage, coverage_of(found.survey.program).percent
    return percent if wanted is not None and percent < wanted else None


def _tell_shortfall(found: Audit) -> None:
    percent = _shortfall(found)
    if percent is not None:
        wanted = found.survey.request.effective.min_coverage
        click.echo(f"wflint: coverage {percent:.1f}% is below the minimum of {wanted:g}%", err=True)


def _tell_besides(found: Audit, sources: Sources) -> None:
    if sources.verbose:
        _tell(found)
    if not sources.quiet:
        survey = found.survey
        output.show_notices(survey.notices, survey.recovered.texts, survey.request.root, verbose=sources.verbose)
    if sources.verbose:
        output.show_tracebacks(found.survey.contained)


def _tell(found: Audit) -> None:
    request = found.survey.request
    click.echo(f"wflint: root {request.root}", err=True)
    click.echo(f"wflint: configuration {request.settings.path or '(none)'}", err=True)
    click.echo(f"wflint: {len(found.survey.files)} files read, {len(found.silenced)} findings ignored inline", err=True)


def _settings(request: Request) -> str:
    """The settings in force as a table that could stand in the configuration file."""
    import json

    values = {kebab(name): value for name, value in to_builtins(request.effective).items() if name != "given"}
    lines = [f"# {request.settings.path or 'no configuration file'}"]
    lines += [f"{key} = {json.dumps(value)}" for key, value in values.items() if isinstance(value, str | tuple | float)]
    for key, value in values.items():
        if isinstance(value, dict):
            lines += [
                "",
                f"[{key}]",
                *(
                    f"{json.dumps(kebab(name) if key == 'labels' else name)} = {json.dumps(item)}"
                    for name, item in value.items()
                ),
            ]
    return "\n".join(lines) + "\n"
