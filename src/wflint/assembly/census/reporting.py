"""Construction sites against the workflows that were recovered: nothing that is constructed goes unmentioned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

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
        near = {name: _touching(span, spans.get(span.path, ())) for name, spans in by_path.items()}
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


def _by_path(spans: Iterable[tuple[str, Span]]) -> dict[str, list[tuple[str, Span]]]:
    found: dict[str, list[tuple[str, Span]]] = {}
    for name, span in spans:
        found.setdefault(span.path, []).append((name, span))
    return found


def _touching(site: Span, spans: Iterable[tuple[str, Span]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name, span in spans if _overlap(site, span)))


def _overlap(one: Span, other: Span) -> bool:
    starts = max((one.line, one.column), (other.line, other.column))
    return starts < min((one.end_line, one.end_column), (other.end_line, other.end_column))
