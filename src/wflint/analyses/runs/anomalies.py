"""Costs that stand out, each with its frame of reference in words.

Steps differ for good reasons, so a comparison between them is a note. A warning takes evidence from the step or edge
itself: what mismatches cost, what goes into retries, a run far from the others of the same step.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from wflint.model.finding import Level
from wflint.model.recorded import RecordedEdge, RecordedStep, Recording, StepRun

FEWEST = 5
"""Executions below which nothing is said."""
_FAR = 5.0
"""A step stands out from the others at so many times their median ..."""
_APART = 2.5
"""... if it is this many times the next one, too."""
_WASTED = 0.25
"""Share of retries from which they are named."""
_LOOPED = 0.5
"""Share of later rounds from which they are named."""
_FEWEST_BAD = 3
"""Retries, or mismatches, below which they may be chance."""
_PREMIUM = 0.5
"""A mismatch is dear if it costs this share more than none."""
_Z = 3.5
_FLOOR = 0.25
"""Least spread of the logarithm of a step's cost that is believed: a quarter up and down is nothing."""
_SMALL = 100.0
"""Effective tokens that are not worth a word."""
_MAD = 1.4826


class AnomalyKind(StrEnum):
    """What stands out."""

    STEP = "costly-step"
    """A step, against the other steps of its workflow."""
    RUN = "costly-run"
    """A run of a step, against the other runs of it."""
    RETRIES = "retries"
    """What goes into attempts and answers after the first."""
    ROUNDS = "rounds"
    """What goes into rounds of a loop after the first."""
    MISMATCH = "mismatch-premium"
    """What mismatches on an edge cost."""


class Anomaly(Struct, frozen=True):
    """Something that stands out; `frame` says against what. `edges` are the ways that lead there."""

    kind: AnomalyKind
    level: Level
    workflow: str
    step: str
    edges: tuple[tuple[str, str], ...]
    frame: str
    ratio: float
    executions: int
    runs: tuple[int, ...] = ()


def anomalies_of(recording: Recording) -> tuple[Anomaly, ...]:
    """All that stands out, warnings first."""
    found = [*_of_steps(recording), *_of_edges(recording)]
    return tuple(sorted(found, key=lambda one: (-one.level.rank, -one.ratio, one.workflow, one.step)))


def _of_steps(recording: Recording) -> Iterator[Anomaly]:
    for step in recording.steps:
        if step.et is None or (step.executions or 0) < FEWEST or step.blank:
            continue
        ways = tuple((edge.source, edge.target) for edge in _into(step, recording))
        yield from _beside_others(step, ways, recording)
        yield from _beside_itself(step, ways)
        yield from _wasted(step, ways)


def _into(step: RecordedStep, recording: Recording) -> Iterator[RecordedEdge]:
    return (edge for edge in recording.edges if (edge.workflow, edge.target) == (step.workflow, step.step))


def _mean(step: RecordedStep) -> float:
    return (step.et or 0.0) / max(step.executions or 1, 1)


def _beside_others(step: RecordedStep, ways: tuple[tuple[str, str], ...], recording: Recording) -> Iterator[Anomaly]:
    others = {
        one.step: _mean(one)
        for one in recording.steps
        if one.workflow == step.workflow and one is not step and one.et and one.executions
    }
    if len(others) < 2:  # noqa: PLR2004 (one other step is no frame)
        return
    cost, middle, next_one = _mean(step), _median(others.values()), max(others.values())
    if cost < _FAR * middle or cost < _APART * next_one or cost - next_one < _SMALL:
        return
    tops = _runs_on_top(step, recording)
    frame = (
        f"{cost:,.0f} effective tokens an execution, {cost / middle:.1f} times the median of the other "
        f"{len(others)} steps that call models ({min(others.values()):,.0f} to {next_one:,.0f}); "
        f"the dearest step in {len(tops)} of {len({run.run for run in step.runs})} runs"
    )
    yield Anomaly(
        AnomalyKind.STEP, Level.NOTE, step.workflow, step.step, ways, frame, cost / middle, step.executions or 0, tops
    )


def _runs_on_top(step: RecordedStep, recording: Recording) -> tuple[int, ...]:
    """The runs in which the step is the dearest of its workflow."""
    best: dict[int, tuple[float, str]] = {}
    for other in recording.steps:
        if other.workflow == step.workflow:
            for run in other.runs:
                best[run.run] = max(best.get(run.run, (0.0, "")), (run.et or 0.0, other.step))
    return tuple(sorted(run for run, (_, name) in best.items() if name == step.step))


def _beside_itself(step: RecordedStep, ways: tuple[tuple[str, str], ...]) -> Iterator[Anomaly]:
    """Runs far from the median of the step's own, by the logarithm of their cost."""
    runs = [run for run in step.runs if run.et]
    if len(runs) < FEWEST:
        return
    logs = [math.log(_et(run)) for run in runs]
    middle = _median(logs)
    spread = max(_MAD * _median(abs(value - middle) for value in logs), _FLOOR)
    far = [run for run, value in zip(runs, logs, strict=True) if (value - middle) / spread > _Z]
    usual = math.exp(middle)
    far = [run for run in far if _et(run) - usual > _SMALL]
    if not far:
        return
    worst = max(_et(run) for run in far)
    frame = (
        f"{worst:,.0f} effective tokens in the worst of {len(far)} executions, against a median of {usual:,.0f} over "
        f"the {len(runs)} executions of this step"
    )
    numbers = tuple(sorted({run.run for run in far}))
    yield Anomaly(
        AnomalyKind.RUN, Level.WARNING, step.workflow, step.step, ways, frame, worst / usual, len(runs), numbers
    )


def _et(run: StepRun) -> float:
    return run.et or 0.0


def _wasted(step: RecordedStep, ways: tuple[tuple[str, str], ...]) -> Iterator[Anomaly]:
    again = [run for run in step.runs if run.attempts > 1]
    total = step.et or 0.0
    if len(again) >= _FEWEST_BAD and step.retry_et >= max(_WASTED * total, _SMALL):
        share = step.retry_et / total
        frame = (
            f"{share:.0%} of {total:,.0f} effective tokens went into attempts after the first, in {len(again)} of "
            f"{step.executions} executions"
        )
        numbers = tuple(sorted({run.run for run in again}))
        yield Anomaly(
            AnomalyKind.RETRIES,
            Level.WARNING,
            step.workflow,
            step.step,
            ways,
            frame,
            share,
            step.executions or 0,
            numbers,
        )
    if step.loop_et >= max(_LOOPED * total, _SMALL):
        share = step.loop_et / total
        frame = f"{share:.0%} of {total:,.0f} effective tokens went into rounds after the first of a run"
        yield Anomaly(
            AnomalyKind.ROUNDS, Level.NOTE, step.workflow, step.step, ways, frame, share, step.executions or 0
        )


def _of_edges(recording: Recording) -> Iterator[Anomaly]:
    for edge in recording.edges:
        premium, bad = edge.premium, edge.mismatches or 0
        if premium is None or (edge.executions or 0) < FEWEST or bad < _FEWEST_BAD:
            continue
        usual = edge.ok_et or 0.0
        if premium < max(_PREMIUM * usual, _SMALL):
            continue
        frame = (
            f"after a mismatch, the target and what follows cost {edge.mismatch_et:,.0f} effective tokens on average, "
            f"against {usual:,.0f} without one ({bad} of {edge.executions} executions)"
        )
        yield Anomaly(
            AnomalyKind.MISMATCH,
            Level.WARNING,
            edge.workflow,
            edge.target,
            ((edge.source, edge.target),),
            frame,
            (edge.mismatch_et or 0.0) / max(usual, 1.0),
            edge.executions or 0,
        )


def _median(values: Iterable[float]) -> float:
    from statistics import median  # takes a while to load, and only recorded runs need it

    return median(values)
