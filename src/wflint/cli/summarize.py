"""`wflint summarize`: what others need to know of a repository, in a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from wflint.cli import engines, options, output
from wflint.errors import ExitCode, UsageError
from wflint.request import CacheChoice

if TYPE_CHECKING:
    from wflint.link.engines.engine import Engine
    from wflint.summaries import Order


@click.command()
@options.paths_argument
@click.option("--into", type=options.PLACE, metavar="FOLDER", help="Write a file for each repository into this folder.")
@click.option("--resume", is_flag=True, help="Leave out what has a summary there that this wflint wrote.")
@engines.engine_option
@engines.jobs_option
@engines.scheduler_option
@options.exclude_option
@options.no_cache_option
@options.cache_dir_option
@options.traces_option
@options.output_file_option
@options.quiet_option
def summarize(  # noqa: PLR0913 (click hands over one argument an option)
    *,
    paths: tuple[Path, ...],
    into: Path | None,
    resume: bool,
    engine: str | None,
    jobs: int | None,
    scheduler: str | None,
    exclude: tuple[str, ...],
    no_cache: bool,
    cache_dir: Path | None,
    traces: tuple[Path, ...],
    output_file: Path | None,
    quiet: bool,
) -> int:
    """Summarise repositories for `wflint link`: PATHS are their folders (default: here).

    A summary holds names, places, contracts, labels and costs, and of texts what they can be compared by: not a word of
    the source. One repository is written to standard output, or to a file; several go --into a folder, a file each.
    """
    from wflint.summaries import Order

    cache = CacheChoice(cache_dir, is_off=no_cache)
    orders = [Order(path, exclude, traces, cache) for path in paths or (Path(),)]
    if into is None:
        return _one(orders, output_file, resume=resume)
    if output_file is not None:
        raise UsageError("--into and --output-file exclude each other")
    if traces and len(orders) > 1:
        raise UsageError("--traces goes with one repository: whose steps ran is not told by the runs")
    with engines.opened(engine, jobs if len(orders) > 1 else 1, scheduler) as chosen:
        return _all(orders, into, chosen, resume=resume, quiet=quiet)


def _one(orders: Sequence[Order], output_file: Path | None, *, resume: bool) -> int:
    """One repository, to where every command writes."""
    from wflint.link.reading import encode
    from wflint.summaries import summary_of

    if len(orders) > 1 or resume:
        raise UsageError("several repositories, and --resume, take --into FOLDER")
    output.emit(encode(summary_of(orders[0])).decode(), output_file)
    return ExitCode.CLEAN


def _all(orders: Sequence[Order], into: Path, engine: Engine, *, resume: bool, quiet: bool) -> int:
    """Each into a file of its own; what fails is named, and the others are written all the same."""
    from wflint.summaries import Failure, exit_code, targets, write_all

    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{into}: cannot be made: {error.strerror}") from error
    files = targets([order.folder for order in orders], into)
    placed = [replace(order, target=file) for order, file in zip(orders, files, strict=True)]
    tell, failed = engines.teller(quiet=quiet), 0
    for done, each in enumerate(write_all(placed, engine, resume=resume), start=1):
        if isinstance(each, Failure):
            failed += 1
            engines.left_out(str(each.folder), each.reason)
        tell("summarizing", done, len(placed))
    if not quiet:
        click.echo(f"wflint: {len(placed) - failed} of {len(placed)} repositories are summarised in {into}", err=True)
    return exit_code(len(placed) - failed, failed)
