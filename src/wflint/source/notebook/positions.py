"""Where in the JSON of a notebook the source of each cell is written.

`json` keeps no positions, but decodes a value from any offset and says where it ends: so the way down to the sources
is walked from value to value, and what lies beside it is passed over at full speed. Positions are asked for by
writers only, of notebooks that have been read.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from json import JSONDecoder
from typing import Final

from msgspec import Struct

from wflint.model.patterns import pattern

_DECODER: Final = JSONDecoder()
_BLANK: Final = pattern(r"[ \t\r\n]*")
_ESCAPE: Final = pattern(r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u....|.)", re.DOTALL)


class Source(Struct, frozen=True):
    """The source of a cell: strings that follow one another, by their offsets in it (`starts`) and in the file (`at`).

    A cell without a source has one empty string where the cell is.
    """

    starts: tuple[int, ...]
    at: tuple[int, ...]

    def begin(self, text: str, offset: int) -> int:
        """Where in the file the character at `offset` begins; `text` is the file's."""
        piece = bisect_right(self.starts, offset) - 1
        return _passed(text, self.at[piece], offset - self.starts[piece])

    def end(self, text: str, offset: int) -> int:
        """Where in the file the character before `offset` ends."""
        piece = max(bisect_left(self.starts, offset) - 1, 0)
        return _passed(text, self.at[piece], offset - self.starts[piece])


def sources(text: str) -> tuple[Source, ...]:
    """The sources of all cells, in the order of the cells."""
    cells = _last(text, _skip(text, 0), "cells")
    return tuple(_source(text, cell) for cell, _ in _items(text, cells))


def _source(text: str, cell: int) -> Source:
    written = _last(text, cell, "source") if text[cell] == "{" else cell
    if written != cell and text[written] == '"':
        return Source((0,), (written + 1,))
    pieces = [(at, value) for at, value in _items(text, written) if isinstance(value, str)]
    if not pieces:
        return Source((0,), (written,))
    lengths = (len(value) for _, value in pieces[:-1])
    return Source(tuple(accumulate(lengths, initial=0)), tuple(at + 1 for at, _ in pieces))


def _last(text: str, at: int, wanted: str) -> int:
    """Where the value of a key of the object at `at` is, the last where it has several; else the object itself."""
    found = at
    for key, value in _members(text, at):
        if key == wanted:
            found = value
    return found


def _members(text: str, at: int) -> Iterator[tuple[str, int]]:
    """The keys of the object at `at`, with the offsets of their values."""
    at = _skip(text, at + 1)
    while text[at] != "}":
        key, end = _DECODER.raw_decode(text, at)
        value = _skip(text, _skip(text, end) + 1)
        yield key, value
        _, end = _DECODER.raw_decode(text, value)
        at = _next(text, end)


def _items(text: str, at: int) -> Iterator[tuple[int, object]]:
    """The items of the list at `at`, with their offsets; none where there is no list."""
    if text[at] != "[":
        return
    at = _skip(text, at + 1)
    while text[at] != "]":
        item, end = _DECODER.raw_decode(text, at)
        yield at, item
        at = _next(text, end)


def _next(text: str, end: int) -> int:
    """What follows a value: the next key or item, or the bracket that closes."""
    at = _skip(text, end)
    return _skip(text, at + 1) if text[at] == "," else at


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    assert found is not None
    return found.end()


def _passed(text: str, start: int, count: int) -> int:
    """The offset behind `count` characters of the JSON string whose content begins at `start`."""
    at = start
    for escape in _ESCAPE.finditer(text, start):
        plain = escape.start() - at
        if count <= plain:
            break
        count -= plain + 1
        at = escape.end()
    return at + count
