"""The file of people's decisions about edges: read strictly, written without losing what people wrote around it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from wflint import atomic
from wflint.analyses.labels.decisions import Decision, Decisions, EdgeName
from wflint.config import parse_toml, refuse_nesting
from wflint.errors import ConfigError
from wflint.model.finding import Coordination
from wflint.model.patterns import pattern

HEADER = """\
# What people have decided about edges. `wflint plan --decide` writes here; edit it as you like.
# A decision counts as long as `contracts` fits what the two steps offer and need.
"""
_TABLE = pattern(r"^[ \t]*\[\[[ \t]*decision[ \t]*\]\][ \t]*(#.*)?$")
_KEY = pattern(r"^[ \t]*([A-Za-z]+)[ \t]*=")


class Verdict(StrEnum):
    """What a person says."""

    STATIC = "static"
    """Settle it once."""
    DYNAMIC = "dynamic"
    """Watch it."""

    @property
    def label(self) -> Coordination:
        """The label that the verdict stands for."""
        return Coordination.STATIC if self is Verdict.STATIC else Coordination.DYNAMIC


class Entry(BaseModel):
    """One decision, as written."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    workflow: str
    source: str
    target: str
    decision: Annotated[Verdict, Field(strict=False)]
    by: str = ""
    reason: str = ""
    contracts: str

    @property
    def edge(self) -> EdgeName:
        return EdgeName(self.workflow, self.source, self.target)

    @classmethod
    def of(cls, decision: Decision) -> Entry:
        """A decision, to be written."""
        edge = decision.edge
        verdict = Verdict.STATIC if decision.verdict is Coordination.STATIC else Verdict.DYNAMIC
        return cls(
            workflow=edge.workflow,
            source=edge.source,
            target=edge.target,
            decision=verdict,
            by=decision.by,
            reason=decision.reason,
            contracts=decision.contracts,
        )

    def lines(self) -> Iterator[tuple[str, str]]:
        """Each key with the line that sets it."""
        for key, value in self.model_dump(mode="json").items():
            yield key, f"{key} = {_quoted(value)}"


class DecisionsFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    decision: Annotated[tuple[Entry, ...], Field(strict=False)] = ()


def read(path: Path) -> Decisions:
    """The decisions in a file; none where there is no file."""
    if not path.is_file():
        return Decisions()
    return Decisions(tuple(_decision(entry) for entry in _entries(_text(path), str(path))))


def record(path: Path, decisions: Iterable[Decision]) -> None:
    """Write decisions into the file, each in place of an earlier one about its edge; all of them or none."""
    text = _text(path) if path.is_file() else HEADER
    for decision in decisions:
        text = _updated(text, Entry.of(decision), str(path))
    _replace(path, text)


def _decision(entry: Entry) -> Decision:
    return Decision(entry.edge, entry.decision.label, entry.by or "somebody", entry.reason, entry.contracts)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", str(path)) from error


def _entries(text: str, source: str) -> tuple[Entry, ...]:
    try:
        document = parse_toml(text)
    except ValueError as error:
        raise ConfigError(f"is not TOML: {error}", source) from error
    refuse_nesting(document, source)
    try:
        entries = DecisionsFile.model_validate(document).decision
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
        raise ConfigError(f"key {key!r}: {first['msg']}", source) from error
    seen: set[EdgeName] = set()
    for number, entry in enumerate(entries, start=1):
        if entry.edge in seen:
            raise ConfigError(f"key 'decision.{number}': a second decision about {entry.edge}", source)
        seen.add(entry.edge)
    return entries


def _updated(text: str, entry: Entry, source: str) -> str:
    """The text with the entry in it; where people's layout cannot be kept, the entries are written afresh."""
    before = _entries(text, source)
    index = next((number for number, known in enumerate(before) if known.edge == entry.edge), None)
    if index is None:
        gap = "" if not text or text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
        after, edited = (*before, entry), text + gap + _block(entry)
    else:
        after = (*before[:index], entry, *before[index + 1 :])
        edited = _edited(text, index, entry)
    fresh = HEADER + "".join("\n" + _block(one) for one in after)
    return edited if _holds(edited, after) else fresh


def _holds(text: str, entries: tuple[Entry, ...]) -> bool:
    try:
        return _entries(text, "") == entries
    except ConfigError:
        return False


def _edited(text: str, index: int, entry: Entry) -> str:
    """The text with the keys of table number `index` set anew; comments and blank lines stay where they are."""
    lines = text.split("\n")
    tables = [number for number, line in enumerate(lines) if _TABLE.match(line)]
    if index >= len(tables):
        return text
    start = tables[index] + 1
    end = tables[index + 1] if index + 1 < len(tables) else len(lines)
    wanted = dict(entry.lines())
    found = {match[1]: number for number in range(start, end) if (match := _KEY.match(lines[number]))}
    for key, line in wanted.items():
        if key in found:
            lines[found[key]] = line
    last = max(found.values(), default=start - 1)
    missing = [line for key, line in wanted.items() if key not in found]
    return "\n".join((*lines[: last + 1], *missing, *lines[last + 1 :]))


def _block(entry: Entry) -> str:
    return "\n".join(("[[decision]]", *(line for _, line in entry.lines()))) + "\n"


def _quoted(value: str) -> str:
    # JSON's escapes are TOML's, but for DEL, which TOML does not take as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _replace(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(path, text.encode("utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot be written: {error}", str(path)) from error
