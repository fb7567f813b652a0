"""`wflint explain`: workflows in words."""

from __future__ import annotations

import os

import click

from wflint.cli import options, output
from wflint.cli.options import Sources
from wflint.errors import ExitCode, UsageError
from wflint.model.lookup import workflows_named
from wflint.model.program import Program
from wflint.model.workflow import Workflow
from wflint.writers.explain import write


@click.command()
@click.argument("workflows", metavar="[WORKFLOW]...", nargs=-1)
@options.revision_options
def explain(*, sources: Sources, workflows: tuple[str, ...]) -> int:
    """Say in words what a WORKFLOW does, by its id or name (default: all of them).

    Step by step with its contracts, loops and joins; then what to look at, and what the source does not tell.
    """
    surveyed = sources.survey()
    chosen = _chosen(surveyed.program, workflows)
    texts = surveyed.recovered.texts
    parts = (write(one, surveyed.facts.of(one).loops, surveyed.labels(one), texts) for one in chosen)
    output.emit("\n".join(parts) or "There is no workflow to explain.\n", sources.output_file)
    return ExitCode.INTERNAL if surveyed.tells_nothing else ExitCode.CLEAN


def _chosen(program: Program, wanted: tuple[str, ...]) -> tuple[Workflow, ...]:
    """The workflows of these names; other commands take paths in their place, so people give them here, too."""
    try:
        return workflows_named(program.workflows, wanted)
    except UsageError as error:
        path = next((word for word in wanted if os.path.exists(word)), None)  # noqa: PTH110 (never raises)
        if path is None:
            raise
        raise UsageError(f"{path!r} is a path, not a workflow; say `--path {path}`") from error
