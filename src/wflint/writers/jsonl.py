"""Findings as JSON lines: what the JSON format holds, an object a line, for programs that read as they go."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from wflint.analyses.coverage import coverage_of
from wflint.engine.json_text import json_text
from wflint.engine.known import Known
from wflint.model.finding import Finding
from wflint.model.program import Program
from wflint.model.text import Texts
from wflint.writers.check_json import FindingWire, KnownWire, NoticeWire, finding_wire, notice_wire
from wflint.writers.wire import CoverageWire, Wire


class FindingLine(Wire):
    """A finding."""

    kind: Literal["finding"] = "finding"
    finding: FindingWire


class NoticeLine(Wire):
    """Something about an input."""

    kind: Literal["notice"] = "notice"
    notice: NoticeWire


class FixedLine(Wire):
    """A finding that was known and is gone."""

    kind: Literal["fixed"] = "fixed"
    fixed: KnownWire


class EndLine(Wire):
    """The last line: whoever has read it has read everything."""

    kind: Literal["end"] = "end"
    version: Literal[1] = 1
    findings: int
    coverage: CoverageWire


Line = FindingLine | FixedLine | NoticeLine | EndLine
_LINE: TypeAdapter[Line] = TypeAdapter(Annotated[Line, Field(discriminator="kind")])


def write(findings: Iterable[Finding], program: Program, texts: Texts, fixed: Iterable[Known] = ()) -> str:
    """The lines as text."""
    return "".join(json_text(line) + "\n" for line in _lines(tuple(findings), program, texts, fixed))


def schema() -> str:
    """The JSON Schema of a line."""
    return json.dumps(_LINE.json_schema(mode="serialization"), indent=2) + "\n"


def _lines(findings: tuple[Finding, ...], program: Program, texts: Texts, fixed: Iterable[Known]) -> Iterator[Line]:
    yield from (FindingLine(finding=finding_wire(finding, texts)) for finding in findings)
    yield from (FixedLine(fixed=KnownWire.of(known)) for known in fixed)
    yield from (NoticeLine(notice=notice_wire(notice, texts)) for notice in program.notices)
    yield EndLine(findings=len(findings), coverage=CoverageWire.of(coverage_of(program)))
