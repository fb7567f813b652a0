"""One execution of a step that two instrumentations show is one, as one call is.

Whoever installs two of them has two trees of spans for each run, side by side in one trace or in traces of their own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from wflint.traces.analysis.calls import Calls
from wflint.traces.analysis.join import Join
from wflint.traces.analysis.spans import Indices, Mask, Spans
from wflint.traces.draft import Flag, Kind

_WORKING = (Kind.AGENT, Kind.STEP, Kind.OTHER, Kind.RUN)
_NEARBY = 64
"""So many executions at about the same time are looked at for the one that is shown again."""


class Begun(Struct, frozen=True):
    """The rows that are executions, and for each row the execution that it is inside of, -1 where there is none.

    `outer` is the one around each row that is not the row itself. `twins` are pairs of rows that show one execution.
    """

    starts: Mask
    owner: Indices
    outer: Indices
    twins: tuple[tuple[int, int], ...]


def begun(spans: Spans, joined: Join, calls: Calls) -> tuple[Begun, Calls]:
    """The executions, each once, and the calls without those that another instrumentation shows inside of them."""
    starts = _first_rows(spans, joined)
    again = _shown_again(spans, joined, starts)
    twins = np.flatnonzero(again >= 0)
    owner, outer = (_first(again, rows) for rows in (spans.nearest(starts), spans.around(starts)))
    calls = _calls_once(spans, calls, owner) if len(twins) else calls
    shown = np.flatnonzero(calls.holder >= 0)
    shown = shown[(owner[shown] >= 0) & (owner[calls.holder[shown]] < 0)]
    owner[calls.holder[shown]] = owner[shown]
    pairs = tuple(zip(twins.tolist(), again[twins].tolist(), strict=True))
    return Begun(starts & (again < 0), owner, outer, pairs), calls


def _first(again: Indices, rows: Indices) -> Indices:
    """Executions, those that are shown again by what they show."""
    known = rows >= 0
    found: Indices = np.where(known & (again[rows] >= 0), again[rows], rows)
    return found


def _first_rows(spans: Spans, joined: Join) -> Mask:
    """Rows that are executions: they name a step, do work, and are in no other attempt of the same."""
    names = (joined.own >= 0) & spans.is_kind(*_WORKING) & ~_pieces(spans)
    around = spans.around(joined.own >= 0)
    same = (around >= 0) & (joined.own[around] == joined.own)
    found: Mask = names & ~same
    return found


def _pieces(spans: Spans) -> Mask:
    """Rows that say which node they are a part of and are called otherwise: several may be of one execution."""
    told = [
        int(one.kind == Kind.AGENT and bool(one.path) and one.agent != one.path.rpartition("|")[2])
        for one in spans.identities
    ]
    found: Mask = spans.by_identity(told) != 0
    return found


def _shown_again(spans: Spans, joined: Join, starts: Mask) -> Indices:
    """For each execution the row of the one of another instrumentation that it shows again, -1 where there is none.

    What only the one that shows it again says of its end is put down on the other one.
    """
    found = np.full(len(spans.rows), -1)
    sources = [identity.source for identity in spans.identities]
    numbers = {source: number for number, source in enumerate(dict.fromkeys(sources))}
    rows = np.flatnonzero(starts)
    source = spans.by_identity([numbers[name] for name in sources])[rows]
    if len(np.unique(source)) < 2:  # noqa: PLR2004 (one instrumentation shows nothing twice)
        return found
    order = np.lexsort((spans.rows["start"][rows], source, joined.own[rows]))
    rows, source = rows[order], source[order]
    ranks = _ranks(spans, rows, source, len(numbers))
    for group in np.split(np.arange(len(rows)), np.flatnonzero(np.diff(joined.own[rows])) + 1):
        told = sorted(np.unique(source[group]).tolist(), key=lambda one: ranks[one], reverse=True)
        taken: list[int] = []
        for witness in told:
            own = rows[group[source[group] == witness]].tolist()
            for again, first in _pairs(spans, taken, own) if taken else ():
                found[again] = first
            taken.extend(row for row in own if found[row] < 0)
            taken.sort(key=lambda row: int(spans.rows["start"][row]))
    for again in np.flatnonzero(found >= 0).tolist():
        _add_end(spans, again, int(found[again]))
    return found


def _ranks(spans: Spans, rows: Indices, source: Indices, count: int) -> list[tuple[int, int]]:
    """How much each instrumentation tells of executions: of how many which task they do, and how many there are."""
    tasks = np.bincount(source[spans.rows["task"][rows] != 0], minlength=count)
    return list(zip(tasks.tolist(), np.bincount(source, minlength=count).tolist(), strict=True))


def _pairs(spans: Spans, first: list[int], again: list[int]) -> Iterator[tuple[int, int]]:
    """Executions of one step that two instrumentations show, those of the same task before the others; by their start.

    Each one is in one pair at most.
    """
    start, task = spans.rows["start"], spans.rows["task"]
    of_task: dict[int, list[int]] = {}
    for row in first:
        of_task.setdefault(int(task[row]), []).append(row)
    taken, left = set[int](), list[int]()
    for row in again:
        known = of_task.get(int(task[row]), []) if task[row] else []
        at = next((at for at, one in enumerate(known[:_NEARBY]) if _at_once(spans, one, row)), -1)
        if at < 0:
            left.append(row)
            continue
        taken.add(known[at])
        yield row, known.pop(at)
    free = [(int(start[row]), row) for row in first if row not in taken]
    for row in left:
        middle = bisect_left(free, (int(start[row]), -1))
        low = max(middle - _NEARBY, 0)
        fits = [at for at in range(low, min(middle + _NEARBY, len(free))) if _at_once(spans, free[at][1], row)]
        if fits:
            yield row, free.pop(min(fits, key=lambda at: abs(free[at][0] - int(start[row]))))[1]


def _at_once(spans: Spans, one: int, other: int) -> bool:
    """Whether two executions have most of the time of the shorter one in common."""
    start, end = ([(int(spans.rows[name][row])) for row in (one, other)] for name in ("start", "end"))
    common = min(end) - max(start)
    return common >= 0 and 2 * common >= min(end[0] - start[0], end[1] - start[1])


def _add_end(spans: Spans, again: int, first: int) -> None:
    rows = spans.rows
    if rows["flags"][again] & Flag.FAILED and not rows["flags"][first] & Flag.FAILED:
        rows["flags"][first] |= rows["flags"][again] & (Flag.FAILED | Flag.EXCEPTION)
        rows["error"][first] = rows["error"][first] or rows["error"][again]


def placed(joined: Join, calls: Calls) -> Join:
    """Calls without a place have that of what shows them again."""
    at = joined.at.copy()
    again = np.flatnonzero(calls.holder >= 0)
    shown = calls.holder[again]
    lost = (at[shown] < 0) | joined.inferred[shown]
    told = lost & (at[again] >= 0) & ~joined.inferred[again]
    at[shown[told]] = at[again[told]]
    inferred = joined.inferred.copy()
    inferred[shown[told]] = False
    return replace(joined, at=at, inferred=inferred)


def _calls_once(spans: Spans, calls: Calls, owner: Indices) -> Calls:
    """Calls without those that have no tokens and that another instrumentation shows in the same execution.

    There are as many calls in an execution as the instrumentation shows that shows the most of them.
    """
    sources = [identity.source for identity in spans.identities]
    numbers = {source: number for number, source in enumerate(dict.fromkeys(sources))}
    source = spans.by_identity([numbers[name] for name in sources])
    shown = np.flatnonzero((calls.all | calls.doubles) & (owner >= 0))
    inside: dict[int, dict[int, list[int]]] = {}
    for row in shown.tolist():
        inside.setdefault(int(owner[row]), {}).setdefault(int(source[row]), []).append(row)
    holder, counted = calls.holder.copy(), calls.counted
    for told in inside.values():
        if len(told) > 1:
            _leave_out(spans, sorted(told.values(), key=len, reverse=True), counted, holder)
    out = holder >= 0
    return replace(
        calls, blank=calls.blank & ~out, failed=calls.failed & ~out, doubles=calls.doubles | out, holder=holder
    )


def _leave_out(spans: Spans, told: list[list[int]], counted: Mask, holder: Indices) -> None:
    """Join the calls without tokens that several instrumentations show in one execution, the fullest one first."""
    holding = set(holder[[row for rows in told for row in rows]].tolist())
    free = [[row for row in rows if holder[row] < 0 and row not in holding] for rows in told]
    start = spans.rows["start"]
    for others in free[1:]:
        for with_tokens in (False, True):
            bare, rest = ([row for row in rows if holder[row] < 0 and row not in holding] for rows in (free[0], others))
            bare = sorted((row for row in bare if not (with_tokens and counted[row])), key=lambda row: int(start[row]))
            for again, first in _pairs(spans, bare, [row for row in rest if bool(counted[row]) == with_tokens]):
                inner, outer = (first, again) if with_tokens else (again, first)
                holder[inner] = outer
                holding.add(outer)
