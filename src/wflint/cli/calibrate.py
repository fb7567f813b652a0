"""`wflint calibrate`: fits the prior of the labels to edges that somebody has labelled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from wflint.analyses.labels import calibration
from wflint.analyses.labels.calibration import Case, Fit
from wflint.analyses.labels.decisions import EdgeName
from wflint.analyses.labels.features import score
from wflint.analyses.runs.held_out import held_out
from wflint.cli import options, output
from wflint.cli.options import Sources
from wflint.engine import labelled
from wflint.engine.labelled import LabelledEdge
from wflint.errors import ExitCode, UsageError
from wflint.model.workflow import END, START
from wflint.survey import Survey
from wflint.writers import calibration as report


@click.command()
@options.source_options
@click.option("--labels", type=options.PLACE, metavar="FILE", help="Labelled edges, a JSON object a line.")
@options.traces_option
def calibrate(*, sources: Sources, labels: Path | None, traces: tuple[Path, ...]) -> int:
    """Fit the labels of the workflows in PATHS (default: here) to edges that were seen to work or to fail.

    A line of FILE is {"workflow": ..., "source": ..., "target": ..., "mismatch": true}, or with counted runs
    "mismatch": {"n": 20, "k": 3}. With --traces, the runs are counted from recorded ones. Prints how well the labels
    separate, how much better the fit does on edges it has not seen, and the configuration to paste.
    """
    if labels is None and not traces:
        raise UsageError("there is nothing to fit to: give --labels FILE or --traces PATH")
    rows = labelled.read(labels) if labels is not None else ()
    surveyed = sources.survey(traces)
    settings = surveyed.request.effective.label_settings
    cases = _merged((*_of_rows(surveyed, rows, labels or Path()), *_of_runs(surveyed)))
    if not cases:
        raise UsageError(f"{labels or traces[0]}: there is no labelled run to fit to")
    before = Fit(settings.prior_scale, settings.prior_bias, settings.prior_strength)
    told = report.write(calibration.calibrate(cases, before), settings)
    output.emit(_of_unseen_runs(cases, before) + told if traces else told, sources.output_file)
    return ExitCode.CLEAN


def _of_unseen_runs(cases: tuple[Case, ...], before: Fit) -> str:
    """How much the evidence of other runs betters the prior, on runs that it has not seen."""
    found = held_out(cases, before)
    if found is None:
        return "# No edge was taken twice: runs cannot tell of each other yet.\n"
    return (
        f"# Each of {found.runs} runs predicted from the others of its edge: Brier score {found.posterior:.3f}, "
        f"{found.prior:.3f} by the source alone.\n"
    )


def _of_rows(surveyed: Survey, rows: tuple[LabelledEdge, ...], path: Path) -> Iterator[Case]:
    scores = _scores(surveyed)
    for row in rows:
        name = _found(row, scores, path)
        yield Case(name, scores[name], row.executions, row.mismatches)


def _of_runs(surveyed: Survey) -> Iterator[Case]:
    """Edges that recorded runs took between steps, of those that the user asked about."""
    scores = _scores(surveyed)
    for name, seen in surveyed.lazy_facts.labelling.evidence.items():
        if name in scores and name.source != START and name.target != END:
            yield Case(name, scores[name], seen.executions, seen.mismatches)


def _merged(cases: Iterable[Case]) -> tuple[Case, ...]:
    """The cases, those of one edge added up, without edges that were never taken."""
    counted: dict[EdgeName, Case] = {}
    for case in cases:
        known = counted.get(case.edge, Case(case.edge, case.score, 0, 0))
        executions, mismatches = known.executions + case.executions, known.mismatches + case.mismatches
        counted[case.edge] = Case(case.edge, case.score, executions, mismatches)
    return tuple(case for case in counted.values() if case.executions)


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
