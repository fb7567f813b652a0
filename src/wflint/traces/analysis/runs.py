"""Runs: traces that belong together, because links hold them together or one file is one run after the other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from msgspec import Struct

from wflint.traces.analysis.chained import chained
from wflint.traces.analysis.join import Join
from wflint.traces.analysis.source_index import SourceIndex
from wflint.traces.analysis.spans import Indices, Mask, Rows, Spans
from wflint.traces.draft import Flag, Kind


class Runs(Struct, frozen=True):
    """The number of the run of each row, -1 where it is in none; numbers are in order of their start."""

    of: Indices
    count: int
    inferred: int = 0
    """So many of them are put together from traces that only the source's order says belong together."""
    bare: int = 0
    """So many of them are calls and nothing around them: several may be one run."""


def runs_of(spans: Spans, calls: Mask, joined: Join, index: SourceIndex, twins: Sequence[tuple[int, int]] = ()) -> Runs:
    """Group the traces; one that only builds something, or shows a call again, is no run.

    Rows of `twins` show one execution: so do the traces that they are in.
    """
    rows = spans.rows
    groups = np.arange(len(spans.table.traces.texts))
    shown = {(int(rows["trace"][one]), int(rows["trace"][other])) for one, other in twins}
    for one, other in (*_joined(spans), *_resumed(spans), *sorted(shown)):
        groups[_root(groups, one)] = _root(groups, other)
    roots = np.array([_root(groups, at) for at in range(len(groups))], np.int64)
    group = roots[rows["trace"]]
    chains = [chain for chain in chained(spans, group, calls, joined, index) if len(chain) > 1]
    put_to = np.arange(len(groups))
    for chain in chains:
        put_to[chain] = chain[0]
    group = put_to[group]
    works = spans.is_kind(Kind.MODEL, Kind.AGENT, Kind.TOOL, Kind.STEP, Kind.RUN, Kind.OTHER, Kind.CHECK, Kind.DECISION)
    real = np.unique(group[works & calls])
    begins = np.full(len(groups), np.iinfo(np.int64).max)
    np.minimum.at(begins, group, rows["start"])
    ordered = real[np.argsort(begins[real], kind="stable")]
    numbers = np.full(len(groups), -1)
    numbers[ordered] = np.arange(len(ordered))
    around = spans.is_kind(Kind.AGENT, Kind.TOOL, Kind.STEP, Kind.RUN) | (joined.at >= 0)
    return Runs(numbers[group], len(ordered), len(chains), len(ordered) - len(np.intersect1d(ordered, group[around])))


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


def _resumed(spans: Spans) -> list[tuple[int, int]]:
    """Pairs of traces of which the second one goes on with what waits at the end of the first one.

    It is the next one of the same session or, where no session is written, does the same task of LangGraph's.
    """
    rows = spans.rows
    waits, goes_on = rows["flags"] & Flag.PAUSED != 0, rows["flags"] & Flag.RESUMES != 0
    if not waits.any() and not goes_on.any():
        return []
    begins = np.full(len(spans.table.traces.texts), np.iinfo(np.int64).max)
    np.minimum.at(begins, rows["trace"], rows["start"])
    is_node = spans.by_identity([bool(one.path) for one in spans.identities]) != 0
    tasks = np.where(is_node & (rows["session"] == 0), rows["task"], 0)
    found = set(_before(rows, goes_on, begins))
    for keys in (rows["session"], tasks):
        asked = np.isin(keys, np.unique(keys[waits & (keys != 0)]))
        near = _in_order(keys[asked], rows["trace"][asked], begins)
        for key, trace in np.unique(np.stack([keys[waits], rows["trace"][waits]], axis=1), axis=0).tolist():
            if key:
                later = bisect_right(near[key], (int(begins[trace]), len(begins)))
                if later < len(near[key]):
                    found.add((trace, near[key][later][1]))
    return sorted(found)


def _before(rows: Rows, goes_on: Mask, begins: Indices) -> Iterator[tuple[int, int]]:
    """Pairs of traces of which the second one says itself that it goes on with the one before it in its session."""
    saying, told = set(rows["trace"][goes_on].tolist()), rows["session"] != 0
    for near in _in_order(rows["session"][told], rows["trace"][told], begins).values() if saying else ():
        yield from ((one, other) for (_, one), (_, other) in pairwise(near) if other in saying)


def _in_order(keys: Indices, traces: Indices, begins: Indices) -> dict[int, list[tuple[int, int]]]:
    """The traces that have something in common, in order of their start."""
    found: dict[int, list[tuple[int, int]]] = {}
    for key, trace in np.unique(np.stack([keys, traces], axis=1), axis=0).tolist():
        found.setdefault(key, []).append((int(begins[trace]), trace))
    for near in found.values():
        near.sort()
    return found


def _root(groups: Indices, at: int) -> int:
    while groups[at] != at:
        groups[at] = groups[groups[at]]
        at = int(groups[at])
    return at
