"""`wflint mcp`: a server for coding assistants."""

from __future__ import annotations

from pathlib import Path

import click

from wflint.cli import options
from wflint.errors import ExitCode
from wflint.request import CacheChoice


@click.command()
@click.option("--root", type=options.PLACE, default=Path(), metavar="FOLDER", help="Read here and nowhere else.")
@options.no_cache_option
@options.cache_dir_option
def mcp(*, root: Path, no_cache: bool, cache_dir: Path | None) -> int:
    """Serve a coding assistant over standard input and output (Model Context Protocol).

    Its tools audit, draw, explain and plan; none of them writes to the repository, or reads outside the root (default:
    the working folder). Needs the extra `mcp`.
    """
    from wflint.servers.mcp import serve
    from wflint.servers.root import ServedFolder

    serve(ServedFolder.at(root, CacheChoice(cache_dir, is_off=no_cache)))
    return ExitCode.CLEAN
