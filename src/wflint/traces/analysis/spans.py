"""The table of spans with its tree: parents, ancestors, duplicates, all by column."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from wflint.traces.draft import Flag, Kind
from wflint.traces.table import Identity, SpanTable

Mask = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.int64]
Rows = npt.NDArray[np.void]

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_ROUNDS = 24
"""Ancestors are followed by doubling: so many rounds reach 2 ** 24 levels, and a circle ends, too."""


class Repeated(Struct, frozen=True):
    """A span that was there before: its file and line, and those of the first one."""

    row: int
    first: int


class Spans(Struct, frozen=True, dict=True):
    """Rows, what they stand for, and the row of each one's parent (-1: none)."""

    rows: Rows
    table: SpanTable
    up: Indices
    repeated: tuple[Repeated, ...]
    notes: int = 0
    """So many records said something about spans."""
    unplaced: int = 0
    """So many of them are about spans that are in no file."""

    @classmethod
    def of(cls, table: SpanTable) -> Spans:
        """The spans of a table, each once."""
        rows, notes, unplaced = _with_notes(table.columns())
        inner = (rows["flags"] & Flag.INNER) != 0
        keys = _keys(rows["span"], np.where(inner, 0, rows["trace"]).astype(np.uint32))
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        same = np.zeros(len(rows), bool)
        same[1:] = (ordered[1:] == ordered[:-1]) & (rows["span"][order][1:] != 0)
        repeated = _repeated(order, same & ~inner[order])
        if same.any():
            keep = np.ones(len(rows), bool)
            keep[order[same]] = False
            rows = rows[keep]
            keys = keys[keep]
            order = np.argsort(keys, kind="stable")
            ordered = keys[order]
        return cls(rows, table, _parents(rows, ordered, order), repeated, notes, unplaced)

    @property
    def identities(self) -> list[Identity]:
        return self.table.identities

    @cached_property
    def kinds(self) -> npt.NDArray[np.uint8]:
        """The kind of each row."""
        return self.by_identity([identity.kind for identity in self.identities]).astype(np.uint8)

    def by_identity(self, values: list[int]) -> Indices:
        """A value of each identity, for each row."""
        found: Indices = np.array(values or [0], np.int64)[self.rows["identity"]]
        return found

    def is_kind(self, *kinds: Kind) -> Mask:
        """The rows of some kinds."""
        return np.isin(self.kinds, kinds)

    @cached_property
    def orphans(self) -> Mask:
        """Rows whose parent is in no file."""
        found: Mask = (self.up < 0) & (self.rows["parent"] != 0)
        return found

    def nearest(self, marked: Mask) -> Indices:
        """For each row, the nearest marked row that is itself or around it; -1 where there is none."""
        found = np.where(marked, np.arange(len(self.up)), -1)
        jump = self.up.copy()
        for _ in range(_ROUNDS):
            open_ = (found < 0) & (jump >= 0)
            if not open_.any():
                break
            found[open_] = found[jump[open_]]
            onward = jump >= 0
            jump[onward] = jump[jump[onward]]
        return found

    def around(self, marked: Mask) -> Indices:
        """For each row, the nearest marked row around it, itself left out."""
        inclusive = self.nearest(marked)
        return np.where(self.up >= 0, inclusive[self.up], -1)


_NOTED = np.uint16(Flag.INPUT | Flag.OUTPUT | Flag.EXCEPTION | Flag.REDACTED)


def _with_notes(rows: Rows) -> tuple[Rows, int, int]:
    """The rows that are spans, with what notes say about them; the number of notes, and of those without a span."""
    is_note = (rows["flags"] & Flag.NOTE) != 0
    if not is_note.any():
        return rows, 0, 0
    notes, spans = rows[is_note], rows[~is_note]
    ids, place = np.unique(notes["span"], return_inverse=True)
    told = np.zeros(len(ids), np.uint16)
    np.bitwise_or.at(told, place, notes["flags"] & _NOTED)
    at = np.minimum(np.searchsorted(ids, spans["span"]), len(ids) - 1)
    added = np.where(ids[at] == spans["span"], told[at], np.uint16(0))
    failed = (spans["flags"] & Flag.FAILED) != 0
    spans["flags"] |= np.where(failed, added, added & ~np.uint16(Flag.EXCEPTION))
    return spans, len(notes), int((~np.isin(notes["span"], spans["span"])).sum())


def _keys(span: npt.NDArray[np.uint64], trace: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    return span ^ (trace.astype(np.uint64) * _SPREAD)


def _parents(rows: Rows, ordered: npt.NDArray[np.uint64], order: Indices) -> Indices:
    wanted = _keys(rows["parent"], rows["trace"])
    at = np.searchsorted(ordered, wanted)
    at[at == len(ordered)] = 0
    if not len(ordered):
        return np.zeros(0, np.int64)
    known = (ordered[at] == wanted) & (rows["parent"] != 0)
    up = np.where(known, order[at], -1)
    up[up == np.arange(len(up))] = -1
    return up


def _repeated(order: Indices, same: Mask) -> tuple[Repeated, ...]:
    found = []
    first = -1
    for at in np.flatnonzero(same):
        if not same[at - 1]:
            first = int(order[at - 1])
        found.append(Repeated(int(order[at]), first))
    return tuple(found)
