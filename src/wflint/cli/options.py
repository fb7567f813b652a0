"""Options that commands share, and what they become: a request."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import wraps
from pathlib import Path

import click

from wflint import config
from wflint.audit import CacheChoice, Request, Stdin, Survey, survey
from wflint.cli import output
from wflint.config import Config
from wflint.errors import UsageError

Command = Callable[..., int]

STDIN = "-"

paths_argument = click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
stdin_option = click.option("--stdin-filename", type=Path, metavar="FILE", help="Name of the file that `-` stands for.")
exclude_option = click.option("--exclude", multiple=True, metavar="GLOB", help="Leave these files or folders out.")
encoder_option = click.option(
    "--encoder", metavar="NAME", help="`static`, or `sentence-transformers:NAME_OR_PATH` (needs the extra)."
)
no_cache_option = click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
cache_dir_option = click.option("--cache-dir", type=Path, metavar="FOLDER", help="Keep the cache here.")
output_file_option = click.option("-o", "--output-file", type=Path, metavar="FILE", help="Write here, not to stdout.")
traces_option = click.option(
    "--traces",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Recorded runs: files or folders of traces.",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print findings and nothing else.")
verbose_option = click.option(
    "-v", "--verbose", is_flag=True, help="Verbose diagnostics on stderr; tracebacks on a crash."
)


@dataclass(frozen=True, slots=True)
class Sources:
    """What the user said about what to read, how, and where the answer goes: the same for every command."""

    paths: tuple[Path, ...]
    exclude: tuple[str, ...]
    encoder: str | None
    cache: CacheChoice
    stdin_filename: Path | None
    output_file: Path | None
    quiet: bool
    verbose: bool

    def request(self, traces: tuple[Path, ...] = (), **settings: object) -> Request:
        """A request for these sources and recorded runs, with further settings from the command line."""
        overrides = make_overrides(exclude=self.exclude, encoder=self.encoder, **settings)
        return replace(make_request(self.paths, overrides, self.cache, self.stdin_filename), traces=traces)

    def survey(self, traces: tuple[Path, ...] = ()) -> Survey:
        """Read the sources without judging them, and say on standard error what could not be read."""
        found = survey(self.request(traces))
        if self.verbose:
            click.echo(f"wflint: root {found.request.root}, {len(found.files)} files read", err=True)
        if not self.quiet:
            output.show_notices(found.program.notices, found.recovered.texts, found.request.root)
        if self.verbose:
            output.show_tracebacks(found.contained)
        return found


def source_options(command: Command) -> Command:
    """What every command that reads sources takes, handed to it as one `sources`."""

    @wraps(command)
    def called(  # noqa: PLR0913 (click hands over one argument an option)
        *,
        paths: tuple[Path, ...],
        exclude: tuple[str, ...],
        encoder: str | None,
        no_cache: bool,
        cache_dir: Path | None,
        stdin_filename: Path | None,
        output_file: Path | None,
        quiet: bool,
        verbose: bool,
        **own: object,
    ) -> int:
        cache = CacheChoice(cache_dir, is_off=no_cache)
        sources = Sources(paths, exclude, encoder, cache, stdin_filename, output_file, quiet, verbose)
        return command(sources=sources, **own)

    for option in (
        verbose_option,
        quiet_option,
        output_file_option,
        stdin_option,
        cache_dir_option,
        no_cache_option,
        encoder_option,
        exclude_option,
        paths_argument,
    ):
        called = option(called)
    return called


def choice(kind: type[StrEnum]) -> click.Choice[str]:
    """A choice among the values of `kind`."""
    return click.Choice([member.value for member in kind])


def split_codes(values: Iterable[str]) -> tuple[str, ...]:
    """`--select WF5,WF301 --select WF7` as one list."""
    return tuple(code.strip() for value in values for code in value.split(",") if code.strip())


def split_per_file(values: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """`PATTERN:CODE[,CODE]`, any number of times, by pattern."""
    found: dict[str, tuple[str, ...]] = {}
    for value in values:
        pattern, colon, codes = value.rpartition(":")
        if not colon or not split_codes((codes,)):
            raise click.BadParameter(f"{value!r} is not of the form PATTERN:CODE", param_hint="--per-file-ignores")
        found[pattern] = (*found.get(pattern, ()), *split_codes((codes,)))
    return found


def make_overrides(**settings: object) -> Config:
    """The settings that the command line gives; an option that was not given is None or empty."""
    return Config.model_validate(
        {name: value for name, value in settings.items() if value not in (None, "", (), {})}, by_name=True
    )


def make_request(
    paths: tuple[Path, ...], overrides: Config, cache: CacheChoice, stdin_filename: Path | None
) -> Request:
    """A request for what the user named: files and folders, or `-` for standard input."""
    if Path(STDIN) not in paths:
        return replace(Request.of(*(paths or (Path(),)), overrides=overrides), cache=cache)
    if len(paths) > 1 or stdin_filename is None:
        raise UsageError("`-` goes alone and with --stdin-filename FILE")
    path = stdin_filename.resolve()
    root = config.find_root(path)
    stdin = Stdin(path, sys.stdin.buffer.read())
    return Request(root, (path,), config.load(path, root), overrides, cache, stdin)
