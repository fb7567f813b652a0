"""Runs of which each step is a trace of its own: told apart by the order of the steps in the source.

An agent that the code of a step runs begins a trace where nothing traces what is around it. Which traces belong
together nobody has written down; the source says which step can follow which. That is an inference, and said to be one.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct, field

from wflint.model.workflow import END, START, Workflow
from wflint.traces.analysis.join import NOWHERE, Join
from wflint.traces.analysis.source_index import SourceIndex, StepRef
from wflint.traces.analysis.spans import Indices, Mask, Spans
from wflint.traces.draft import Flag, Kind

_SLACK = 5_000_000
"""Nanoseconds by which a step may seem to begin before the one that it follows ends."""


_MOST_AT_ONCE = 32
"""So many runs may go on at the same time."""


class _Trace(Struct):
    """The one step that a group of spans is about."""

    group: int
    step: str
    start: int
    end: int
    failed: bool
    followed: set[str] = field(default_factory=set)


def chained(spans: Spans, group: Indices, works: Mask, joined: Join, index: SourceIndex) -> list[list[int]]:
    """Groups of spans that are one run, of workflows whose steps are traces of their own."""
    found = []
    for workflow, traces in _traces(spans, group, works, joined, index).items():
        order = _Order(index.workflows[workflow], {one.step for one in traces})
        if order.is_told:
            found.extend(_runs(sorted(traces, key=lambda one: one.start), order))
    return found


class _Order:
    """Which traced step can follow which, over steps that leave no trace."""

    def __init__(self, workflow: Workflow, traced: set[str]) -> None:
        after: dict[str, set[str]] = {}
        for edge in workflow.edges:
            after.setdefault(edge.source, set()).add(edge.target)
        self._next = {step: _onward(step, after, traced) for step in (START, *traced)}
        followers = set().union(*(self._next[step] for step in traced))
        entries = self._next[START] or traced - followers
        self.is_told = workflow.complete_edges and bool(entries and followers) and entries.isdisjoint(followers)

    def follows(self, before: str, step: str) -> bool:
        """Whether a step can be the next traced one."""
        return step in self._next[before]


def _onward(step: str, after: dict[str, set[str]], traced: set[str]) -> set[str]:
    found: set[str] = set()
    seen, waiting = {step}, [*after.get(step, ())]
    while waiting:
        one = waiting.pop()
        if one in traced:
            found.add(one)
        elif one not in seen and one != END:
            seen.add(one)
            waiting.extend(after.get(one, ()))
    return found


class _Run(Struct):
    """The groups that are put together, and of each step the trace that others may follow: the first good one."""

    groups: list[int] = field(default_factory=list)
    first_of: dict[str, _Trace] = field(default_factory=dict)

    def add(self, trace: _Trace, order: _Order) -> None:
        """Take another trace for a part of the run."""
        self.groups.append(trace.group)
        for one in self.first_of.values():
            if order.follows(one.step, trace.step):
                one.followed.add(trace.step)
        known = self.first_of.get(trace.step)
        if known is None or known.failed:
            self.first_of[trace.step] = trace


def _runs(traces: list[_Trace], order: _Order) -> list[list[int]]:
    runs: list[_Run] = []
    for trace in traces:
        fits = [
            (one.failed, trace.step in one.followed, run)
            for run in runs[-_MOST_AT_ONCE:]
            for one in run.first_of.values()
            if one.end <= trace.start + _SLACK and order.follows(one.step, trace.step)
        ]
        if fits:
            likely = min(fit[:2] for fit in fits)
            best = [run for *fit, run in fits if tuple(fit) == likely]
            chosen = best[-1] if likely[1] else best[0]
        else:
            chosen = _Run()
            runs.append(chosen)
        chosen.add(trace, order)
    return [run.groups for run in runs]


def _traces(spans: Spans, group: Indices, works: Mask, joined: Join, index: SourceIndex) -> dict[str, list[_Trace]]:
    """By workflow, the groups that are an agent at one step of it; none of a workflow that other groups are about."""
    agents, others = _agents(spans, group, works, joined)
    flows = {ref.workflow for ref, _, _ in agents}
    found: dict[str, list[_Trace]] = {}
    for ref, one, top in agents:
        runner = index.only_runner_of(ref.workflow)
        place = runner if runner is not None and runner.workflow in flows else ref
        if not ref.step and place is ref:
            others.add(ref.workflow)
            continue
        row = spans.rows[top]
        failed = bool(row["flags"] & Flag.FAILED)
        trace = _Trace(one, place.step, int(row["start"]), int(row["end"]), failed)
        found.setdefault(place.workflow, []).append(trace)
    return {workflow: traces for workflow, traces in found.items() if workflow not in others}


def _agents(spans: Spans, group: Indices, works: Mask, joined: Join) -> tuple[list[tuple[StepRef, int, int]], set[str]]:
    """The groups that are one agent's work, each with its step and its first row; and what the others are about.

    The step has no name where the agent's work is several steps of a workflow.
    """
    at = joined.at
    known = np.array([ref.workflow != NOWHERE for ref in joined.refs] or [False])
    placed = works & (at >= 0) & known[at]
    found, others = [], set[str]()
    pairs = np.unique(np.stack([group[placed], at[placed]], axis=1), axis=0)
    steps: dict[int, list[int]] = {}
    for one, step in pairs.tolist():
        steps.setdefault(one, []).append(step)
    tops: dict[int, list[int]] = {}
    for row in np.flatnonzero(works & (spans.up < 0)).tolist():
        tops.setdefault(int(group[row]), []).append(row)
    agents = spans.is_kind(Kind.AGENT)
    for one, places in steps.items():
        top = tops.get(one, [])
        refs = [joined.refs[place] for place in places]
        flows = {ref.workflow for ref in refs}
        if len(top) != 1 or not agents[top[0]] or len(flows) > 1:
            others |= flows
        else:
            found.append((refs[0] if len(refs) == 1 else StepRef(refs[0].workflow, ""), one, top[0]))
    return found, others
