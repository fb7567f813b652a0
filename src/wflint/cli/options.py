"""Options that commands share, and what they become: a request."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import click

from wflint import config
from wflint.audit import CacheChoice, Request, Stdin
from wflint.config import Config
from wflint.errors import UsageError

Command = TypeVar("Command", bound=Callable[..., object])

STDIN = "-"

paths_argument = click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
stdin_option = click.option("--stdin-filename", type=Path, metavar="FILE", help="Name of the file that `-` stands for.")
exclude_option = click.option("--exclude", multiple=True, metavar="GLOB", help="Leave these files or folders out.")
no_cache_option = click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
cache_dir_option = click.option("--cache-dir", type=Path, metavar="FOLDER", help="Keep the cache here.")
output_file_option = click.option("-o", "--output-file", type=Path, metavar="FILE", help="Write here, not to stdout.")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print findings and nothing else.")
verbose_option = click.option("-v", "--verbose", is_flag=True, help="Say more on stderr; tracebacks on a crash.")


def source_options(command: Command) -> Command:
    """What every command that reads sources takes."""
    for option in (
        verbose_option,
        quiet_option,
        output_file_option,
        stdin_option,
        cache_dir_option,
        no_cache_option,
        exclude_option,
        paths_argument,
    ):
        command = option(command)
    return command


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
    return Config.model_validate({name: value for name, value in settings.items() if value}, by_name=True)


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
