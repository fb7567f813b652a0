"""Which spans count as calls of a model, each call once.

A call is counted at the outermost span that is a model call and carries tokens. A span around several calls carries the
sums of some of them, or the last one's, and is no call. The same call seen by two instrumentations is one call.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from itertools import chain, permutations

import numpy as np
from msgspec import Struct

from wflint.traces.analysis.spans import Indices, Mask, Spans
from wflint.traces.content import ANSWERED, CANCELLED
from wflint.traces.draft import UNKNOWN, Flag, Kind
from wflint.traces.sources import named

_SLACK = 5_000_000
"""Nanoseconds by which the inner one of two clocks may be out."""
_REPLY_SLACK = 2_000_000_000
"""Nanoseconds after a call in which its answer is put into a message that is written down by itself."""
_NEARBY = 16
_MOST_BESIDE = 64
"""So many calls are looked at for another witness of a call."""
_DETAILS = ("cached", "written", "reasoning")


class Calls(Struct, frozen=True):
    """The rows that are calls; `counted` have tokens, `blank` are calls that ended well and have none.

    `blurred` are among the latter: they carry the counts of one of several calls, and nobody knows those of the others.
    `doubles` are rows that show a call again, `containers` are spans that look like a call and hold several.
    `holder` is the row of the call that a double shows, -1 for the others.
    """

    counted: Mask
    blank: Mask
    failed: Mask
    doubles: Mask
    holder: Indices
    containers: Mask
    blurred: Mask

    @property
    def all(self) -> Mask:
        return self.counted | self.blank | self.failed


def calls_of(spans: Spans) -> Calls:
    """The calls among the spans."""
    rows = spans.rows
    models = spans.is_kind(Kind.MODEL)
    failed = (rows["flags"] & Flag.FAILED) != 0
    used = (rows["input"] != UNKNOWN) | (rows["output"] != UNKNOWN)
    containers = _containers(spans, models, failed)
    agents = _agents(spans, models) & ~containers
    blurred = agents & used
    eligible = models & used & ~containers & ~blurred
    counted = eligible & ((spans.around(eligible) < 0) | _misplaced(spans))
    _take_details(spans, models & used & ~counted, counted)
    outer = models & ~containers
    roots = outer & (spans.around(outer & ~agents) < 0)
    covered = np.zeros(len(rows), bool)
    holders = spans.nearest(roots)[counted]
    covered[holders[holders >= 0]] = True
    covered[_askers(spans, agents, counted)] = True
    empty = roots & ~covered & ~counted
    counted, empty, holder = _told_once(spans, counted, empty)
    broken = (failed | _broken_off(spans, failed)) & ~_spent(spans, empty & failed)
    broken &= ~_cut_off(spans, empty & broken & ~failed, failed)
    doubles = holder >= 0
    return Calls(counted, empty & ~broken, empty & broken, doubles, holder, containers & used, empty & blurred)


def _broken_off(spans: Spans, failed: Mask) -> Mask:
    """Rows without an output inside of something that failed: what failed may be they, whatever their status says."""
    found: Mask = ((spans.rows["flags"] & Flag.OUTPUT) == 0) & (spans.around(failed) >= 0)
    return found


def _cut_off(spans: Spans, calls: Mask, failed: Mask) -> Mask:
    """Of calls inside of something that failed, those that were under way when something else in it went wrong.

    They were asked, and nobody has seen what came of it: their tokens are spent and not known.
    """
    rows, found = spans.rows, np.zeros(len(calls), bool)
    around = spans.around(failed)
    bad = failed | ((rows["flags"] & Flag.REJECTS) != 0) & spans.is_kind(Kind.CHECK)
    faults: dict[int, list[int]] = {}
    for row in np.flatnonzero(bad & (around >= 0)).tolist() if calls.any() else ():
        faults.setdefault(int(around[row]), []).append(int(rows["end"][row]))
    for ends in faults.values():
        ends.sort()
    for call in np.flatnonzero(calls).tolist():
        ends = faults.get(int(around[call]), [])
        first = bisect_left(ends, int(rows["start"][call]))
        found[call] = first < len(ends) and ends[first] <= rows["end"][call] + _SLACK
    return found


def _spent(spans: Spans, failed: Mask) -> Mask:
    """Failed calls whose tokens have been spent: those that were answered in a wrong form, and those given up.

    Of one that nobody waits for any more, the answer may be under way.
    """
    errors = spans.rows["error"]
    texts = ((at, spans.table.texts.texts[at]) for at in np.unique(errors[failed]))
    spent = [at for at, text in texts if ANSWERED.search(text) or CANCELLED.search(text)]
    found: Mask = failed & np.isin(errors, spent)
    return found


def _containers(spans: Spans, models: Mask, failed: Mask) -> Mask:
    """Spans around several calls; what a tool of theirs asks a model is not among them."""
    around = spans.around(models | spans.is_kind(Kind.TOOL))
    inside = around[models & ~failed]
    held = np.bincount(inside[inside >= 0], minlength=len(models))
    return models & (held > 1) & ~_misplaced(spans)


def _misplaced(spans: Spans) -> Mask:
    """Rows of sources that may put a call inside of another one that was under way."""
    found: Mask = spans.by_identity([named(identity.source).misplaces for identity in spans.identities]) != 0
    return found


def _take_details(spans: Spans, inner: Mask, counted: Mask) -> None:
    """What only the inner one of two spans of a call tells of its tokens."""
    rows = spans.rows
    within = np.flatnonzero(inner)
    around = spans.around(counted)[within]
    for row, holder in zip(within[around >= 0], around[around >= 0], strict=True):
        if rows["input"][row] == rows["input"][holder] and rows["output"][row] == rows["output"][holder]:
            for name in _DETAILS:
                if rows[name][holder] == UNKNOWN:
                    rows[name][holder] = rows[name][row]


def _agents(spans: Spans, models: Mask) -> Mask:
    """Spans that look like a call and hold a tool: an agent's work, with a call before the tool and one after it."""
    found = np.zeros(len(models), bool)
    around = spans.around(models)[spans.is_kind(Kind.TOOL)]
    found[around[around >= 0]] = True
    return found & ~_misplaced(spans)


def _askers(spans: Spans, agents: Mask, counted: Mask) -> Indices:
    """Agents whose own calls are told: what a tool of theirs asks, and whom it asks, is somebody else's."""
    asked = spans.around(agents | spans.is_kind(Kind.TOOL))[counted]
    asked = asked[asked >= 0]
    found: Indices = asked[agents[asked]]
    return found


def _told_once(spans: Spans, counted: Mask, empty: Mask) -> tuple[Mask, Mask, Indices]:
    """Calls without those that another instrumentation shows as well, and what each of those shows."""
    doubles, holder = np.zeros(len(counted), bool), np.full(len(counted), -1)
    sources = [identity.source for identity in spans.identities]
    numbers = {source: number for number, source in enumerate(dict.fromkeys(sources))}
    replies = _replies(spans)
    if len(numbers) == 1 and not replies.any():
        return counted, empty, holder
    source = 2 * spans.by_identity([numbers[name] for name in sources]) + replies
    paired = set[tuple[int, int]]()
    same = _same(spans, np.flatnonzero(counted), source)
    for outer, inner in chain(same, _lent(spans, counted, empty, source, doubles)):
        if doubles[inner] or doubles[outer] or (outer, int(source[inner])) in paired:
            continue
        doubles[inner], holder[inner] = True, outer
        paired.add((outer, int(source[inner])))
        if not counted[inner]:
            continue
        for name in ("input", "output", *_DETAILS):
            if spans.rows[name][outer] == UNKNOWN:
                spans.rows[name][outer] = spans.rows[name][inner]
        counted[outer], empty[outer] = True, False
    return counted & ~doubles, empty & ~doubles, holder


def _same(spans: Spans, calls: Indices, source: Indices) -> Iterator[tuple[int, int]]:
    """Pairs of one call: the same counts, one inside the time of the other, by different witnesses."""
    rows = spans.rows
    order = calls[np.lexsort((rows["start"][calls], rows["output"][calls], rows["input"][calls]))]
    counts = np.stack([rows["input"][order], rows["output"][order]])
    cuts = np.flatnonzero((counts[:, 1:] != counts[:, :-1]).any(axis=0)) + 1
    for group in np.split(order, cuts):
        witnesses = np.unique(source[group])
        if len(witnesses) > 1:
            told = [group[source[group] == witness] for witness in witnesses]
            told.sort(key=lambda some: _reach(spans, some), reverse=True)
            for outers, inners in permutations(told, 2):
                yield from _nested(spans, outers, inners)


def _reach(spans: Spans, calls: Indices) -> tuple[int, int]:
    """How likely calls of one witness are around those of another: they have places in a run, and take longer."""
    rows = spans.rows[calls]
    return int((spans.up[calls] >= 0).sum()), int((rows["end"] - rows["start"]).sum())


def _nested(spans: Spans, outers: Indices, inners: Indices) -> Iterator[tuple[int, int]]:
    """As many pairs as there can be of calls that begin and end inside of others; calls at one time may be alike.

    Of the calls that begin in one, the last one to begin first, the last one to end is inside of it.
    """
    rows = spans.rows
    begun: list[tuple[int, int]] = []
    waiting = [(int(rows["start"][one]), one) for one in inners.tolist()]
    waiting.sort()
    for outer in outers[np.argsort(-rows["start"][outers], kind="stable")].tolist():
        while waiting and waiting[-1][0] >= rows["start"][outer] - _SLACK:
            inner = waiting.pop()[1]
            insort(begun, (int(rows["end"][inner]), inner))
        late = _REPLY_SLACK if begun and _is_late(spans, begun[0][1], outer) else _SLACK
        last = bisect_right(begun, (int(rows["end"][outer]) + late, len(rows)))
        for at in range(last - 1, max(last - _NEARBY, 0) - 1, -1):
            if _alike(spans, outer, begun[at][1]):
                yield outer, begun.pop(at)[1]
                break


def _lent(spans: Spans, counted: Mask, empty: Mask, source: Indices, doubles: Mask) -> Iterator[tuple[int, int]]:
    """Calls that lack tokens, each with the one call inside its time that another instrumentation shows.

    That one stands by itself, or beside it in the same span: a stream of an answer outlives the span that asked for it.
    One that has tokens is preferred, because it lends them; of several messages without any, the first one. Those
    that are known by now to show another call are out.
    """
    rows, up = spans.rows, spans.up
    calls = np.flatnonzero(counted | empty)
    calls = calls[np.argsort(rows["start"][calls], kind="stable")]
    givers = calls[up[calls] < 0]
    starts = rows["start"][givers]
    beside: dict[int, list[int]] = {}
    for row in calls[up[calls] >= 0].tolist():
        beside.setdefault(int(up[row]), []).append(row)
    for outer in np.flatnonzero(empty).tolist():
        first = np.searchsorted(starts, rows["start"][outer] - _SLACK)
        near = (*givers[first : first + _NEARBY].tolist(), *beside.get(int(up[outer]), ())[:_MOST_BESIDE])
        fits = [
            inner
            for inner in near
            if source[inner] != source[outer]
            and not doubles[inner]
            and _within(spans, inner, outer)
            and _alike(spans, outer, inner)
        ]
        for witness in dict.fromkeys(int(source[inner]) for inner in fits):
            told = [inner for inner in fits if source[inner] == witness]
            chosen = [inner for inner in told if counted[inner]]
            if not chosen and all(_is_late(spans, inner, outer) for inner in told):
                chosen = [min(told, key=lambda inner: int(rows["end"][inner]))]
            chosen = chosen or told
            if len(chosen) == 1:
                yield outer, chosen[0]


def _replies(spans: Spans) -> Mask:
    """Calls that are told by messages, which are witnesses beside the spans of their own source."""
    found: Mask = (spans.rows["flags"] & Flag.INNER) != 0
    return found


def _within(spans: Spans, inner: int | np.int64, outer: int | np.int64) -> bool:
    start, end = spans.rows["start"], spans.rows["end"]
    late = _REPLY_SLACK if _is_late(spans, inner, outer) else _SLACK
    return bool(start[inner] >= start[outer] - _SLACK and end[inner] <= end[outer] + late)


def _is_late(spans: Spans, inner: int | np.int64, outer: int | np.int64) -> bool:
    """Whether one witness is a message, which is written down after the call that the other one shows."""
    flags = spans.rows["flags"]
    return bool(flags[inner] & Flag.INNER and not flags[outer] & Flag.INNER)


def _alike(spans: Spans, one: int, other: int) -> bool:
    """Whether two calls may be of the same model; one may name it with its date."""
    names = [spans.identities[spans.rows["identity"][row]].model for row in (one, other)]
    return not all(names) or names[0].startswith(names[1]) or names[1].startswith(names[0])
