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

from wflint.traces.reading.otlp import SPAN, SPANS, Scope, SpanObject

_EXACT = b'{"traceId":'
_NEXT_LIST = b'"spans":'
_START = re.compile(rb'\{\s*"traceId"\s*:')
_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[{}]', re.DOTALL)
_SCOPE = re.compile(rb'"scope"\s*:\s*(\{[^{}]*\}|\{(?:[^{}]|\{[^{}]*\}|\{(?:[^{}]|\{[^{}]*\})*\})*\})')
_LONGEST_SPAN = 1 << 26
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_LONGEST_BROKEN = 1 << 24
"""An object that has not ended after so many bytes, with others behind it, is broken."""


class Piece(Struct):
    """Spans that follow each other, with the scope that they stand in."""

    spans: list[SpanObject]
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
        self._is_one_list = True
        """Whether no further list of spans has begun lately: to look for one takes as long as to read the spans."""
        self.lost = 0
        self.found = 0
        self.is_done = False

    def feed(self, chunk: bytes) -> Iterator[Piece]:
        """The spans that are complete after another chunk."""
        text = self._rest + chunk
        at = alone = 0
        following = _exactly if _EXACT in text else _loosely
        while (start := following(text, at)) >= 0:
            if self._limit is not None and self._before + start >= self._limit:
                self.is_done = True
                break
            self._note_scope(text, at, start)
            if start >= alone:
                alone, spans = self._row(text, start)
                if spans:
                    self.found += len(spans)
                    yield Piece(spans, self._scope)
                    at = alone
                    continue
            end, span = self._span(text, start, following(text, start + 1))
            if end is None:
                at = start
                break
            if span is not None and _is_span(span):
                self.found += 1
                yield Piece([span], self._scope)
            at = end
        self._keep(text[at:], at)

    def _keep(self, rest: bytes, at: int) -> None:
        self._rest = rest
        self._before += at
        if len(rest) > _LONGEST_SPAN:
            self.lost += 1
            self._before += len(rest) - len(_EXACT)
            self._rest = rest[-len(_EXACT) :]

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

    def _row(self, text: bytes, start: int) -> tuple[int, list[SpanObject]]:
        """All spans side by side from `start` on but the last one, read at once, and where that begins.

        There are none where something between them is broken, or what looks like the last one is a link inside it.
        """
        end = len(text) if self._limit is None else min(len(text), self._limit - self._before)
        last, spans = _side_by_side(text, start, end) if self._is_one_list else (-1, [])
        if not spans:
            following = text.find(_NEXT_LIST, start)
            stop = end if following < 0 else min(following, end)
            self._is_one_list = following < 0
            last, spans = _side_by_side(text, start, stop)
            last = stop if last < 0 else last
        return last, [span for span in spans if _is_span(span)]

    def _note_scope(self, text: bytes, at: int, start: int) -> None:
        if start - at < len(b'"scope"'):
            return
        found = deque(_SCOPE.finditer(text, at, start), maxlen=1)
        if found:
            try:
                self._scope = msgspec.json.decode(found[0].group(1), type=Scope)
            except _UNREADABLE:
                self._scope = Scope()

    def _span(self, text: bytes, start: int, follower: int) -> tuple[int | None, SpanObject | None]:
        """The end of the object that begins at `start`, None where the text does not reach it, and the span in it."""
        if follower >= 0:
            candidate = text[start:follower].rstrip().removesuffix(b",")
            try:
                return follower, SPAN.decode(candidate)
            except _UNREADABLE:
                pass
        end = _end_of(text, start)
        if end is None:
            if follower < 0 or len(text) - start < _LONGEST_BROKEN:
                return None, None
            self.lost += 1
            return follower, None
        try:
            return end, SPAN.decode(text[start:end])
        except _UNREADABLE:
            # A broken object may swallow those behind it: go on with the next beginning.
            self.lost += 1
            return (end if follower < 0 else follower), None


def _side_by_side(text: bytes, start: int, stop: int) -> tuple[int, list[SpanObject]]:
    """The spans of one list that begin between two places, all but the last one, and where that begins."""
    last = text.rfind(_EXACT, start + 1, stop)
    if last < 0:
        return last, []
    comma = text.rfind(b",", start, last)
    if comma < 0 or text[comma + 1 : last].strip():
        return last, []
    try:
        return last, SPANS.decode(b"".join((b"[", memoryview(text)[start:comma], b"]")))
    except _UNREADABLE:
        return last, []


def _exactly(text: bytes, at: int) -> int:
    """Where the next object begins that looks like a span, -1 where there is none."""
    return text.find(_EXACT, at)


def _loosely(text: bytes, at: int) -> int:
    """The same with blanks where JSON allows them."""
    found = _START.search(text, at)
    return -1 if found is None else found.start()


def _is_span(span: SpanObject) -> bool:
    """Whether it is more than a link."""
    return bool(span.name or span.startTimeUnixNano)


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
