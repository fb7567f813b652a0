"""One table of spans: a row of fixed width each, and pools for what repeats.

A gigabyte of traces has some half a million spans. As objects they would not fit the memory that is allowed, as rows of
a hundred bytes they do; and what joins, counts and sums are made of is done by column.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import TYPE_CHECKING
from zlib import crc32

from msgspec import Struct, field
from msgspec.structs import astuple, replace

from wflint.traces.draft import UNKNOWN, Draft, Flag
from wflint.traces.usage import settle

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Rows = npt.NDArray[np.void]

_ROW = struct.Struct("<QQqqQIIiiiiiiiIIIIIHHI")
COLUMNS = (
    ("span", "<u8"),
    ("parent", "<u8"),
    ("start", "<i8"),
    ("end", "<i8"),
    ("task", "<u8"),
    ("trace", "<u4"),
    ("identity", "<u4"),
    ("iteration", "<i4"),
    ("input", "<i4"),
    ("output", "<i4"),
    ("cached", "<i4"),
    ("written", "<i4"),
    ("reasoning", "<i4"),
    ("total", "<i4"),
    ("target", "<u4"),
    ("origin", "<u4"),
    ("error", "<u4"),
    ("keys", "<u4"),
    ("session", "<u4"),
    ("flags", "<u2"),
    ("file", "<u2"),
    ("line", "<u4"),
)
"""The columns of a row, in the order in which they are packed."""

_CHUNK = 1 << 22
_MOST_TEXTS = 1 << 20
"""So many different texts are told apart in a pool; later ones are left out."""
_LONGEST = 200
_VARYING = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_UUID = 36
_HEX_SPAN = 16
_LATEST = 2**63 - 1
_LAST_LINE = 2**32 - 1


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


def hashed(text: str) -> int:
    """A number of 64 bits for an id; 0 for none."""
    try:
        if len(text) == _HEX_SPAN:
            number = int(text, 16)
            if number >= 0:
                return number
    except ValueError:
        pass
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little") if text else 0


def told_apart(text: str) -> int:
    """A number of 32 bits for what is only compared within one run of one step; never 0."""
    return crc32(text.encode("utf-8", "replace")) or 1


def _bounded(time: int) -> int:
    """A time that the table can hold."""
    return min(max(time, 0), _LATEST)


class TableParts(Struct, frozen=True):
    """A table as plain values."""

    rows: bytes
    traces: list[str]
    texts: list[str]
    identities: list[Identity]
    links: list[tuple[int, int]]
    definitions: list[tuple[str, tuple[str, ...], tuple[str, ...]]]


class SpanTable(Struct):
    """All spans of a reading, and the links between them (a span and the one it points to)."""

    traces: Pool = field(default_factory=lambda: Pool(_LAST_LINE))
    texts: Pool = field(default_factory=Pool)
    identities: list[Identity] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)
    definitions: dict[tuple[str, tuple[str, ...], tuple[str, ...]], None] = field(default_factory=dict)
    """Workflows that are written down whole: name, steps, edges."""
    rows: int = 0
    _numbers: dict[tuple[str | int, ...], int] = field(default_factory=dict)
    _full: list[bytearray] = field(default_factory=list)
    _open: bytearray = field(default_factory=bytearray)

    def add(self, draft: Draft) -> None:
        """Append a span."""
        if draft.input >= 0:
            settle(draft)
        task = told_apart(draft.task) if draft.task else 0
        self.add_hashed(draft, hashed(draft.span), hashed(draft.parent) if draft.parent else 0, task)

    def add_hashed(self, draft: Draft, span: int, parent: int, task: int) -> None:
        """Append a span whose ids are numbers already."""
        flags, texts = draft.flags, self.texts
        if draft.end:
            flags |= Flag.ENDED if draft.end >= draft.start else Flag.ENDED | Flag.SKEWED
        self._open += _ROW.pack(
            span,
            parent,
            draft.start if 0 <= draft.start <= _LATEST else _bounded(draft.start),
            draft.end if 0 <= draft.end <= _LATEST else _bounded(draft.end),
            task,
            self.traces.number(draft.trace),
            self._identity(draft),
            draft.iteration,
            draft.input,
            draft.output,
            draft.cached,
            draft.written,
            draft.reasoning,
            draft.total,
            texts.number(draft.target[:_LONGEST]) if draft.target else 0,
            texts.number(draft.origin[:_LONGEST]) if draft.origin else 0,
            texts.number(draft.error[:_LONGEST]) if draft.error else 0,
            texts.number(draft.keys[:_LONGEST]) if draft.keys else 0,
            texts.number(draft.session[:_LONGEST]) if draft.session else 0,
            flags,
            len(self.files) - 1,
            min(draft.line, _LAST_LINE),
        )
        self.rows += 1
        if draft.nodes or draft.edges:
            self.definitions[draft.workflow or draft.agent, draft.nodes, draft.edges] = None
        if draft.links:
            self.links.extend((span, hashed(link)) for link in draft.links)
        if len(self._open) >= _CHUNK:
            self._full.append(self._open)
            self._open = bytearray()

    def begin_file(self, name: str) -> None:
        """What is added from here on is from the file of this name."""
        self.files.append(name)

    def parts(self) -> TableParts:
        """All of it as plain values, to be handed to another process."""
        rows = b"".join([*self._full, self._open])
        return TableParts(
            rows,
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

        rows = np.frombuffer(parts.rows, np.dtype(list(COLUMNS))).copy()
        identities = [self._number(replace(one, source=one.source or source)) for one in parts.identities]
        rows["trace"] = np.array([self.traces.number(text) for text in parts.traces], np.uint32)[rows["trace"]]
        rows["identity"] = np.array(identities or [0], np.uint32)[rows["identity"]]
        texts = np.array([self.texts.number(text) for text in parts.texts], np.uint32)
        for name in ("target", "origin", "error", "keys", "session"):
            rows[name] = texts[rows[name]]
        rows["line"] += np.uint32(line)
        rows["file"] = len(self.files) - 1
        self._full.append(bytearray(rows.tobytes()))
        self.rows += len(rows)
        self.links.extend(parts.links)
        self.definitions.update(dict.fromkeys(parts.definitions))

    def columns(self) -> Rows:
        """The rows as one array; what was collected is given up while it is copied, so that memory holds one copy."""
        import numpy as np

        kind = np.dtype(list(COLUMNS))
        assert kind.itemsize == _ROW.size
        found = np.empty(self.rows, kind)
        at = 0
        if self._open:
            self._full.append(self._open)
        chunks, self._full, self._open = self._full, [], bytearray()
        for chunk in _given_up(chunks):
            part = np.frombuffer(chunk, kind)
            found[at : at + len(part)] = part
            at += len(part)
        assert at == self.rows, "the rows were given away before"
        return found

    def restore(self, rows: Rows) -> None:
        """Take back the rows that `columns` gave away."""
        self._full = [bytearray(rows.tobytes())]

    def _identity(self, draft: Draft) -> int:
        name = draft.name if len(draft.name) < _UUID else _VARYING.sub("*", draft.name)[:_LONGEST]
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
        return self._number(Identity(*key)) if found is None else found

    def _number(self, identity: Identity) -> int:
        """The number of an identity, a new one where it is new."""
        key = astuple(identity)
        found = self._numbers.setdefault(key, len(self.identities))
        if found == len(self.identities):
            self.identities.append(identity)
        return found


def _given_up(chunks: list[bytearray]) -> Iterator[bytearray]:
    chunks.reverse()
    while chunks:
        yield chunks.pop()


def known(numbers: Iterable[int]) -> int | None:
    """The sum of the counts that are known, None where none is."""
    found = [number for number in numbers if number != UNKNOWN]
    return sum(found) if found else None
