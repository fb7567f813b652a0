"""Adding up: steps and edges over all runs."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

from msgspec import Struct, field

from wflint.model.recorded import RecordedEdge, StepRun
from wflint.model.workflow import END, START
from wflint.traces.analysis.executions import Execution
from wflint.traces.analysis.mismatches import unfit_result, why_unfit
from wflint.traces.analysis.source_index import SourceIndex, StepRef
from wflint.traces.analysis.transitions import Transition, beside, transitions_of, ways_in, ways_out

_ROUNDS, _TWICE = 3, 2
"""So many rounds, to so many times the input of the first, are growth."""
_MOST_RUNS = 200_000
"""Executions of one step that are kept one by one; later ones are only summed."""


class StepTally(Struct):
    """What the executions of a step come to."""

    executions: int = 0
    attempts: int = 0
    failures: int = 0
    retry_et: float = 0.0
    loop_et: float = 0.0
    runs: list[StepRun] = field(default_factory=list)
    growing: list[int] = field(default_factory=list)


class EdgeTally(Struct):
    """What the ways over an edge come to."""

    executions: int = 0
    mismatches: int = 0
    et: float = 0.0
    unknown: bool = False
    fit: list[float] = field(default_factory=list)
    unfit: list[float] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, et: float | None, after: float | None, reason: str) -> None:
        """One more way; `after` is what everything behind it cost."""
        self.executions += 1
        self.mismatches += bool(reason)
        self.unknown |= et is None
        self.et += et or 0.0
        if reason:
            self.reasons[reason] += 1
        if after is not None:
            (self.unfit if reason else self.fit).append(after)


class Tally(Struct):
    """Steps and edges, by what they are in the source."""

    refs: list[StepRef]
    index: SourceIndex
    steps: dict[StepRef, StepTally] = field(default_factory=lambda: defaultdict(StepTally))
    edges: dict[tuple[str, str, str], EdgeTally] = field(default_factory=lambda: defaultdict(EdgeTally))

    def add_run(self, run: int, executions: list[Execution], *, failed: bool) -> list[Transition]:
        """Add what a run did."""
        last: dict[tuple[int, int], Execution] = {}
        latest: dict[int, Execution] = {}
        for one in executions:
            if one.finished:
                before, through = last.get((one.ref, one.around)), latest.get(one.around)
                self._add_step(run, one, again=self._is_another_round(one, before, through))
                last[one.ref, one.around] = latest[one.around] = one
        self._note_growth(run, executions)
        ways = list(transitions_of(executions, self.refs, self.index, failed))
        told: dict[int, set[str]] = defaultdict(set)
        after = _costs_after(executions)
        for way in ways:
            self._add_way(way, after, told)
        for one in executions:
            if (one.refused or unfit_result(one)) and one.calls and one.number not in told:
                self._blame(one, ways)
        return ways

    def _is_another_round(self, one: Execution, before: Execution | None, through: Execution | None) -> bool:
        """Whether a run came back to a step, from what ran last.

        Several executions may be started together, or for one thing each, or for each word of an agent with its tools.
        """
        if before is None or through is None or beside(before, one):
            return False
        return self.index.comes_round(self.refs[one.ref], self.refs[through.ref])

    def _add_step(self, run: int, one: Execution, *, again: bool) -> None:
        tally = self.steps[self.refs[one.ref]]
        tally.executions += 1
        tally.attempts += one.attempts
        tally.failures += one.failed
        tally.retry_et += one.retry_et
        tally.loop_et += (one.et or 0.0) if again else 0.0
        if len(tally.runs) < _MOST_RUNS:
            tally.runs.append(StepRun(run, one.et, one.attempts + one.answers_again, one.failed))

    def _note_growth(self, run: int, executions: list[Execution]) -> None:
        """Steps whose first call reads more in each round of the run."""
        inputs: dict[tuple[int, int], list[int]] = defaultdict(list)
        for one in executions:
            if one.calls and one.calls[0].tokens > 0:
                inputs[one.ref, one.around].append(one.calls[0].tokens)
        for (ref, _), read in inputs.items():
            grows = all(before < after for before, after in pairwise(read))
            if len(read) >= _ROUNDS and grows and read[-1] >= _TWICE * read[0]:
                self.steps[self.refs[ref]].growing.append(run)

    def _add_way(self, way: Transition, costs: list[float | None], told: dict[int, set[str]]) -> None:
        edge = way.edge
        name = self._workflow(way), edge.source, edge.target
        inner = edge.source != START and edge.target != END
        reason = why_unfit(way, self.refs, self.index) if inner else ""
        if reason and way.source is not None and way.source.refused:
            before = told[way.source.number]
            reason = "" if edge.target in before else reason
            before.add(edge.target)
        after = costs[way.target.number] if inner and way.target is not None else None
        self.edges[name].add(way.target.et if way.target is not None else 0.0, after, reason)

    def _workflow(self, way: Transition) -> str:
        end = way.source or way.target
        assert end is not None
        return self.refs[end.ref].workflow

    def _blame(self, one: Execution, ways: list[Transition]) -> None:
        """A result that never became fit, or that nobody took: on the one way out, else on the way in."""
        ref = self.refs[one.ref]
        workflow = self.index.workflows.get(ref.workflow)
        if workflow is None:
            return
        reason = (
            "the answer never had the declared form" if one.failed else "the answer was refused and asked for again"
        )
        out = ways_out(workflow, ref.step)
        if len(out) == 1:
            self.edges[ref.workflow, ref.step, out[0].target].add(0.0, None, reason)
            return
        came = [way for way in ways if way.target is one and way.source is not None]
        if one.failed and came and not out and ways_in(workflow, ref.step):
            tally = self.edges[ref.workflow, came[0].edge.source, ref.step]
            tally.mismatches += 1
            tally.reasons[reason] += 1

    def recorded_edges(self, *, counts: bool) -> tuple[RecordedEdge, ...]:
        """The edges of the source that were taken; costs only where tokens are written."""
        return tuple(
            RecordedEdge(
                workflow=workflow,
                source=source,
                target=target,
                executions=tally.executions,
                mismatches=tally.mismatches,
                et=round(tally.et, 4) if counts and not tally.unknown else None,
                reasons=tuple(f"{reason} ({times})" for reason, times in tally.reasons.most_common()),
                ok_et=_mean(tally.fit) if counts else None,
                mismatch_et=_mean(tally.unfit) if counts else None,
            )
            for (workflow, source, target), tally in sorted(self.edges.items())
        )


def _costs_after(executions: list[Execution]) -> list[float | None]:
    """For each execution, effective tokens of it and of all that began after it."""
    total: float | None = None
    found: list[float | None] = []
    for one in reversed(executions):
        if one.et is not None:
            total = (total or 0.0) + one.et
        found.append(total)
    return found[::-1]


def _mean(values: list[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None
