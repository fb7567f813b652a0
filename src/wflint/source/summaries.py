"""Summaries of files, through the cache."""

from __future__ import annotations

from typing import Final

import msgspec

from wflint.errors import UnreadableSource
from wflint.source.cache import Cache, key_of
from wflint.source.code import Summary
from wflint.source.decode import load

_KIND: Final = "summary-2"
"""The number goes up when the code tree changes its form, or lowering makes something else of the same text."""


class Failure(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """A file that cannot be read, so that it need not be tried again."""

    reason: str
    line: int
    column: int


_ENCODER: Final = msgspec.json.Encoder()
_DECODER: Final[msgspec.json.Decoder[Summary | Failure]] = msgspec.json.Decoder(Summary | Failure)


def summary_of(data: bytes, cache: Cache) -> Summary:
    """The summary of a file with these bytes; raises `UnreadableSource` where they are no Python.

    Nothing of the parser is loaded for a file whose summary is in the cache.
    """
    key = summary_key(data)
    kept = _kept(cache.read(key))
    if kept is None:
        kept = _made(data)
        cache.write(key, _ENCODER.encode(kept))
    if isinstance(kept, Failure):
        raise UnreadableSource(kept.reason, kept.line, kept.column)
    return kept


def summary_key(data: bytes) -> bytes:
    """The key under which a cache keeps the summary of a file with these bytes."""
    return key_of(_KIND, data)


def encoded(data: bytes) -> bytes:
    """The summary of a file with these bytes, or why it has none, as a cache keeps it."""
    return _ENCODER.encode(_made(data))


def _kept(value: bytes | None) -> Summary | Failure | None:
    if value is None:
        return None
    try:
        return _DECODER.decode(value)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _made(data: bytes) -> Summary | Failure:
    from wflint.source.lower import summarise

    try:
        return summarise(load(data))
    except UnreadableSource as error:
        return Failure(error.reason, error.line, error.column)
