"""`wflint lsp`: a language server for editors."""

from __future__ import annotations

from pathlib import Path

import click

from wflint.cli import options
from wflint.errors import ExitCode, UsageError
from wflint.request import CacheChoice


@click.command()
@click.option("--root", type=options.PLACE, metavar="FOLDER", help="The repository; default: the editor's workspace.")
@options.no_cache_option
@options.cache_dir_option
def lsp(*, root: Path | None, no_cache: bool, cache_dir: Path | None) -> int:
    """Serve an editor over standard input and output (Language Server Protocol).

    Diagnostics as you type, hovers with contracts and labels, go to the other end of an edge. Needs the extra `lsp`.
    """
    try:
        import pygls.lsp.server  # noqa: F401
    except ImportError as error:
        raise UsageError("the server for editors needs the extra: pip install 'wflint[lsp]'") from error
    if root is not None and not root.is_dir():
        raise UsageError(f"{root}: no such folder")
    from wflint.servers.lsp import serve

    serve(root, CacheChoice(cache_dir, is_off=no_cache))
    return ExitCode.CLEAN
