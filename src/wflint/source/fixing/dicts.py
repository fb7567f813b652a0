"""Entries of dicts that come and go."""

from __future__ import annotations

import ast
from typing import Final

from msgspec import Struct

from wflint.model.fix import AddEntry, Edit, RemoveEntry
from wflint.model.patterns import pattern
from wflint.model.span import Span
from wflint.source.fixing.imports import is_imported
from wflint.source.fixing.sequences import append
from wflint.source.fixing.syntax import Range, Syntax

_COMMA: Final = pattern(r"\s*,\s*")
_REST_OF_LINE: Final = pattern(r"[ \t]*,?[ \t]*(#[^\r\n]*)?")


class _Entry(Struct, frozen=True):
    """A key with its value."""

    key: Range
    value: Range


class _Entries(Struct, frozen=True):
    """The entries of a dict, which of them is meant, and where the dict is."""

    entries: tuple[_Entry, ...]
    number: int
    whole: Range


def add_entry(syntax: Syntax, change: AddEntry) -> tuple[Edit, ...] | None:
    """The new entry comes last; its words are written as elsewhere in the file."""
    found = _entries(syntax, change.span)
    if found is None:
        return None
    key = _written_like(syntax, change.like) or _quoted(change.key)
    value = key if change.value == change.key else _quoted(change.value)
    last = found.entries[-1]
    return append(syntax, Range(last.key.start, last.value.end), found.whole.end - 1, f"{key}: {value}")


def remove_entry(syntax: Syntax, change: RemoveEntry) -> tuple[Edit, ...] | None:
    """The entry goes, with its line where it has one of its own; the last one stays."""
    found = _entries(syntax, change.span)
    if found is None or len(found.entries) == 1:
        return None
    entry = found.entries[found.number]
    start, end = entry.key.start, entry.value.end
    line_end = syntax.line_end(end)
    own_line = syntax.indent(start) is not None and _REST_OF_LINE.fullmatch(syntax.text[end:line_end]) is not None
    if own_line and line_end < found.whole.end:
        return (syntax.edit(syntax.line_start(start), line_end + len(syntax.newline), ""),)
    if found.number + 1 < len(found.entries):
        following = found.entries[found.number + 1].key.start
        gap = syntax.text[end:following]
        return (syntax.edit(start, following, ""),) if _COMMA.fullmatch(gap) else None
    before = found.entries[found.number - 1].value.end
    return (syntax.edit(before, end, ""),) if _COMMA.fullmatch(syntax.text[before:start]) else None


def _entries(syntax: Syntax, span: Span) -> _Entries | None:
    """The dict that has a key at a place, unless it is put together from others."""
    place = syntax.range_at(span)
    for node in ast.walk(syntax.tree):
        if isinstance(node, ast.Dict) and syntax.range_of(node).holds(place):
            keys = [key for key in node.keys if key is not None]
            ranges = [syntax.range_of(key) for key in keys]
            if place in ranges and len(keys) == len(node.keys):
                pairs = zip(ranges, node.values, strict=True)
                entries = tuple(_Entry(key, syntax.range_of(value)) for key, value in pairs)
                return _Entries(entries, ranges.index(place), syntax.range_of(node))
    return None


def _written_like(syntax: Syntax, span: Span | None) -> str | None:
    """The imported name that stands at a place; None where there is something else, or in another file."""
    if span is None or span.path != syntax.path:
        return None
    returned = syntax.at(span, ast.Return)
    node = returned.value if returned is not None else syntax.at(span, ast.Name)
    return node.id if isinstance(node, ast.Name) and is_imported(syntax, node.id) else None


def _quoted(text: str) -> str:
    return f'"{text}"' if '"' not in text and "\\" not in text and text.isprintable() else repr(text)
