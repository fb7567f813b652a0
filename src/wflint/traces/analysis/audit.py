"""From a reading and the source graph to one recording."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from wflint.config import CostSettings
from wflint.model.recorded import (
    RecordedRun,
    RecordedStep,
    Recording,
    TraceSource,
    Unattributed,
    Unlisted,
)
from wflint.model.workflow import Workflow
from wflint.traces.analysis.calls import Calls, calls_of
from wflint.traces.analysis.completeness import Completeness, Part
from wflint.traces.analysis.costs import Costs, Weighed
from wflint.traces.analysis.executions import Execution, Executions
from wflint.traces.analysis.join import NOWHERE, Join, join
from wflint.traces.analysis.runs import Runs, runs_of
from wflint.traces.analysis.source_index import SourceIndex, StepRef
from wflint.traces.analysis.spans import Mask, Spans
from wflint.traces.analysis.tally import StepTally, Tally
from wflint.traces.analysis.unlisted import Succession, unlisted_in
from wflint.traces.analysis.witnesses import Begun, begun, placed
from wflint.traces.draft import UNKNOWN, Flag, Kind
from wflint.traces.reading.reading import TraceReading
from wflint.traces.sources import LOGS, named

_STREAMED = "streamed calls carry them only where the client asks for usage (stream_options, stream_usage)"
_LAST_ONLY = "spans around tools carry the counts of one call and stand for several, so theirs are not used"
_TOKENS = ("input", "cached", "output", "reasoning")


def audit_traces(
    reading: TraceReading, workflows: Iterable[Workflow], settings: CostSettings | None = None
) -> Recording:
    """Join what was read to the source, and add it up."""
    costs = Costs(settings or CostSettings())
    spans = Spans.of(reading.table)
    _note_faults(spans, reading)
    if not len(spans.rows):
        return Recording(notes=tuple(_only_logs(spans)))
    index = SourceIndex(workflows)
    calls = calls_of(spans)
    joined = placed(join(spans, calls, index), calls)
    begins, calls = begun(spans, joined, calls)
    works = ~spans.is_kind(Kind.BUILD, Kind.MESSAGE) & ~calls.doubles
    runs = runs_of(spans, works, joined, index, begins.twins)
    return _Auditor(spans, calls, joined, runs, costs.weighed(spans), index, begins).recording(reading)


class _Auditor:
    def __init__(
        self, spans: Spans, calls: Calls, joined: Join, runs: Runs, et: Weighed, index: SourceIndex, begins: Begun
    ) -> None:
        self._begun = begins
        self._spans, self._calls, self._join, self._runs, self._et, self._index = spans, calls, joined, runs, et, index
        self._complete = Completeness(spans, joined.refs, index)
        self._tally = Tally(joined.refs, index)
        self._losing = frozenset(np.unique(runs.of[calls.all & (joined.at < 0)]).tolist())
        """Runs with calls of no step: what a step without calls cost in them is not known."""

    def recording(self, reading: TraceReading) -> Recording:
        """Everything at once."""
        executions = Executions(self._spans, self._calls, self._runs, self._join, self._et, self._begun)
        failed, succession = self._failed_runs(), Succession(self._join.refs, self._index)
        for number, done in executions:
            succession.add_run(done)
            failed[number] |= _ends_badly(done)
            ways = self._tally.add_run(number, done, failed=bool(failed[number]))
            self._complete.add_steps(number, done, ways, executions.deciders)
        self._complete.add_runs(self._runs.of, failed)
        self._note_blank_calls(executions.unowned)
        self._note_no_tokens()
        self._note_overstated()
        counts = bool(self._calls.counted.any())
        steps = tuple(self._steps())
        lost = tuple(self._unattributed())
        return Recording(
            steps=steps,
            edges=self._tally.recorded_edges(counts=counts),
            runs=tuple(self._recorded_runs(failed)),
            unattributed=lost,
            missing=self._complete.settle(),
            sources=self._sources(reading),
            unlisted=(
                *self._unknown_steps(),
                *succession,
                *unlisted_in(self._spans, self._join, executions, self._index),
            ),
            notes=tuple(self._notes()),
            spans=len(self._spans.rows),
            calls=int(self._calls.all.sum()),
            et=self._sum(self._calls.counted),
            money=self._et.money_of(self._calls.counted),
        )

    def _failed_runs(self) -> Mask:
        """Whether each run failed, by the spans that stand for the whole of it."""
        spans, found = self._spans, np.zeros(self._runs.count, bool)
        bad = (spans.rows["flags"] & Flag.FAILED) != 0
        top = ((spans.up < 0) & ~spans.is_kind(Kind.MODEL, Kind.TOOL)) | spans.is_kind(Kind.RUN)
        found[self._runs.of[bad & top & (self._runs.of >= 0)]] = True
        return found

    def _note_blank_calls(self, unowned: Mask) -> None:
        """Calls without tokens that no execution holds."""
        at = self._join.at
        for row in np.flatnonzero(self._calls.blank & unowned):
            ref = self._join.refs[at[row]] if at[row] >= 0 else None
            run = int(self._runs.of[row])
            self._complete.report(Part.TOKENS, run if run >= 0 else None, ref, "a model call has no token counts")
        stepless = self._calls.all & (at < 0)
        for run in np.unique(self._runs.of[stepless]):
            number = int((stepless & (self._runs.of == run)).sum())
            reason = f"{number} model calls belong to no step"
            self._complete.report(Part.TIMINGS, int(run) if run >= 0 else None, None, reason)

    def _note_no_tokens(self) -> None:
        """One word on all calls without tokens: what would add them."""
        calls, spans = self._calls, self._spans
        blank, number = int(calls.blank.sum()), int(calls.all.sum())
        if not blank and number:
            return
        here = calls.blank if number else spans.is_kind(Kind.STEP, Kind.AGENT)
        sources = {spans.identities[at].source for at in np.unique(spans.rows["identity"][here])}
        advice = "; ".join(sorted({named(source).counts_advice for source in sources} - {""}))
        if calls.blurred.any():
            advice = "; ".join(filter(None, (_LAST_ONLY, advice)))
        if (here & ((spans.rows["flags"] & Flag.STREAMED) != 0)).any():
            advice = "; ".join(filter(None, (_STREAMED, advice)))
        amount = f"{blank} of {number} model calls have no token counts" if number else "no model call is recorded"
        self._complete.report(Part.TOKENS, None, None, f"{amount}: {advice}" if advice else amount)

    def _note_overstated(self) -> None:
        """Say of sources that drop cached tokens that their cost is an upper bound."""
        spans = self._spans
        for at in np.unique(spans.rows["identity"][self._calls.counted]):
            reason = named(spans.identities[at].source).overstated
            here = self._calls.counted & (spans.rows["identity"] == at)
            if reason and (spans.rows["cached"][here] == UNKNOWN).any():
                self._complete.report(Part.TOKENS, None, None, reason)

    def _steps(self) -> Iterator[RecordedStep]:
        """All steps that were executed or called a model, those of the source first."""
        touched = set(self._tally.steps) | {
            self._join.refs[at] for at in np.unique(self._join.at[self._calls.all]) if at >= 0
        }
        numbers = {ref: number for number, ref in enumerate(self._join.refs)}
        tokens = bool(self._calls.counted.any())
        for ref in sorted(touched, key=lambda one: (one.workflow == NOWHERE, one.workflow, one.step)):
            yield self._step(ref, self._join.at == numbers[ref], tokens=tokens)

    def _step(self, ref: StepRef, here: Mask, *, tokens: bool) -> RecordedStep:
        tally, calls = self._tally.steps.get(ref, StepTally()), self._calls
        counted = here & calls.counted
        blank = int((here & calls.blank).sum())
        sums = {name: self._tokens(name, counted) for name in _TOKENS}
        lost = any(run.run in self._losing for run in tally.runs)
        known = tokens and (bool(counted.any()) or not (blank or lost))
        shown = tally.executions > 0 and not (self._index.collects(ref) and self._hides_waiting(here))
        inputs = self._spans.rows["input"][counted]
        return RecordedStep(
            workflow=ref.workflow,
            step=ref.step,
            executions=tally.executions if shown else None,
            calls=int((here & calls.all).sum()),
            input_tokens=sums["input"] if known else None,
            cached_tokens=sums["cached"] if known else None,
            output_tokens=sums["output"] if known else None,
            reasoning_tokens=sums["reasoning"] if known else None,
            et=self._sum(counted) if counted.any() else (0.0 if known else None),
            input_et=round(float(self._et.read[counted].sum()), 4) if known else None,
            inner_et=self._inner_et(ref),
            blank=blank,
            inferred=int((here & self._join.inferred).sum()),
            attempts=tally.attempts if shown else None,
            failures=tally.failures,
            retry_et=round(tally.retry_et, 4),
            loop_et=round(tally.loop_et, 4),
            largest_input=int(inputs.max()) if counted.any() else None,
            money=self._et.money_of(counted),
            growing=tuple(tally.growing),
            models=self._models(counted),
            runs=tuple(tally.runs),
        )

    def _hides_waiting(self, here: Mask) -> bool:
        """Whether some of these rows may be of a step that was not ready yet, and look like any other."""
        numbers = np.unique(self._spans.rows["identity"][here])
        return any(not named(self._spans.identities[at].source).tells_ready for at in numbers)

    def _inner_et(self, ref: StepRef) -> float | None:
        """Effective tokens of the workflow that a step runs."""
        workflow = self._index.workflows.get(ref.workflow)
        step = workflow.step(ref.step) if workflow is not None else None
        if step is None or step.workflow is None:
            return None
        inside = [number for number, one in enumerate(self._join.refs) if one.workflow == step.workflow]
        return self._sum(np.isin(self._join.at, inside) & self._calls.counted)

    def _models(self, counted: Mask) -> tuple[str, ...]:
        numbers = np.unique(self._spans.rows["identity"][counted])
        return tuple(sorted({self._spans.identities[at].model for at in numbers} - {""}))

    def _tokens(self, name: str, counted: Mask) -> int | None:
        values = self._spans.rows[name][counted]
        values = values[values != UNKNOWN]
        if len(values):
            return int(values.sum(dtype=np.int64))
        return 0 if not counted.any() or self._would_write(f"{name} tokens", counted) else None

    def _would_write(self, part: str, counted: Mask) -> bool:
        """Whether who wrote these calls writes such a part of their tokens where there is any."""
        numbers = np.unique(self._spans.rows["identity"][counted])
        return any(part in named(self._spans.identities[at].source).has for at in numbers)

    def _sum(self, counted: Mask) -> float | None:
        return round(float(self._et.total[counted].sum()), 4) if counted.any() else None

    def _unattributed(self) -> Iterator[Unattributed]:
        lost = self._calls.all & (self._join.at < 0)
        sources = [identity.source for identity in self._spans.identities]
        names = np.array(sources)[self._spans.rows["identity"][lost]] if lost.any() else np.array([])
        for name in sorted(set(names.tolist())):
            here = lost.copy()
            here[lost] = names == name
            advice = named(name).advice or "no span around these calls names a step of the source"
            counted = here & self._calls.counted
            tokens = [self._tokens(column, counted) if counted.any() else None for column in ("input", "output")]
            yield Unattributed(name, int(here.sum()), tokens[0], tokens[1], advice)

    def _recorded_runs(self, failed: Mask) -> Iterator[RecordedRun]:
        rows, of, count = self._spans.rows, self._runs.of, self._runs.count
        sums = np.bincount(of[self._calls.counted], self._et.total[self._calls.counted], minlength=count)
        counted = np.bincount(of[self._calls.counted], minlength=count)
        number = np.bincount(of[self._calls.all & (of >= 0)], minlength=count)
        inside = np.flatnonzero(of >= 0)
        order = inside[np.lexsort((rows["start"][inside], of[inside]))]
        firsts = order[np.unique(of[order], return_index=True)[1]]
        pairs = np.unique((of[inside] << 32) | rows["trace"][inside])
        traces = np.bincount(pairs >> 32, minlength=count)
        for run, first in enumerate(firsts.tolist()):
            yield RecordedRun(
                run=run,
                trace=self._spans.table.traces.texts[rows["trace"][first]],
                traces=int(traces[run]),
                failed=bool(failed[run]),
                et=round(float(sums[run]), 4) if counted[run] else None,
                calls=int(number[run]),
                start=int(rows["start"][first]),
            )

    def _sources(self, reading: TraceReading) -> tuple[TraceSource, ...]:
        names = Counter[str]()
        numbers = np.bincount(self._spans.rows["identity"], minlength=len(self._spans.identities))
        for identity, number in zip(self._spans.identities, numbers, strict=True):
            names[identity.source] += int(number)
        if self._spans.notes:
            names[LOGS.name] = self._spans.notes
        return tuple(
            TraceSource(name, reading.versions.get(name) or None, spans, named(name).has, named(name).lacks)
            for name, spans in sorted(names.items())
            if spans
        )

    def _unknown_steps(self) -> Iterator[Unlisted]:
        """Steps that a trace names and the source lacks, where other steps of the same traces are in the source."""
        if not any(ref.workflow != NOWHERE for ref in self._join.refs):
            return
        rows = defaultdict[StepRef, int](int)
        for number, times in zip(*np.unique(self._join.own[self._join.own >= 0], return_counts=True), strict=True):
            rows[self._join.refs[number]] += int(times)
        for ref, times in sorted(rows.items(), key=lambda pair: pair[0].step):
            if ref.workflow == NOWHERE and not self._index.is_worker(ref.step):
                yield Unlisted("", ref.step, None, "spans of this name", times)

    def _notes(self) -> Iterator[str]:
        doubles, containers = int(self._calls.doubles.sum()), int(self._calls.containers.sum())
        if doubles:
            yield f"{doubles} calls are shown by two instrumentations and counted once"
        if self._begun.twins:
            yield f"{len(self._begun.twins)} executions of steps are shown by two instrumentations and counted once"
        if containers:
            yield f"{containers} spans carry the counts of calls inside them and are not counted"
        if self._spans.unplaced:
            yield f"{self._spans.unplaced} log records are about spans that are in no file"
        if self._runs.inferred:
            yield (
                f"{self._runs.inferred} runs are put together from traces of single steps by the order of the source: "
                "nothing says which traces belong together"
            )
        if self._runs.bare > 1:
            yield (
                f"{self._runs.bare} runs are calls with nothing around them that says what they are part of: "
                "several of them may be one run"
            )
        if self._complete.left_out:
            yield f"{self._complete.left_out} further missing parts are not listed"


def _only_logs(spans: Spans) -> Iterator[str]:
    if spans.notes:
        yield f"{spans.notes} log records and no spans: calls, steps and tokens are on spans"


def _ends_badly(executions: list[Execution]) -> bool:
    """Whether nothing went on after the failure of a step."""
    failed = [one for one in executions if one.failed]
    begun = max((one.start for one in executions), default=0) if failed else 0
    return any(one.end >= begun for one in failed)


def _note_faults(spans: Spans, reading: TraceReading) -> None:
    """Say of spans that cannot be as they are written, where they stand."""
    rows, files = spans.rows, reading.table.files
    if spans.repeated:
        reading.report(files[0] if files else "", 1, f"{len(spans.repeated)} spans are there twice and counted once")
    for flag, message in (
        (Flag.SKEWED, "the span ends before it starts: its time is not used"),
        (Flag.BAD_COUNT, "a token count is negative or no number: it is not known"),
    ):
        for row in np.flatnonzero(rows["flags"] & flag):
            reading.report(files[rows["file"][row]], int(rows["line"][row]), message)
