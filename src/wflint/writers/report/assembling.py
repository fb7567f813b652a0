"""Makes the records of the report from an audit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from wflint import __version__
from wflint.analyses.coverage import coverage_of
from wflint.analyses.execution.hierarchy import hierarchy_of
from wflint.model.finding import Finding, Level, Standing
from wflint.model.recorded import Recording
from wflint.model.workflow import END, START, Step, Workflow
from wflint.traces.analysis.completeness import Part
from wflint.writers.graph_json import EdgeWire, all_unresolved
from wflint.writers.report.actions import actions
from wflint.writers.report.document import (
    ComparisonWire,
    DuplicateWire,
    EdgeFiguresWire,
    FindingWire,
    InTestsWire,
    NoticeWire,
    PartWire,
    PlacedStepWire,
    ReportDocument,
    ReportWorkflowWire,
    RiskWire,
    TotalsWire,
    TracesWire,
    WeightsWire,
)
from wflint.writers.report.sheet import ReportSheet
from wflint.writers.report.verdict import verdict
from wflint.writers.report.workflows import report_workflow
from wflint.writers.trace_json import AnomalyWire, MissingWire, TraceSourceWire, UnattributedWire, UnlistedWire
from wflint.writers.wire import CoverageWire, location

MOST_RISKS = 50
DUPLICATES = "WF201"


def assemble(sheet: ReportSheet) -> ReportDocument:
    """The whole report."""
    coverage = coverage_of(sheet.program)
    workflows = tuple(_workflows(sheet))
    totals = _totals(sheet, workflows)
    return ReportDocument(
        wflint=__version__,
        verdict=verdict(totals, coverage),
        actions=actions(sheet),
        totals=totals,
        weights=WeightsWire(cached=sheet.weights.cached, output=sheet.weights.output),
        coverage=CoverageWire.of(coverage),
        findings=tuple(_finding(finding, sheet) for finding in sheet.findings),
        workflows=workflows,
        risks=_risks(workflows),
        duplicates=tuple(_duplicate(one, sheet) for one in sheet.findings if one.code == DUPLICATES),
        unresolved=all_unresolved(sheet.program.unresolved, sheet.texts),
        notices=tuple(
            NoticeWire(message=notice.message, location=location(notice.span, sheet.texts))
            for notice in sheet.program.notices
        ),
        traces=_traces(sheet.recording, sheet) if sheet.recording is not None else None,
        comparison=_comparison(sheet),
    )


def _workflows(sheet: ReportSheet) -> Iterator[ReportWorkflowWire]:
    by_workflow: dict[str | None, list[Finding]] = {}
    for finding in sheet.findings:
        by_workflow.setdefault(finding.workflow, []).append(finding)
    for place in hierarchy_of(sheet.program):
        yield report_workflow(place, sheet, by_workflow.get(place.workflow, ()))


def _totals(sheet: ReportSheet, workflows: tuple[ReportWorkflowWire, ...]) -> TotalsWire:
    levels = Counter(finding.level for finding in sheet.findings)
    watched = [figures for one in workflows for edge, figures in _edges(one) if edge.is_dynamic]
    return TotalsWire(
        workflows=len(workflows),
        steps=sum(one.steps for one in workflows),
        edges=sum(one.load.edges for one in workflows),
        dynamic_edges=sum(one.load.dynamic_edges for one in workflows),
        checkable_edges=sum(figures.checkable for figures in watched),
        mismatched_edges=sum(figures.says_what_to_do and not figures.checkable for figures in watched),
        errors=levels[Level.ERROR],
        warnings=levels[Level.WARNING],
        notes=levels[Level.NOTE],
        files=sheet.files,
        in_tests=_in_tests(sheet),
    )


def _in_tests(sheet: ReportSheet) -> InTestsWire | None:
    """What is in tests."""
    levels = Counter(finding.level for finding in sheet.findings if sheet.is_test(finding.span.path))
    flows = sum(sheet.is_test(flow.span.path) for flow in sheet.program.workflows)
    if not flows and not levels:
        return None
    return InTestsWire(workflows=flows, errors=levels[Level.ERROR], warnings=levels[Level.WARNING])


def _finding(finding: Finding, sheet: ReportSheet) -> FindingWire:
    known = {one.fingerprint for one in sheet.earlier.findings} if sheet.earlier is not None else None
    standing = Standing.EXISTING if known and finding.fingerprint in known else Standing.INTRODUCED
    return FindingWire(
        fingerprint=finding.fingerprint,
        rule=finding.code,
        name=finding.name,
        level=finding.level,
        confidence=finding.confidence,
        message=finding.message,
        location=location(finding.span, sheet.texts),
        workflow=finding.workflow,
        step=finding.observation.step,
        edge=finding.observation.edge,
        standing=standing if known is not None else None,
    )


def _comparison(sheet: ReportSheet) -> ComparisonWire | None:
    if sheet.earlier is None:
        return None
    now = {finding.fingerprint for finding in sheet.findings}
    before = {finding.fingerprint for finding in sheet.earlier.findings}
    return ComparisonWire(
        introduced=len(now - before),
        existing=len(now & before),
        fixed=tuple(finding for finding in sheet.earlier.findings if finding.fingerprint not in now),
        before=sheet.earlier.totals,
    )


def _risks(workflows: tuple[ReportWorkflowWire, ...]) -> tuple[RiskWire, ...]:
    """The edges to watch: those that say what to do, the greatest loss first, before the others."""
    found = [
        RiskWire(workflow=number, edge=place, p=edge.coordination.p_mismatch, loss=figures.loss)
        for number, one in enumerate(workflows)
        for place, (edge, figures) in enumerate(_edges(one))
        if edge.coordination is not None and edge.is_dynamic
    ]
    ranked = sorted(found, key=lambda risk: (not _figures(risk, workflows).says_what_to_do, -risk.loss))
    return tuple(ranked[:MOST_RISKS])


def _edges(one: ReportWorkflowWire) -> Iterator[tuple[EdgeWire, EdgeFiguresWire]]:
    return zip(one.graph.edges, one.edges, strict=True)


def _figures(risk: RiskWire, workflows: tuple[ReportWorkflowWire, ...]) -> EdgeFiguresWire:
    return workflows[risk.workflow].edges[risk.edge]


def _duplicate(finding: Finding, sheet: ReportSheet) -> DuplicateWire:
    spans = (finding.span, *(related.span for related in finding.observation.related))
    placed = [pair for span in spans for pair in _steps_at(span, sheet.program.workflows)]
    return DuplicateWire(
        fingerprint=finding.fingerprint,
        message=finding.message,
        steps=tuple(
            PlacedStepWire(workflow=flow.id, step=step.id, location=location(step.definition or step.span, sheet.texts))
            for flow, step in placed
        ),
        feeders=_around(placed, into=True),
        users=_around(placed, into=False),
    )


def _steps_at(span: object, workflows: Iterable[Workflow]) -> Iterator[tuple[Workflow, Step]]:
    for flow in workflows:
        for step in flow.steps:
            if span == (step.definition or step.span) and step.id not in (START, END):
                yield flow, step


def _around(placed: list[tuple[Workflow, Step]], *, into: bool) -> tuple[str, ...]:
    """The steps before, or after, any of these."""
    own = {step.id for _, step in placed}
    names: dict[str, None] = {}
    for flow, step in placed:
        edges = flow.index.edges_into(step.id) if into else flow.index.edges_from(step.id)
        names.update(dict.fromkeys(edge.source if into else edge.target for edge in edges))
    return tuple(name for name in names if name not in own and name not in (START, END))


def _traces(found: Recording, sheet: ReportSheet) -> TracesWire:
    missing = Counter(one.part for one in found.missing)
    anomalies = [one for flow in sheet.program.workflows for one in sheet.facts.of(flow).anomalies]
    return TracesWire(
        runs=len(found.runs),
        calls=found.calls,
        spans=found.spans,
        et=found.et,
        money=found.money,
        parts=tuple(PartWire(part=part, missing=missing[part]) for part in Part),
        missing=tuple(MissingWire.of(one) for one in found.missing),
        anomalies=tuple(AnomalyWire.of(one) for one in anomalies),
        unattributed=tuple(UnattributedWire.of(one) for one in found.unattributed),
        unlisted=tuple(UnlistedWire.of(one) for one in found.unlisted),
        sources=tuple(TraceSourceWire.of(one) for one in found.sources),
    )
