"""Labelled edges, one JSON object a line: what calibration is fitted to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from wflint.analyses.labels.decisions import EdgeName
from wflint.errors import UsageError


class Counted(BaseModel):
    """Recorded runs: `n` of them, `k` of them bad."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    n: Annotated[int, Field(ge=0, le=1_000_000_000)]
    k: Annotated[int, Field(ge=0)]

    @model_validator(mode="after")
    def _part_of_whole(self) -> Counted:
        if self.k > self.n:
            raise ValueError("k is more than n")
        return self


class Row(BaseModel):
    """A line."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    workflow: str
    source: str
    target: str
    mismatch: bool | Counted


class LabelledEdge(Struct, frozen=True):
    """What a line says, and which line it is."""

    edge: EdgeName
    executions: int
    mismatches: int
    line: int


def read(path: Path) -> tuple[LabelledEdge, ...]:
    """All lines of a file; the first that cannot be read is an error that names it."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
    lines = enumerate(text.split("\n"), start=1)
    return tuple(_labelled(line, number, path) for number, line in lines if line.strip())


def _labelled(line: str, number: int, path: Path) -> LabelledEdge:
    try:
        row = Row.model_validate(json.loads(line))
    except (json.JSONDecodeError, RecursionError) as error:
        raise UsageError(f"{path}:{number}: not JSON: {error}") from error
    except ValidationError as error:
        raise UsageError(f"{path}:{number}: {_explain(error)}") from error
    edge = EdgeName(row.workflow, row.source, row.target)
    if isinstance(row.mismatch, Counted):
        return LabelledEdge(edge, row.mismatch.n, row.mismatch.k, number)
    return LabelledEdge(edge, 1, int(row.mismatch), number)


def _explain(error: ValidationError) -> str:
    """The first error; of the two forms that `mismatch` may have, what is wrong with the one that was meant."""
    first, *others = error.errors()
    if isinstance(first["input"], dict) and first["loc"][:1] == ("mismatch",):
        first = next(iter(others), first)
    known = {*Row.model_fields, *Counted.model_fields}
    key = ".".join(str(part) for part in first["loc"] if part in known)
    return f"{key}: {first['msg']}" if key else "a line is an object with the keys " + ", ".join(Row.model_fields)
