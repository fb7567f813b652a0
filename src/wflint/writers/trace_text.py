"""The audit of recorded runs for people. Everything that comes from a trace is escaped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from wflint.model.recorded import MissingPart, RecordedEdge, RecordedStep, Recording
from wflint.writers.escape import printable
from wflint.writers.summary import count
from wflint.writers.trace import TraceReport

_UNKNOWN = "?"
_MOST_RUNS = 8
_MOST_LINES = 40


def write(report: TraceReport) -> str:
    """Sources, cost of steps and edges, what stands out, what is missing."""
    found = report.recording
    sections = [
        list(_head(found)),
        list(_sources(found)),
        list(_steps(found, report)),
        list(_edges(found)),
        list(
            _listed(
                "Stands out",
                (f"{one.level}: {_place(one.workflow, one.step)}: {one.frame}" for one in report.anomalies),
            )
        ),
        list(_listed("Cannot be attributed", _unattributed(found))),
        list(_listed("Not in the source graph", _unlisted(found))),
        list(_listed("Missing", _missing(found.missing))),
        list(_listed("Estimated from the source, not measured", _estimates(report))),
        list(_listed("Notes", found.notes)),
    ]
    return "\n".join("\n".join(lines) + "\n" for lines in sections if lines)


def _head(found: Recording) -> Iterator[str]:
    if not found.spans:
        yield "No recorded runs: nothing that was read is a trace."
        return
    failed = sum(run.failed for run in found.runs)
    parts = [
        count(len(found.runs), "run"),
        f"{failed} failed",
        count(found.spans, "span"),
        count(found.calls, "model call"),
    ]
    least = ">=" if any(step.blank for step in found.steps) else ""
    total = "unknown" if found.et is None else f"{least}{found.et:,.1f} effective tokens"
    money = "" if found.money is None else f", {found.money:,.4f} in money"
    yield f"{', '.join(parts)}: {total}{money}"


def _sources(found: Recording) -> Iterator[str]:
    if found.sources:
        yield "Sources"
    for one in found.sources:
        yield f"  {one.format} {printable(one.version or '')}".rstrip() + f" ({count(one.spans, 'span')})"
        yield f"    has:   {', '.join(one.has)}"
        if one.lacks:
            yield f"    lacks: {', '.join(one.lacks)}"


def _steps(found: Recording, report: TraceReport) -> Iterator[str]:
    if not found.steps:
        return
    weights = report.weights
    yield f"Steps (effective tokens: input 1, cached {weights.cached:g}, output {weights.output:g})"
    head = ("step", "runs", "calls", "input", "cached", "output", "ET", "ET/run", "retries", "loops")
    yield from _table(head, [_step_row(step) for step in found.steps])


def _step_row(step: RecordedStep) -> tuple[str, ...]:
    mark = "~" if step.inferred else (">=" if step.blank and step.et is not None else "")
    each = None if step.et is None or not step.executions else step.et / step.executions
    total = step.et or 0.0
    return (
        _place(step.workflow, step.step),
        _number(step.executions),
        str(step.calls),
        _number(step.input_tokens),
        _number(step.cached_tokens),
        _number(step.output_tokens),
        mark + _number(step.et),
        _number(each),
        f"{step.retry_et / total:.0%}" if total else "",
        f"{step.loop_et / total:.0%}" if total else "",
    )


def _edges(found: Recording) -> Iterator[str]:
    if found.edges:
        yield "Edges"
        yield from _table(("edge", "taken", "mismatches", "ET"), [_edge_row(edge) for edge in found.edges])


def _edge_row(edge: RecordedEdge) -> tuple[str, ...]:
    name = f"{_place(edge.workflow, edge.source)} -> {printable(edge.target)}"
    return name, _number(edge.executions), _number(edge.mismatches), _number(edge.et)


def _unattributed(found: Recording) -> Iterator[str]:
    for one in found.unattributed:
        tokens = f"{_number(one.input_tokens)} tokens in, {_number(one.output_tokens)} out"
        yield f"{one.calls} of {count(found.calls, 'model call')} ({one.source}, {tokens}): {one.reason}"


def _unlisted(found: Recording) -> Iterator[str]:
    for one in found.unlisted:
        name = printable(one.source) if one.target is None else f"{printable(one.source)} -> {printable(one.target)}"
        kind = "step" if one.target is None else "edge"
        yield f"{kind} {_place(one.workflow, name)} ({printable(one.evidence)}, {one.times} times)"


def _estimates(report: TraceReport) -> Iterator[str]:
    """Of workflows that were recorded; the JSON has the others."""
    recorded = {step.workflow for step in report.recording.steps}
    for one in report.estimates:
        if one.workflow in recorded:
            yield f"{_place(one.workflow, one.step)}: {one.low:,} to {one.high:,} effective tokens an execution"


def _missing(parts: Iterable[MissingPart]) -> Iterator[str]:
    grouped: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for one in parts:
        runs = grouped[one.part, _place(one.workflow or "", one.step) if one.step else "", one.reason]
        if one.run is not None:
            runs.append(one.run)
    for (part, place, reason), runs in grouped.items():
        shown = ", ".join(str(run) for run in runs[:_MOST_RUNS]) + (", ..." if len(runs) > _MOST_RUNS else "")
        where = f"run {shown}" if len(runs) == 1 else f"runs {shown}" if runs else "all runs"
        yield f"{part}, {where}{f', {place}' if place else ''}: {printable(reason)}"


def _listed(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if not found:
        return
    yield title
    yield from (f"  {line}" for line in found[:_MOST_LINES])
    if len(found) > _MOST_LINES:
        yield f"  ... and {len(found) - _MOST_LINES} more (--format json lists all)"


def _place(workflow: str, step: str) -> str:
    return f"{printable(workflow.rpartition('::')[2])}.{printable(step)}" if workflow else printable(step)


def _number(value: float | None) -> str:
    return _UNKNOWN if value is None else f"{value:,.0f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    for row in (head, *rows):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        yield "  " + "  ".join(cells).rstrip()
