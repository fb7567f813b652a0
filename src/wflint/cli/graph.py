"""`wflint graph`: the workflows, drawn or for programs."""

from __future__ import annotations

from pathlib import Path

import click

from wflint.audit import CacheChoice, Survey, survey
from wflint.cli import options, output
from wflint.errors import ExitCode


@click.command()
@options.source_options
@click.option(
    "--format", "shape", type=click.Choice(["json", "mermaid", "dot", "text"]), default="text", help="How to print."
)
def graph(  # noqa: PLR0913 (click hands over one argument an option)
    *,
    paths: tuple[Path, ...],
    exclude: tuple[str, ...],
    shape: str,
    output_file: Path | None,
    no_cache: bool,
    cache_dir: Path | None,
    stdin_filename: Path | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Print the workflows in PATHS (default: here): steps, edges, contracts, and what is not known."""
    overrides = options.make_overrides(exclude=exclude)
    cache = CacheChoice(cache_dir, is_off=no_cache)
    request = options.make_request(paths, overrides, cache, stdin_filename)
    surveyed = survey(request)
    if verbose:
        click.echo(f"wflint: root {request.root}, {len(surveyed.files)} files read", err=True)
    if not quiet:
        output.show_notices(surveyed.program.notices, surveyed.recovered.texts, request.root)
    output.emit(_render(surveyed, shape), output_file)
    return ExitCode.CLEAN


def _render(surveyed: Survey, shape: str) -> str:
    match shape:
        case "json":
            from wflint.writers import graph_json

            return graph_json.write(surveyed.program, surveyed.labels, surveyed.recovered.texts)
        case "mermaid":
            from wflint.writers import mermaid

            return mermaid.write(surveyed.program, surveyed.labels)
        case "dot":
            from wflint.writers import dot

            return dot.write(surveyed.program, surveyed.labels)
        case _:
            from wflint.writers import graph_text

            return graph_text.write(surveyed.program, surveyed.labels, surveyed.recovered.texts)
