"""What the JSON formats share, and the two questions that writers may ask of an audit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from wflint.model.finding import Coordination, EdgeLabel
from wflint.model.span import Span
from wflint.model.workflow import Edge, Workflow

Texts = Callable[[str], str]
"""The text of a source by its path in the output; empty where it cannot be read any more."""

Labels = Callable[[Workflow], Mapping[Edge, EdgeLabel]]
"""The judgement about each edge of a workflow."""


class EdgeResults(StrEnum):
    """Which labels of edges become results of their own in SARIF."""

    ALL = "all"
    """Every edge's."""
    DYNAMIC = "dynamic"
    """Those of edges that should be watched."""
    NONE = "none"
    """None: the graphs of the run still carry them."""


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

    @classmethod
    def of(cls, span: Span) -> Location:
        """The place on the wire."""
        return cls(
            path=span.path,
            line=span.line,
            column=span.column,
            endLine=span.end_line,
            endColumn=span.end_column,
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
