"""What a link came to, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.link import wording
from wflint.link.records import Place
from wflint.link.report import Copies, DuplicateCluster, LinkReport
from wflint.writers.escape import printable_lines

_DIFFERENCES = 12
"""So many differences of copies are listed."""
_MEMBERS = 12
"""So many steps of a cluster are."""


def write(report: LinkReport) -> str:
    """The report as text: what does not fit, what is done again, what has drifted, what else is linked."""
    return printable_lines(_lines(report))


def _lines(report: LinkReport) -> Iterator[str]:
    steps = sum(one.steps for one in report.repositories)
    flows = sum(one.workflows for one in report.repositories)
    yield f"{_count(len(report.repositories), 'repository')}, {_count(flows, 'workflow')}, {_count(steps, 'step')}"
    if report.gaps:
        yield from ("", "Calls that do not fit")
    for call in report.gaps:
        yield f"  {call.caller}: {_at(call.location)}: {wording.gap(call)}"
        yield f"    {call.provider}: {_at(call.provided_at)}: here it is"
    if report.clusters:
        yield from ("", "Work that is done in several repositories")
    for cluster in report.clusters:
        yield from _cluster(cluster)
    if report.copies:
        yield from ("", "Copies of one workflow")
    for copies in report.copies:
        yield from _copies(copies)
    fitting = [call for call in report.calls if not call.is_gap]
    if fitting:
        yield from ("", "Calls that fit, as far as they are known")
    for call in fitting:
        yield f"  {call.caller}: {_at(call.location)}: {wording.called(call)}"
    yield ""
    yield (
        f"Found {_count(len(report.gaps), 'gap')}, {_count(len(report.clusters), 'cluster')} of duplicated work, "
        f"{_count(len(report.copies), 'workflow')} in copies; {len(report.left_out)} left out"
    )


def _cluster(cluster: DuplicateCluster) -> Iterator[str]:
    yield f"  {wording.cluster_heading(cluster)}; {wording.saving(cluster.saving)}"
    for place, step in enumerate(cluster.steps[:_MEMBERS]):
        alike = f" ({step.likeness}, {step.similarity:.2f})" if place else ""
        yield f"    {step.repository}: {_at(step.location)}: {step.step}{alike}"
    if len(cluster.steps) > _MEMBERS:
        yield f"    and {len(cluster.steps) - _MEMBERS} more"


def _copies(copies: Copies) -> Iterator[str]:
    yield f"  {wording.copies_title(copies)}"
    for flow in copies.workflows[:_MEMBERS]:
        yield f"    {flow.repository}: {_at(flow.location)}: {flow.name}, {_count(flow.steps, 'step')}"
    for found in copies.differences[:_DIFFERENCES]:
        yield f"      {wording.difference(found)} ({_at(found.location)})"
    if len(copies.differences) > _DIFFERENCES:
        yield f"      and {len(copies.differences) - _DIFFERENCES} more"


def _at(place: Place) -> str:
    return f"{place.path}:{place.line}:{place.column}"


def _count(number: int, noun: str) -> str:
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun[:-1]}ies" if noun.endswith("y") else f"{number:,} {noun}s"
