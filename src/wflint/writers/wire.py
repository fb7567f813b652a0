"""What the JSON formats share, and the questions that writers may ask of an audit."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pydantic import BaseModel, ConfigDict, Field

from wflint.analyses.coverage import Coverage
from wflint.analyses.execution.execution_plan import ExecutionPlan
from wflint.model.finding import Coordination, EdgeLabel
from wflint.model.span import Span
from wflint.model.text import Texts, spot
from wflint.model.workflow import Edge, Workflow

Labels = Callable[[Workflow], Mapping[Edge, EdgeLabel]]
"""The judgement about each edge of a workflow."""
Plans = Callable[[Workflow], ExecutionPlan]
"""When the steps of a workflow run."""


class Wire(BaseModel):
    """Root of what goes over the wire."""

    model_config = ConfigDict(frozen=True, serialize_by_alias=True)


class Location(Wire):
    """A stretch of source: relative posix path, lines and columns from 1, the end exclusive."""

    path: str
    line: int
    column: int
    end_line: int = Field(alias="endLine")
    end_column: int = Field(alias="endColumn")


class CellLocation(Location):
    """A stretch of a notebook: lines count from the top of the cell, and cells from 1, those without code included."""

    cell: int


AnyLocation = CellLocation | Location
"""A place on the wire; the cell is there in notebooks only."""


def location(span: Span, texts: Texts) -> AnyLocation:
    """A span on the wire."""
    found = spot(span, texts)
    path, line, column = found.span.path, found.span.line, found.span.column
    end_line, end_column = found.span.end_line, found.span.end_column
    if found.cell is None:
        return Location(path=path, line=line, column=column, endLine=end_line, endColumn=end_column)
    return CellLocation(path=path, line=line, column=column, endLine=end_line, endColumn=end_column, cell=found.cell)


class CoverageWire(Wire):
    """How much of what the source constructs is recovered: sites, the share of known steps, open edges."""

    sites: int
    recovered: int
    unresolved: int
    steps_known: float
    edges_open: int

    @classmethod
    def of(cls, coverage: Coverage) -> CoverageWire:
        """A coverage on the wire."""
        return cls(
            sites=coverage.sites,
            recovered=coverage.recovered,
            unresolved=coverage.unresolved,
            steps_known=round(coverage.steps_known, 4),
            edges_open=coverage.edges_open,
        )


class ReasonWire(Wire):
    """A named feature that moved a judgement, with its weight in log-odds."""

    feature: str
    weight: float
    text: str


class EvidenceWire(Wire):
    """What recorded runs say about an edge."""

    executions: int
    mismatches: int


class CoordinationWire(Wire):
    """How an edge should be coordinated, and why."""

    label: Coordination
    p_mismatch: float
    threshold: float
    confidence: float
    reasons: tuple[ReasonWire, ...]
    evidence: EvidenceWire

    @classmethod
    def of(cls, label: EdgeLabel) -> CoordinationWire:
        """The judgement on the wire, rounded to what it is worth."""
        return cls(
            label=label.label,
            p_mismatch=round(label.p_mismatch, 4),
            threshold=round(label.threshold, 4),
            confidence=round(label.confidence, 4),
            reasons=tuple(
                ReasonWire(feature=reason.feature, weight=round(reason.weight, 4), text=reason.text)
                for reason in label.reasons
            ),
            evidence=EvidenceWire(executions=label.executions, mismatches=label.mismatches),
        )
