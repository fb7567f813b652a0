"""The records of the report, version 1. Field names may be added, never changed within a version.

Everything that a page shows is in here; a figure that is not known is null, never 0.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Literal

from wflint.engine.json_text import json_text
from wflint.model.finding import Confidence, Level, Standing
from wflint.writers.execution_wire import CostWire, LoadWire
from wflint.writers.graph_json import UnresolvedWire, WorkflowWire
from wflint.writers.trace_json import AnomalyWire, MissingWire, TraceSourceWire, UnattributedWire, UnlistedWire
from wflint.writers.wire import AnyLocation, CoverageWire, Wire


class Health(StrEnum):
    """The verdict in a word."""

    EMPTY = "empty"
    """There is no workflow."""
    UNKNOWN = "unknown"
    """There are workflows, and none of them could be recovered."""
    BROKEN = "broken"
    """There are errors."""
    ATTENTION = "attention"
    """There are warnings."""
    HEALTHY = "healthy"
    """Neither."""


class ActionKind(StrEnum):
    """What an action is about."""

    FINDING = "finding"
    """Something is wrong."""
    COVERAGE = "coverage"
    """Something could not be resolved."""
    WATCH = "watch"
    """An edge should be watched at run time."""
    RECORD = "record"
    """Only recorded runs can tell whether edges fit."""
    PARALLEL = "parallel"
    """Steps could run at the same time."""
    SPLIT = "split"
    """A workflow is too much for one orchestrator."""


class VerdictWire(Wire):
    """The verdict: in a word, and in a few sentences."""

    health: Health
    sentences: tuple[str, ...]


class ActionWire(Wire):
    """One of the things to do first: what, why, where, and what it saves. `times` are so many places of the kind."""

    kind: ActionKind
    what: str
    why: str
    location: AnyLocation | None
    workflow: str | None
    step: str | None
    edge: tuple[str, str] | None
    rule: str | None
    times: int
    saves: str


class InTestsWire(Wire):
    """What is in tests, where workflows are broken on purpose."""

    workflows: int
    errors: int
    warnings: int


class TotalsWire(Wire):
    """How much there is; a check helps `checkable_edges` of the `dynamic_edges`.

    `mismatched_edges` are others at which recorded executions did not fit.
    `in_tests` is how much of it is in tests, null where there is nothing in them or nothing else.
    """

    workflows: int
    steps: int
    edges: int
    dynamic_edges: int
    checkable_edges: int = 0
    mismatched_edges: int = 0
    errors: int
    warnings: int
    notes: int
    files: int = 0
    in_tests: InTestsWire | None = None


class WeightsWire(Wire):
    """What a token counts in effective tokens: an input token of a model without a factor, one of the cache, output."""

    input: float = 1.0
    cached: float
    output: float


class FindingWire(Wire):
    """A finding; `standing` is null where no earlier report was given."""

    fingerprint: str
    rule: str
    name: str
    level: Level
    confidence: Confidence
    message: str
    location: AnyLocation
    workflow: str | None
    step: str | None
    edge: tuple[str, str] | None
    standing: Standing | None


class EdgeFiguresWire(Wire):
    """What an edge costs and what to do about it, in the order of the graph's edges.

    `target` is what the step at its end costs, `loss` what mismatches cost on average where nobody watches, `saves`
    what watching saves (negative where it costs more), all for one run; `advice` is the plan in short. `executions`
    and `et` are recorded. `checkable` is false where no check is left that would help.
    """

    target: CostWire
    loss: float
    saves: float
    advice: str
    checkable: bool
    executions: int | None
    mismatches: int | None
    et: float | None

    @property
    def says_what_to_do(self) -> bool:
        """Whether there is something to check, or recorded executions to look at."""
        return self.checkable or bool(self.mismatches)


class LineWire(Wire):
    """A line of the source that a step or an edge comes from, cut where it is long; `cell` of a notebook."""

    path: str
    cell: int | None
    line: int
    text: str


class StepCostWire(Wire):
    """What one execution of a step costs."""

    step: str
    cost: CostWire


class ContractsWire(Wire):
    """How whole the contracts are: fields with a type or a description, needs that always find a value, checks.

    `symmetric` are so many of `steps` that say what they need and what they offer.
    """

    offers: int
    offers_declared: int
    needs: int
    needs_declared: int
    consumers: int
    consumers_supplied: int
    consumers_missing: int
    offers_checked: int
    steps: int
    symmetric: int


class ReportWorkflowWire(Wire):
    """A workflow with all that is known about it; `depth` and `children` place it among the others.

    `title` is its name, with its place where several workflows have the same name. `steps` are so many besides the ends
    of a run.
    """

    title: str
    graph: WorkflowWire
    steps: int
    depth: int
    children: tuple[str, ...]
    load: LoadWire
    contracts: ContractsWire
    costs: tuple[StepCostWire, ...]
    edges: tuple[EdgeFiguresWire, ...]
    findings: tuple[str, ...]
    lines: tuple[LineWire, ...]


class RiskWire(Wire):
    """An edge that is likely to cost something: its place in `workflows` and in the edges of that graph."""

    workflow: int
    edge: int
    p: float
    loss: float


class PlacedStepWire(Wire):
    """A step of a workflow, with its place."""

    workflow: str
    step: str
    location: AnyLocation


class DuplicateWire(Wire):
    """Steps that probably do the same work: who feeds them, and who would take the shared output."""

    fingerprint: str
    message: str
    steps: tuple[PlacedStepWire, ...]
    feeders: tuple[str, ...]
    users: tuple[str, ...]


class PartWire(Wire):
    """A part of a complete trace and how often it is missing."""

    part: str
    missing: int


class TracesWire(Wire):
    """What recorded runs say."""

    runs: int
    calls: int
    spans: int
    et: float | None
    money: float | None
    parts: tuple[PartWire, ...]
    missing: tuple[MissingWire, ...]
    anomalies: tuple[AnomalyWire, ...]
    unattributed: tuple[UnattributedWire, ...]
    unlisted: tuple[UnlistedWire, ...]
    sources: tuple[TraceSourceWire, ...]


class NoticeWire(Wire):
    """Something about an input that the reader should know."""

    message: str
    location: AnyLocation


class EarlierFindingWire(Wire):
    """A finding of an earlier report."""

    fingerprint: str
    rule: str
    message: str


class ComparisonWire(Wire):
    """What has changed since an earlier report; `fixed` are findings that are gone, as they were told then."""

    introduced: int
    existing: int
    fixed: tuple[EarlierFindingWire, ...]
    before: TotalsWire


class EarlierReport(Wire):
    """What is read of an earlier report."""

    version: Literal[1]
    totals: TotalsWire
    findings: tuple[EarlierFindingWire, ...]


class ReportDocument(Wire):
    """The report."""

    version: Literal[1] = 1
    wflint: str
    verdict: VerdictWire
    actions: tuple[ActionWire, ...]
    totals: TotalsWire
    weights: WeightsWire
    coverage: CoverageWire
    findings: tuple[FindingWire, ...]
    workflows: tuple[ReportWorkflowWire, ...]
    risks: tuple[RiskWire, ...]
    duplicates: tuple[DuplicateWire, ...]
    unresolved: tuple[UnresolvedWire, ...]
    notices: tuple[NoticeWire, ...]
    traces: TracesWire | None
    comparison: ComparisonWire | None


def write(document: ReportDocument) -> str:
    """The report as JSON."""
    return json_text(document, indent=2) + "\n"


def plain(record: Wire) -> object:
    """A record as what JSON is made of; pydantic's own JSON cannot hold halves of surrogate pairs."""
    return record.model_dump(mode="json")


def schema() -> str:
    """The JSON Schema of the format."""
    return json.dumps(ReportDocument.model_json_schema(mode="serialization"), indent=2) + "\n"
