"""Runs: traces that belong together, because links hold them together or one file is one run after the other."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from wflint.traces.analysis.spans import Indices, Mask, Spans
from wflint.traces.draft import Kind


class Runs(Struct, frozen=True):
    """The number of the run of each row, -1 where it is in none; numbers are in order of their start."""

    of: Indices
    count: int


def runs_of(spans: Spans, calls: Mask) -> Runs:
    """Group the traces; one that only builds something, or shows a call again, is no run."""
    rows = spans.rows
    groups = np.arange(len(spans.table.traces.texts))
    for one, other in _joined(spans):
        groups[_root(groups, one)] = _root(groups, other)
    roots = np.array([_root(groups, at) for at in range(len(groups))], np.int64)
    group = roots[rows["trace"]]
    works = spans.is_kind(Kind.MODEL, Kind.AGENT, Kind.TOOL, Kind.STEP, Kind.RUN, Kind.OTHER, Kind.CHECK, Kind.DECISION)
    real = np.unique(group[works & calls])
    begins = np.full(len(groups), np.iinfo(np.int64).max)
    np.minimum.at(begins, group, rows["start"])
    ordered = real[np.argsort(begins[real], kind="stable")]
    numbers = np.full(len(groups), -1)
    numbers[ordered] = np.arange(len(ordered))
    return Runs(numbers[group], len(ordered))


def _joined(spans: Spans) -> list[tuple[int, int]]:
    """Pairs of traces that a link holds together; all runs of a thing may link to what built it, and stay apart."""
    links = spans.table.links
    if not links:
        return []
    rows = spans.rows
    order = np.argsort(rows["span"], kind="stable")
    ids = rows["span"][order]
    ends = np.array(links, np.uint64)
    at = np.minimum(np.searchsorted(ids, ends), len(ids) - 1)
    known = (ids[at] == ends).all(axis=1)
    known &= ~spans.is_kind(Kind.BUILD)[order[at]].any(axis=1)
    traces = rows["trace"][order[at[known]]]
    pairs = np.unique(traces[traces[:, 0] != traces[:, 1]], axis=0)
    return [(int(one), int(other)) for one, other in pairs]


def _root(groups: Indices, at: int) -> int:
    while groups[at] != at:
        groups[at] = groups[groups[at]]
        at = int(groups[at])
    return at
