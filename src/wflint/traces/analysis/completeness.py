"""Which of the five parts of a complete trace are missing, for which run and step."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import numpy as np
from msgspec import Struct, field

from wflint.model.recorded import MissingPart
from wflint.model.workflow import Choice, StepKind
from wflint.traces.analysis.executions import Execution
from wflint.traces.analysis.source_index import SourceIndex, StepRef
from wflint.traces.analysis.spans import Indices, Mask, Spans
from wflint.traces.analysis.transitions import Transition, carried
from wflint.traces.draft import Flag, Kind

_MOST = 10_000


class Part(StrEnum):
    """A part of a trace that people can rely on."""

    TIMINGS = "timings"
    SNAPSHOTS = "snapshots"
    DECISIONS = "decision points"
    ERRORS = "error log"
    ASSEMBLY = "final assembly"
    TOKENS = "tokens"
    PARENTS = "parents"


class Completeness(Struct):
    """Collects what is missing; `left_out` counts what is beyond a bound."""

    spans: Spans
    refs: list[StepRef]
    index: SourceIndex
    found: dict[MissingPart, None] = field(default_factory=dict)
    calling: set[StepRef] = field(default_factory=set)
    silent: list[tuple[int, StepRef]] = field(default_factory=list)
    left_out: int = 0

    def report(self, part: Part, run: int | None, ref: StepRef | None, reason: str) -> None:
        """Something is missing."""
        if len(self.found) >= _MOST:
            self.left_out += 1
            return
        workflow = ref.workflow or None if ref is not None else None
        self.found[MissingPart(part.value, run, workflow, ref.step if ref else None, reason)] = None

    def add_runs(self, of: Indices, failed: Mask) -> None:
        """Look at each run as a whole; its last word may be its root's, or that of the work that ended last."""
        if not len(failed):
            return
        spans = self.spans
        tops = (of >= 0) & (spans.up < 0)
        roots = tops & (spans.rows["parent"] == 0)
        rooted = np.bincount(of[roots], minlength=len(failed))
        orphans = np.bincount(of[tops], minlength=len(failed)) - rooted
        silent = ~failed & ~self._have_last_word(of, roots, len(failed))
        for run in np.flatnonzero(orphans | (rooted == 0) | silent).tolist():
            if orphans[run]:
                self.report(Part.PARENTS, run, None, f"{orphans[run]} spans whose parent is in no file")
            if not rooted[run]:
                self.report(Part.ASSEMBLY, run, None, "there is no root span")
            elif silent[run]:
                self.report(Part.ASSEMBLY, run, None, "no root span has an output, and neither has what ended last")

    def _have_last_word(self, of: Indices, roots: Mask, count: int) -> Mask:
        spans, rows = self.spans, self.spans.rows
        told = (of >= 0) & ((rows["flags"] & (Flag.OUTPUT | Flag.REDACTED)) != 0)
        whole = np.bincount(of[told & (roots | spans.is_kind(Kind.RUN))], minlength=count) > 0
        work = (of >= 0) & spans.is_kind(Kind.MODEL, Kind.AGENT, Kind.STEP)
        ends, begun = np.zeros(count, np.int64), np.zeros(count, np.int64)
        np.maximum.at(ends, of[work], rows["end"][work])
        last = np.flatnonzero(work & (rows["end"] == ends[of]))[::-1]
        begun[of[last]] = rows["start"][last]
        beside = work & told & (rows["end"] >= begun[of])
        found: Mask = whole | ((ends > 0) & (np.bincount(of[beside], minlength=count) > 0))
        return found

    def add_steps(
        self, run: int, executions: list[Execution], ways: list[Transition], deciders: dict[int, set[str]]
    ) -> None:
        """Look at what the steps of a run left behind."""
        for one in executions:
            ref = self.refs[one.ref]
            for part, reason in _lacking(one):
                self.report(part, run, ref, reason)
            if one.calls:
                self.calling.add(ref)
            elif not one.failed:
                self.silent.append((run, ref))
            if any(call.et is None for call in one.calls):
                self.report(Part.TOKENS, run, ref, "a model call has no token counts")
        for source, reason in self._undecided(executions, ways, deciders):
            self.report(Part.DECISIONS, run, source, reason)

    def _undecided(
        self, executions: list[Execution], ways: list[Transition], deciders: dict[int, set[str]]
    ) -> Iterator[tuple[StepRef, str]]:
        """Choices that were made and left no trace of how; an agent that goes on by itself has chosen nothing."""
        for way in ways:
            if way.source is None or way.target is None or way.edge.choice is None:
                continue
            named = way.source.targets & {way.edge.target, way.edge.label or way.edge.target}
            told = named or carried(way.source, way.edge) or deciders.get(way.source.row)
            if not told and way.target.around != way.source.number:
                yield self.refs[way.source.ref], f'nothing says why "{way.edge.target}" was chosen'
        moved = {way.source.number for way in ways if way.source is not None and way.target is not None}
        for one in executions:
            ref = self.refs[one.ref]
            if one.failed or one.number in moved or one.targets or deciders.get(one.row):
                continue
            if any(self._must_tell(choice, ref) for choice in self._choices(ref)):
                yield ref, "nothing says what was chosen after it"

    def _choices(self, ref: StepRef) -> Iterator[Choice]:
        workflow = self.index.workflows.get(ref.workflow)
        return (choice for choice in (workflow.choices if workflow else ()) if choice.source == ref.step)

    def _must_tell(self, choice: Choice, ref: StepRef) -> bool:
        """Whether a choice is made by code of its own, whenever the step has run."""
        by_model = self.index.step(ref).kind in (StepKind.AGENT, StepKind.SUBWORKFLOW)
        return not choice.is_goto and not choice.on_error and not by_model

    def settle(self) -> tuple[MissingPart, ...]:
        """Everything that is missing, in order; also steps that call models in other runs and not in this one."""
        for run, ref in self.silent:
            if ref in self.calling:
                self.report(Part.TOKENS, run, ref, "no model call is recorded here, and there is in other runs")
        return tuple(
            sorted(
                self.found, key=lambda one: (one.run is not None, one.run or 0, one.step or "", one.part, one.reason)
            )
        )


def _lacking(one: Execution) -> Iterator[tuple[Part, str]]:
    if not one.flags & Flag.ENDED:
        yield Part.TIMINGS, "it has no end"
    if one.flags & Flag.REDACTED:
        yield Part.SNAPSHOTS, "inputs or outputs are hidden"
        return
    lacks = [] if one.flags & Flag.INPUT else ["input"]
    if not one.failed and one.finished and not one.flags & (Flag.OUTPUT | Flag.EMPTY):
        lacks.append("output")
    if lacks:
        yield Part.SNAPSHOTS, f"no {' and no '.join(lacks)}"
    if one.failed and not one.flags & Flag.EXCEPTION and not one.errors:
        yield Part.ERRORS, "it failed, and the error is not written down"
