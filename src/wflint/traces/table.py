"""One table of spans: a row of fixed width each, and pools for what repeats.

A gigabyte of traces has some half a million spans. As objects they would not fit the memory that is allowed, as rows of
a hundred bytes they do; and what joins, counts and sums are made of is done by column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import astuple, replace

from wflint.traces.columns import empty_rows, hashed, rows_of
from wflint.traces.draft import Draft

if TYPE_CHECKING:
    from wflint.traces.columns import Rows

_WAITING = 256
"""So many drafts become rows at once; more of them do not fit into the caches of a processor."""
_MOST_TEXTS = 1 << 20
"""So many different texts are told apart in a pool; later ones are left out."""
LONGEST_TEXT = 200
"""Longer texts are cut."""
_VARYING = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_UUID = 36
_HEX = re.compile(r"[0-9A-Fa-f-]{32,36}")
_MOST_TRACES = 2**32 - 1
POOLED = ("target", "origin", "error", "keys", "session")


class Identity(Struct, frozen=True):
    """What spans of one kind have in common; a trace has few of them, however long it is."""

    source: str
    kind: int
    name: str
    step: str
    agent: str
    workflow: str
    model: str
    tool: str
    path: str


class Pool:
    """Texts by number; 0 is the empty text."""

    def __init__(self, most: int = _MOST_TEXTS) -> None:
        self._most = most
        self.texts: list[str] = [""]
        self._numbers: dict[str, int] = {"": 0}

    def number(self, text: str) -> int:
        """The number of a text, 0 where there are too many texts."""
        found = self._numbers.get(text)
        if found is None:
            if len(self.texts) >= self._most:
                return 0
            found = self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return found


class TracePool(Pool):
    """Ids of traces by number, whatever the case of their digits."""

    def number(self, text: str) -> int:
        """The number of an id."""
        found = self._numbers.get(text)
        if found is None:
            plain = text.lower() if _HEX.fullmatch(text) else text
            found = self._numbers[text] = super().number(plain)
        return found


class TableParts(Struct, frozen=True):
    """A table as plain values."""

    rows: Rows
    traces: list[str]
    texts: list[str]
    identities: list[Identity]
    links: list[tuple[int, int]]
    definitions: list[tuple[str, tuple[str, ...], tuple[str, ...]]]


class SpanTable(Struct):
    """All spans of a reading, and the links between them (a span and the one it points to)."""

    traces: TracePool = field(default_factory=lambda: TracePool(_MOST_TRACES))
    texts: Pool = field(default_factory=Pool)
    identities: list[Identity] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)
    definitions: dict[tuple[str, tuple[str, ...], tuple[str, ...]], None] = field(default_factory=dict)
    """Workflows that are written down whole: name, steps, edges."""
    rows: int = 0
    _numbers: dict[tuple[str | int, ...], int] = field(default_factory=dict)
    _full: list[Rows] = field(default_factory=list)
    _waiting: list[Draft] = field(default_factory=list)

    def add(self, draft: Draft) -> None:
        """Append a span, and before it the calls that are written inside of it."""
        for inner in draft.inner:
            inner.source, inner.line = draft.source, draft.line
            self.add(inner)
        self._waiting.append(draft)
        self.rows += 1
        if len(self._waiting) >= _WAITING:
            self._pack()

    def extend(self, rows: Rows) -> None:
        """Append rows whose texts are in the pools."""
        self._pack()
        rows["file"] = len(self.files) - 1
        self._full.append(rows)
        self.rows += len(rows)

    def begin_file(self, name: str) -> None:
        """What is added from here on is from the file of this name."""
        self._pack()
        self.files.append(name)

    def _pack(self) -> None:
        """Make rows of what waits."""
        drafts, self._waiting = self._waiting, []
        if not drafts:
            return
        number = self.texts.number
        rows = rows_of(drafts)
        rows["file"] = len(self.files) - 1
        rows["trace"] = [self.traces.number(one.trace) for one in drafts]
        rows["identity"] = [self._identity(one) for one in drafts]
        rows["target"] = [number(one.target[:LONGEST_TEXT]) if one.target else 0 for one in drafts]
        rows["origin"] = [number(one.origin[:LONGEST_TEXT]) if one.origin else 0 for one in drafts]
        rows["error"] = [number(one.error[:LONGEST_TEXT]) if one.error else 0 for one in drafts]
        rows["keys"] = [number(one.keys[:LONGEST_TEXT]) if one.keys else 0 for one in drafts]
        rows["session"] = [number(one.session[:LONGEST_TEXT]) if one.session else 0 for one in drafts]
        self._full.append(rows)
        for one in drafts:
            if one.nodes or one.edges:
                self.definitions[one.workflow or one.agent, one.nodes, one.edges] = None
            if one.links:
                self.links.extend((hashed(one.span), hashed(link)) for link in one.links)

    def parts(self) -> TableParts:
        """All of it as plain values, to be handed to another process."""
        return TableParts(
            self.columns(),
            self.traces.texts,
            self.texts.texts,
            self.identities,
            self.links,
            list(self.definitions),
        )

    def append(self, parts: TableParts, line: int, source: str) -> None:
        """Add what another process has read of the current file.

        `line` is the number of lines before it, `source` who wrote the spans in front of which it saw no scope.
        """
        import numpy as np

        rows = parts.rows
        identities = [self.number(replace(one, source=one.source or source)) for one in parts.identities]
        rows["trace"] = np.array([self.traces.number(text) for text in parts.traces], np.uint32)[rows["trace"]]
        rows["identity"] = np.array(identities or [0], np.uint32)[rows["identity"]]
        texts = np.array([self.texts.number(text) for text in parts.texts], np.uint32)
        for name in POOLED:
            rows[name] = texts[rows[name]]
        rows["line"] += np.uint32(line)
        self.extend(rows)
        self.links.extend(parts.links)
        self.definitions.update(dict.fromkeys(parts.definitions))

    def columns(self) -> Rows:
        """The rows as one array; what was collected is given up while it is copied, so that memory holds one copy."""
        self._pack()
        found = empty_rows(self.rows)
        at = 0
        chunks, self._full = self._full, []
        for chunk in _given_up(chunks):
            found[at : at + len(chunk)] = chunk
            at += len(chunk)
        assert at == self.rows, "the rows were given away before"
        return found

    def restore(self, rows: Rows) -> None:
        """Take back the rows that `columns` gave away."""
        self._full = [rows.copy()]

    def _identity(self, draft: Draft) -> int:
        name = draft.name if len(draft.name) < _UUID else _VARYING.sub("*", draft.name)[:LONGEST_TEXT]
        key = (
            draft.source,
            draft.kind,
            name,
            draft.step,
            draft.agent,
            draft.workflow,
            draft.model,
            draft.tool,
            draft.path,
        )
        found = self._numbers.get(key)
        return self.number(Identity(*key)) if found is None else found

    def number(self, identity: Identity) -> int:
        """The number of an identity, a new one where it is new."""
        key = astuple(identity)
        found = self._numbers.setdefault(key, len(self.identities))
        if found == len(self.identities):
            self.identities.append(identity)
        return found


def _given_up(chunks: list[Rows]) -> Iterator[Rows]:
    chunks.reverse()
    while chunks:
        yield chunks.pop()
