"""Where a command's words go: findings to standard output or a file, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from wflint import atomic
from wflint.errors import UsageError
from wflint.model.containment import Containment
from wflint.model.program import Notice
from wflint.model.text import Texts
from wflint.writers.escape import printable
from wflint.writers.text import place

MOST_OF_A_KIND = 5
"""So many notices of a kind are shown where nobody asks for more."""


def emit(text: str, output_file: Path | None) -> None:
    """Write to the file, or to standard output; always UTF-8 and bare newlines, so that runs can be compared."""
    data = text.encode("utf-8", "backslashreplace")
    if output_file is not None:
        try:
            atomic.write(output_file, data)
        except (OSError, RuntimeError, ValueError) as error:
            raise UsageError(f"{output_file}: cannot be written: {_reason(error)}") from error
        return
    if sys.stdout is None:
        raise UsageError("standard output is closed; --output-file writes to a file")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        # The interpreter's own flush on leaving must find somewhere to write.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # a reader that hangs up has had enough
            raise UsageError(f"standard output cannot be written: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def show_notices(notices: Iterable[Notice], texts: Texts, root: Path, *, verbose: bool) -> None:
    """What could not be read or followed, on standard error; only the first few of a kind, unless `verbose`."""
    shown = make_shown(root)
    told: Counter[str] = Counter()
    for notice in notices:
        told[notice.kind] += 1
        if verbose or not notice.kind or told[notice.kind] <= MOST_OF_A_KIND:
            click.echo(f"{place(notice.span, texts, shown)}: notice: {printable(notice.message)}", err=True)
    for kind, number in told.items():
        if kind and not verbose and number > MOST_OF_A_KIND:
            click.echo(f"wflint: {number - MOST_OF_A_KIND} more {kind} (--verbose lists them)", err=True)


def show_tracebacks(contained: Containment) -> None:
    """Where our own faults come from, on standard error."""
    for error in contained.errors:
        click.echo(error.traceback, err=True)


def make_shown(root: Path) -> Callable[[str], str]:
    """How paths are shown at a terminal: from the working folder where they lie in it, else in full."""
    try:
        here = Path.cwd()
    except OSError:  # it is gone
        here = None

    def shown(path: str) -> str:
        place = root / path
        if here is None:
            return place.as_posix()
        return place.relative_to(here).as_posix() if place.is_relative_to(here) else place.as_posix()

    return shown
