"""`wflint calibrate`: fits the prior of the labels to edges that somebody has labelled."""

from __future__ import annotations

from pathlib import Path

import click

from wflint.analyses.labels import calibration
from wflint.analyses.labels.calibration import Calibration, Case, Fit
from wflint.analyses.labels.decisions import EdgeName
from wflint.analyses.labels.features import score
from wflint.audit import Survey
from wflint.cli import options, output
from wflint.cli.options import Sources
from wflint.config import LabelSettings
from wflint.engine import labelled
from wflint.engine.labelled import LabelledEdge
from wflint.errors import ExitCode, UsageError
from wflint.writers import calibration as report


@click.command()
@options.source_options
@click.option(
    "--labels", type=options.PLACE, required=True, metavar="FILE", help="Labelled edges, a JSON object a line."
)
def calibrate(*, sources: Sources, labels: Path) -> int:
    """Fit the labels of the workflows in PATHS (default: here) to edges that were seen to work or to fail.

    A line of FILE is {"workflow": ..., "source": ..., "target": ..., "mismatch": true}, or with counted runs
    "mismatch": {"n": 20, "k": 3}. Prints how well the labels separate, and the configuration to paste.
    """
    rows = labelled.read(labels)
    surveyed = sources.survey()
    settings = surveyed.request.effective.label_settings
    output.emit(report.write(_calibration(surveyed, rows, labels, settings), settings), sources.output_file)
    return ExitCode.CLEAN


def _calibration(surveyed: Survey, rows: tuple[LabelledEdge, ...], path: Path, settings: LabelSettings) -> Calibration:
    scores = _scores(surveyed)
    counted: dict[EdgeName, Case] = {}
    for row in rows:
        name = _found(row, scores, path)
        known = counted.get(name, Case(name, scores[name], 0, 0))
        counted[name] = Case(name, scores[name], known.executions + row.executions, known.mismatches + row.mismatches)
    cases = tuple(case for case in counted.values() if case.executions)
    if not cases:
        raise UsageError(f"{path}: there is no labelled run to fit to")
    return calibration.calibrate(cases, Fit(settings.prior_scale, settings.prior_bias, settings.prior_strength))


def _scores(surveyed: Survey) -> dict[EdgeName, float]:
    """The score of each edge; where there are several ways between two steps, the worst one's."""
    scores: dict[EdgeName, float] = {}
    for workflow in surveyed.program.workflows:
        around = surveyed.facts.of(workflow).edge_context
        for edge in workflow.edges:
            name = EdgeName(workflow.id, edge.source, edge.target)
            scores[name] = max(score(edge, around), scores.get(name, float("-inf")))
    return scores


def _found(row: LabelledEdge, scores: dict[EdgeName, float], path: Path) -> EdgeName:
    """The edge that a line is about, its workflow given by id or by the last part of it."""
    if row.edge in scores:
        return row.edge
    ends = (row.edge.source, row.edge.target)
    named = [
        name
        for name in scores
        if (name.source, name.target) == ends and name.workflow.rpartition("::")[2] == row.edge.workflow
    ]
    if len(named) == 1:
        return named[0]
    problem = "is an edge of several workflows" if named else "is not an edge of these workflows"
    raise UsageError(f"{path}:{row.line}: {row.edge} {problem}")
