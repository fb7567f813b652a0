"""The audit of recorded runs for programs, version 1. Field names may be added, never changed within a version.

A count that is not known is null, never 0.
"""

from __future__ import annotations

import json
from typing import Literal

from wflint.analyses.runs.anomalies import Anomaly, AnomalyKind
from wflint.engine.json_text import json_text
from wflint.model.finding import Level
from wflint.model.recorded import (
    MissingPart,
    RecordedEdge,
    RecordedRun,
    RecordedStep,
    Recording,
    TraceSource,
    Unattributed,
    Unlisted,
)
from wflint.writers.trace import TraceReport
from wflint.writers.wire import Wire


class TraceStepWire(Wire):
    """What a step did and cost. `workflow` is null where only the trace has a step of this name."""

    workflow: str | None
    step: str
    executions: int | None
    input_tokens: int | None
    cached_tokens: int | None
    output_tokens: int | None
    reasoning_tokens: int | None
    et: float | None
    input_et: float | None
    output_et: float | None
    inner_et: float | None
    money: float | None
    calls: int
    calls_without_tokens: int
    inferred_calls: int
    attempts: int | None
    failures: int
    retry_et: float | None
    loop_et: float | None
    models: tuple[str, ...]

    @classmethod
    def of(cls, step: RecordedStep) -> TraceStepWire:
        """A step on the wire."""
        output_et = None if step.et is None or step.input_et is None else round(step.et - step.input_et, 4)
        return cls(
            workflow=step.workflow or None,
            step=step.step,
            executions=step.executions,
            input_tokens=step.input_tokens,
            cached_tokens=step.cached_tokens,
            output_tokens=step.output_tokens,
            reasoning_tokens=step.reasoning_tokens,
            et=step.et,
            input_et=step.input_et,
            output_et=output_et,
            inner_et=step.inner_et,
            money=step.money,
            calls=step.calls,
            calls_without_tokens=step.blank,
            inferred_calls=step.inferred,
            attempts=step.attempts,
            failures=step.failures,
            retry_et=step.retry_et if step.et is not None else None,
            loop_et=step.loop_et if step.et is not None else None,
            models=step.models,
        )


class TraceEdgeWire(Wire):
    """How often an edge was taken and did not fit; `et` is what its target cost when it came over this edge."""

    workflow: str
    source: str
    target: str
    executions: int | None
    mismatches: int | None
    et: float | None
    ok_et: float | None
    mismatch_et: float | None
    reasons: tuple[str, ...]

    @classmethod
    def of(cls, edge: RecordedEdge) -> TraceEdgeWire:
        """An edge on the wire."""
        return cls(
            workflow=edge.workflow,
            source=edge.source,
            target=edge.target,
            executions=edge.executions,
            mismatches=edge.mismatches,
            et=edge.et,
            ok_et=edge.ok_et,
            mismatch_et=edge.mismatch_et,
            reasons=edge.reasons,
        )


class AnomalyWire(Wire):
    """A cost that stands out, and against what."""

    kind: AnomalyKind
    level: Level
    workflow: str | None
    step: str
    edges: tuple[tuple[str, str], ...]
    ratio: float
    executions: int
    runs: tuple[int, ...]
    frame: str

    @classmethod
    def of(cls, one: Anomaly) -> AnomalyWire:
        """An anomaly on the wire."""
        return cls(
            kind=one.kind,
            level=one.level,
            workflow=one.workflow or None,
            step=one.step,
            edges=one.edges,
            ratio=round(one.ratio, 4),
            executions=one.executions,
            runs=one.runs,
            frame=one.frame,
        )


class MissingWire(Wire):
    """A part of a complete trace that is not there; null stands for all runs, or all steps."""

    part: str
    run: int | None
    workflow: str | None
    step: str | None
    reason: str

    @classmethod
    def of(cls, one: MissingPart) -> MissingWire:
        """The same on the wire."""
        return cls(
            part=one.part,
            run=one.run,
            workflow=one.workflow,
            step=one.step,
            reason=one.reason,
        )


class UnattributedWire(Wire):
    """Model calls that no step can be given, and what would help."""

    source: str
    calls: int
    input_tokens: int | None
    output_tokens: int | None
    reason: str

    @classmethod
    def of(cls, one: Unattributed) -> UnattributedWire:
        """The same on the wire."""
        return cls(
            source=one.source,
            calls=one.calls,
            input_tokens=one.input_tokens,
            output_tokens=one.output_tokens,
            reason=one.reason,
        )


class TraceSourceWire(Wire):
    """Who wrote spans, what such spans have and lack."""

    format: str
    version: str | None
    spans: int
    has: tuple[str, ...]
    lacks: tuple[str, ...]

    @classmethod
    def of(cls, one: TraceSource) -> TraceSourceWire:
        """The same on the wire."""
        return cls(
            format=one.format,
            version=one.version,
            spans=one.spans,
            has=one.has,
            lacks=one.lacks,
        )


class TraceRunWire(Wire):
    """One run, by its number in order of start."""

    run: int
    trace: str
    traces: int
    failed: bool
    calls: int
    et: float | None

    @classmethod
    def of(cls, run: RecordedRun) -> TraceRunWire:
        """A run on the wire."""
        return cls(run=run.run, trace=run.trace, traces=run.traces, failed=run.failed, calls=run.calls, et=run.et)


class UnlistedWire(Wire):
    """A step (target null) or edge that runs show and the source graph lacks."""

    workflow: str | None
    source: str
    target: str | None
    evidence: str
    times: int

    @classmethod
    def of(cls, one: Unlisted) -> UnlistedWire:
        """The same on the wire."""
        return cls(
            workflow=one.workflow or None,
            source=one.source,
            target=one.target,
            evidence=one.evidence,
            times=one.times,
        )


class TraceNoticeWire(Wire):
    """Something in a file that could not be read as it should."""

    file: str
    line: int
    message: str


class EstimateWire(Wire):
    """What a step may cost, from its source alone; no tokens of it are recorded."""

    workflow: str
    step: str
    low_et: int
    high_et: int


class TraceDocument(Wire):
    """Everything that recorded runs say; `et` and `money` count each call once, `weights` is how."""

    version: Literal[1] = 1
    steps: tuple[TraceStepWire, ...]
    edges: tuple[TraceEdgeWire, ...]
    anomalies: tuple[AnomalyWire, ...]
    missing: tuple[MissingWire, ...]
    unattributed: tuple[UnattributedWire, ...]
    sources: tuple[TraceSourceWire, ...]
    runs: tuple[TraceRunWire, ...]
    unlisted: tuple[UnlistedWire, ...]
    estimates: tuple[EstimateWire, ...]
    notes: tuple[str, ...]
    notices: tuple[TraceNoticeWire, ...]
    spans: int
    calls: int
    et: float | None
    money: float | None
    weights: dict[str, float]


def write(report: TraceReport) -> str:
    """The document as text."""
    found: Recording = report.recording
    document = TraceDocument(
        steps=tuple(TraceStepWire.of(step) for step in found.steps),
        edges=tuple(TraceEdgeWire.of(edge) for edge in found.edges),
        anomalies=tuple(AnomalyWire.of(one) for one in report.anomalies),
        missing=tuple(MissingWire.of(one) for one in found.missing),
        unattributed=tuple(UnattributedWire.of(one) for one in found.unattributed),
        sources=tuple(TraceSourceWire.of(one) for one in found.sources),
        runs=tuple(TraceRunWire.of(run) for run in found.runs),
        unlisted=tuple(UnlistedWire.of(one) for one in found.unlisted),
        estimates=tuple(
            EstimateWire(workflow=one.workflow, step=one.step, low_et=one.low, high_et=one.high)
            for one in report.estimates
        ),
        notes=found.notes,
        notices=tuple(TraceNoticeWire(file=one.file, line=one.line, message=one.message) for one in report.notices),
        spans=found.spans,
        calls=found.calls,
        et=found.et,
        money=found.money,
        weights={"input": 1.0, "cached": report.weights.cached, "output": report.weights.output},
    )
    return json_text(document, indent=2) + "\n"


def schema() -> str:
    """The JSON Schema of the format."""
    return json.dumps(TraceDocument.model_json_schema(mode="serialization"), indent=2) + "\n"
