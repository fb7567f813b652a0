"""JSON documents out of the lines of a file: one a line, indented over many lines, or a line that is too long to hold.

A line that cannot be read is named and left out; the next one is read as if nothing had been.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto

from msgspec import Struct

from wflint.traces.reading.files import CHUNK, TraceFile

_LONGEST_DOCUMENT = 1 << 26
_BLANK = b" \t\r\n"


class Shape(Enum):
    """How a document comes."""

    WHOLE = auto()
    """All of its text."""
    PART = auto()
    """A piece of a text that goes on."""
    LAST = auto()
    """The last piece of such a text."""


class Text(Struct, frozen=True):
    """The text of a document, or a piece of it, and the line it begins in."""

    shape: Shape
    data: bytes
    line: int


def texts_of(file: TraceFile) -> Iterator[Text]:
    """The documents of a file in order."""
    pending: list[bytes] = []
    size, begun, number, running = 0, 1, 0, False
    for piece in file.lines(CHUNK):
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
