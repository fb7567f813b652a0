"""Construction sites against the workflows that were recovered: nothing that is constructed goes unmentioned."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from msgspec.structs import replace

from wflint.assembly.census.examined import Examined
from wflint.model.program import Notice
from wflint.model.site import Site
from wflint.model.span import Span
from wflint.model.workflow import Aspect, Unresolved, Workflow


def matched(
    constructions: Iterable[Examined], workflows: Sequence[Workflow], notices: Iterable[Notice]
) -> tuple[tuple[Site, ...], tuple[Unresolved, ...]]:
    """The sites with what became of them, and an entry for each that no workflow and no notice mentions."""
    shown = [(workflow.id, span) for workflow in workflows for span in _shown(workflow)]
    opened = [(workflow.id, item.span) for workflow in workflows for item in workflow.unresolved]
    noticed = [("", notice.span) for notice in notices]
    by_path = {name: _by_path(spans) for name, spans in (("shown", shown), ("open", opened), ("noticed", noticed))}
    sites: list[Site] = []
    lost: list[Unresolved] = []
    for made in constructions:
        span = made.site.span
        near = {name: spans[span.path].touching(span) if span.path in spans else () for name, spans in by_path.items()}
        sites.append(replace(made.site, recovered_in=near["shown"], reported_in=near["open"]))
        if not any(near.values()):
            lost.append(Unresolved(made.reason, span, Aspect.STEPS))
    return tuple(sites), tuple(lost)


def _shown(workflow: Workflow) -> Iterator[Span]:
    """Every place that shows a workflow or a part of it; one without a step shows nothing."""
    if not workflow.steps:
        return
    yield workflow.span
    yield from workflow.constructed_at
    for step in workflow.steps:
        yield step.span
        if step.definition is not None:
            yield step.definition
    for edge in workflow.edges:
        yield from edge.evidence
    for unused in workflow.unused:
        yield unused.span


class _Spans:
    """The spans of one file, each with a name, in the order in which they begin."""

    def __init__(self, named: Iterable[tuple[str, Span]]) -> None:
        placed = sorted((_start(span), _end(span), number, name) for number, (name, span) in enumerate(named))
        self._placed = placed
        self._starts = [start for start, _, _, _ in placed]
        self._farthest = list(accumulate((end for _, end, _, _ in placed), max))
        """For each span, the last end of it and those before."""

    def touching(self, site: Span) -> tuple[str, ...]:
        """The names of those that overlap a site, in the order in which they were given."""
        found: list[tuple[int, str]] = []
        index = bisect_left(self._starts, _end(site)) - 1
        while index >= 0 and self._farthest[index] > _start(site):
            start, end, number, name = self._placed[index]
            if max(start, _start(site)) < min(end, _end(site)):
                found.append((number, name))
            index -= 1
        return tuple(dict.fromkeys(name for _, name in sorted(found)))


def _by_path(spans: Iterable[tuple[str, Span]]) -> dict[str, _Spans]:
    found: dict[str, list[tuple[str, Span]]] = {}
    for name, span in spans:
        found.setdefault(span.path, []).append((name, span))
    return {path: _Spans(named) for path, named in found.items()}


def _start(span: Span) -> tuple[int, int]:
    return span.line, span.column


def _end(span: Span) -> tuple[int, int]:
    return span.end_line, span.end_column
