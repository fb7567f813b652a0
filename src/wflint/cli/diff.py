"""`wflint diff`: what a change does to the contracts between steps."""

from __future__ import annotations

import click

from wflint.cli import options, output
from wflint.cli.choices import OneOf
from wflint.cli.options import Sources
from wflint.errors import ExitCode
from wflint.history.contracts import ContractDiff, contract_diff


@click.command()
@click.argument("base", type=options.WORD)
@click.argument("head", required=False)
@options.revision_options
@click.option("--format", "shape", type=OneOf(["text", "markdown", "json"]), default="text", help="How to print.")
@click.option(
    "--fail-on",
    type=OneOf(["breaking", "risky", "never"]),
    default="breaking",
    help="Mildest change that gives exit code 1.",
)
def diff(*, base: str, head: str | None, sources: Sources, shape: str, fail_on: str) -> int:
    """Compare the contracts of two git revisions, BASE and HEAD (default: the working tree).

    Each change is judged for each step, router and caller that reads a field: breaking where the field no longer
    arrives, risky where it arrives in another form or on some paths only, safe where nobody is worse off.
    """
    with contract_diff(sources.request(), base, head) as found:
        sources.tell(found.newer)
        output.emit(_render(found, shape, sources), sources.output_file)
        worst = min((change.verdict.rank for change in found.changes), default=len(_FAILING))
    return ExitCode.FINDINGS if worst < _FAILING[fail_on] else ExitCode.CLEAN


_FAILING = {"never": 0, "breaking": 1, "risky": 2}
"""How many of the verdicts, the worst first, fail a run."""


def _render(found: ContractDiff, shape: str, sources: Sources) -> str:
    from wflint.writers import contract_diff as writer

    match shape:
        case "markdown":
            return writer.as_markdown(found.base, found.head, found.changes, found.texts)
        case "json":
            return writer.as_json(found.base, found.head, found.changes, found.texts)
        case _:
            shown = output.make_shown(sources.request().root)
            return writer.text(found.base, found.head, found.changes, found.texts, shown)
