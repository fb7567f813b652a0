"""Span objects out of a text that is too long to decode at once.

An object whose first key is `traceId` begins with bytes that cannot stand inside a JSON string, where each quote is
escaped: so all of them are found by a search for bytes, without reading what lies between. What begins like a span and
is none (a link) lies inside one.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from wflint.traces.reading.otlp import SPAN, Scope, SpanObject

_EXACT = b'{"traceId":'
_START = re.compile(rb'\{\s*"traceId"\s*:')
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[{}]', re.DOTALL)
_SCOPE = re.compile(rb'"scope"\s*:\s*(\{[^{}]*\}|\{(?:[^{}]|\{[^{}]*\}|\{(?:[^{}]|\{[^{}]*\})*\})*\})')
_LONGEST_SPAN = 1 << 26
_LONGEST_BROKEN = 1 << 24
"""An object that has not ended after so many bytes, with others behind it, is broken."""


class Piece(Struct):
    """A span with the scope it stands in."""

    span: SpanObject
    scope: Scope | None


class Splitter:
    """Takes a text in chunks and gives the spans that are complete; `lost` counts those that are broken.

    The scope of a span is None where the text begins behind it. Spans that begin at `limit` or later are left alone;
    `is_done` is true once there is one.
    """

    def __init__(self, limit: int | None = None) -> None:
        self._rest = b""
        self._scope: Scope | None = None
        self._limit = limit
        self._before = 0
        self.lost = 0
        self.found = 0
        self.is_done = False

    def feed(self, chunk: bytes) -> Iterator[Piece]:
        """The spans that are complete after another chunk."""
        text = self._rest + chunk
        at = 0
        starts = self._starts(text)
        for number, start in enumerate(starts):
            if start < at:
                continue
            if self._limit is not None and self._before + start >= self._limit:
                self.is_done = True
                break
            self._note_scope(text, at, start)
            follower = starts[number + 1] if number + 1 < len(starts) else None
            end, span = self._span(text, start, follower)
            if end is None:
                at = start
                break
            if span is not None and (span.name or span.startTimeUnixNano):
                self.found += 1
                yield Piece(span, self._scope)
            at = end
        self._rest = text[at:]
        self._before += at
        if len(self._rest) > _LONGEST_SPAN:
            self.lost += 1
            self._before += len(self._rest) - len(_EXACT)
            self._rest = self._rest[-len(_EXACT) :]

    @property
    def is_open(self) -> bool:
        """Whether a span has begun and not ended yet."""
        return _START.match(self._rest) is not None

    def close(self) -> bool:
        """Whether the text ended inside of a span."""
        broken = self.is_open
        self.lost += broken
        self._rest = b""
        return broken

    @staticmethod
    def _starts(text: bytes) -> list[int]:
        starts, at = [], text.find(_EXACT)
        while at >= 0:
            starts.append(at)
            at = text.find(_EXACT, at + 1)
        return starts or [found.start() for found in _START.finditer(text)]

    def _note_scope(self, text: bytes, at: int, start: int) -> None:
        if start - at < len(b'"scope"'):
            return
        found = deque(_SCOPE.finditer(text, at, start), maxlen=1)
        if found:
            try:
                self._scope = msgspec.json.decode(found[0].group(1), type=Scope)
            except (msgspec.DecodeError, UnicodeDecodeError):
                self._scope = Scope()

    def _span(self, text: bytes, start: int, follower: int | None) -> tuple[int | None, SpanObject | None]:
        """The end of the object that begins at `start`, None where the text does not reach it, and the span in it."""
        if follower is not None:
            candidate = text[start:follower].rstrip().removesuffix(b",")
            try:
                return follower, SPAN.decode(candidate)
            except (msgspec.DecodeError, UnicodeDecodeError):
                pass
        end = _end_of(text, start)
        if end is None:
            if follower is None or len(text) - start < _LONGEST_BROKEN:
                return None, None
            self.lost += 1
            return follower, None
        try:
            return end, SPAN.decode(text[start:end])
        except (msgspec.DecodeError, UnicodeDecodeError):
            # A broken object may swallow those behind it: go on with the next beginning.
            self.lost += 1
            return follower or end, None


def _end_of(text: bytes, start: int) -> int | None:
    """Where the object that begins at `start` ends, None where the text ends before."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        match token.group():
            case b"{":
                depth += 1
            case b"}":
                depth -= 1
                if depth == 0:
                    return token.end()
            case _:
                pass
    return None
