"""What steps did in a run: executions with their attempts, and the ways from one to the next."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

import numpy as np
from msgspec import Struct, field

from wflint.traces.analysis.calls import Calls
from wflint.traces.analysis.costs import Weighed
from wflint.traces.analysis.join import Join
from wflint.traces.analysis.runs import Runs
from wflint.traces.analysis.spans import Indices, Mask, Spans
from wflint.traces.analysis.witnesses import Begun
from wflint.traces.draft import UNKNOWN, Flag, Kind
from wflint.traces.sources import named


class Call(Struct):
    """One call of a model; `et` is None where its tokens are not known."""

    start: int
    end: int
    et: float | None
    tokens: int
    """Input tokens, `UNKNOWN` where nobody wrote them."""
    flags: int = 0
    agent: int = -1
    """The row of the agent that made it, where its source tells refused answers."""


class Execution(Struct):
    """One execution of a step: all its attempts. `row` is the row of the last one.

    `number` is its number among the executions of its run, `around` that of the execution it runs inside of.
    `refused` is true where its own result was refused and made again, or never became valid.
    """

    ref: int
    row: int
    number: int
    start: int
    end: int
    around: int
    iteration: int
    task: int
    attempts: int = 1
    failed: bool = False
    refused: bool = False
    rejects: bool = False
    finished: bool = True
    flags: int = 0
    errors: list[str] = field(default_factory=list)
    targets: frozenset[str] = frozenset()
    keys: str = ""
    calls: list[Call] = field(default_factory=list)
    retry_et: float = 0.0
    answers_again: int = 0

    @property
    def et(self) -> float | None:
        """Effective tokens of its own calls; None where calls are there and none has tokens."""
        counted = [call.et for call in self.calls if call.et is not None]
        return sum(counted) if counted or not self.calls else None


class _Row(Struct):
    """What the table says of an attempt; reading a row at once is much quicker than its numbers one by one."""

    row: int
    ref: int
    outer: int
    start: int
    end: int
    iteration: int
    task: int
    identity: int
    target: int
    error: int
    keys: int
    flags: int


_COLUMNS = list(_Row.__struct_fields__[3:])
_AT_ONCE = 256
"""So many runs are read from the table at once."""


class Executions:
    """The executions of all runs, one run at a time."""

    def __init__(self, spans: Spans, calls: Calls, runs: Runs, joined: Join, et: Weighed, begun: Begun) -> None:
        self._spans, self._calls, self._runs, self._join, self._et = spans, calls, runs, joined, et
        self._starts, self._owner, self._outer = begun.starts, begun.owner, begun.outer
        self._told = self._targets_told()
        self._told_rows = spans.rows[_COLUMNS]
        sources = [named(identity.source) for identity in spans.identities]
        answering = spans.by_identity([source.answer_retries for source in sources]) != 0
        self._agent = spans.nearest(answering & spans.is_kind(Kind.AGENT))
        self._waiting = frozenset(at for at, source in enumerate(sources) if source.waits)

    @property
    def owner(self) -> Indices:
        """The row of the execution that each row is inside of, -1 where there is none."""
        return self._owner

    def _targets_told(self) -> dict[int, set[str]]:
        """Who goes next, as routers and hand-offs inside each execution say, and links out of it."""
        spans, found = self._spans, dict[int, set[str]]()
        texts = spans.table.texts.texts
        telling = (spans.rows["target"] != 0) & (self._owner >= 0) & ~spans.is_kind(Kind.MODEL)
        for row in np.flatnonzero(telling & ~self._starts):
            found.setdefault(int(self._owner[row]), set()).update(texts[spans.rows["target"][row]].split("|"))
        for sender, receiver in self.linked():
            found.setdefault(sender, set()).add(self._join.refs[self._join.own[receiver]].step)
        return found

    @cached_property
    def deciders(self) -> dict[int, set[str]]:
        """Names of what ran inside each execution beside models and tools: a router among them has decided."""
        spans, found = self._spans, dict[int, set[str]]()
        inside = (self._owner >= 0) & ~self._starts & spans.is_kind(Kind.STEP, Kind.OTHER, Kind.DECISION)
        for row in np.flatnonzero(inside):
            name = spans.identities[spans.rows["identity"][row]].name
            found.setdefault(int(self._owner[row]), set()).add(name)
        return found

    @cached_property
    def _last_faults(self) -> dict[int, int]:
        """For each execution that went well by its own word, the row of a failure inside it that ended its run."""
        spans, rows = self._spans, self._spans.rows
        bad = (rows["flags"] & Flag.FAILED) != 0
        inside = bad & (self._owner >= 0) & ~self._starts & spans.is_kind(Kind.OTHER, Kind.CHECK, Kind.RUN)
        if not inside.any():
            return {}
        begun = np.zeros(max(self._runs.count, 1), np.int64)
        working = (self._runs.of >= 0) & (self._starts | self._calls.all)
        np.maximum.at(begun, self._runs.of[working], rows["start"][working])
        of = self._runs.of
        return {
            int(self._owner[row]): int(row)
            for row in np.flatnonzero(inside & (of >= 0))
            if rows["end"][row] >= begun[of[row]] and not rows["flags"][self._owner[row]] & Flag.OUTPUT
        }

    def linked(self) -> list[tuple[int, int]]:
        """Pairs of executions, by row, of which the second one links to something that the first one sent."""
        spans = self._spans
        if not spans.table.links:
            return []
        ids = spans.rows["span"]
        order = np.argsort(ids, kind="stable")
        ends = np.array(spans.table.links, np.uint64)
        at = np.minimum(np.searchsorted(ids[order], ends), len(ids) - 1)
        known = (ids[order[at]] == ends).all(axis=1)
        rows = order[at[known]]
        receivers, senders = rows[:, 0], self._owner[rows[:, 1]]
        fits = self._starts[receivers] & (senders >= 0)
        return [(int(one), int(other)) for one, other in zip(senders[fits], receivers[fits], strict=True)]

    @property
    def unowned(self) -> Mask:
        """Calls that are inside no execution."""
        return self._calls.all & (self._owner < 0)

    def __iter__(self) -> Iterator[tuple[int, list[Execution]]]:
        """The executions of each run, in order of their start."""
        rows = self._spans.rows
        inside = np.flatnonzero(self._starts & (self._runs.of >= 0))
        order = inside[np.lexsort((rows["start"][inside], self._runs.of[inside]))]
        calls = np.flatnonzero(self._calls.all & (self._owner >= 0))
        runs_of_calls = self._runs.of[self._owner[calls]]
        in_order = np.lexsort((rows["start"][calls], runs_of_calls))
        calls, runs_of_calls = calls[in_order], runs_of_calls[in_order]
        runs = self._runs.of[order]
        cuts = [0, *(np.flatnonzero(np.diff(runs)) + 1).tolist(), len(order)] if len(order) else []
        for at in range(0, len(cuts) - 1, _AT_ONCE):
            some = cuts[at : at + _AT_ONCE + 1]
            first, last = np.searchsorted(runs_of_calls, (runs[some[0]], runs[some[-1] - 1] + 1))
            owned = self._by_owner(calls[first:last])
            told = self._rows(order[some[0] : some[-1]])
            for begin, end in pairwise(some):
                yield int(runs[begin]), self._of_run(told[begin - some[0] : end - some[0]], owned)

    def _rows(self, group: Indices) -> list[_Row]:
        columns = (group, self._join.own[group], self._outer[group], self._told_rows[group])
        return [
            _Row(row, ref, outer, *told)
            for row, ref, outer, told in zip(*(one.tolist() for one in columns), strict=True)
        ]

    def _by_owner(self, calls: Indices) -> dict[int, list[Call]]:
        """Some calls of models, by the row of the execution that they are inside of."""
        found: dict[int, list[Call]] = {}
        rows = self._spans.rows[calls]
        known = (rows["input"] != UNKNOWN) | (rows["output"] != UNKNOWN)
        columns = (
            self._owner[calls],
            known,
            self._calls.failed[calls],
            self._et.total[calls],
            *(rows[name] for name in ("start", "end", "input", "flags")),
            self._agent[calls],
        )
        told = zip(*(one.tolist() for one in columns), strict=True)
        for owner, is_known, failed, et, start, end, tokens, flags, agent in told:
            call = Call(start, end, et if is_known else None, tokens, flags, agent)
            if failed and not is_known:
                call.et, call.tokens = 0.0, UNKNOWN
            found.setdefault(owner, []).append(call)
        return found

    def _of_run(self, rows: list[_Row], calls: dict[int, list[Call]]) -> list[Execution]:
        found: list[Execution] = []
        by_row: dict[int, int] = {}
        open_: dict[tuple[int, int, int], Execution] = {}
        latest: dict[int, Execution] = {}
        for told in rows:
            made = self._attempt(told, calls.get(told.row, []))
            around = by_row.get(told.outer, -1)
            key = made.ref, made.task, around
            before = _before(made, open_.get(key), latest.get(around))
            if before is None:
                made.number = len(found)
                made.around = around
                found.append(made)
            else:
                _go_on(before, made)
                made = before
            by_row[told.row] = made.number
            open_[key] = latest[around] = made
        return found

    def _attempt(self, told: _Row, calls: list[Call]) -> Execution:
        spans, row, flags = self._spans, told.row, told.flags
        texts = spans.table.texts.texts
        made = Execution(
            ref=told.ref,
            row=row,
            number=-1,
            start=told.start,
            end=told.end,
            around=-1,
            iteration=told.iteration,
            task=told.task,
            failed=bool(flags & Flag.FAILED),
            rejects=bool(flags & Flag.REJECTS),
            finished=bool(calls or flags & (Flag.OUTPUT | Flag.FAILED)) or told.identity not in self._waiting,
            flags=flags,
            keys=texts[told.keys],
            calls=calls,
        )
        if told.target or row in self._told:
            made.targets = frozenset({*texts[told.target].split("|"), *self._told.get(row, ())}) - {""}
        if told.error:
            made.errors.append(texts[told.error])
        if row in self._last_faults:
            self._add_fault(made, self._last_faults[row])
        for call in calls:
            made.flags |= call.flags & (Flag.INPUT | Flag.OUTPUT)
        self._count_answers(made, row)
        return made

    def _add_fault(self, made: Execution, row: int) -> None:
        """What went wrong inside, though the execution itself says nothing of it."""
        made.failed = True
        error = self._spans.rows["error"][row]
        if error:
            made.errors.append(self._spans.table.texts.texts[error])

    def _count_answers(self, made: Execution, row: int) -> None:
        """Calls of one agent right after each other, without a tool between them: the first answer was refused."""
        if len(made.calls) < 2:  # noqa: PLR2004 (one answer follows none)
            return
        tools = self._tools.get(row, [])
        for one, other in pairwise(sorted(made.calls, key=lambda call: (call.agent, call.start))):
            same = one.agent == other.agent >= 0
            if same and not any(one.end <= at <= other.start for at in tools):
                made.answers_again += 1
                made.retry_et += other.et or 0.0
        made.refused = made.answers_again > 0

    @cached_property
    def _tools(self) -> dict[int, list[int]]:
        """The starts of tools inside each execution."""
        found: dict[int, list[int]] = {}
        for row in np.flatnonzero(self._spans.is_kind(Kind.TOOL) & (self._owner >= 0)):
            found.setdefault(int(self._owner[row]), []).append(int(self._spans.rows["start"][row]))
        return found


def _before(made: Execution, before: Execution | None, latest: Execution | None) -> Execution | None:
    """The execution that an attempt repeats; where nothing tells what it was given, what failed right before it.

    Nothing that was begun in the same place after the failure may stand between the two; what was under way may.
    """
    if before is not None and _resumes(made, before):
        return before
    if before is None or not before.failed or before.iteration != made.iteration or made.start < before.end:
        return None
    nothing_else = latest is None or latest is before or latest.start < before.end
    return before if made.task or nothing_else else None


def _resumes(made: Execution, before: Execution) -> bool:
    """Whether it goes on with what stopped to wait."""
    return bool(before.flags & Flag.PAUSED) and made.task != 0 and made.iteration == before.iteration


def _go_on(before: Execution, made: Execution) -> None:
    """Add another attempt to an execution, or the rest of one that has waited."""
    if not _resumes(made, before):
        before.attempts += 1
        before.retry_et += (made.et or 0.0) + 0.0
    before.calls.extend(made.calls)
    before.errors.extend(made.errors)
    before.row, before.end, before.failed = made.row, made.end, made.failed
    before.flags, before.targets, before.keys = made.flags, made.targets, made.keys
    before.rejects, before.refused = made.rejects, before.refused or made.refused
