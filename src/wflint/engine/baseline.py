"""The file of a baseline: findings that a team has looked at and lives with for now."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from wflint import atomic
from wflint.engine.json_text import json_text
from wflint.engine.known import Known
from wflint.errors import ConfigError
from wflint.model.finding import Level, Persona

_LARGEST = 100_000_000
"""Bytes of a file that are read."""


class Entry(BaseModel):
    """A finding in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    fingerprint: Annotated[str, Field(pattern=r"^[0-9a-f]{8,64}$")]
    code: str
    name: str
    level: Annotated[Level, Field(strict=False)]
    persona: Annotated[Persona, Field(strict=False)]
    path: str
    workflow: str | None
    message: str


class Document(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    version: Literal[1]
    findings: Annotated[tuple[Entry, ...], Field(strict=False)]


def read(path: Path) -> tuple[Known, ...]:
    """The findings of a baseline; a file that is none is an error that names it."""
    try:
        if not path.is_file():
            raise ConfigError("there is no such baseline; `wflint baseline` writes one", str(path))
        with path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise ConfigError("is too large for a baseline", str(path))
        document = Document.model_validate(json.loads(data.decode("utf-8-sig")))
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror or error}", str(path)) from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        where = (
            f"key {key!r}: {first['msg']}" if key else "an object with the keys 'version' and 'findings' is expected"
        )
        raise ConfigError(f"is no baseline: {where}", str(path)) from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"is no baseline: {error}", str(path)) from error
    return tuple(Known(**dict(entry)) for entry in document.findings)


def write(path: Path, known: Iterable[Known]) -> None:
    """Write a baseline: sorted, a finding a line, so that two people's changes to it can be merged."""
    entries = sorted({each.fingerprint: each for each in known}.values(), key=_order)
    lines = ",\n".join(f"  {json_text(_entry(each))}" for each in entries)
    text = f'{{"version": 1, "findings": [\n{lines}\n]}}\n' if lines else '{"version": 1, "findings": []}\n'
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(path, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise ConfigError(f"cannot be written: {error.strerror or error}", str(path)) from error


def _entry(known: Known) -> Entry:
    return Entry(
        fingerprint=known.fingerprint,
        code=known.code,
        name=known.name,
        level=known.level,
        persona=known.persona,
        path=known.path.encode("utf-8", "backslashreplace").decode("utf-8"),
        workflow=known.workflow,
        message=known.message.encode("utf-8", "backslashreplace").decode("utf-8"),
    )


def _order(known: Known) -> tuple[str, str, str, str]:
    return known.path, known.code, known.workflow or "", known.fingerprint
