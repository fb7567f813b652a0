"""`wflint explain`: workflows in words."""

from __future__ import annotations

import click

from wflint.cli import options, output
from wflint.cli.options import Sources
from wflint.errors import ExitCode
from wflint.model.lookup import workflows_named
from wflint.writers.explain import write


@click.command()
@click.argument("workflows", metavar="[WORKFLOW]...", nargs=-1)
@options.revision_options
def explain(*, sources: Sources, workflows: tuple[str, ...]) -> int:
    """Say in words what a WORKFLOW does, by its id or name (default: all of them).

    Step by step with its contracts, loops and joins; then what to look at, and what the source does not tell.
    """
    surveyed = sources.survey()
    chosen = workflows_named(surveyed.program.workflows, workflows)
    texts = surveyed.recovered.texts
    parts = (write(one, surveyed.facts.of(one).loops, surveyed.labels(one), texts) for one in chosen)
    output.emit("\n".join(parts) or "There is no workflow to explain.\n", sources.output_file)
    return ExitCode.INTERNAL if surveyed.tells_nothing else ExitCode.CLEAN
