"""WF801: a cost of the recorded runs that stands out."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.runs.anomalies import Anomaly, AnomalyKind
from wflint.analyses.wording import step_named
from wflint.model.finding import Observation, Related
from wflint.model.workflow import START, Workflow

_ADVICE = {
    AnomalyKind.STEP: "shorten its prompt or its output, or use a smaller model",
    AnomalyKind.RUN: "look at what these runs had in common",
    AnomalyKind.RETRIES: "make the first answer fit: state the form, or check earlier",
    AnomalyKind.ROUNDS: "let fewer rounds do, or carry less from one to the next",
    AnomalyKind.MISMATCH: "check what is handed on where it is made",
}


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """One observation for each cost that stands out, at its step."""
    for one in facts.anomalies:
        step = workflow.step(one.step)
        if step is None or (one.kind is AnomalyKind.ROUNDS and not one.edges):
            continue
        yield Observation(
            message=f"{_subject(one)}: {one.frame}; {_ADVICE[one.kind]}",
            span=step.span,
            key=(one.step, one.kind),
            related=tuple(_ways(one, workflow)),
            level=one.level,
            step=one.step,
            edge=one.edges[0] if one.kind is AnomalyKind.MISMATCH else None,
        )


def _subject(one: Anomaly) -> str:
    if one.kind is AnomalyKind.MISMATCH:
        source, target = one.edges[0]
        return f'the edge from "{source}" to "{target}" stands out in recorded runs'
    return f"{step_named(one.step)} stands out in recorded runs"


def _ways(one: Anomaly, workflow: Workflow) -> Iterator[Related]:
    for edge in workflow.edges:
        if (edge.source, edge.target) in one.edges and edge.source != START:
            yield Related(edge.span, f'the edge from "{edge.source}" leads here')
