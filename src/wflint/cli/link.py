"""`wflint link`: what holds between many repositories, from their summaries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wflint.cli import engines, options, output
from wflint.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from wflint.link.report import LinkReport


@click.command()
@click.argument("summaries", nargs=-1, required=True, type=options.PLACE, metavar="FILE|FOLDER...")
@click.option("--format", "shape", type=click.Choice(["text", "json", "sarif"]), default="text", help="How to print.")
@click.option("--keep", type=options.PLACE, metavar="FOLDER", help="Keep what is worked out here, to go on from.")
@engines.engine_option
@engines.jobs_option
@engines.scheduler_option
@options.output_file_option
@options.quiet_option
def link(  # noqa: PLR0913 (click hands over one argument an option)
    *,
    summaries: tuple[Path, ...],
    shape: str,
    keep: Path | None,
    engine: str | None,
    jobs: int | None,
    scheduler: str | None,
    output_file: Path | None,
    quiet: bool,
) -> int:
    """Link repositories by the summaries that `wflint summarize` wrote: files, or folders of them.

    Names work that several repositories do again, calls from one into another that do not fit, and copies of one
    workflow that have drifted apart. A summary that cannot be read is named and left out.
    """
    from wflint.link.keeping import Keeper
    from wflint.link.linking import Linking
    from wflint.link.linking import link as linked
    from wflint.link.reading import summary_files

    files = summary_files(summaries)
    if not files:
        raise UsageError("no summaries there; `wflint summarize` writes them")
    with engines.opened(engine, jobs, scheduler) as chosen:
        report = linked(files, Linking(chosen, Keeper(keep), engines.teller(quiet=quiet), engines.warn))
    for item in report.left_out:
        engines.left_out(item.name, item.reason)
    output.emit(_render(report, shape), output_file)
    return ExitCode.CLEAN if report.repositories else ExitCode.USAGE


def _render(report: LinkReport, shape: str) -> str:
    match shape:
        case "json":
            from wflint.link.report import write

            return write(report)
        case "sarif":
            from wflint.writers.sarif import linked

            return linked.write(report)
        case _:
            from wflint.writers import link_text

            return link_text.write(report)
