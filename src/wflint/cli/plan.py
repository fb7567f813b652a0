"""`wflint plan`: what to do about each edge, and a person's word on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from wflint.analyses.labels.decisions import Decision, EdgeName, contracts_of
from wflint.cli import options, output
from wflint.cli.choices import OneOf
from wflint.cli.options import Sources
from wflint.engine import decisions
from wflint.engine.decisions import Verdict
from wflint.errors import ExitCode, UsageError
from wflint.model.lookup import known
from wflint.model.text import Texts
from wflint.model.workflow import Workflow
from wflint.survey import Survey
from wflint.writers.plan import PlanSheet, sheet_of


@click.command()
@options.source_options
@click.option("--format", "shape", type=OneOf(["markdown", "json"]), default="markdown", help="How to print.")
@click.option("--workflow", "wanted", multiple=True, type=options.WORD, metavar="ID|NAME", help="Only these workflows.")
@click.option("--edge", "edges", multiple=True, type=options.WORD, metavar="SOURCE->TARGET", help="Only these edges.")
@click.option(
    "--decide",
    "verdicts",
    multiple=True,
    metavar="WORKFLOW::SOURCE->TARGET=static|dynamic",
    help="Keep your own decision about an edge.",
)
@options.traces_option
@click.option("--reason", default="", help="Why you decided so.")
@click.option("--write", "writes", is_flag=True, help="Put the sentences for prompts into the prompts.")
@click.option("--diff", "differs", is_flag=True, help="Show what --write would change, and change nothing.")
@click.option("--by", default="somebody", envvar=["WFLINT_USER", "USER", "USERNAME"], help="Who decided.")
def plan(  # noqa: PLR0913 (click hands over one argument an option)
    *,
    sources: Sources,
    shape: str,
    wanted: tuple[str, ...],
    edges: tuple[str, ...],
    verdicts: tuple[str, ...],
    traces: tuple[Path, ...],
    reason: str,
    by: str,
    writes: bool,
    differs: bool,
) -> int:
    """Say what to do about each edge of the workflows in PATHS (default: here).

    For an edge that is settled once: the text to bake into the downstream step. For one that is watched: what to check,
    when to pause, and how to step in, with the framework's own means. With --decide, keep a person's decision instead.
    With --write, put the texts that are for prompts there.
    """
    if reason and not verdicts:
        raise UsageError("--reason goes with --decide")
    surveyed = sources.survey(traces)
    request = surveyed.request
    path = request.effective.decisions_path(request.root)
    if verdicts:
        decided = tuple(_decided(text, surveyed.program.workflows, reason, by) for text in verdicts)
        decisions.record(path, decided)
        lines = (f"{one.edge} is {one.verdict} (kept in {path.name})\n" for one in decided)
        output.emit("".join(lines), sources.output_file)
        return ExitCode.CLEAN
    sheet = sheet_of(surveyed.program.workflows, surveyed.facts, wanted, edges)
    if writes or differs:
        _put_in(sheet, surveyed, sources, shows=differs)
        return ExitCode.CLEAN
    output.emit(_render(sheet, surveyed.recovered.texts, shape), sources.output_file)
    return ExitCode.INTERNAL if surveyed.tells_nothing else ExitCode.CLEAN


def _put_in(sheet: PlanSheet, surveyed: Survey, sources: Sources, *, shows: bool) -> None:
    """Show or write what the plans put into prompts."""
    from wflint.cli.plan_write import edits_of

    edits = edits_of(sheet, surveyed)
    for line in edits.left:
        click.echo(f"wflint: {line}", err=True)
    if shows:
        changes = edits.diff()
        if not (changes or edits.left):
            click.echo("wflint: no prompt has to be changed", err=True)
        output.emit(changes, sources.output_file)
        return
    edits.write()
    lines = edits.done or ["no prompt has to be changed"]
    output.emit("".join(f"{line}\n" for line in lines), sources.output_file)


def _render(sheet: PlanSheet, texts: Texts, shape: str) -> str:
    if shape == "json":
        from wflint.writers import plan_json

        return plan_json.write(sheet, texts)
    from wflint.writers import plan_markdown

    return plan_markdown.write(sheet)


def _decided(text: str, workflows: tuple[Workflow, ...], reason: str, by: str) -> Decision:
    """A decision from `WORKFLOW::SOURCE->TARGET=static`; steps may have any name, so known edges are compared."""
    named, equals, word = text.rpartition("=")
    if not equals or word not in list(Verdict):
        raise UsageError(f"{text!r} is not of the form WORKFLOW::SOURCE->TARGET=static|dynamic")
    found = dict(_edges(workflows, named))
    if not found:
        known(
            named,
            {name for workflow in workflows for edge in _names(workflow) for name in _spelt(edge, workflow)},
            "edge",
        )
    if len(found) > 1:
        raise UsageError(f"{named!r} is an edge of several workflows: " + ", ".join(str(edge) for edge in found))
    ((edge, workflow),) = found.items()
    contracts = contracts_of(workflow, edge.source, edge.target)
    return Decision(edge, Verdict(word).label, by, reason, contracts)


def _edges(workflows: Iterable[Workflow], named: str) -> Iterator[tuple[EdgeName, Workflow]]:
    """The edges that a text may mean: the workflow by id or by name."""
    for workflow in workflows:
        for edge in _names(workflow):
            if named in _spelt(edge, workflow):
                yield edge, workflow


def _spelt(edge: EdgeName, workflow: Workflow) -> tuple[str, str]:
    """An edge with the id of its workflow, and with its name."""
    return str(edge), str(EdgeName(workflow.name, edge.source, edge.target))


def _names(workflow: Workflow) -> Iterator[EdgeName]:
    return (EdgeName(workflow.id, edge.source, edge.target) for edge in workflow.edges)
