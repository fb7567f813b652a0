"""Options about who does the work, and what is said of how far it is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from wflint.cli import options
from wflint.link.engines import EngineName, engine_of
from wflint.link.engines.engine import Engine
from wflint.workers.worker import processors
from wflint.writers.escape import printable

_EVERY = 0.2
_CLEAR = "\r\x1b[2K"

engine_option = click.option(
    "--engine",
    type=options.choice(EngineName),
    help="Who does the work: this process, several of this machine, or a Dask cluster (needs the extra).",
)
jobs_option = click.option("--jobs", type=click.IntRange(1, 1024), metavar="N", help="So many at a time.")
scheduler_option = click.option("--scheduler", metavar="ADDRESS", help="The Dask cluster to use, not one of its own.")


@contextmanager
def opened(name: str | None, jobs: int | None, scheduler: str | None) -> Iterator[Engine]:
    """The engine that was asked for: several processes where the machine has them, a cluster where one is named."""
    workers = jobs or processors()
    default = EngineName.DASK if scheduler is not None else EngineName.PROCESSES if workers > 1 else EngineName.HERE
    engine = engine_of(EngineName(name) if name is not None else default, workers, scheduler)
    try:
        yield engine
    finally:
        engine.close()


def warn(text: str) -> None:
    """Something that the user should know although the run goes on."""
    click.echo(f"{_cleared()}wflint: warning: {printable(text)}", err=True)


def left_out(name: str, reason: str) -> None:
    """Something that is not in the result."""
    click.echo(f"{_cleared()}{printable(name)}: left out: {printable(reason)}", err=True)


def _is_watched() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _cleared() -> str:
    return _CLEAR if _is_watched() else ""


def teller(*, quiet: bool) -> Callable[[str, int, int], None]:
    """Says on standard error, at a terminal, what is being done and how much of it is."""
    shown = [time.monotonic()]

    def tell(work: str, done: int, all_of_them: int) -> None:
        now = time.monotonic()
        if quiet or not _is_watched() or (now - shown[0] < _EVERY and done < all_of_them):
            return
        shown[0] = now
        text = "" if done == all_of_them else f"wflint: {work}, {done} of {all_of_them}"
        click.echo(f"{_CLEAR}{text}", nl=False, err=True)

    return tell
