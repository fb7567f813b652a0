"""The wire format of `wflint match`: pairs and answers as JSON, a line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar, assert_never

import msgspec
from msgspec import Struct

from wflint.errors import UsageError
from wflint.matching.matcher import Matcher
from wflint.matching.scorer import Job, Match
from wflint.matching.subjects import FieldText, StepText

SubjectT = TypeVar("SubjectT", FieldText, StepText)
RowT = TypeVar("RowT")


class Row(Struct, Generic[SubjectT], frozen=True):
    """Two things to compare."""

    one: SubjectT
    other: SubjectT


class _Field(Struct, frozen=True):
    name: str
    type: str | None = ""
    description: str | None = ""
    prompt: str | None = ""

    def text(self) -> FieldText:
        return FieldText(self.name, self.type or "", self.description or "", self.prompt or "")


class _FieldPair(Struct, frozen=True):
    upstream: _Field
    downstream: _Field


class _Step(Struct, frozen=True):
    name: str
    doc: str | None = ""
    tools: tuple[str, ...] | None = ()
    inputs: tuple[_Field, ...] | None = ()
    outputs: tuple[_Field, ...] | None = ()

    def text(self) -> StepText:
        return StepText(
            self.name,
            self.doc or "",
            self.tools or (),
            tuple(field.text() for field in self.inputs or ()),
            tuple(field.text() for field in self.outputs or ()),
        )


class _StepPair(Struct, frozen=True):
    a: _Step
    b: _Step


class _Reason(Struct, frozen=True):
    feature: str
    text: str
    weight: float


class _Answer(Struct, frozen=True):
    similarity: float
    match: bool
    reasons: list[_Reason]


def parse_fields(line: bytes | str, number: int) -> Row[FieldText]:
    """`{"upstream": {...}, "downstream": {...}}`; `number` is the line's, for the error."""
    pair = _decode(line, _FieldPair, number)
    return Row(pair.upstream.text(), pair.downstream.text())


def parse_steps(line: bytes | str, number: int) -> Row[StepText]:
    """`{"a": {...}, "b": {...}}`; `number` is the line's, for the error."""
    pair = _decode(line, _StepPair, number)
    return Row(pair.a.text(), pair.b.text())


def answer(data: bytes, job: Job, encoder: str) -> str:
    """The answers to all pairs, a line each; all lines are read before the first pair is compared."""
    match job:
        case Job.FIELDS:
            fields = [parse_fields(line, number) for line, number in numbered(data)]
            found = Matcher(encoder).compare_fields([(row.one, row.other) for row in fields])
        case Job.STEPS:
            steps = [parse_steps(line, number) for line, number in numbered(data)]
            found = Matcher(encoder).compare_steps([(row.one, row.other) for row in steps])
        case _:
            assert_never(job)
    return "".join(f"{_encode(match)}\n" for match in found)


def _encode(match: Match) -> str:
    reasons = [_Reason(reason.feature, reason.text, reason.weight) for reason in match.reasons]
    return msgspec.json.encode(_Answer(match.similarity, match.is_called_match, reasons)).decode()


def numbered(data: bytes) -> Iterator[tuple[bytes, int]]:
    """The lines that hold something, with their numbers from 1."""
    lines: Iterable[bytes] = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return ((line, number) for number, line in enumerate(lines, 1) if line.strip())


def _decode(line: bytes | str, kind: type[RowT], number: int) -> RowT:
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"line {number} of standard input is not a pair: {error}") from error
