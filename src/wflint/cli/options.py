"""Options that commands share, and what they become: a request."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import wraps
from math import isnan
from pathlib import Path

import click
import msgspec
from msgspec import Struct
from msgspec.structs import replace

from wflint import config
from wflint.cli import output, progress
from wflint.cli.choices import OneOf
from wflint.config import Config, OutputFormat
from wflint.config.named_paths import resolved
from wflint.errors import UsageError
from wflint.request import CacheChoice, Request, Stdin
from wflint.survey import Survey, survey

Command = Callable[..., int]

STDIN = "-"
LARGEST_INPUT = 50_000_000
"""Bytes that are read from standard input: a notebook with pictures."""


class Place(click.ParamType):  # type: ignore[type-arg]  # generic in newer releases of click only
    """A path. An empty one is what a variable that is not set leaves, and not the working folder."""

    name = "path"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path that a word on the command line stands for."""
        if isinstance(value, Path):
            return value
        text = str(value)
        if not text or "\0" in text:
            self.fail(
                "an empty path stands for nothing; `.` is the working folder" if not text else "no path", param, ctx
            )
        return Path(text)


class Word(click.ParamType):  # type: ignore[type-arg]  # as above
    """A word. An empty one is what a variable that is not set leaves, and not the same as no option."""

    name = "text"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word itself."""
        text = str(value)
        if not text.strip():
            self.fail("it is empty; leave the option out", param, ctx)
        return text


class Percent(click.FloatRange):
    """A share in percent; no number is none."""

    def convert(self, value: float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number that a word on the command line stands for."""
        found = float(super().convert(value, param, ctx))
        return self.fail(f"{value!r} is no number", param, ctx) if isnan(found) else found


PLACE = Place()
WORD = Word()
PERCENT = Percent(0, 100)
paths_argument = click.argument("paths", nargs=-1, type=PLACE)
paths_option = click.option("--path", "paths", multiple=True, type=PLACE, metavar="PATH", help="Only what is there.")
stdin_option = click.option(
    "--stdin-filename", type=PLACE, metavar="FILE", help="Name of the file that `-` stands for."
)
exclude_option = click.option(
    "--exclude", multiple=True, type=WORD, metavar="GLOB", help="Leave these files or folders out."
)
encoder_option = click.option(
    "--encoder", type=WORD, metavar="NAME", help="`static`, or `sentence-transformers:NAME_OR_PATH` (needs the extra)."
)
no_cache_option = click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
cache_dir_option = click.option("--cache-dir", type=PLACE, metavar="FOLDER", help="Keep the cache here.")
output_file_option = click.option("-o", "--output-file", type=PLACE, metavar="FILE", help="Write here, not to stdout.")
traces_option = click.option(
    "--traces",
    multiple=True,
    type=PLACE,
    metavar="PATH",
    help="Recorded runs: files or folders of traces.",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print findings and nothing else.")
verbose_option = click.option(
    "-v", "--verbose", is_flag=True, help="Verbose diagnostics on stderr; tracebacks on a crash."
)


class Sources(Struct, frozen=True):
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
        with progress.shown("reading", quiet=self.quiet):
            found = survey(self.request(traces))
        self.tell(found)
        return found

    def tell(self, found: Survey) -> None:
        """Say on standard error what was read and what could not be."""
        if self.verbose:
            click.echo(f"wflint: root {found.request.root}, {len(found.files)} files read", err=True)
        if not self.quiet:
            output.show_notices(found.notices, found.recovered.texts, found.request.root, verbose=self.verbose)
        if self.verbose:
            output.show_tracebacks(found.contained)


def source_options(command: Command) -> Command:
    """What every command that reads sources takes, handed to it as one `sources`."""
    return paths_argument(_taking_sources(command))


def revision_options(command: Command) -> Command:
    """The same for a command whose arguments are revisions or workflows: what to read is an option."""
    return paths_option(_taking_sources(command))


def _taking_sources(command: Command) -> Command:
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
    ):
        called = option(called)
    return called


def choice(kind: type[StrEnum]) -> OneOf:
    """A choice among the values of `kind`."""
    return OneOf([member.value for member in kind])


def take_codes(values: tuple[str, ...], option: str) -> tuple[str, ...]:
    """The rules that an option names; naming none is what a variable that is not set leaves."""
    if any(not split_codes((value,)) for value in values):
        raise click.BadParameter("no rule is named; leave the option out", param_hint=option)
    return split_codes(values)


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


class Report(Struct, frozen=True):
    """A file that a run writes beside its output."""

    format: OutputFormat
    file: Path


def split_reports(values: Iterable[str], beside: Path | None = None) -> tuple[Report, ...]:
    """`FORMAT:FILE`, any number of times, each to a file of its own, whose name may have colons.

    The run itself writes to `beside`.
    """
    found: list[Report] = []
    for value in values:
        name, colon, file = value.partition(":")
        if not colon or not file:
            raise click.BadParameter(f"{value!r} is not of the form FORMAT:FILE", param_hint="--also")
        try:
            shape = choice(OutputFormat).convert(name, None, None)
        except click.BadParameter as error:
            raise click.BadParameter(error.message, param_hint="--also") from error
        found.append(Report(OutputFormat(shape), Path(file)))
    _refuse_one_file([*([beside] if beside is not None else []), *(report.file for report in found)])
    return tuple(found)


def _refuse_one_file(files: Iterable[Path]) -> None:
    """Two outputs to one file leave the last one there; devices take as many as come."""
    taken: set[Path] = set()
    for file in files:
        place = file.absolute().parent.resolve() / file.name
        if place in taken and (place.is_file() or not place.exists()):
            raise click.BadParameter(f"{str(file)!r} is written twice; give each report its own", param_hint="--also")
        taken.add(place)


def make_overrides(**settings: object) -> Config:
    """The settings that the command line gives; an option that was not given is None or empty."""
    given = {name: value for name, value in settings.items() if value not in (None, "", (), {})}
    return msgspec.convert({**given, "given": tuple(given)}, Config)


def read_stdin() -> bytes:
    """What comes through standard input."""
    if sys.stdin is None:
        raise UsageError("standard input is closed")
    data = sys.stdin.buffer.read(LARGEST_INPUT + 1)
    if len(data) > LARGEST_INPUT:
        raise UsageError(f"standard input is longer than {LARGEST_INPUT // 1_000_000} MB")
    return data


def make_request(
    paths: tuple[Path, ...], overrides: Config, cache: CacheChoice, stdin_filename: Path | None
) -> Request:
    """A request for what the user named: files and folders, or `-` for standard input."""
    if Path(STDIN) not in paths:
        if stdin_filename is not None:
            raise UsageError("--stdin-filename names what `-` stands for; give `-` as the path")
        return replace(Request.of(*(paths or (Path(),)), overrides=overrides), cache=cache)
    if len(paths) > 1 or stdin_filename is None:
        raise UsageError("`-` goes alone and with --stdin-filename FILE")
    path = resolved(stdin_filename)
    root = config.find_root(path)
    stdin = Stdin(path, read_stdin())
    return Request(root, (path,), config.load(path, root), overrides, cache, stdin)
