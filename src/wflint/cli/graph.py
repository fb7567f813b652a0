"""`wflint graph`: the workflows, drawn or for programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wflint.cli import options, output
from wflint.cli.choices import OneOf
from wflint.cli.options import Sources
from wflint.errors import ExitCode
from wflint.survey import Survey

if TYPE_CHECKING:
    from wflint.writers.wire import Plans


@click.command()
@options.source_options
@click.option("--format", "shape", type=OneOf(["json", "mermaid", "dot", "text"]), default="text", help="How to print.")
@options.traces_option
def graph(*, sources: Sources, shape: str, traces: tuple[Path, ...]) -> int:
    """Print the workflows in PATHS (default: here): steps, edges, contracts, and what is not known."""
    surveyed = sources.survey(traces)
    output.emit(_render(surveyed, shape), sources.output_file)
    return ExitCode.INTERNAL if surveyed.tells_nothing else ExitCode.CLEAN


def _render(surveyed: Survey, shape: str) -> str:
    match shape:
        case "json":
            from wflint.writers import graph_json

            return graph_json.write(surveyed.program, surveyed.labels, surveyed.recovered.texts, _plans(surveyed))
        case "mermaid":
            from wflint.writers import mermaid

            return mermaid.write(surveyed.program, surveyed.labels)
        case "dot":
            from wflint.writers import dot

            return dot.write(surveyed.program, surveyed.labels)
        case _:
            from wflint.writers import graph_text

            return graph_text.write(surveyed.program, surveyed.labels, surveyed.recovered.texts, _plans(surveyed))


def _plans(surveyed: Survey) -> Plans:
    return lambda workflow: surveyed.facts.of(workflow).execution
