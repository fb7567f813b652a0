"""JSON documents out of the lines of a file: one a line, indented over many lines, or a line that is too long to hold.

A line that cannot be read is named and left out; the next one is read as if nothing had been.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from itertools import chain

import numpy as np
from msgspec import Struct

from wflint.traces.reading.files import CHUNK, TraceFile

_LONGEST_DOCUMENT = 1 << 26
_BLANK = b" \t\r\n"
_SPANS = b'{"resourceSpans":', b'{"traceId":'
"""How a line of OTLP begins."""
_OPEN, _CLOSE, _NEWLINE = b"{}\n"
_BEFORE_LINES = re.compile(
    rb"[\w.-]+ +\| "
    rb"|\d{4}-\d\d-\d\dT\S{1,40} (?:stdout|stderr) [FP] "
    rb"|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S{1,200} \S{1,200}\[\d+\]: "
)
"""What stands before each line where several programs write: `docker compose`, Kubernetes, the journal of a system."""


class Shape(Enum):
    """How a document comes."""

    WHOLE = auto()
    """All of its text."""
    PART = auto()
    """A piece of a text that goes on."""
    LAST = auto()
    """The last piece of such a text."""
    LINES = auto()
    """Several documents, each in a line of its own: what is read at once costs less."""


class Text(Struct, frozen=True):
    """The text of a document, or a piece of it, and the line it begins in."""

    shape: Shape
    data: bytes
    line: int


def texts_of(file: TraceFile) -> Iterator[Text]:
    """The documents of a file in order."""
    pending: list[bytes] = []
    size, begun, number, running = 0, 1, 0, False
    block = file.block()
    while block.startswith(_SPANS) and (lines := _documents(block)):
        yield Text(Shape.LINES, block, number + 1)
        number += lines
        block = file.block()
    pieces = chain(_lines(block), file.lines(CHUNK))
    for piece in _bare(pieces) if _BEFORE_LINES.match(block.lstrip()) else pieces:
        ended = piece.endswith(b"\n")
        if running:
            running = not ended
            yield Text(Shape.LAST if ended else Shape.PART, piece, begun)
            number += ended
            continue
        if not ended and len(piece) >= CHUNK:
            yield from _flushed(pending, begun)
            begun, running = number + 1, True
            yield Text(Shape.PART, piece, begun)
            continue
        number += 1
        if not piece.strip(_BLANK):
            continue
        if pending and _goes_on(piece):
            pending.append(piece)
            size += len(piece)
            if size > _LONGEST_DOCUMENT:
                yield from _in_parts(pending, begun)
                size = 0
            continue
        yield from _flushed(pending, begun)
        pending.append(piece)
        size, begun = len(piece), number
    if running:
        yield Text(Shape.LAST, b"", begun)
    yield from _flushed(pending, begun)


def _documents(block: bytes) -> int:
    """How many lines it has; 0 where one of them is no document by itself. Columns are quicker than `bytes.count`."""
    if not block.endswith(b"}\n"):
        return 0
    letters = np.frombuffer(block, np.uint8)
    ends = np.flatnonzero(letters == _NEWLINE)
    closed = (letters[ends - 1] == _CLOSE).all() and (letters[ends[:-1] + 1] == _OPEN).all()
    return len(ends) if closed else 0


def _lines(block: bytes) -> Iterator[bytes]:
    """The lines of a block, the last one as far as it goes."""
    *whole, last = block.split(b"\n")
    yield from (line + b"\n" for line in whole)
    if last:
        yield last


def _bare(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Lines without what a program that gathers them has put before each."""
    for piece in pieces:
        found = _BEFORE_LINES.match(piece)
        yield piece[found.end() :] if found is not None else piece


def _goes_on(piece: bytes) -> bool:
    """Whether a line continues a document: an indented one, or one that closes what was opened."""
    return piece[:1] in (b" ", b"\t", b"}", b"]")


def _flushed(pending: list[bytes], begun: int) -> Iterator[Text]:
    if pending:
        yield Text(Shape.WHOLE, pending[0] if len(pending) == 1 else b"".join(pending), begun)
        pending.clear()


def _in_parts(pending: list[bytes], begun: int) -> Iterator[Text]:
    yield Text(Shape.PART, b"".join(pending), begun)
    pending.clear()
    pending.append(b"")
