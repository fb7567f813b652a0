"""Rows of tables as records: CSV, and what a query gives back as columns and rows.

Cells that hold a list or a mapping do so as JSON, or as the literal that Python or ClickHouse writes.
"""

from __future__ import annotations

import ast
import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

_SEPARATORS = {".csv": ",", ".tsv": "\t"}
_NOTHING = ("", "None", "NaN", "nan", "NULL", "null", "\\N", "<NA>")
_LONGEST_CELL = 1 << 26
_LONGEST_LITERAL = 1 << 20


def separator_of(path: Path) -> str:
    """What stands between the cells of a table, as the file's name says, packed or not; nothing where it is none."""
    return next((found for ending in path.suffixes[-2:] if (found := _SEPARATORS.get(ending.lower()))), "")


def rows_of(lines: Iterable[str], separator: str) -> Iterator[tuple[int, dict[str, object]]]:
    """The rows of a table with a line of names at its head, each with the line that it ends in."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(lines, delimiter=separator)
    names = next(reader, [])
    for cells in reader:
        yield (
            reader.line_num,
            {name: found for name, value in zip(names, cells, strict=False) if (found := cell(value)) is not None},
        )


def cell(value: object) -> object:
    """What a cell holds; None where it is empty."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, float):
        return None if value != value else int(value) if value.is_integer() and abs(value) < 2**53 else value  # noqa: PLR0124 (NaN; exact)
    if isinstance(value, list):
        return _pairs(value)
    if isinstance(value, dict):
        return {name: cell(one) for name, one in value.items()}
    if not isinstance(value, str):
        return value
    if value in _NOTHING:
        return None
    if value[0] in "{[":
        try:
            return msgspec.json.decode(value)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return _literal(value)
    return value[:-2] if value.endswith(".0") and value[:-2].isdecimal() else value


def _pairs(items: list[object]) -> object:
    """A list; a mapping where it is made of keys with values, as Parquet keeps those."""
    if items and all(isinstance(one, dict) and one.keys() == {"key", "value"} for one in items):
        return {str(one["key"]): cell(one["value"]) for one in items if isinstance(one, dict)}
    return [cell(one) for one in items]


def _literal(value: str) -> object:
    if len(value) > _LONGEST_LITERAL:
        return value
    try:
        return ast.literal_eval(value)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return value


def from_query(value: object) -> Iterator[dict[str, object]]:
    """The rows of a query's answer: names of columns with rows of cells, or columns with their values."""
    if not isinstance(value, Mapping):
        return
    for table in value.get("tables") or (value,) if isinstance(value.get("tables"), list) else (value,):
        columns = table.get("columns") if isinstance(table, Mapping) else None
        if not isinstance(columns, list) or not all(isinstance(one, Mapping) and "name" in one for one in columns):
            continue
        names = [str(one["name"]) for one in columns]
        rows = table.get("rows")
        if isinstance(rows, list):
            cells: Iterable[Iterable[object]] = (one for one in rows if isinstance(one, list))
        else:
            cells = zip(*(one["values"] for one in columns if isinstance(one.get("values"), list)), strict=False)
        for one in cells:
            yield {name: found for name, item in zip(names, one, strict=False) if (found := cell(item)) is not None}


def decoded(pieces: Iterable[bytes]) -> Iterator[str]:
    """Text out of bytes, a line or a piece of one at a time."""
    return io.TextIOWrapper(io.BufferedReader(_Pieces(pieces)), encoding="utf-8-sig", errors="replace", newline="")


class _Pieces(io.RawIOBase):
    """Pieces of bytes as a file."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self._rest = iter(pieces), b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        if not self._rest:
            self._rest = next(self._pieces, b"")
        size = min(len(view), len(self._rest))
        view[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
