"""Findings for programs, version 1. Field names may be added, never changed within a version."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal

from wflint.analyses.coverage import coverage_of, coverage_of_workflow
from wflint.engine.json_text import json_text
from wflint.engine.known import Known
from wflint.model.finding import Confidence, Finding, Level, Persona, Related, Standing
from wflint.model.fix import Patch
from wflint.model.program import Notice, Program
from wflint.model.text import Texts
from wflint.writers.wire import AnyLocation, CoordinationWire, CoverageWire, ReasonWire, Wire, location


class RelatedWire(Wire):
    """Another place that a finding is about."""

    phrase: str
    location: AnyLocation


class EdgeRefWire(Wire):
    """The two ends of an edge."""

    source: str
    target: str


class EditWire(Wire):
    """A stretch of a file and the text that replaces it."""

    location: AnyLocation
    text: str


class FixWire(Wire):
    """A way to fix a finding: all of its edits, or none. What is not safe may change what a program does."""

    title: str
    safe: bool
    edits: tuple[EditWire, ...]

    @classmethod
    def of(cls, patch: Patch, texts: Texts) -> FixWire:
        """A patch on the wire."""
        edits = (EditWire(location=location(edit.span, texts), text=edit.text) for edit in patch.edits)
        return cls(title=patch.title, safe=patch.safe, edits=tuple(edits))


class FindingWire(Wire):
    """A finding; `coordination` is there where it labels an edge, `standing` where findings were compared."""

    code: str
    name: str
    level: Level
    confidence: Confidence
    persona: Persona
    message: str
    location: AnyLocation
    workflow: str | None
    step: str | None
    edge: EdgeRefWire | None
    related: tuple[RelatedWire, ...]
    path: tuple[RelatedWire, ...]
    reasons: tuple[ReasonWire, ...]
    coordination: CoordinationWire | None
    fingerprint: str
    standing: Standing | None
    fix: FixWire | None


class KnownWire(Wire):
    """A finding that was known and is gone."""

    fingerprint: str
    code: str
    name: str
    level: Level
    path: str
    workflow: str | None
    message: str

    @classmethod
    def of(cls, known: Known) -> KnownWire:
        """What is remembered, on the wire."""
        return cls(
            fingerprint=known.fingerprint,
            code=known.code,
            name=known.name,
            level=known.level,
            path=known.path,
            workflow=known.workflow,
            message=known.message,
        )


class NoticeWire(Wire):
    """Something about an input that a reader should know although the run went on."""

    message: str
    location: AnyLocation


class WorkflowCoverageWire(Wire):
    """The coverage of one workflow."""

    id: str
    coverage: CoverageWire


class CheckDocument(Wire):
    """What a run found, in order of place."""

    version: Literal[1] = 1
    findings: tuple[FindingWire, ...]
    fixed: tuple[KnownWire, ...]
    notices: tuple[NoticeWire, ...]
    coverage: CoverageWire
    workflows: tuple[WorkflowCoverageWire, ...]


def write(findings: Iterable[Finding], program: Program, texts: Texts, fixed: Iterable[Known] = ()) -> str:
    """The document as text; `fixed` are findings that were known and are gone."""
    document = CheckDocument(
        findings=tuple(finding_wire(finding, texts) for finding in findings),
        fixed=tuple(KnownWire.of(known) for known in fixed),
        notices=tuple(notice_wire(each, texts) for each in program.notices),
        coverage=CoverageWire.of(coverage_of(program)),
        workflows=tuple(
            WorkflowCoverageWire(id=flow.id, coverage=CoverageWire.of(coverage_of_workflow(program, flow)))
            for flow in sorted(program.workflows, key=lambda flow: flow.id)
        ),
    )
    return json_text(document, indent=2) + "\n"


def schema() -> str:
    """The JSON Schema of the format."""
    return json.dumps(CheckDocument.model_json_schema(mode="serialization"), indent=2) + "\n"


def notice_wire(notice: Notice, texts: Texts) -> NoticeWire:
    """A notice on the wire."""
    return NoticeWire(message=notice.message, location=location(notice.span, texts))


def finding_wire(finding: Finding, texts: Texts) -> FindingWire:
    """A finding on the wire."""
    seen = finding.observation
    return FindingWire(
        code=finding.code,
        name=finding.name,
        level=finding.level,
        confidence=finding.confidence,
        persona=finding.persona,
        message=seen.message,
        location=location(seen.span, texts),
        workflow=finding.workflow,
        step=seen.step,
        edge=EdgeRefWire(source=seen.edge[0], target=seen.edge[1]) if seen.edge else None,
        related=tuple(_related(item, texts) for item in seen.related),
        path=tuple(_related(item, texts) for item in seen.path),
        reasons=tuple(
            ReasonWire(feature=reason.feature, weight=round(reason.weight, 4), text=reason.text)
            for reason in seen.reasons
        ),
        coordination=CoordinationWire.of(seen.label) if seen.label else None,
        fingerprint=finding.fingerprint,
        standing=finding.standing,
        fix=FixWire.of(finding.patch, texts) if finding.patch is not None else None,
    )


def _related(related: Related, texts: Texts) -> RelatedWire:
    return RelatedWire(phrase=related.phrase, location=location(related.span, texts))
