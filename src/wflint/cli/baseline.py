"""`wflint baseline`: writes down what is found today, or strikes out what is gone."""

from __future__ import annotations

from pathlib import Path

import click

from wflint.audit import audit
from wflint.cli import options, output
from wflint.cli.options import Sources
from wflint.engine import baseline as file
from wflint.engine.known import Known
from wflint.errors import ExitCode
from wflint.history.review import remembered, since_baseline
from wflint.model.finding import Persona
from wflint.request import Request
from wflint.writers.summary import count


@click.command()
@options.source_options
@click.option("--persona", type=options.choice(Persona), help="Whose findings to keep.")
@click.option("--prune", is_flag=True, help="Strike out findings that are gone, and add none.")
def baseline(*, sources: Sources, persona: str | None, prune: bool) -> int:
    """Keep the findings of today, so that `wflint check --baseline` reports new ones only.

    Writes wflint.baseline.json below the root, or the file that -o or the configuration names. Findings are known by
    the names they are about, so moved lines change nothing.
    """
    request = sources.request(persona=persona)
    path = sources.output_file or request.effective.baseline_file(request.root)
    found = audit(request)
    sources.tell(found.survey)
    if prune:
        gone = {known.fingerprint for known in since_baseline(found, path).fixed}
        kept = tuple(known for known in file.read(path) if known.fingerprint not in gone)
        said = f"{count(len(gone), 'finding')} struck out, {count(len(kept), 'finding')} kept"
    else:
        kept = (*remembered(found.findings), *_elsewhere(request, path))
        said = f"{count(len(kept), 'finding')} kept"
    file.write(path, kept)
    if not sources.quiet:
        output.emit(f"{said} in {path.name}\n", None)
    return ExitCode.CLEAN


def _elsewhere(request: Request, path: Path) -> tuple[Known, ...]:
    """What the file knows already of other parts of the repository."""
    return tuple(known for known in file.read(path) if not request.asks_for(known.path)) if path.is_file() else ()
